"""The record of the table: sittings, events and assertions, and what can be counted from them.

Where parties count differently, each count stays with the party that made it. The record adds what it
counts itself and calls none of them the truth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from schoolday.bargaining.proposals import Change, Party, Proposal, Seat, Source, State, Version
from schoolday.calendar.counting import Count, Moment, between, day_of
from schoolday.calendar.days import Calendar


class SittingState(StrEnum):
    """How far a sitting came."""

    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    HELD = "held"


@dataclass(frozen=True, slots=True)
class Sitting:
    """A meeting of the table.

    Parameters
    ----------
    state, subject
        How far it came, and what it was about.
    by
        The id of the party that offered it, or an empty string where that is not known.
    day
        The date it was for; None where only the offer's date is known.
    offered, answered
        When it was offered and when that was answered, where known.
    """

    state: SittingState
    by: str
    subject: str
    source: Source
    day: date | None = None
    offered: date | None = None
    answered: date | None = None

    @property
    def dated(self) -> date:
        """The date it stands under in the record: its own, else that of the offer."""
        return self.day or self.offered or date.min


@dataclass(frozen=True, slots=True)
class Event:
    """Something that starts or stops a clock: a name of `schoolday.rules.events.EVENTS`.

    `at` is its date, or its moment with the time zone where a clock counts hours.
    """

    at: Moment
    name: str
    by: str
    source: Source

    @property
    def day(self) -> date:
        """The date of it."""
        return day_of(self.at)


@dataclass(frozen=True, slots=True)
class Assertion:
    """A claim by a named party, kept as that party made it.

    Parameters
    ----------
    day, after, by
        When it was made; where its paper does not say, None and the date that it cannot be older than, if
        that is known; and the id of the party.
    topic
        What it is about; claims on one topic stand side by side.
    said
        The claim in one sentence.
    figures
        The numbers in it, each by what it counts. The same name in two claims is the same thing counted.
    """

    day: date | None
    by: str
    topic: str
    said: str
    source: Source
    figures: Mapping[str, float] = field(default_factory=dict)
    after: date | None = None

    @property
    def earliest(self) -> date:
        """The earliest date that it can be of; the last of all where nothing is known."""
        return self.day or self.after or date.max

    def made(self, day: date) -> bool:
        """Whether it can have been made by a date; one of which no date is known may always have been."""
        return self.earliest <= day or self.earliest == date.max


@dataclass(frozen=True, slots=True)
class Topic:
    """All claims on one thing, in the order of dates; `disputed` names the figures that differ."""

    name: str
    assertions: tuple[Assertion, ...]
    disputed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Exchange:
    """A version passed across the table and what answered it.

    `days` are the calendar days between them; None while nothing has answered, and `waiting` then counts
    them up to the date that was asked about.
    """

    passed: Version
    answer: Version | None
    days: int | None
    waiting: int | None = None


@dataclass(frozen=True)
class Table:
    """Everything that one table's files hold.

    Parameters
    ----------
    id, title, places
        Its id and title, and the places whose rules bind it, from state to district.
    parties
        Who sits at it, and the neighbours that are looked at, by id.
    calendar
        The dates that clocks count on: its holidays are the weekdays on which nobody works.
    proposals
        The documents, those of neighbours included.
    sittings, events, assertions
        The record, each in the order of dates.
    """

    id: str
    title: str
    places: tuple[str, ...]
    parties: Mapping[str, Party]
    calendar: Calendar
    proposals: tuple[Proposal, ...] = ()
    sittings: tuple[Sitting, ...] = ()
    events: tuple[Event, ...] = ()
    assertions: tuple[Assertion, ...] = ()

    def name(self, party: str) -> str:
        """Return a party's name; a document without one is of both sides."""
        return self.parties[party].name if party else "both sides"

    def proposal(self, name: str) -> Proposal:
        """Return a document by id; KeyError in words if there is none."""
        for proposal in self.proposals:
            if proposal.id == name:
                return proposal
        there = ", ".join(proposal.id for proposal in self.proposals) or "none"
        raise KeyError(f"no document is called {name!r}; there are {there}")

    def version(self, name: str) -> Version:
        """Return a version by its id, such as ``district/2``; KeyError in words if there is none."""
        document, _, number = name.rpartition("/")
        if not number.isdigit():
            raise KeyError(f"{name!r} is no version; write the document and the number: district/2")
        return self.proposal(document).version(int(number))

    def own(self) -> tuple[Proposal, ...]:
        """Return the documents of this table, neighbours' left out."""
        neighbours = {one.id for one in self.parties.values() if one.seat is Seat.NEIGHBOUR}
        return tuple(one for one in self.proposals if one.party not in neighbours)

    def places_of(self, proposal: Proposal) -> tuple[str, ...]:
        """Return the places whose law judges a document: those of its party, or of the table for both's."""
        return self.parties[proposal.party].places if proposal.party else self.places


def exchanges(table: Table, day: date | None = None) -> tuple[Exchange, ...]:
    """Return every version passed at the table with its answer, in the order of dates.

    Parameters
    ----------
    table
        The table.
    day
        The date on which it is asked: later versions are left out, and waiting is counted up to it.
    """
    versions = [one for document in table.own() for one in document.versions if day is None or one.day <= day]
    versions.sort(key=lambda one: (one.day, one.id))
    answers: dict[str, Version] = {}
    for version in versions:
        answers.setdefault(version.answers, version)
    return tuple(
        _exchange(table.calendar, version, answers.get(version.id), day)
        for version in versions
        if version.answers or version.id in answers or _offered(table, version)
    )


def state(table: Table, proposal: Proposal, day: date) -> Change | None:
    """Return what a document is on a date, or None before its first version.

    A version that was passed is proposed, one that was answered countered; the changes that the record names
    come after both on the same date.
    """
    found = [
        Change(one.day, State.PROPOSED, one.number, proposal.party, one.source) for one in proposal.versions
    ]
    own = {one.id: one.number for one in proposal.versions}
    for other in table.own():
        for one in other.versions:
            if one.answers in own:
                found.append(Change(one.day, State.COUNTERED, own[one.answers], other.party, one.source))
    changes = [one for one in (*found, *proposal.changes) if one.day <= day]
    return max(enumerate(changes), key=lambda row: (row[1].day, row[0]))[1] if changes else None


def settled(table: Table, since: date, day: date) -> Change | None:
    """Return the first agreement after one date and up to another, or None.

    Any agreement or ratification counts, for the record does not say which document a dispute is about; what
    is agreed for some dates alone (temporary) settles nothing.
    """
    ends = (State.AGREED, State.RATIFIED)
    changes = [
        change
        for document in table.own()
        for change in document.changes
        if change.state in ends and since < change.day <= day
    ]
    return min(changes, key=lambda one: one.day, default=None)


def _offered(table: Table, version: Version) -> bool:
    """Whether a version waits for an answer: its document has not been agreed or put in force as it is."""
    return not any(change.first for change in table.proposal(version.proposal).changes)


def _exchange(calendar: Calendar, passed: Version, answer: Version | None, day: date | None) -> Exchange:
    def days(until: date) -> int:
        return int(between(calendar, passed.day, until, Count.CALENDAR))

    if answer is not None:
        return Exchange(passed, answer, days(answer.day))
    return Exchange(passed, None, None, days(day) if day else None)


def topics(assertions: Iterable[Assertion]) -> tuple[Topic, ...]:
    """Return claims grouped by what they are about, topics in the order of their first claim."""
    found: dict[str, list[Assertion]] = {}
    for assertion in sorted(assertions, key=lambda one: one.earliest):
        found.setdefault(assertion.topic, []).append(assertion)
    return tuple(Topic(name, tuple(rows), tuple(_disputed(rows))) for name, rows in found.items())


def _disputed(rows: list[Assertion]) -> Iterator[str]:
    """Yield each figure that two claims give differently."""
    for name in dict.fromkeys(name for row in rows for name in row.figures):
        if len({row.figures[name] for row in rows if name in row.figures}) > 1:
            yield name


def counted(table: Table, day: date | None = None) -> Mapping[SittingState, int]:
    """Return how many sittings the record itself holds of each state, up to a date where one is given.

    It is a count of what was entered, with sources, and no claim that nothing else took place.
    """
    rows = [one for one in table.sittings if day is None or one.dated <= day]
    return {state: sum(one.state is state for one in rows) for state in SittingState}
