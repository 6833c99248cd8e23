"""The standing plan as the core's values."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from schoolday.program.plan import DayPlan
from schoolday.timetable.meeting import SchoolWeek
from schooldesk.timetable import codec
from schooldesk.timetable.models import DayPlans, Week

_KEPT: dict[tuple[int, str], SchoolWeek] = {}
KEEP = 8
"""Weeks of schools kept in memory, since composing on request asks for the same few."""


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


def day_plans(version: int | None, day: date) -> dict[tuple[str, str], DayPlan] | None:
    """Return the plans of minutes kept for a date, or None where it was not published."""
    found = DayPlans.objects.filter(version=version, day=day).values_list("body", flat=True).first()
    return None if found is None else codec.unpack_plans(found)
