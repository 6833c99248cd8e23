"""Commands that judge a plan: check it, and explain one person's day down to its clauses."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Annotated

import typer

from schoolday.cli.clauses import say_sources, sources_json
from schoolday.cli.options import (
    Adopt,
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
    opened,
)
from schoolday.cli.output import (
    counts,
    finding_json,
    finding_line,
    finish,
    say,
    say_findings,
    say_json,
)
from schoolday.cli.shown import Person, Shown, narrowed, person_of, shown_of
from schoolday.cli.why import reason_json, reason_line
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding, Status, broken
from schoolday.ground.spans import clock
from schoolday.timetable.check.verdict import findings
from schoolday.timetable.dates import Dates
from schoolday.timetable.plan import Plan

Who = Annotated[
    str, typer.Argument(metavar="ID", help="The id of a pupil, a teacher, a household or a school.")
]
ClauseId = Annotated[
    str, typer.Option("--clause", metavar="ID", help="Only what follows from one clause, or one rule.")
]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.command("check")(check)
    app.command("explain")(explain)


def check(
    source: Source,
    folder: Folder,
    first: First,
    until: Until,
    sides: Sides = None,
    rules: Books = None,
    what_if: WhatIf = None,
    adopt: Adopt = "",
    as_json: AsJson = False,
) -> None:
    """Check a plan's weeks and dates with a program that shares no code with the solver."""
    at, made, days = opened(source, folder, first, until, sides, book(rules, what_if, adopt))
    found = list(findings(at, made, days[0], days[-1]))
    if as_json:
        say_json([finding_json(finding) for finding in found])
        return finish(found)
    say_findings(found)
    number = counts(found)
    say(
        f"{len(made.weeks)} schools checked on {len(days)} dates, {days[0]} to {days[-1]}: "
        f"{number['broken']} hard findings, {number['unverified']} unverified, {number['advice']} advised."
    )
    return finish(found)


def explain(
    source: Source,
    folder: Folder,
    on: On,
    who: Who = "",
    clause: ClauseId = "",
    sides: Sides = None,
    rules: Books = None,
    what_if: WhatIf = None,
    adopt: Adopt = "",
    as_json: AsJson = False,
) -> None:
    """Explain a day: its minutes, and all that is found of it with limit, clause, source and dates.

    Name a pupil, a teacher, a household or a school by its id, or a clause with --clause, or both.
    """
    if not (who or clause):
        raise SchooldayError("say whom to explain by an id, or which clause with --clause")
    at, made, (day,) = opened(source, folder, on, on, sides, book(rules, what_if, adopt))
    person = person_of(at.roster, who) if who else None
    if clause:
        _known(at, clause)
    made = made if person is None else narrowed(made, person)
    found = [one for one in _found(at, made, day) if _about(one, person) and _follows(one, clause)]
    shown = shown_of(at, made, day, person)
    if as_json:
        _as_json(at, day, who, found, shown)
    else:
        _as_text(at, day, person, found, shown)
    finish(found)


def _known(at: Dates, clause: str) -> None:
    names = {name for rule in at.rulebook.rules for name in (rule.id, *(one.id for one in rule.clauses))}
    if clause not in names:
        raise SchooldayError(f"no clause or rule is called {clause!r}; `schoolday rules list` shows them")


def _found(at: Dates, made: Plan, day: date) -> Iterator[Finding]:
    """Yield what is found of a date; what is owed over a week is judged by the date's whole week."""
    monday = day - timedelta(days=day.weekday())
    others = {(monday + timedelta(days=number)).isoformat() for number in range(7)} - {day.isoformat()}
    for one in findings(at, made, monday, monday + timedelta(days=6), met=True):
        if others.isdisjoint(one.where):
            yield one


def _about(finding: Finding, person: Person | None) -> bool:
    return person is None or not person.ids.isdisjoint(finding.where)


def _follows(finding: Finding, clause: str) -> bool:
    return not clause or any(clause in (name, name.split("@")[0]) for name in finding.clauses)


def _as_text(at: Dates, day: date, person: Person | None, found: Sequence[Finding], shown: Shown) -> None:
    say(f"{person.said if person else 'everybody'}, on {day}")
    for name, blocks in shown.blocks.items():
        say(f"{name}: {shown.sums[name]}")
        for block in blocks:
            line = f"  {clock(block.start)}-{clock(block.end)} {block.minutes:>3} {block.kind.value:<11} "
            say(f"{line}{block.title}".rstrip())
        for reason in shown.reasons.get(name, ()):
            say(f"  {reason_line(reason)}")
        if shown.clauses.get(name):
            say(f"  the plan of minutes follows from {', '.join(shown.clauses[name])}")
    for note in shown.notes:
        say(note)
    if not found:
        say("Nothing was judged of it on this date.")
    _say_found(found, one=bool(shown.blocks))
    ids = _ids(found, shown)
    if ids:
        say("Where it is written:")
        say_sources(at.rulebook, ids)


def _say_found(found: Sequence[Finding], one: bool) -> None:
    """Print findings: all of one person's; of a school or a clause what is met is counted."""
    if one:
        for finding in found:
            say(finding_line(finding))
        return
    say_findings([finding for finding in found if finding.status is not Status.MET])
    met = Counter((finding.code, finding.clauses) for finding in found if finding.status is Status.MET)
    for (code, clauses), number in sorted(met.items()):
        say(f"met: {number:,} times [{', '.join(clauses)}] ({code})")
    say(f"{len(found):,} findings, {len(broken(found))} broken.")


def _ids(found: Sequence[Finding], shown: Shown) -> list[str]:
    named = [name for clauses in shown.clauses.values() for name in clauses]
    told = [name for reasons in shown.reasons.values() for one in reasons for name in one.clauses]
    return list(dict.fromkeys([*(name for one in found for name in one.clauses), *named, *told]))


def _as_json(at: Dates, day: date, who: str, found: Sequence[Finding], shown: Shown) -> None:
    blocks = {
        name: [
            {
                "start": clock(block.start),
                "end": clock(block.end),
                "minutes": block.minutes,
                "kind": block.kind.value,
                "title": block.title,
            }
            for block in rows
        ]
        for name, rows in shown.blocks.items()
    }
    say_json(
        {
            "who": who,
            "on": day,
            "blocks": blocks,
            "plan": shown.clauses,
            "reasons": {name: [*map(reason_json, told)] for name, told in shown.reasons.items()},
            "notes": shown.notes,
            "findings": [finding_json(one) for one in found],
            "sources": sources_json(at.rulebook, _ids(found, shown)),
        }
    )
