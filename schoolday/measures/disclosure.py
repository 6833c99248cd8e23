"""What may be told of groups: no number of a few pupils, and none that others give away.

A cell is one rate of one group. It is hidden where few pupils stand behind it, or behind its part; then so
many more that no hidden one is what is left of a total, nor a sum and difference of shown ones.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from schoolday.measures.given import GROUPS, MeasuredYear
from schoolday.measures.portable import Cells
from schoolday.rules.book import Rulebook

SUPPRESSED = "suppressed"
"""What stands where a number is not told; it is neither zero nor unknown."""
ALL = "all"
"""The kind, and the value, of the cell of all pupils."""
HEADS = frozenset({"chronic_absence"})
"""Rates whose part counts pupils: what is left of the whole counts pupils, too."""

Flags: TypeAlias = npt.NDArray[np.bool_]
Flat: TypeAlias = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Cell:
    """One rate of one group, as ``by_groups.sql`` says it."""

    rate: str
    kind: str
    value: str
    pupils: int
    affected: int
    part: int
    whole: int
    unknown: int


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


def few(number: int, smallest: int) -> bool:
    """Whether a count is one of few people: more than none, and fewer than may be told."""
    return 0 < number < smallest


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
    return frozenset(tuple(year.pupils[one].group(kind) for kind in GROUPS) for one in pupils)


def told(
    cells: Iterable[Cells],
    belonging: Mapping[str, frozenset[tuple[str, ...]]],
    smallest: int,
    hidden: Collection[tuple[str, str, str]] = (),
) -> list[ToldCell]:
    """Return cells as anybody may see them, those of all pupils first.

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
    by_rate: dict[str, list[Cell]] = {}
    for line in cells:
        by_rate.setdefault(line[0], []).append(Cell(*line))
    found = []
    for rate, some in sorted(by_rate.items()):
        every = [_all(rate, some), *sorted(some, key=lambda one: (GROUPS.index(one.kind), one.value))]
        free = [(rate, cell.kind, cell.value) not in hidden for cell in every]
        member = np.array([[_in(cell, one) for cell in every] for one in sorted(belonging[rate])], float)
        parts = [(0, [place for place, cell in enumerate(every) if cell.kind == kind]) for kind in GROUPS]
        shown = Shown(every, parts, member, smallest, free).decided()
        found += [told_cell(cell, bool(open_)) for cell, open_ in zip(every, shown, strict=True)]
    return found


Belonging: TypeAlias = Mapping[str, frozenset[tuple[str, ...]]]


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
    lines = {name: list(cells) for name, cells in periods.items()}
    hidden: set[tuple[str, str, str]] = set()
    while True:
        found = {name: told(some, belonging[name], smallest, hidden) for name, some in lines.items()}
        every = (cell for some in found.values() for cell in some if cell.pupils == SUPPRESSED)
        now = {(cell.rate, cell.kind, cell.value) for cell in every}
        if now == hidden:
            return found
        hidden = now


def _all(rate: str, cells: Sequence[Cell]) -> Cell:
    return summed(rate, ALL, ALL, [cell for cell in cells if cell.kind == cells[0].kind])


def summed(rate: str, kind: str, value: str, cells: Iterable[Cell]) -> Cell:
    """Return the cell of several groups that share no pupil, taken together."""
    some, names = list(cells), ("pupils", "affected", "part", "whole", "unknown")
    return Cell(rate, kind, value, *(sum(getattr(cell, name) for cell in some) for name in names))


def triangle(member: Flat) -> Flat:
    """Return fewer lines in which columns have the same sums and differences as in many."""
    return np.asarray(np.linalg.qr(member, "r")) if len(member) > member.shape[1] else member


class Shown:
    """Which cells of one rate are shown, the first being that of all pupils.

    Parameters
    ----------
    cells
        The cells.
    parts
        Which cells add up to another one: its place, and those of its parts.
    member
        A line for each way to belong, which says which cells hold pupils of that way.
    smallest
        The fewest pupils that may be told of.
    free
        Whether each cell may be shown at all.
    """

    def __init__(
        self,
        cells: Sequence[Cell],
        parts: Sequence[tuple[int, Sequence[int]]],
        member: Flat,
        smallest: int,
        free: Sequence[bool],
    ) -> None:
        self.cells, self.parts, self.smallest = cells, parts, smallest
        self.shown: Flags = np.array(
            [one and not self._small(cell) for one, cell in zip(free, cells, strict=True)]
        )
        self.member = triangle(member)

    def decided(self) -> Flags:
        """Hide until nothing hidden can be had from what is shown."""
        while True:
            given_away = self._rest() or self._sums()
            if given_away is None:
                return self.shown
            self.shown[given_away] = False

    def _small(self, cell: Cell) -> bool:
        counts = [cell.pupils, cell.affected]
        counts += [cell.pupils - cell.affected] if cell.rate in HEADS else []
        return any(few(count, self.smallest) for count in counts)

    def _rest(self) -> int | None:
        """Return a cell to hide where a whole less its shown parts is few, or one part alone."""
        for whole, own in self.parts:
            hidden = [self.cells[place] for place in own if not self.shown[place]]
            if self.shown[whole] and hidden and (len(hidden) == 1 or self._small(_sum_of(hidden))):
                return self._next(own, whole)
        return None

    def _next(self, own: Sequence[int], whole: int = 0) -> int:
        """Return the shown cell with the fewest pupils of some, else the whole."""
        left = [place for place in own if self.shown[place]]
        return min(left, key=lambda place: self.cells[place].pupils) if left else whole

    def _sums(self) -> int | None:
        """Return a cell to hide where a hidden one is some sum and difference of shown ones."""
        open_, closed = np.flatnonzero(self.shown), np.flatnonzero(~self.shown)
        if not len(open_) or not len(closed):
            return None
        known, aims = self.member[:, open_], self.member[:, closed]
        weights = np.linalg.lstsq(known, aims, rcond=None)[0]
        away = np.abs(known @ weights - aims).max(axis=0, initial=0.0)
        for own, left in zip(weights.T, away, strict=True):
            if left < 1e-7:
                used = [int(open_[k]) for k in np.flatnonzero(np.abs(own) > 1e-7)]
                return self._next([k for k in used if k] or used or [int(open_[-1])])
        return None


def _sum_of(cells: Sequence[Cell]) -> Cell:
    return summed(cells[0].rate, ALL, ALL, cells)


def _in(cell: Cell, belonging: tuple[str, ...]) -> bool:
    return cell.kind == ALL or belonging[GROUPS.index(cell.kind)] == cell.value


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
