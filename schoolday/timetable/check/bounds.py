"""Hold the measured minutes of one day against every standing bound, in plain words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from schoolday.ground.finding import Finding, Status
from schoolday.ground.spans import clock
from schoolday.rules import Bound, Layer, Standing, Way

WORDS = {
    "total_minutes": "minutes in all",
    "live_minutes": "live minutes",
    "independent_minutes": "independent minutes",
    "live_share": "percent of the day live",
    "live_meetings": "live meetings",
    "unbroken_live": "live minutes unbroken",
    "group_minutes": "minutes of a small group",
    "lunch_minutes": "minutes of lunch",
    "lunch_from": "as the start of lunch",
    "lunch_until": "as the end of lunch",
    "day_start": "as the start of the day",
    "day_end": "as the end of the day",
    "kindergarten_without_recess": "minutes of kindergarten without recess",
    "teacher_lunch": "free minutes for lunch",
    "teacher_preparation": "free minutes for preparation",
    "teacher_live": "live minutes of teaching",
}
"""Every measure that a bound can be held against here, as it reads after its number."""

BESIDE = frozenset({"least_break"})
"""Measures that shape another (what counts as a break), and are not judged alone."""

_CLOCKS = frozenset({"lunch_from", "lunch_until", "day_start", "day_end"})


@dataclass(frozen=True, slots=True)
class Verdict:
    """How one bound stands; `text` reads after the person's name."""

    measure: str
    status: Status
    text: str
    value: float
    limit: float
    unit: str
    clause: str

    def finding(self, who: tuple[str, ...]) -> Finding:
        """Return it as a finding about someone."""
        return Finding(
            f"day.{self.measure}",
            f"{who[1]} on {who[2]}: {self.text}",
            self.status,
            who,
            self.value,
            self.limit,
            self.unit,
            (self.clause,),
        )


def bounds_for(
    standing: Standing, measures: tuple[str, ...], grade: str | None, way: Way
) -> tuple[Bound, ...]:
    """Return the standing bounds of one grade's day on the measures named."""
    return tuple(bound for measure in measures for bound in standing.bounds(measure, grade=grade, way=way))


def judge(bounds: tuple[Bound, ...], measured: Mapping[str, float], *, met: bool = True) -> Iterator[Verdict]:
    """Yield how each bound stands; those that are met only where `met` says so."""
    for bound in bounds:
        value = measured.get(bound.rule.measure)
        if value is None:
            continue
        if bound.at_least is not None and (met or value < bound.at_least):
            yield _advised(bound, _low(bound, bound.at_least, value))
        if bound.at_most is not None and (met or value > bound.at_most):
            yield _advised(bound, _verdict(bound, value, bound.at_most, "at most"))


def _low(bound: Bound, least: float, value: float) -> Verdict:
    verdict = _verdict(bound, value, least, "at least")
    over = bound.clause.average_over
    if verdict.status is Status.MET or not over:
        return verdict
    floor = bound.no_day_under
    if floor is not None and value < floor:
        return _verdict(bound, value, floor, "on no day under")
    text = f"{verdict.text}; the law averages over {over} school days, so one day alone does not show it"
    return replace(verdict, status=Status.UNVERIFIED, text=text)


def _verdict(bound: Bound, value: float, limit: float, word: str) -> Verdict:
    measure, clause = bound.rule.measure, bound.clause
    good = value <= limit if word == "at most" else value >= limit
    shown = [clock(int(n)) if measure in _CLOCKS else f"{n:g}" for n in (value, limit)]
    text = f"{shown[0]} {WORDS[measure]}; {word} {shown[1]} ({clause.cite})"
    return Verdict(
        measure, Status.MET if good else Status.BROKEN, text, value, limit, bound.rule.unit, clause.id
    )


def _advised(bound: Bound, verdict: Verdict) -> Verdict:
    """Guidance that is not kept is advice; law that is not kept is broken."""
    if bound.rule.layer is Layer.GUIDANCE and verdict.status is Status.BROKEN:
        return replace(verdict, status=Status.ADVICE)
    return verdict
