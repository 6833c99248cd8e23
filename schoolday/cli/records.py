"""Commands about a year's records: make up some, check them, hold them against the rules, explain a case."""

from __future__ import annotations

import csv as csv_files
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from schoolday.calendar.days import Calendar
from schoolday.cli.clauses import say_sources, sources_json
from schoolday.cli.options import AsJson, Books, Places, WhatIf, book
from schoolday.cli.output import (
    SHOWN,
    counts,
    day_of,
    finding_json,
    finish,
    progress,
    refused,
    say,
    say_findings,
    say_json,
)
from schoolday.files.records.read import RecordsReading, read_records, record_files
from schoolday.files.records.write import write_records
from schoolday.ground.errors import SchooldayError
from schoolday.measures.verdict import Found, Verdict
from schoolday.measures.year import Audited, Columns, audit, explain
from schoolday.rules import BINDING, Rule, Rulebook
from schoolday.sample.recorded import recorded, school_year_of

records = typer.Typer(
    no_args_is_help=True,
    help="A school year's records: what was given, held against every rule.",
    pretty_exceptions_enable=False,
)

Folder = Annotated[
    Path,
    typer.Argument(
        metavar="RECORDS", exists=True, help="The records: a folder or zip of CSV files with a calendar."
    ),
]
Now = Annotated[
    str,
    typer.Option(
        "--as-of", metavar="DATE", help="The date of the question; the calendar's last if left out."
    ),
]
Senses = Annotated[
    list[str] | None,
    typer.Option("--reading", metavar="RULE=NAME", help="How a rule that contradicts itself is read."),
]
Csv = Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write a row for each rule, too.")]
RuleId = Annotated[str, typer.Argument(metavar="RULE", help="The rule's id.")]
Subject = Annotated[str, typer.Argument(metavar="WHO", help="The id of the row: a pupil, a school.")]
On = Annotated[
    str,
    typer.Option("--on", metavar="DATE", help="The last date of the period, or the one that began a clock."),
]
Pupils = Annotated[int, typer.Option("--pupils", min=1, help="How many pupils.")]
Seed = Annotated[int, typer.Option("--seed", help="The same seed makes the same records.")]
Year = Annotated[int, typer.Option("--year", min=1900, max=2200, help="The year in which it begins.")]
Out = Annotated[Path, typer.Argument(metavar="OUT", help="The new folder to write.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.add_typer(records, name="records")


@records.command("sample")
def sample(
    out: Out,
    pupils: Pupils = 60,
    year: Year = 2026,
    seed: Seed = 1,
    place: Places = None,
    rules: Books = None,
) -> None:
    """Write a made-up year of records on everything that the rules ask, most of them kept."""
    found = _binding(book(rules, None, ""), place)
    number = write_records([recorded(found, school_year_of(year), pupils, seed)], out)
    say(f"{out}: a made-up year of {pupils:,} pupils, {number} files.")


@records.command("check")
def check(source: Folder, as_json: AsJson = False) -> None:
    """Read a year's records and name every fault by file, row and column."""
    reading = _read(source)
    if as_json:
        taken = reading.tables is not None
        say_json({"taken": taken, "findings": [finding_json(one) for one in reading.findings]})
        return finish(reading.findings)
    say_findings(reading.findings, SHOWN)
    found = counts(reading.findings)
    verdict = "can be audited" if reading.tables is not None else "are refused"
    say(f"{found['broken']} broken, {found['unverified']} unverified: the records {verdict}.")
    return finish(reading.findings)


@records.command("audit")
def audit_(
    source: Folder,
    place: Places = None,
    as_of: Now = "",
    reading: Senses = None,
    rules: Books = None,
    what_if: WhatIf = None,
    csv: Csv = None,
    as_json: AsJson = False,
) -> None:
    """Hold a year's records against every rule of a place (all of California's if none is named).

    What nobody recorded is unverified, never met. The exit code is 1 where a rule is broken.
    """
    rulebook = book(rules, what_if, "")
    asked = _binding(rulebook, place)
    tables = _taken(source)
    now = day_of(as_of) if as_of else tables[0].calendar.last
    found = []
    with progress("rules", len(asked), "rules") as advance:
        for one in audit(asked, tables, now, senses=senses_of(reading, asked)):
            found.append(one)
            advance(1)
    if csv:
        _write(csv, found)
    if as_json:
        say_json({"as_of": now, "rules": [_json(one) for one in found]})
    else:
        _say(found, source, tables[0].calendar)
    if any(Found.BROKEN in one.counts for one in found):
        raise typer.Exit(1)


@records.command("explain")
def explain_(
    source: Folder,
    rule_id: RuleId,
    who: Subject,
    on: On,
    as_of: Now = "",
    reading: Senses = None,
    rules: Books = None,
    what_if: WhatIf = None,
    as_json: AsJson = False,
) -> None:
    """Explain one case of an audit: its sentence, what it was decided from, the clause and its source."""
    rulebook = book(rules, what_if, "")
    rule = _rule(rulebook, rule_id)
    tables = _taken(source)
    now = day_of(as_of) if as_of else tables[0].calendar.last
    verdict = _verdict(rule, tables, who, day_of(on), now, senses_of(reading, [rule]))
    if as_json:
        say_json({"rule": rule.id, "who": who, "on": on, **_verdict_json(verdict, rulebook)})
    else:
        _say_verdict(verdict, rulebook)


def _verdict(
    rule: Rule, tables: Sequence[Columns], who: str, on: date, now: date, senses: Mapping[str, str]
) -> Verdict:
    table = next((one for one in tables if who in set(one.subjects)), tables[0])
    try:
        return explain(rule, table, who, on, now, senses=senses)
    except KeyError:
        raise SchooldayError(f"nobody recorded {rule.measure} by {rule.period.value} of {who}") from None
    except LookupError as error:
        raise SchooldayError(str(error.args[0])) from None


def _verdict_json(verdict: Verdict, rulebook: Rulebook) -> dict[str, object]:
    return {
        "found": verdict.found.value,
        "said": verdict.said,
        "inputs": dict(verdict.inputs),
        "steps": list(verdict.steps),
        "sources": sources_json(rulebook, _clauses(verdict)),
    }


def _say_verdict(verdict: Verdict, rulebook: Rulebook) -> None:
    say(f"{_word(verdict.found)}: {verdict.said}")
    for name, value in verdict.inputs.items():
        say(f"  {name}: {'not known' if value is None else value}")
    if verdict.clause:
        say("Where it is written:")
        say_sources(rulebook, _clauses(verdict))


def _clauses(verdict: Verdict) -> list[str]:
    return [verdict.clause.id] if verdict.clause else []


def _binding(rulebook: Rulebook, places: list[str] | None) -> list[Rule]:
    """Return the rules that bind in some places, proposals and guidance left out."""
    everywhere = {rule.place for rule in rulebook.rules}
    wanted = set(places or ["CA"])
    unknown = sorted(wanted - everywhere)
    if unknown:
        raise SchooldayError(f"no rule is of {', '.join(unknown)}; there are {', '.join(sorted(everywhere))}")
    return [rule for rule in rulebook.rules if rule.layer in BINDING and rule.place in wanted]


def _rule(rulebook: Rulebook, name: str) -> Rule:
    try:
        return rulebook.rule(name)
    except KeyError as error:
        raise SchooldayError(str(error.args[0])) from None


def senses_of(given: list[str] | None, rules: Sequence[Rule]) -> dict[str, str]:
    """Return the readings by rule; one of a rule or a name that is not there is refused in words."""
    found = {}
    for text in given or ():
        name, _sign, sense = text.partition("=")
        rule = next((one for one in rules if one.id == name), None)
        names = {one.name for clause in rule.clauses for one in clause.senses} if rule else set()
        if sense not in names:
            there = f"it is read as {', '.join(sorted(names))}" if names else "no such rule has readings"
            raise SchooldayError(f"{text!r} is no reading; {there}")
        found[name] = sense
    return found


def _read(source: Path) -> RecordsReading:
    with progress("records", record_files(source), "files") as advance:
        return read_records(source, report=lambda _file: advance(1))


def _taken(source: Path) -> tuple[Columns, ...]:
    reading = _read(source)
    if reading.tables is None:
        raise refused(source, reading.findings)
    return reading.tables


_TOLD = (
    Found.BROKEN, Found.REACHED, Found.UNVERIFIED, Found.WAITING, Found.MET, Found.NOT_REACHED,
    Found.NOT_BOUND,
)  # fmt: skip


def _say(found: Sequence[Audited], source: Path, year: Calendar) -> None:
    there = [one for one in found if set(one.counts) - {Found.NOT_IN_FORCE}]
    silent = [one for one in there if one.unrecorded]
    for one in there:
        if not one.unrecorded:
            for line in _lines(one, year):
                say(line)
    if silent:
        say(f"\nUnverified, for nothing is recorded that they ask about ({len(silent)} rules):")
    for one in silent:
        say(f"  {one.rule.id}: {', '.join(one.unrecorded)}")
    total = Counter({name: sum(one.counts.get(name, 0) for one in found) for name in Found})
    said = ", ".join(f"{total[name]:,} {_word(name)}" for name in Found if total[name])
    say(f"\n{len(found)} rules, {sum(total.values()):,} cases: {said}.")
    if any(one.cases for one in found):
        say(f"One case in full: schoolday records explain {source} RULE WHO --on DATE")


def _lines(one: Audited, year: Calendar) -> Iterator[str]:
    said = ", ".join(f"{one.counts[name]:,} {_word(name)}" for name in _TOLD if one.counts.get(name))
    yield f"{one.rule.id}: {one.rule.title}: {said}"
    stood = (one.rule.on(day) for day in (year.first, year.last))
    for source in dict.fromkeys(clause.cite.source for clause in stood if clause):
        yield f"  {source}"
    for case in one.cases:
        yield f"  {_word(case.found)}: {case.subject} on {case.day}"


def _word(found: Found) -> str:
    return found.value.replace("_", " ")


def _json(one: Audited) -> dict[str, object]:
    return {
        "rule": one.rule.id,
        "title": one.rule.title,
        "kind": one.rule.kind.value,
        "counts": {name.value: number for name, number in one.counts.items()},
        "unrecorded": list(one.unrecorded),
        "cases": [
            {"table": case.table, "who": case.subject, "on": case.day, "found": case.found.value}
            for case in one.cases
        ],
        "clauses": [
            {"clause": clause.id, "source": clause.cite.source, "confidence": clause.confidence.value}
            for clause in one.rule.clauses
        ],
    }


def _write(file: Path, found: Sequence[Audited]) -> None:
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv_files.writer(text)
        writer.writerow(["rule", "title", *(name.value for name in Found), "unrecorded"])
        for one in found:
            numbers = [one.counts.get(name, 0) for name in Found]
            writer.writerow([one.rule.id, one.rule.title, *numbers, "; ".join(one.unrecorded)])
