"""The command that changes a plan that stands into one that keeps most of it."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from schoolday.cli.cohorts import cohorts_of
from schoolday.cli.options import AsJson, Books, Folder, Sides, Source, WayOption, WhatIf, book, taken
from schoolday.cli.output import day_of, progress, say, say_json
from schoolday.cli.plan import (
    AskedFolder,
    CohortsFile,
    Day,
    Out,
    Seed,
    StepsEach,
    Workers,
    own_folder,
    questions_of,
)
from schoolday.cli.stuck import end_without_week
from schoolday.cli.working import keep, summary, workers
from schoolday.files.plans import read_plan
from schoolday.files.sheets.write import write_csv
from schoolday.ground.errors import SchooldayError
from schoolday.ground.spans import clock
from schoolday.roster import Roster
from schoolday.rules import Rulebook, Way
from schoolday.timetable.change import MOVED, Changed, Move, When, change_all, touched
from schoolday.timetable.dates import Dates
from schoolday.timetable.district import Effort, facing
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.plan import Plan
from schoolday.timetable.problem import TimetableProblem

Weight = Annotated[
    int,
    typer.Option(
        "--moved", min=1, help="What a meeting that moves costs beside the other weights: higher moves fewer."
    ),
]
TouchedFile = Annotated[
    Path | None,
    typer.Option("--touched", metavar="FILE", help="Write who is touched, and by which meetings, as CSV."),
]
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
COLUMNS = ("schoolId", "personType", "personId", "activity", "title", "before", "after")


def register(app: typer.Typer) -> None:
    """Add the command to the command line."""
    app.command("change")(change)


def change(
    source: Source,
    folder: Folder,
    out: Out,
    day: Day,
    way: WayOption = Way.DISTANCE,
    cohorts: CohortsFile = None,
    asked: AskedFolder = None,
    touched_file: TouchedFile = None,
    sides: Sides = None,
    rules: Books = None,
    what_if: WhatIf = None,
    seed: Seed = 1,
    steps: StepsEach = 100,
    weight: Weight = MOVED,
    number: Workers = 0,
    as_json: AsJson = False,
) -> None:
    """Change a plan into one for other rules or another way of schooling that keeps most of its meetings.

    The old plan stays as it is. For each school it says how many meetings start elsewhere, and how many of
    them could not have stayed whatever the others did.
    """
    when = day_of(day)
    roster, old = taken(source, when, sides), read_plan(folder)
    if out.resolve() == folder.resolve():
        raise SchooldayError(f"{folder} is the plan that stands; give another --out, so that it stays")
    at = Dates(roster, book(rules, what_if, ""), way, cohorts_of(cohorts, asked, roster, way, when))
    if old.district != roster.district:
        raise SchooldayError(
            f"the plan in {folder} is of {old.district!r}, the roster of {roster.district!r}"
        )
    questions = questions_of(at, day, as_json)
    own_folder(out, roster.district)
    with workers(number) as pool:
        found = _changed(old, questions, pool, seed, Effort(steps), weight)
        _end_if_stuck(found, questions, pool, at.rulebook, as_json)
    weeks = facing({school: one.week for school, one in found.items() if one.week}, at.homes)
    made = Plan(roster.district, when, seed, weeks, way, at.cohorts)
    keep(made, out)
    if touched_file:
        write_csv(touched_file, COLUMNS, _touched_rows(old, found))
    _tell(found, old, made, roster, out, as_json)


def _changed(
    old: Plan, questions: list[TimetableProblem], pool: Executor, seed: int, effort: Effort, weight: int
) -> dict[str, Changed]:
    with progress("changed", len(questions), "schools") as advance:

        def report(school: str, changed: Changed) -> None:
            advance(1)

        return change_all(
            old.weeks, questions, pool, effort=effort, seed=seed, report=report,
            clock=time.perf_counter, weight=weight,
        )  # fmt: skip


def _end_if_stuck(
    found: Mapping[str, Changed],
    questions: list[TimetableProblem],
    pool: Executor,
    rulebook: Rulebook,
    as_json: bool,
) -> None:
    stuck = [
        (one, result.unplaced)
        for one in questions
        if not found[one.school].week and (result := found[one.school].result)
    ]
    if stuck:
        end_without_week(stuck, pool, rulebook, as_json)


def _touched_rows(old: Plan, found: Mapping[str, Changed]) -> Iterator[tuple[str, ...]]:
    for school, one in found.items():
        yield from ((school, *row) for row in _touched_at(_old_week(old, school, one), one))


def _old_week(old: Plan, school: str, one: Changed) -> SchoolWeek:
    """Return a school's week as it was; an empty one for a school that had none."""
    if school in old.weeks:
        return old.weeks[school]
    assert one.week is not None
    return SchoolWeek(one.week.problem, replace(one.week.timetable, placements=()))


def _touched_at(before: SchoolWeek, one: Changed) -> Iterator[tuple[str, ...]]:
    titles = {activity.id: activity.title for activity in before.problem.activities}
    titles |= {activity.id: activity.title for activity in one.week.problem.activities} if one.week else {}
    people = touched(before, one)
    for kind, moves in (("teacher", people.teachers), ("pupil", people.pupils)):
        for who in sorted(moves):
            for move in moves[who]:
                yield kind, who, move.activity, titles[move.activity], *_times(move)


def _times(move: Move) -> tuple[str, str]:
    return _said(move.before), _said(move.after)


def _said(when: When | None) -> str:
    return f"{DAYS[when.day]} {clock(when.minute)}" if when else ""


def _tell(
    found: Mapping[str, Changed], old: Plan, made: Plan, roster: Roster, out: Path, as_json: bool
) -> None:
    if as_json:
        say_json({"plan": str(out), "way": made.way.value, "schools": list(_figures(found, old))})
        return
    for one in _figures(found, old):
        say(
            f"{one['school']}: {one['moved']:,} of {one['meetings']:,} weekly meetings start elsewhere "
            f"({one['share']:.1%}; {one['must']:,} could not stay), "
            f"{one['new']:,} new, {one['gone']:,} gone; "
            f"touched: {one['pupils']:,} pupils, {one['teachers']:,} teachers."
        )
    say(f"{out} ({made.way.value.replace('_', ' ')}): {summary(made, roster)}")


def _figures(found: Mapping[str, Changed], old: Plan) -> Iterator[dict[str, str | int | float]]:
    for school, one in sorted(found.items()):
        people = touched(_old_week(old, school, one), one)
        yield {
            "school": school,
            "meetings": one.moved + one.kept,
            "moved": one.moved,
            "share": round(one.share, 4),
            "must": one.must,
            "new": sum(move.before is None for move in one.moves),
            "gone": sum(move.after is None for move in one.moves),
            "pupils": len(people.pupils),
            "teachers": len(people.teachers),
        }
