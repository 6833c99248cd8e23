"""The exact way for small problems: CP-SAT over the same tables, one worker, no clock."""

from __future__ import annotations

from functools import reduce
from itertools import groupby
from operator import or_

import numpy as np
from numpy.typing import NDArray
from ortools.sat.python import cp_model

from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.solve.pack import Pack, pack
from schoolday.timetable.solve.tables import NONE
from schoolday.timetable.timetable import Placement

Places = dict[int, dict[int, cp_model.IntVar]]


class NotProved(Exception):
    """Neither a timetable nor a proof that there is none was found within the effort allowed."""


def exactly(
    problem: TimetableProblem,
    *,
    seed: int,
    effort: float = 20.0,
    near: tuple[Placement, ...] = (),
    free: frozenset[str] | None = None,
) -> tuple[Placement, ...] | None:
    """Return a lawful week, or None where it is proved that the kernel's rules allow none.

    With `free` the proof says only that the other activities leave no room where they lie.

    Parameters
    ----------
    problem
        A small week: up to some forty activities, those that may not move not counted.
    seed, effort
        Chance, and CP-SAT's deterministic time (about seconds).
    near
        Placements to try first.
    free
        The ids of the activities that may move; every other keeps its place in `near`, where it must lie
        whole and lawfully, and nobody who meets only those is looked at. None lets all move.

    Raises
    ------
    NotProved
        If the effort was too small.
    """
    k = pack(problem)
    moving = {number for number, one in enumerate(problem.activities) if free is None or one.id in free}
    model = cp_model.CpModel()
    places = _places(model, k, _kept(problem, k, near, moving))
    _restrict(model, k, places, moving)
    _hint(model, problem, k, places, near)
    solver = _solved(model, problem.school, seed, effort)
    return _placements(problem, k, places, solver) if solver else None


def _restrict(model: cp_model.CpModel, k: Pack, places: Places, moving: set[int]) -> None:
    """Hold the choices to the rules, for everybody who meets something that may move."""
    _apart(model, k, places)
    _rooms(model, k, places)
    touched = {int(p) for a in moving for p in k.roster[k.roster_at[a] : k.roster_at[a + 1]]}
    for p in sorted(touched):
        for d in range(k.days):
            _day(model, k, places, p, d)


def _solved(model: cp_model.CpModel, school: str, seed: int, effort: float) -> cp_model.CpSolver | None:
    """Return a solver that found a week, or None where it proved that there is none."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed % 2**31
    solver.parameters.max_deterministic_time = effort
    status = solver.solve(model)
    if status == cp_model.MODEL_INVALID:
        raise ValueError(model.validate())
    if status == cp_model.INFEASIBLE:
        return None
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise NotProved(f"no answer for {school} within an effort of {effort}; allow more")
    return solver


def _placements(
    problem: TimetableProblem, k: Pack, places: Places, solver: cp_model.CpSolver
) -> tuple[Placement, ...]:
    """Return what was chosen, by activity and day."""
    chosen = [
        (int(k.act[m]), c // k.slots, c % k.slots)
        for m, options in places.items()
        for c, choice in options.items()
        if solver.value(choice)
    ]
    return tuple(Placement(problem.activities[a].id, day, slot) for a, day, slot in sorted(chosen))


def _kept(
    problem: TimetableProblem, k: Pack, near: tuple[Placement, ...], moving: set[int]
) -> dict[int, int]:
    """Return the place of each meeting whose activity may not move."""
    lies: dict[str, list[Placement]] = {}
    for one in near:
        lies.setdefault(one.activity, []).append(one)
    kept: dict[int, int] = {}
    for act, group in groupby(range(len(k.act)), key=lambda m: int(k.act[m])):
        if act not in moving:
            activity = problem.activities[act]
            mine = sorted(lies.get(activity.id, ()), key=lambda one: activity.days.index(one.day))
            kept |= {m: one.day * k.slots + one.slot for m, one in zip(group, mine, strict=True)}
    return kept


def _places(model: cp_model.CpModel, k: Pack, kept: dict[int, int]) -> Places:
    """One variable for each meeting and start in its domain; each meeting takes exactly one."""
    places: Places = {}
    for m in range(len(k.act)):
        if m in kept:
            places[m] = {kept[m]: model.new_constant(1)}
            continue
        starts = [(d, s) for d in range(k.days) for s in range(k.slots) if k.domain[m, d] >> s & 1]
        places[m] = {d * k.slots + s: model.new_bool_var(f"m{m}d{d}s{s}") for d, s in starts}
        model.add_exactly_one(places[m].values())
    return places


def _apart(model: cp_model.CpModel, k: Pack, places: Places) -> None:
    """Allow one meeting of an activity a day."""
    for _, group in groupby(range(len(k.act)), key=lambda m: int(k.act[m])):
        mine = list(group)
        for d in range(k.days):
            model.add_at_most_one(x for m in mine for c, x in places[m].items() if c // k.slots == d)


def _covering(k: Pack, places: Places, mine: list[int], d: int, slot: int) -> list[cp_model.IntVar]:
    """Return the choices that lie over a slot."""
    base = d * k.slots
    return [
        places[m][base + s]
        for m in mine
        for s in range(max(0, slot - int(k.length[k.act[m]]) + 1), slot + 1)
        if base + s in places[m]
    ]


def _rooms(model: cp_model.CpModel, k: Pack, places: Places) -> None:
    for kind, many in enumerate(k.rooms.tolist()):
        mine = [m for m in range(len(k.act)) if k.room[k.act[m]] == kind]
        for d in range(k.days):
            for slot in range(k.slots):
                model.add(sum(_covering(k, places, mine, d, slot)) <= many)


def _day(model: cp_model.CpModel, k: Pack, places: Places, p: int, d: int) -> None:
    """Hold one person's day to the tables."""
    acts = k.visit[k.visit_at[p] : k.visit_at[p + 1]]
    mine = np.flatnonzero(np.isin(k.act, acts) & (k.domain[:, d] != 0)).tolist()
    mine = [m for m in mine if any(c // k.slots == d for c in places[m])]
    if not mine:
        return
    row, most = int(k.row[p, d]), sum(int(k.length[k.act[m]]) for m in mine)
    slots = range(k.slots)
    busy = [model.new_bool_var(f"p{p}d{d}t{slot}") for slot in slots]
    for slot in slots:
        model.add(sum(_covering(k, places, mine, d, slot)) == busy[slot])
    always = _always(k, places, mine, d)
    _allow(model, busy, k, k.ok[row], always, most)
    if k.even[p]:
        return
    if k.most[row] < NONE:
        live = [int(k.minutes[k.act[m]]) * x for m in mine for c, x in places[m].items() if c // k.slots == d]
        model.add(sum(live) <= int(k.most[row]))
    if not k.run[row].all():
        joined = [_joined(model, k, places, mine, d, slot, row, busy) for slot in slots]
        _allow(model, joined, k, k.run[row], 0, most)


def _joined(
    model: cp_model.CpModel,
    k: Pack,
    places: Places,
    mine: list[int],
    d: int,
    slot: int,
    row: int,
    busy: list[cp_model.IntVar],
) -> cp_model.IntVar:
    """Return whether a person goes from this slot's meeting into the next without a break."""
    made = model.new_bool_var(f"j{d}t{slot}r{row}")
    if slot + 1 == k.slots:
        model.add(made == 0)
        return made
    loose = [m for m in mine if _slack(k, m) >= k.least_break[row]]
    ends = [
        places[m][d * k.slots + s]
        for m in loose
        for s in [slot - int(k.length[k.act[m]]) + 1]
        if s >= 0 and d * k.slots + s in places[m]
    ]
    model.add(made >= busy[slot] + busy[slot + 1] - 1 - sum(ends))
    return made


def _slack(k: Pack, m: int) -> int:
    act = k.act[m]
    return int(k.length[act]) * k.pitch - int(k.minutes[act])


def _always(k: Pack, places: Places, mine: list[int], d: int) -> int:
    """Return the slots of a day in which some meeting lies whatever is chosen."""
    only = [(m, next(iter(places[m]))) for m in mine if len(places[m]) == 1]
    lies = [((1 << int(k.length[k.act[m]])) - 1) << c % k.slots for m, c in only if c // k.slots == d]
    return reduce(or_, lies, 0)


def _allow(
    model: cp_model.CpModel,
    bits: list[cp_model.IntVar],
    k: Pack,
    allowed: NDArray[np.uint8],
    always: int,
    most: int,
) -> None:
    """Allow the masks of a table; only those with the slots of `always` and at most `most` are listed."""
    near = np.arange(1 << k.slots)
    near = near[(near & always == always) & (k.ones <= most)]
    masks = near[allowed[near] != 0]
    if len(masks) < len(near):
        model.add_allowed_assignments(bits, (masks[:, None] >> np.arange(k.slots) & 1).tolist())


def _hint(
    model: cp_model.CpModel,
    problem: TimetableProblem,
    k: Pack,
    places: Places,
    near: tuple[Placement, ...],
) -> None:
    lies = {(one.activity, one.day * k.slots + one.slot) for one in near}
    for m, options in places.items():
        name = problem.activities[k.act[m]].id
        if len(options) == 1:
            continue  # Nothing to choose; and the kept ones share one constant, which takes only one hint.
        for c, chosen in options.items():
            model.add_hint(chosen, (name, c) in lies)
