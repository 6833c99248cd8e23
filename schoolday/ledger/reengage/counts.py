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
from schoolday.ledger.reengage.watch import COUNTED, NOTHING, Given, Kept, Watch, newest, periods_of
from schoolday.measures import triggers
from schoolday.measures.verdict import Found
from schoolday.rules import Clause, Rule
from schoolday.rules.rule import Limb, Period

NO_DAYS: AbstractSet[date] = frozenset()


@dataclass
class Dated:
    """One trigger, and which clause of it stands on a date, looked up once a date and kept."""

    rule: Rule
    _clauses: dict[date, Clause | None] = field(default_factory=dict)
    _periods: dict[date, Sequence[Period]] = field(default_factory=dict)

    def on(self, day: date) -> Clause | None:
        """Return the clause that stands on a date, or None."""
        if day not in self._clauses:
            self._clauses[day] = self.rule.on(day)
        return self._clauses[day]

    def periods(self, day: date) -> Sequence[Period]:
        """Return the periods over which it counts from attendance on a date."""
        if day not in self._periods:
            self._periods[day] = periods_of(self.rule, day)
        return self._periods[day]


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
    """

    pupil: str
    watch: Watch
    known: Known
    given: Sequence[Given]

    def __post_init__(self) -> None:
        self._taught = self.watch.days_of(self.pupil)

    def found(self, dated: Dated, day: date, kept: Kept = NOTHING) -> Found:
        """Return how a trigger stands on a date; `kept` are dates that count whatever code they have now."""
        clause = dated.on(day)
        if clause is None:
            return Found.NOT_IN_FORCE
        if clause.unless and not self.watch.circumstances(self.pupil, day).isdisjoint(clause.unless):
            return Found.NOT_BOUND
        reading = clause.sense(self.watch.senses.get(dated.rule.id, "") if clause.senses else "")
        values = {(limb.measure, limb.period): self._value(limb, day, kept) for limb in clause.limbs}
        return triggers.decide([clause.limbs[place] for place in reading.limbs], values)

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

    def _value(self, limb: Limb, day: date, kept: Kept) -> float | None:
        if limb.measure not in COUNTED:
            return newest(self.given, self.pupil, limb.measure, limb.period, day)
        span = self.watch.span(limb.period, day)
        if span is None:
            return 0.0
        also = kept.get(limb.measure, NO_DAYS)
        number = self._counted(COUNTED[limb.measure], span, also)
        whole = max(1, self.taught(*span)) if limb.measure.endswith("_share") else 0
        low = _measured(number, whole)
        if limb.holds(low):
            return low
        codes = self.known.codes
        # What is not certified decides only here, so only here it is counted day by day.
        open_ = sum(
            1 for one in self._days(span[0], min(day, span[1])) if one not in codes and one not in also
        )
        return None if open_ and limb.holds(_measured(number + open_, whole)) else low

    def _counted(self, away: AbstractSet[str], span: tuple[date, date], kept: AbstractSet[date]) -> int:
        codes, there, number = self.known.codes, self._taught.there, 0
        for day in self.known.off | kept if kept else self.known.off:
            if span[0] <= day <= span[1] and day in there and (day in kept or codes.get(day) in away):
                number += 1
        return number


def _measured(number: int, whole: int) -> float:
    """Return a count of days, or the share of a whole in percent."""
    return 100.0 * number / whole if whole else float(number)
