"""The clocks of the table: impasse, mediation and fact-finding, each with its deadline and its citation.

The deadlines are rules of the books (`ca.bargaining.*` in California); nothing is counted here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from schoolday.bargaining.proposals import Change
from schoolday.bargaining.record import Event, Table, settled
from schoolday.calendar.counting import Count, between, day_of
from schoolday.measures import deadlines, triggers
from schoolday.measures.verdict import Circumstances, Found, Verdict
from schoolday.rules import Kind, Layer, Period, Rule, Rulebook
from schoolday.rules.events import EVENTS, STEPS

_LAYERS = frozenset({Layer.LAW, Layer.ORDER, Layer.AGREEMENT})
_SINCE_MEDIATOR = "days_since_mediator"


@dataclass(frozen=True, slots=True)
class Clock:
    """One deadline or right of the table, and how it stands.

    Parameters
    ----------
    rule
        The rule it follows from.
    started
        The event that started it, or None while it does not run.
    verdict
        How it stands, with the clause and its citation; None while it does not run.
    last
        The last date or moment in time, or None where there is none or the calendar does not reach it.
    ended
        The agreement that stopped it, or None. A clock that was stopped has no verdict.
    """

    rule: Rule
    started: Event | None
    verdict: Verdict | None
    last: date | datetime | None = None
    ended: Change | None = None

    @property
    def waiting(self) -> bool:
        """Whether something is still due in time."""
        return self.verdict is not None and self.verdict.found is Found.WAITING


def clocks(
    table: Table,
    rulebook: Rulebook,
    day: date,
    *,
    zone: tzinfo | None = None,
    circumstances: Circumstances = frozenset(),
) -> tuple[Clock, ...]:
    """Return every clock of a table on a date, those that do not run included.

    Parameters
    ----------
    table, rulebook
        The table, and the rules that hold its deadlines.
    day
        The date of the question. Later events are left out.
    zone
        The zone in which hours of a date are read; None leaves them undecided.
    circumstances
        What is true at the table, by name (`schoolday.rules.events.CIRCUMSTANCES`): ``uncertified``.
    """
    events = [event for event in table.events if event.day <= day]
    found = []
    for rule in _rules(rulebook, table):
        if rule.kind is Kind.DEADLINE:
            found.append(_deadline(table, rule, events, day, zone, circumstances))
        else:
            found.append(_trigger(table, rule, events, day, circumstances))
    return tuple(found)


def next_clock(some: Iterable[Clock]) -> Clock | None:
    """Return the clock whose last date comes first among those that wait, or None where none waits."""
    waiting = [one for one in some if one.waiting and one.last is not None]
    return min(waiting, key=lambda one: day_of(one.last) if one.last else date.max, default=None)


def _rules(rulebook: Rulebook, table: Table) -> Iterator[Rule]:
    for rule in rulebook.rules:
        if rule.place in table.places and rule.layer in _LAYERS and _of_the_table(rule):
            yield rule


def _of_the_table(rule: Rule) -> bool:
    if rule.kind is Kind.DEADLINE:
        return EVENTS[rule.after].about == "table"
    steps = [step for clause in rule.clauses for step in clause.then]
    return rule.kind is Kind.TRIGGER and any(STEPS[step].about == "table" for step in steps)


def _deadline(
    table: Table,
    rule: Rule,
    events: list[Event],
    day: date,
    zone: tzinfo | None,
    circumstances: Circumstances,
) -> Clock:
    started = _latest(events, rule.after)
    if started is None:
        return Clock(rule, None, None)
    ended = _ended(table, started, day)
    if ended:
        return Clock(rule, started, None, ended=ended)
    due = next((one for one in events if one.name == rule.due and one.day >= started.day), None)
    verdict = deadlines.judge(
        rule,
        table.calendar,
        started.at,
        due.at if due else None,
        day,
        zone=zone,
        circumstances=circumstances,
    )
    last = verdict.inputs.get("last")
    return Clock(rule, started, verdict, last if isinstance(last, date) else None)


def _trigger(table: Table, rule: Rule, events: list[Event], day: date, circumstances: Circumstances) -> Clock:
    started = _latest(events, "mediator")
    if started is None:
        return Clock(rule, None, None)
    ended = _ended(table, started, day)
    if ended:
        return Clock(rule, started, None, ended=ended)
    days = between(table.calendar, started.day, day, Count.CALENDAR)
    values = {(_SINCE_MEDIATOR, Period.DAY): days}
    return Clock(rule, started, triggers.judge(rule, day, values, circumstances=circumstances))


def _ended(table: Table, started: Event, day: date) -> Change | None:
    """Return the agreement that stopped a clock of a dispute; a new subject is made public either way."""
    return None if started.name == "subject_raised" else settled(table, started.day, day)


def _latest(events: list[Event], name: str) -> Event | None:
    return max((one for one in events if one.name == name), key=lambda one: one.day, default=None)
