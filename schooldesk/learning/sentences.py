"""What the pages of learning say in the reader's language."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_percent

from schoolday.learning.counted import Counted
from schoolday.learning.groups import SmallGroup
from schoolday.learning.helped import Turned
from schoolday.learning.mastery import Level, Mastery
from schoolday.learning.recordings import Presence
from schoolday.learning.watch import EVERYBODY, Line
from schooldesk.day.languages import Speech


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


LEVELS = {
    Level.SECURE: _("Learned"),
    Level.NEEDS: _("Needs help"),
    Level.UNCERTAIN: _("Too little seen to say"),
    Level.UNKNOWN: _("Not asked yet"),
}
SUBJECTS = {"math": _("Mathematics"), "ela": _("English language arts")}
PRESENCES = {
    Presence.MISSED: _("Lessons that were missed"),
    Presence.UNKNOWN: _("Lessons of which the record does not say who was there"),
    Presence.THERE: _("Lessons that your child was at"),
}
TURNED = {
    Turned.HIGHER: _("higher"),
    Turned.LOWER: _("lower"),
    Turned.UNCLEAR: _("not sure enough to say"),
    Turned.UNKNOWN: _("not asked before and after"),
}
WHAT = {
    "district_exam": _("An exam of the district"),
    "exam": _("An exam"),
    "results": _("Results"),
    "files": _("Files"),
    "essentials": _("Essential standards"),
    "recording": _("A recording"),
    "consent": _("A consent"),
    "viewing": _("A viewing"),
}
COUNTED = {
    "no rule in force says what watching a recording counts as": _(
        "No rule in force says what watching a recording counts as."
    ),
    "it counts as nothing until a member of staff certifies it; live minutes it never is": _(
        "Watching counts as nothing until a member of staff certifies it; as live minutes it never counts."
    ),
    "the certified time of the work counts as independent minutes; live teaching it never is": _(
        "The certified time of the work counts as independent minutes; as live teaching it never counts."
    ),
    "activity online may be evidence of participation, and its certified time is independent work; the "
    "law does not name recordings, so this is a reading; live minutes it never is": _(
        "Activity online may be evidence of participation, and its certified time is independent work. The "
        "law does not name recordings, so this is our reading. As live minutes it never counts."
    ),
}
NUMBERS = (_("Pupils"), _("Need help"), _("In a group"), _("Asked before and after"), _("Higher"))
ALONE = {
    "the teachers' times or the groups' seats do not suffice for all": _(
        "the teachers’ times or the groups’ seats do not suffice for all"
    ),
    "too few others with the same need are free when this pupil and a teacher are": _(
        "too few others with the same need are free when this pupil and a teacher are"
    ),
    "no teacher of these groups is free when this pupil is": _(
        "no teacher of these groups is free when this pupil is"
    ),
}
KINDS = {"grade": _("Grade %(name)s"), "school": _("School"), "group": _("Group: %(name)s")}
GROUPS = {
    "iep": _("Children with an individualized education program (IEP)"),
    "el": _("English learners"),
    "foster": _("Children in foster care"),
    "homeless": _("Children without a home of their own"),
}
MONDAY = date(2020, 9, 7)
"""Any Monday: weekdays are named by it."""


def percent(share: float, s: Speech) -> str:
    """Return a share as a whole percentage."""
    return str(format_percent(share, "#,##0%", locale=s.locale))


def change(share: float, s: Speech) -> str:
    """Return a change of a share with its sign."""
    return ("+" if share >= 0 else "−") + percent(abs(share), s)


def seen(one: Mastery, s: Speech) -> str:
    """Return on how many questions something rests, and how sure it is; nothing where none was asked."""
    if not one.trials:
        return ""
    said = s.say(
        _(
            "About %(right)s of %(asked)s questions right; most likely between %(low)s and %(high)s of such "
            "questions would be."
        )
    )
    return said % {
        "right": f"{one.right:.0f}", "asked": f"{one.trials:.0f}", "low": percent(one.low, s),
        "high": percent(one.high, s),
    }  # fmt: skip


def counts(one: Counted, s: Speech) -> str:
    """Return what a viewing counts as, in the reader's language."""
    return s.say(COUNTED.get(one.said, one.said))


def why_alone(said: str, s: Speech) -> str:
    """Return why a pupil is in no group, in the reader's language."""
    return s.say(ALONE.get(said, said))


def weekly(group: SmallGroup, s: Speech) -> str:
    """Return when a group meets: Tuesday, 10:00 AM – 10:20 AM."""
    day = format_date(MONDAY + timedelta(days=group.time.day), "EEEE", s.locale)
    return f"{day}, {s.clock(group.time.span.start)} – {s.clock(group.time.span.end)}"


def line(one: Line, s: Speech, school: str) -> str:
    """Return the name of a line of the watch."""
    if one.name == EVERYBODY:
        return s.say(_("Everybody"))
    if one.kind == "school":
        return school
    if one.kind == "group" and one.name in GROUPS:
        return s.say(GROUPS[one.name])
    return s.say(KINDS[one.kind]) % {"name": one.name}


def listed(words: Sequence[str], s: Speech) -> str:
    """Return words as a list in the reader's language."""
    return str(format_list(list(words), locale=s.locale))


def moment(at: datetime, zone: str, s: Speech) -> str:
    """Return a moment by the district's clocks: September 8, 2020, 7:45 AM."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{s.day(local.date())}, {s.clock(local.hour * 60 + local.minute)}"
