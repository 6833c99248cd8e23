"""What is recorded of services: delivered, not delivered and why, made up; and which reasons explain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from schoolday.calendar.row import Minutes, Row
from schoolday.ground.ids import stable_id
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.services.terms import Mode
from schoolday.ledger.standing import standing
from schoolday.measures import triggers
from schoolday.measures.verdict import Found
from schoolday.rules import Kind, Layer, Rule, Rulebook
from schoolday.rules.rule import BINDING, Period

DELIVERED, MAKE_UP = "delivered", "make_up"
REASONS: Mapping[str, str] = {
    "pupil_absent": "the pupil was absent",
    "pupil_excused": "the pupil was absent and excused",
    "declined": "the pupil was there and did not take part",
    "provider_absent": "the provider was absent",
    "no_school": "there was no school: a holiday or a closure",
    "school_activity": "the pupil was at an activity of the school",
    "technical": "the connection or a device failed",
    "other": "another reason, which the detail tells",
}
"""Why a meeting was not held, by the entry's code."""
CODES: Mapping[str, str] = {
    DELIVERED: "it was held",
    MAKE_UP: "it makes up one that was not held",
    **REASONS,
}
"""Every code of an entry of a service."""
OF_THE_PUPIL = frozenset({"pupil_absent", "pupil_excused", "declined"})
"""Reasons that lie with the pupil, who need not be at a consult."""
EXPLAIN = "explain_minutes"
"""The step of the rules by whose reasons minutes are explained."""
_FOR = "for "


def of_services(entries: Iterable[Entry]) -> list[Entry]:
    """Return the standing entries of services, in order of day, start and id."""
    kept = [entry for entry in standing(entries) if entry.kind is EntryKind.SERVICE]
    return sorted(kept, key=lambda entry: (entry.day, entry.first or 0, entry.id))


def makes_up(entry: Entry) -> str:
    """Return the id of the entry that a make-up makes up; empty where it names none."""
    if entry.code != MAKE_UP or not entry.detail.startswith(_FOR):
        return ""
    return entry.detail.removeprefix(_FOR).partition(":")[0].strip()


def make_up_detail(missed: str, words: str = "") -> str:
    """Return the detail of a make-up, which names the entry that it makes up and may say more."""
    return f"{_FOR}{missed}" + (f": {words}" if words else "")


def delivered(entry: Entry) -> int | None:
    """Return the minutes that an entry says were given; None where nobody knows."""
    if entry.minutes is not None:
        return entry.minutes
    return _spanned(entry)


def _spanned(entry: Entry) -> int | None:
    if entry.first is None or entry.last is None:
        return None
    return entry.last - entry.first


def missed(entry: Entry, planned: int) -> int:
    """Return the minutes that were not given: as many as were planned, fewer if the span is shorter.

    A long span does not explain other meetings: each of them was given or not by an entry of its own.
    """
    span = _spanned(entry)
    if span is None:
        return planned
    return min(span, planned) if planned else span


def clash(entry: Entry, other: Entry) -> bool:
    """Whether two entries tell of the same time of a pupil and service, which can be given only once."""
    mine, its = ((one.pupil, one.activity, one.day) for one in (entry, other))
    if mine != its:
        return False
    if entry.first is None or other.first is None:
        return entry.first is other.first and makes_up(entry) == makes_up(other)
    ends = (entry.last or entry.first, other.last or other.first)
    return entry.first == other.first or (entry.first < ends[1] and other.first < ends[0])


def standing_of(entries: Iterable[Entry]) -> dict[str, str]:
    """Return for each entry that was corrected the id of the one that stands in its place.

    Where several stand that correct one entry in the end, it is the latest of them.
    """
    every = list(entries)
    known, found = {entry.id: entry for entry in every}, dict[str, str]()
    for entry in sorted(standing(every), key=lambda one: (one.at, one.id), reverse=True):
        before = known.get(entry.corrects)
        while before is not None and before.id not in found and before.id != entry.id:
            found[before.id] = entry.id
            before = known.get(before.corrects)
    return found


def rows(entries: Iterable[Entry]) -> Iterator[Row]:
    """Yield the minutes given, as rows in the shape of the plan; what nobody knows is no row."""
    for entry in of_services(entries):
        minutes = delivered(entry)
        if entry.code in (DELIVERED, MAKE_UP) and minutes:
            yield Row(entry.pupil, entry.day, entry.activity, Minutes.LIVE, minutes, EntryKind.SERVICE.value)


def of_group(entry: Entry, seats: Mapping[str, str], absent: Mapping[str, str]) -> tuple[Entry, ...]:
    """Return a group's meeting as one entry for each pupil.

    Parameters
    ----------
    entry
        The meeting as it was held, of whichever pupil; its id is the meeting's own.
    seats
        The service of each pupil of the group.
    absent
        The reason of each pupil who was not given it, a key of `REASONS`.

    Returns
    -------
    tuple of Entry
        Each has an id made from the meeting's and the pupil's, so that sending it twice changes nothing.
    """
    made = []
    for pupil, service in seats.items():
        own = replace(entry, id=stable_id(entry.id, pupil, size=26), pupil=pupil, activity=service)
        reason = absent.get(pupil)
        made.append(replace(own, code=reason, minutes=None) if reason else own)
    return tuple(made)


@dataclass
class Reasons:
    """Which reasons explain minutes that were not given, by the rules of some places.

    A district's own rule, an agreement or a law decides alone where there is one; if not, guidance does.
    """

    rulebook: Rulebook
    places: frozenset[str]
    _on: dict[date, tuple[Rule, ...]] = field(default_factory=dict)
    _kept: dict[tuple[str, date], tuple[str, ...]] = field(default_factory=dict)

    def explain(self, code: str, day: date, mode: Mode) -> bool:
        """Whether a reason explains minutes not given on a date; the pupil's never explain a consult."""
        if mode is Mode.CONSULT and code in OF_THE_PUPIL:
            return False
        return bool(self.clauses(code, day))

    def clauses(self, code: str, day: date) -> tuple[str, ...]:
        """Return the clauses by which a reason explains, on a date."""
        if (code, day) not in self._kept:
            values = {(f"missed_{one}", Period.DAY): float(one == code) for one in REASONS}
            judged = [triggers.judge(rule, day, values) for rule in self.rules(day)]
            reached = (one.clause.id for one in judged if one.found is Found.REACHED and one.clause)
            self._kept[code, day] = tuple(reached)
        return self._kept[code, day]

    def rules(self, day: date) -> tuple[Rule, ...]:
        """Return the rules that say which reasons explain, on a date."""
        if day not in self._on:
            every = tuple(rule for rule in self.rulebook.rules if self._says(rule, day))
            self._on[day] = tuple(rule for rule in every if rule.layer in BINDING) or every
        return self._on[day]

    def _says(self, rule: Rule, day: date) -> bool:
        if rule.kind is not Kind.TRIGGER or rule.layer is Layer.PROPOSAL or rule.place not in self.places:
            return False
        clause = rule.on(day)
        return clause is not None and EXPLAIN in clause.then
