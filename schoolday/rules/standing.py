"""Standing: the rules in force on one date, and the limits that follow from them, with reasons."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from schoolday.rules.rule import Clause, Kind, Layer, Period, Rule, Way


@dataclass(frozen=True, slots=True)
class Bound:
    """One clause's limit on a measure for one grade and way of schooling.

    `no_day_under` is the daily floor of that grade where the clause averages over days.
    """

    rule: Rule
    clause: Clause
    at_least: float | None
    at_most: float | None
    no_day_under: float | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """The tightest of all bounds on a measure, and the clauses that make it.

    `low` and `high` are None where nobody says anything; `low_clause` and `high_clause` are the
    bounds they come from; `clauses` names every clause that speaks of the measure.
    """

    measure: str
    low: float | None
    high: float | None
    low_bound: Bound | None
    high_bound: Bound | None
    clauses: tuple[str, ...]

    @property
    def possible(self) -> bool:
        """Whether some number lies within."""
        return self.low is None or self.high is None or self.low <= self.high


@dataclass(frozen=True)
class Standing:
    """The rules in force on a date in a place, each with the clause that stands."""

    day: date
    pairs: tuple[tuple[Rule, Clause], ...]

    def bounds(
        self, measure: str, *, grade: str | None = None, way: Way = Way.DISTANCE, period: Period = Period.DAY
    ) -> tuple[Bound, ...]:
        """Return every bound on a measure; clauses silent on the grade are left out."""
        found = []
        for rule, clause in self.pairs:
            if (
                rule.kind is Kind.BOUND
                and rule.measure == measure
                and way in rule.ways
                and rule.period is period
            ):
                low = clause.at_least.for_(grade) if clause.at_least else None
                high = clause.at_most.for_(grade) if clause.at_most else None
                floor = clause.no_day_under.for_(grade) if clause.no_day_under else None
                if low is not None or high is not None:
                    found.append(Bound(rule, clause, low, high, floor))
        return tuple(found)

    def limit(
        self, measure: str, *, grade: str | None = None, way: Way = Way.DISTANCE, period: Period = Period.DAY
    ) -> Limit:
        """Return the tightest limit on a measure, guidance left out, with its reasons."""
        bounds = [
            bound
            for bound in self.bounds(measure, grade=grade, way=way, period=period)
            if bound.rule.layer is not Layer.GUIDANCE
        ]
        lows = [bound for bound in bounds if bound.at_least is not None]
        highs = [bound for bound in bounds if bound.at_most is not None]
        low = max(lows, key=lambda bound: bound.at_least or 0.0, default=None)
        high = min(highs, key=lambda bound: bound.at_most or 0.0, default=None)
        return Limit(
            measure,
            low.at_least if low else None,
            high.at_most if high else None,
            low,
            high,
            tuple(bound.clause.id for bound in bounds),
        )

    def day_kind(self) -> tuple[Rule, Clause] | None:
        """Return the rule that says what the date is, if one does."""
        return next((pair for pair in self.pairs if pair[0].kind is Kind.DAY_KIND), None)
