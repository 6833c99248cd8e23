"""Lay independent work and lunch into the free time of one day.

A day is cut into cells on half hours. In each free one at most twenty minutes are given to work, so that a
break remains, and work on a subject comes after its live meeting where there is room. Every time is a
suggestion to the family; only the minutes are owed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

Times = tuple[int, int]
"""Two minutes of the day: a start and an end."""

CELL = 30
MOST = 20
"""Of a cell of 30 minutes, at most so many are work; of a shorter one, two thirds of them."""
LEAST = 5
"""A shorter piece of work is not worth starting, unless it is all that is left."""


class Task(NamedTuple):
    """Minutes of work, and the minute of the day from which they make sense."""

    minutes: int
    after: int


class Layout(NamedTuple):
    """Where work was laid: the task's number and its times, in order of time; and minutes that found none."""

    pieces: tuple[tuple[int, Times], ...]
    unlaid: int


class _Cell:
    """A stretch of free time: work fills it from `at`, up to `left` minutes more."""

    __slots__ = ("at", "left")

    def __init__(self, start: int, end: int) -> None:
        self.at = start
        self.left = min(MOST, (end - start) * MOST // CELL // LEAST * LEAST)


@lru_cache(maxsize=1 << 16)
def lay(tasks: tuple[Task, ...], busy: tuple[Times, ...], window: Times) -> Layout:
    """Return where each task's minutes go: outside `busy` and within `window`, never two at once.

    Parameters
    ----------
    tasks
        The work of the day; what belongs to an earlier meeting is laid first.
    busy
        Meetings and lunch, in any order.
    window
        The day's first and last minute.
    """
    cells = [cell for cell in (_Cell(start, end) for start, end in _cells(busy, window)) if cell.left]
    need = [task.minutes for task in tasks]
    order = sorted(range(len(tasks)), key=lambda number: (tasks[number].after, number))
    pieces: list[tuple[int, Times]] = []
    for most in (MOST, LEAST):
        for number in order:
            if need[number]:
                need[number] = _fill(pieces, number, need[number], cells, tasks[number].after, most)
    for number in reversed(order):
        if need[number]:
            need[number] = _fill(pieces, number, need[number], cells[::-1], window[0], LEAST)
    pieces.sort(key=lambda piece: piece[1])
    return Layout(tuple(pieces), sum(need))


def _fill(
    pieces: list[tuple[int, Times]], number: int, need: int, cells: list[_Cell], after: int, most: int
) -> int:
    """Lay a task's minutes into cells that lie after a minute and have room; return what is left of them.

    A cell has room if it takes `most` minutes, or all that the task needs.
    """
    for cell in cells:
        left = cell.left
        if left and cell.at >= after and (left >= most or left >= need):
            took = left if left < need else need
            pieces.append((number, (cell.at, cell.at + took)))
            cell.at += took
            cell.left = left - took
            need -= took
            if not need:
                break
    return need


def _cells(busy: tuple[Times, ...], window: Times) -> Iterator[Times]:
    """Yield the free stretches of the window, cut on half hours."""
    for start, end in free(busy, window):
        at = start
        while at < end:
            until = min(end, at // CELL * CELL + CELL)
            yield at, until
            at = until


def free(busy: tuple[Times, ...], window: Times) -> Iterator[Times]:
    """Yield the stretches of the window in which nothing lies."""
    at, last = window
    for start, end in sorted(busy):
        if at < min(start, last):
            yield at, min(start, last)
        at = max(at, end)
    if at < last:
        yield at, last


@lru_cache(maxsize=1 << 16)
def lunch_time(busy: tuple[Times, ...], within: Times, minutes: int) -> Times | None:
    """Return the free stretch for lunch nearest the middle, on a half hour where one is; None if none is."""
    middle = (within[0] + within[1] - minutes) / 2
    starts = [
        start
        for first, last in free(busy, within)
        for start in range(-(-first // LEAST) * LEAST, last - minutes + 1, LEAST)
    ]
    if not starts:
        return None
    best = min(starts, key=lambda start: (start % CELL != 0, abs(start - middle), start))
    return best, best + minutes
