"""A hidden six-period master schedule, and pupils' choices that fit it.

The master is only a plan for making the sample: it shows that a week without clashes exists, since each
section has one period, each teacher at most one section a period, and each pupil one section in each of six.
It is never written out; finding times is the timetable's work.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import permutations

import numpy as np
import numpy.typing as npt

from schoolday.sample.courses import Course, Pool, offered, offered_together
from schoolday.sample.people import Chance, Child

PERIODS = 6
USUAL, MOST = 31.5, 35
"""Pupils in a section: the size aimed at, and where crowding begins to cost."""

_ROOM_FOR_CHOICES = 110
APART = 20
"""Grades with fewer pupils are taught together with the next."""

_SECOND_CHOICE, _CLOSED = 4.0, 1e6
_LEARNERS_IN_ELD, _LEAST_IN_ELD, _CHOICES_FOR_ELD = 0.5, 12, 4
_ORDERS: npt.NDArray[np.intp] = np.array(list(permutations(range(PERIODS))), dtype=np.intp)
_POOLS = np.arange(PERIODS)

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.intp]


@dataclass(slots=True)
class Planned:
    """A section in the making, with its hidden period."""

    pool: str
    course: Course
    period: int
    pupils: list[Child] = field(default_factory=list)
    teacher: str = ""


@dataclass(frozen=True)
class _Group:
    """Grades that share sections, each with its six pools."""

    grades: tuple[str, ...]
    pools: dict[str, tuple[Pool, ...]]


def plan(pupils: Sequence[Child], rng: Chance, apart: int = APART) -> list[Planned]:
    """Return sections with pupils, six for each pupil and no two in one hidden period.

    Grades with fewer than `apart` pupils are taught together with the next.
    """
    made: list[Planned] = []
    for number, group in enumerate(_groups(pupils, apart)):
        members = [child for child in pupils if child.grade in group.grades]
        sections = _sections(group, members, number)
        _Filling(group, members, sections, rng).run()
        made += [section for section in sections if section.pupils]
    return made


def _groups(pupils: Sequence[Child], apart: int) -> list[_Group]:
    made: list[_Group] = []
    for wing in (("7", "8"), ("9", "10", "11", "12")):
        counts = {grade: sum(child.grade == grade for child in pupils) for grade in wing}
        grades = tuple(grade for grade in wing if counts[grade])
        if grades and min(counts[grade] for grade in grades) >= _ROOM_FOR_CHOICES:
            made.append(_Group(grades, {grade: offered(grade) for grade in grades}))
            continue
        for together in _merged(grades, counts, apart):
            pools = offered_together(together)
            made.append(_Group(together, dict.fromkeys(together, pools)))
    return made


def _merged(grades: tuple[str, ...], counts: dict[str, int], apart: int) -> list[tuple[str, ...]]:
    """Join each small grade to the next, and a small rest to the one before."""
    made: list[tuple[str, ...]] = []
    open_: tuple[str, ...] = ()
    for grade in grades:
        open_ = (*open_, grade)
        if sum(counts[name] for name in open_) >= apart:
            made.append(open_)
            open_ = ()
    if open_ and made:
        made[-1] = (*made[-1], *open_)
    elif open_:
        made.append(open_)
    return made


def _sections(group: _Group, members: Sequence[Child], offset: int) -> list[Planned]:
    """Lay out the sections of each pool, turning through the periods so that seats are even in each."""
    made: list[Planned] = []
    seen: set[str] = set()
    for index, grade in enumerate(group.grades):
        for position, pool in enumerate(group.pools[grade]):
            if pool.key in seen:
                continue
            seen.add(pool.key)
            courses = _courses(pool.key, group, members)
            start = position + offset + index
            made += [
                Planned(pool.key, course, (start + number) % PERIODS) for number, course in enumerate(courses)
            ]
    return made


def _courses(key: str, group: _Group, members: Sequence[Child]) -> list[Course]:
    """Return the course of each section of a pool, in proportion to how many would choose it."""
    demand: dict[Course, float] = {}
    learners = total = 0
    for grade, pools in group.pools.items():
        here = [child for child in members if child.grade == grade]
        for pool in (pool for pool in pools if pool.key == key):
            total += len(here)
            learners += sum("el" in child.groups for child in here)
            for course, share in pool.options:
                demand[course] = demand.get(course, 0.0) + share * len(here)
    number = max(1, int(np.ceil(total / (USUAL if total > 200 else 34))))
    in_eld = _LEARNERS_IN_ELD * learners
    for course in demand:
        if course.learners_only:
            demand[course] = in_eld if in_eld >= _LEAST_IN_ELD and number >= _CHOICES_FOR_ELD else 0.0
    return _apportion(demand, number)


def _apportion(demand: dict[Course, float], number: int) -> list[Course]:
    """Share sections among courses by largest remainder; a course with too little demand gets none."""
    whole = sum(demand.values())
    exact = {course: wanted * number / whole for course, wanted in demand.items()}
    count = {course: int(value) for course, value in exact.items()}
    by_rest = sorted(exact, key=lambda course: (count[course] - exact[course], course.title))
    for course in by_rest[: number - sum(count.values())]:
        count[course] += 1
    return [course for course in demand for _ in range(count[course])]


class _Wishes:
    """What pupils of one grade would choose, and what each section costs them."""

    def __init__(self, pools: tuple[Pool, ...], sections: list[Planned]) -> None:
        at: dict[tuple[str, Course], list[int]] = {}
        for number, section in enumerate(sections):
            at.setdefault((section.pool, section.course), []).append(number)
        self.base = {learner: np.full(len(sections) + 1, _CLOSED) for learner in (False, True)}
        self.choices: list[tuple[Ints, list[Ints], Floats]] = []
        for pool in pools:
            open_ = [(c, share) for c, share in pool.options if (pool.key, c) in at]
            eld = [np.array(at[pool.key, c], dtype=np.intp) for c, _ in open_ if c.learners_only]
            plain = [np.array(at[pool.key, c], dtype=np.intp) for c, _ in open_ if not c.learners_only]
            for numbers in plain:
                self.base[False][numbers] = self.base[True][numbers] = _SECOND_CHOICE
            for numbers in eld:
                self.base[True][numbers] = _SECOND_CHOICE
            shares = np.cumsum([share for c, share in open_ if not c.learners_only])
            self.choices.append((eld[0] if eld else np.empty(0, dtype=np.intp), plain, shares))

    def of(self, child: Child, rng: Chance) -> Floats:
        """Return one pupil's costs: nothing for sections of the courses chosen, most for closed ones."""
        learner = "el" in child.groups
        cost = self.base[learner].copy()
        for (eld, plain, shares), chance in zip(self.choices, rng.random((PERIODS, 2)), strict=True):
            if learner and len(eld) and chance[0] < _LEARNERS_IN_ELD:
                cost[eld] = 0.0
            else:
                cost[plain[int(np.searchsorted(shares, chance[1] * shares[-1], side="right"))]] = 0.0
        return cost


class _Filling:
    """Seat pupils one by one: the best order of six pools over six periods, by choice and crowding."""

    def __init__(self, group: _Group, members: Sequence[Child], sections: list[Planned], rng: Chance) -> None:
        self.members, self.sections, self.rng = members, sections, rng
        self.filled = np.zeros(len(sections) + 1)
        self.tables = {grade: self._table(pools) for grade, pools in group.pools.items()}
        wishes = {grade: _Wishes(pools, sections) for grade, pools in group.pools.items()}
        self.costs = [wishes[child.grade].of(child, rng) for child in members]
        self.seats: list[Ints | None] = [None] * len(members)

    def run(self) -> None:
        """Seat everyone, then twice let each take a better order; then write the seats down."""
        for _ in range(3):
            for index in self.rng.permutation(len(self.members)):
                self._seat(int(index))
        for child, seats in zip(self.members, self.seats, strict=True):
            assert seats is not None
            for seat in seats:
                self.sections[seat].pupils.append(child)

    def _table(self, pools: tuple[Pool, ...]) -> Ints:
        """Return for each pool and period the numbers of its sections, filled up with a closed one."""
        cells = [
            [
                [n for n, s in enumerate(self.sections) if s.pool == pool.key and s.period == period]
                for period in range(PERIODS)
            ]
            for pool in pools
        ]
        width = max(len(cell) for row in cells for cell in row)
        closed = len(self.sections)
        return np.array(
            [[cell + [closed] * (width - len(cell)) for cell in row] for row in cells], dtype=np.intp
        )

    def _seat(self, index: int) -> None:
        before = self.seats[index]
        if before is not None:
            self.filled[before] -= 1
        table = self.tables[self.members[index].grade]
        crowding = 6 * (self.filled / USUAL) ** 2 + 25 * np.maximum(0, self.filled + 1 - MOST)
        cost = (crowding + self.costs[index])[table]
        best = cost.argmin(axis=2)
        least = np.take_along_axis(cost, best[..., None], axis=2)[..., 0]
        orders = least[_POOLS, _ORDERS].sum(axis=1)
        order = _ORDERS[int(orders.argmin())]
        seats = table[_POOLS, order, best[_POOLS, order]]
        if orders.min() >= _CLOSED:
            raise AssertionError("the hidden master leaves a pupil without six courses")
        self.filled[seats] += 1
        self.seats[index] = seats
