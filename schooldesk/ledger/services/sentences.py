"""What the pages of services say in the reader's language."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from schoolday.ledger.services.recorded import DELIVERED, MAKE_UP
from schoolday.ledger.services.terms import Mode, Per, Terms
from schooldesk.day.languages import Speech
from schooldesk.day.shell import fill
from schooldesk.day.subjects import subject_name


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


OUTCOMES = {
    DELIVERED: _("given"),
    MAKE_UP: _("made up"),
    "pupil_absent": _("the pupil was absent"),
    "pupil_excused": _("the pupil was absent and excused"),
    "declined": _("the pupil was there and did not take part"),
    "provider_absent": _("the provider was absent"),
    "no_school": _("there was no school"),
    "school_activity": _("the pupil was at an activity of the school"),
    "technical": _("the connection or a device failed"),
    "other": _("another reason"),
}
"""How a meeting went."""
MODES = {
    Mode.INDIVIDUAL: _("alone"),
    Mode.GROUP: _("in a group"),
    Mode.CONSULT: _("among adults, for your child"),
}
WORDS = _("I gave these services as they are recorded here.")
"""What a provider declares by signing."""


def kind(name: str, s: Speech) -> str:
    """Return what a service is called; a name that is not known stays as the roster has it."""
    return subject_name(name, s)


def promise(terms: Terms, s: Speech) -> str:
    """Return what terms promise, in a sentence."""
    said = {
        Per.WEEK: (
            _("%(minutes)s, %(times)s time a week"),
            _("%(minutes)s, %(times)s times a week"),
        ),
        Per.MONTH: (
            _("%(minutes)s, %(times)s time a school month"),
            _("%(minutes)s, %(times)s times a school month"),
        ),
    }[terms.per]
    words = s.say(said[0] if terms.times == 1 else said[1])
    return str(fill(words, minutes=s.minutes(terms.minutes, "long"), times=terms.times))


def moment(at: datetime, zone: str, s: Speech) -> str:
    """Return a moment by the district's clocks."""
    there = at.astimezone(ZoneInfo(zone))
    return f"{s.day(there.date())}, {s.clock(there.hour * 60 + there.minute)}"
