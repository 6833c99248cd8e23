"""The commands of a bargaining table: its documents, its record, its clocks, and what is in force."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Annotated, TypeVar

import typer

from schoolday.bargaining.clocks import clocks, next_clock
from schoolday.bargaining.in_force import in_force
from schoolday.bargaining.record import Table, Topic, counted, exchanges, topics
from schoolday.bargaining.sides import LAW, Word
from schoolday.bargaining.sides import sides as beside
from schoolday.bargaining.words import changes
from schoolday.cli.options import AsJson, Books, On, WayOption, WhatIf, book
from schoolday.cli.output import day_of, say, say_findings_to_error, say_json
from schoolday.cli.table_json import (
    clocks_json,
    in_force_json,
    record_json,
    show_json,
    sides_json,
    words_json,
)
from schoolday.cli.table_shown import clock_lines, in_force_lines, record_lines, show_lines, words_lines
from schoolday.cli.table_sides import sides_lines
from schoolday.files.tables import read_table
from schoolday.ground.errors import SchooldayError
from schoolday.measures.verdict import Found
from schoolday.rules import Rulebook, Way
from schoolday.rules.events import CIRCUMSTANCES

Answer = TypeVar("Answer")

table = typer.Typer(
    no_args_is_help=True,
    help="A bargaining table: what each side proposed, what is in force, and which clock runs.",
    pretty_exceptions_enable=False,
)

At = Annotated[
    Path, typer.Argument(metavar="TABLE", exists=True, help="The table: a YAML file, or a folder of them.")
]
Names = Annotated[
    list[str] | None,
    typer.Option(
        "--of",
        metavar="NAME",
        help="What to lay side by side: a version such as union/2, a document for its last version, or "
        "law; give it again for more. Left out: the law, and each document's last version that is known.",
    ),
]
Circumstance = Annotated[
    list[str] | None,
    typer.Option("--circumstance", metavar="NAME", help="What is true at the table, such as uncertified."),
]
Before = Annotated[str, typer.Argument(metavar="BEFORE", help="The older version, such as district/1.")]
After = Annotated[str, typer.Argument(metavar="AFTER", help="The newer version, such as district/2.")]


def register(app: typer.Typer) -> None:
    """Add these commands to the command line."""
    app.add_typer(table, name="table")


@table.command("show")
def show(at: At, on: On, books: Books = None, what_if: WhatIf = None, as_json: AsJson = False) -> None:
    """Show a table on a date: its parties, its documents with their state, and the next deadline."""
    day, found, rulebook = day_of(on), *_open(at, books, what_if)
    soonest = next_clock(clocks(found, rulebook, day))
    if as_json:
        return say_json(show_json(found, day, soonest))
    return say("\n".join(show_lines(found, day, soonest)))


@table.command("in-force")
def in_force_(at: At, on: On, books: Books = None, what_if: WhatIf = None, as_json: AsJson = False) -> None:
    """Say what is in force on a date and why, also where nothing is agreed."""
    day, found, rulebook = day_of(on), *_open(at, books, what_if)
    answer = in_force(found, rulebook, day)
    if as_json:
        return say_json(in_force_json(answer))
    return say("\n".join(in_force_lines(answer)))


@table.command("sides")
def sides(
    at: At,
    on: On,
    of: Names = None,
    way: WayOption = Way.DISTANCE,
    books: Books = None,
    what_if: WhatIf = None,
    as_json: AsJson = False,
) -> None:
    """Lay positions side by side by grade; each cell is lawful, unlawful, silent or unverified.

    The exit code is 1 where a cell is unlawful.
    """
    day, found, rulebook = day_of(on), *_open(at, books, what_if)
    names = of or _known(found, day.isoformat())
    answer = _found(lambda: beside(found, rulebook, day, names, way))
    if as_json:
        say_json(sides_json(answer))
    else:
        say("\n".join(sides_lines(found, answer)))
    if any(cell.word is Word.UNLAWFUL for line in answer.lines for cell in line.cells):
        raise typer.Exit(1)


@table.command("record")
def record(at: At, on: On, books: Books = None, what_if: WhatIf = None, as_json: AsJson = False) -> None:
    """Show the record up to a date: meetings, proposals with the days between, and claims side by side."""
    day, (found, _) = day_of(on), _open(at, books, what_if)
    passed, counts = exchanges(found, day), counted(found, day)
    claims: tuple[Topic, ...] = topics(one for one in found.assertions if one.made(day))
    if as_json:
        return say_json(record_json(found, day, counts, passed, claims))
    return say("\n".join(record_lines(found, day, counts, passed, claims)))


@table.command("clocks")
def clocks_(
    at: At,
    on: On,
    circumstance: Circumstance = None,
    books: Books = None,
    what_if: WhatIf = None,
    as_json: AsJson = False,
) -> None:
    """Show the clocks of impasse, mediation and fact-finding, the next deadline first.

    The exit code is 1 where a deadline was broken.
    """
    day, found, rulebook = day_of(on), *_open(at, books, what_if)
    true = frozenset(circumstance or ())
    if true - CIRCUMSTANCES.keys():
        names = ", ".join(name for name, one in CIRCUMSTANCES.items() if one.about == "table")
        raise SchooldayError(f"no rule knows {sorted(true - CIRCUMSTANCES.keys())[0]!r}; a table has {names}")
    running = clocks(found, rulebook, day, circumstances=true)
    if as_json:
        say_json(clocks_json(day, running))
    else:
        say("\n".join(clock_lines(found, day, running)))
    if any(one.verdict and one.verdict.found is Found.BROKEN for one in running):
        raise typer.Exit(1)


@table.command("words")
def words(
    at: At,
    before: Before,
    after: After,
    books: Books = None,
    what_if: WhatIf = None,
    as_json: AsJson = False,
) -> None:
    """Show what changed between two versions word by word: [-gone-] and {+new+}."""
    found, rulebook = _open(at, books, what_if)
    old, new = _found(lambda: (found.version(before), found.version(after)))
    changed = changes(old, new, rulebook)
    if as_json:
        return say_json(words_json(old, new, changed))
    return say("\n".join(words_lines(found, old, new, changed)))


def _open(at: Path, books: list[Path] | None, what_if: list[Path] | None) -> tuple[Table, Rulebook]:
    """Return a table and the rules; an error in words after its faults were named."""
    rulebook = book(books, what_if, "")
    reading = read_table(at, rulebook)
    if reading.table is None:
        say_findings_to_error(reading.findings)
        number = len(reading.findings)
        faults = "fault is" if number == 1 else "faults are"
        raise SchooldayError(f"{at}: not read; {number} {faults} named above")
    return reading.table, rulebook


def _found(ask: Callable[[], Answer]) -> Answer:
    """Return an answer; a name that is not there is told in words."""
    try:
        return ask()
    except KeyError as error:
        raise SchooldayError(str(error.args[0])) from None


def _known(found: Table, on: str) -> list[str]:
    """Return the law, and of each document the last version on a date of which something is known."""
    names = [LAW]
    for document in found.proposals:
        known = [one for one in document.versions if one.known and one.day <= day_of(on)]
        names += [known[-1].id] if known else []
    return names
