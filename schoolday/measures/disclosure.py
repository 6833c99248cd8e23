"""What may be told of groups: no number of a few pupils, and none that others give away.

A cell is one rate of one group. It is hidden where few pupils stand behind it, or behind its part; then so
many more that no hidden one is what is left of a total, nor a sum and difference of shown ones, in its own
rate or in another that tells the same numbers.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from schoolday.measures.given import GROUPS, MeasuredYear
from schoolday.measures.hiding import (
    Cell,
    Table,
    all_of,
    by_kinds,
    few_in,
    hidden_in,
    members,
)
from schoolday.measures.portable import Cells
from schoolday.rules.book import Rulebook

SUPPRESSED = "suppressed"
"""What stands where a number is not told; it is neither zero nor unknown."""

Belonging: TypeAlias = Mapping[str, frozenset[tuple[str, ...]]]
"""For each rate the `classes` of the pupils who have it."""


@dataclass(frozen=True, slots=True)
class ToldCell:
    """A cell as anybody may see it: its numbers, or `SUPPRESSED` in the place of every one.

    `percent` is in tenths cut off, reckoned in whole numbers; blank where the whole is nothing.
    """

    rate: str
    kind: str
    value: str
    pupils: int | str
    part: int | str
    whole: int | str
    unknown: int | str
    percent: str

    @property
    def hidden(self) -> bool:
        """Whether its numbers are not told."""
        return isinstance(self.pupils, str)


def smallest_cell(rulebook: Rulebook, day: date, places: Sequence[str] = ("CA",)) -> tuple[int, str]:
    """Return the fewest pupils that a cell may be told of on a date, and the clause that says so.

    Raises
    ------
    LookupError
        If no rule says it: then nothing may be told of groups.
    """
    found = [
        (int(least), clause.id)
        for rule in rulebook.rules
        if rule.measure == "pupils_in_cell" and rule.place in places and (clause := rule.on(day))
        if (least := clause.at_least.for_(None) if clause.at_least else None) is not None
    ]
    if not found:
        raise LookupError(f"no rule says on {day} of how few pupils a number may be told")
    return max(found)


def classes(year: MeasuredYear, pupils: Iterable[int]) -> frozenset[tuple[str, ...]]:
    """Return the different ways in which some pupils belong to groups, in the order of `GROUPS`."""
    return frozenset(map(year.belonging.__getitem__, pupils))


def told(
    cells: Iterable[Cells],
    belonging: Belonging,
    smallest: int,
    hidden: Collection[tuple[str, str, str]] = (),
) -> list[ToldCell]:
    """Return cells as anybody may see them, those of all pupils first.

    Which groups are hidden for how few they are is the same in every rate of the same pupils, and rates that
    tell one another's numbers hide the same groups: else one rate would tell what another hides.

    Parameters
    ----------
    cells
        Lines of ``by_groups``.
    belonging
        For each rate the `classes` of the pupils who have it.
    smallest
        The fewest pupils that may be told of.
    hidden
        Rate, kind and value of cells that are hidden in any case.
    """
    return _of_tables(_tables(cells, belonging), smallest, hidden)


def _of_tables(
    tables: Sequence[Table], smallest: int, hidden: Collection[tuple[str, str, str]]
) -> list[ToldCell]:
    hide = hidden_in(tables, smallest, {(rate, (kind, value)) for rate, kind, value in hidden})
    found = [
        told_cell(cell, name not in hide[one.rate])
        for one in tables
        for cell, name in zip(one.cells, one.names, strict=True)
    ]
    return sorted(found, key=lambda one: one.rate)


def _tables(cells: Iterable[Cells], belonging: Belonging) -> list[Table]:
    by_rate: dict[str, list[Cell]] = {}
    for line in cells:
        by_rate.setdefault(line[0], []).append(Cell(*line))
    return [_table(rate, some, belonging[rate]) for rate, some in sorted(by_rate.items())]


def _table(rate: str, some: Sequence[Cell], belonging: Iterable[tuple[str, ...]]) -> Table:
    every = [all_of(rate, some), *sorted(some, key=_place)]
    names = [(cell.kind, cell.value) for cell in every]
    return Table(every, names, by_kinds(every), members(every, sorted(belonging)))


def _place(cell: Cell) -> tuple[int, str]:
    return GROUPS.index(cell.kind), cell.value


def told_together(
    periods: Mapping[str, Iterable[Cells]], belonging: Mapping[str, Belonging], smallest: int
) -> dict[str, list[ToldCell]]:
    """Return the cells of a year and of its months as anybody may see them side by side.

    A group that is hidden in one period is hidden in all: no month is what the year leaves over.

    Parameters
    ----------
    periods
        Lines of ``by_groups`` of each period.
    belonging
        Of each period what `told` asks for.
    smallest
        The fewest pupils that may be told of.
    """
    tables = {name: _tables(cells, belonging[name]) for name, cells in periods.items()}
    counts = few_in([one for some in tables.values() for one in some], smallest)
    always = {(rate, kind, value) for rate, names in counts.items() for kind, value in names}
    hidden = set(always)
    while True:
        found = {name: _of_tables(some, smallest, hidden) for name, some in tables.items()}
        every = (cell for some in found.values() for cell in some if cell.pupils == SUPPRESSED)
        now = always | {(cell.rate, cell.kind, cell.value) for cell in every}
        if now == hidden:
            return found
        hidden = now


def told_cell(cell: Cell, shown: bool) -> ToldCell:
    """Return a cell as anybody may see it."""
    if not shown:
        return ToldCell(
            cell.rate, cell.kind, cell.value, SUPPRESSED, SUPPRESSED, SUPPRESSED, SUPPRESSED, SUPPRESSED
        )
    tenths = cell.part * 1000 // cell.whole if cell.whole else None
    percent = "" if tenths is None else f"{tenths // 10}.{tenths % 10}"
    return ToldCell(
        cell.rate, cell.kind, cell.value, cell.pupils, cell.part, cell.whole, cell.unknown, percent
    )
