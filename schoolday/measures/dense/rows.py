"""Rows of answers: columns side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.integer]
Flags: TypeAlias = npt.NDArray[np.bool_]
Table: TypeAlias = npt.NDArray[np.integer]
"""A measure's answer: a line for each of its rows, a column for each of its columns, days by their number."""
Column: TypeAlias = Ints | Flags | int

NONE = -1
"""Stands for no minimum, and for no limit."""


def table(*columns: Column) -> Table:
    """Return columns as a table, each in one piece of memory; a single number fills its column."""
    return below([columns], len(columns))


def joined(parts: Sequence[Table], columns: int) -> Table:
    """Return tables one below the other."""
    return below([tuple(part.T) for part in parts], columns)


def below(parts: Sequence[Sequence[Column]], columns: int) -> Table:
    """Return columns one below the other as one table, without a table for each part between.

    Parameters
    ----------
    parts
        The columns of each part; the first of them says how long the part is.
    columns
        How many there are, also where there is no part.
    """
    lengths = [np.size(part[0]) for part in parts]
    found, at = np.empty((columns, sum(lengths)), np.int32), 0
    for part, many in zip(parts, lengths, strict=True):
        for place, column in enumerate(part):
            found[place, at : at + many] = column
        at += many
    return found.T


def chosen(answer: Table, rows: Flags | Ints) -> Table:
    """Return some rows of a table, column by column: so they stay in one piece of memory."""
    return np.stack([column[rows] for column in answer.T]).T
