"""What a provider filled in, as entries; a fault keeps what was typed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from schoolday.ground.ids import stable_id
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.services.recorded import (
    DELIVERED,
    MAKE_UP,
    REASONS,
    clash,
    make_up_detail,
    makes_up,
    of_group,
)
from schooldesk import clock
from schooldesk.ledger import filled
from schooldesk.ledger.filled import Form
from schooldesk.ledger.services.reads import Services
from schooldesk.ledger.services.shown import seats_of
from schooldesk.ledger.writes import By, withdrawal
from schooldesk.pages import Wrong

OUTCOMES = (DELIVERED, *REASONS)
"""How a meeting went, as a form offers it."""


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


@dataclass(frozen=True)
class Frame:
    """Who records, of which services."""

    by: By
    one: Services

    @property
    def days(self) -> tuple[date, date]:
        """From which date to which something can have been given."""
        return self.one.calendar.first, self.one.as_of


def session(form: Form, frame: Frame) -> list[Entry]:
    """Return the entries of a meeting, one for each pupil of whom something is said."""
    name, day = filled.once(form), filled.day(form, "day", *frame.days)
    seats = seats_of(frame.one, frame.by.id, str(form.get("activity", "")), day)
    if not seats:
        raise Wrong("activity", _("Nobody is served by you under this name on that date."))
    outcomes = {seat.pupil.id: _outcome(form, seat.service) for seat in seats}
    some = {seat.pupil.id: seat.service for seat in seats if outcomes[seat.pupil.id]}
    if not some:
        raise Wrong("outcome", _("Say of at least one pupil how it went."))
    absent = {pupil: code for pupil, code in outcomes.items() if pupil in some and code != DELIVERED}
    held = _held(form, frame, name, day, must="other" in absent.values())
    made = of_group(held, some, absent)
    schools = {seat.pupil.id: seat.pupil.school for seat in seats}
    found = [replace(one, school=schools[one.pupil]) for one in made]
    _once(found, frame.one)
    return found


def _outcome(form: Form, service: str) -> str:
    found = str(form.get(f"o-{service}", form.get("outcome", "")))
    if found and found not in OUTCOMES:
        raise Wrong("outcome", _("Choose one of the list."))
    return found


def _held(form: Form, frame: Frame, name: str, day: date, *, must: bool) -> Entry:
    first, minutes = filled.clock(form, "start"), filled.minutes(form)
    last = None if first is None else first + minutes
    if last is not None and last > 24 * 60:
        raise Wrong("minutes", _("It would end after midnight; correct the start or the minutes."))
    return Entry(
        name, EntryKind.SERVICE, "", day, "", "", first, last, minutes, DELIVERED,
        filled.note(form, must=must), frame.by.id, clock.now().astimezone(frame.by.zone), "", "desk",
    )  # fmt: skip


def _once(found: list[Entry], one: Services) -> None:
    """Refuse a meeting that is recorded already; the same form sent twice is not refused."""
    ids = {entry.id for entry in found}
    there = [row for row in one.standing() if row.id not in ids]
    if any(clash(row, other) for row in found for other in there):
        raise Wrong("once", _("This meeting is recorded already; correct what is recorded of it."))


def make_up(form: Form, frame: Frame) -> list[Entry]:
    """Return the entry of a meeting that makes up one that was not held."""
    name, day = filled.once(form), filled.day(form, "day", *frame.days)
    missed = _own(form, frame, "missed")
    if missed.code not in REASONS:
        raise Wrong("missed", _("Choose a meeting that was not held."))
    held = _held(form, frame, name, day, must=False)
    detail = make_up_detail(missed.id, held.detail)
    made = replace(
        held, id=stable_id(name, missed.id, size=26), pupil=missed.pupil, school=missed.school,
        activity=missed.activity, code=MAKE_UP, detail=detail,
    )  # fmt: skip
    _once([made], frame.one)
    return [made]


def _own(form: Form, frame: Frame, field: str) -> Entry:
    """Return the provider's own standing entry that was named."""
    found = next((one for one in frame.one.standing() if one.id == form.get(field)), None)
    if found is None or found.by != frame.by.id:
        raise Wrong(field, _("This is not there any more; open the page again."))
    return found


def correction(form: Form, frame: Frame) -> list[Entry]:
    """Return the correction of an entry: another outcome, other minutes, another note."""
    old, name = _own(form, frame, "entry"), filled.once(form)
    known = (MAKE_UP,) if old.code == MAKE_UP else OUTCOMES
    code = filled.choice(form, "outcome", known)
    note = filled.note(form, must=code == "other")
    minutes = filled.minutes(form) if code in (DELIVERED, MAKE_UP) else None
    last = old.last if minutes is None or old.first is None else old.first + minutes
    detail = make_up_detail(makes_up(old), note) if code == MAKE_UP else note
    return [
        replace(
            old, id=stable_id(name, old.id, size=26), code=code, minutes=minutes, last=last, detail=detail,
            at=clock.now().astimezone(frame.by.zone), corrects=old.id, origin="desk",
        )
    ]  # fmt: skip


def undone(form: Form, frame: Frame) -> list[Entry]:
    """Return the withdrawal of an entry, which is a correction too."""
    old = _own(form, frame, "entry")
    name = stable_id("withdrawn", old.id, size=26)
    return [withdrawal(old, name, frame.by.id, clock.now().astimezone(frame.by.zone))]


def put_back(form: Form, frame: Frame) -> list[Entry]:
    """Return the correction that puts a withdrawn entry in its place again."""
    gone = next((one for one in frame.one.withdrawn() if one.id == form.get("entry")), None)
    known: Mapping[str, Entry] = {one.id: one for one in frame.one.entries}
    if gone is None or gone.by != frame.by.id or gone.corrects not in known:
        raise Wrong("entry", _("This is not there any more; open the page again."))
    old, now = known[gone.corrects], clock.now().astimezone(frame.by.zone)
    return [replace(old, id=stable_id("back", gone.id, size=26), corrects=gone.id, at=now, origin="desk")]


MOVES = {
    "record": session,
    "make_up": make_up,
    "correct": correction,
    "undo": undone,
    "back": put_back,
}
"""What a form may do, by its button."""
