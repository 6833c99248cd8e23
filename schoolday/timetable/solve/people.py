"""Who there is: bundles of like pupils, and staff; what each takes part in, and which limits each day has.

Pupils whose weeks cannot differ (the same activities, limits and siblings elsewhere) become one person
with a weight, so an elementary class is a few people and not thirty. All is done for everybody at once by
numpy: this is where the time of a small school's first lawful week would go.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.solve.arrays import Bytes, Ints, Small
from schoolday.timetable.solve.tables import Row, row


class People(NamedTuple):
    """Bundles of like pupils, then staff, numbered in the order in which activities name them.

    `bundle` gives each pupil's number. `week` is the number of a person's week of limits in `weeks`.
    """

    bundle: dict[str, int]
    weight: Ints
    week: Ints
    weeks: list[tuple[str, ...]]
    away: Small
    visit_at: Ints
    visit: Small


class _Group(NamedTuple):
    """Pupils, or staff: their numbers, and the activities of each, end to end."""

    number: dict[str, int]
    many: Ints
    visit: Ints


def people_of(problem: TimetableProblem) -> People:
    """Return bundles of like pupils, and staff."""
    pupils = _group([activity.pupils for activity in problem.activities])
    staff = _group([activity.teachers for activity in problem.activities])
    away = _away(problem, pupils.number)
    weeks: dict[tuple[str, ...], int] = {}
    same = {name: (name,) * problem.grid.days for name in set(problem.pupil_limits.values())}
    week = _weeks(weeks, (same[problem.pupil_limits[name]] for name in pupils.number))
    staff_week = _weeks(weeks, (problem.staff_limits[name] for name in staff.number))
    bundle = _bundles(pupils, week, away)
    first = np.unique(bundle, return_index=True)[1]
    like = np.zeros(len(bundle), dtype=np.bool_)
    like[first] = True
    many = np.concatenate([pupils.many[first], staff.many])
    return People(
        bundle=dict(zip(pupils.number, bundle.tolist(), strict=True)),
        weight=np.concatenate([np.bincount(bundle), np.zeros(len(staff.number), dtype=np.int64)]),
        week=np.concatenate([week[first], staff_week]),
        weeks=list(weeks),
        away=np.concatenate([away[first], np.zeros((len(staff.number), problem.grid.days), dtype=np.int32)]),
        visit_at=ends(many),
        visit=np.concatenate([pupils.visit[np.repeat(like, pupils.many)], staff.visit]).astype(np.int32),
    )


def ends(many: Ints) -> Ints:
    """Return where each of some runs begins that lie end to end, and where the last ends."""
    at = np.zeros(len(many) + 1, dtype=np.int64)
    np.cumsum(many, out=at[1:])
    return at


def numbered(keys: NDArray[np.int32]) -> tuple[Ints, Ints]:
    """Return for each row of a table the number of its like, and the first row of each number."""
    wide = np.ascontiguousarray(keys)
    rows = wide.view(np.dtype((np.void, wide.itemsize * wide.shape[1]))).ravel().tolist()
    seen: dict[object, int] = {}
    found = np.array([seen.setdefault(key, len(seen)) for key in rows], dtype=np.int64)
    return found, np.unique(found, return_index=True)[1]


def _group(lists: list[tuple[str, ...]]) -> _Group:
    flat = list(chain.from_iterable(lists))
    number = {name: at for at, name in enumerate(dict.fromkeys(flat))}
    who = np.fromiter(map(number.__getitem__, flat), dtype=np.int64, count=len(flat))
    act = np.repeat(np.arange(len(lists)), [len(one) for one in lists])
    return _Group(number, np.bincount(who, minlength=len(number)), act[np.argsort(who, kind="stable")])


def _away(problem: TimetableProblem, number: dict[str, int]) -> Small:
    """Return for each pupil and day the slots in which a sibling elsewhere is live."""
    away = np.zeros((len(number), problem.grid.days), dtype=np.int32)
    for pupil, week in problem.away.items():
        if pupil in number:
            away[number[pupil]] = week
    return away


def _weeks(known: dict[tuple[str, ...], int], weeks: Iterable[tuple[str, ...]]) -> Ints:
    return np.array([known.setdefault(week, len(known)) for week in weeks], dtype=np.int64)


def _bundles(pupils: _Group, week: Ints, away: Small) -> Ints:
    """Return each pupil's bundle: the number of the first pupils who are like this one."""
    many = pupils.many
    table = np.full((len(many), int(many.max(initial=0)) + 1 + away.shape[1]), -1, dtype=np.int32)
    within = np.arange(len(pupils.visit)) - np.repeat(ends(many)[:-1], many)
    table[np.repeat(np.arange(len(many)), many), within] = pupils.visit
    table[:, -1 - away.shape[1]] = week
    table[:, table.shape[1] - away.shape[1] :] = away
    return numbered(table)[0]


def rows_of(problem: TimetableProblem, people: People) -> tuple[list[Row], Small, Bytes]:
    """Return the rows of limits in use, each person's row on each day, and who fills slots evenly."""
    known: dict[tuple[int, int], int] = {}
    sizes = [(activity.minutes, activity.length) for activity in problem.activities]
    size = np.array([known.setdefault(one, len(known)) for one in sizes], dtype=np.int64)
    table = np.zeros((len(people.week), 1 + len(known)), dtype=np.int32)
    table[:, 0] = people.week
    table[np.repeat(np.arange(len(people.week)), np.diff(people.visit_at)), 1 + size[people.visit]] = 1
    like, first = numbered(table)
    found: dict[Row, int] = {}
    weeks = np.zeros((len(first), problem.grid.days), dtype=np.int32)
    even = np.zeros(len(first), dtype=np.uint8)
    listed = list(known)
    for number, (week, *has) in enumerate(table[first].tolist()):
        cover, is_even, last = _fill({listed[n] for n, one in enumerate(has) if one}, problem.grid.pitch)
        made = [row(problem.limits[name], cover, is_even, last) for name in people.weeks[week]]
        weeks[number], even[number] = [found.setdefault(one, len(found)) for one in made], is_even
    return list(found), weeks[like], even[like]


def _fill(sizes: set[tuple[int, int]], pitch: int) -> tuple[int, bool, int]:
    """Return the most minutes of a slot that meetings fill, whether all fill alike, and the last slot's.

    `sizes` are the minutes and the slots of a person's meetings.
    """
    whole = all(minutes == length * pitch for minutes, length in sizes)
    single = all(length == 1 for _, length in sizes)
    last = max(minutes - (length - 1) * pitch for minutes, length in sizes)
    even = whole or (single and len(sizes) == 1)
    return (last if single else pitch), even, last


def rosters_of(people: People, acts: int) -> tuple[Ints, Small]:
    """Return the persons of each activity end to end, and where each roster begins."""
    person = np.repeat(np.arange(len(people.weight), dtype=np.int32), np.diff(people.visit_at))
    roster = person[np.argsort(people.visit, kind="stable")]
    return ends(np.bincount(people.visit, minlength=acts)), roster
