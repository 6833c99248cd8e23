"""The exact way for small problems: CP-SAT over the same tables, one worker, no clock."""

from __future__ import annotations

from itertools import groupby

from ortools.sat.python import cp_model

from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.solve.pack import Pack, pack
from schoolday.timetable.solve.tables import NONE
from schoolday.timetable.timetable import Placement

Places = dict[int, dict[int, cp_model.IntVar]]


class NotProved(Exception):
    """Neither a timetable nor a proof that there is none was found within the effort allowed."""


def exactly(
    problem: TimetableProblem, *, seed: int, effort: float = 20.0, near: tuple[Placement, ...] = ()
) -> tuple[Placement, ...] | None:
    """Return a lawful week, or None where it is proved that the kernel's rules allow none.

    Parameters
    ----------
    problem
        A small week: up to some forty activities.
    seed, effort
        Chance, and CP-SAT's deterministic time (about seconds).
    near
        Placements to try first.

    Raises
    ------
    NotProved
        If the effort was too small.
    """
    k = pack(problem)
    model = cp_model.CpModel()
    places = _places(model, k)
    _apart(model, k, places)
    _rooms(model, k, places)
    for p in range(len(k.weight)):
        for d in range(k.days):
            _day(model, k, places, p, d)
    _hint(model, problem, k, places, near)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed % 2**31
    solver.parameters.max_deterministic_time = effort
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return None
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        raise NotProved(f"no answer for {problem.school} within an effort of {effort}; allow more")
    found = [
        Placement(problem.activities[k.act[m]].id, c // k.slots, c % k.slots)
        for m, options in places.items()
        for c, chosen in options.items()
        if solver.value(chosen)
    ]
    order = {activity.id: number for number, activity in enumerate(problem.activities)}
    return tuple(sorted(found, key=lambda one: (order[one.activity], one.day)))


def _places(model: cp_model.CpModel, k: Pack) -> Places:
    """One variable for each meeting and start in its domain; each meeting takes exactly one."""
    places: Places = {}
    for m in range(len(k.act)):
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
    acts = set(k.visit[k.visit_at[p] : k.visit_at[p + 1]].tolist())
    mine = [m for m in range(len(k.act)) if k.act[m] in acts and k.domain[m, d]]
    if not mine:
        return
    row = int(k.row[p, d])
    slots = range(k.slots)
    busy = [model.new_bool_var(f"p{p}d{d}t{slot}") for slot in slots]
    for slot in slots:
        model.add(sum(_covering(k, places, mine, d, slot)) == busy[slot])
    _allow(model, busy, [mask for mask in range(1 << k.slots) if k.ok[row, mask]], k.slots)
    if k.even[p]:
        return
    if k.most[row] < NONE:
        live = [int(k.minutes[k.act[m]]) * x for m in mine for c, x in places[m].items() if c // k.slots == d]
        model.add(sum(live) <= int(k.most[row]))
    if not k.run[row].all():
        joined = [_joined(model, k, places, mine, d, slot, row, busy) for slot in slots]
        _allow(model, joined, [mask for mask in range(1 << k.slots) if k.run[row, mask]], k.slots)


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


def _allow(model: cp_model.CpModel, bits: list[cp_model.IntVar], masks: list[int], slots: int) -> None:
    if len(masks) < 1 << slots:
        model.add_allowed_assignments(bits, [[mask >> slot & 1 for slot in range(slots)] for mask in masks])


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
        for c, chosen in options.items():
            model.add_hint(chosen, (name, c) in lies)
