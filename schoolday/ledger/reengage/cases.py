"""Cases: opened when a trigger was reached as things were known then, closed by deeds, never by words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from schoolday.ledger.entry import Entry
from schoolday.ledger.reengage.tiers import SHOWS
from schoolday.rules import Rule

BACK, DONE = "the trigger no longer holds", "every step is done"
"""Why a case was closed."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a case: its tier, owner and last date by the written plan, and what shows it done.

    `done` is the entry that does; `tries` are the entries of tries that did not do it.
    """

    name: str
    tier: int | None
    owner: str
    due: date | None
    done: Entry | None
    tries: tuple[Entry, ...]

    def late(self, as_of: date) -> bool:
        """Whether it is not done and its last date is over."""
        return self.done is None and self.due is not None and self.due < as_of


@dataclass(frozen=True, slots=True)
class Case:
    """One pupil's case under one rule.

    Parameters
    ----------
    id, pupil, school
        Its id, whose, at which school.
    rule, clause
        The trigger and the id of the clause that it was opened by.
    opened, period, said
        When, over which dates, and the sentence of the verdict.
    steps
        What is to do.
    marks
        Steps of the rule that are no work: to count as chronically absent.
    again
        Later periods in which the trigger was reached while the case was open.
    absent, excused
        Dates that count, of which so many have an excuse now.
    recoded
        Entries that gave a date which counted another code after the case was open. They close nothing.
    closed, why
        When, and why; None while it is open.
    """

    id: str
    pupil: str
    school: str
    rule: Rule
    clause: str
    opened: date
    period: str
    said: str
    steps: tuple[Step, ...]
    marks: tuple[str, ...]
    again: tuple[str, ...]
    absent: tuple[date, ...]
    excused: tuple[date, ...]
    recoded: tuple[Entry, ...]
    closed: date | None = None
    why: str = ""

    @property
    def open(self) -> bool:
        """Whether there is still something to do."""
        return self.closed is None

    @property
    def to_do(self) -> tuple[Step, ...]:
        """The steps of an open case that no entry shows done."""
        return tuple(step for step in self.steps if step.done is None) if self.open else ()


def work_of(steps: tuple[str, ...], planned: Mapping[str, object]) -> tuple[str, ...]:
    """Return the steps that are work: those of the clause, and those that the written plan adds."""
    return tuple(step for step in dict.fromkeys((*steps, *planned)) if step in SHOWS)
