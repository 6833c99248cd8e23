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

from schoolday.timetable.problem import Activity, TimetableProblem
from schoolday.timetable.solve.tables import Row, Tables, build, row

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
    act: NDArray[np.int32]
    daily: NDArray[np.uint8]
    day_at: Ints
    day: NDArray[np.int32]
    domain: NDArray[np.int32]
    pitch: int
    costs: Ints
    wait: Ints
    uneven: NDArray[np.uint8]
    kin: NDArray[np.uint8]
    roam: NDArray[np.uint8]
    ok: NDArray[np.uint8]
    run: NDArray[np.uint8]
    most: Ints
    least_break: Ints
    gap: NDArray[np.int32]
    ones: NDArray[np.int32]


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
        act=np.array(acts, dtype=np.int32),
        daily=np.array(is_daily, dtype=np.uint8),
        day_at=day_at,
        day=day,
        domain=_domains(problem, tables, person_row, rosters, even, rows, acts, is_daily, days, room, rooms),
        pitch=problem.grid.pitch,
        costs=np.array(
            [problem.weights.clash, problem.weights.gap, problem.weights.start, problem.weights.place],
            dtype=np.int64,
        ),
        wait=weight * problem.weights.gap,
        uneven=_any(rosters, even == 0),
        kin=_any(rosters, kin),
        roam=_any(rosters, roams > 0),
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
    days = problem.grid.days
    found: dict[Row, int] = {}
    person_row = np.zeros((len(people.weight), days), dtype=np.int32)
    even = np.zeros(len(people.weight), dtype=np.uint8)
    known: dict[tuple[str, int, bool, int], int] = {}
    for person, (limits, acts) in enumerate(zip(people.limits, people.acts, strict=True)):
        cover, is_even, last = _fill([problem.activities[a] for a in acts], problem.grid.pitch)
        even[person] = is_even
        for day in range(days):
            key = (limits[day], cover, is_even, last)
            if key not in known:
                made = row(problem.limits[limits[day]], cover, is_even, last)
                known[key] = found.setdefault(made, len(found))
            person_row[person, day] = known[key]
    return list(found), person_row, even


def _fill(activities: list[Activity], pitch: int) -> tuple[int, bool, int]:
    """Return the most minutes of a slot that meetings fill, whether all fill alike, and the last slot's."""
    whole = all(a.minutes == a.length * pitch for a in activities)
    single = all(a.length == 1 for a in activities)
    last = max(a.minutes - (a.length - 1) * pitch for a in activities)
    even = whole or (single and len({a.minutes for a in activities}) == 1)
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


def _any(rosters: list[list[int]], flag: NDArray[np.bool_]) -> NDArray[np.uint8]:
    return np.array([flag[people].any() for people in rosters], dtype=np.uint8)


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
    """Return each activity's place as a number, its kind of room or -1, and how many of each there are."""
    names = sorted({activity.place for activity in problem.activities})
    kinds = [name for name in names if name != "home"]
    place = np.array([names.index(a.place) for a in problem.activities], dtype=np.int64)
    room = [-1 if a.place == "home" else kinds.index(a.place) for a in problem.activities]
    rooms = [problem.rooms.get(kind, 0) for kind in kinds]
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


def _domains(
    problem: TimetableProblem,
    tables: Tables,
    person_row: NDArray[np.int32],
    rosters: list[list[int]],
    even: NDArray[np.uint8],
    rows: list[Row],
    acts: list[int],
    is_daily: list[bool],
    days: list[list[int]],
    room: Ints,
    rooms: Ints,
) -> NDArray[np.int32]:
    """Return the starts at which each meeting could lie if nothing else did."""
    by_act = np.zeros((len(problem.activities), problem.grid.days), dtype=np.int32)
    for number, activity in enumerate(problem.activities):
        if room[number] >= 0 and rooms[room[number]] == 0:
            continue
        starts = [s for s in range(problem.grid.slots - activity.length + 1) if activity.starts >> s & 1]
        masks = np.array([((1 << activity.length) - 1) << s for s in starts], dtype=np.int64)
        for day in activity.days if starts else ():
            used = np.unique(person_row[rosters[number], day])
            fits = tables.ok[np.ix_(used, masks)].all(axis=0)
            if any(activity.minutes > min(rows[r].most, rows[r].longest) for r in used):
                fits[:] = False
            by_act[number, day] = sum(1 << s for s, fit in zip(starts, fits, strict=True) if fit)
    domain = np.zeros((len(acts), problem.grid.days), dtype=np.int32)
    for meeting, act in enumerate(acts):
        mine = days[meeting]
        shared = np.bitwise_and.reduce(by_act[act, mine]) if is_daily[meeting] else 0
        domain[meeting, mine] = shared if is_daily[meeting] else by_act[act, mine]
    return domain
