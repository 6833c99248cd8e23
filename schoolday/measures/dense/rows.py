"""Rows of answers: columns side by side."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.integer]
Flags: TypeAlias = npt.NDArray[np.bool_]
Table: TypeAlias = npt.NDArray[np.integer]
"""A measure's answer: a line for each of its rows, a column for each of its columns, days by their number."""

NONE = -1
"""Stands for no minimum, and for no limit."""


def table(*columns: Ints | Flags | int) -> Table:
    """Return columns as a table, each in one piece of memory; a single number fills its column."""
    longest = max(len(column) for column in columns if not isinstance(column, int))
    found = np.empty((len(columns), longest), np.int32)
    for place, column in enumerate(columns):
        found[place] = column
    return found.T


def joined(parts: list[Table], columns: int) -> Table:
    """Return tables one below the other."""
    found = np.empty((columns, sum(map(len, parts))), np.int32)
    at = 0
    for part in parts:
        found[:, at : at + len(part)] = part.T
        at += len(part)
    return found.T


def chosen(answer: Table, rows: Flags | Ints) -> Table:
    """Return some rows of a table, column by column: so they stay in one piece of memory."""
    return np.stack([column[rows] for column in answer.T]).T
