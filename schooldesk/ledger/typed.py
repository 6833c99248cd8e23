"""What was sent of a meeting: a plain form without script, or entries as JSON; each to the core's entries."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from schoolday.ground.spans import minute
from schoolday.ledger.codes import MISSING
from schoolday.ledger.entry import Entry, EntryKind
from schooldesk import clock
from schooldesk.ledger import lines
from schooldesk.ledger.lines import Line, Sheet
from schooldesk.ledger.may import Taught
from schooldesk.ledger.writes import By, withdrawal
from schooldesk.pages import Wrong

MOST = 400
"""Entries of one batch: a large class, each with all there is to say."""
_FORMS = UUID("0a7a2d6b-58a8-5c33-9b8e-5b2a2f5d9f10")
Form = Mapping[str, str]


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


@dataclass(frozen=True)
class Said:
    """What a slot of a line is to say; None in its place is nothing."""

    kind: EntryKind
    first: int | None = None
    last: int | None = None
    minutes: int | None = None
    code: str = ""
    detail: str = ""


def from_form(form: Form, sheet: Sheet, by: By) -> tuple[str, list[Entry]]:
    """Return the step and the entries by which the record comes to say what a form says.

    The ids are made from the form's own, so that pressing its button twice enters nothing twice.
    """
    step = _uuid(form.get("step", ""), "step")
    found = []
    for line in sheet.lines:
        for name, said in _wanted(form, sheet, line):
            own = str(uuid5(_FORMS, f"{step}\x1f{name}\x1f{line.pupil.id}"))
            one = _entry(sheet, line, name, said, own, by)
            if one is not None:
                found.append(one)
            if name == "presence" and said is None:
                found += _none_beside(line, step, by)
    return step, found


def _none_beside(line: Line, step: str, by: By) -> Iterator[Entry]:
    """Yield what takes back what two entered at once: who is set to not seen is seen by neither."""
    for other in line.beside:
        own = str(uuid5(_FORMS, f"{step}\x1fmore\x1f{other.id}"))
        yield withdrawal(other, own, by.id, clock.now())


def _wanted(form: Form, sheet: Sheet, line: Line) -> Iterator[tuple[str, Said | None]]:
    who = line.pupil.id
    how = form.get(f"how-{who}")
    if how is not None and _is_said(how, sheet, line):
        yield "presence", _presence(form, sheet, how, who)
    if f"work-{who}" in form:
        yield "work", _work(form, who)
    for name, kind, codes in (
        ("call", EntryKind.CONTACT, lines.CALLS),
        ("word", EntryKind.ATTENDANCE, lines.WORDS),
    ):
        code = form.get(f"{name}-{who}")
        if code is not None:
            if code and code not in codes:
                raise Wrong(f"{name}-{who}", _("Choose one of the list."))
            yield name, Said(kind, code=code) if code else None


def _is_said(how: str, sheet: Sheet, line: Line) -> bool:
    """Whether a form says something of a presence: what a line says already is left as it is."""
    if line.presence is None:
        return sheet.meeting is not None and how != lines.KEPT
    return how == lines.PART or how not in (lines.KEPT, sheet.proposed(line))


def _presence(form: Form, sheet: Sheet, how: str, who: str) -> Said | None:
    first, last = (sheet.meeting.span.start, sheet.meeting.span.end) if sheet.meeting else (None, None)
    kind = sheet.kind
    if how == lines.UNSEEN:
        return None
    if how == lines.FAILED:
        service = kind is EntryKind.SERVICE
        code = "technical" if service else "dropped"
        return Said(EntryKind.SERVICE if service else EntryKind.FAILURE, first, None, None, code)
    if kind is EntryKind.SERVICE and how in lines.NOT_DELIVERED:
        return Said(kind, first, None, None, how)
    if how == lines.PART:
        first, last = (form_minute(form, f"{name}-{who}") for name in ("from", "to"))
        if last <= first:
            raise Wrong(f"to-{who}", _("Leaving must be after joining."))
    elif how != lines.HERE:
        raise Wrong(f"how-{who}", _("Choose one of the list."))
    codes = {EntryKind.SERVICE: "delivered", EntryKind.IN_PERSON: "whole" if how == lines.HERE else "part"}
    length = None if first is None or last is None else last - first
    return Said(kind, first, last, length, codes.get(kind, "video"))


def _work(form: Form, who: str) -> Said | None:
    if form.get(f"missing-{who}"):
        return Said(EntryKind.WORK, code=MISSING)
    cell = form.get(f"work-{who}", "").strip()
    if not cell:
        return Said(EntryKind.WORK, code="submitted") if form.get(f"unjudged-{who}") else None
    if not (cell.isascii() and cell.isdecimal() and len(cell) < 6 and int(cell) <= 24 * 60):
        raise Wrong(f"work-{who}", _("Write whole minutes, such as 30, or leave it blank."))
    return Said(EntryKind.WORK, minutes=int(cell), code="submitted")


def form_id(form: Form) -> str:
    """Return the form's own id, by which sending it twice enters it once."""
    return _uuid(form.get("step", ""), "step")


def form_minute(form: Form, name: str) -> int:
    """Return a time as a minute of the day."""
    try:
        return minute(form.get(name, ""))
    except ValueError:
        raise Wrong(name, _("Write a time such as 09:15.")) from None


def _entry(sheet: Sheet, line: Line, name: str, said: Said | None, own: str, by: By) -> Entry | None:
    """Return the entry by which a slot comes to say something; None where it says so already."""
    old = line.slot(name)
    if said is None:
        # What a platform recorded is taken back only where somebody changed what the form proposed.
        return withdrawal(old, own, by.id, clock.now()) if old is not None else None
    new = Entry(
        own, said.kind, line.pupil.id, sheet.of.day, sheet.of.school, line.activity, said.first, said.last,
        said.minutes, said.code, said.detail, by.id, clock.now(), old.id if old else "", "desk",
    )  # fmt: skip
    return None if old is not None and _content(old) == _content(new) else new


def _content(one: Entry) -> tuple[object, ...]:
    code = "submitted" if one.kind is EntryKind.WORK and one.code != MISSING else one.code
    if one.kind in (EntryKind.JOINED, EntryKind.IN_PERSON):
        # A platform's line and ours say the same where their times do.
        code = ""
    return one.kind, one.first, one.last, one.minutes, code


def from_json(data: bytes, of: Taught, by: By) -> tuple[str, list[Entry]]:
    """Return the step and the entries that a client sent; what it does not decide is filled in."""
    try:
        sent = json.loads(data)
        step, listed = _uuid(sent["step"], "step"), list(sent["entries"])
        if not 0 < len(listed) <= MOST:
            raise Wrong("entries", _("Send at least one entry, and not more than a class has."))
        return step, [_sent(one, of, by) for one in listed]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise Wrong("entries", _("What was sent cannot be read as entries.")) from None


def _sent(one: Mapping[str, Any], of: Taught, by: By) -> Entry:
    pupil = str(one["pupil"])
    if pupil not in of.own:
        raise Wrong("pupil", _("One of the pupils is not in this class on this day."))
    corrects = str(one.get("corrects", ""))
    return Entry(
        _uuid(one["id"], "id"), EntryKind(one["kind"]), pupil, of.day, of.school, of.own[pupil],
         *(_number(one.get(name)) for name in ("first", "last", "minutes")),
        str(one.get("code", ""))[:30], _words(one.get("detail", ""))[:500], by.id, _moment(one.get("at")),
        _words(corrects)[:64], "desk",
    )  # fmt: skip


def _words(value: object) -> str:
    """Return words on one line, without what no database keeps."""
    text = str(value).encode("utf-8", "replace").decode()
    return "".join(one for one in " ".join(text.split()) if one.isprintable())


def _number(value: object) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int):
        raise ValueError("no whole number")
    return value


def _moment(value: object) -> datetime:
    if not isinstance(value, str) or not value:
        return clock.now()
    found = datetime.fromisoformat(value)
    if found.tzinfo is None:
        raise ValueError("a moment without its zone")
    return found


def _uuid(value: object, name: str) -> str:
    try:
        return str(UUID(str(value)))
    except ValueError:
        raise Wrong(name, _("What was sent has no id of its own; open the page anew.")) from None
