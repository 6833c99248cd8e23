"""The meetings there are, their days, and the starts at which each could lie if nothing else did."""

from __future__ import annotations

from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.solve.arrays import Bytes, Ints, Small
from schoolday.timetable.solve.people import ends
from schoolday.timetable.solve.tables import Row


class Meetings(NamedTuple):
    """Each meeting's activity, whether it stands for all its days at once, and its days end to end."""

    act: Ints
    daily: Bytes
    day_at: Ints
    day: Ints


def meetings_of(problem: TimetableProblem, daily: frozenset[int]) -> Meetings:
    """Return the meetings of all activities; those of activities in `daily` stand for all days at once."""
    known: dict[tuple[tuple[int, ...], int, bool], list[tuple[int, ...]]] = {}
    days: list[list[tuple[int, ...]]] = []
    together = []
    for number, one in enumerate(problem.activities):
        key = (one.days, one.times, number in daily and one.times == len(one.days))
        if key not in known:
            known[key] = _days(*key)
        days.append(known[key])
        together.append(key[2])
    many = np.array([len(made) for made in days], dtype=np.int64)
    each = list(chain.from_iterable(days))
    return Meetings(
        np.repeat(np.arange(len(days)), many),
        np.repeat(np.array(together, dtype=np.uint8), many),
        ends(np.array([len(one) for one in each], dtype=np.int64)),
        np.array(list(chain.from_iterable(each)), dtype=np.int64),
    )


def _days(days: tuple[int, ...], times: int, together: bool) -> list[tuple[int, ...]]:
    """Return the days of each meeting: all, or its own where it meets on every one of them."""
    if together:
        return [days]
    fixed = times == len(days)
    return [(day,) if fixed else days for day in days[:times]]


def starts_of_activities(
    problem: TimetableProblem, rows: list[Row], ok: Bytes, person_row: Small,
    roster_at: Ints, roster: Small, closed: NDArray[np.bool_],
) -> Small:  # fmt: skip
    """Return the starts open to each activity on each day of the grid, as bits.

    Activities in `closed` need a room of which there is none.
    """
    slots, days = problem.grid.slots, problem.grid.days
    known: dict[tuple[int, int, int], int] = {}
    kinds = [(one.length, one.minutes, one.starts) for one in problem.activities]
    kind = np.array([known.setdefault(one, len(known)) for one in kinds], dtype=np.int64)
    opens = np.array([[_starts(one, slots, row, ok[n]) for one in known] for n, row in enumerate(rows)])
    found = np.zeros((len(kinds), days), dtype=np.int32)
    many = np.diff(roster_at)
    some = many > 0
    if some.any():
        asked = opens[person_row[roster], np.repeat(kind, many)[:, None]]
        found[some] = np.bitwise_and.reduceat(asked, roster_at[:-1][some], axis=0)
    nobody = [_starts(one, slots, None, ok[0] if len(ok) else ok) for one in known]
    found[~some] = np.array(nobody, dtype=np.int32)[kind[~some], None] if len(known) else 0
    found[~_allowed(problem, days) | closed[:, None]] = 0
    return found


def _allowed(problem: TimetableProblem, days: int) -> NDArray[np.bool_]:
    """Return on which days of the grid each activity may meet."""
    weeks: dict[tuple[int, ...], int] = {}
    week = [weeks.setdefault(one.days, len(weeks)) for one in problem.activities]
    table = np.array([[day in one for day in range(days)] for one in weeks], dtype=np.bool_)
    allowed: NDArray[np.bool_] = table.reshape(len(weeks), days)[week]
    return allowed


def _starts(kind: tuple[int, int, int], slots: int, row: Row | None, ok: Bytes) -> int:
    """Return the starts that a row of limits allows to a meeting of a length and minutes, as bits."""
    length, minutes, wished = kind
    if row is not None and minutes > min(row.most, row.longest):
        return 0
    bits, base = 0, (1 << length) - 1
    for start in range(slots - length + 1):
        if wished >> start & 1 and (row is None or ok[base << start]):
            bits |= 1 << start
    return bits


def starts_of_meetings(open_on: Small, made: Meetings) -> Small:
    """Return the starts of each meeting on its own days; those of a daily one are open on all of them."""
    domain = np.zeros((len(made.act), open_on.shape[1]), dtype=np.int32)
    if len(made.day):
        meeting = np.repeat(np.arange(len(made.act)), np.diff(made.day_at))
        bits = open_on[made.act[meeting], made.day]
        shared = np.bitwise_and.reduceat(bits, made.day_at[:-1])
        domain[meeting, made.day] = np.where(made.daily[meeting] == 1, shared[meeting], bits)
    return domain
