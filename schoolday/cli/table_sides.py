"""Positions side by side as the terminal shows them: a block for each thing, a row for each document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from schoolday.bargaining.record import Table
from schoolday.bargaining.sides import LAW, Cell, Column, Line, SideBySide, Word
from schoolday.cli.table_sources import Sources
from schoolday.ground.grades import GRADES


def sides_lines(table: Table, found: SideBySide) -> Iterator[str]:
    """Yield the lines of positions side by side, what is unlawful with its citation, and the sources."""
    sources = Sources()
    yield f"{table.title}: side by side on {found.day.isoformat()}"
    yield from (f"  {column.name:<{_wide(found)}}  {_about(table, column)}" for column in found.columns)
    yield ""
    yield "252+ is at least 252. * is counted from the document's other figures: live minutes and independent"
    yield "work make the total, and a total leaves independent work beside the least live minutes."
    for _, lines in groupby(found.lines, key=lambda line: line.name):
        yield ""
        yield from _block(found, list(lines), sources)
    yield from _unlawful(found, sources)
    yield from sources.listed()


def _about(table: Table, column: Column) -> str:
    if column.version is None:
        return column.title
    party = table.name(table.proposal(column.version.proposal).party)
    return f"{column.title}, {column.version.day.isoformat()} ({party})"


def _wide(found: SideBySide) -> int:
    return max(len(column.name) for column in found.columns)


def _block(found: SideBySide, lines: Sequence[Line], sources: Sources) -> Iterator[str]:
    rows = [["", *(_grades(line.grades) for line in lines)]]
    for place, column in enumerate(found.columns):
        rows.append([column.name, *(_cell(column, line.cells[place], sources) for line in lines)])
    wide = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    wide[0] = _wide(found)
    yield lines[0].title
    for row in rows:
        yield f"  {'  '.join(cell.ljust(width) for cell, width in zip(row, wide, strict=True))}".rstrip()


def _grades(grades: Sequence[str]) -> str:
    if tuple(grades) == GRADES:
        return "all grades"
    return grades[0] if len(grades) == 1 else f"{grades[0]}-{grades[-1]}"


def _cell(column: Column, cell: Cell, sources: Sources) -> str:
    if not cell.said:
        return cell.word.value
    marks = "".join((*map(sources.clause, cell.made), *map(sources.of, cell.sources)))
    word = "" if column.name == LAW else f" {cell.word.value}"
    return f"{_short(cell)}{word} {marks}".rstrip()


def _short(cell: Cell) -> str:
    """Return a figure as short as a grid needs it; a stance is told in its words."""
    low, high = cell.low, cell.high
    if low is None and high is None:
        return f"{cell.said}:"
    star = "*" if cell.counted else ""
    if low is None or high is None:
        return f"{low:g}+{star}" if low is not None else f"up to {high:g}{star}"
    return f"{low:g}{star}" if low == high else f"{low:g}-{high:g}{star}"


def _unlawful(found: SideBySide, sources: Sources) -> Iterator[str]:
    against = [
        f"  {column.name}, {_grades(line.grades)}: {cell.why} {''.join(map(sources.clause, cell.law))}"
        for line in found.lines
        for column, cell in zip(found.columns, line.cells, strict=True)
        if cell.word is Word.UNLAWFUL
    ]
    yield ""
    yield from ("Unlawful", *against) if against else ("No cell is unlawful.",)
