"""Why a day has the minutes it has: the limits that stand, and where they are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from schoolday.rules import Bound, Layer, Standing, Way
from schoolday.rules.tell import tell

ALWAYS = ("total_minutes", "live_minutes", "independent_minutes")
"""The measures a family's page always tells; the others are told where a rule limits them."""

MEASURES = (
    *ALWAYS,
    "live_share",
    "live_meetings",
    "group_minutes",
    "unbroken_live",
    "least_break",
    "lunch_minutes",
    "lunch_from",
    "lunch_until",
    "day_start",
    "day_end",
)
"""The measures a family's page gives reasons for, in order."""

OF_TEACHER = ("teacher_live", "teacher_preparation", "teacher_lunch")
"""The measures a teacher's page gives reasons for, in order."""


@dataclass(frozen=True, slots=True)
class Cited:
    """One clause that speaks of a measure: its own limits, what it says, and where it is written.

    `at_least` and `at_most` are in the measure's unit, for one grade; `said` tells the whole clause in
    one sentence; `confidence` and `checked` say how sure we are of it and when its source was last read.
    """

    clause: str
    title: str
    source: str
    href: str
    at_least: float | None
    at_most: float | None
    layer: Layer
    made_up: bool = False
    quote: str = ""
    said: str = ""
    confidence: str = ""
    checked: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Reason:
    """One measure's value beside its limits, in its unit, and the clauses that set them, tightest first."""

    measure: str
    value: int
    low: float | None
    high: float | None
    cited: tuple[Cited, ...]

    @property
    def clauses(self) -> tuple[str, ...]:
        """The ids of the clauses cited."""
        return tuple(one.clause for one in self.cited)


class Reasons:
    """Gives the reasons for many days of one date; equal ones are the same object."""

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self._one: dict[tuple[str, int, str, Way], Reason] = {}
        self._all: dict[tuple[object, ...], tuple[Reason, ...]] = {}

    def of(
        self,
        values: Mapping[str, int],
        grade: str = "",
        way: Way = Way.DISTANCE,
        measures: Iterable[str] = MEASURES,
    ) -> tuple[Reason, ...]:
        """Return the reasons for a day.

        Parameters
        ----------
        values
            The day's measures by name, each in its unit; one left out is not told.
        grade, way
            The pupil's grade and way of schooling; no grade for a teacher.
        measures
            The measures to tell, in order; beyond `ALWAYS` only those that some rule limits.
        """
        key = (grade, way, *values.items())
        found = self._all.get(key)
        if found is None:
            told = [self._reason(name, values[name], grade, way) for name in measures if name in values]
            found = tuple(one for one in told if one.cited or one.measure in ALWAYS)
            self._all[key] = found
        return found

    def _reason(self, measure: str, value: int, grade: str, way: Way) -> Reason:
        key = (measure, value, grade, way)
        if key not in self._one:
            self._one[key] = _reason(self.standing, measure, value, grade, way)
        return self._one[key]


def reasons(
    standing: Standing, grade: str, *, total: int, live: int, way: Way = Way.DISTANCE
) -> tuple[Reason, ...]:
    """Return the reasons for a pupil's total and live minutes on a date.

    Parameters
    ----------
    standing
        The rules in force on the date in the pupil's place.
    grade, way
        The pupil's grade and way of schooling.
    total, live
        The pupil's minutes that day.
    """
    return Reasons(standing).of({"total_minutes": total, "live_minutes": live}, grade, way)


def _reason(standing: Standing, measure: str, value: int, grade: str, way: Way) -> Reason:
    limit = standing.limit(measure, grade=grade or None, way=way)
    bounds = [
        bound
        for bound in standing.bounds(measure, grade=grade or None, way=way)
        if bound.rule.layer is not Layer.GUIDANCE
    ]
    first = [bound for bound in (limit.low_bound, limit.high_bound) if bound is not None]
    ordered = {bound.clause.id: bound for bound in (*first, *bounds)}
    return Reason(measure, value, limit.low, limit.high, tuple(map(_cited, ordered.values())))


def _cited(bound: Bound) -> Cited:
    clause = bound.clause
    return Cited(
        clause=clause.id,
        title=bound.rule.title,
        source=clause.cite.source,
        href=clause.cite.href,
        at_least=bound.at_least,
        at_most=bound.at_most,
        layer=bound.rule.layer,
        made_up=clause.confidence.value == "made_up",
        quote=clause.cite.quote,
        said=tell(bound.rule, clause),
        confidence=clause.confidence.value,
        checked=clause.checked,
        note=clause.note,
    )
