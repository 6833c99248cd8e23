"""What the pages of the ledger say in the reader's language."""

from __future__ import annotations

from datetime import datetime

from markupsafe import Markup, escape

from schoolday.ledger.day_record import Took
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.figure import Figure
from schoolday.measures.verdict import Found
from schooldesk.day.languages import Speech


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


WORDS = _(
    "I certify that this is the record of the instruction that I gave these pupils in this week, that I "
    "judged the time value of their work, and that what is not recorded here is not known to me."
)
"""The core's words of certification, so that they can be translated; a test holds both together."""
SHARED_WORDS = _(
    "I certify that this is the record of the instruction that these pupils were given in this week by me "
    "and by those who stood in, each entry saying who wrote it, that the time value of their work was judged "
    "by whoever entered it, and that what is not recorded here is not known to me."
)
"""The words where a teacher and a substitute have both taught: neither gave all of it."""
HOW = {
    "here": _("here the whole time"),
    "part": _("here from … to …"),
    "unseen": _("not seen: nothing is recorded"),
    "failure": _("technical failure (no absence)"),
    "kept": _("as recorded"),
    "pupil_absent": _("not given: pupil absent"),
    "pupil_excused": _("not given: pupil excused"),
    "declined": _("not given: declined"),
    "provider_absent": _("not given: provider absent"),
    "no_school": _("not given: no school"),
    "school_activity": _("not given: school activity"),
    "other": _("not given: other reason"),
}
CALLS = {
    "reached_pupil": _("reached the pupil"),
    "reached_parent": _("reached a parent"),
    "message_left": _("left a message"),
    "no_answer": _("no answer"),
    "wrong_number": _("wrong number"),
}
ON_DAY = {
    "present": _("present"),
    "late_30": _("more than 30 minutes late"),
    "absent": _("absent"),
    "excused": _("absent, excused"),
}
TOOK = {
    Took.PART: _("took part"),
    Took.ABSENT: _("absent"),
    Took.EXCUSED: _("absent, excused"),
    Took.UNVERIFIED: _("not verified"),
    Took.NOT_ENROLLED: _("not enrolled"),
}
FOUND = {
    Found.MET: _("a whole day"),
    Found.BROKEN: _("part of a day"),
    Found.UNVERIFIED: _("not verified"),
    Found.WAITING: _("not verified"),
    Found.NOT_BOUND: _("not bound"),
    Found.NOT_IN_FORCE: _("no clause in force"),
}
STATES = {
    "certified": _("certified"),
    "waits": _("certified, waits for its seal"),
    "changed": _("changed since it was certified"),
    "open": _("open"),
    "overdue": _("overdue"),
}
_KINDS = {
    EntryKind.JOINED: _("joined live"),
    EntryKind.WORK: _("work handed in"),
    EntryKind.CONTACT: _("contact"),
    EntryKind.ASSESSED: _("assessed"),
    EntryKind.IN_PERSON: _("at school"),
    EntryKind.SERVICE: _("service"),
    EntryKind.FAILURE: _("technical failure; this is no absence"),
    EntryKind.ATTENDANCE: _("attendance"),
}
_CODES = {
    "missing": _("work was due and not handed in"),
    "delivered": _("service given"),
    "make_up": _("service made up"),
    "technical": _("service not given: technical failure; this is no absence"),
    **{
        name: HOW[name] for name in HOW if name.startswith(("pupil", "declined", "provider", "no_", "school"))
    },
    **CALLS,
    **ON_DAY,
}


def words(shared: bool) -> str:
    """Return the words by which a week is certified, which others have entered into or not."""
    return SHARED_WORDS if shared else WORDS


def what(entry: Entry, s: Speech) -> str:
    """Return what an entry says happened."""
    if entry.kind is EntryKind.CONTACT and entry.code not in CALLS:
        return s.say(_("a contact about attendance"))
    return s.say(_CODES.get(entry.code, _KINDS[entry.kind]))


def times(entry: Entry, s: Speech) -> str:
    """Return from when to when something was, or how many minutes it counts; empty where nobody knows."""
    if entry.first is not None and entry.last is not None and entry.first < entry.last:
        return s.range(entry.first, entry.last)
    if entry.minutes is not None:
        return s.minutes(entry.minutes)
    return s.clock(entry.first) if entry.first is not None else ""


def number(figure: Figure) -> str:
    """Return a figure; a dash where nothing is recorded, and a plus where more has no known minutes."""
    if figure.value is None:
        return "?" if figure.unknown else "–"
    return f"{figure.value}{'+' if figure.unknown else ''}"


def moment(at: datetime, s: Speech) -> str:
    """Return when something was, by the clocks that it is given in."""
    return f"{s.day(at.date())}, {s.clock(at.hour * 60 + at.minute)}"


def own(text: str, s: Speech) -> Markup:
    """Return what stands in English whatever the reader's language, marked as such."""
    if s.language.code == "en":
        return escape(text)
    return Markup('<span lang="en" dir="ltr">{}</span>').format(text)
