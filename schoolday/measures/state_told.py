"""What may be told of a state and its districts: one judgement over all cells that stand side by side.

The state's figure of a group is the sum of its districts' figures, so a district's hidden figure must be no
rest of the state's; what is hidden is decided over the state's and all districts' cells at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from schoolday.measures.disclosure import ToldCell, told_cell
from schoolday.measures.given import GROUPS
from schoolday.measures.hiding import ALL, Cell, Members, Table, hidden_in, summed, triangle
from schoolday.measures.portable import Cells
from schoolday.measures.state import State

MOST = 1_500
"""Cells of one rate that are judged together; beyond it, districts are told without their groups."""
Key = tuple[str, str, str]
"""A district or all, a kind of group or all, a value or all."""
STATE: Key = (ALL, ALL, ALL)
_LINES = 8_192


@dataclass(frozen=True)
class StateCell:
    """A cell as anybody may see it, and whose it is: a district's name, or ``all``."""

    district: str
    cell: ToldCell


def told_state(
    state: State, lines: Iterable[Cells], belonging: Mapping[str, Sequence[int]], smallest: int, groups: bool
) -> list[StateCell]:
    """Return the figures of a state and of its districts, the state's first, without small cells.

    Parameters
    ----------
    state
        The districts.
    lines
        Rows of ``by_groups``, each value with its district's place before it.
    belonging
        For each rate the numbers of those ways to belong (`State.belonging`) that its pupils have.
    smallest
        The fewest pupils that may be told of.
    groups
        Whether districts are told by their groups, too, or each as a whole only.
    """
    by_rate: dict[str, list[Cells]] = {}
    for line in lines:
        by_rate.setdefault(line[0], []).append(line)
    ways, tables = list(state.belonging), list[Table]()
    for rate, some in sorted(by_rate.items()):
        cells = _cells(state, rate, some, groups)
        keys, own = list(cells), [ways[one] for one in belonging[rate]]
        tables.append(Table(list(cells.values()), keys, list(_parts(keys)), _member(keys, own, state)))
    hide = hidden_in(tables, smallest)
    return [
        StateCell(key[0], told_cell(cell, key not in hide[one.rate]))
        for one in tables
        for key, cell in zip(one.names, one.cells, strict=True)
    ]


def with_groups(lines: Sequence[Cells]) -> bool:
    """Whether there are few enough cells to tell each district by its groups."""
    of_one = max(
        (sum(1 for line in lines if line[0] == rate) for rate in {line[0] for line in lines}), default=0
    )
    return of_one <= MOST


def _cells(state: State, rate: str, lines: Sequence[Cells], groups: bool) -> dict[Key, Cell]:
    """Return the cells of one rate by key: the state, its groups, each district, and each one's groups."""
    own: dict[Key, list[Cell]] = {}
    for _rate, kind, told, *numbers in lines:
        place, _, value = told.partition(":")
        name = state.districts[int(place)].name
        cell = Cell(rate, kind, value, *numbers)
        wanted: list[Key] = [STATE, (name, ALL, ALL)] if kind == GROUPS[0] else []
        # A state's schools are its districts' schools.
        wanted += [(ALL, kind, value)] if kind != "school" else []
        wanted += [(name, kind, value)] if groups else []
        for key in wanted:
            own.setdefault(key, []).append(cell)
    order = [ALL, *(one.name for one in state.districts)]
    kinds = [ALL, *GROUPS]
    keys = sorted(own, key=lambda key: (order.index(key[0]), kinds.index(key[1]), key[2]))
    return {key: summed(rate, key[1], key[2], own[key]) for key in keys}


def _parts(keys: Sequence[Key]) -> Iterator[tuple[int, Sequence[int]]]:
    """Yield which cells add up to another: kinds of group to a whole, districts to the state's figure."""
    of: dict[tuple[Key, str], list[int]] = {}
    for place, (district, kind, value) in enumerate(keys):
        if kind != ALL:
            of.setdefault(((district, ALL, ALL), kind), []).append(place)
        if district != ALL and kind != "school":
            of.setdefault(((ALL, kind, value), "district"), []).append(place)
    at = {key: place for place, key in enumerate(keys)}
    for (whole, _kind), places in of.items():
        yield at[whole], places


def _member(keys: Sequence[Key], ways: Sequence[tuple[int, tuple[str, ...]]], state: State) -> Members:
    """Return a line for each way to belong, or what of it tells the same sums of cells."""
    at = {key: place for place, key in enumerate(keys)}
    left: Members = np.zeros((0, len(keys)))
    for start in range(0, len(ways), _LINES):
        some = ways[start : start + _LINES]
        lines = np.zeros((len(some), len(keys)))
        for row, (place, values) in enumerate(some):
            name = state.districts[place].name
            held: list[Key] = [STATE, (name, ALL, ALL)]
            for kind, value in zip(GROUPS, values, strict=True):
                held += [(ALL, kind, value), (name, kind, value)]
            lines[row, [at[key] for key in held if key in at]] = 1
        left = np.concatenate([left, lines])
        left = triangle(left)
    return left
