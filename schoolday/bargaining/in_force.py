"""What is in force on a date, with its reason: also where nothing is agreed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from schoolday.bargaining.proposals import HOLDING, Change, Proposal, State, Version
from schoolday.bargaining.record import Event, Table, exchanges, settled
from schoolday.rules import Clause, Layer, Rule, Rulebook, Way
from schoolday.rules.tell import tell_dates

_WHY = {
    State.RATIFIED: "it was ratified",
    State.AGREED: "the parties agreed to it",
    State.TEMPORARY: "the parties agreed to it for these dates alone",
    State.IMPOSED: "it was put in force without an agreement",
}

_LAW = frozenset({Layer.LAW, Layer.ORDER})


@dataclass(frozen=True, slots=True)
class Holding:
    """A document that is in force on a date: the version, the change that put it in force, and since when."""

    proposal: Proposal
    version: Version
    change: Change


@dataclass(frozen=True, slots=True)
class InForce:
    """What is in force on a date.

    Parameters
    ----------
    day
        The date.
    holdings
        The documents in force, the one that began last first; none where nothing of the table's stands.
    reason
        Why it is so, in one sentence: an agreement, a plan put in force without one, an impasse.
    impasse
        The impasse that was declared and is not over, or None.
    clauses
        What the rules say on that date: those of the documents in force, and the law either way.
    """

    day: date
    holdings: tuple[Holding, ...]
    reason: str
    impasse: Event | None
    clauses: tuple[tuple[Rule, Clause], ...]


def in_force(table: Table, rulebook: Rulebook, day: date) -> InForce:
    """Return what is in force on a date, with the reason; there always is an answer."""
    holdings = tuple(sorted(_holdings(table, day), key=_newest_first))
    impasse = impasse_on(table, day)
    reason = _held(table, holdings[0], impasse) if holdings else _nothing(table, day, impasse)
    if holdings and _lapsed(rulebook, holdings[0].version, day):
        reason += " But no clause of its books stands on this date, so it binds nobody."
    return InForce(day, holdings, reason, impasse, tuple(_clauses(table, rulebook, day, holdings)))


def _lapsed(rulebook: Rulebook, version: Version, day: date) -> bool:
    """Whether a version has clauses in books, and none of them stands on a date."""
    own = [rule for rule in rulebook.rules if rule.book in version.books]
    return bool(own) and all(rule.on(day) is None for rule in own)


def impasse_on(table: Table, day: date) -> Event | None:
    """Return the impasse that stands on a date; an agreement that came after it has ended it."""
    declared = [event for event in table.events if event.name == "impasse" and event.day <= day]
    if not declared:
        return None
    last = max(declared, key=lambda one: one.day)
    return None if settled(table, last.day, day) else last


def _holdings(table: Table, day: date) -> Iterator[Holding]:
    for proposal in table.own():
        change = _last_word(proposal, day)
        if change is not None:
            yield Holding(proposal, proposal.version(change.version), change)


def _last_word(proposal: Proposal, day: date) -> Change | None:
    """Return the last change that puts a document in force on a date, unless it has been withdrawn since."""
    changes = sorted(proposal.changes, key=lambda one: one.day)
    ends = (place for place, one in enumerate(changes) if one.state is State.WITHDRAWN and one.day <= day)
    since = max(ends, default=-1) + 1
    return next((one for one in reversed(changes[since:]) if one.holds(day)), None)


def _newest_first(holding: Holding) -> tuple[int, int]:
    first = holding.change.first or date.min
    return -first.toordinal(), HOLDING.index(holding.change.state)


def _held(table: Table, holding: Holding, impasse: Event | None) -> str:
    change = holding.change
    assert change.first is not None
    said = f"“{holding.proposal.title}” is in force {tell_dates(change.first, change.last)}: "
    who = f" by {table.name(change.by)}" if change.state is State.IMPOSED and change.by else ""
    why = f"{said}{_WHY[change.state]}{who}"
    if change.state in (State.IMPOSED, State.TEMPORARY) and impasse:
        return f"{why}. {_impasse(table, impasse)}, and no agreement on record has ended it."
    return f"{why}."


def _impasse(table: Table, impasse: Event) -> str:
    by = f" by {table.name(impasse.by)}" if impasse.by else ""
    return f"Impasse was declared on {impasse.day.isoformat()}{by}"


def _nothing(table: Table, day: date, impasse: Event | None) -> str:
    if impasse:
        return f"Nothing is agreed or put in force for this date. {_impasse(table, impasse)}. The law binds."
    passed = exchanges(table, day)
    if not passed:
        return "No document had been passed at this table, so nothing of it is in force. The law binds."
    last = passed[-1].passed
    title = table.proposal(last.proposal).title
    return (
        f"Nothing is agreed: the last document passed was “{title}” ({last.id}) on {last.day.isoformat()}. "
        "The law binds."
    )


def _clauses(
    table: Table, rulebook: Rulebook, day: date, holdings: tuple[Holding, ...]
) -> Iterator[tuple[Rule, Clause]]:
    books = {name for holding in holdings for name in holding.version.books}
    own = [(rule, rule.on(day)) for rule in rulebook.rules if rule.book in books]
    yield from ((rule, clause) for rule, clause in own if clause is not None)
    spoken = _spoken(table, rulebook)
    for rule, clause in rulebook.on(day, frozenset(table.places), _LAW).pairs:
        if rule.book not in books and any((rule.measure, way) in spoken for way in rule.ways):
            yield rule, clause


def _spoken(table: Table, rulebook: Rulebook) -> set[tuple[str, Way]]:
    """Return what the documents speak of: each measure with each way of schooling."""
    books = _books(table)
    own = [rule for rule in rulebook.rules if rule.book in books and rule.measure]
    spoken = {(rule.measure, way) for rule in own for way in rule.ways}
    # Who bargains over live minutes has to know that the law wants a live meeting, and no number of minutes.
    return spoken | {("live_meetings", way) for measure, way in spoken if measure == "live_minutes"}


def _books(table: Table) -> set[str]:
    return {name for one in table.proposals for version in one.versions for name in version.books}
