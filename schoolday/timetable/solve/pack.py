"""From the frozen problem to arrays that the kernel reads.

Pairs of pupils become pairs of bundles (see `people`); their weights add up, since a clash depends on
nothing but the two weeks.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.solve.arrays import Bytes, Ints, Small
from schoolday.timetable.solve.domains import meetings_of, starts_of_activities, starts_of_meetings
from schoolday.timetable.solve.people import People, ends, people_of, rosters_of, rows_of
from schoolday.timetable.solve.tables import build

MOST_MEETINGS = 32_000
"""Meetings are kept in 16 bits."""


class Pack(NamedTuple):
    """One school's question as arrays. A "person" is a bundle of like pupils or one member of staff.

    Runs such as `roster[roster_at[a] : roster_at[a + 1]]` list the persons of activity a. `weight` is
    the pupils in a bundle, 0 for staff. `even` is 0 for persons whose meetings fill slots differently.
    `domain[m, d]` has bit s where meeting m may start at slot s of day d. A meeting that is `daily`
    stands for the same slot on each of its days at once; the others lie on one of theirs. `wait` is what
    a slot of waiting costs for a bundle, `twin` the weight of the pairs within it, which always clash.
    `uneven`, `kin` and `roam` say of an activity whether any of its people fill slots unevenly, have
    siblings with whom they clash, or change places. `before[a, d]` is the slot at which activity a started
    on day d before a change, -1 where it did not meet; `knows` is 0 for activities that were not there.
    """

    days: int
    slots: int
    weight: Ints
    row: Small
    even: Bytes
    roams: Bytes
    away: Small
    pair_at: Ints
    pair: Small
    pair_weight: Ints
    twin: Ints
    roster_at: Ints
    roster: Small
    visit_at: Ints
    visit: Small
    length: Ints
    minutes: Ints
    place: Ints
    room: Ints
    rooms: Ints
    act: Ints
    daily: Bytes
    day_at: Ints
    day: Ints
    domain: Small
    pitch: int
    costs: Ints
    wait: Ints
    uneven: Bytes
    kin: Bytes
    roam: Bytes
    before: Small
    knows: Bytes
    ok: Bytes
    more: Small
    run: Bytes
    most: Ints
    least_break: Ints
    gap: Small
    ones: Small
    low: Small
    high: Small


def pack(problem: TimetableProblem, daily: frozenset[int] = frozenset()) -> Pack:
    """Return the arrays of a problem; activities in `daily` keep one start on all their days.

    Raises
    ------
    ValueError
        If there are more meetings than the kernel can count.
    """
    if problem.meetings > MOST_MEETINGS:
        raise ValueError(
            f"{problem.meetings} meetings a week are more than {MOST_MEETINGS}; split the school"
        )
    people, places, made = people_of(problem), _places(problem), meetings_of(problem, daily)
    rows, person_row, even = rows_of(problem, people)
    tables = build(problem.grid, rows)
    roster_at, roster = rosters_of(people, len(problem.activities))
    closed = np.isin(places.room, np.flatnonzero(places.rooms == 0))
    open_on = starts_of_activities(problem, rows, tables.ok, person_row, roster_at, roster, closed)
    pairs, roams = _pairs(problem, people), _roams(people, places.place)
    kin = (np.diff(pairs.pair_at) > 0) | people.away.any(axis=1)
    return Pack(
        **_numbers(problem)._asdict(),
        weight=people.weight,
        row=person_row,
        even=even,
        roams=roams,
        away=people.away,
        **pairs._asdict(),
        roster_at=roster_at,
        roster=roster,
        visit_at=people.visit_at,
        visit=people.visit,
        **places._asdict(),
        **made._asdict(),
        domain=starts_of_meetings(open_on, made),
        wait=people.weight * problem.weights.gap,
        uneven=_any(roster_at, roster, even == 0),
        kin=_any(roster_at, roster, kin),
        roam=_any(roster_at, roster, roams > 0),
        **_before(problem)._asdict(),
        **tables._asdict(),
    )


class _Numbers(NamedTuple):
    """The grid, the slots and minutes of each activity, and what each soft thing costs."""

    days: int
    slots: int
    pitch: int
    length: Ints
    minutes: Ints
    costs: Ints


def _numbers(problem: TimetableProblem) -> _Numbers:
    grid, weights = problem.grid, problem.weights
    return _Numbers(
        grid.days,
        grid.slots,
        grid.pitch,
        np.array([activity.length for activity in problem.activities], dtype=np.int64),
        np.array([activity.minutes for activity in problem.activities], dtype=np.int64),
        np.array([weights.clash, weights.gap, weights.start, weights.place, weights.moved], dtype=np.int64),
    )


class _Before(NamedTuple):
    """Where each activity started before a change, day by day, and whether it was there at all."""

    before: Small
    knows: Bytes


def _before(problem: TimetableProblem) -> _Before:
    before = np.full((len(problem.activities), problem.grid.days), -1, dtype=np.int32)
    knows = np.zeros(len(problem.activities), dtype=np.uint8)
    for number, activity in enumerate(problem.activities):
        if activity.id in problem.before and problem.weights.moved:
            before[number] = problem.before[activity.id]
            knows[number] = 1
    return _Before(before, knows)


class _Pairs(NamedTuple):
    """Each person's partners and weights, both ways; and the weights of pairs within one bundle."""

    pair_at: Ints
    pair: Small
    pair_weight: Ints
    twin: Ints


def _pairs(problem: TimetableProblem, people: People) -> _Pairs:
    persons = len(people.weight)
    known = [
        (people.bundle[pair.a], people.bundle[pair.b], pair.weight)
        for pair in problem.pairs
        if pair.a in people.bundle and pair.b in people.bundle
    ]
    a, b, weight = np.array(known, dtype=np.int64).reshape(-1, 3).T
    both = np.concatenate([a * persons + b, b * persons + a])[np.tile(a != b, 2)]
    ways, at = np.unique(both, return_inverse=True)
    weights = np.zeros(len(ways), dtype=np.int64)
    np.add.at(weights, at, np.tile(weight, 2)[np.tile(a != b, 2)])
    twin = np.zeros(persons, dtype=np.int64)
    np.add.at(twin, a[a == b], weight[a == b])
    first, second = np.divmod(ways, max(persons, 1))
    return _Pairs(ends(np.bincount(first, minlength=persons)), second.astype(np.int32), weights, twin)


class _Places(NamedTuple):
    """Each activity's place as a number, its kind of room or -1, and how many rooms of a kind there are."""

    place: Ints
    room: Ints
    rooms: Ints


def _places(problem: TimetableProblem) -> _Places:
    """Number the places; a kind that nobody has counted binds nothing here, and the check says so."""
    names = sorted({activity.place for activity in problem.activities})
    kinds = [name for name in names if name != "home" and name in problem.rooms]
    number = {name: at for at, name in enumerate(names)}
    kind = {name: kinds.index(name) if name in kinds else -1 for name in names}
    return _Places(
        np.array([number[activity.place] for activity in problem.activities], dtype=np.int64),
        np.array([kind[activity.place] for activity in problem.activities], dtype=np.int64),
        np.array([min(problem.rooms[one], problem.meetings) for one in kinds], dtype=np.int64),
    )


def _roams(people: People, place: Ints) -> Bytes:
    """Return which persons have activities at more than one place."""
    where = place[people.visit]
    if not len(where):
        return np.zeros(len(people.weight), dtype=np.uint8)
    least = np.minimum.reduceat(where, people.visit_at[:-1])
    return (least < np.maximum.reduceat(where, people.visit_at[:-1])).astype(np.uint8)


def _any(roster_at: Ints, roster: Small, flag: NDArray[np.bool_]) -> Bytes:
    """Return for each roster whether anybody on it has the flag."""
    counted = np.concatenate([[0], np.cumsum(flag[roster])])
    return (counted[roster_at[1:]] > counted[roster_at[:-1]]).astype(np.uint8)
