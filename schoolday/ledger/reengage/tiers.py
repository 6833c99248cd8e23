"""Tiers: a district's written plan of who does which step by when, and which entry shows it done."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from schoolday.calendar.counting import Count, add
from schoolday.calendar.days import Calendar, OutsideCalendar
from schoolday.ledger.entry import Entry, EntryKind

SHOWS: Mapping[str, frozenset[str]] = {
    "verify_contacts": frozenset({"contacts_verified"}),
    "notify_parent": frozenset({"notice_sent"}),
    "outreach": frozenset({"reached"}),
    "conference": frozenset({"meeting_held"}),
    "return_in_person": frozenset({"back_in_class", "return_not_feasible"}),
    "evaluate": frozenset({"evaluated"}),
    "tell_truancy": frozenset({"truancy_told"}),
}
"""The codes of an entry of contact that show a step done. A step of another name is a mark, and no work."""
TRIES: Mapping[str, frozenset[str]] = {
    "verify_contacts": frozenset({"contacts_wrong"}),
    "notify_parent": frozenset({"notice_returned"}),
    "outreach": frozenset({"tried", "referred"}),
    "conference": frozenset({"meeting_missed"}),
    "return_in_person": frozenset(),
    "evaluate": frozenset(),
    "tell_truancy": frozenset(),
}
"""The codes of a try that did not do it."""
CODES: Mapping[str, str] = {
    "contacts_verified": "the family's contact details were checked and are right",
    "contacts_wrong": "the details were checked and are wrong",
    "notice_sent": "the notice of an absence went home, in a language, for named dates",
    "notice_returned": "the notice came back",
    "reached": "the family or pupil was reached and answered",
    "tried": "nobody answered",
    "referred": "another service was asked to help",
    "meeting_held": "pupil, parent and teacher met",
    "meeting_missed": "the meeting was not held",
    "back_in_class": "the pupil is back in a class in person",
    "return_not_feasible": "going back to class is not feasible, and the detail says why",
    "truancy_told": "the parent was told that the pupil is truant",
    "evaluated": "it was decided whether to go on, and the record is kept",
}
"""Every code of an entry of contact that re-engagement reads."""


@dataclass(frozen=True, slots=True)
class Tier:
    """One step of a district's written plan.

    Parameters
    ----------
    rule, step
        The rule whose case it belongs to, and the step, a key of `SHOWS`.
    tier
        The tier it stands in, from 1.
    owner
        Who does it: a role or a person.
    within, unit
        Within how many of which days after the case opened.
    source
        Where the plan is written.
    """

    rule: str
    step: str
    tier: int
    owner: str
    within: int
    unit: Count
    source: str = ""


@dataclass(frozen=True, slots=True)
class WrittenPlan:
    """A district's written tiers, and from how many days taught on a rule of the whole year is watched."""

    tiers: tuple[Tier, ...] = ()
    least_days: Mapping[str, int] | None = None

    def of(self, rule: str) -> dict[str, Tier]:
        """Return the steps of a rule's plan by name, in order of tier."""
        mine = sorted((one for one in self.tiers if one.rule == rule), key=lambda one: one.tier)
        return {one.step: one for one in mine}

    def watched_from(self, rule: str) -> int:
        """Return how many days must have been taught before the rule is looked at; 0 where nobody says."""
        return (self.least_days or {}).get(rule, 0)


def due_on(tier: Tier | None, opened: date, calendar: Calendar) -> date | None:
    """Return the last date of a step; None where nobody has said one, or the calendar does not reach it."""
    if tier is None:
        return None
    try:
        found = add(calendar, opened, tier.within, tier.unit)
    except OutsideCalendar:
        return None
    return found if isinstance(found, date) else None


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing done, as its first entry tells it, and when a correction first told another code of it."""

    entry: Entry
    undone: datetime | None


def of_contact(entries: Iterable[Entry]) -> dict[str, list[Deed]]:
    """Return what was done for each pupil, in the order of recording.

    A chain of corrections is one deed, with the code, date and moment of its first entry. Once an entry of
    the chain tells another code it is undone for good. So no correction makes a step done: only another deed
    with an entry of its own does.
    """
    known = {entry.id: entry for entry in entries if entry.kind is EntryKind.CONTACT}
    undone: dict[str, datetime] = {}
    for entry in known.values():
        first = _root(entry, known)
        if first is not None and entry.code != first.code:
            undone[first.id] = min(entry.at, undone.get(first.id, entry.at))
    found: dict[str, list[Deed]] = {}
    for entry in sorted(known.values(), key=lambda entry: (entry.at, entry.id)):
        if not entry.corrects:
            found.setdefault(entry.pupil, []).append(Deed(entry, undone.get(entry.id)))
    return found


def _root(entry: Entry, known: Mapping[str, Entry]) -> Entry | None:
    """Return the first entry of a chain of corrections; None where it runs in a ring or leads nowhere."""
    seen: set[str] = set()
    while entry.corrects:
        other = known.get(entry.corrects)
        if other is None or entry.id in seen or (other.pupil, other.school) != (entry.pupil, entry.school):
            return None
        seen.add(entry.id)
        entry = other
    return entry
