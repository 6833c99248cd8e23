"""The standing plan as the core's values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from schoolday.cohorts import Cohorts
from schoolday.program.days import Band
from schoolday.program.plan import DayPlan
from schoolday.roster import Roster
from schoolday.rules import Way
from schoolday.timetable.dates import Dates
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.staying import HOME
from schooldesk import scope
from schooldesk.roster.models import District
from schooldesk.rules.reads import rulebook
from schooldesk.timetable import codec
from schooldesk.timetable.models import DayPlans, Move, PlanVersion, Week

_KEPT: dict[tuple[int, str], SchoolWeek] = {}
KEEP = 8
"""Weeks of schools kept in memory, since composing on request asks for the same few."""


@dataclass(frozen=True)
class Planned:
    """A plan that stands on some dates: its number, way of schooling and who is at school on which days."""

    version: int
    way: Way
    cohorts: Cohorts | None

    def dates(self, roster: Roster) -> Dates:
        """Return the dates of a roster under this plan's way."""
        return Dates(roster, rulebook(), self.way, self.cohorts)


def plan_on(home: District, day: date) -> Planned | None:
    """Return the plan of a district on a date: that of the last move adopted for it, else the one loaded."""
    if home.plan_id is None:
        return None
    moved = adopted(home).filter(first__lte=day).order_by("-first", "-adopted")
    return planned(home.pk, moved.values_list("after_id", flat=True).first() or home.plan_id)


def adopted(home: District) -> scope.ScopedQuerySet:
    """Return the moves that stand, of the roster that stands."""
    return Move.objects.filter(  # type: ignore[no-any-return]
        adopted__isnull=False, withdrawn=None, after__roster_id=home.roster_id
    )


@lru_cache(maxsize=8)
def planned(district: str, version: int) -> Planned:
    """Return what is known of a plan besides its weeks; versions never change."""
    with scope.district(district):
        way, cohorts = PlanVersion.objects.values_list("way", "cohorts").get(pk=version)
    return Planned(version, Way(way), codec.unpack_cohorts(cohorts))


def weeks(version: int | None, schools: Collection[str] | None = None) -> dict[str, SchoolWeek]:
    """Return the weeks of a plan's schools, or of some of them."""
    found = Week.objects.filter(version=version).order_by("school")
    if schools is not None:
        found = found.filter(school__in=sorted(schools))
    return {school: codec.unpack(body) for school, body in found.values_list("school", "body").iterator()}


def week(version: int | None, school: str) -> SchoolWeek | None:
    """Return one school's week, from memory if it was asked for lately; versions never change."""
    if version is None:
        return None
    key = (version, school)
    if key not in _KEPT:
        found = weeks(version, [school])
        if school not in found:
            return None
        while len(_KEPT) >= KEEP:
            _KEPT.pop(next(iter(_KEPT)))
        _KEPT[key] = found[school]
    return _KEPT[key]


def day_plans(plan: Planned, day: date) -> tuple[Mapping[Band, DayPlan], Mapping[Band, DayPlan]] | None:
    """Return the plans of minutes kept for a date, and those of pupils who stay at home while others come.

    None where the date was not published.
    """
    body = DayPlans.objects.filter(version=plan.version, day=day).values_list("body", flat=True).first()
    if body is None:
        return None
    return codec.unpack_plans(body, plan.way), codec.unpack_plans(body, HOME)


def forget() -> None:
    """Drop what is kept in memory; versions never change, so only tests need it."""
    _KEPT.clear()
    planned.cache_clear()
