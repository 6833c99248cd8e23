"""The soft cost of placements, in the solver's own count; `schoolday.timetable.cost` judges it."""

from __future__ import annotations

from collections import defaultdict
from itertools import pairwise

from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.timetable import Cost, Placement


def cost_of(problem: TimetableProblem, placements: tuple[Placement, ...]) -> Cost:
    """Return the soft cost of placements that lie on the grid."""
    activities = {activity.id: activity for activity in problem.activities}
    masks: dict[tuple[str, int], int] = defaultdict(int)
    placed: dict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)
    starts: dict[str, set[int]] = defaultdict(set)
    several = len({activity.place for activity in problem.activities}) > 1
    for one in placements:
        activity = activities[one.activity]
        starts[one.activity].add(one.slot)
        bits = ((1 << activity.length) - 1) << one.slot
        for pupil in activity.pupils:
            masks[pupil, one.day] |= bits
            if several:
                placed[pupil, one.day].append((one.slot, activity.place))
    days = range(problem.grid.days)
    clashes = sum(
        pair.weight * (masks[pair.a, day] & masks[pair.b, day]).bit_count()
        for pair in problem.pairs
        for day in days
    )
    clashes += sum(
        (masks[pupil, day] & slots).bit_count()
        for pupil, week in problem.away.items()
        for day, slots in enumerate(week)
    )
    gaps = sum(_gaps(mask) for mask in masks.values())
    more = sum(len(slots) - 1 for slots in starts.values())
    places = sum(a[1] != b[1] for day in placed.values() for a, b in pairwise(sorted(day)))
    weights = problem.weights
    total = weights.clash * clashes + weights.gap * gaps + weights.start * more + weights.place * places
    return Cost(clashes, gaps, more, places, total)


def _gaps(mask: int) -> int:
    lowest = (mask & -mask).bit_length() - 1
    return mask.bit_length() - lowest - mask.bit_count() if mask else 0
