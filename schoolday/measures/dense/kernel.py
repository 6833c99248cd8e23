"""The one pass over a day's rows, compiled: each row adds to its pupil's fields, and to its promise.

Columns come in Arrow's layout, as the reader of Parquet holds them: values, and beside them bits that say which
are known. Nothing is copied on the way.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from schoolday.ground.machine_code import Compiler
from schoolday.measures.dense.facts import MOST, MOST_ROWS, ROWS_LANE

_Ints: TypeAlias = npt.NDArray[Any]

compiled = Compiler(Path(__file__).parent)

FINE, NO_PUPIL, NO_MINUTES, NO_PART, TOO_MANY = range(5)
"""What became of some rows: all were added, or one stopped it."""
UNKNOWN, ONE = np.uint32(2), np.uint32(1)


class Rows(NamedTuple):
    """Some rows by columns; `origin` and `kind` are places in lists of words, of which the codes are given.

    Numbers are taken as without sign (uint32): a negative one is a great one, and need not be looked for. A
    name with ``_known`` has a bit for each row, the lowest of a byte first. The last code is that of no word.
    """

    pupil: _Ints
    activity: _Ints
    minutes: _Ints
    minutes_known: _Ints
    part: _Ints
    part_known: _Ints
    origin: _Ints
    origin_known: _Ints
    origin_code: _Ints
    kind: _Ints
    kind_known: _Ints
    kind_code: _Ints


class Meaning(NamedTuple):
    """What a row adds to by its code: ones to two packed counts, its minutes to a field and to a promise."""

    first: _Ints
    second: _Ints
    field: _Ints
    owed: _Ints
    untimed: _Ints


class Promised(NamedTuple):
    """Promises by pupil: those of pupil p lie from `first[p]` to `first[p + 1]`."""

    first: _Ints
    activity: _Ints


class Sums(NamedTuple):
    """What rows are added to.

    `counts` (pupils, 2) has several counts side by side in each number, `minutes` (pupils, 7) one more column for
    those that no field takes, and `services` (promises, 5) one for those that no promise does.
    """

    counts: _Ints
    minutes: _Ints
    services: _Ints


@compiled
def _known(bits: _Ints, row: int) -> Any:  # noqa: ANN401 - a number without sign
    return np.uint32((bits[row >> 3] >> (row & 7)) & 1)


@compiled
def _flush(counts: _Ints, who: Any, first: int, second: int, rows: int) -> bool:  # noqa: ANN401
    """Add a pupil's counts of some rows; return whether there are too many rows for that."""
    if rows > MOST_ROWS or (counts[who, 1] >> ROWS_LANE) + rows > MOST_ROWS:
        return True
    counts[who, 0] += first
    counts[who, 1] += second
    return False


@compiled
def add_rows(sums: Sums, rows: Rows, means: Meaning, promised: Promised) -> tuple[int, int]:
    """Add rows; return what stopped it, and at which row.

    A pupil's rows mostly follow each other: their counts are held until another's begin.
    """
    no_origin, no_kind = np.uint32(len(rows.origin_code) - 1), np.uint32(len(rows.kind_code) - 1)
    pupils, who, begun, first, second = len(sums.counts), np.uint32(0), 0, 0, 0
    for row in range(len(rows.pupil)):
        if rows.pupil[row] != who or row == 0:
            if row and _flush(sums.counts, who, first, second, row - begun):
                return TOO_MANY, row - 1
            who, begun, first, second = rows.pupil[row], row, 0, 0
            if who >= pupils:
                return NO_PUPIL, row
        part = rows.part[row] if _known(rows.part_known, row) else UNKNOWN
        timed = _known(rows.minutes_known, row)
        length = rows.minutes[row] if timed else np.uint32(0)
        if length > MOST:
            return NO_MINUTES, row
        if part > 1 and _known(rows.part_known, row):
            return NO_PART, row
        origin = rows.origin[row] if _known(rows.origin_known, row) else no_origin
        kind = rows.kind[row] if _known(rows.kind_known, row) else no_kind
        code = rows.origin_code[origin] | rows.kind_code[kind] | part << ONE | timed
        first += means.first[code]
        second += means.second[code]
        sums.minutes[who, means.field[code]] += np.int64(length)
        for promise in range(promised.first[who], promised.first[who + ONE]):
            if promised.activity[promise] == rows.activity[row]:
                sums.services[promise, means.owed[code]] += np.int64(length)
                sums.services[promise, 3] += means.untimed[code]
    if len(rows.pupil) and _flush(sums.counts, who, first, second, len(rows.pupil) - begun):
        return TOO_MANY, len(rows.pupil) - 1
    return FINE, 0
