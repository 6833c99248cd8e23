"""Lay independent work and lunch into the free time of one day.

A day is cut into cells on half hours. In each free one at most twenty minutes are given to work, so that a
break remains, and work on a subject comes after its live meeting where there is room. Every time is a
suggestion to the family; only the minutes are owed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
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
    cells = [_Cell(start, end) for start, end in _cells(busy, window)]
    need = [task.minutes for task in tasks]
    order = sorted(range(len(tasks)), key=lambda number: (tasks[number].after, number))
    pieces: list[tuple[int, Times]] = []
    for fits in (_whole, _some):
        for number in order:
            later = [cell for cell in cells if cell.at >= tasks[number].after]
            pieces += _fill(number, need, later, fits)
    for number in reversed(order):
        pieces += _fill(number, need, cells[::-1], _some)
    return Layout(tuple(sorted(pieces, key=lambda piece: piece[1])), sum(need))


def _whole(need: int, left: int) -> bool:
    return left >= min(need, MOST)


def _some(need: int, left: int) -> bool:
    return left >= min(need, LEAST)


def _fill(
    number: int, need: list[int], cells: list[_Cell], fits: Callable[[int, int], bool]
) -> Iterator[tuple[int, Times]]:
    for cell in cells:
        if need[number] and cell.left and fits(need[number], cell.left):
            took = min(need[number], cell.left)
            yield number, (cell.at, cell.at + took)
            need[number] -= took
            cell.at += took
            cell.left -= took


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
