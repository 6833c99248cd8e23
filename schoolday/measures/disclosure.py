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


def ways(year: MeasuredYear) -> list[tuple[str, ...]]:
    """Return how each pupil of a year belongs to groups, in the order of `GROUPS`."""
    return [tuple(one.group(kind) for kind in GROUPS) for one in year.pupils]


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
        shown = _Shown(every, sorted(belonging[rate]), smallest, hidden).decided()
        found += [_told(cell, bool(open_)) for cell, open_ in zip(every, shown, strict=True)]
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
    some = [cell for cell in cells if cell.kind == cells[0].kind]
    names = ("pupils", "affected", "part", "whole", "unknown")
    return Cell(rate, ALL, ALL, *(sum(getattr(cell, name) for cell in some) for name in names))


class _Shown:
    """Which cells of one rate are shown, the first being that of all pupils."""

    def __init__(
        self,
        cells: Sequence[Cell],
        belonging: Sequence[tuple[str, ...]],
        smallest: int,
        hidden: Collection[tuple[str, str, str]] = (),
    ) -> None:
        self.cells, self.smallest = cells, smallest
        free = [(cell.rate, cell.kind, cell.value) not in hidden for cell in cells]
        self.shown: Flags = np.array(
            [one and not self._small(cell) for one, cell in zip(free, cells, strict=True)]
        )
        self.member = np.array([[_in(cell, one) for cell in cells] for one in belonging], float)
        # As many rows as cells answer for all classes: lengths are the same on an orthogonal basis.
        self.short = np.asarray(np.linalg.qr(self.member, mode="r"))

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
        """Return a cell to hide where a total less what is shown of a kind is few, or one group alone."""
        if not self.shown[0]:
            return None
        for kind in GROUPS:
            own = [place for place, cell in enumerate(self.cells) if cell.kind == kind]
            hidden = [self.cells[place] for place in own if not self.shown[place]]
            if hidden and (len(hidden) == 1 or self._small(_all(hidden[0].rate, hidden))):
                return self._next(own)
        return None

    def _next(self, own: Sequence[int]) -> int:
        """Return the shown cell with the fewest pupils of some, else the total."""
        left = [place for place in own if self.shown[place]]
        return min(left, key=lambda place: self.cells[place].pupils) if left else 0

    def _sums(self) -> int | None:
        """Return a cell to hide where a hidden one is some sum and difference of shown ones."""
        open_, hidden = np.flatnonzero(self.shown), np.flatnonzero(~self.shown)
        if not len(open_) or not len(hidden):
            return None
        weights = np.linalg.lstsq(self.short[:, open_], self.short[:, hidden], rcond=None)[0]
        wide = np.abs(self.member[:, open_] @ weights - self.member[:, hidden]).max(axis=0, initial=0.0)
        for place in np.flatnonzero(wide < 1e-7)[:1]:
            used = [int(open_[k]) for k in np.flatnonzero(np.abs(weights[:, place]) > 1e-7)]
            return self._next([k for k in used if k] or used or [int(open_[-1])])
        return None


def _in(cell: Cell, belonging: tuple[str, ...]) -> bool:
    return cell.kind == ALL or belonging[GROUPS.index(cell.kind)] == cell.value


def _told(cell: Cell, shown: bool) -> ToldCell:
    if not shown:
        return ToldCell(
            cell.rate, cell.kind, cell.value, SUPPRESSED, SUPPRESSED, SUPPRESSED, SUPPRESSED, SUPPRESSED
        )
    tenths = cell.part * 1000 // cell.whole if cell.whole else None
    percent = "" if tenths is None else f"{tenths // 10}.{tenths % 10}"
    return ToldCell(
        cell.rate, cell.kind, cell.value, cell.pupils, cell.part, cell.whole, cell.unknown, percent
    )
