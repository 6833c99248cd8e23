"""Why a pupil's day has the minutes it has: the limits that stand, and where they are written."""

from __future__ import annotations

from dataclasses import dataclass

from schoolday.rules import Bound, Layer, Standing, Way

MEASURES = ("total_minutes", "live_minutes")
"""The measures a family's page gives reasons for."""


@dataclass(frozen=True, slots=True)
class Cited:
    """One clause that speaks of a measure: its own limits, in minutes, and where it is written."""

    clause: str
    title: str
    source: str
    href: str
    at_least: float | None
    at_most: float | None
    layer: Layer
    made_up: bool = False
    quote: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One measure's value beside its limits, in minutes, and the clauses that set them, tightest first."""

    measure: str
    value: int
    low: float | None
    high: float | None
    cited: tuple[Cited, ...]

    @property
    def clauses(self) -> tuple[str, ...]:
        """The ids of the clauses cited."""
        return tuple(one.clause for one in self.cited)


def reasons(
    standing: Standing, grade: str, *, total: int, live: int, way: Way = Way.DISTANCE
) -> tuple[Reason, ...]:
    """Return the reasons for a pupil's minutes on a date.

    Parameters
    ----------
    standing
        The rules in force on the date in the pupil's place.
    grade, way
        The pupil's grade and way of schooling.
    total, live
        The pupil's minutes that day.
    """
    values = {"total_minutes": total, "live_minutes": live}
    return tuple(_reason(standing, measure, values[measure], grade, way) for measure in MEASURES)


def _reason(standing: Standing, measure: str, value: int, grade: str, way: Way) -> Reason:
    limit = standing.limit(measure, grade=grade, way=way)
    bounds = [
        bound
        for bound in standing.bounds(measure, grade=grade, way=way)
        if bound.rule.layer is not Layer.GUIDANCE
    ]
    first = [bound for bound in (limit.low_bound, limit.high_bound) if bound is not None]
    ordered = {bound.clause.id: bound for bound in (*first, *bounds)}
    return Reason(measure, value, limit.low, limit.high, tuple(map(_cited, ordered.values())))


def _cited(bound: Bound) -> Cited:
    cite = bound.clause.cite
    return Cited(
        clause=bound.clause.id,
        title=bound.rule.title,
        source=cite.source,
        href=cite.href,
        at_least=bound.at_least,
        at_most=bound.at_most,
        layer=bound.rule.layer,
        made_up=bound.clause.confidence.value == "made_up",
        quote=cite.quote,
    )
