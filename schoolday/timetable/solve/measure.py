"""The soft cost of placements, in the solver's own count; `schoolday.timetable.check.cost` judges it."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import pairwise

from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.timetable import Cost, Placement


def cost_of(problem: TimetableProblem, placements: tuple[Placement, ...]) -> Cost:
    """Return the soft cost of placements that lie on the grid."""
    slots, days = problem.grid.slots, range(problem.grid.days)
    taken: dict[str, int] = defaultdict(int)
    starts: dict[str, set[int]] = defaultdict(set)
    lengths = {activity.id: activity.length for activity in problem.activities}
    for one in placements:
        bits = ((1 << lengths[one.activity]) - 1) << one.slot
        taken[one.activity] |= bits << one.day * slots
        starts[one.activity].add(one.slot)
    weeks: dict[str, int] = dict.fromkeys(problem.pupil_limits, 0)
    for activity in problem.activities:
        week = taken[activity.id]
        for pupil in activity.pupils:
            weeks[pupil] |= week
    clashes = sum(pair.weight * (weeks[pair.a] & weeks[pair.b]).bit_count() for pair in problem.pairs)
    clashes += sum(
        (weeks.get(pupil, 0) >> day * slots & mask & ((1 << slots) - 1)).bit_count()
        for pupil, week_away in problem.away.items()
        for day, mask in enumerate(week_away)
    )
    gaps = sum(
        many * sum(_gaps(week >> day * slots & ((1 << slots) - 1)) for day in days)
        for week, many in Counter(weeks.values()).items()
    )
    more = sum(len(times) - 1 for times in starts.values())
    places = _places(problem, placements)
    weights = problem.weights
    total = weights.clash * clashes + weights.gap * gaps + weights.start * more + weights.place * places
    return Cost(clashes, gaps, more, places, total)


def _places(problem: TimetableProblem, placements: tuple[Placement, ...]) -> int:
    """Return how often pupils change place within a day."""
    if len({activity.place for activity in problem.activities}) < 2:
        return 0
    activities = {activity.id: activity for activity in problem.activities}
    placed: dict[tuple[str, int], list[tuple[int, str]]] = defaultdict(list)
    for one in placements:
        for pupil in activities[one.activity].pupils:
            placed[pupil, one.day].append((one.slot, activities[one.activity].place))
    return sum(a[1] != b[1] for day in placed.values() for a, b in pairwise(sorted(day)))


def _gaps(mask: int) -> int:
    lowest = (mask & -mask).bit_length() - 1
    return mask.bit_length() - lowest - mask.bit_count() if mask else 0
