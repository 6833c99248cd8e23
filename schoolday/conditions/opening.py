"""From when a county's step opens its schools, by the rules on reopening."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from schoolday.conditions.ladder import Ladder
from schoolday.conditions.readings import Assigned
from schoolday.measures import triggers
from schoolday.measures.verdict import Found, Verdict
from schoolday.rules import Rulebook
from schoolday.rules.rule import Period

DAYS_IN_RED = "ca.reopening.red"
YEAR = timedelta(days=400)
"""No run of days that a rule asks for is longer."""


@dataclass(frozen=True, slots=True)
class Opened:
    """From when schools may open: the day a looser step was assigned, was kept, and opened the schools.

    `eligible` is None where the place was back in the strictest step before, or no rule says it.
    """

    assigned: date
    effective: date | None
    eligible: date | None
    verdict: Verdict | None


def eligible(ladder: Ladder, book: Rulebook, assigned: Sequence[Assigned]) -> tuple[Opened, ...]:
    """Return each time that a place left the strictest step, with the four dates kept apart.

    Parameters
    ----------
    ladder, book
        The ladder, and the books.
    assigned
        The steps of one place, in the order in which they were told.
    """
    found = []
    for number, one in enumerate(assigned):
        loose = ladder.place(one.step) > 0
        came = number == 0 or ladder.place(assigned[number - 1].step) == 0
        if loose and came:
            back = next((later for later in assigned[number:] if ladder.place(later.step) == 0), None)
            found.append(_opened(ladder, book, one, kept(ladder, book, back) if back else None))
    return tuple(found)


def _opened(ladder: Ladder, book: Rulebook, one: Assigned, until: date | None) -> Opened:
    """Return the dates of one stay above the strictest step, which ends before `until`."""
    start = kept(ladder, book, one)
    rule = book.rule(DAYS_IN_RED)
    for number in range(YEAR.days):
        day = one.told + timedelta(days=number)
        if until is not None and day >= until:
            break
        verdict = triggers.judge(rule, day, {("days_in_red", Period.DAY): float(number)})
        if verdict.found is Found.REACHED:
            return Opened(one.told, start, day, verdict)
        if verdict.found is not Found.NOT_REACHED:
            break
    return Opened(one.told, start, None, None)


def kept(ladder: Ladder, book: Rulebook, one: Assigned) -> date | None:
    """Return from when a step is kept: as it is on record, or within what the rule says."""
    if one.effective is not None:
        return one.effective
    clause = book.rule(ladder.effective).on(one.told)
    return one.told + timedelta(days=int(clause.within)) if clause and clause.within is not None else None
