"""Screen: which triggers a pupil's absences could reach at all, so that only those are replayed.

Counted generously: a day counts that anybody ever certified as away, whatever was said of it before or later.
Who does not reach a trigger so reaches it at no moment of a replay.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.reengage.tiers import WrittenPlan
from schoolday.ledger.reengage.watch import COUNTED, Watch
from schoolday.rules import Rule
from schoolday.rules.rule import Limb, Period

COUNTING = frozenset[str]().union(*COUNTED.values())
"""Codes that count in any measure."""


@dataclass(frozen=True)
class Screen:
    """What could be reached on a ground: the triggers that are watched, from how many days on.

    Parameters
    ----------
    rules
        The triggers.
    watch
        The calendar, and who was enrolled when.
    plan
        From how many days taught on a rule of the whole year is watched.
    """

    rules: Sequence[Rule]
    watch: Watch
    plan: WrittenPlan

    def reachable(self, entries: Iterable[Entry]) -> dict[str, list[Rule]]:
        """Return for each pupil the triggers that the absences among some entries could reach."""
        away: dict[str, list[Entry]] = {}
        for entry in entries:
            # The code first: nearly every entry is of somebody present, and is passed over by this alone.
            if entry.code in COUNTING and entry.kind is EntryKind.ATTENDANCE:
                away.setdefault(entry.pupil, []).append(entry)
        found = {pupil: self._of(pupil, some) for pupil, some in away.items()}
        return {pupil: rules for pupil, rules in found.items() if rules}

    def _of(self, pupil: str, away: Iterable[Entry]) -> list[Rule]:
        taught = self.watch.days_of(pupil)
        there = {(entry.day, entry.code) for entry in away if entry.day in taught.there}
        days = {
            measure: sorted({day for day, code in there if code in codes})
            for measure, codes in COUNTED.items()
        }
        return [rule for rule in self.rules if self._reaches(rule, taught.days, days)]

    def _reaches(self, rule: Rule, taught: Sequence[date], days: Mapping[str, Sequence[date]]) -> bool:
        limbs = [limb for clause in rule.clauses for limb in clause.limbs if limb.measure in COUNTED]
        # A weekly limb is looked at from the first day on, and so is all that stands beside it.
        weekly = any(limb.period is Period.WEEK for limb in limbs)
        least = 1 if weekly else max(1, self.plan.watched_from(rule.id))
        return any(limb.holds(0.0) or self._holds(limb, taught, days[limb.measure], least) for limb in limbs)

    def _holds(self, limb: Limb, taught: Sequence[date], days: Sequence[date], least: int) -> bool:
        if not days:
            return False
        share = limb.measure.endswith("_share")
        if limb.period is Period.WEEK:
            return any(limb.holds(value) for value in self._weeks(taught, days, share))
        if not share:
            return limb.holds(float(len(days)))
        # The share is at its highest on a day away itself: until the next one it only falls.
        highest = max(
            100.0 * number / max(least, bisect_right(taught, day)) for number, day in enumerate(days, 1)
        )
        return limb.holds(highest)

    def _weeks(self, taught: Sequence[date], days: Sequence[date], share: bool) -> Iterable[float]:
        weeks = Counter(week for day in days if (week := self.watch.week_of(day)))
        for week, number in weeks.items():
            whole = bisect_right(taught, week.last) - bisect_left(taught, week.first)
            yield 100.0 * number / max(1, whole) if share else float(number)
