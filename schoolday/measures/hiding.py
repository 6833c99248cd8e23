"""Hiding: which groups of one or several tables are hidden, so that nothing hidden can be had from the rest.

Cells too small by themselves are hidden first; then more, until no hidden one is what is left of a total, of
a group that lies in another, nor a sum and difference of shown ones.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from schoolday.measures.given import GROUPS

ALL = "all"
"""The kind, and the value, of the cell of all pupils."""
HEADS = frozenset({"chronic_absence"})
"""Rates whose numbers count pupils: what is left of the whole counts pupils, too."""
SHARING = frozenset({"given_of_planned", "live_share", "planned_live_share"})
"""Rates that tell one another's numbers: minutes given are a whole here and a part there."""

OF_SOME = frozenset({"service_minutes_unaccounted"})
"""Rates of some pupils only, those with a service: how many they are is no number of the other rates."""

_NEAR = 1e-5
"""What is taken as nothing in a sum: members are 0 or 1, so anything real is far larger."""

Flags: TypeAlias = npt.NDArray[np.bool_]
Members: TypeAlias = npt.NDArray[np.float64]
Name: TypeAlias = tuple[str, ...]
"""What a cell is called in all tables that stand side by side: its group, in a state with the district's."""
Parts: TypeAlias = Sequence[tuple[int, Sequence[int]]]
"""Which cells add up to another one: its place, and those of its parts."""


def few(number: int, smallest: int) -> bool:
    """Whether a count is one of few people: more than none, and fewer than may be told."""
    return 0 < number < smallest


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


Small: TypeAlias = Callable[[Cell, int], bool]


def summed(rate: str, kind: str, value: str, cells: Iterable[Cell]) -> Cell:
    """Return the cell of several groups that share no pupil, taken together."""
    some, names = list(cells), ("pupils", "affected", "part", "whole", "unknown")
    return Cell(rate, kind, value, *(sum(getattr(cell, name) for cell in some) for name in names))


def all_of(rate: str, cells: Sequence[Cell]) -> Cell:
    """Return the cell of all pupils, from the cells of any one kind."""
    return summed(rate, ALL, ALL, (cell for cell in cells if cell.kind == cells[0].kind))


@dataclass(frozen=True)
class Table:
    """The cells of one rate, the first being that of all pupils.

    Parameters
    ----------
    cells, names
        The cells, and what each is called.
    parts
        Which of them add up to another.
    member
        Whether those who belong in one way (a row) are in a cell (a column); or a `triangle` of it.
    """

    cells: Sequence[Cell]
    names: Sequence[Name]
    parts: Parts
    member: Members

    @property
    def rate(self) -> str:
        """The rate that it is of."""
        return self.cells[0].rate

    @cached_property
    def gram(self) -> Members:
        """The products of the columns: all that sums and differences need, however many the rows."""
        return self.member.T @ self.member

    @cached_property
    def nested(self) -> list[tuple[int, int]]:
        """The groups that lie in one of another kind, each with that one."""
        inside = np.abs(self.gram - np.diag(self.gram)[:, None]) < 0.5
        return [
            (int(place), int(wide))
            for place, wide in np.argwhere(inside[1:, 1:]) + 1
            if self.cells[place].kind != self.cells[wide].kind
        ]


def triangle(member: Members) -> Members:
    """Return fewer lines in which columns have the same sums and differences as in many."""
    return np.asarray(np.linalg.qr(member, "r")) if len(member) > member.shape[1] else member


def by_kinds(cells: Sequence[Cell]) -> Parts:
    """Return the cells of each kind of group as the parts of the first, that of all pupils."""
    return [(0, [place for place, cell in enumerate(cells) if cell.kind == kind]) for kind in GROUPS]


def members(cells: Sequence[Cell], belonging: Sequence[tuple[str, ...]]) -> Members:
    """Return whether those who belong in one way (a row) are in a cell (a column)."""
    ways = np.array([*belonging, ("",) * len(GROUPS)], dtype=object)[:-1]
    columns = [
        np.ones(len(ways), bool) if one.kind == ALL else ways[:, GROUPS.index(one.kind)] == one.value
        for one in cells
    ]
    return np.stack(columns, 1).astype(float)


def hidden_in(
    tables: Sequence[Table],
    smallest: int,
    hidden: Collection[tuple[str, Name]] = (),
) -> dict[str, frozenset[Name]]:
    """Return what each rate hides, so that no rate tells what another hides.

    Which groups are hidden for how few they are is the same in every rate of the same pupils, and rates that
    tell one another's numbers (`SHARING`) hide the same groups.

    Parameters
    ----------
    tables
        A table of each rate.
    smallest
        The fewest pupils that may be told of.
    hidden
        Rates with what they hide in any case.
    """
    counts = few_in(tables, smallest)
    found: dict[str, frozenset[Name]] = {}
    for family in families(tables):
        rates = {one.rate for one in family}
        start = counts[family[0].rate] | {name for rate, name in hidden if rate in rates}
        found |= dict.fromkeys(rates, together(family, start, smallest, few_behind))
    return found


def families(tables: Iterable[Table]) -> list[list[Table]]:
    """Return the tables that tell one another's numbers together, each other one alone."""
    every = list(tables)
    shared = [one for one in every if one.rate in SHARING]
    return [*([shared] if shared else []), *([one] for one in every if one.rate not in SHARING)]


def few_in(tables: Sequence[Table], smallest: int) -> dict[str, frozenset[Name]]:
    """Return for each rate what is hidden for how few pupils it is: the same in all tables of those."""
    found: dict[str, frozenset[Name]] = {}
    for some in (False, True):
        own = [one for one in tables if (one.rate in OF_SOME) is some]
        found |= dict.fromkeys((one.rate for one in own), together(own, (), smallest, few_pupils))
    return found


def together(
    tables: Sequence[Table], hidden: Collection[Name], smallest: int, small: Small
) -> frozenset[Name]:
    """Return what to hide in all of some tables: what is hidden in one is told by no other."""
    now = frozenset(hidden)
    while True:
        before = now
        for one in tables:
            shown = _Shown(one, now, smallest, small).decided()
            now |= {name for name, open_ in zip(one.names, shown, strict=True) if not open_}
        if now == before:
            return now


def few_pupils(cell: Cell, smallest: int) -> bool:
    """Whether few pupils stand behind a cell."""
    return few(cell.pupils, smallest)


def few_behind(cell: Cell, smallest: int) -> bool:
    """Whether few pupils stand behind a cell, its part or what is left of it."""
    counts = [cell.pupils, cell.affected]
    if cell.rate in HEADS:
        left = cell.pupils - cell.affected
        counts += [left, cell.unknown, left - cell.unknown]
    return any(few(count, smallest) for count in counts)


class _Shown:
    """Which cells of one rate are shown."""

    def __init__(self, table: Table, hidden: Collection[Name], smallest: int, small: Small) -> None:
        self.table, self.cells = table, table.cells
        self.small, self.smallest = small, smallest
        each = zip(table.names, table.cells, strict=True)
        self.shown: Flags = np.array([name not in hidden and not self._is_small(cell) for name, cell in each])

    def _is_small(self, cell: Cell) -> bool:
        return self.small(cell, self.smallest)

    def decided(self) -> Flags:
        """Hide until nothing hidden can be had from what is shown."""
        while True:
            given_away = self._rest()
            if given_away is None:
                given_away = self._within()
            if given_away is None:
                given_away = self._sums()
            if given_away is None:
                return self.shown
            self.shown[given_away] = False

    def _rest(self) -> int | None:
        """Return a cell to hide where a whole less its shown parts is few, or one part alone."""
        for whole, own in self.table.parts:
            hidden = [self.cells[place] for place in own if not self.shown[place]]
            if not (hidden and self.shown[whole]):
                continue
            if len(hidden) == 1 or self._is_small(summed(self.table.rate, ALL, ALL, hidden)):
                return self._next(own, whole)
        return None

    @cached_property
    def _nearly(self) -> list[tuple[int, int]]:
        """The groups that lie in another and leave few of it over, each with that one."""
        return [
            (place, wide)
            for place, wide in self.table.nested
            if self._is_small(_less(self.cells[wide], self.cells[place]))
        ]

    def _within(self) -> int | None:
        """Return a shown group that lies in another shown one and leaves few of it over."""
        some = (place for place, wide in self._nearly if self.shown[place] and self.shown[wide])
        return next(some, None)

    def _next(self, own: Sequence[int], whole: int = 0) -> int:
        """Return the shown cell with the fewest pupils of some, else the whole."""
        left = [place for place in own if self.shown[place]]
        return min(left, key=lambda place: self.cells[place].pupils) if left else whole

    def _sums(self) -> int | None:
        """Return a cell to hide where a hidden one is some sum and difference of shown ones."""
        used = given_away(self.table.member, self.table.gram, self.shown)
        return None if used is None else self._next([place for place in used if place] or used)


def given_away(member: Members, gram: Members, shown: Flags) -> list[int] | None:
    """Return the shown cells of which some hidden one is a sum and difference, or None if none is.

    Parameters
    ----------
    member
        Whether those who belong in one way (a row) are in a cell (a column).
    gram
        The products of its columns: all that sums need, however many the rows.
    shown
        Which cells are shown.
    """
    open_, closed = np.flatnonzero(shown), np.flatnonzero(~shown)
    if not len(open_) or not len(closed):
        return None
    weights = np.linalg.lstsq(gram[np.ix_(open_, open_)], gram[np.ix_(open_, closed)], rcond=1e-10)[0]
    away = np.abs(member[:, open_] @ weights - member[:, closed]).max(axis=0, initial=0.0)
    for own in weights.T[away < _NEAR]:
        return [int(open_[k]) for k in np.flatnonzero(np.abs(own) > _NEAR)] or [int(open_[-1])]
    return None


def _less(wide: Cell, part: Cell) -> Cell:
    """Return what a cell leaves over of another in which it lies."""
    names = ("pupils", "affected", "part", "whole", "unknown")
    return Cell(wide.rate, wide.kind, wide.value, *(getattr(wide, one) - getattr(part, one) for one in names))
