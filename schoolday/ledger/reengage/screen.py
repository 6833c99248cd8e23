"""Screen: which triggers a pupil's absences could reach at all, so that only those are replayed.

Counted generously: a day counts that anybody ever certified as away, whatever was said of it before or later,
and whether the pupil was enrolled on it or not.
Who does not reach a trigger so reaches it at no moment of a replay.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from schoolday.calendar.periods import Stretch
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.reengage.tiers import WrittenPlan
from schoolday.ledger.reengage.watch import COUNTED, Watch
from schoolday.rules import Rule
from schoolday.rules.rule import Limb, Period

COUNTING = frozenset[str]().union(*COUNTED.values())
"""Codes that count in any measure."""


class _Days:
    """The days away of one pupil by what counts: in order, and how many in each week of how many taught."""

    def __init__(self, away: Iterable[Entry], taught: Sequence[date], watch: Watch) -> None:
        self.taught = taught
        self._week_of = watch.week_of
        self._by_code: dict[str, set[date]] = {}
        for entry in away:
            if entry.day in watch.held:
                self._by_code.setdefault(entry.code, set()).add(entry.day)
        self._days: dict[frozenset[str], list[date]] = {}
        self._weeks: dict[frozenset[str], list[tuple[int, int]]] = {}

    def days(self, codes: frozenset[str]) -> list[date]:
        """Return the days of some codes."""
        if codes not in self._days:
            some = [days for code, days in self._by_code.items() if code in codes]
            self._days[codes] = sorted(set().union(*some))
        return self._days[codes]

    def weeks(self, codes: frozenset[str]) -> list[tuple[int, int]]:
        """Return for each week with such a day how many there are, and of how many taught."""
        if codes not in self._weeks:
            found: list[tuple[int, int]] = []
            last: Stretch | None = None
            for day in self.days(codes):
                week = self._week_of(day)
                if week is not None and week is last:
                    found[-1] = (found[-1][0] + 1, found[-1][1])
                elif week is not None:
                    found.append((1, self._whole(week)))
                last = week or last
            self._weeks[codes] = found
        return self._weeks[codes]

    def _whole(self, week: Stretch) -> int:
        return max(1, bisect_right(self.taught, week.last) - bisect_left(self.taught, week.first))


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
        days = _Days(away, self.watch.days_of(pupil).days, self.watch)
        return [
            rule
            for rule, least, limbs in self._limbs
            if any(limb.holds(0.0) or _holds(limb, days, least) for limb in limbs)
        ]

    @cached_property
    def _limbs(self) -> list[tuple[Rule, int, list[Limb]]]:
        return [(rule, *self._watched(rule)) for rule in self.rules]

    def _watched(self, rule: Rule) -> tuple[int, list[Limb]]:
        """Return from how many days on a trigger is looked at, and its limbs that are counted."""
        limbs = [limb for clause in rule.clauses for limb in clause.limbs if limb.measure in COUNTED]
        # A weekly limb is looked at from the first day on, and so is all that stands beside it.
        weekly = any(limb.period is Period.WEEK for limb in limbs)
        return 1 if weekly else max(1, self.plan.watched_from(rule.id)), limbs


def _holds(limb: Limb, days: _Days, least: int) -> bool:
    codes, share = COUNTED[limb.measure], limb.measure.endswith("_share")
    if limb.period is Period.WEEK:
        return any(
            limb.holds(100.0 * number / whole if share else number) for number, whole in days.weeks(codes)
        )
    counted = days.days(codes)
    if not share:
        return limb.holds(float(len(counted)))
    # The share is at its highest on a day away itself: until the next one it only falls.
    return any(
        limb.holds(100.0 * number / max(least, bisect_right(days.taught, day)))
        for number, day in enumerate(counted, 1)
    )
