"""Verdict: all that the check finds in a district's weeks and dates. It shares no code with the solver."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from schoolday.calendar.days import dates
from schoolday.ground.finding import Finding
from schoolday.timetable.check import check
from schoolday.timetable.check.cohorts import check_cohorts
from schoolday.timetable.check.dates import check_district
from schoolday.timetable.check.evidence import check_evidence
from schoolday.timetable.check.services import check_services
from schoolday.timetable.check.weekly import check_weekly
from schoolday.timetable.dates import Dates
from schoolday.timetable.meeting import SchoolDay
from schoolday.timetable.plan import Plan

MONDAY = 0


def findings(at: Dates, plan: Plan, first: date, last: date, *, met: bool = False) -> Iterator[Finding]:
    """Yield what nobody told, the findings of every template week, and those of each date.

    Dates are judged from roster and rules alone.

    Parameters
    ----------
    at, plan
        The district's dates and its plan.
    first, last
        The dates to judge, both included; dates without pupils are passed over. Weekly bounds and
        services are judged over those dates of each week.
    met
        Whether to yield what is met as well.
    """
    yield from check_evidence(at.roster, plan)
    for week in plan.weeks.values():
        yield from check(week.problem, week.timetable)
    made: list[SchoolDay] = []
    for day in dates(first, last):
        if made and day.weekday() == MONDAY:
            yield from _week(at, made, met)
            made = []
        if at.plans(day):
            today = list(at.school_days(plan, day))
            yield from check_district(at.roster, at.standing(day), today, met=met)
            for one in today:
                yield from check_cohorts(one, plan.cohorts)
            made += today
    if made:
        yield from _week(at, made, met)


def _week(at: Dates, made: list[SchoolDay], met: bool) -> Iterator[Finding]:
    """Yield what the dates of one week, taken together, break."""
    begun = at.standing(min(one.day for one in made))
    yield from check_weekly(at.roster, begun, made, met=met)
    yield from check_services(at.roster, made, met=met)
