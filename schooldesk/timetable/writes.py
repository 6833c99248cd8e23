"""Store a plan's weeks and a date's plans of minutes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from schoolday.program.plan import DayPlan
from schoolday.timetable.plan import Plan
from schooldesk import clock, scope
from schooldesk.timetable import codec
from schooldesk.timetable.models import DayPlans, PlanVersion, Week


def load(plan: Plan, roster: int) -> int:
    """Write a plan beside the one that stands, and return its number; it is switched to with its roster."""
    with scope.district(plan.district):
        version = PlanVersion(
            district_id=plan.district, roster_id=roster, made=clock.now(), day=plan.day, seed=plan.seed
        )
        version.save()
        for school, week in plan.weeks.items():
            with transaction.atomic():
                Week(version=version, school=school, body=codec.pack(week)).save()
        PlanVersion.objects.filter(pk=version.pk).update(whole=True)
    return int(version.pk)


def keep_day_plans(version: int, day: date, plans: Iterable[tuple[str, DayPlan]]) -> None:
    """Keep the plans of minutes of one date; each with its kind of class."""
    body = codec.pack_plans(plans)
    DayPlans.objects.update_or_create(version_id=version, day=day, defaults={"body": body})
