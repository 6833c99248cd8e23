"""Where the search ends with too few seats: solve exactly, or prove that what must share a half cannot.

A proof counts some classes only and leaves all others out, so what it finds impossible is impossible. The
smallest such set of classes is found by taking one away at a time and solving again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from ortools.sat.python import cp_model

from schoolday.cohorts.problem import Problem

EFFORT = 20.0
"""The most deterministic time of one question to the solver; about so many seconds."""
REACH = 3
"""How far from the rows without seats units are freed, in rows, before the whole district is."""


class Answer(StrEnum):
    """What the solver says."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Solved:
    """An answer, and where it is yes the half of each unit that was free."""

    answer: Answer
    half: Mapping[int, int]


def solve(problem: Problem, rows: Iterable[int], fixed: Mapping[int, int], effort: float = EFFORT) -> Solved:
    """Return whether the seats of some rows suffice, with the units that are not fixed free.

    Parameters
    ----------
    problem, rows
        The question, and the rows that count; the others are left out.
    fixed
        The half of units that may not move.
    effort
        The most deterministic time.
    """
    model = cp_model.CpModel()
    counted = [row for row in rows if problem.rows[row].seats is not None]
    loads = _loads(problem, counted)
    free = {
        unit: model.new_bool_var(f"u{unit}") for row in counted for unit, _ in loads[row] if unit not in fixed
    }
    for row in counted:
        stands = sum(load * fixed.get(unit, 0) for unit, load in loads[row])
        moving = [(free[unit], load) for unit, load in loads[row] if unit in free]
        everybody = sum(load for _, load in loads[row])
        seats = problem.rows[row].seats or 0
        low, high = everybody - seats - stands, seats - stands
        if low > high or (not moving and not low <= 0 <= high):
            return Solved(Answer.NO, {})
        if moving:
            model.add_linear_constraint(sum(load * var for var, load in moving), low, high)
    solver = _solver(effort)
    status = solver.solve(model)
    if status == cp_model.INFEASIBLE:
        return Solved(Answer.NO, {})
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Solved(Answer.UNKNOWN, {})
    return Solved(Answer.YES, {unit: int(solver.value(var)) for unit, var in free.items()})


def _solver(effort: float) -> cp_model.CpSolver:
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_deterministic_time = effort
    return solver


def _loads(problem: Problem, rows: Sequence[int]) -> dict[int, list[tuple[int, int]]]:
    wanted: dict[int, list[tuple[int, int]]] = {row: [] for row in rows}
    for number, unit in enumerate(problem.units):
        for row, load in unit.loads:
            if row in wanted:
                wanted[row].append((number, load))
    return wanted


def around(problem: Problem, rows: Iterable[int], reach: int) -> tuple[set[int], set[int]]:
    """Return the rows within some steps of some rows, and the units that weigh on any of them."""
    found = set(rows)
    units: set[int] = set()
    for _ in range(reach + 1):
        units = {
            number for number, unit in enumerate(problem.units) if found & {row for row, _ in unit.loads}
        }
        found |= {row for number in units for row, _ in problem.units[number].loads}
    return found, units


def mended(problem: Problem, half: Sequence[int], left: Sequence[int]) -> list[int] | None:
    """Return halves in which every seat suffices, by freeing what lies around the rows; None if none."""
    for reach in range(REACH):
        rows, units = around(problem, left, reach)
        fixed = {number: half[number] for number in range(len(half)) if number not in units}
        solved = solve(problem, rows, fixed)
        if solved.answer is Answer.YES:
            return [solved.half.get(number, half[number]) for number in range(len(half))]
    solved = solve(problem, range(len(problem.rows)), {})
    if solved.answer is Answer.YES:
        return [solved.half.get(number, half[number]) for number in range(len(half))]
    return None


def conflict(problem: Problem, left: Sequence[int]) -> tuple[int, ...] | None:
    """Return a smallest set of rows whose seats cannot suffice together, or None where none was proved."""
    for reach in range(-1, REACH):
        rows = set(left) if reach < 0 else around(problem, left, reach)[0]
        counted = {row for row in rows if problem.rows[row].seats is not None}
        if solve(problem, counted, {}).answer is Answer.NO:
            return _smallest(problem, sorted(counted))
    return None


def _smallest(problem: Problem, rows: Sequence[int]) -> tuple[int, ...]:
    """Take away one row at a time, and keep away what is not needed for the contradiction."""
    kept = list(rows)
    for row in rows:
        without = [one for one in kept if one != row]
        if without and solve(problem, without, {}).answer is Answer.NO:
            kept = without
    return tuple(kept)


def parted(
    problem: Problem,
    rows: Sequence[int],
    weigh: Mapping[str, Sequence[int]],
    groups: Mapping[str, Sequence[str]],
) -> tuple[str, ...] | None:
    """Return the fewest bonds to part so that the seats of some rows suffice; None where nobody can say.

    Parameters
    ----------
    problem, rows
        The question, and the rows in conflict.
    weigh
        For each pupil who weighs on one of them, which.
    groups
        The bonds, with their pupils.
    """
    model = cp_model.CpModel()
    half = {pupil: model.new_bool_var(pupil) for pupil in weigh}
    for row in rows:
        some = [half[pupil] for pupil, mine in weigh.items() if row in mine]
        seats = problem.rows[row].seats or 0
        if len(some) > 2 * seats:
            return None
        model.add_linear_constraint(sum(some), len(some) - seats, seats)
    apart = {}
    for name, pupils in groups.items():
        mine = [half[pupil] for pupil in pupils if pupil in half]
        if len(mine) > 1:
            apart[name] = model.new_bool_var(name)
            for one in mine[1:]:
                model.add(one == mine[0]).only_enforce_if(apart[name].negated())
    model.minimize(sum(apart.values()))
    solver = _solver(EFFORT)
    if solver.solve(model) != cp_model.OPTIMAL:
        return None
    return tuple(name for name, var in apart.items() if solver.value(var))


def weighing(
    problem: Problem, rows: Sequence[int], classes: Mapping[str, Sequence[str]]
) -> dict[str, list[int]]:
    """Return, for each pupil who sits in one of some rows, which of them."""
    named = {problem.rows[row].name: row for row in rows}
    found: dict[str, list[int]] = {}
    for unit in problem.units:
        for pupil in unit.pupils:
            mine = [named[name] for name in classes[pupil] if name in named]
            if mine:
                found[pupil] = mine
    return found
