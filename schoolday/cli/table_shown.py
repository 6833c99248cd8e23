"""A table as the terminal shows it: documents, record, clocks, what is in force, and changed words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from schoolday.bargaining.clocks import Clock, next_clock
from schoolday.bargaining.in_force import InForce
from schoolday.bargaining.proposals import Proposal, Version
from schoolday.bargaining.record import (
    Assertion,
    Exchange,
    Sitting,
    SittingState,
    Table,
    Topic,
    counted,
    state,
)
from schoolday.bargaining.words import Changed, Edit, Piece
from schoolday.cli.table_sources import Sources
from schoolday.rules.events import EVENTS
from schoolday.rules.tell import tell

_MARKS = {Edit.SAME: ("", ""), Edit.REMOVED: ("[-", "-]"), Edit.ADDED: ("{+", "+}")}


def show_lines(table: Table, day: date, soonest: Clock | None) -> Iterator[str]:
    """Yield a table on a date: parties, documents with their state, and the next deadline."""
    sources = Sources()
    yield f"{table.title}, on {day.isoformat()}"
    for party in table.parties.values():
        yield f"  {party.id}: {party.name} ({party.seat.value})"
    yield ""
    yield "Documents"
    for proposal in table.proposals:
        yield from _document(table, proposal, day, sources)
    yield ""
    yield f"Meetings entered: {_counted(counted(table, day))}"
    yield _next(soonest)
    yield from sources.listed()


def _document(table: Table, proposal: Proposal, day: date, sources: Sources) -> Iterator[str]:
    yield f"  {proposal.title} ({proposal.id}; {table.name(proposal.party)})"
    change = state(table, proposal, day)
    if change is None:
        yield f"    not there yet; its first version is of {proposal.versions[0].day.isoformat()}"
        return
    for version in (one for one in proposal.versions if one.day <= day):
        known = "" if version.known else "; what it says is not known"
        yield f"    version {version.number}, {version.day.isoformat()}{known} {sources.of(version.source)}"
    by = f" by {table.name(change.by)}" if change.by else ""
    word = change.state.value.replace("_", " ")
    mark = sources.of(change.source)
    yield f"    {word}{by}, {change.day.isoformat()} (version {change.version}) {mark}"


def in_force_lines(found: InForce) -> Iterator[str]:
    """Yield what is in force on a date, its reason, and the clauses with their sources."""
    sources = Sources()
    names = ", ".join(one.version.id for one in found.holdings)
    yield f"In force on {found.day.isoformat()}: {names or 'nothing of this table'}"
    yield f"  {found.reason}"
    for holding in found.holdings:
        yield f"  {holding.version.id}: {holding.change.state.value} {sources.of(holding.change.source)}"
    if found.impasse:
        yield f"  impasse, {found.impasse.day.isoformat()} {sources.of(found.impasse.source)}"
    yield ""
    yield "What binds on that date:"
    if not found.clauses:
        yield "  no rule of the books, on what the documents speak of, stands on it"
    for rule, clause in found.clauses:
        yield f"  {rule.layer.value}, {rule.place}: {tell(rule, clause)}. {sources.clause(clause)}"
        yield f"    {clause.id}"
    yield from sources.listed()


def record_lines(
    table: Table,
    day: date,
    counts: Mapping[SittingState, int],
    passed: Sequence[Exchange],
    claims: Sequence[Topic],
) -> Iterator[str]:
    """Yield the record up to a date."""
    sources = Sources()
    yield f"{table.title}: the record up to {day.isoformat()}"
    yield ""
    yield f"Meetings entered: {_counted(counts)}. There may have been others."
    for sitting in (one for one in table.sittings if one.dated <= day):
        yield f"  {_sitting(table, sitting)} {sources.of(sitting.source)}"
    yield ""
    yield "Proposals passed and answered"
    for exchange in passed:
        yield from _exchange(table, exchange, day, sources)
    yield ""
    yield "Events"
    for event in (one for one in table.events if one.day <= day):
        by = f" by {table.name(event.by)}" if event.by else ""
        yield f"  {event.at.isoformat()}  {EVENTS[event.name].noun}{by} {sources.of(event.source)}"
    yield ""
    yield "What the parties say"
    for topic in claims:
        yield from _topic(table, topic, sources)
    yield from sources.listed()


def _sitting(table: Table, one: Sitting) -> str:
    day = one.day.isoformat() if one.day else "no date   "
    offer = f", offered on {one.offered.isoformat()}" if one.offered else ""
    answer = f", answered on {one.answered.isoformat()}" if one.answered else ""
    by = f" (asked for by {table.name(one.by)})" if one.by else ""
    return f"{day}  {one.state.value:<8}  {one.subject}{offer}{answer}{by}"


def _exchange(table: Table, one: Exchange, day: date, sources: Sources) -> Iterator[str]:
    passed = one.passed
    title = table.proposal(passed.proposal).title
    yield f"  {passed.day.isoformat()}  {passed.id}: {title} {sources.of(passed.source)}"
    if one.answer is None:
        yield f"              no answer on record up to {day.isoformat()}: {_days(one.waiting or 0)}"
        return
    answered = f"answered by {one.answer.id} on {one.answer.day.isoformat()}"
    yield f"              {answered}, after {_days(one.days or 0)} {sources.of(one.answer.source)}"


def _days(number: int) -> str:
    return f"{number} day" if number == 1 else f"{number} days"


def _topic(table: Table, topic: Topic, sources: Sources) -> Iterator[str]:
    yield f"  {topic.name}"
    for one in topic.assertions:
        yield f"    {_dated(one)}  {table.name(one.by)}: {one.said} {sources.of(one.source)}"
    for name in topic.disputed:
        told = [
            f"{one.by} {one.figures[name]:g} ({_dated(one)})"
            for one in topic.assertions
            if name in one.figures
        ]
        yield f"    they differ on {name}: {' | '.join(told)}"


def _dated(one: Assertion) -> str:
    if one.day:
        return one.day.isoformat()
    return f"after {one.after.isoformat()}" if one.after else "no date"


def clock_lines(table: Table, day: date, running: Sequence[Clock]) -> Iterator[str]:
    """Yield the clocks of a table, the next deadline first."""
    sources = Sources()
    yield f"{table.title}: the clocks on {day.isoformat()}"
    yield _next(next_clock(running))
    for clock in running:
        yield ""
        yield from _clock(clock, sources)
    yield from sources.listed()


def _clock(clock: Clock, sources: Sources) -> Iterator[str]:
    yield f"{clock.rule.title} ({clock.rule.id})"
    if clock.ended:
        mark = sources.of(clock.ended.source)
        yield f"  stopped: an agreement came on {clock.ended.day.isoformat()} {mark}"
        return
    if clock.verdict is None or clock.started is None:
        start = EVENTS[clock.rule.after].noun if clock.rule.after else EVENTS["mediator"].noun
        yield f"  does not run: {start} is not on record"
        return
    clause = clock.verdict.clause
    mark = sources.clause(clause) if clause else ""
    word = clock.verdict.found.value.replace("_", " ")
    said = clock.verdict.said.removeprefix(f"{clock.rule.title}: ").removeprefix(f"{word}: ")
    yield f"  {word}: {said} {mark}".rstrip()
    noun = EVENTS[clock.started.name].noun
    yield f"  since {clock.started.at.isoformat()}: {noun} {sources.of(clock.started.source)}"


def _next(soonest: Clock | None) -> str:
    if soonest is None or soonest.last is None or soonest.verdict is None:
        return "No deadline is ahead."
    clause = soonest.verdict.clause
    cite = f" ({clause.cite})" if clause else ""
    return f"The next deadline is {soonest.last.isoformat()}: {EVENTS[soonest.rule.due].noun}{cite}."


def words_lines(table: Table, old: Version, new: Version, changed: Sequence[Changed]) -> Iterator[str]:
    """Yield what changed between two versions, article by article."""
    sources = Sources()
    for version in (old, new):
        title = table.proposal(version.proposal).title
        yield f"{version.id}: {title}, {version.day.isoformat()} {sources.of(version.source)}"
    if any(one.told for one in changed):
        yield "Where a document's own text is not here, the rules' sentences stand for it (marked “told”)."
    unread = [version.id for version in (old, new) if not version.known]
    if unread:
        yield f"Nobody here has read what {' and '.join(unread)} says, so no words can be compared."
    elif not changed:
        yield "Neither has a text or a rule here, so no words can be compared."
    for one in changed:
        yield ""
        yield f"{one.key}: {one.title}{' (told)' if one.told else ''}{' (no change)' if one.same else ''}"
        marks = "".join(dict.fromkeys(sources.clause(clause) for clause in one.clauses))
        yield f"  {' '.join(_marked(piece) for piece in one.pieces)} {marks}".rstrip()
    yield from sources.listed()


def _marked(piece: Piece) -> str:
    first, last = _MARKS[piece.edit]
    return f"{first}{piece.text}{last}"


def _counted(counts: Mapping[SittingState, int]) -> str:
    return ", ".join(f"{counts[one]} {one.value}" for one in SittingState)
