"""Watch: how a trigger stands for one pupil in one period, from what is certified."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from schoolday.calendar.days import Calendar, dates
from schoolday.calendar.periods import Stretch, school_weeks
from schoolday.ledger.reengage.known import AWAY, UNEXCUSED
from schoolday.ledger.reengage.tiers import SHOWS
from schoolday.measures import triggers
from schoolday.measures.verdict import Circumstances, Verdict
from schoolday.rules import Kind, Rule, Rulebook, Way
from schoolday.rules.rule import BINDING, Period

Codes = Mapping[date, str]
Kept = Mapping[str, AbstractSet[date]]
NOTHING: Kept = {}
COUNTED: Mapping[str, frozenset[str]] = {
    "absent_days": AWAY,
    "absent_share": AWAY,
    "truant_occasions": UNEXCUSED,
}
"""The measures that are counted from attendance; any other is given."""
PERIODS = (Period.WEEK, Period.YEAR)
STEPS = frozenset(SHOWS) | {"chronic", "truant"}
"""The steps by which a trigger is one of re-engagement."""


@dataclass(frozen=True, slots=True)
class Given:
    """A measure that others counted, of one pupil over a period that ended on a date."""

    pupil: str
    measure: str
    period: Period
    until: date
    value: float


@dataclass(frozen=True)
class Taught:
    """The school days on which somebody was enrolled, in order, and as a set."""

    days: list[date]
    there: frozenset[date]


Spans = frozenset[tuple[date | None, date | None]]
"""First and last dates of enrollments, both included; None where open."""


@dataclass
class Watch:
    """The ground on which triggers are judged: calendar, who was enrolled when, what is true of whom.

    Parameters
    ----------
    calendar
        The district's.
    enrolled
        Whether a pupil was enrolled on a date.
    circumstances
        What is true of a pupil on a date, by name.
    senses
        The reading chosen for a rule whose limbs disagree.
    schools
        The school of a pupil of whom no attendance is on record.
    spans
        Between which dates a pupil was enrolled. Where given it is asked once a pupil, and `enrolled`, which
        is asked once a day, is not; a pupil without any was enrolled all year.
    """

    calendar: Calendar
    enrolled: Callable[[str, date], bool] = lambda pupil, day: True
    circumstances: Callable[[str, date], Circumstances] = lambda pupil, day: frozenset()
    senses: Mapping[str, str] = field(default_factory=dict)
    schools: Mapping[str, str] = field(default_factory=dict)
    spans: Callable[[str], Spans] | None = None
    _last: tuple[str, Taught] | None = None  # of the pupil asked about last, who is asked about often
    _of_spans: dict[Spans, Taught] = field(default_factory=dict)

    @cached_property
    def weeks(self) -> tuple[Stretch, ...]:
        """The school weeks."""
        return school_weeks(self.calendar)

    @cached_property
    def school_days(self) -> tuple[date, ...]:
        """Every school day of the year."""
        return tuple(self.calendar.school_days(self.calendar.first, self.calendar.last))

    @cached_property
    def held(self) -> frozenset[date]:
        """Every school day of the year, to be asked whether a date is one."""
        return frozenset(self.school_days)

    def week_of(self, day: date) -> Stretch | None:
        """Return the school week of a date, or None outside the year."""
        return self._week_of.get(day)

    @cached_property
    def _week_of(self) -> dict[date, Stretch]:
        return {day: week for week in self.weeks for day in dates(week.first, week.last)}

    def taught(self, pupil: str, first: date, last: date) -> list[date]:
        """Return the school days of a stretch on which a pupil was enrolled."""
        days = self.days_of(pupil).days
        return days[bisect_left(days, first) : bisect_right(days, last)]

    def days_of(self, pupil: str) -> Taught:
        """Return the school days of the year on which a pupil was enrolled."""
        if self._last is None or self._last[0] != pupil:
            self._last = (pupil, self._taught(pupil))
        return self._last[1]

    def _taught(self, pupil: str) -> Taught:
        if self.spans is None:
            days = [day for day in self.school_days if self.enrolled(pupil, day)]
            return Taught(days, frozenset(days))
        spans = self.spans(pupil)
        if spans not in self._of_spans:
            days = [day for day in self.school_days if not spans or _within(day, spans)]
            self._of_spans[spans] = Taught(days, frozenset(days))
        return self._of_spans[spans]

    def span(self, period: Period, day: date) -> tuple[date, date] | None:
        """Return the dates over which a period is counted on a date: the whole week, the year so far."""
        if period is Period.WEEK:
            week = self.week_of(day)
            return (week.first, week.last) if week else None
        return (self.calendar.first, day) if self.calendar.first <= day <= self.calendar.last else None

    def judge(
        self,
        rule: Rule,
        pupil: str,
        day: date,
        codes: Codes,
        given: Iterable[Given] = (),
        kept: Kept = NOTHING,
    ) -> Verdict:
        """Return how a trigger stands for a pupil on a date.

        What is certified decides where it can: absences that reach a limb reach it whatever the other days
        were; where days not certified could reach it, it is unverified and not reached.

        Parameters
        ----------
        rule, pupil, day
            The trigger, whose, and the last date of what is counted.
        codes
            The certified code of each day.
        given
            The measures that others counted.
        kept
            For each measure dates that count, whatever code they have now.
        """
        values: dict[tuple[str, Period], float | None] = {}
        clause = rule.on(day)
        for limb in clause.limbs if clause else ():
            key = (limb.measure, limb.period)
            if limb.measure in COUNTED:
                low, high = self._counted(
                    pupil, limb.measure, limb.period, day, codes, kept.get(limb.measure, frozenset())
                )
                values[key] = low if limb.holds(low) or not limb.holds(high) else None
            else:
                values[key] = newest(given, pupil, limb.measure, limb.period, day)
        return triggers.judge(
            rule, day, values, sense=self.senses.get(rule.id) if clause and clause.senses else None,
            circumstances=self.circumstances(pupil, day),
        )  # fmt: skip

    def _there(
        self, pupil: str, span: tuple[date, date], codes: Codes, kept: AbstractSet[date]
    ) -> list[date]:
        """Return the school days of a stretch on which a pupil was enrolled, or somebody certified so.

        Dates of enrollment that are changed afterwards take no certified day away.
        """
        days = self.taught(pupil, *span)
        told = {day for day in (*codes, *kept) if span[0] <= day <= span[1]}.difference(days)
        return sorted({*days, *(day for day in told if day in self.held)}) if told else days

    def _counted(
        self, pupil: str, measure: str, period: Period, day: date, codes: Codes, kept: AbstractSet[date]
    ) -> tuple[float, float]:
        """Return the least and the most that a measure can be, given the days that nobody certified."""
        span = self.span(period, day)
        days = self._there(pupil, span, codes, kept) if span else []
        away, counted, open_ = COUNTED[measure], 0, 0
        for one in days:
            code = codes.get(one)
            if code in away or one in kept:
                counted += 1
            elif code is None and one <= day:
                open_ += 1
        if measure.endswith("_share"):
            whole = max(1, len(days))
            return 100.0 * counted / whole, 100.0 * (counted + open_) / whole
        return float(counted), float(counted + open_)


def _within(day: date, spans: Spans) -> bool:
    return any((first is None or first <= day) and (last is None or day <= last) for first, last in spans)


def newest(given: Iterable[Given], pupil: str, measure: str, period: Period, day: date) -> float | None:
    """Return the newest value of a measure up to a date; None where nobody gave one."""
    mine = [
        one
        for one in given
        if (one.pupil, one.measure, one.period) == (pupil, measure, period) and one.until <= day
    ]
    return max(mine, key=lambda one: one.until).value if mine else None


def watched(book: Rulebook, places: Iterable[str], way: Way) -> tuple[Rule, ...]:
    """Return the triggers of re-engagement that bind in some places for one way of schooling."""
    there = frozenset(places)
    return tuple(
        rule
        for rule in book.rules
        if rule.kind is Kind.TRIGGER and rule.layer in BINDING and rule.place in there and way in rule.ways
        if any(clause.then and set(clause.then) <= STEPS for clause in rule.clauses)
    )


def periods_of(rule: Rule, day: date) -> Sequence[Period]:
    """Return the periods over which a trigger counts from attendance on a date."""
    clause = rule.on(day)
    limbs = clause.limbs if clause else ()
    return [one for one in PERIODS if any(limb.period is one and limb.measure in COUNTED for limb in limbs)]
