"""Store a plan's weeks and a date's plans of minutes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from schoolday.program.plan import DayPlan
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.plan import Plan
from schooldesk import clock, scope
from schooldesk.timetable import codec
from schooldesk.timetable.models import DayPlans, PlanVersion, Week


def load(plan: Plan, roster: int) -> int:
    """Write a plan beside the one that stands, and return its number; it is switched to with its roster."""
    with scope.district(plan.district):
        version = begin(plan, roster)
        for week in plan.weeks.values():
            keep_week(version, week)
        PlanVersion.objects.filter(pk=version).update(whole=True)
    return version


def begin(plan: Plan, roster: int) -> int:
    """Write a plan's head without its weeks, and return its number."""
    version = PlanVersion(
        district_id=plan.district, roster_id=roster, made=clock.now(), day=plan.day, seed=plan.seed,
        way=plan.way.value, cohorts=codec.pack_cohorts(plan.cohorts),
    )  # fmt: skip
    version.save()
    return int(version.pk)


def keep_week(version: int, week: SchoolWeek) -> None:
    """Write one school's week of a plan."""
    with transaction.atomic():
        Week(version_id=version, school=week.problem.school, body=codec.pack(week)).save()


def keep_day_plans(version: int, day: date, plans: Iterable[tuple[str, DayPlan]]) -> None:
    """Keep the plans of minutes of one date; each with its kind of class."""
    body = codec.pack_plans(plans)
    DayPlans.objects.update_or_create(version_id=version, day=day, defaults={"body": body})
