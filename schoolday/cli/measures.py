"""Commands about a year's measures: run them, find, tell by group, renew the day that changed."""

from __future__ import annotations

import csv as csv_files
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from schoolday.cli.measures_answers import Answers, Opened, dense, on_duckdb, on_spark
from schoolday.cli.measures_state import state
from schoolday.cli.options import AsJson, Books, Places, book
from schoolday.cli.output import (
    counts,
    day_of,
    finding_json,
    finish,
    refused,
    say,
    say_findings,
    say_json,
)
from schoolday.cli.records import senses_of
from schoolday.files.engines.kept import KeptYear
from schoolday.files.engines.year import read_year, write_year
from schoolday.ground.errors import SchooldayError
from schoolday.measures.disclosure import SUPPRESSED, ToldCell, classes, smallest_cell, told
from schoolday.measures.found import findings
from schoolday.measures.limits import spread
from schoolday.measures.portable import PORTABLE, Cells
from schoolday.measures.told import in_words
from schoolday.sample.given import given
from schoolday.sample.year import school_year

measures = typer.Typer(
    no_args_is_help=True,
    help="A year's measures: what was planned and given, held against the rules.",
    pretty_exceptions_enable=False,
)


class On(StrEnum):
    """What works the measures out."""

    DENSE = "dense"
    DUCKDB = "duckdb"
    SPARK = "spark"


Folder = Annotated[
    Path,
    typer.Argument(metavar="YEAR", exists=True, file_okay=False, help="The folder of a year and its packs."),
]
Names = Annotated[
    list[str] | None, typer.Argument(metavar="MEASURE", help="Which; all that are small if left out.")
]
Engine = Annotated[On, typer.Option("--on", help="What works them out; all say the same, to the row.")]
Out = Annotated[Path | None, typer.Option("--csv", metavar="FOLDER", help="Write each as a CSV file, too.")]
Senses = Annotated[
    list[str] | None,
    typer.Option("--reading", metavar="RULE=NAME", help="How a rule that contradicts itself is read."),
]
New = Annotated[Path, typer.Argument(metavar="OUT", help="The new folder to write.")]
Pupils = Annotated[int, typer.Option("--pupils", min=1, max=2000, help="How many pupils.")]
Seed = Annotated[int, typer.Option("--seed", help="The same seed makes the same year.")]
Day = Annotated[str, typer.Option("--day", metavar="DATE", help="The day whose pack has changed.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    measures.command("state")(state)
    app.add_typer(measures, name="measures")


@measures.command("list")
def list_(as_json: AsJson = False) -> None:
    """List the measures, with what each says and its columns."""
    if as_json:
        return say_json(
            [{"name": one.name, "said": one.said, "columns": one.columns} for one in PORTABLE.values()]
        )
    for one in PORTABLE.values():
        say(f"{one.name}: {one.said}\n  {', '.join(one.columns)}")
    return None


@measures.command("sample")
def sample(out: New, pupils: Pupils = 60, seed: Seed = 1) -> None:
    """Write a made-up year of plan and record, in which some pupils are away and some records lack."""
    year, rows, activities = given(school_year(), pupils, seed)
    write_year(year, rows, activities, out)
    say(f"{out}: a made-up year of {pupils:,} pupils, {len(year.days)} days, {len(rows):,} rows.")


@measures.command("run")
def run(
    folder: Folder,
    names: Names = None,
    on: Engine = On.DENSE,
    place: Places = None,
    reading: Senses = None,
    rules: Books = None,
    csv: Out = None,
    as_json: AsJson = False,
) -> None:
    """Work out measures of a year from its packs; say how many rows each has and how they stand."""
    wanted = _wanted(names)
    opened = _opened(folder, place, reading, rules)
    found = _answers(opened, on, wanted)
    shown = {}
    for name in wanted:
        rows = list(in_words(opened.year, name, found.cells(name)))
        if csv:
            _write(csv, name, rows)
        if as_json:
            shown[name] = [dict(zip(PORTABLE[name].columns, row, strict=True)) for row in rows]
        else:
            say(_line(name, rows))
    if as_json:
        say_json({"clauses": opened.limits.clauses, "left_out": opened.limits.averaged, "measures": shown})
    elif opened.limits.averaged:
        say(f"Left out, since they average over days: {', '.join(opened.limits.averaged)}")


@measures.command("audit")
def audit(
    folder: Folder,
    on: Engine = On.DENSE,
    place: Places = None,
    reading: Senses = None,
    rules: Books = None,
    as_json: AsJson = False,
) -> None:
    """Name what the measures found: short days, absence, services unaccounted for, and what nobody knows.

    The exit code is 1 where something is broken.
    """
    opened = _opened(folder, place, reading, rules)
    answers = _answers(opened, on, [name for name, one in PORTABLE.items() if one.kept])
    found = list(findings(opened.year, opened.limits, answers.found))
    if as_json:
        say_json({"clauses": opened.limits.clauses, "findings": [finding_json(one) for one in found]})
        return finish(found)
    say_findings(found, 5)
    number = counts(found)
    say(
        f"{number['broken']:,} broken, {number['unverified']:,} unverified, "
        f"{number['advice']:,} ask for a step."
    )
    return finish(found)


@measures.command("groups")
def groups(
    folder: Folder,
    on: Engine = On.DENSE,
    place: Places = None,
    reading: Senses = None,
    rules: Books = None,
    csv: Out = None,
    as_json: AsJson = False,
) -> None:
    """Tell every rate by group; numbers of few pupils, and those that give them away, are suppressed."""
    opened = _opened(folder, place, reading, rules)
    answers = _answers(opened, on, ["by_groups", "by_pupil"])
    try:
        least, clause = smallest_cell(book(rules, None, ""), opened.year.days[-1].day, place or ["CA"])
    except LookupError as error:
        raise SchooldayError(f"{error.args[0]}; nothing is told of groups") from None
    own: dict[str, set[int]] = {}
    for pupil, rate, *_numbers in answers.cells("by_pupil"):
        own.setdefault(rate, set()).add(pupil)
    cells = told(
        answers.cells("by_groups"), {rate: classes(opened.year, some) for rate, some in own.items()}, least
    )
    if csv:
        csv.mkdir(parents=True, exist_ok=True)
        _sheet(
            csv / "groups.csv",
            list(asdict(cells[0])) if cells else [],
            (asdict(one).values() for one in cells),
        )
    if as_json:
        return say_json({"smallest": least, "clause": clause, "cells": [asdict(one) for one in cells]})
    for one in cells:
        say(f"{one.rate}, {one.kind} {one.value}: {_cell(one)}")
    say(f"Numbers of fewer than {least} pupils, and those that give them away, are suppressed ({clause}).")
    return None


@measures.command("renew")
def renew(
    folder: Folder, day: Day, place: Places = None, reading: Senses = None, rules: Books = None
) -> None:
    """Work out one changed day anew, and its week; the first time the whole year, which is then kept."""
    opened = _opened(folder, place, reading, rules)
    when = day_of(day)
    if when not in opened.packs:
        raise SchooldayError(f"there is no pack of {when} in {folder / 'days'}; make the packs first")
    kept = KeptYear(folder, opened.year, opened.limits)
    try:
        facts = kept.open()
    except SchooldayError:
        kept.make(opened.packs)
        say(f"{folder}: the facts of {len(opened.packs)} days are kept.")
        facts = kept.open()
    found = kept.renew(facts, when, opened.packs[when])
    flagged = int((found.week[:, 6] == 1).sum())
    say(
        f"{when}: {len(found.pupils):,} pupils' days changed; "
        f"{flagged:,} pupils of its week ask for reaching out."
    )


def _cell(one: ToldCell) -> str:
    if one.percent == SUPPRESSED:
        return SUPPRESSED
    share = f" ({one.percent} %)" if one.percent else ""
    return f"{one.part:,} of {one.whole:,}{share}, {one.pupils:,} pupils, {one.unknown:,} not known"


def _wanted(names: list[str] | None) -> list[str]:
    unknown = sorted(set(names or ()) - PORTABLE.keys())
    if unknown:
        raise SchooldayError(
            f"no measure is called {', '.join(unknown)}; `schoolday measures list` names them"
        )
    return names or [name for name, one in PORTABLE.items() if one.kept]


def _opened(
    folder: Path, place: list[str] | None, reading: list[str] | None, rules: list[Path] | None
) -> Opened:
    found = read_year(folder)
    if found.year is None:
        raise refused(folder, found.findings, "measured")
    rulebook = book(rules, None, "")
    senses = senses_of(reading, rulebook.rules)
    limits = spread(rulebook, found.year, places=place or ["CA"], senses=senses)
    return Opened(found.year, limits, found.packs)


def _answers(opened: Opened, on: On, names: list[str]) -> Answers:
    if not opened.packs:
        raise SchooldayError("there is no pack of any day; make the packs first")
    return {On.DENSE: dense, On.DUCKDB: on_duckdb, On.SPARK: on_spark}[on](opened, names)


def _line(name: str, rows: list[Cells]) -> str:
    columns = PORTABLE[name].columns
    states = Counter(row[columns.index("state")] for row in rows) if "state" in columns else Counter()
    said = ", ".join(f"{number:,} {state}" for state, number in sorted(states.items()))
    return f"{name}: {len(rows):,} rows{': ' if said else ''}{said}"


def _write(folder: Path, name: str, rows: list[Cells]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    _sheet(folder / f"{name}.csv", PORTABLE[name].columns, rows)


def _sheet(file: Path, header: Iterable[str], rows: Iterable[Iterable[object]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv_files.writer(text)
        writer.writerow(header)
        writer.writerows(rows)
