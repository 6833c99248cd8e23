"""What the standing rules ask of one pupil's day, as rows of a linear program that name their clause."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from math import inf

from schoolday.program.plan import Format
from schoolday.program.shape import Shape, Strand
from schoolday.rules import Bound, Layer, Period, Standing, Way

NO_RECESS = "kindergarten_without_recess"
"""The measure of the longest day in kindergarten: a plan holds no recess, so it is all minutes in person."""
SCHOOL_WEEK = 5
"""A rule counted by the week is asked of five days that are alike."""


@dataclass(frozen=True, slots=True)
class Demand:
    """One clause's limit: ``low <= minutes . m + meets . z + independent * a <= high``.

    `minutes` weighs the live minutes of each meeting, `meets` whether it happens at all, `independent`
    the pupil's independent minutes; `said` is the clause in plain words.
    """

    clause: str
    measure: str
    said: str
    minutes: tuple[float, ...]
    meets: tuple[float, ...]
    independent: float
    low: float
    high: float


@dataclass(frozen=True)
class Question:
    """Everything that shapes one pupil's day of live and independent minutes.

    `counts` says how often a pupil has each meeting a day: a section line counts once for each course.
    """

    strands: tuple[Strand, ...]
    counts: tuple[int, ...]
    shape: Shape
    demands: tuple[Demand, ...]

    def asks(self, measure: str, *, low: bool = True, high: bool = True) -> bool:
        """Whether a clause sets a floor (`low`) or a ceiling (`high`) of a measure."""
        return any(
            demand.measure == measure and ((low and demand.low > -inf) or (high and demand.high < inf))
            for demand in self.demands
        )

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses that have a say, each once, in order."""
        return tuple(dict.fromkeys(demand.clause for demand in self.demands))


def question(standing: Standing, grade: str, kind: str, courses: int, way: Way, shape: Shape) -> Question:
    """Return what the standing rules ask of a grade's day."""
    strands = shape.strands(grade, kind)
    counts = tuple(courses if strand.format is Format.SECTION else 1 for strand in strands)
    weigh = _weights(strands, counts, shape.groups)
    demands: list[Demand] = []
    for measure, period, row in (*weigh, *_in_class(strands, way)):
        for bound in standing.bounds(measure, grade=grade, way=way, period=period):
            if bound.rule.layer is not Layer.GUIDANCE:
                demands.extend(_demands(bound, row))
    return Question(strands, counts, shape, tuple(demands))


def _in_class(strands: tuple[Strand, ...], way: Way) -> Iterator[tuple[str, Period, _Weigh]]:
    """Yield what is counted of a day in person alone, whose minutes stand where independent ones do."""
    if way is Way.IN_PERSON:
        yield NO_RECESS, Period.DAY, _Weigh(tuple(1.0 for _ in strands), tuple(0.0 for _ in strands), 1.0)


@dataclass(frozen=True, slots=True)
class _Weigh:
    minutes: tuple[float, ...]
    meets: tuple[float, ...]
    independent: float = 0.0
    share: bool = False


def _weights(
    strands: tuple[Strand, ...], counts: tuple[int, ...], groups: int
) -> Iterator[tuple[str, Period, _Weigh]]:
    """Yield how each measure is counted from a day's meetings; a measure may have several rows."""
    none = tuple(0.0 for _ in strands)
    live = tuple(map(float, counts))
    yield "total_minutes", Period.DAY, _Weigh(live, none, 1.0)
    yield "live_minutes", Period.DAY, _Weigh(live, none)
    yield "live_minutes", Period.WEEK, _Weigh(tuple(SCHOOL_WEEK * each for each in live), none)
    yield "independent_minutes", Period.DAY, _Weigh(none, none, 1.0)
    yield "live_share", Period.DAY, _Weigh(live, none, 0.0, share=True)
    yield "live_meetings", Period.DAY, _Weigh(none, live)
    yield "live_meetings", Period.WEEK, _Weigh(none, tuple(SCHOOL_WEEK * each for each in live))
    small = [strand.format is Format.SMALL for strand in strands]
    if Format.SECTION not in {strand.format for strand in strands}:
        taught = tuple(float(groups if is_small else 1) for is_small in small)
        yield "teacher_live", Period.DAY, _Weigh(taught, none)
    for place, is_small in enumerate(small):
        one = tuple(float(other == place) for other in range(len(strands)))
        yield "unbroken_live", Period.DAY, _Weigh(one, none)
        if is_small:
            yield "group_minutes", Period.DAY, _Weigh(one, none)


def _demands(bound: Bound, row: _Weigh) -> Iterator[Demand]:
    """Yield one bound's rows.

    A share of the total is a row for each side; a small group's least length binds only where the group
    meets; any other bound is one row.
    """
    low = -inf if bound.at_least is None else bound.at_least
    high = inf if bound.at_most is None else bound.at_most
    said = _say(bound)
    if bound.rule.measure == "group_minutes" and low > 0:
        met = replace(row, meets=tuple(-max(low, 0.0) * each for each in row.minutes))
        yield _demand(bound, said, met, 0.0, inf)
        low = -inf
    if not row.share:
        if low > -inf or high < inf:
            yield _demand(bound, said, row, low, high)
        return
    for limit, side in ((low, 1.0), (high, -1.0)):
        if abs(limit) < inf:
            yield _demand(bound, said, _share(row, limit), *((0.0, inf) if side > 0 else (-inf, 0.0)))


def _demand(bound: Bound, said: str, row: _Weigh, low: float, high: float) -> Demand:
    return Demand(
        bound.clause.id, bound.rule.measure, said, row.minutes, row.meets, row.independent, low, high
    )


def _share(row: _Weigh, percent: float) -> _Weigh:
    """Turn ``live = percent of (live + independent)`` into a row that is linear in the minutes."""
    part = percent / 100
    return _Weigh(tuple((1 - part) * each for each in row.minutes), row.meets, -part)


def _say(bound: Bound) -> str:
    """Return a bound in words: what it asks, its title and where it is written."""
    name = bound.rule.measure.replace("_", " ")
    unit = " percent of the total" if bound.rule.measure == "live_share" else ""
    sides = [
        f"{word} {number:g}{unit}"
        for word, number in (("at least", bound.at_least), ("at most", bound.at_most))
        if number is not None
    ]
    return f"{name} {' and '.join(sides)} ({bound.rule.title}; {bound.clause.cite})"
