"""The demonstration: make a district, plan it, check it, publish it and serve it, in one go."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import connection
from rich.console import Console

from schoolday.cli.working import improved, lawful_weeks, workers
from schoolday.files.plans import write_plan
from schoolday.files.rosters import read_roster
from schoolday.files.rulebooks import load
from schoolday.ground.errors import RosterRefused, SchooldayError
from schoolday.ground.finding import Status
from schoolday.roster import Roster
from schoolday.sample import write_sample
from schoolday.timetable.check.verdict import findings
from schoolday.timetable.dates import Dates
from schoolday.timetable.district import Effort
from schoolday.timetable.plan import Plan
from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.solve.warm import warm
from schooldesk import taking
from schooldesk.cohorts import showing as cohorts
from schooldesk.day.publish import publish
from schooldesk.demo import asked, people, record
from schooldesk.demo.dates import DAY, DEMONSTRATION, LAST, SEED, TODAY

STEPS = 150
"""Steps of improvement for each meeting: what every machine does the same, if its time suffices."""

console = Console(highlight=False, soft_wrap=True)


@dataclass(frozen=True)
class Shown:
    """What the demonstration made: the roster, the plan and one line of what was checked."""

    roster: Roster
    plan: Plan
    said: str


def folder() -> Path:
    """Return the demonstration's own folder; a real desk's database is never touched."""
    if settings.VAR.name != "demo":
        raise SchooldayError("run the demonstration in a folder of its own: SCHOOLDESK_VAR=var/demo")
    return Path(settings.VAR)


def clear() -> None:
    """Remove what an earlier demonstration left."""
    connection.close()
    for old in folder().glob("*.sqlite3*"):
        old.unlink()


def prepare(name: str, folder: Path, *, until: float) -> Shown:
    """Make the district's files, read them back through the common door, plan, check and publish.

    `until` is the moment, by `time.monotonic`'s clock, at which the page should be there to open.
    """
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "roster.zip"
    compiling = ProcessPoolExecutor(1)
    compiled = compiling.submit(warm)  # a first start compiles the search; the other core does it meanwhile
    say(f"Making {name}'s people from a seed …")
    write_sample(name, source)
    reading = read_roster(source, day=DAY)
    if reading.roster is None:
        raise RosterRefused("\n".join(finding.said for finding in reading.findings[:20]))
    at = Dates(reading.roster, load(None))
    say(f"{len(reading.roster.pupils):,} pupils, {len(reading.roster.schools)} schools; planning the week …")
    questions = list(at.questions(DAY))
    compiled.result()
    compiling.shutdown()
    plan = _planned(at, questions, until)
    write_plan(plan, folder / "plan")
    said = _checked(at, plan)
    taking.take(reading.roster, plan, who=DEMONSTRATION)
    say("Publishing every household's pages …")
    publish(reading.roster.district, TODAY, TODAY, who=DEMONSTRATION)
    for line in asked.lay(name, reading.roster):
        say(line)
    say(cohorts.show(reading.roster, DAY, SEED, DEMONSTRATION, comes=people.a_family(reading.roster)))
    say("Laying what was taken, given and sealed …")
    for line in record.lay(reading.roster):
        say(line)
    return Shown(reading.roster, plan, said)


def _planned(at: Dates, questions: Sequence[TimetableProblem], until: float) -> Plan:
    with workers() as pool:
        weeks = lawful_weeks(questions, pool, SEED, 60.0, at.rulebook)
        plan = Plan(at.roster.district, DAY, SEED, weeks)
        say("Every school is lawful; making the weeks better …")
        spare = until - time.monotonic() - _rest(len(at.roster.pupils))
        ceiling = 0.9 * max(spare, 1.0) * (os.cpu_count() or 1)  # a ceiling counts seconds of one worker
        return improved(plan, at, pool, SEED, Effort(STEPS, ceiling))


def _rest(pupils: int) -> float:
    """Return the seconds that all after planning takes with so many pupils, generously.

    Checking and publishing, the cohorts, and the record of two weeks with its measures.
    """
    return 3 + pupils / 550 + pupils / 4500 + 4 + pupils / 1300


def _checked(at: Dates, plan: Plan) -> str:
    found = Counter(finding.status for finding in findings(at, plan, DAY, LAST))
    meetings = sum(len(week.timetable.placements) for week in plan.weeks.values())
    return (
        f"{len(plan.weeks)} schools, {len(at.roster.pupils):,} pupils, {meetings:,} weekly meetings: "
        f"{found[Status.BROKEN]} hard findings, {found[Status.UNVERIFIED]} unverified, "
        f"checked from {DAY} to {LAST} by a program that shares nothing with the solver."
    )


def say(text: str) -> None:
    """Print a line."""
    console.print(text, markup=False)
