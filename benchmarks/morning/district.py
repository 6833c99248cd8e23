# ruff: noqa: PLC0415, ANN401 - Django must be set up first
"""The district of the morning: the small one, copies of it, and its plan with every meeting moved."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

DAY = date(2020, 9, 8)


def small() -> tuple[Any, Any]:
    """Return the small district and a lawful plan of it."""
    from schoolday.files.rulebooks import load
    from schoolday.sample.maple import maple
    from schoolday.timetable.dates import Dates
    from schoolday.timetable.meeting import SchoolWeek
    from schoolday.timetable.plan import Plan
    from schoolday.timetable.solve import solve
    from schoolday.timetable.timetable import FirstLawful

    one = maple()
    weeks = {}
    for question in Dates(one, load()).questions(DAY):
        answer = solve(question, stop=FirstLawful(), seed=1)
        assert answer.timetable is not None
        weeks[question.school] = SchoolWeek(question, answer.timetable)
    return one, Plan(one.district, DAY, 1, weeks)


def copied(one: Any, plan: Any, copies: int) -> tuple[Any, Any]:
    """Return a district and its plan so many times over, as one district."""
    parts = [(roster_copy(one, f"{n:03d}-"), week_copies(plan.weeks, f"{n:03d}-")) for n in range(copies)]
    roster = replace(
        one,
        **{name: {k: v for r, _ in parts for k, v in getattr(r, name).items()} for name in MAPS},
        **{name: tuple(row for r, _ in parts for row in getattr(r, name)) for name in ROWS},
    )
    return roster, replace(plan, weeks={k: v for _, found in parts for k, v in found.items()})


MAPS = ("schools", "pupils", "staff", "sections", "households", "services", "contracts", "bells")
ROWS = ("enrollments", "teaching")


def roster_copy(roster: Any, mark: str) -> Any:
    """Return a roster whose every id begins with a mark."""

    def marked(row: Any, *fields: str) -> Any:
        values = {name: getattr(row, name) for name in fields}
        new = {
            name: tuple(mark + one for one in value) if isinstance(value, tuple) else mark + value
            for name, value in values.items()
            if value
        }
        return replace(row, **new)

    keys = {
        "schools": ("id",), "pupils": ("id", "school"), "staff": ("id", "schools"),
        "sections": ("id", "school"),
        "households": ("id", "pupils"), "services": ("id", "pupil", "provider", "group"),
        "contracts": ("staff",), "bells": ("school",),
        "enrollments": ("section", "pupil"), "teaching": ("section", "staff"),
    }  # fmt: skip
    new = {n: {mark + k: marked(v, *keys[n]) for k, v in getattr(roster, n).items()} for n in MAPS}
    return replace(roster, **new, **{n: tuple(marked(v, *keys[n]) for v in getattr(roster, n)) for n in ROWS})


def week_copies(weeks: dict[str, Any], mark: str) -> dict[str, Any]:
    """Return weeks whose every id begins with a mark."""
    from schoolday.timetable.meeting import SchoolWeek
    from schoolday.timetable.timetable import Timetable

    def many(ids: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(mark + one for one in ids)

    found = {}
    for school, week in weeks.items():
        p = week.problem
        activities = tuple(
            replace(
                a, id=mark + a.id, source=mark + a.source, teachers=many(a.teachers), pupils=many(a.pupils)
            )
            for a in p.activities
        )
        problem = replace(
            p,
            school=mark + school,
            activities=activities,
            pupil_limits={mark + k: v for k, v in p.pupil_limits.items()},
            staff_limits={mark + k: v for k, v in p.staff_limits.items()},
            pairs=tuple(replace(pair, a=mark + pair.a, b=mark + pair.b) for pair in p.pairs),
            away={mark + k: v for k, v in p.away.items()},
        )
        placed = tuple(replace(one, activity=mark + one.activity) for one in week.timetable.placements)
        found[mark + school] = SchoolWeek(problem, Timetable(mark + school, placed))
    return found


def moved(plan: Any) -> Any:
    """Return the plan with each Tuesday meeting a slot later: everybody's page changes."""
    from schoolday.timetable.meeting import SchoolWeek
    from schoolday.timetable.timetable import Timetable

    weeks = {}
    for school, week in plan.weeks.items():
        placed = (replace(p, slot=p.slot + 1) if p.day == 1 else p for p in week.timetable.placements)
        weeks[school] = SchoolWeek(week.problem, Timetable(school, tuple(placed)))
    return replace(plan, seed=plan.seed + 1, weeks=weeks)
