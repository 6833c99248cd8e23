"""Every daily rule as a lookup table over the 2**slots masks of one person's day.

Bit s of a mask says that a meeting lies in slot s. All rules here are closed downwards: whoever may hold
a mask may hold every part of it, so taking a meeting away never breaks a rule. A new daily rule is a new
line in `lawful`; the kernel does not change.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schoolday.timetable.problem import Grid, Limits
from schoolday.timetable.solve.compiled import compiled

NONE = 100_000
"""Stands for "no limit" where a rule says nothing; more minutes than a week has."""


class Row(NamedTuple):
    """One set of limits in numbers, for people whose meetings fill their slots in one way.

    `cover` is how many minutes of a slot a meeting fills. Where that differs from meeting to meeting
    (`even` is 0) `cover` is the most of them and `last` the most that a meeting fills of its last slot;
    the kernel then adds up live minutes, and stretches are read from the table `run`.
    """

    opens: int
    closes: int
    most: int
    longest: int
    least_break: int
    lunch_from: int
    lunch_until: int
    lunch: int
    preparation: int
    cover: int
    even: int
    last: int


def row(limits: Limits, cover: int, even: bool, last: int) -> Row:
    """Return limits in numbers."""
    window, lunch = limits.window, limits.lunch
    needs_lunch = limits.lunch_minutes if lunch is not None else 0
    return Row(
        opens=window.start if window else 0,
        closes=window.end if window else 0,
        most=NONE if limits.most_live is None else limits.most_live,
        longest=NONE if limits.longest_live is None else limits.longest_live,
        least_break=max(limits.least_break, 1),
        lunch_from=lunch.start if lunch else 0,
        lunch_until=lunch.end if lunch else 0,
        lunch=needs_lunch,
        preparation=limits.preparation or 0,
        cover=cover,
        even=int(even),
        last=last,
    )


class Tables(NamedTuple):
    """What the kernel looks up: `ok[row, mask]`, `run[row, joined]`, `most[row]`, `least_break[row]`.

    `more[row, mask]` has bit s where the mask stays lawful with slot s as well. `gap[mask]` counts the
    empty slots between the first and the last of a mask (`low` and `high`), `ones[mask]` its slots.
    In `joined`, bit s says that the meetings in slots s and s + 1 have no break between them.
    """

    ok: NDArray[np.uint8]
    more: NDArray[np.int32]
    run: NDArray[np.uint8]
    most: NDArray[np.int64]
    least_break: NDArray[np.int64]
    gap: NDArray[np.int32]
    ones: NDArray[np.int32]
    low: NDArray[np.int32]
    high: NDArray[np.int32]


def build(grid: Grid, rows: list[Row]) -> Tables:
    """Return the tables of a grid for these rows of limits."""
    numbers = np.array(rows, dtype=np.int64).reshape(len(rows), len(Row._fields))
    size = 1 << grid.slots
    ok = np.zeros((len(rows), size), dtype=np.uint8)
    more = np.zeros((len(rows), size), dtype=np.int32)
    run = np.ones((len(rows), size), dtype=np.uint8)
    for number in range(len(rows)):
        _fill(ok[number], grid.first, grid.pitch, grid.slots, numbers[number])
        _fill_more(more[number], ok[number], grid.slots)
        if not rows[number].even:
            _fill_runs(run[number], grid.pitch, grid.slots, numbers[number])
    gap, ones, low, high = np.zeros((4, size), dtype=np.int32)
    _count(gap, ones, low, high, grid.slots)
    return Tables(ok, more, run, numbers[:, 2].copy(), numbers[:, 4].copy(), gap, ones, low, high)


@compiled
def _fill(ok: NDArray[np.uint8], first: int, pitch: int, slots: int, row: NDArray[np.int64]) -> None:
    for mask in range(1 << slots):
        less = mask & (mask - 1)
        if mask == 0 or less == 0 or ok[less]:
            ok[mask] = lawful(mask, first, pitch, slots, row)


@compiled
def lawful(mask: int, first: int, pitch: int, slots: int, row: NDArray[np.int64]) -> bool:
    """Whether a person under these limits may have meetings in exactly the slots of a mask."""
    opens, closes = row[0], row[1]
    if closes == 0:
        return mask == 0
    live, began, ended = 0, -NONE, -NONE
    for slot in range(slots):
        if mask >> slot & 1:
            start = first + slot * pitch
            if start < opens or start + row[9] > closes:
                return False
            if start - ended >= row[4]:
                began = start
            ended = start + row[9]
            live += row[9]
            if _stretches(row, pitch) and ended - began > row[3]:
                return False
    if row[10] and live > row[2]:
        return False
    return _rests(mask, first, pitch, slots, row)


@compiled
def _stretches(row: NDArray[np.int64], pitch: int) -> bool:
    # Uneven meetings have their stretches in the table of runs, unless even an empty slot is no break.
    return bool(row[10] or pitch < row[4])


@compiled
def _rests(mask: int, first: int, pitch: int, slots: int, row: NDArray[np.int64]) -> bool:
    """Whether lunch and preparation both find room, apart from each other."""
    opens, closes, lunch, prepare = row[0], row[1], row[7], row[8]
    if lunch == 0:
        return prepare == 0 or _free(mask, first, pitch, slots, row[9], opens, closes, prepare) >= 0
    at = row[5]
    while True:
        at = _free(mask, first, pitch, slots, row[9], at, row[6], lunch)
        if at < 0:
            return False
        if prepare == 0 or _apart(mask, first, pitch, slots, row, at):
            return True
        ends = _busy_from(mask, first, pitch, slots, row[9], at)
        latest = min(ends, row[6]) - lunch
        if _apart(mask, first, pitch, slots, row, latest):
            return True
        at = ends


@compiled
def _apart(mask: int, first: int, pitch: int, slots: int, row: NDArray[np.int64], at: int) -> bool:
    """Whether preparation fits before or after a lunch that starts at a minute."""
    before = _free(mask, first, pitch, slots, row[9], row[0], min(at, row[1]), row[8])
    after = _free(mask, first, pitch, slots, row[9], max(at + row[7], row[0]), row[1], row[8])
    return before >= 0 or after >= 0


@compiled
def _free(mask: int, first: int, pitch: int, slots: int, cover: int, low: int, high: int, need: int) -> int:
    """Return the first minute from which `need` minutes between `low` and `high` are free, or -1."""
    at = low
    for slot in range(slots):
        if mask >> slot & 1:
            start = first + slot * pitch
            if start + cover > at and start - at < need:
                at = max(at, start + cover)
    return at if at + need <= high else -1


@compiled
def _busy_from(mask: int, first: int, pitch: int, slots: int, cover: int, at: int) -> int:
    """Return the minute at which the next meeting after a minute starts, or one past every day."""
    for slot in range(slots):
        start = first + slot * pitch
        if mask >> slot & 1 and start >= at:
            return start
    return NONE


@compiled
def _fill_runs(run: NDArray[np.uint8], pitch: int, slots: int, row: NDArray[np.int64]) -> None:
    for joined in range(1 << slots):
        length = longest = 0
        for slot in range(slots):
            length = length + 1 if joined >> slot & 1 else 0
            longest = max(longest, length)
        run[joined] = longest == 0 or longest * pitch + row[11] <= row[3]


@compiled
def _fill_more(more: NDArray[np.int32], ok: NDArray[np.uint8], slots: int) -> None:
    for mask in range(1 << slots):
        if ok[mask]:
            for slot in range(slots):
                more[mask] |= int(ok[mask | 1 << slot]) << slot


@compiled
def _count(
    gap: NDArray[np.int32],
    ones: NDArray[np.int32],
    low: NDArray[np.int32],
    high: NDArray[np.int32],
    slots: int,
) -> None:
    for mask in range(1, 1 << slots):
        first, last, count = slots, 0, 0
        for slot in range(slots):
            if mask >> slot & 1:
                first, last, count = min(first, slot), slot, count + 1
        ones[mask], low[mask], high[mask] = count, first, last
        gap[mask] = last - first + 1 - count
