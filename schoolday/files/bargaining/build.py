"""Put a table together from its files, and note everything in them that does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from schoolday.bargaining.proposals import Seat
from schoolday.bargaining.record import Assertion, Event, Sitting, SittingState, Table
from schoolday.calendar.days import Calendar
from schoolday.files.bargaining.documents import proposal
from schoolday.files.bargaining.names import At, Names, Part, fault, rows, written
from schoolday.files.bargaining.schema import SittingBlock
from schoolday.ground.finding import Finding
from schoolday.rules import Rulebook
from schoolday.rules.events import EVENTS


@dataclass
class Builder:
    """Builds one table; `whole` says whether every file of it could be read."""

    parts: Sequence[Part]
    rulebook: Rulebook
    found: list[Finding]
    whole: bool
    names: Names = field(init=False)

    def table(self) -> Table | None:
        """Return the table, or None where no file names it; faults are noted on the way."""
        head = self.head()
        places = tuple(head.block.places) if head else ()
        rules = self.rulebook.rules
        where, books = sorted({rule.place for rule in rules}), frozenset(rule.book for rule in rules)
        self.names = Names(places, tuple(where), books, self.whole, written(self.parts))
        self.names.take(self.parts, self.found)
        calendar = self.calendar(head) if head else None
        if head:
            self.names.known_places(At(head, ("places",), self.found), places)
            self.check_parties(head)
        proposals = [
            proposal(at, at.part.block.documents[number], self.names) for at, number in self.rows("documents")
        ]
        sittings, events, assertions = self.sittings(), self.events(), self.assertions()
        if head is None or calendar is None:
            return None
        return Table(
            head.block.table or "",
            head.block.title,
            places,
            self.names.parties,
            calendar,
            tuple(proposals),
            tuple(sorted(sittings, key=lambda one: one.dated)),
            tuple(sorted(events, key=lambda one: one.day)),
            tuple(sorted(assertions, key=lambda one: one.earliest)),
        )

    def rows(self, section: str) -> list[tuple[At, int]]:
        """Return each entry of a section: where it stands, and its place in its file's list."""
        return list(rows(self.parts, section, self.found))

    def head(self) -> Part | None:
        """Return the one file that names the table."""
        heads = [part for part in self.parts if part.has("table")]
        if not heads:
            if self.whole and self.parts:
                mend = "write `table:` and its id, with title, places and calendar"
                self.found.append(
                    fault("table.shape", "no file names the table", mend, self.parts[0].file, 0)
                )
            return None
        for part in heads[1:]:
            at = At(part, ("table",), self.found)
            at.say("table.twice", f"{heads[0].file} names a table already", "keep one of them")
        for key in ("title", "places", "calendar"):
            if not heads[0].has(key):
                at = At(heads[0], ("table",), self.found)
                at.say("table.shape", f"`{key}` is missing", "write it in the file that names the table")
        return heads[0]

    def check_parties(self, head: Part) -> None:
        """Note where fewer than two sit at the table."""
        seated = [one for one in self.names.parties.values() if one.seat is not Seat.NEIGHBOUR]
        if len(seated) < 2 and self.whole and not any("parties" in part.places for part in self.parts):
            at = At(head, ("table",), self.found)
            at.say("table.shape", "fewer than two parties sit at the table", "write an employer and a union")

    def calendar(self, head: Part) -> Calendar | None:
        """Return the calendar that clocks count on."""
        block = head.block.calendar
        if block is None:
            return None
        at = At(head, ("calendar",), self.found)
        if block.last < block.first:
            at.say("table.dates", f"{block.last} lies before {block.first}", "turn them round")
        for day in block.days_off:
            here = at.down("days_off", day.isoformat())
            if day.weekday() > 4:
                here.say("table.dates", f"{day} is a {day:%A}, on which nobody works anyway", "take it out")
            elif not block.first <= day <= block.last:
                here.say("table.dates", f"{day} lies outside the calendar", "take it out")
        return Calendar(block.first, block.last, holidays=block.days_off)

    def sittings(self) -> list[Sitting]:
        """Return the meetings."""
        made = []
        for at, number in self.rows("sittings"):
            one = at.part.block.sittings[number]
            self.names.party(at, "by", one.by)
            _check_sitting(at, one)
            source = self.names.source(at, one)
            made.append(Sitting(one.state, one.by, one.subject, source, one.day, one.offered, one.answered))
        return made

    def events(self) -> list[Event]:
        """Return what starts and stops clocks."""
        known = [name for name, one in EVENTS.items() if one.about == "table"]
        made = []
        for at, number in self.rows("events"):
            one = at.part.block.events[number]
            self.names.party(at, "by", one.by)
            if one.event not in known:
                at.down("event").strange(one.event, "event of a table", known)
            made.append(Event(one.at, one.event, one.by, self.names.source(at, one)))
        return made

    def assertions(self) -> list[Assertion]:
        """Return the claims."""
        made = []
        for at, number in self.rows("assertions"):
            one = at.part.block.assertions[number]
            if one.day and one.after:
                at.down("after").say(
                    "table.dates", "it has a day and an `after`", "keep `day`, if it is known"
                )
            self.names.party(at, "by", one.by)
            source = self.names.source(at, one)
            made.append(Assertion(one.day, one.by, one.topic, one.said, source, one.figures, one.after))
        return made


def _check_sitting(at: At, block: SittingBlock) -> None:
    """Note dates of a meeting that are missing or cannot follow each other."""
    if block.day is None and block.offered is None:
        at.say("table.dates", "it has no date", "write `day`, or `offered` where only that is known")
    if block.state is SittingState.HELD and block.day is None:
        at.say("table.dates", "it was held, and not said when", "write `day`")
    if block.offered and block.answered and block.answered < block.offered:
        said = f"it was answered on {block.answered}, before it was offered"
        at.down("answered").say("table.dates", said, "mend one of the dates")
    if block.offered and block.day and block.offered > block.day:
        said = f"it was offered on {block.offered}, after its day"
        at.down("offered").say("table.dates", said, "mend one of the dates")
