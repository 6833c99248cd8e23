"""What a clause costs: the duals of the minutes program without whole steps."""

from __future__ import annotations

from math import inf

from schoolday.program.question import Demand, Question
from schoolday.program.solve import Program


def prices(asked: Question, *, floor: bool) -> tuple[tuple[str, float], ...]:
    """Return for each clause the live minutes a pupil would gain if it gave way by one unit.

    The program minimises the total first and the live minutes (with a floor; else their opposite) next,
    so a clause acts twice: by itself, and through the total that it forces. The two duals are chained.
    Clauses that cost nothing are left out; a floor that gives way loses live minutes, so its is negative.
    """
    program = Program(asked, asked.demands, relaxed=True)
    total = program.minimise(program.total)
    if total is None:
        return ()
    first = program.duals()
    program.hold(program.total, total)
    sign = 1.0 if floor else -1.0
    if program.minimise({place: sign * cost for place, cost in program.live.items()}) is None:
        return ()
    second = program.duals()
    through = second[len(asked.demands)]
    found: dict[str, float] = {}
    for demand, by_total, by_live in zip(asked.demands, first, second, strict=False):
        moved = sign * (by_live + through * by_total) * _unit(demand, total)
        gain = moved * _way(demand, by_live + through * by_total)
        found[demand.clause] = found.get(demand.clause, 0.0) + gain
    return tuple((clause, round(gain, 4)) for clause, gain in found.items() if abs(gain) > 1e-6)


def _unit(demand: Demand, total: float) -> float:
    """Return how far a row's limit moves when its clause gives way by one unit."""
    return total / 100 if demand.measure == "live_share" else 1.0


def _way(demand: Demand, dual: float) -> float:
    """Return the direction in which a row's limit moves when its clause gives way."""
    if demand.low > -inf and demand.high < inf:
        return -1.0 if dual > 0 else 1.0
    return -1.0 if demand.low > -inf else 1.0
