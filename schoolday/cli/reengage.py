"""Commands of re-engagement: the work list, one pupil's cases, the notices home."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from schoolday.cli.options import AsJson, Books, First, Sides, Source, Until, WayOption, WhatIf, book, taken
from schoolday.cli.output import (
    day_of,
    finding_json,
    finish,
    refused,
    say,
    say_findings,
    say_json,
)
from schoolday.cli.reengage_shown import case_json, say_case, say_list, task_json
from schoolday.files.reengage.read import Record, read_reengagement
from schoolday.files.reengage.write import templates, write_notices, write_record, write_work
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding
from schoolday.ledger.reengage.cases import Case
from schoolday.ledger.reengage.notices import Home, Notice, check_notices, deadlines_of, notices
from schoolday.ledger.reengage.replay import cases
from schoolday.ledger.reengage.watch import Spans, Watch, watched
from schoolday.ledger.reengage.work import Task, check_cases, check_certified, uncertified, work_list
from schoolday.measures.verdict import Circumstances
from schoolday.roster import Roster
from schoolday.rules import Rule, Rulebook, Way
from schoolday.sample.reengage import attendance

reengage = typer.Typer(
    no_args_is_help=True,
    help="Re-engagement: who is absent by rule, what is to do next, and what is told at home.",
    pretty_exceptions_enable=False,
)

Folder = Annotated[
    Path,
    typer.Argument(
        metavar="FOLDER", exists=True,
        help="The folder of attendance.csv, contacts.csv, tiers.csv, measures.csv and circumstances.csv.",
    ),
]  # fmt: skip
Who = Annotated[str, typer.Argument(metavar="PUPIL", help="A pupil's id.")]
AsOf = Annotated[str, typer.Option("--as-of", metavar="DATE", help="The date of the question.")]
SenseOption = Annotated[
    str, typer.Option("--sense", help="How limbs that disagree are read: either, or days_alone.")
]
Out = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="The new folder to write.")]
File = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write the list as CSV as well.")]
Texts = Annotated[
    Path | None,
    typer.Option("--texts", exists=True, help="Own texts: absence.LANGUAGE.txt for each language."),
]
Seed = Annotated[int, typer.Option("--seed", help="The same seed makes the same record.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (list_, case, notices_, sample):
        reengage.command(command.__name__.rstrip("_"))(command)
    app.add_typer(reengage, name="reengage")


@dataclass(frozen=True)
class _Asked:
    """A district's re-engagement as a command was asked about it."""

    roster: Roster
    rulebook: Rulebook
    record: Record
    watch: Watch
    as_of: date
    cases: list[Case]
    notices: list[Notice]

    def findings(self) -> list[Finding]:
        """Return what is late, unowned, in the wrong language, renamed or not certified."""
        open_ = uncertified(self.record.entries, self.roster.pupils, self.watch, self.as_of)
        return [
            *check_cases(self.cases, self.as_of),
            *check_notices(self.notices),
            *check_certified(open_, self.watch.schools),
        ]

    def tasks(self) -> list[Task]:
        """Return what is to do; families are told by whoever the written plan names first for it."""
        tellers = (one.owner for one in self.record.plan.tiers if one.step == "notify_parent")
        return work_list(self.cases, self.notices, next(tellers, ""))


def _asked(
    source: Path, folder: Path, as_of: str, way: Way, sense: str, sides: Path | None, rules: Rulebook
) -> _Asked:
    day = day_of(as_of)
    roster = taken(source, day, sides)
    zone = ZoneInfo(roster.timezone)
    record, triggers = _recorded(folder, roster, rules, zone), watched(rules, roster.places, way)

    def true(pupil: str, on: date) -> Circumstances:
        return frozenset(one.name for one in record.true if one.holds(pupil, on))

    schools = {pupil.id: pupil.school for pupil in roster.pupils.values()}
    spans = partial(_spans, roster)
    watch = Watch(
        roster.calendar, circumstances=true, senses=_senses(triggers, sense), schools=schools, spans=spans
    )
    found = cases(record.entries, triggers, watch, day, plan=record.plan, given=record.given, zone=zone)
    home = Home(
        {pupil: roster.households[house].language for pupil, house in roster.household_of.items()}, true
    )
    owed = notices(record.entries, deadlines_of(rules, roster.places, way), roster.calendar, home, day, zone)
    return _Asked(roster, rules, record, watch, day, found, owed)


def _recorded(folder: Path, roster: Roster, rules: Rulebook, zone: ZoneInfo) -> Record:
    reading = read_reengagement(folder, roster, rules, zone)
    if reading.record is None:
        raise refused(folder, reading.findings)
    return reading.record


def _senses(triggers: Sequence[Rule], sense: str) -> dict[str, str]:
    senses = {rule.id: sense for rule in triggers if sense and _has(rule.clauses, sense)}
    if sense and not senses:
        raise SchooldayError(
            f"no rule here is read in a way called {sense!r}; `schoolday rules list` shows them"
        )
    return senses


def _has(clauses: Sequence[object], sense: str) -> bool:
    return any(one.name == sense for clause in clauses for one in getattr(clause, "senses", ()))


def _spans(roster: Roster, pupil: str) -> Spans:
    """Return when a pupil was in a class; one whom the roster puts in no class is watched all year."""
    return frozenset((row.first, row.last) for row in roster.enrollments_of.get(pupil, ()))


def list_(
    source: Source, folder: Folder, as_of: AsOf, way: WayOption = Way.DISTANCE, sense: SenseOption = "",
    file: File = None, sides: Sides = None, rules: Books = None, what_if: WhatIf = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Show what is to do, soonest due first; exit code 1 where something is late or in the wrong language.

    A step is done by an entry of its own. No change of an older entry takes anything off the list.
    """
    asked = _asked(source, folder, as_of, way, sense, sides, book(rules, what_if, ""))
    tasks, found = asked.tasks(), asked.findings()
    if file:
        write_work(file, tasks, asked.roster)
    if as_json:
        told = [case_json(one, asked.as_of) for one in asked.cases]
        listed = [task_json(one) for one in tasks]
        say_json(
            {
                "as_of": asked.as_of,
                "tasks": listed,
                "cases": told,
                "findings": [finding_json(one) for one in found],
            }
        )
    else:
        say_list(asked.cases, tasks, asked.roster, asked.as_of)
        say_findings(found)
    finish(found)


def case(
    source: Source, folder: Folder, pupil: Who, as_of: AsOf, way: WayOption = Way.DISTANCE,
    sense: SenseOption = "", sides: Sides = None, rules: Books = None, what_if: WhatIf = None,
    as_json: AsJson = False,
) -> None:  # fmt: skip
    """Tell a pupil's cases: why each was opened, what was done by whom, what is left, why it was closed."""
    asked = _asked(source, folder, as_of, way, sense, sides, book(rules, what_if, ""))
    if pupil not in asked.roster.pupils:
        raise SchooldayError(f"no pupil has the id {pupil!r}")
    mine = [one for one in asked.cases if one.pupil == pupil]
    if as_json:
        return say_json([case_json(one, asked.as_of) for one in mine])
    for one in mine:
        say_case(one, asked.roster, asked.rulebook, asked.as_of)
    if not mine:
        say(f"{pupil} has no case as of {asked.as_of}: no trigger was reached by what is certified.")
    return None


def notices_(
    source: Source, folder: Folder, as_of: AsOf, out: Out, way: WayOption = Way.DISTANCE, texts: Texts = None,
    sides: Sides = None, rules: Books = None, what_if: WhatIf = None,
) -> None:  # fmt: skip
    """Write the notices that are owed and not sent, one text for each pupil, in the home's language."""
    asked = _asked(source, folder, as_of, way, "", sides, book(rules, what_if, ""))
    owed = [one for one in asked.notices if one.sent is None or one.other_language]
    number, found = write_notices(out, owed, asked.roster, templates(texts))
    say(f"{out}: {number:,} notices of {len(owed):,} absences. Record each as notice_sent once it is sent.")
    say_findings(found)


def sample(source: Source, first: First, until: Until, out: Out, seed: Seed = 1, sides: Sides = None) -> None:
    """Make up attendance, contacts and a written plan for a roster, to try the other commands with."""
    begins = day_of(first)
    roster = taken(source, begins, sides)
    days = list(roster.calendar.school_days(begins, day_of(until)))
    record = attendance(roster, days, ZoneInfo(roster.timezone), seed)
    write_record(out, record)
    say(f"{out}: {len(record.entries):,} made-up entries of {len(days)} school days")
