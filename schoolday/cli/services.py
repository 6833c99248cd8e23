"""Commands about services of an IEP: owed, without a place, the account, signatures, exports."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from schoolday.calendar.days import Calendar
from schoolday.cli.options import (
    AsJson,
    Books,
    First,
    Folder,
    On,
    Sides,
    Source,
    Until,
    WhatIf,
    book,
    planned,
    taken,
)
from schoolday.cli.output import (
    day_of,
    finding_json,
    finish,
    refused,
    say,
    say_findings,
    say_json,
)
from schoolday.cli.services_shown import account_json, owed_json, say_account, say_owed
from schoolday.files.service_log.read import ServiceLog, read_services
from schoolday.files.service_log.write import write_exports, write_log, write_signed
from schoolday.files.sheets.moments import moment
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding
from schoolday.ledger.services.account import Account, Ground, accounts
from schoolday.ledger.services.emergency import ruled, without_part
from schoolday.ledger.services.findings import check_accounts, check_entries
from schoolday.ledger.services.owed import Owed, owed
from schoolday.ledger.services.planned import Planned, to_record, unplaced
from schoolday.ledger.services.planned import planned as planned_on
from schoolday.ledger.services.recorded import Reasons
from schoolday.ledger.services.signed import check_signed, sign
from schoolday.ledger.services.terms import Terms, in_force, terms_of
from schoolday.roster import Roster
from schoolday.rules import Rulebook
from schoolday.sample.service_log import service_log
from schoolday.timetable.dates import Dates
from schoolday.timetable.plan import Plan

services = typer.Typer(
    no_args_is_help=True,
    help="Services of an IEP: owed, planned, given or not and why, made up, and what is unaccounted for.",
    pretty_exceptions_enable=False,
)

Log = Annotated[
    Path,
    typer.Argument(
        metavar="LOG", exists=True, help="The folder of entries.csv, terms.csv, closures.csv and signed.csv."
    ),
]
LogOption = Annotated[
    Path | None, typer.Option("--log", exists=True, help="The folder whose terms.csv and closures.csv count.")
]
PlanOption = Annotated[
    Path | None, typer.Option("--plan", exists=True, help="The plan, to name planned meetings not recorded.")
]
AsOf = Annotated[str, typer.Option("--as-of", metavar="DATE", help="The date of the question.")]
PupilOption = Annotated[str, typer.Option("--pupil", metavar="ID", help="One pupil alone.")]
Provider = Annotated[str, typer.Option("--provider", metavar="ID", help="Who signs.")]
At = Annotated[str, typer.Option("--at", metavar="TIME", help="When it is signed, as 2020-09-11T16:00.")]
Words = Annotated[str, typer.Option("--words", help="What the provider declares.")]
Out = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="The new folder to write.")]
Seed = Annotated[int, typer.Option("--seed", help="The same seed makes the same log.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    for command in (owed_, unplaced_, account, sign_, export, sample):
        services.command(command.__name__.rstrip("_"))(command)
    app.add_typer(services, name="services")


@dataclass(frozen=True)
class _Asked:
    """A district's services as a command was asked about them."""

    roster: Roster
    log: ServiceLog
    rulebook: Rulebook
    as_of: date
    terms: tuple[Terms, ...]
    missing: tuple[Finding, ...]

    @property
    def calendar(self) -> Calendar:
        """The district's calendar."""
        return self.roster.calendar

    def accounts(self) -> tuple[list[Account], Ground]:
        """Return every account from the year's first day on, and the ground that they are made on."""
        reasons = Reasons(self.rulebook, frozenset(self.roster.places))
        ground = Ground(reasons, self.calendar, self.as_of, self.log.closures)
        promised = owed(self.terms, self.calendar, self.calendar.first, self.as_of)
        return accounts(promised, self.log.entries, ground), ground


def _asked(roster: Roster, log: Path | None, rulebook: Rulebook, as_of: date) -> _Asked:
    record = _read(log, roster) if log else ServiceLog()
    terms = terms_of(roster, record.stated)
    spans = list(ruled(record.closures, roster.calendar, rulebook, as_of))
    missing = tuple(without_part(terms, spans, rulebook))
    return _Asked(roster, record, rulebook, as_of, in_force(terms, spans), missing)


def _read(folder: Path, roster: Roster) -> ServiceLog:
    reading = read_services(folder, roster, ZoneInfo(roster.timezone))
    if reading.log is None:
        raise refused(folder, reading.findings)
    return reading.log


def owed_(
    source: Source, first: First, until: Until, log: LogOption = None, sides: Sides = None,
    rules: Books = None, what_if: WhatIf = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Show the minutes that are owed to each pupil in every week or school month of some dates."""
    since, last = day_of(first), day_of(until)
    asked = _asked(taken(source, since, sides), log, book(rules, what_if, ""), last)
    promised = list(owed(asked.terms, asked.calendar, since, last))
    say_json([owed_json(one) for one in promised]) if as_json else say_owed(promised, asked.roster)


def unplaced_(
    source: Source, folder: Folder, week: On, log: LogOption = None, sides: Sides = None,
    rules: Books = None, what_if: WhatIf = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Name the minutes owed in the week of a date that have no place in the plan, before it begins."""
    rulebook, day = book(rules, what_if, ""), day_of(week)
    at, made = planned(source, sides, folder, rulebook)
    asked = _asked(at.roster, log, rulebook, day)
    promised = list(owed(asked.terms, at.calendar, day, day))
    found = [*asked.missing, *unplaced(promised, _meetings(at, made, promised))]
    if as_json:
        say_json([finding_json(one) for one in found])
    else:
        minutes = sum(one.minutes for one in promised)
        say(f"{len(promised):,} services owe {minutes:,} minutes in the week or school month of {day}.")
        say_findings(found)
    finish(found)


def _meetings(at: Dates, made: Plan, promised: Iterable[Owed]) -> list[Planned]:
    """Return the planned meetings of the whole periods of what is owed."""
    dates = sorted({day for one in promised for day in one.days})
    return [one for day in dates for one in planned_on(at.school_days(made, day), at.roster)]


def account(
    source: Source, log: Log, as_of: AsOf, plan: PlanOption = None, pupil: PupilOption = "",
    sides: Sides = None, rules: Books = None, what_if: WhatIf = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Account for every minute owed so far: given, made up, explained, to make up, or recorded by nobody.

    Exit code 1 where an entry cannot be right, signed entries were changed, or a year ended with minutes
    unaccounted for.
    """
    day, rulebook = day_of(as_of), book(rules, what_if, "")
    asked = _asked(taken(source, day, sides), log, rulebook, day)
    if pupil and pupil not in asked.roster.pupils:
        raise SchooldayError(f"no pupil has the id {pupil!r}")
    made, ground = asked.accounts()
    made = [one for one in made if pupil in ("", one.terms.pupil)]
    found = _findings(asked, made, ground, pupil)
    open_ = _unrecorded(source, sides, plan, rulebook, asked, pupil) if plan else []
    if as_json:
        told = {"as_of": day, "accounts": [account_json(one) for one in made]}
        say_json({**told, "to_record": open_, "findings": [finding_json(one) for one in found]})
    else:
        say_account(made, asked.roster, rulebook, day, open_ if plan else None)
        say_findings(found)
    finish(found)


def _findings(asked: _Asked, made: Sequence[Account], ground: Ground, pupil: str) -> list[Finding]:
    entries = asked.log.entries
    found = [
        *check_accounts(made, asked.rulebook, asked.as_of, asked.calendar.last),
        *check_entries(entries, asked.terms, ground),
        *check_signed(entries, asked.log.signed),
        *asked.missing,
    ]
    return [one for one in found if not pupil or f"pupil {pupil}" in one.where]


def _unrecorded(
    source: Path, sides: Path | None, plan: Path, rulebook: Rulebook, asked: _Asked, pupil: str
) -> list[Planned]:
    at, made = planned(source, sides, plan, rulebook)
    first = max(made.day, at.calendar.first)
    promised = owed(asked.terms, at.calendar, first, asked.as_of)
    meetings = [one for one in _meetings(at, made, promised) if first <= one.day]
    return [one for one in to_record(meetings, asked.log.entries, asked.as_of) if pupil in ("", one.pupil)]


def sign_(
    source: Source, log: Log, provider: Provider, first: First, until: Until, at: At, words: Words,
    sides: Sides = None,
) -> None:  # fmt: skip
    """Sign for a provider's entries of some dates; from then on they are changed by corrections alone."""
    roster = taken(source, day_of(first), sides)
    if not log.is_dir():
        raise SchooldayError(f"{log} is no folder; unpack it, so that signed.csv can be written into it")
    record = _read(log, roster)
    try:
        when = moment(at, ZoneInfo(roster.timezone))
        made = sign(record.entries, provider, day_of(first), day_of(until), at=when, words=words)
    except ValueError as error:
        raise SchooldayError(f"not signed: {error}") from None
    if not made.number:
        raise SchooldayError(f"not signed: {provider} has recorded nothing from {first} to {until}")
    write_signed(log, (*record.signed, made))
    say(f"{provider} signed {made.number:,} entries of {first} to {until}; sha256 {made.digest}")


def export(
    source: Source, log: Log, as_of: AsOf, out: Out, sides: Sides = None, rules: Books = None,
    what_if: WhatIf = None,
) -> None:  # fmt: skip
    """Write a file for each pupil's record and for each provider's; it bills nobody."""
    day = day_of(as_of)
    asked = _asked(taken(source, day, sides), log, book(rules, what_if, ""), day)
    made, _ = asked.accounts()
    pupils, providers = write_exports(out, made, asked.log.entries, asked.log.signed, asked.roster)
    say(f"{out}: {pupils:,} pupils, {providers:,} providers.")


def sample(
    source: Source, folder: Folder, first: First, until: Until, out: Out, seed: Seed = 1, sides: Sides = None
) -> None:
    """Make up a log of a plan's services, to try the other commands with."""
    at, made = planned(source, sides, folder, book(None, None, ""))
    days = at.calendar.school_days(day_of(first), day_of(until))
    meetings = [one for day in days for one in planned_on(at.school_days(made, day), at.roster)]
    log = service_log(meetings, ZoneInfo(at.roster.timezone), seed)
    write_log(out, log)
    say(f"{out}: {len(log.entries):,} made-up entries, {len(log.signed):,} signatures")
