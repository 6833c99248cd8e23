"""What the pages after an emergency say in the reader's language."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from markupsafe import Markup, escape

from schoolday.calendar.counting import Moment
from schoolday.emergency.agreements import Signer
from schoolday.measures.verdict import Found
from schoolday.rules import Way
from schooldesk.day.languages import Speech
from schooldesk.emergency.standing import Cell


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


CAUSES = {
    "fire": _("a fire"),
    "flood": _("a flood"),
    "roads": _("impassable roads"),
    "epidemic": _("an epidemic"),
    "earthquake": _("an earthquake"),
    "hazard": _("a major safety hazard, as the local law enforcement agency found"),
    "transport_strike": _("a strike of a transportation service that is not the school’s"),
    "order": _("an order under Education Code 41422"),
    "snow": _("a snowstorm"),
}
WAYS = {
    "phone": _("by phone"),
    "video": _("by video call"),
    "visit": _("by a visit at home"),
    "in_person": _("in person"),
    "text": _("by text message"),
    "email": _("by email"),
    "letter": _("by letter"),
}
TAUGHT = {
    Way.DISTANCE.value: _("distance learning"),
    Way.INDEPENDENT_STUDY.value: _("independent study"),
    Way.HYBRID.value: _("hybrid: some days at school"),
    Way.IN_PERSON.value: _("in person, at school"),
}
SIGNERS = {
    Signer.PUPIL: _("Pupil"),
    Signer.GUARDIAN: _("Parent or guardian"),
    Signer.TEACHER: _("Supervising teacher"),
    Signer.CASE_MANAGER: _("Special education case manager"),
}
DUE = {"contact": _("Family reached"), "instruction": _("Instruction offered")}
STILL = {"": _("All pupils"), "contact": _("Family not reached"), "instruction": _("No instruction offered")}
FOUND = {
    Found.MET: _("in time"),
    Found.BROKEN: _("too late"),
    Found.WAITING: _("still due"),
    Found.UNVERIFIED: _("not on record"),
    Found.NOT_BOUND: _("not asked by the law here"),
    Found.NOT_IN_FORCE: _("no clause in force"),
}
PARTS = {
    "submission": _("How, when and where work is handed in, and when the teacher and the parent speak"),
    "objectives": _("What is to be learned, how it is studied, and how the work is judged"),
    "resources": _("What the school provides: books, teachers’ help, a device and a connection"),
    "assignments": _(
        "The longest time for one assignment, and how many missed assignments lead to asking whether the "
        "study should go on"
    ),
    "credits": _("Course credits, or how else completed work is counted"),
    "supports": _(
        "Help for those who need it: academic and mental health, English learners, foster and homeless "
        "youth, individualized education programs"
    ),
}
"""What staff fill in: six of the nine parts. Dates, the free choice and signatures have their own place."""


def moment(at: Moment, zone: str, s: Speech) -> str:
    """Return when something was, by the district's clocks; a date alone where only that is known."""
    if not isinstance(at, datetime):
        return s.day(at)
    there = at.astimezone(ZoneInfo(zone))
    return f"{s.day(there.date())}, {s.clock(there.hour * 60 + there.minute)}"


def noted(text: str, s: Speech) -> str:
    """Return when something was, from the notation of the files."""
    there = datetime.fromisoformat(text)
    day = s.day(there.date())
    return day if len(text) == 10 else f"{day}, {s.clock(there.hour * 60 + there.minute)}"


def until(cell: Cell, today: date, s: Speech) -> Markup:
    """Return by when something is due and how many days are left."""
    if cell.last is None:
        return escape(s.say(_("nobody can say by when: the calendar does not reach so far")))
    day = s.short_date(cell.last)
    if cell.last < today:
        return Markup(s.say(_("was due by %(day)s, and is not on record"))) % {"day": day}
    if cell.left is None or cell.last == today:
        return Markup(s.say(_("due today"))) if cell.last == today else escape(day)
    return Markup(s.say(_("by %(day)s: %(left)s"))) % {"day": day, "left": left(cell, s)}


def left(cell: Cell, s: Speech) -> Markup:
    """Return how many days are left, in what the clock counts."""
    number = cell.left or 0
    if cell.unit == "instructional_days":
        said = s.count(
            "%(count)s instructional day left", "%(count)s instructional days left", number
        )  # fmt: skip
    else:
        said = s.count("%(count)s day left", "%(count)s days left", number)
    return Markup(said) % {"count": number}


def own(text: str, s: Speech) -> Markup:
    """Return what stands in English whatever the reader's language, marked as such."""
    if s.language.code == "en":
        return escape(text)
    return Markup('<span lang="en" dir="ltr">{}</span>').format(text)


DONE = {
    "undone": _("undone"),
    "restored": _("put back"),
}
