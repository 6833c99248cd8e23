"""Groups by an exact solver, with a proof that none are better, or a bound on how much better they could be.

What counts, in this order: how many pupils are in a group; how many of their needs are met; how few groups it
takes. Teachers are alike to the solver, so it counts groups at a time and hands them out afterwards.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

from schoolday.learning.groups import (
    Grouping,
    Question,
    SmallGroup,
    Time,
    alone,
    hand_out,
    shares,
)
from schoolday.learning.walk import first_fit

EFFORT = 5.0
"""The most deterministic time of one question to the solver; about so many seconds."""


@dataclass
class _Model:
    """The solver's model, with its unknowns by what they stand for."""

    question: Question
    model: cp_model.CpModel = field(default_factory=cp_model.CpModel)
    joins: dict[tuple[Time, str, str], cp_model.IntVar] = field(default_factory=dict)
    number: dict[tuple[Time, str], cp_model.IntVar] = field(default_factory=dict)
    takes: dict[tuple[str, Time], cp_model.IntVar] = field(default_factory=dict)
    helped: dict[str, cp_model.IntVar] = field(default_factory=dict)

    @property
    def weights(self) -> tuple[int, int]:
        """What a pupil and a need count against a group: the later never outweighs the earlier."""
        need = len(self.takes) + 1
        return need * (len(self.helped) * self.question.sizes.a_week + 1), need


def grouped(question: Question, effort: float = EFFORT) -> Grouping:
    """Return the best groups that can be found within an effort, and what is proved of them."""
    if not question.able:
        return Grouping((), 0, 0, True, alone(question, ()))
    built = _built(question)
    start = first_fit(question)
    _hint(built, start)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    solver.parameters.max_deterministic_time = effort
    status = solver.solve(built.model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return _grouping(question, start, question.most_pupils, proved=False)
    groups = _read(built, solver)
    return _grouping(question, groups, _bound(built, solver), proved=status == cp_model.OPTIMAL)


def _bound(built: _Model, solver: cp_model.CpSolver) -> int:
    """Return a number of pupils that no grouping can help more than; needs met never make up for a pupil."""
    pupil, _ = built.weights
    # The needs of those who are helped are worth more than their groups cost, so they only add to the goal.
    return min(int(solver.best_objective_bound + 0.5) // pupil, built.question.most_pupils)


def _grouping(question: Question, groups: tuple[SmallGroup, ...], bound: int, *, proved: bool) -> Grouping:
    helped = len({pupil for one in groups for pupil in one.pupils})
    return Grouping(groups, helped, helped if proved else max(bound, helped), proved, alone(question, groups))


def _built(question: Question) -> _Model:
    built = _Model(question)
    for (time, standard), pupils in question.able.items():
        for pupil in pupils:
            built.joins[time, standard, pupil] = built.model.new_bool_var("")
        most = min(len(pupils) // question.sizes.least, _open(question, time))
        built.number[time, standard] = built.model.new_int_var(0, most, "")
    _sizes(built)
    _pupils(built)
    _teachers(built)
    for_pupil, for_need = built.weights
    built.model.maximize(
        sum(for_pupil * one for one in built.helped.values())
        + sum(for_need * one for one in built.joins.values())
        - sum(built.number.values())
    )
    return built


def _open(question: Question, time: Time) -> int:
    return sum(time in free for free in question.teachers.values())


def _sizes(built: _Model) -> None:
    sizes = built.question.sizes
    for key, pupils in built.question.able.items():
        here = sum(built.joins[*key, pupil] for pupil in pupils)
        built.model.add(here >= sizes.least * built.number[key])
        built.model.add(here <= sizes.most * built.number[key])


def _pupils(built: _Model) -> None:
    """A pupil joins few groups in a week, at most one on a day, and one for each standard."""
    mine: dict[str, list[cp_model.IntVar]] = defaultdict(list)
    once: dict[tuple[str, int | str], list[cp_model.IntVar]] = defaultdict(list)
    for (time, standard, pupil), joins in built.joins.items():
        mine[pupil].append(joins)
        once[pupil, time.day].append(joins)
        once[pupil, standard].append(joins)
    for some in once.values():
        built.model.add_at_most_one(some)
    for pupil, some in mine.items():
        built.model.add(sum(some) <= built.question.sizes.a_week)
        built.helped[pupil] = built.model.new_bool_var("")
        built.model.add(built.helped[pupil] <= sum(some))


def _teachers(built: _Model) -> None:
    """At each time there are as many teachers as groups, none of them at two times that meet."""
    times = sorted({time for time, _ in built.number})
    for teacher, free in built.question.teachers.items():
        mine = {time: built.model.new_bool_var("") for time in times if time in free}
        built.takes.update({(teacher, time): one for time, one in mine.items()})
        built.model.add(sum(mine.values()) <= built.question.load)
        for day, minute in {(time.day, time.span.start) for time in mine}:
            built.model.add_at_most_one([one for time, one in mine.items() if _on(time, day, minute)])
    for time in times:
        there = [takes for (_, when), takes in built.takes.items() if when == time]
        groups = [number for (when, _), number in built.number.items() if when == time]
        built.model.add(sum(groups) == sum(there))


def _on(time: Time, day: int, minute: int) -> bool:
    return time.day == day and time.span.start <= minute < time.span.end


def _hint(built: _Model, groups: tuple[SmallGroup, ...]) -> None:
    joined = {(one.time, one.standard, pupil) for one in groups for pupil in one.pupils}
    took = {(one.teacher, one.time) for one in groups}
    for key, joins in built.joins.items():
        built.model.add_hint(joins, key in joined)
    for place, takes in built.takes.items():
        built.model.add_hint(takes, place in took)
    for at, number in built.number.items():
        built.model.add_hint(number, sum((one.time, one.standard) == at for one in groups))


def _read(built: _Model, solver: cp_model.CpSolver) -> tuple[SmallGroup, ...]:
    cells = {
        (time, standard): shares(
            [pupil for pupil in pupils if solver.value(built.joins[time, standard, pupil])],
            solver.value(built.number[time, standard]),
        )
        for (time, standard), pupils in built.question.able.items()
        if solver.value(built.number[time, standard])
    }
    return hand_out(built.question, cells, _there(built, solver))


def _there(built: _Model, solver: cp_model.CpSolver) -> Mapping[Time, tuple[str, ...]]:
    found: dict[Time, list[str]] = defaultdict(list)
    for (teacher, time), takes in built.takes.items():
        if solver.value(takes):
            found[time].append(teacher)
    return {time: tuple(some) for time, some in found.items()}
