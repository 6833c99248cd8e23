"""From the frozen problem to arrays that the kernel reads.

Pupils whose weeks cannot differ (the same activities, limits and siblings elsewhere) become one person
with a weight, so an elementary class is a few people and not thirty. Pairs become pairs of such people;
their weights add up, since a clash depends on nothing but the two weeks.
"""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.solve.domains import Daily, starts_of_activities, starts_of_meetings
from schoolday.timetable.solve.tables import Row, build, row

Ints = NDArray[np.int64]
MOST_MEETINGS = 32_000
"""Meetings are kept in 16 bits."""


class Pack(NamedTuple):
    """One school's question as arrays. A "person" is a bundle of like pupils or one member of staff.

    Runs such as `roster[roster_at[a] : roster_at[a + 1]]` list the persons of activity a. `weight` is
    the pupils in a bundle, 0 for staff. `even` is 0 for persons whose meetings fill slots differently.
    `domain[m, d]` has bit s where meeting m may start at slot s of day d. A meeting that is `daily`
    stands for the same slot on each of its days at once; the others lie on one of theirs. `wait` is what
    a slot of waiting costs for a bundle. `uneven`, `kin` and `roam` say of an activity whether any of its
    people fill slots unevenly, have siblings with whom they clash, or change places.
    """

    days: int
    slots: int
    weight: Ints
    row: NDArray[np.int32]
    even: NDArray[np.uint8]
    roams: NDArray[np.uint8]
    away: NDArray[np.int32]
    pair_at: Ints
    pair: NDArray[np.int32]
    pair_weight: Ints
    roster_at: Ints
    roster: NDArray[np.int32]
    visit_at: Ints
    visit: NDArray[np.int32]
    length: Ints
    minutes: Ints
    place: Ints
    room: Ints
    rooms: Ints
    act: Ints
    daily: NDArray[np.uint8]
    day_at: Ints
    day: Ints
    domain: NDArray[np.int32]
    pitch: int
    costs: Ints
    wait: Ints
    uneven: NDArray[np.uint8]
    kin: NDArray[np.uint8]
    roam: NDArray[np.uint8]
    ok: NDArray[np.uint8]
    more: NDArray[np.int32]
    run: NDArray[np.uint8]
    most: Ints
    least_break: Ints
    gap: NDArray[np.int32]
    ones: NDArray[np.int32]
    low: NDArray[np.int32]
    high: NDArray[np.int32]


class _People(NamedTuple):
    weight: list[int]
    limits: list[tuple[str, ...]]
    acts: list[tuple[int, ...]]
    away: list[tuple[int, ...]]
    bundle: dict[str, int]
    staff: dict[str, int]


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
    people = _people(problem)
    rows, person_row, even = _rows(problem, people)
    tables = build(problem.grid, rows)
    rosters = _rosters(problem, people)
    pair_at, pair, pair_weight = _pairs(problem, people.bundle, len(people.weight))
    roster_at, roster = _runs(rosters)
    visit_at, visit = _runs([list(acts) for acts in people.acts])
    place, room, rooms = _places(problem)
    weight, away = np.array(people.weight, dtype=np.int64), np.array(people.away, dtype=np.int32)
    away = away.reshape(len(weight), problem.grid.days)
    roams = np.array([len({place[a] for a in acts}) > 1 for acts in people.acts], dtype=np.uint8)
    kin = (np.diff(pair_at) > 0) | away.any(axis=1)
    acts, is_daily, days = _meetings(problem, daily)
    day_at, day = _runs(days)
    closed = [kind >= 0 and rooms[kind] == 0 for kind in room.tolist()]
    open_on = starts_of_activities(problem, Daily(rows, tables.ok, person_row), rosters, closed)
    domain = starts_of_meetings(open_on, acts, is_daily, days)
    return Pack(
        days=problem.grid.days,
        slots=problem.grid.slots,
        weight=weight,
        row=person_row,
        even=even,
        roams=roams,
        away=away,
        pair_at=pair_at,
        pair=pair,
        pair_weight=pair_weight,
        roster_at=roster_at,
        roster=roster,
        visit_at=visit_at,
        visit=visit,
        length=np.array([a.length for a in problem.activities], dtype=np.int64),
        minutes=np.array([a.minutes for a in problem.activities], dtype=np.int64),
        place=place,
        room=room,
        rooms=rooms,
        act=np.array(acts, dtype=np.int64),
        daily=np.array(is_daily, dtype=np.uint8),
        day_at=day_at,
        day=day.astype(np.int64),
        domain=domain,
        pitch=problem.grid.pitch,
        costs=np.array(
            [problem.weights.clash, problem.weights.gap, problem.weights.start, problem.weights.place],
            dtype=np.int64,
        ),
        wait=weight * problem.weights.gap,
        uneven=_any(roster_at, roster, even == 0),
        kin=_any(roster_at, roster, kin),
        roam=_any(roster_at, roster, roams > 0),
        **tables._asdict(),
    )


def _people(problem: TimetableProblem) -> _People:
    """Return bundles of like pupils, then staff, in the order in which activities name them."""
    visits: dict[str, list[int]] = defaultdict(list)
    serves: dict[str, list[int]] = defaultdict(list)
    for number, activity in enumerate(problem.activities):
        for pupil in activity.pupils:
            visits[pupil].append(number)
        for teacher in activity.teachers:
            serves[teacher].append(number)
    none = (0,) * problem.grid.days
    people = _People([], [], [], [], {}, {})
    seen: dict[tuple[object, ...], int] = {}
    for pupil, acts in visits.items():
        key = (tuple(acts), problem.pupil_limits[pupil], problem.away.get(pupil, none))
        if key not in seen:
            seen[key] = _add(people, 0, (key[1],) * problem.grid.days, key[0], key[2])
        people.bundle[pupil] = seen[key]
        people.weight[seen[key]] += 1
    for teacher, acts in serves.items():
        people.staff[teacher] = _add(people, 0, problem.staff_limits[teacher], tuple(acts), none)
    return people


def _add(
    people: _People, weight: int, limits: tuple[str, ...], acts: tuple[int, ...], away: tuple[int, ...]
) -> int:
    people.weight.append(weight)
    people.limits.append(limits)
    people.acts.append(acts)
    people.away.append(away)
    return len(people.weight) - 1


def _rows(
    problem: TimetableProblem, people: _People
) -> tuple[list[Row], NDArray[np.int32], NDArray[np.uint8]]:
    """Return the rows of limits in use, each person's row on each day, and who fills slots evenly."""
    found: dict[Row, int] = {}
    person_row = np.zeros((len(people.weight), problem.grid.days), dtype=np.int32)
    even = np.zeros(len(people.weight), dtype=np.uint8)
    sizes = [(activity.minutes, activity.length) for activity in problem.activities]
    known: dict[tuple[tuple[str, ...], frozenset[tuple[int, int]]], tuple[list[int], bool]] = {}
    for person, (limits, acts) in enumerate(zip(people.limits, people.acts, strict=True)):
        key = (limits, frozenset([sizes[a] for a in acts]))
        if key not in known:
            cover, is_even, last = _fill(key[1], problem.grid.pitch)
            made = [row(problem.limits[name], cover, is_even, last) for name in limits]
            known[key] = ([found.setdefault(one, len(found)) for one in made], is_even)
        person_row[person], even[person] = known[key]
    return list(found), person_row, even


def _fill(sizes: frozenset[tuple[int, int]], pitch: int) -> tuple[int, bool, int]:
    """Return the most minutes of a slot that meetings fill, whether all fill alike, and the last slot's.

    `sizes` are the minutes and the slots of a person's meetings.
    """
    whole = all(minutes == length * pitch for minutes, length in sizes)
    single = all(length == 1 for _, length in sizes)
    last = max(minutes - (length - 1) * pitch for minutes, length in sizes)
    even = whole or (single and len(sizes) == 1)
    return (last if single else pitch), even, last


def _rosters(problem: TimetableProblem, people: _People) -> list[list[int]]:
    rosters = []
    for activity in problem.activities:
        bundles = {people.bundle[pupil] for pupil in activity.pupils}
        rosters.append([*sorted(bundles), *(people.staff[teacher] for teacher in activity.teachers)])
    return rosters


def _runs(lists: list[list[int]]) -> tuple[Ints, NDArray[np.int32]]:
    """Return lists laid end to end, and where each begins."""
    at = np.zeros(len(lists) + 1, dtype=np.int64)
    np.cumsum([len(one) for one in lists], out=at[1:])
    return at, np.array([x for one in lists for x in one], dtype=np.int32)


def _any(roster_at: Ints, roster: NDArray[np.int32], flag: NDArray[np.bool_]) -> NDArray[np.uint8]:
    """Return for each roster whether anybody on it has the flag."""
    counted = np.concatenate([[0], np.cumsum(flag[roster])])
    return (counted[roster_at[1:]] > counted[roster_at[:-1]]).astype(np.uint8)


def _pairs(
    problem: TimetableProblem, bundle: dict[str, int], persons: int
) -> tuple[Ints, NDArray[np.int32], Ints]:
    """Return each person's partners and weights, both ways; a pair within one bundle never changes."""
    weights: dict[tuple[int, int], int] = defaultdict(int)
    for pair in problem.pairs:
        if pair.a in bundle and pair.b in bundle and bundle[pair.a] != bundle[pair.b]:
            a, b = bundle[pair.a], bundle[pair.b]
            weights[a, b] += pair.weight
            weights[b, a] += pair.weight
    partners: list[list[int]] = [[] for _ in range(persons)]
    ordered = sorted(weights.items())
    for (a, b), _ in ordered:
        partners[a].append(b)
    at, partner = _runs(partners)
    return at, partner, np.array([weight for _, weight in ordered], dtype=np.int64)


def _places(problem: TimetableProblem) -> tuple[Ints, Ints, Ints]:
    """Return each activity's place as a number, its kind of room or -1, and how many of each there are.

    A kind that nobody has counted binds nothing here: the check says that it could not be verified.
    """
    names = sorted({activity.place for activity in problem.activities})
    kinds = [name for name in names if name != "home" and name in problem.rooms]
    place = np.array([names.index(a.place) for a in problem.activities], dtype=np.int64)
    room = [kinds.index(a.place) if a.place in kinds else -1 for a in problem.activities]
    rooms = [min(problem.rooms[kind], problem.meetings) for kind in kinds]
    return place, np.array(room, dtype=np.int64), np.array(rooms, dtype=np.int64)


def _meetings(
    problem: TimetableProblem, daily: frozenset[int]
) -> tuple[list[int], list[bool], list[list[int]]]:
    """Return each meeting's activity, whether it stands for all days at once, and its days."""
    acts: list[int] = []
    is_daily: list[bool] = []
    days: list[list[int]] = []
    for number, activity in enumerate(problem.activities):
        fixed = activity.times == len(activity.days)
        if number in daily and fixed:
            made = [list(activity.days)]
        else:
            made = [[day] if fixed else list(activity.days) for day in activity.days[: activity.times]]
            made = [[activity.days[k]] if fixed else one for k, one in enumerate(made)]
        acts += [number] * len(made)
        is_daily += [number in daily and fixed] * len(made)
        days += made
    return acts, is_daily, days
