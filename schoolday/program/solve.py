"""The minutes program: a small mixed integer linear program, solved by HiGHS."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

import highspy

from schoolday.ground.errors import SchooldayError
from schoolday.program.question import Demand, Question

DAY = 24 * 60
"""No pupil has more minutes than the day."""

Costs = dict[int, float]
"""Columns of the program and what one unit of each costs."""


@dataclass(frozen=True, slots=True)
class Minutes:
    """The answer: the minutes of each meeting (0 where it does not happen), and independent minutes."""

    meetings: tuple[int, ...]
    independent: int


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each variable stands in the program.

    First the length of each meeting in steps, then whether each happens, then three single ones.
    """

    size: int

    @property
    def independent(self) -> int:
        """The pupil's independent minutes."""
        return 2 * self.size

    @property
    def longest(self) -> int:
        """The longest meeting, in steps."""
        return 2 * self.size + 1

    @property
    def shortest(self) -> int:
        """The shortest meeting that happens, in steps."""
        return 2 * self.size + 2


class Program:
    """One question's program; objectives are met one after the other, each without hurting the last."""

    def __init__(self, asked: Question, demands: Sequence[Demand], *, relaxed: bool = False) -> None:
        self.asked, self.demands, self._relaxed = asked, tuple(demands), relaxed
        self.at = Columns(len(asked.strands))
        self._highs = highspy.Highs()
        self._highs.silent()
        self._columns(relaxed)
        for demand in self.demands:
            self.add(self._row(demand), demand.low, demand.high)
        if not relaxed:
            self._spread()

    def _columns(self, relaxed: bool) -> None:
        size, shape = self.at.size, self.asked.shape
        most = shape.meeting // shape.step
        for _ in range(size):
            self._highs.addVar(0, most)
        for _ in range(size):
            self._highs.addVar(0, 1)
        for upper in (DAY, most, most):
            self._highs.addVar(0, upper)
        if not relaxed:
            for column in range(2 * size + 3):
                self._highs.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        for place in range(size):
            self.add({place: 1.0, size + place: -float(most)}, -inf, 0)
            self.add({place: 1.0, size + place: -shape.least / shape.step}, 0, inf)
        self._before = 2 * size

    def _spread(self) -> None:
        size, most = self.at.size, self.asked.shape.meeting / self.asked.shape.step
        for place in range(size):
            self.add({self.at.longest: 1.0, place: -1.0}, 0, inf)
            self.add({self.at.shortest: 1.0, place: -1.0, size + place: most}, -inf, most)
        self.add(self.unequal, 0, inf)

    def _row(self, demand: Demand) -> Costs:
        step, size = self.asked.shape.step, self.at.size
        row = {place: weight * step for place, weight in enumerate(demand.minutes) if weight}
        row |= {size + place: weight for place, weight in enumerate(demand.meets) if weight}
        return row | ({self.at.independent: demand.independent} if demand.independent else {})

    def add(self, row: Costs, low: float, high: float) -> None:
        """Hold a row between two limits."""
        self._highs.addRow(low, high, len(row), list(row), list(row.values()))

    @property
    def live(self) -> Costs:
        """A pupil's live minutes."""
        return {place: float(count * self.asked.shape.step) for place, count in enumerate(self.asked.counts)}

    @property
    def total(self) -> Costs:
        """All of a pupil's minutes."""
        return self.live | {self.at.independent: 1.0}

    @property
    def fewer(self) -> Costs:
        """How many meetings do not happen, but for a constant."""
        return {self.at.size + place: -1.0 for place in range(self.at.size)}

    @property
    def unequal(self) -> Costs:
        """How much the longest meeting exceeds the shortest, in steps."""
        return {self.at.longest: 1.0, self.at.shortest: -1.0}

    @property
    def later(self) -> Costs:
        """A cost that keeps the first meetings of the shape, and keeps them longer, before the last."""
        size = self.at.size
        keep = {size + place: 100.0 * (place + 1) for place in range(size)}
        return keep | {place: place + 1.0 for place in range(size)}

    def minimise(self, costs: Costs) -> float | None:
        """Return the least cost, or None where nothing fits; a failing solver is an error, not a refusal."""
        width = self.at.size * 2 + 3
        self._highs.changeColsCost(
            width, list(range(width)), [costs.get(place, 0.0) for place in range(width)]
        )
        for seed, presolve in enumerate(("choose", "off", "choose", "off")):
            # From scratch: rows added since the last solution make HiGHS stumble over it as a start.
            self._highs.clearSolver()
            self._highs.setOptionValue("presolve", presolve)
            self._highs.setOptionValue("random_seed", seed)
            self._highs.run()
            status = self._highs.getModelStatus()
            if status == highspy.HighsModelStatus.kOptimal:
                return float(self._highs.getObjectiveValue())
            if status == highspy.HighsModelStatus.kInfeasible:
                return None
        raise SchooldayError(f"the minutes program ended as {status}, neither solved nor refused")

    def hold(self, costs: Costs, value: float) -> None:
        """Keep a cost at what was reached.

        In whole steps every cost is a whole number, so half of one is a margin that no rounding reaches.
        """
        self.add(costs, -inf, value + 1e-6 if self._relaxed else round(value) + 0.5)

    def duals(self) -> list[float]:
        """Return what the least cost gains for each unit of each demand's limit, then of rows added."""
        return [float(dual) for dual in self._highs.getSolution().row_dual[self._before :]]

    def answer(self) -> Minutes:
        """Return the minutes of the last solution."""
        values = self._highs.getSolution().col_value
        meetings = tuple(round(value) * self.asked.shape.step for value in values[: self.at.size])
        return Minutes(meetings, round(values[self.at.independent]))


def fits(asked: Question, clauses: frozenset[str]) -> bool:
    """Whether some plan holds to the named clauses alone."""
    kept = [demand for demand in asked.demands if demand.clause in clauses]
    return Program(asked, kept).minimise({}) is not None


def conflict(asked: Question) -> tuple[str, ...]:
    """Return a smallest set of clauses that cannot all hold; each is verified by solving without it.

    A deletion filter: one clause after another is left out, and stays out where nothing fits even so.
    """
    core = list(asked.clauses)
    if fits(asked, frozenset(core)):
        raise SchooldayError("there is no conflict: all these clauses can be met together")
    for clause in reversed(asked.clauses):
        rest = frozenset(core) - {clause}
        if not fits(asked, rest):
            core.remove(clause)
    return tuple(clause for clause in core if fits(asked, frozenset(core) - {clause}))
