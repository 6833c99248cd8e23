"""Counts: how a trigger stands for one pupil at a moment of a replay, without the sentence that tells it.

`schoolday.ledger.reengage.watch.Watch.judge` says the same with words, day by day; a property test holds one
against the other through whole replays.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from datetime import date

from schoolday.ledger.reengage.known import Known
from schoolday.ledger.reengage.watch import COUNTED, Given, Kept, Watch, newest, periods_of
from schoolday.measures import triggers
from schoolday.measures.verdict import Verdict
from schoolday.rules import Clause, Rule
from schoolday.rules.rule import Limb, Period

NO_DAYS: AbstractSet[date] = frozenset()


Values = tuple[float | None, ...]
"""A value for each limb of a clause; None where nobody knows."""


@dataclass(frozen=True, slots=True)
class Counting:
    """One limb, and how it is counted: which codes count, in its week or in the year so far, as a share."""

    limb: Limb
    away: frozenset[str] | None
    share: bool

    @classmethod
    def of(cls, limb: Limb) -> Counting:
        """Return how a limb is counted; `away` is None where others count it."""
        return cls(limb, COUNTED.get(limb.measure), limb.measure.endswith("_share"))


@dataclass(frozen=True)
class Read:
    """A clause as it is read on a date: its limbs that count, and over which periods."""

    clause: Clause
    limbs: tuple[Counting, ...]
    periods: Sequence[Period]
    yearly: bool


@dataclass
class Dated:
    """One trigger in a sense, and how it is read on a date, looked up once a date and kept."""

    rule: Rule
    sense: str = ""
    _read: dict[date, Read | None] = field(default_factory=dict)
    _said: dict[tuple[str, Values], Verdict] = field(default_factory=dict)

    def on(self, day: date) -> Read | None:
        """Return how the clause is read that stands on a date, or None where none does."""
        if day not in self._read:
            clause = self.rule.on(day)
            self._read[day] = self._made(clause, day) if clause else None
        return self._read[day]

    def periods(self, day: date) -> Sequence[Period]:
        """Return the periods over which it counts from attendance on a date."""
        read = self.on(day)
        return read.periods if read else ()

    def verdict(self, read: Read, day: date, values: Values) -> Verdict:
        """Return what is said of values; the same values are told in the same words."""
        key = read.clause.id, values
        if key not in self._said:
            limbs = ((limb.measure, limb.period) for limb in read.clause.limbs)
            sense = (self.sense or None) if read.clause.senses else None
            named = dict(zip(limbs, values, strict=True))
            self._said[key] = triggers.judge(self.rule, day, named, sense=sense)
        return self._said[key]

    def _made(self, clause: Clause, day: date) -> Read:
        reading, periods = clause.sense(self.sense if clause.senses else ""), periods_of(self.rule, day)
        limbs = tuple(Counting.of(clause.limbs[place]) for place in reading.limbs)
        return Read(clause, limbs, periods, Period.YEAR in periods)


@dataclass
class Counts:
    """One pupil's counts, from what is known so far.

    Parameters
    ----------
    pupil, watch
        Whose, and the ground on which they are counted.
    known
        The codes as they stand, told entry by entry.
    given
        The measures that others counted.
    also
        School days outside the enrollment of which anything was ever certified. They are days taught as long
        as they are certified: dates of enrollment that are changed afterwards take no certified day away.
    """

    pupil: str
    watch: Watch
    known: Known
    given: Sequence[Given]
    also: AbstractSet[date] = NO_DAYS

    def __post_init__(self) -> None:
        self._taught = self.watch.days_of(self.pupil)

    def reached(self, dated: Dated, day: date) -> bool:
        """Whether a trigger is reached on a date by what is certified."""
        read = dated.on(day)
        if read is None or self._excused(read, day):
            return False
        return any(one.limb.holds(low) for one in read.limbs if (low := self._low(one, day)) is not None)

    def verdict(self, dated: Dated, day: date) -> Verdict | None:
        """Return how a trigger that is reached on a date is told; None where no clause stands."""
        read = dated.on(day)
        if read is None:
            return None
        values = (self._value(Counting.of(limb), day) for limb in read.clause.limbs)
        return dated.verdict(read, day, tuple(values))

    def fallen(self, dated: Dated, day: date, kept: Kept) -> bool:
        """Whether a trigger surely does not hold on a date, whatever the days are that nobody certified.

        `kept` are for each measure dates that count, whatever code they have now.
        """
        read = dated.on(day)
        if read is None or self._excused(read, day):
            return False
        return not any(self._may_hold(one, day, kept) for one in read.limbs)

    def _excused(self, read: Read, day: date) -> bool:
        unless = read.clause.unless
        return bool(unless) and not self.watch.circumstances(self.pupil, day).isdisjoint(unless)

    def _low(self, one: Counting, day: date, also: AbstractSet[date] = NO_DAYS) -> float | None:
        """Return what a limb is by the days that count; None where others count and nobody has."""
        if one.away is None:
            return newest(self.given, self.pupil, one.limb.measure, one.limb.period, day)
        span = self.watch.span(one.limb.period, day)
        return _measured(self._counted(one.away, span, also) if span else 0, self._whole(one, span, also))

    def _value(self, one: Counting, day: date) -> float | None:
        """Return a limb's value, or None where days that nobody certified could change what is said of it."""
        low = self._low(one, day)
        if low is None or one.limb.holds(low) or not self._may_hold(one, day, {}):
            return low
        return None

    def _may_hold(self, one: Counting, day: date, kept: Kept) -> bool:
        """Whether a limb is reached if all days that nobody certified were days away; what is unknown may."""
        also = kept.get(one.limb.measure, NO_DAYS)
        low, span = self._low(one, day, also), self.watch.span(one.limb.period, day)
        if low is None or one.limb.holds(low):
            return True
        if one.away is None or span is None:
            return False
        codes, days = self.known.codes, self._days(span[0], min(day, span[1]))
        # What nobody certified is counted day by day only here, where it decides.
        open_ = sum(1 for other in days if other not in codes and other not in also)
        whole = self._whole(one, span, also)
        return one.limb.holds(_measured(self._counted(one.away, span, also) + open_, whole))

    def _whole(self, one: Counting, span: tuple[date, date] | None, kept: AbstractSet[date]) -> int:
        if not one.share:
            return 0
        if span is None:
            return 1
        codes, (first, last) = self.known.codes, span
        more = sum(1 for day in self.also if first <= day <= last and (day in codes or day in kept))
        return max(1, self.taught(first, last) + more)

    def whole(self, first: date, last: date) -> bool:
        """Whether every school day of a stretch is certified."""
        return all(day in self.known.codes for day in self._days(first, last))

    def taught(self, first: date, last: date) -> int:
        """Return the number of school days of a stretch on which the pupil was enrolled."""
        days = self._taught.days
        return bisect_right(days, last) - bisect_left(days, first)

    def _days(self, first: date, last: date) -> Sequence[date]:
        days = self._taught.days
        return days[bisect_left(days, first) : bisect_right(days, last)]

    def _counted(self, away: AbstractSet[str], span: tuple[date, date], kept: AbstractSet[date]) -> int:
        codes, there, number = self.known.codes, self.watch.held, 0
        first, last = span
        for day in self.known.off | kept if kept else self.known.off:
            if first <= day <= last and day in there and (day in kept or codes.get(day) in away):
                number += 1
        return number


def _measured(number: int, whole: int) -> float:
    """Return a count of days, or the share of a whole in percent."""
    return 100.0 * number / whole if whole else float(number)
