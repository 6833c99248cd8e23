"""Which days a provider of services spends at which school, before any school is planned.

Schools are planned apart, so two of them must never count on one person at the same time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from schoolday.ground.spans import Span
from schoolday.roster import Contract, Roster

ALL_DAYS = (0, 1, 2, 3, 4)
REST = 30
"""Minutes kept free between two schools on one day, so that the provider can eat and change over."""
MOST_A_DAY = 240
"""More minutes of services than this on a day at one school, and the school gets another day."""

Key = tuple[str, str]
"""A person and a school."""


def provider_days(roster: Roster) -> Mapping[Key, tuple[int, ...]]:
    """Return for staff who serve several schools the days (0 is Monday) given to each of them."""
    spans = provider_spans(roster)
    return {key: tuple(day for day, span in enumerate(week) if span) for key, week in spans.items()}


def provider_spans(roster: Roster) -> Mapping[Key, tuple[Span | None, ...]]:
    """Return for staff who serve several schools the hours of each day that each school may count on.

    Every school gets as many days as its most frequent service needs. Where a person has too few days,
    schools share one, each with its own part of the contract day.
    """
    found: dict[Key, tuple[Span | None, ...]] = {}
    for staff, needs in sorted(_needs(roster).items()):
        if len(needs) > 1:
            contract = roster.contracts.get(staff) or Contract(staff, 8 * 60, 15 * 60 + 30)
            found |= _share(contract, needs)
    return found


@dataclass
class _Need:
    """What one school needs of one person: days, and minutes a week."""

    days: int = 0
    minutes: int = 0


def _needs(roster: Roster) -> dict[str, dict[str, _Need]]:
    found: dict[str, dict[str, _Need]] = defaultdict(lambda: defaultdict(_Need))
    seen: set[tuple[str, str]] = set()
    for service in roster.services.values():
        if service.pupil in roster.pupils:
            need = found[service.provider][roster.pupils[service.pupil].school]
            need.days = max(need.days, service.times)
            meeting = (service.provider, service.group or service.id)
            if meeting not in seen:
                need.minutes += service.minutes * service.times
            seen.add(meeting)
    for row in roster.teaching:
        if row.section in roster.sections:
            found[row.staff][roster.sections[row.section].school].days = len(ALL_DAYS)
    return found


def _share(contract: Contract, needs: Mapping[str, _Need]) -> dict[Key, tuple[Span | None, ...]]:
    days: dict[int, list[str]] = {day: [] for day in contract.days}
    order = sorted(needs, key=lambda school: (-needs[school].days, -needs[school].minutes, school))
    for school in order:
        want = max(needs[school].days, -(-needs[school].minutes // MOST_A_DAY))
        for day in sorted(days, key=lambda day: (len(days[day]), day))[:want]:
            days[day].append(school)
    _give_the_rest(days, needs)
    return {
        (contract.staff, school): tuple(
            _part(contract, days[day], school) if school in days.get(day, ()) else None for day in ALL_DAYS
        )
        for school in order
    }


def _give_the_rest(days: dict[int, list[str]], needs: Mapping[str, _Need]) -> None:
    """Give days that nobody needs to the school with the most minutes for each of its days."""
    for day in sorted(days):
        if not days[day]:
            days[day].append(max(sorted(needs), key=lambda school: _load(needs, days.values(), school)))


def _load(needs: Mapping[str, _Need], days: Iterable[list[str]], school: str) -> float:
    return needs[school].minutes / max(1, sum(school in there for there in days))


def _part(contract: Contract, schools: list[str], school: str) -> Span:
    """Return a school's part of a day: equal parts on half hours, a rest after each."""
    if len(schools) == 1:
        return Span(contract.start, contract.end)
    parts, place = len(schools), sorted(schools).index(school)
    each = (contract.end - contract.start - REST * (parts - 1)) // parts // 30 * 30
    start = contract.start + place * (each + REST)
    return Span(start, start + each)
