"""The last few: where the search stalls, CP-SAT lays what is left over, with its neighbours free to move."""

from __future__ import annotations

from collections import Counter

from schoolday.timetable.solve.desk import Desk, again
from schoolday.timetable.solve.exact import NotProved, exactly

MOST_FREE = 40
"""How many activities may move at the most."""
EFFORT = 5.0
"""CP-SAT's deterministic time (about seconds), so that every machine gives up at the same point."""


def finish(work: Desk, seed: int) -> Desk | None:
    """Return a desk on which all meetings of the best table's week lie, or None where none was found.

    The activities left over and those nearest to them may move, all the others stay. None is no proof
    that the week is impossible: more might have to move.
    """
    near = work.placements(best=True)
    try:
        found = exactly(work.problem, seed=seed, effort=EFFORT, near=near, free=_nearest(work))
    except NotProved:
        return None
    if found is None:
        return None
    done = again(work, seed)
    done.lay(found)
    return None if done.left else done


def _nearest(work: Desk) -> frozenset[str]:
    """Return the activities left over, and those that share most people with them, staff before pupils."""
    k, left = work.k, work.waiting()
    numbers = {activity.id: number for number, activity in enumerate(work.problem.activities)}
    people = {
        int(p) for one in left for p in k.roster[k.roster_at[numbers[one]] : k.roster_at[numbers[one] + 1]]
    }
    shared: Counter[int] = Counter()
    for p in sorted(people):
        for a in k.visit[k.visit_at[p] : k.visit_at[p + 1]].tolist():
            shared[a] += 1 if k.weight[p] else 1000
    ordered = [numbers[one] for one in left] + sorted(shared, key=lambda a: (-shared[a], a))
    chosen = list(dict.fromkeys(ordered))[: max(MOST_FREE, len(left))]
    return frozenset(work.problem.activities[a].id for a in chosen)
