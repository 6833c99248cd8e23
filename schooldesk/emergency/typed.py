"""What somebody typed into a form after an emergency, as the core's values; a fault keeps what was typed."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.text import slugify

from schoolday.calendar.counting import Moment
from schoolday.calendar.days import Calendar
from schoolday.emergency.clocks import CAUSES, WAYS, Contact, Emergency, Offer
from schoolday.files.emergencies import ANSWERED, TAUGHT
from schooldesk import clock as desk
from schooldesk.emergency.sentences import PARTS
from schooldesk.pages import Wrong


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


Form = Mapping[str, Any]


@dataclass(frozen=True)
class Frame:
    """Within which dates things may have happened, and in which zone they are told."""

    first: date
    now: datetime
    zone: ZoneInfo

    @property
    def today(self) -> date:
        """Today, where the district lies."""
        return self.now.astimezone(self.zone).date()


def now() -> datetime:
    """Return the moment by the desk's clock."""
    return desk.now()


def started(form: Form, frame: Frame, schools: Collection[str], must: bool) -> Emergency:
    """Return the emergency that was typed; `must` asks for schools, where not all may be meant."""
    cause = _one_of(form, "cause", CAUSES)
    began = _moment(form, "began", Frame(date(1900, 1, 1), frame.now, frame.zone))
    closed = _day(form, "closed") if form.get("closed") else None
    named = tuple(sorted(set(form.getlist("school"))))  # type: ignore[attr-defined]
    if set(named) - set(schools):
        raise Wrong("school", _("Choose among the schools of the list."))
    if must and not named:
        raise Wrong(
            "school", _("Choose the schools that it concerns: those of others are not yours to name.")
        )
    name = slugify(form.get("name", ""))[:64] or f"{cause.replace('_', '-')}-{form.get('began', '')[:10]}"
    return Emergency(name, cause, began, _text(form, "source", 300), closed, named)


def closure(form: Form, first: date, today: date, last: date) -> tuple[date | None, date | None]:
    """Return the first day of a closure and the first day open again; neither takes it back."""
    if not form.get("shut") and not form.get("again"):
        return None, None
    shut, again = _day(form, "shut"), _day(form, "again") if form.get("again") else None
    _within(shut, "shut", first, today)
    if again:
        _within(again, "again", shut + timedelta(days=1), last)
    return shut, again


def contact(form: Form, pupil: str, frame: Frame) -> Contact:
    """Return the try that was typed."""
    at = _moment(form, "at", frame)
    how = _one_of(form, "how", WAYS)
    answered = ANSWERED[_one_of(form, "answered", ANSWERED)]
    note = " ".join(form.get("note", "").split())[:500]
    return Contact(pupil, at, how, _text(form, "by"), answered, note)


def offer(form: Form, pupil: str, frame: Frame, calendar: Calendar) -> Offer:
    """Return the offer of instruction that was typed; it may begin on a later date of the school year."""
    day = _day(form, "day")
    _within(day, "day", frame.first, max(calendar.last, frame.first))
    return Offer(pupil, day, _one_of(form, "way", TAUGHT), _text(form, "by"))


def agreement(form: Form, calendar: Calendar, first: date) -> tuple[tuple[date, date], dict[str, str]]:
    """Return the dates of an agreement and the parts that staff filled in."""
    days = _day(form, "first"), _day(form, "last")
    _within(days[0], "first", max(calendar.first, first), calendar.last)
    _within(days[1], "last", days[0], calendar.last)
    return days, {name: _text(form, name, 2000) for name in PARTS}


def name(form: Form) -> str:
    """Return a typed name that stands for a signature."""
    typed = _text(form, "name")
    if sum(letter.isalpha() for letter in typed) < 2:
        raise Wrong("name", _("Write your first and last name."))
    return typed


def day(form: Form, field: str, frame: Frame) -> date:
    """Return a date on which something has happened."""
    found = _day(form, field)
    _within(found, field, frame.first, frame.today)
    return found


def _day(form: Form, field: str) -> date:
    try:
        return date.fromisoformat(form.get(field, ""))
    except ValueError:
        raise Wrong(field, _("Write a date, such as 2026-09-09.")) from None


def _moment(form: Form, field: str, frame: Frame) -> Moment:
    """Return a date with its time where one was typed; nothing can have happened in the future."""
    day, clock = _day(form, field), form.get(f"{field}-time", "")
    _within(day, field, frame.first, frame.today)
    if not clock:
        return day
    try:
        found = datetime.fromisoformat(f"{day.isoformat()}T{clock[:5]}").replace(tzinfo=frame.zone)
    except ValueError:
        raise Wrong(field, _("Write a time such as 17:20, or leave it blank.")) from None
    if found > frame.now:
        raise Wrong(field, _("That time has not come yet."))
    return found


def _within(day: date, field: str, first: date, last: date) -> None:
    if not first <= day <= last:
        said = _("Write a date from %(first)s to %(last)s.")
        raise Wrong(field, said, {"first": first.isoformat(), "last": last.isoformat()})


def _one_of(form: Form, field: str, known: Collection[str]) -> str:
    value = str(form.get(field, ""))
    if value not in known:
        raise Wrong(field, _("Choose one of the list."))
    return value


def _text(form: Form, field: str, most: int = 200) -> str:
    value = " ".join(form.get(field, "").split())
    if not value:
        raise Wrong(field, _("Fill this in."))
    if len(value) > most:
        raise Wrong(field, _("Write at most %(most)s letters."), {"most": str(most)})
    return value
