"""Check how long the small groups of a date last."""

from __future__ import annotations

from collections.abc import Iterator

from schoolday.calendar.row import Minutes
from schoolday.ground.finding import Finding
from schoolday.program.plan import Format
from schoolday.roster import Roster
from schoolday.rules import Bound, Standing, Way
from schoolday.timetable.check.bounds import bounds_for, judge
from schoolday.timetable.meeting import SchoolDay


def check_groups(
    roster: Roster, standing: Standing, school_day: SchoolDay, *, met: bool = False
) -> Iterator[Finding]:
    """Yield the small groups that last shorter or longer than a rule for one of their grades allows.

    A meeting is a small group where its activity (``<section>/<line>/<n>``) names a line of that format.
    """
    small = {
        line.key: plan.way
        for plan in (*school_day.plans.values(), *school_day.staying.plans.values())
        for line in plan.lines
        if line.format is Format.SMALL
    }
    bounds: dict[tuple[str, Way], tuple[Bound, ...]] = {}
    for one in school_day.meetings:
        way = small.get(one.activity.removeprefix(f"{one.source}/").partition("/")[0])
        if way is None or one.kind is not Minutes.LIVE or one.activity == one.source:
            continue
        who = (school_day.school, f"group {one.activity}", school_day.day.isoformat())
        for grade in sorted({roster.pupils[pupil].grade for pupil in one.pupils if pupil in roster.pupils}):
            if (grade, way) not in bounds:
                bounds[grade, way] = bounds_for(standing, ("group_minutes",), grade, way)
            for verdict in judge(bounds[grade, way], {"group_minutes": one.span.minutes}, met=met):
                yield verdict.finding(who)
