"""The demonstration: make a district, plan it, check it, publish it and serve it, in one go."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings
from django.db import connection
from rich.console import Console

from schoolday.bargaining.proposals import Seat
from schoolday.cli.working import improved, lawful_weeks, workers
from schoolday.files.disputed import read_terms
from schoolday.files.plans import write_plan
from schoolday.files.rosters import read_roster
from schoolday.files.rulebooks import load
from schoolday.ground.errors import RosterRefused, SchooldayError
from schoolday.ground.finding import Status
from schoolday.ground.grades import order
from schoolday.roster import Roster
from schoolday.sample import write_sample
from schoolday.timetable.check.verdict import findings
from schoolday.timetable.dates import Dates
from schoolday.timetable.district import Effort
from schoolday.timetable.plan import Plan
from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.solve.warm import warm
from schooldesk import scope, taking
from schooldesk.bargaining.outcomes import asking
from schooldesk.bargaining.outcomes.asked import AskedPackages, AskedPosition
from schooldesk.bargaining.outcomes.asking import offered
from schooldesk.bargaining.record import reads as bargaining
from schooldesk.bargaining.record.commands import example, load_table
from schooldesk.cohorts import showing as cohorts
from schooldesk.conditions.commands import examples, load_conditions, work_out
from schooldesk.conditions.writes import lay_over
from schooldesk.day import writes
from schooldesk.day.publish import publish
from schooldesk.people.writes import add_staff
from schooldesk.roster import reads

DAY = date(2020, 9, 8)
LAST = date(2020, 9, 11)
"""The week's last date: the check judges all of it; pages of other dates are composed when asked for."""
SEED = 2020
USUAL = 300
"""Pupils of a school worth showing: not the district office's rows."""
STEPS = 150
"""Steps of improvement for each meeting: what every machine does the same, if its time suffices."""
PACKAGES = 100
"""Packages that are judged unasked: few enough that somebody who looks waits for seconds."""

DEMONSTRATION = "demonstration"
"""Who did what the demonstration lays."""

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
    publish(reading.roster.district, DAY, DAY, who=DEMONSTRATION)
    table = example(name)
    if table is not None:
        say(load_table(reading.roster.district, table, who=DEMONSTRATION))
        _ask(reading.roster, table)
    _tell(reading.roster.district)
    say(cohorts.show(reading.roster, DAY, SEED, DEMONSTRATION, comes=_a_family(reading.roster)))
    return Shown(reading.roster, plan, said)


def _ask(roster: Roster, folder: Path) -> None:
    """Ask what the union's position does at one school, and for common ground where there are terms."""
    school = roster.pupils[roster.households[_a_family(roster)].pupils[0]].school
    with scope.district(roster.district):
        home, found = reads.district(roster.district), bargaining.standing()[0]
        table = bargaining.table(found)
    assert home is not None
    for one in offered(table):
        if one.seat is Seat.UNION:
            asking.ask(home, table.id, AskedPosition(one.book, "", (school,), DAY), DEMONSTRATION)
    terms = folder.with_name("disputed.yaml")
    if terms.exists() and (disputed := read_terms(terms)).size <= PACKAGES:
        asking.ask(home, table.id, AskedPackages(disputed, school, DAY), DEMONSTRATION)


def _tell(district: str) -> None:
    """Tell the district its county's steps of 2020-21, and lay the later number of days beside the first."""
    folder = examples()
    if folder is None:
        return
    with scope.district(district):
        home = reads.district(district)
        assert home is not None
        say(load_conditions(district, folder / "conditions", who=DEMONSTRATION))
        book = folder / "five-days.yaml"
        lay_over(home, book.read_text(encoding="utf-8"), book.name, DEMONSTRATION)
        work_out(district)


def _planned(at: Dates, questions: Sequence[TimetableProblem], until: float) -> Plan:
    with workers() as pool:
        weeks = lawful_weeks(questions, pool, SEED, 60.0, at.rulebook)
        plan = Plan(at.roster.district, DAY, SEED, weeks)
        say("Every school is lawful; making the weeks better …")
        spare = until - time.monotonic() - _rest(len(at.roster.pupils))
        ceiling = 0.9 * max(spare, 1.0) * (os.cpu_count() or 1)  # a ceiling counts seconds of one worker
        return improved(plan, at, pool, SEED, Effort(STEPS, ceiling))


def _rest(pupils: int) -> float:
    """Return the seconds that checking, publishing and the cohorts of so many pupils take, generously."""
    return 3 + pupils / 550 + pupils / 4500


def _checked(at: Dates, plan: Plan) -> str:
    found = Counter(finding.status for finding in findings(at, plan, DAY, LAST))
    meetings = sum(len(week.timetable.placements) for week in plan.weeks.values())
    return (
        f"{len(plan.weeks)} schools, {len(at.roster.pupils):,} pupils, {meetings:,} weekly meetings: "
        f"{found[Status.BROKEN]} hard findings, {found[Status.UNVERIFIED]} unverified, "
        f"checked from {DAY} to {LAST} by a program that shares nothing with the solver."
    )


def addresses(shown: Shown, base: str, password: str) -> list[str]:
    """Make a family's link, and accounts for staff and a table's people; return what to print."""
    roster, district = shown.roster, shown.roster.district
    house = _a_family(roster)
    with scope.district(district):
        home = reads.district(district)
        number = reads.numbers_of(home, [house])[house] if home else 0
        standing = bargaining.standing()
        tables = f"/d/{district}/table/{standing[0].table}/" if standing else ""
    token = writes.give_link(district, number, DEMONSTRATION)
    teacher = _a_teacher(roster, house)
    school = roster.staff[teacher].schools[0]
    add_staff(district, "teacher", password, "teacher", sourced=teacher, schools=(school,))
    add_staff(district, "principal", password, "principal", sourced="", schools=(school,))
    add_staff(district, "planner", password, "planner", sourced="", schools=())
    if tables:
        add_staff(district, "union", password, "party", side="union")
        add_staff(district, "employer", password, "party", side="district")
        add_staff(district, "mediator", password, "mediator")
    return [
        f"A family with several children    {base}/h/{token}/{DAY}/",
        f"The rules in force, with sources  {base}/rules/?on={DAY}",
        *([f"The bargaining table's record     {base}/d/{district}/table/?on={DAY}"] if tables else []),
        *([f"What the union's position does    {base}{tables}consequences/"] if tables else []),
        f"What conditions allowed           {base}/d/{district}/conditions/?on=2020-10-13",
        f"The year again, by week           {base}/d/{district}/conditions/year/",
        f"Before purple took effect         {base}/d/{district}/conditions/preview/"
        "?from=2020-11-12&until=2020-11-13&known=2020-11-10   (sign in)",
        f"When the family's children return {base}/h/{token}/return/",
        f"Choices of program, and cohorts   {base}/d/{district}/cohorts/   (sign in)",
        f"Moves: the week from a date on    {base}/d/{district}/moves/   (sign in)",
        f"A teacher, a principal, a planner {base}/desk/   (sign in as teacher, principal or planner; "
        f"password {password})",
        *(
            [f"Both sides and their mediator     {base}/desk/   (as union, employer or mediator)"]
            if tables
            else []
        ),
    ]


def _a_family(roster: Roster) -> str:
    """Return a household of three on one device, in classes and in courses, at schools of the usual size."""

    def near(house_id: str) -> tuple[int, bool, bool, int]:
        house = roster.households[house_id]
        pupils = [roster.pupils[pupil] for pupil in house.pupils]
        usual = all(len(roster.pupils_at[pupil.school]) >= USUAL for pupil in pupils)
        grades = [order(pupil.grade) for pupil in pupils]
        mixed = min(grades) <= order("6") < max(grades)
        return -abs(len(pupils) - 3), usual, mixed, -(house.devices or len(pupils))

    return max(sorted(roster.households), key=near)


def _a_teacher(roster: Roster, house: str) -> str:
    """Return the teacher of record of one of the family's children."""
    mine = set(roster.households[house].pupils)
    section = next(row.section for row in roster.enrollments if row.pupil in mine)
    return roster.teachers_of[section][0]


def say(text: str) -> None:
    """Print a line."""
    console.print(text, markup=False)
