"""The starts at which each meeting could lie if nothing else did."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schoolday.timetable.problem import Activity, TimetableProblem
from schoolday.timetable.solve.tables import Row


class Daily(NamedTuple):
    """The rows of limits, what they allow (`ok[row, mask]`), and each person's row on each day."""

    rows: list[Row]
    ok: NDArray[np.uint8]
    person_row: NDArray[np.int32]


def starts_of_activities(
    problem: TimetableProblem, daily: Daily, rosters: list[list[int]], closed: list[bool]
) -> list[list[int]]:
    """Return the starts open to each activity on each day of the grid, as bits.

    Many activities ask the same question, so each answer is remembered by the weeks of limits on the
    roster. Activities in `closed` need a room of which there is none.
    """
    weeks = [tuple(week) for week in daily.person_row.tolist()]
    number: dict[tuple[int, ...], int] = {}
    week_of = [number.setdefault(week, len(number)) for week in weeks]
    known: dict[tuple[object, ...], list[int]] = {}
    found = []
    for activity, roster, shut in zip(problem.activities, rosters, closed, strict=True):
        like = frozenset([week_of[person] for person in roster])
        key = (like, activity.starts, activity.length, activity.minutes, activity.days, shut)
        if key not in known:
            used = [{weeks[person][day] for person in roster} for day in range(problem.grid.days)]
            days = () if shut else activity.days
            known[key] = [
                _starts(activity, problem.grid.slots, daily, used[day]) if day in days else 0
                for day in range(problem.grid.days)
            ]
        found.append(known[key])
    return found


def _starts(activity: Activity, slots: int, daily: Daily, used: set[int]) -> int:
    """Return the starts that every row of limits in use allows, as bits."""
    if any(activity.minutes > min(daily.rows[r].most, daily.rows[r].longest) for r in used):
        return 0
    bits, base = 0, (1 << activity.length) - 1
    for start in range(slots - activity.length + 1):
        if activity.starts >> start & 1 and all(daily.ok[r, base << start] for r in used):
            bits |= 1 << start
    return bits


def starts_of_meetings(
    open_on: list[list[int]], acts: list[int], is_daily: list[bool], days: list[list[int]]
) -> NDArray[np.int32]:
    """Return the starts of each meeting on its own days; those of a daily one are open on all of them."""
    grid_days = len(open_on[0]) if open_on else 0
    domain = np.zeros((len(acts), grid_days), dtype=np.int32)
    made: list[list[int]] = []
    for act, every, mine in zip(acts, is_daily, days, strict=True):
        bits = open_on[act]
        shared = reduce(and_, [bits[day] for day in mine]) if every else -1
        made.append([bits[day] & shared if day in mine else 0 for day in range(grid_days)])
    if made:
        domain[:] = made
    return domain
