"""The soft cost of a timetable, counted plainly and apart from the solver."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from schoolday.timetable.problem import Activity, TimetableProblem
from schoolday.timetable.timetable import Cost, Placement, Timetable


def cost(problem: TimetableProblem, timetable: Timetable) -> Cost:
    """Return the soft cost of a timetable, each part unweighted and the weighted sum.

    A meeting is live in each of the `length` slots that it takes. Placements of activities that the
    problem does not know, and slots outside the grid, cost nothing here: the check names them.

    Parameters
    ----------
    problem
        The question; its `weights` say what each part costs.
    timetable
        The answer.

    Returns
    -------
    Cost
        `clashes` counts each pair's shared slots times the pair's weight, and each slot shared with a
        sibling at another school once; `gaps`, `starts`, `places` and `moved` are as
        `Weights` says.
    """
    activities = {activity.id: activity for activity in problem.activities}
    placed = [(activities[one.activity], one) for one in timetable.placements if one.activity in activities]
    live = _live(problem, placed)
    clashes, gaps = _clashes(problem, live), _gaps(live)
    starts, places = _starts(placed), _places(problem, placed)
    weights = problem.weights
    moved = _moved(problem, placed) if weights.moved else 0
    total = weights.clash * clashes + weights.gap * gaps + weights.start * starts + weights.place * places
    return Cost(clashes, gaps, starts, places, total + weights.moved * moved, moved)


def _live(problem: TimetableProblem, placed: list[tuple[Activity, Placement]]) -> dict[tuple[str, int], int]:
    """For each pupil and day, the slots in which the pupil is live: bit i for slot i."""
    inside = (1 << problem.grid.slots) - 1
    found: dict[tuple[str, int], int] = defaultdict(int)
    for activity, one in placed:
        bits = (1 << activity.length) - 1
        bits = (bits << one.slot if one.slot >= 0 else bits >> -one.slot) & inside
        for pupil in activity.pupils:
            found[pupil, one.day] |= bits
    return found


def _clashes(problem: TimetableProblem, live: dict[tuple[str, int], int]) -> int:
    days = range(problem.grid.days)
    pairs = sum(
        pair.weight * (live.get((pair.a, day), 0) & live.get((pair.b, day), 0)).bit_count()
        for pair in problem.pairs
        for day in days
    )
    away = sum(
        (live.get((pupil, day), 0) & slots).bit_count()
        for pupil, week in problem.away.items()
        for day, slots in enumerate(week)
    )
    return pairs + away


def _gaps(live: dict[tuple[str, int], int]) -> int:
    """Slots between a pupil's first and last live slot of a day in which the pupil only waits."""
    gaps = 0
    for slots in live.values():
        if slots:
            first = (slots & -slots).bit_length() - 1
            gaps += slots.bit_length() - first - slots.bit_count()
    return gaps


def _starts(placed: list[tuple[Activity, Placement]]) -> int:
    found: dict[str, set[int]] = defaultdict(set)
    for activity, one in placed:
        found[activity.id].add(one.slot)
    return sum(len(slots) - 1 for slots in found.values())


def _moved(problem: TimetableProblem, placed: list[tuple[Activity, Placement]]) -> int:
    """Meetings of activities that were there before, and did not start then and there."""
    return sum(
        problem.before[one.activity][one.day] != one.slot
        for _, one in placed
        if one.activity in problem.before
    )


def _places(problem: TimetableProblem, placed: list[tuple[Activity, Placement]]) -> int:
    """Changes of place between one meeting of a pupil's day and the next."""
    if len({activity.place for activity in problem.activities}) < 2:
        return 0
    days: dict[tuple[str, int], list[tuple[int, str, str]]] = defaultdict(list)
    for activity, one in placed:
        meeting = (one.slot, activity.id, activity.place)
        for pupil in activity.pupils:
            days[pupil, one.day].append(meeting)
    changes = 0
    for meetings in days.values():
        places = [place for _, _, place in sorted(meetings)]
        changes += sum(a != b for a, b in pairwise(places))
    return changes
