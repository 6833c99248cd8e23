"""The command that measures a state: many districts' sealed weeks by one run of the texts."""

from __future__ import annotations

import csv as csv_files
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from schoolday.cli.options import Books, Places, book
from schoolday.cli.output import progress, refused, say, say_findings
from schoolday.cli.records import senses_of
from schoolday.files.engines.duck import Duck
from schoolday.files.engines.spark import Spark
from schoolday.files.engines.states import (
    StateEngine,
    StateReading,
    digest_of,
    district_folders,
    read_state,
)
from schoolday.ground.errors import SchooldayError
from schoolday.measures.disclosure import SUPPRESSED, smallest_cell
from schoolday.measures.limits import spread
from schoolday.measures.portable import PORTABLE, STEPS, ordered, sql
from schoolday.measures.state import CLASSES, State, rows_text
from schoolday.measures.state_told import StateCell, told_state, with_groups
from schoolday.rules import Rulebook

ROWS = tuple(name for name in PORTABLE if name != "by_groups")
"""Measures whose rows can be written: those of single pupils."""
ABOUT, FIGURES = "about.json", "figures.csv"


class By(StrEnum):
    """What works a state out."""

    SPARK = "spark"
    DUCKDB = "duckdb"


StateFolder = Annotated[
    Path, typer.Argument(metavar="STATE", exists=True, file_okay=False, help="A folder of districts' years.")
]
Out = Annotated[Path, typer.Option("--out", metavar="FOLDER", help="The new folder for the answers.")]
On = Annotated[By, typer.Option("--on", help="What works it out; both say the same, to the row.")]
Rows = Annotated[
    list[str] | None,
    typer.Option(
        "--rows", metavar="MEASURE", help="Write its rows of single pupils, too; all for every one."
    ),
]
Master = Annotated[str, typer.Option("--master", metavar="URL", help="Where Spark runs.")]
Memory = Annotated[str, typer.Option("--memory", metavar="SIZE", help="The most memory, as 4g.")]
Work = Annotated[
    Path | None,
    typer.Option("--work", metavar="FOLDER", help="A folder that all machines of a Spark cluster see."),
]
Senses = Annotated[
    list[str] | None,
    typer.Option("--reading", metavar="RULE=NAME", help="How a rule that contradicts itself is read."),
]


def state(
    folder: StateFolder,
    out: Out,
    on: On = By.SPARK,
    rows: Rows = None,
    master: Master = "local[*]",
    memory: Memory = "4g",
    work: Work = None,
    place: Places = None,
    reading: Senses = None,
    rules: Books = None,
) -> None:
    """Measure many districts at once, and tell each rate of the state and of each district by group.

    STATE has a year's folder for each district. Every file is read first; with any fault nothing is measured.
    Figures of few pupils, and those that give them away, are suppressed.
    """
    wanted, rulebook = _wanted(rows), book(rules, None, "")
    if out.exists() and any(out.iterdir()):
        raise SchooldayError(f"{out} holds something already; name a new folder")
    read = _read(folder, rulebook, place or ["CA"], reading)
    together = State(read.districts)
    least, clause = _smallest(rulebook, together, place or ["CA"])
    say(f"{len(read.districts):,} districts, {together.pupils:,} pupils, all files whole.")
    engine: StateEngine = (
        Duck(memory=memory) if on is By.DUCKDB else Spark(master=master, memory=memory, work=work)
    )
    try:
        cells, groups = _figures(engine, together, read, wanted, out, least)
        version = engine.version
    finally:
        engine.close()
    _write(out / FIGURES, cells)
    about = {
        "engine": version, "smallest": least, "clause": clause, "rows": wanted, "groups_of_districts": groups,
        "districts": {
            one.name: {"pupils": len(one.year.pupils), "days": len(read.packs[one.name]),
                       "packs_sha256": digest_of(read.packs[one.name]), "clauses": one.limits.clauses}
            for one in read.districts
        },
    }  # fmt: skip
    # Written last: a folder without it was not made to the end.
    (out / ABOUT).write_text(json.dumps(about, indent=1, default=list) + "\n", encoding="utf-8")
    _say(cells, groups, least, clause, out)


def _wanted(rows: Sequence[str] | None) -> list[str]:
    names = list(ROWS) if rows and "all" in rows else list(rows or ())
    unknown = sorted(set(names) - set(ROWS))
    if unknown:
        raise SchooldayError(
            f"no measure of single pupils is called {', '.join(unknown)}; {', '.join(ROWS)} are"
        )
    return names


def _read(folder: Path, rulebook: Rulebook, places: Sequence[str], reading: list[str] | None) -> StateReading:
    folders = district_folders(folder)
    senses = senses_of(reading, rulebook.rules)
    with progress("read", len(folders), "districts") as step:
        read = read_state(folders, lambda year: spread(rulebook, year, places=places, senses=senses), step)
    if not read.districts:
        raise refused(folder, read.findings, "measured")
    say_findings(read.findings, 5)
    return read


def _smallest(rulebook: Rulebook, together: State, places: Sequence[str]) -> tuple[int, str]:
    last = max(one.year.days[-1].day for one in together.districts)
    try:
        return smallest_cell(rulebook, last, places)
    except LookupError as error:
        raise SchooldayError(f"{error.args[0]}; nothing is told of groups") from None


def _figures(
    engine: StateEngine, together: State, read: StateReading, wanted: Sequence[str], out: Path, least: int
) -> tuple[list[StateCell], bool]:
    """Work everything out on an engine, and write the rows that were asked for."""
    names = ordered(["by_groups", *wanted])
    with progress("worked out", len(names) + len(wanted) + 2, "steps") as step:
        starts = together.starts["pupils"]
        parts = [(start, read.packs[one.name]) for start, one in zip(starts, read.districts, strict=True)]
        _asked(lambda: engine.look_together(parts))
        for name, columns, some in together.tables():
            engine.put(name, columns, some)
        step(1)
        for name in names:
            _asked(lambda name=name: _kept(engine, name))  # type: ignore[misc]
            step(1)
        lines = engine.ask("SELECT * FROM by_groups")
        belonging: dict[str, list[int]] = {}
        for rate, own, _pupils in engine.ask(CLASSES):
            belonging.setdefault(rate, []).append(own)
        groups = with_groups(lines)
        cells = told_state(
            together, lines, {rate: sorted(own) for rate, own in belonging.items()}, least, groups
        )
        step(1)
        out.mkdir(parents=True, exist_ok=True)
        for name in wanted:
            source = name if PORTABLE[name].kept else f"({sql(name)})"
            _asked(lambda name=name, source=source: _exported(engine, name, source, out))  # type: ignore[misc]
            step(1)
    return cells, groups


def _kept(engine: StateEngine, name: str) -> None:
    if name in STEPS or PORTABLE[name].kept:
        engine.keep(name, sql(name))
        engine.ask(f"SELECT COUNT(*) FROM {name}")  # Spark works nothing out before it is asked.


def _exported(engine: StateEngine, name: str, source: str, out: Path) -> None:
    engine.export(rows_text(name, source), out / f"{name}.parquet")


def _asked(work: Callable[[], Any]) -> None:
    """Do a piece of an engine's work; where the engine fails, say in words what can be done."""
    try:
        work()
    except SchooldayError:
        raise
    except Exception as error:  # An engine's own errors share no class: Java's come as they like.
        first = (str(error).strip() or type(error).__name__).splitlines()[0][:300]
        raise SchooldayError(
            f"the engine stopped: {first}; if it is memory or the disk, give it more with --memory, or "
            "measure fewer districts at once"
        ) from error


def _write(file: Path, cells: Sequence[StateCell]) -> None:
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv_files.writer(text)
        writer.writerow(
            ["district", "rate", "kind", "value", "pupils", "part", "whole", "unknown", "percent"]
        )
        writer.writerows([one.district, *asdict(one.cell).values()] for one in cells)


def _say(cells: Sequence[StateCell], groups: bool, least: int, clause: str, out: Path) -> None:
    for one in cells:
        if one.district == one.cell.kind == "all":
            share = f" ({one.cell.percent} %)" if one.cell.percent not in ("", SUPPRESSED) else ""
            say(f"{one.cell.rate}: {one.cell.part} of {one.cell.whole}{share}, {one.cell.pupils} pupils")
    hidden = sum(one.cell.percent == SUPPRESSED for one in cells)
    say(
        f"{len(cells):,} figures are in {out / FIGURES}; {hidden:,} of them, of fewer than {least} pupils "
        f"and those that give them away, are suppressed ({clause})."
    )
    if not groups:
        say("There are too many groups to judge together, so each district is told as a whole only.")
