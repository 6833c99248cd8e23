"""A year again: week by week, what each school could do by the rules, and for how many pupils.

Each day is judged with what had been told by it, so that a rule is seen as it was seen then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from schoolday.conditions.allowed import Outlook, State
from schoolday.conditions.effects import Opening
from schoolday.conditions.preview import Group

WEEK = timedelta(days=7)
SCHOOL_DAYS = 5

SHOWN = (Opening.IN_PERSON, Opening.SMALL_GROUPS)
"""What a year is told of: classes or their cohorts, and small groups. Nothing closes distance learning."""


class Share(StrEnum):
    """On how many of a week's five weekdays something was allowed; unverified where nobody can say of one."""

    ALL = "all"
    SOME = "some"
    NONE = "none"
    UNVERIFIED = "unverified"


Days = tuple[State, ...]
"""One way's state on each of the five weekdays."""


@dataclass(frozen=True, slots=True)
class WeekOf:
    """One week: its Monday, and for each school and grade the days of each way of `SHOWN`."""

    monday: date
    days: Mapping[tuple[str, str], tuple[Days, ...]]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many pupils, and schools, could do something on all, some or none of a week's days."""

    way: Opening
    share: Share
    pupils: int
    schools: int


def mondays(first: date, last: date) -> Iterator[date]:
    """Yield the Mondays of the weeks in which the dates from first to last lie."""
    day = first - timedelta(days=first.weekday())
    while day <= last:
        yield day
        day += WEEK


def weeks_of(
    outlook_on: Callable[[date], Outlook], groups: Sequence[Group], days: Iterable[date]
) -> tuple[WeekOf, ...]:
    """Return each week of a year.

    Parameters
    ----------
    outlook_on
        The rules, with what was known by a date.
    groups
        The grades of the schools.
    days
        The Mondays.
    """
    return tuple(_week(outlook_on, groups, day) for day in days)


def _week(outlook_on: Callable[[date], Outlook], groups: Sequence[Group], monday: date) -> WeekOf:
    found: list[list[tuple[State, ...]]] = [[] for _ in groups]
    for number in range(SCHOOL_DAYS):
        day = monday + timedelta(days=number)
        for place, states in enumerate(_states(outlook_on(day), groups, day)):
            found[place].append(states)
    return WeekOf(
        monday,
        {
            (group.site.school, group.grade): tuple(zip(*states, strict=True))
            for group, states in zip(groups, found, strict=True)
        },
    )


def _states(outlook: Outlook, groups: Sequence[Group], day: date) -> Iterator[tuple[State, ...]]:
    # Schools without events of their own that lie in the same places stand alike: each kind is asked once.
    alike: dict[tuple[object, ...], tuple[State, ...]] = {}
    for group in groups:
        key = (outlook.known.likeness(group.site), group.grade)
        if key not in alike:
            states = outlook.allowed(group.site, group.grade, day).states
            alike[key] = tuple(states[way] for way in SHOWN)
        yield alike[key]


def share(days: Days) -> Share:
    """Return on how many of a week's days something was allowed."""
    if State.UNVERIFIED in days:
        return Share.UNVERIFIED
    number = days.count(State.ALLOWED)
    return Share.ALL if number == len(days) else Share.SOME if number else Share.NONE


def tally(week: WeekOf, groups: Iterable[Group], grades: frozenset[str] | None = None) -> tuple[Tally, ...]:
    """Return for how many pupils and schools a way was allowed in a week; a school may count in two shares.

    Parameters
    ----------
    week, groups
        The week, and the grades of the schools.
    grades
        Only these grades; all where left out.
    """
    pupils: dict[tuple[Opening, Share], int] = {}
    schools: dict[tuple[Opening, Share], set[str]] = {}
    for group in groups:
        if grades is not None and group.grade not in grades:
            continue
        for way, days in zip(SHOWN, week.days[group.site.school, group.grade], strict=True):
            key = (way, share(days))
            pupils[key] = pupils.get(key, 0) + group.pupils
            schools.setdefault(key, set()).add(group.site.school)
    keys = [(way, one) for way in SHOWN for one in Share if (way, one) in pupils]
    return tuple(Tally(*key, pupils[key], len(schools[key])) for key in keys)


def parted(one: Sequence[WeekOf], other: Sequence[WeekOf]) -> tuple[date, ...]:
    """Return the Mondays of the weeks in which two sets of rules allow something else at some school."""
    return tuple(a.monday for a, b in zip(one, other, strict=True) if a.days != b.days)
