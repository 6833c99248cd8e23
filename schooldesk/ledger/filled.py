"""What somebody filled into a form of services or re-engagement; a fault keeps what was typed."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from schoolday.ground.spans import minute
from schooldesk.pages import Wrong

Form = Mapping[str, Any]
MOST_MINUTES = 480
"""The longest meeting that is taken down, in minutes."""
_ONCE = re.compile(r"[0-9a-zA-Z-]{8,40}")


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


def once(form: Form) -> str:
    """Return the form's own name, by which sending it twice enters it once."""
    found = str(form.get("once", ""))
    if not _ONCE.fullmatch(found):
        raise Wrong("once", _("The form was sent without its name; open the page again."))
    return found


def day(form: Form, field: str, first: date, last: date) -> date:
    """Return a date from one date to another."""
    try:
        found = date.fromisoformat(str(form.get(field, "")))
    except ValueError:
        raise Wrong(field, _("Write a date, such as 2026-09-09.")) from None
    if not first <= found <= last:
        said = _("Write a date from %(first)s to %(last)s.")
        raise Wrong(field, said, {"first": first.isoformat(), "last": last.isoformat()})
    return found


def clock(form: Form, field: str) -> int | None:
    """Return a time as a minute of the day; None where it was left blank."""
    text = str(form.get(field, ""))
    if not text:
        return None
    try:
        return minute(text[:5])
    except ValueError:
        raise Wrong(field, _("Write a time such as 17:20, or leave it blank.")) from None


def minutes(form: Form, field: str = "minutes") -> int:
    """Return a number of minutes."""
    text = str(form.get(field, "")).strip()
    if not (text.isascii() and text.isdecimal() and 0 < int(text[:6]) <= MOST_MINUTES):
        raise Wrong(field, _("Write the minutes, from 1 to %(most)s."), {"most": str(MOST_MINUTES)})
    return int(text)


def choice(form: Form, field: str, known: Collection[str]) -> str:
    """Return one of some words."""
    found = str(form.get(field, ""))
    if found not in known:
        raise Wrong(field, _("Choose one of the list."))
    return found


def note(form: Form, *, must: bool = False) -> str:
    """Return free words, which may be asked for."""
    found = " ".join(str(form.get("note", "")).split())
    if must and not found:
        raise Wrong("note", _("Say in a few words why."))
    if len(found) > 300:
        raise Wrong("note", _("Write at most %(most)s letters."), {"most": "300"})
    return found
