"""Rows of answers: columns side by side."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Ints: TypeAlias = npt.NDArray[np.integer]
Flags: TypeAlias = npt.NDArray[np.bool_]
Table: TypeAlias = npt.NDArray[np.int64]
"""A measure's answer: a line for each of its rows, a column for each of its columns, days by their number."""

NONE = -1
"""Stands for no minimum, and for no limit."""


def table(*columns: Ints | Flags | int) -> Table:
    """Return columns as a table; a single number fills its column."""
    return np.stack(np.broadcast_arrays(*columns), axis=1).astype(np.int64)


def joined(parts: list[Table], columns: int) -> Table:
    """Return tables one below the other."""
    return np.concatenate(parts) if parts else np.empty((0, columns), np.int64)
