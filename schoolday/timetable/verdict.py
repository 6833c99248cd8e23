"""Verdict: all that the check finds in a district's weeks and dates. It shares no code with the solver."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from schoolday.calendar.days import dates
from schoolday.ground.finding import Finding
from schoolday.timetable.check import check
from schoolday.timetable.check_dates import check_district
from schoolday.timetable.check_services import check_services
from schoolday.timetable.dates import Dates
from schoolday.timetable.meeting import SchoolDay
from schoolday.timetable.plan import Plan


def findings(at: Dates, plan: Plan, first: date, last: date, *, met: bool = False) -> Iterator[Finding]:
    """Yield the findings of every school's template week, and of each date from roster and rules alone.

    Parameters
    ----------
    at, plan
        The district's dates and its plan.
    first, last
        The dates to judge, both included; dates without pupils are passed over.
    met
        Whether to yield what is met as well.
    """
    for week in plan.weeks.values():
        yield from check(week.problem, week.timetable)
    weeks: dict[tuple[int, int], list[SchoolDay]] = defaultdict(list)
    for day in dates(first, last):
        if at.plans(day):
            made = list(at.school_days(plan, day))
            weeks[day.isocalendar()[:2]] += made
            yield from check_district(at.roster, at.standing(day), made, met=met)
    for of_one_week in weeks.values():
        yield from check_services(at.roster, of_one_week, met=met)
