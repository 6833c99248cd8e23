"""The move: a new week that keeps most of the old, and the list of who is touched by what had to move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import NamedTuple

from schoolday.ground.ids import stable_number
from schoolday.timetable.district import Effort
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.problem import Activity, Grid, TimetableProblem
from schoolday.timetable.solve import solve
from schoolday.timetable.timetable import Clock, Outcome, Placement, Result, Stop, Timetable

MOVED = 400
"""What a meeting that moves costs beside the other weights: as much as forty slots of siblings' clashes."""


class When(NamedTuple):
    """A time of the week: a weekday (0 is Monday) and the minute of the day at which a meeting starts."""

    day: int
    minute: int


@dataclass(frozen=True, slots=True)
class Move:
    """One weekly meeting that starts elsewhere than it did.

    `before` is None for a meeting that is new, `after` for one that is gone.
    """

    activity: str
    before: When | None
    after: When | None


@dataclass(frozen=True)
class Changed:
    """What a change came to.

    Parameters
    ----------
    result
        How solving went; None where two weeks that stood were compared.
    week
        The new question, as it is kept, and the answer; None where no lawful week was found.
    moves
        The meetings that do not start when they did.
    kept
        How many start when they did.
    must
        How many of the old meetings could not have stayed, whatever the others did: their time lies outside
        somebody's new day. No change moves fewer.
    """

    result: Result | None
    week: SchoolWeek | None
    moves: tuple[Move, ...]
    kept: int
    must: int

    @property
    def moved(self) -> int:
        """How many meetings of both weeks start elsewhere; those that are new or gone are not counted."""
        return sum(one.before is not None and one.after is not None for one in self.moves)

    @property
    def share(self) -> float:
        """The share of the meetings of both weeks that start elsewhere."""
        return self.moved / max(self.moved + self.kept, 1)


def change(
    old: SchoolWeek,
    new: TimetableProblem,
    *,
    stop: Stop,
    seed: int,
    clock: Clock | None = None,
    weight: int = MOVED,
) -> Changed:
    """Return a new week in which as few meetings as can be start elsewhere than in the old.

    Activities are the same where they have the same id, whatever their way of schooling or length.

    Parameters
    ----------
    old, new
        The week that stands, and the question of the one to come.
    stop, seed, clock
        As `solve` takes them.
    weight
        What a meeting that moves costs beside the other weights.
    """
    asked = replace(new, before=_starts(old, new.grid), weights=replace(new.weights, moved=weight))
    result = solve(asked, stop=stop, seed=seed, clock=clock, start=_same_hours(old, new))
    if result.outcome is not Outcome.LAWFUL or result.timetable is None:
        return Changed(result, None, (), 0, _must(old, new))
    return compared(old, SchoolWeek(new, result.timetable), result)


def compared(old: SchoolWeek, new: SchoolWeek, result: Result | None = None) -> Changed:
    """Return how two weeks differ, however the second was made."""
    moves = moves_between(old, new)
    kept = len(new.timetable.placements) - sum(one.after is not None for one in moves)
    return Changed(result, new, moves, kept, _must(old, new.problem))


def moves_between(old: SchoolWeek, new: SchoolWeek) -> tuple[Move, ...]:
    """Return the meetings of either week that do not start when they do in the other."""
    before, after = _hours(old), _hours(new)
    names = sorted(before.keys() | after.keys())
    return tuple(one for name in names for one in _moves(name, before, after))


def _starts(old: SchoolWeek, grid: Grid) -> dict[str, tuple[int, ...]]:
    """Return where each activity started, in slots of the new grid; -1 where that has no such time."""
    found: dict[str, list[int]] = {}
    for one in _on(old, grid):
        if one.slot >= 0:
            found.setdefault(one.activity, [-1] * grid.days)[one.day] = one.slot
    return {name: tuple(slots) for name, slots in found.items()}


def _on(old: SchoolWeek, grid: Grid) -> Iterator[Placement]:
    """Yield the old placements on a new grid of times; the slot is -1 where none starts then."""
    for one in old.timetable.placements:
        slot, odd = divmod(old.problem.grid.start(one.slot) - grid.first, grid.pitch)
        there = not odd and 0 <= slot < grid.slots and one.day < grid.days
        yield replace(one, slot=slot if there else -1)


def _same_hours(old: SchoolWeek, new: TimetableProblem) -> Timetable:
    """Return the old placements of activities that are still there, for the search to begin with."""
    still = {activity.id for activity in new.activities}
    there = [one for one in _on(old, new.grid) if one.activity in still and one.slot >= 0]
    return Timetable(new.school, tuple(there))


Hours = Mapping[str, frozenset[When]]


def _hours(week: SchoolWeek) -> Hours:
    found: dict[str, set[When]] = defaultdict(set)
    for one in week.timetable.placements:
        found[one.activity].add(When(one.day, week.problem.grid.start(one.slot)))
    return {name: frozenset(times) for name, times in found.items()}


def _moves(name: str, before: Hours, after: Hours) -> Iterator[Move]:
    """Yield an activity's moves: on the same weekday first, then from what is left to what is new."""
    first, then = before.get(name, frozenset()), after.get(name, frozenset())
    gone, new = sorted(first - then), sorted(then - first)
    for one in tuple(gone):
        same = next((other for other in new if other.day == one.day), None)
        if same is not None:
            gone.remove(one)
            new.remove(same)
            yield Move(name, one, same)
    yield from (Move(name, *pair) for pair in zip_longest(gone, new))


def _must(old: SchoolWeek, new: TimetableProblem) -> int:
    """Return how many old meetings lie outside the new day of somebody who is in them."""
    known = {activity.id: activity for activity in new.activities}
    return sum(
        one.activity in known and not _may_stay(known[one.activity], one, new) for one in _on(old, new.grid)
    )


def _may_stay(activity: Activity, at: Placement, new: TimetableProblem) -> bool:
    if at.slot < 0 or at.day not in activity.days or not activity.starts >> at.slot & 1:
        return False
    start, end = new.grid.start(at.slot), new.grid.start(at.slot + activity.length)
    names = {new.pupil_limits[pupil] for pupil in activity.pupils}
    names |= {new.staff_limits[who][at.day] for who in activity.teachers}
    windows = [new.limits[name].window for name in names]
    return all(window is not None and window.start <= start and end <= window.end for window in windows)


@dataclass(frozen=True)
class Touched:
    """Whom a change touches: for each pupil and each teacher the moves of their meetings."""

    pupils: Mapping[str, tuple[Move, ...]]
    teachers: Mapping[str, tuple[Move, ...]]


def touched(old: SchoolWeek, changed: Changed) -> Touched:
    """Return whom a change touches, by person; people who are in a meeting before or after it moves."""
    return touched_by(changed.moves, old.problem, changed.week.problem if changed.week else None)


def touched_by(moves: Iterable[Move], old: TimetableProblem, new: TimetableProblem | None) -> Touched:
    """Return whom some moves between two weeks touch, by person."""
    pupils: dict[str, list[Move]] = defaultdict(list)
    teachers: dict[str, list[Move]] = defaultdict(list)
    weeks = [old.activities, new.activities if new else ()]
    known = [{one.id: one for one in some} for some in weeks]
    for move in moves:
        there = [some[move.activity] for some in known if move.activity in some]
        for pupil in dict.fromkeys(pupil for one in there for pupil in one.pupils):
            pupils[pupil].append(move)
        for teacher in dict.fromkeys(teacher for one in there for teacher in one.teachers):
            teachers[teacher].append(move)
    return Touched(
        {who: tuple(some) for who, some in pupils.items()},
        {who: tuple(some) for who, some in teachers.items()},
    )


def change_all(
    olds: Mapping[str, SchoolWeek],
    questions: Sequence[TimetableProblem],
    executor: Executor,
    *,
    effort: Effort,
    seed: int,
    report: Callable[[str, Changed], None],
    clock: Clock | None = None,
    weight: int = MOVED,
) -> dict[str, Changed]:
    """Change the weeks of many schools, each apart and in parallel, the largest first.

    A school that had no week before is made from nothing: all of its meetings are new.
    """
    everything = sum(question.meetings for question in questions)
    jobs = {}
    for question in sorted(questions, key=lambda one: (-one.meetings, one.school)):
        old = olds.get(question.school) or SchoolWeek(question, Timetable(question.school, ()))
        stop = effort.stop(question.meetings, everything)
        own = stable_number(str(seed), question.school) % 2**31
        jobs[executor.submit(_job, old, question, stop, own, clock, weight)] = question.school
    found = {}
    for job in as_completed(jobs):
        found[jobs[job]] = job.result()
        report(jobs[job], job.result())
    return {question.school: found[question.school] for question in questions}


def _job(
    old: SchoolWeek, new: TimetableProblem, stop: Stop, seed: int, clock: Clock | None, weight: int
) -> Changed:
    return change(old, new, stop=stop, seed=seed, clock=clock, weight=weight)
