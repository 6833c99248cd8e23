"""Commands that make the plan, and plan on for quality."""

from __future__ import annotations

from concurrent.futures import Executor
from pathlib import Path
from typing import Annotated

import typer

from schoolday.calendar.days import DayKind
from schoolday.cli.cohorts import cohorts_of
from schoolday.cli.options import (
    Adopt,
    AsJson,
    Books,
    Folder,
    Sides,
    Source,
    WayOption,
    WhatIf,
    book,
    no_pupils,
    planned,
    taken,
)
from schoolday.cli.output import day_of, say, say_error, say_json
from schoolday.cli.stuck import end_without_program
from schoolday.cli.working import figures, improved, keep, lawful_weeks, summary, workers
from schoolday.files.plans import read_plan
from schoolday.ground.errors import NoProgram, SchooldayError
from schoolday.roster import Roster
from schoolday.rules import Rulebook, Way
from schoolday.timetable.dates import Dates
from schoolday.timetable.district import Effort
from schoolday.timetable.plan import Plan
from schoolday.timetable.problem import TimetableProblem

Day = Annotated[
    str,
    typer.Option("--day", metavar="DATE", help="A school day whose rules the week is made for, 2020-09-08."),
]
Workers = Annotated[int, typer.Option("--workers", min=0, help="Processes; 0 means one for each core.")]
Seed = Annotated[int, typer.Option("--seed", help="The same seed and steps give the same plan.")]
StepsEach = Annotated[
    int, typer.Option("--steps", min=0, help="Steps of improvement for each meeting in each sweep.")
]
Sweeps = Annotated[int, typer.Option("--sweeps", min=0, help="How often every school is improved.")]
Out = Annotated[Path, typer.Option("--out", metavar="PLAN", help="The folder to write the plan to.")]
Seconds = Annotated[
    float, typer.Option("--seconds", min=0.1, help="The most that one school may search for a lawful week.")
]


CohortsFile = Annotated[
    Path | None,
    typer.Option("--cohorts", exists=True, help="The cohorts.csv of a hybrid program: pupilId,cohort."),
]
AskedFolder = Annotated[
    Path | None,
    typer.Option(
        "--asked",
        exists=True,
        help="In person: the folder or zip of choices.csv, who stays at home, and seats.csv.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("plan")(plan)
    app.command("improve")(improve)


def plan(
    source: Source,
    out: Out,
    day: Day,
    way: WayOption = Way.DISTANCE,
    cohorts: CohortsFile = None,
    asked: AskedFolder = None,
    sides: Sides = None,
    rules: Books = None,
    what_if: WhatIf = None,
    adopt: Adopt = "",
    seed: Seed = 1,
    steps: StepsEach = 100,
    sweeps: Sweeps = 1,
    number: Workers = 0,
    seconds: Seconds = 60.0,
    as_json: AsJson = False,
) -> None:
    """Plan every school's week: lawful first, then better; schools run in parallel, the largest first.

    All pupils are planned in one way of schooling: distance, independent study, hybrid with --cohorts, who is
    at school on which days, or in person, where those stay in distance learning who chose it (--asked). It
    is kept with the plan, and the commands that read the plan go by it.
    Where no lawful week exists, the smallest set of clauses in conflict is named, and the exit code is 3.
    """
    when = day_of(day)
    roster = taken(source, when, sides)
    at = Dates(roster, book(rules, what_if, adopt), way, cohorts_of(cohorts, asked, roster, way, when))
    questions = questions_of(at, day, as_json)
    own_folder(out, at.roster.district)
    with workers(number) as pool:
        weeks = lawful_weeks(questions, pool, seed, seconds, at.rulebook, as_json)
        made = Plan(at.roster.district, when, seed, weeks, way, at.cohorts)
        keep(made, out)
        made = _swept(made, at, pool, out, seed, steps, sweeps)
    _tell(made, at.roster, out, as_json)


def questions_of(at: Dates, day: str, as_json: bool) -> list[TimetableProblem]:
    """Return the schools' questions; a date without pupils is refused, and a conflict of clauses told."""
    when = day_of(day)
    try:
        if at.calendar.kind(when) is not DayKind.SCHOOL:
            raise SchooldayError(f"{no_pupils(at.calendar, when)}; make the week for a date that has pupils")
        return list(at.questions(when))
    except NoProgram as error:
        end_without_program(error, at.rulebook, as_json)


def own_folder(out: Path, district: str) -> None:
    """Make the plan's folder before any work is spent, and never write over another district's plan."""
    out.mkdir(parents=True, exist_ok=True)
    probe = out / "plan.part"
    probe.touch()
    probe.unlink()
    if (out / "plan.json").exists() and (there := read_plan(out).district) != district:
        raise SchooldayError(f"{out} holds the plan of the district {there!r}; choose another --out")


def improve(
    source: Source,
    folder: Folder,
    sides: Sides = None,
    seed: Seed = 2,
    steps: StepsEach = 400,
    sweeps: Sweeps = 2,
    number: Workers = 0,
    as_json: AsJson = False,
) -> None:
    """Plan on for quality: sweep over a plan that is lawful already; each sweep is kept when it ends.

    Ctrl-C ends it at any time: the plan of the last whole sweep stands.
    """
    at, made = planned(source, sides, folder, Rulebook(()))
    with workers(number) as pool:
        made = _swept(made, at, pool, folder, seed, steps, sweeps)
    _tell(made, at.roster, folder, as_json)


def _swept(made: Plan, at: Dates, pool: Executor, folder: Path, seed: int, steps: int, sweeps: int) -> Plan:
    """Return the plan after some sweeps; each is kept when it ends."""
    for sweep in range(sweeps):
        made = improved(made, at, pool, seed + sweep, Effort(steps))
        keep(made, folder)
        if sweep + 1 < sweeps:
            say_error(f"sweep {sweep + 1} of {sweeps}: {summary(made, at.roster)}")
    return made


def _tell(made: Plan, roster: Roster, folder: Path, as_json: bool) -> None:
    if as_json:
        say_json({"plan": str(folder), "day": made.day, "way": made.way.value, **figures(made, roster)})
    else:
        say(f"{folder} ({made.way.value.replace('_', ' ')}): {summary(made, roster)}")
