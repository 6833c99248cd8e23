"""What a year's measures are made of: the rows of plan and record, and who was enrolled when."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from schoolday.calendar.days import Calendar
from schoolday.calendar.periods import school_months
from schoolday.calendar.row import Minutes

PLAN, ATTENDANCE = "plan", "attendance"
TIMED = ("joined", "work", "in_person", "service")
"""Origins of the rows that claim minutes; a contact or a score is evidence and claims none."""
ORIGINS = (PLAN, *TIMED, ATTENDANCE)
KINDS = tuple(kind.value for kind in Minutes)
GROUPS = ("income", "language", "foster", "homeless", "disability", "school", "grade")
"""The kinds of group that results are told by."""


class PackRow(NamedTuple):
    """One row of a day pack; what the plan or one entry says.

    `kind` is None where a row has no minutes of its own (a certifier's word, a contact). `minutes` is None
    where nobody knows them. `participated` is 1, 0, or None where nobody knows; of an
    attendance row it is what the certifier said, and of a service not delivered (0) the minutes are those
    that a reason explains.
    """

    pupil: int
    day: date
    activity: int
    kind: str | None
    minutes: int | None
    participated: int | None
    origin: str


@dataclass(frozen=True, slots=True)
class MeasuredPupil:
    """A pupil as measures know one; their number is the place in the year.

    Parameters
    ----------
    id, grade, school
        Who, and where.
    way
        The way of schooling, by its name in rulebooks.
    circumstances
        What is true of the pupil, by name (`schoolday.rules.events.CIRCUMSTANCES`).
    groups
        A value for each kind of `GROUPS` but school and grade.
    enrolled
        First and last dates of each time enrolled, both included.
    """

    id: str
    grade: str
    school: str
    way: str
    circumstances: frozenset[str] = frozenset()
    groups: Mapping[str, str] = field(default_factory=dict)
    enrolled: tuple[tuple[date, date], ...] = ()

    def group(self, kind: str) -> str:
        """Return the pupil's value of a kind of group; ``unknown`` where nobody said."""
        own = {"school": self.school, "grade": self.grade}
        return own.get(kind) or self.groups.get(kind) or "unknown"


class Promise(NamedTuple):
    """Minutes of a service promised to one pupil: its id, whose, and the activity that counts for it."""

    id: str
    pupil: int
    activity: int


class SchoolDay(NamedTuple):
    """A school day with its number in the year, its week's and its school month's."""

    day: date
    number: int
    week: int
    month: int


@dataclass(frozen=True)
class MeasuredYear:
    """A school year of one district: its days, its pupils by number, and what services were promised."""

    calendar: Calendar
    pupils: Sequence[MeasuredPupil]
    promises: Sequence[Promise] = ()

    @cached_property
    def days(self) -> tuple[SchoolDay, ...]:
        """The school days in order; weeks and months are numbered from 0 in the order in which they come."""
        school = tuple(self.calendar.school_days(self.calendar.first, self.calendar.last))
        mondays = {monday: place for place, monday in enumerate(dict.fromkeys(map(monday_of, school)))}
        months = school_months(self.calendar)
        month = {
            day: place for place, one in enumerate(months) for day in school if one.first <= day <= one.last
        }
        return tuple(
            SchoolDay(day, place, mondays[monday_of(day)], month[day]) for place, day in enumerate(school)
        )

    @cached_property
    def profiles(self) -> tuple[tuple[str, str, frozenset[str]], ...]:
        """What rules know pupils by: each different grade, way and circumstances, in order."""
        found = {(one.grade, one.way, one.circumstances) for one in self.pupils}
        return tuple(sorted(found, key=lambda one: (one[0], one[1], sorted(one[2]))))

    @cached_property
    def profile_of(self) -> tuple[int, ...]:
        """The number of each pupil's profile."""
        place = {one: number for number, one in enumerate(self.profiles)}
        return tuple(place[one.grade, one.way, one.circumstances] for one in self.pupils)

    @cached_property
    def belonging(self) -> tuple[tuple[str, ...], ...]:
        """The groups that each pupil belongs to, in the order of `GROUPS`."""
        return tuple(tuple(map(one.group, GROUPS)) for one in self.pupils)

    @cached_property
    def spans(self) -> tuple[tuple[int, int, int], ...]:
        """Each time enrolled: the pupil's number, and the numbers of the first and the last school day."""
        days = [one.day for one in self.days]
        found = []
        for number, pupil in enumerate(self.pupils):
            for first, last in pupil.enrolled:
                start, end = bisect_left(days, first), bisect_right(days, last) - 1
                if start <= end:
                    found.append((number, start, end))
        return tuple(found)

    def __post_init__(self) -> None:
        for pupil in self.pupils:
            spans = sorted(pupil.enrolled)
            if any(one[1] >= other[0] for one, other in pairwise(spans)):
                raise ValueError(f"pupil {pupil.id} is enrolled twice on one day")
        if len({one[1:] for one in self.promises}) < len(self.promises):
            raise ValueError("two promises are of one pupil and one activity; nobody could tell them apart")


def monday_of(day: date) -> date:
    """Return the Monday of a date's week."""
    return date.fromordinal(day.toordinal() - day.weekday())
