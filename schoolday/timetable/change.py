"""The move: a new week that keeps most of the old, and the list of who is touched by what had to move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.solve import solve
from schoolday.timetable.timetable import Clock, Outcome, Result, Stop, Timetable

MOVED = 2_000
"""What a meeting that moves costs beside what the families' weights count: keeping goes before quality."""


@dataclass(frozen=True, slots=True)
class Move:
    """One weekly meeting that starts elsewhere: its weekday (0 is Monday) and slots before and after.

    `before` is None for a meeting that is new, `after` for one that is gone. A meeting that goes to another
    weekday is one gone and one new.
    """

    activity: str
    day: int
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Changed:
    """What a change came to.

    Parameters
    ----------
    result
        How solving went.
    week
        The new question, as it is kept, and the answer; None where no lawful week was found.
    kept, moves
        How many meetings start when they did; those that do not.
    """

    result: Result
    week: SchoolWeek | None
    kept: int
    moves: tuple[Move, ...]

    @property
    def share(self) -> float:
        """The share of the meetings of both weeks that start elsewhere; gone and new ones are not counted."""
        moved = sum(one.before is not None and one.after is not None for one in self.moves)
        return moved / max(moved + self.kept, 1)


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
    asked = replace(new, before=_starts(old), weights=replace(new.weights, moved=weight))
    result = solve(asked, stop=stop, seed=seed, clock=clock, start=_same_hours(old, new))
    if result.outcome is not Outcome.LAWFUL or result.timetable is None:
        return Changed(result, None, 0, ())
    return compared(old, SchoolWeek(new, result.timetable), result)


def compared(old: SchoolWeek, new: SchoolWeek, result: Result) -> Changed:
    """Return how two weeks differ, however the second was made."""
    moves = tuple(_moves(old.timetable, new.timetable))
    return Changed(
        result, new, len(new.timetable.placements) - sum(one.after is not None for one in moves), moves
    )


def _starts(old: SchoolWeek) -> dict[str, tuple[int, ...]]:
    found: dict[str, list[int]] = {}
    for one in old.timetable.placements:
        found.setdefault(one.activity, [-1] * old.problem.grid.days)[one.day] = one.slot
    return {name: tuple(slots) for name, slots in found.items()}


def _same_hours(old: SchoolWeek, new: TimetableProblem) -> Timetable:
    """Return the old placements of activities that are still there, for the search to begin with."""
    still = {activity.id for activity in new.activities}
    return Timetable(new.school, tuple(one for one in old.timetable.placements if one.activity in still))


def _moves(old: Timetable, new: Timetable) -> Iterator[Move]:
    before, after = _by_day(old), _by_day(new)
    for key in sorted(before.keys() | after.keys()):
        first, then = before.get(key), after.get(key)
        if first != then:
            yield Move(*key, first, then)


def _by_day(table: Timetable) -> Mapping[tuple[str, int], int]:
    return {(one.activity, one.day): one.slot for one in table.placements}


@dataclass(frozen=True)
class Touched:
    """Whom a change touches: for each pupil and each teacher the moves of their meetings."""

    pupils: Mapping[str, tuple[Move, ...]]
    teachers: Mapping[str, tuple[Move, ...]]


def touched(old: SchoolWeek, changed: Changed) -> Touched:
    """Return whom a change touches, by person; people who are in a meeting before or after it moves."""
    pupils: dict[str, list[Move]] = defaultdict(list)
    teachers: dict[str, list[Move]] = defaultdict(list)
    new = changed.week.problem.activities if changed.week else ()
    known = [{one.id: one for one in some} for some in (old.problem.activities, new)]
    for move in changed.moves:
        there = [some[move.activity] for some in known if move.activity in some]
        for pupil in dict.fromkeys(pupil for one in there for pupil in one.pupils):
            pupils[pupil].append(move)
        for teacher in dict.fromkeys(teacher for one in there for teacher in one.teachers):
            teachers[teacher].append(move)
    return Touched(
        {who: tuple(some) for who, some in pupils.items()},
        {who: tuple(some) for who, some in teachers.items()},
    )
