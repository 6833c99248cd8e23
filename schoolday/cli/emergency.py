"""Commands after an emergency: who was reached and taught in time, who is due next, and the evidence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

import typer

from schoolday.calendar.counting import Moment, day_of
from schoolday.cli.clauses import say_sources, sources_json
from schoolday.cli.options import AsJson, Books, Sides, Source, WhatIf, book, taken
from schoolday.cli.output import SHOWN, refused, say, say_json
from schoolday.emergency.agreements import Study, days_of, studies, study_rules
from schoolday.emergency.clocks import CAUSES, Emergency, Followed, clocks, counted, follow
from schoolday.emergency.way_back import WayBack, findings, ways_back
from schoolday.files.emergencies import FILES, Recorded, read_emergency
from schoolday.files.evidence import write_evidence
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import broken
from schoolday.measures.verdict import Circumstances, Found
from schoolday.roster import Roster
from schoolday.rules import Rule, Rulebook
from schoolday.rules.events import CIRCUMSTANCES

emergency = typer.Typer(
    no_args_is_help=True,
    help="After an emergency: contact, instruction, agreements, returns, and the evidence.",
    pretty_exceptions_enable=False,
)

Folder = Annotated[
    Path,
    typer.Argument(
        metavar="FOLDER", exists=True, help="The emergency's folder: emergency.csv, and what is on record."
    ),
]
AsOf = Annotated[
    str,
    typer.Option("--as-of", metavar="TIME", help="The question's date or local time, as 2026-09-09T17:00."),
]
Unless = Annotated[
    list[str] | None,
    typer.Option("--unless", metavar="NAME", help="A circumstance that is true, such as extenuating."),
]
Out = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="The new folder to write.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.add_typer(emergency, name="emergency")


@dataclass(frozen=True)
class _Asked:
    """An emergency as a command was asked about it."""

    roster: Roster
    event: Emergency
    rulebook: Rulebook
    rules: Sequence[Rule]
    now: Moment
    followed: tuple[Followed, ...]
    studies: tuple[Study, ...]
    back: tuple[WayBack, ...]


@emergency.command("status")
def status(
    roster: Source,
    folder: Folder,
    as_of: AsOf,
    sides: Sides = None,
    unless: Unless = None,
    rules: Books = None,
    what_if: WhatIf = None,
    as_json: AsJson = False,
) -> None:
    """Show how each clock stands, and who is due next: soonest first. Exit code 1 where one was missed."""
    asked = _asked(roster, folder, as_of, sides, unless, book(rules, what_if, ""))
    if as_json:
        say_json(_json(asked))
    else:
        _say(asked)
    late = any(Found.BROKEN in some for some in counted(asked.followed).values())
    if late or broken(findings(asked.studies, asked.back)):
        raise typer.Exit(1)


@emergency.command("evidence")
def evidence(
    roster: Source,
    folder: Folder,
    as_of: AsOf,
    out: Out,
    sides: Sides = None,
    unless: Unless = None,
    rules: Books = None,
    what_if: WhatIf = None,
) -> None:
    """Write the evidence: a row for every pupil, agreement and return, and a statement with its sources."""
    asked = _asked(roster, folder, as_of, sides, unless, book(rules, what_if, ""))
    sources = [folder / name for name in FILES if (folder / name).is_file()]
    write_evidence(
        out, asked.event, asked.followed, asked.rules, asked.roster, asked.now, sources,
        asked.studies, asked.back,
    )  # fmt: skip
    names = ", ".join(sorted(path.name for path in out.iterdir()))
    say(f"{out}: {len(asked.followed):,} pupils; {names}.")


def _asked(
    source: Path, folder: Path, as_of: str, sides: Path | None, unless: list[str] | None, rulebook: Rulebook
) -> _Asked:
    true = _circumstances(unless)
    roster = taken(source, day_of(_moment(as_of, None)), sides)
    zone = ZoneInfo(roster.timezone)
    found, now = _recorded(folder, roster, zone), _moment(as_of, zone)
    running = _running(rulebook, roster, found.emergency, zone)
    followed = follow(
        found.emergency, roster.pupils.values(), found.contacts, found.offers, rules=running,
        calendar=roster.calendar, now=now, zone=zone, circumstances=true,
    )  # fmt: skip
    return _Asked(
        roster, found.emergency, rulebook, running, now, followed, *_later(roster, found, rulebook, now, zone)
    )


def _circumstances(unless: list[str] | None) -> Circumstances:
    true = frozenset(unless or ())
    unknown = sorted(true - CIRCUMSTANCES.keys())
    if unknown:
        raise SchooldayError(
            f"no circumstance is called {unknown[0]!r}; the reference of the rules lists them"
        )
    return true


def _recorded(folder: Path, roster: Roster, zone: ZoneInfo) -> Recorded:
    reading = read_emergency(folder, roster, zone)
    if reading.recorded is None:
        raise refused(folder, reading.findings)
    return reading.recorded


def _running(rulebook: Rulebook, roster: Roster, event: Emergency, zone: ZoneInfo) -> Sequence[Rule]:
    running = clocks(rulebook, roster.places, event, zone)
    if not running:
        raise SchooldayError(
            f"no clock of the rules begins on {event.began} in {', '.join(roster.places)}; "
            "the continuity plan's stand from 1 July 2025"
        )
    return running


def _later(
    roster: Roster, found: Recorded, rulebook: Rulebook, now: Moment, zone: ZoneInfo
) -> tuple[tuple[Study, ...], tuple[WayBack, ...]]:
    """Return how agreements and returns stand."""
    rules, calendar = study_rules(rulebook, roster.places), roster.calendar
    kept = studies(found.agreements, roster.pupils, rules=rules, calendar=calendar, now=now, zone=zone)
    days = days_of(found.agreements, calendar)
    back = ways_back(found.returns, roster.pupils, days, rules=rules, calendar=calendar, now=now, zone=zone)
    return kept, back


def _moment(text: str, zone: ZoneInfo | None) -> Moment:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise SchooldayError(f"{text!r} is no date or time; write it as 2026-09-09T17:00") from None
    return found.date() if len(text) == 10 or zone is None else found.replace(tzinfo=zone)


def _say(asked: _Asked) -> None:
    event = asked.event
    schools = Counter(one.pupil.school for one in asked.followed)
    say(f"{event.id}: {CAUSES[event.cause]}, began {event.began} ({event.source})")
    say(f"{len(asked.followed):,} pupils at {len(schools)} schools")
    for rule in asked.rules:
        say(f"{rule.title}: {_counts(asked, rule)}")
    if asked.studies:
        signed = sum(not one.missing for one in asked.studies)
        say(f"Agreements on independent study: {signed:,} of {len(asked.studies):,} signed by all")
    if asked.back:
        home = sum(one.wish.returned is not None for one in asked.back)
        say(f"Wishes to return to class: {home:,} of {len(asked.back):,} back")
    for finding in list(findings(asked.studies, asked.back))[:SHOWN]:
        say(f"  {finding.status.value}: {' '.join(finding.where)}: {finding.said}")
    due = [one for one in asked.followed if one.open]
    if due:
        say(f"\nDue next, soonest first ({len(due):,} pupils):")
    for one in due[:SHOWN]:
        what = " and ".join(dict.fromkeys(verdict.rule.due for verdict in one.open))
        until = _until(one, day_of(asked.now))
        who, school = one.pupil, asked.roster.schools[one.pupil.school].name
        say(f"  {until}: {who.name} ({who.id}, {school}): {what}; {_tries(one)}")
    if len(due) > SHOWN:
        say(f"  … and {len(due) - SHOWN:,} more; --json shows all")
    say("\nWhere it is written:")
    say_sources(asked.rulebook, _clauses(asked))


def _counts(asked: _Asked, rule: Rule) -> str:
    verdicts = [one for some in asked.followed for one in some.verdicts if one.rule is rule]
    found = Counter(one.found for one in verdicts)
    said = ", ".join(f"{found[name]:,} {name.value.replace('_', ' ')}" for name in Found if name in found)
    last = next((one.inputs.get("last") for one in verdicts), None)
    return f"{said}; last date in time {last or 'not known'}"


def _tries(one: Followed) -> str:
    if one.reached:
        return f"reached {day_of(one.reached.at)} by {one.reached.by} ({one.reached.how})"
    times = "once" if one.tries == 1 else f"{one.tries} times"
    return f"tried {times}, not reached" if one.tries else "not tried yet"


def _until(one: Followed, today: date) -> str:
    if one.last is None:
        return "nobody can say by when"
    return f"was due by {one.last}" if one.last < today else f"by {one.last}"


def _clauses(asked: _Asked) -> list[str]:
    verdicts = [
        *(verdict for one in asked.followed[:1] for verdict in one.verdicts),
        *(verdict for one in asked.studies for verdict in one.verdicts),
        *(one.verdict for one in asked.back),
    ]
    return list(dict.fromkeys(verdict.clause.id for verdict in verdicts if verdict.clause))


def _json(asked: _Asked) -> dict[str, object]:
    return {
        "emergency": asked.event.id,
        "cause": asked.event.cause,
        "began": asked.event.began,
        "as_of": asked.now,
        "counts": {
            rule: {name.value: number for name, number in found.items()}
            for rule, found in counted(asked.followed).items()
        },
        "pupils": [_pupil_json(one) for one in asked.followed],
        "agreements": [_study_json(one) for one in asked.studies],
        "returns": [_back_json(one) for one in asked.back],
        "sources": sources_json(asked.rulebook, _clauses(asked)),
    }


def _study_json(one: Study) -> dict[str, object]:
    return {
        "agreement": one.agreement.id,
        "pupil": one.pupil.id,
        "days": one.days,
        "short": one.short,
        "missing": [signer.value for signer in one.missing],
        "due": one.due,
        "verdicts": {verdict.rule.id: verdict.found.value for verdict in one.verdicts},
    }


def _back_json(one: WayBack) -> dict[str, object]:
    return {
        "pupil": one.pupil.id,
        "asked": one.wish.asked,
        "last": one.last,
        "returned": one.wish.returned,
        "verdicts": {one.verdict.rule.id: one.verdict.found.value},
    }


def _pupil_json(one: Followed) -> dict[str, object]:
    return {
        "pupil": one.pupil.id,
        "school": one.pupil.school,
        "tries": one.tries,
        "reached": one.reached.at if one.reached else None,
        "how": one.reached.how if one.reached else None,
        "by": one.reached.by if one.reached else None,
        "instruction": one.offered.day if one.offered else None,
        "due": one.last,
        "verdicts": {verdict.rule.id: verdict.found.value for verdict in one.verdicts},
    }
