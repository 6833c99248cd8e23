"""Rules with memory: whether a place is moved on its ladder depends on the weeks before, not on one number.

Each week is assessed with what was told by then. A step that the rules do not decide, since a number is not
known, is left where it is and said to be unverified.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import NamedTuple

from schoolday.conditions.ladder import Ladder, Range, range_of
from schoolday.conditions.readings import Assigned, Week
from schoolday.measures import bounds, triggers
from schoolday.measures.verdict import Circumstances, Found, Verdict
from schoolday.rules import Rulebook
from schoolday.rules.rule import Period

PASSED = frozenset({Found.MET, Found.NOT_BOUND, Found.NOT_IN_FORCE})
"""How a bound may stand that keeps nobody from a looser step."""


@dataclass(frozen=True, slots=True)
class Memory:
    """What must be remembered of a place: its step, since when it is assigned, and the ranges of its weeks.

    `ranges` are those of the weeks assessed so far, oldest first; None where nobody could say.
    """

    step: str
    assigned: date
    ranges: tuple[tuple[date, str | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Assessment:
    """One week of one place: what was found, and where it leaves the place.

    Parameters
    ----------
    week, range
        The week, and the step in whose range it lies.
    before, after
        The step before, and the one that the rules lead to.
    weeks_in, good, bad
        Whole weeks in the step; good weeks in a row up to this one, and bad ones.
    effective
        From when a new step is kept; None where the place stays, or where no rule says it.
    verdicts
        Every rule that was asked, with its clause.
    unverified
        Whether an unknown number, and no rule, is why it stays.
    """

    week: Week
    range: str | None
    before: str
    after: str
    weeks_in: int
    good: int
    bad: int
    effective: date | None
    verdicts: tuple[Verdict, ...]
    unverified: bool = False

    @property
    def moved(self) -> bool:
        """Whether the place was moved."""
        return self.before != self.after


def assess(
    ladder: Ladder,
    book: Rulebook,
    memory: Memory,
    week: Week,
    circumstances: Circumstances = frozenset(),
) -> Assessment:
    """Return what the rules make of one week.

    Parameters
    ----------
    ladder, book
        The ladder, and the books that hold its rules.
    memory
        What is remembered of the place before this week.
    week
        The week, as it was told.
    circumstances
        What is true of the place, by name: ``small_county``.

    Notes
    -----
    A place is moved to a stricter step before a looser one is asked for. It is never moved on what is not
    known. The state's own look at the latest days, and its right to move a place at any time, are no rules.
    """
    return _Assessing(ladder, book, memory, week, circumstances).made()


def replay(
    ladder: Ladder,
    book: Rulebook,
    start: Memory,
    weeks: Iterable[Week],
    *,
    happened: Sequence[Assigned] = (),
    circumstances: Circumstances = frozenset(),
) -> tuple[Assessment, ...]:
    """Return the assessments of a place's weeks in order.

    Parameters
    ----------
    ladder, book, circumstances
        As `assess` takes them.
    start
        The place's first step, and since when.
    weeks
        In the order in which they were told.
    happened
        Where given, each week is assessed from the step in which the place then was, so that one
        disagreement is not counted again in every later week. Left out, from the step that the rules led to.
    """
    found = []
    memory = start
    for week in weeks:
        memory = _as_it_was(memory, happened, week.told)
        one = assess(ladder, book, memory, week, circumstances)
        found.append(one)
        memory = replace(memory, ranges=(*memory.ranges, (week.told, one.range)))
        if one.moved and not happened:
            memory = replace(memory, step=one.after, assigned=week.told)
    return tuple(found)


def _as_it_was(memory: Memory, happened: Sequence[Assigned], told: date) -> Memory:
    """Return the memory with the step that the place was last moved to before a date."""
    earlier = [one for one in happened if one.told < told]
    if not earlier:
        return memory
    last = max(earlier, key=lambda one: one.told)
    return replace(memory, step=last.step, assigned=last.told)


class _Row(NamedTuple):
    """How many weeks in a row; `open` where a week that nobody knows stands before them."""

    number: int
    open: bool


@dataclass
class _Assessing:
    ladder: Ladder
    book: Rulebook
    memory: Memory
    week: Week
    circumstances: Circumstances

    def __post_init__(self) -> None:
        self.range: Range = range_of(self.ladder, self.book, self.week, self.circumstances)
        self.verdicts = list(self.range.verdicts)
        self.at = self.ladder.place(self.memory.step)
        self.weeks_in = (self.week.told - self.memory.assigned).days // 7
        here = [step for _told, step in self.memory.ranges] + [self.range.step]
        # Bad weeks count from when the place came to its step: it was not bound by this one's range before.
        since = [step for told, step in self.memory.ranges if told > self.memory.assigned] + [self.range.step]
        self.good = self._row(here, lambda place: place > self.at)
        self.bad = self._row(since, lambda place: place < self.at)

    def _row(self, steps: Sequence[str | None], wanted: Callable[[int], bool]) -> _Row:
        """Return how many of the last weeks in a row are wanted."""
        number = 0
        for step in reversed(steps):
            if step is None:
                return _Row(number, True)
            if not wanted(self.ladder.place(step)):
                break
            number += 1
        return _Row(number, False)

    def made(self) -> Assessment:
        after = self.memory.step
        place = None if self.range.step is None else self.ladder.place(self.range.step)
        unverified = place is None
        if place is not None and place < self.at:
            after, unverified = self._stricter(place)
        elif place is not None and place > self.at:
            after, unverified = self._looser()
        effective = self._effective() if after != self.memory.step else None
        return Assessment(
            self.week, self.range.step, self.memory.step, after, self.weeks_in, self.good.number,
            self.bad.number, effective, tuple(self.verdicts), unverified,
        )  # fmt: skip

    def _stricter(self, place: int) -> tuple[str, bool]:
        """Return the step that the place is moved to, and whether only something unknown holds it."""
        rule = self.book.rule(self.ladder.tighten)
        verdict = triggers.judge(
            rule, self.week.told, self._bad(float(self.bad.number)), circumstances=self.circumstances
        )
        if verdict.found is Found.NOT_REACHED and self.bad.open:
            verdict = triggers.judge(rule, self.week.told, self._bad(None), circumstances=self.circumstances)
        self.verdicts.append(verdict)
        if verdict.found is not Found.REACHED:
            return self.memory.step, verdict.found is Found.UNVERIFIED
        return self.ladder.steps[self.at - self._at_once(self.ladder.stricter_steps, self.at - place)], False

    def _bad(self, number: float | None) -> triggers.Values:
        return {("bad_weeks", Period.WEEK): number}

    def _looser(self) -> tuple[str, bool]:
        """Return the step that the place may be moved to, and whether only something unknown holds it."""
        place = self.at + self._at_once(self.ladder.looser_steps, 1)
        entered = self.ladder.steps[place]
        asked = [
            self._bound(self.ladder.wait, float(self.weeks_in)),
            self._bound(self.ladder.good, float(self.good.number), self.good.open),
        ]
        if entered in self.ladder.enter:
            rule = self.book.rule(self.ladder.enter[entered])
            asked.append(self._bound(rule.id, self.week.values.get(self.ladder.entering)))
        held = {verdict.found for verdict in asked} - PASSED
        return (self.memory.step if held else entered), held == {Found.UNVERIFIED}

    def _bound(self, rule: str, value: float | None, more: bool = False) -> Verdict:
        """Judge a bound; where the value may be larger than is known, a broken one is unverified."""
        verdict = self._judged(rule, value)
        if more and verdict.found is Found.BROKEN:
            verdict = self._judged(rule, None)
        self.verdicts.append(verdict)
        return verdict

    def _judged(self, rule: str, value: float | None) -> Verdict:
        return bounds.judge(self.book.rule(rule), self.week.told, (value,), circumstances=self.circumstances)

    def _at_once(self, rule: str, wanted: int) -> int:
        """Return how many steps a place is moved: as many as it takes, within what a rule allows at once."""
        clause = self.book.rule(rule).on(self.week.told)
        most = clause.at_most.for_(None) if clause and clause.at_most else None
        if clause is not None and most is not None:
            self._bound(rule, float(min(wanted, int(most))))
        return wanted if most is None else min(wanted, int(most))

    def _effective(self) -> date | None:
        clause = self.book.rule(self.ladder.effective).on(self.week.told)
        if clause is None or clause.within is None:
            return None
        return self.week.told + timedelta(days=int(clause.within))
