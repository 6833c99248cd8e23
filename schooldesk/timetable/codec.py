"""Weeks and plans of minutes as JSON, and back, checked as they are read."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from pydantic import TypeAdapter

from schoolday.cohorts import Cohorts
from schoolday.program.plan import DayPlan
from schoolday.rules import Way
from schoolday.timetable.meeting import SchoolWeek

_WEEK = TypeAdapter(SchoolWeek)
_COHORTS = TypeAdapter(Cohorts)
_PLANS = TypeAdapter(list[tuple[str, DayPlan]])


def pack(week: SchoolWeek) -> bytes:
    """Return a week as compressed JSON."""
    return zlib.compress(_WEEK.dump_json(week), 3)


def unpack(body: bytes) -> SchoolWeek:
    """Return the week that was packed."""
    return _WEEK.validate_json(zlib.decompress(bytes(body)))


def pack_cohorts(cohorts: Cohorts | None) -> bytes:
    """Return cohorts as compressed JSON; nothing where there are none."""
    return zlib.compress(_COHORTS.dump_json(cohorts), 3) if cohorts else b""


def unpack_cohorts(body: bytes) -> Cohorts | None:
    """Return the cohorts that were packed."""
    return _COHORTS.validate_json(zlib.decompress(bytes(body))) if body else None


def pack_plans(plans: Iterable[tuple[str, DayPlan]]) -> bytes:
    """Return a date's plans of minutes as JSON."""
    return _PLANS.dump_json(list(plans))


def unpack_plans(body: bytes, way: Way) -> dict[tuple[str, str], DayPlan]:
    """Return a date's plans of a way of schooling by grade and kind of class."""
    return {(plan.grade, kind): plan for kind, plan in _PLANS.validate_json(bytes(body)) if plan.way is way}
