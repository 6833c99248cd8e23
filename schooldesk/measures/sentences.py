"""What the pages of measures say in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from babel.dates import format_date

from schooldesk.day.languages import Speech
from schooldesk.measures.board import YEAR


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


@dataclass(frozen=True)
class Rate:
    """How a figure is told: its name, its definition, its part and its whole, and the measure of its rule."""

    name: str
    said: str
    part: str
    whole: str
    measure: str = ""


RATES: Mapping[str, Rate] = {
    "given_of_planned": Rate(
        _("Minutes given of those promised"),
        _(
            "Promised are the minutes of the plan as it was sealed with each week; given are the minutes "
            "that the sealed record shows. Not verified are promised minutes on days that nobody recorded in "
            "full."
        ),
        _("Given"), _("Promised"),
    ),
    "short_days": Rate(
        _("Days shorter than the minimum"),
        _(
            "Days of pupils on which everything was recorded and the minutes fall short of the minimum day "
            "that stands. Days not recorded in full are not verified, and not short."
        ),
        _("Short days"), _("Days with a minimum"), "minutes_by_day",
    ),
    "absent_days": Rate(
        _("Certified absence"),
        _("Days on which a pupil was certified absent and nothing shows that the pupil took part."),
        _("Days absent"), _("Days enrolled"),
    ),
    "chronic_absence": Rate(
        _("Pupils chronically absent"),
        _(
            "Pupils absent on as large a part of the year’s days as the rule names, from certified "
            "absence alone."
        ),
        _("Pupils absent"), _("Pupils"), "chronic_absence",
    ),
    "reengagement_weeks": Rate(
        _("Weeks that ask for reaching out"),
        _("Weeks of pupils in which absence reaches what the rule on re-engagement names."),
        _("Weeks reached"), _("Weeks"), "engagement_weeks",
    ),
    "service_minutes_unaccounted": Rate(
        _("Service minutes unaccounted for"),
        _(
            "Minutes of promised services (IEP) that were planned, and neither given nor explained by a "
            "reason that the rules accept."
        ),
        _("Unaccounted"), _("Owed"), "service_minutes",
    ),
    "live_share": Rate(
        _("Live minutes of those given"), _("Minutes given live, of all minutes given."),
        _("Live"), _("Given"),
    ),
    "planned_live_share": Rate(
        _("Live minutes of those promised"), _("Minutes promised live, of all minutes promised."),
        _("Live"), _("Promised"),
    ),
}  # fmt: skip
"""The figures of the board by name, in the order in which they are offered."""

KINDS: Mapping[str, str] = {
    "school": _("School"), "grade": _("Grade"), "language": _("Language"), "disability": _("Disability"),
    "foster": _("Foster care"), "homeless": _("Homelessness"), "income": _("Family income"),
}  # fmt: skip
"""The kinds of group, in the order in which they are offered."""

VALUES: Mapping[tuple[str, str], str] = {
    ("all", "all"): _("All pupils"),
    ("language", "el"): _("English learners"), ("language", "en"): _("Not English learners"),
    ("disability", "yes"): _("With an IEP"), ("disability", "no"): _("Without an IEP"),
    ("foster", "yes"): _("In foster care"), ("foster", "no"): _("Not in foster care"),
    ("homeless", "yes"): _("Without a home"), ("homeless", "no"): _("With a home"),
}  # fmt: skip

CODES: Mapping[str, str] = {
    "measures.short_day": _("Days shorter than the minimum"),
    "measures.unverified_day": _("Days not recorded in full"),
    "measures.planned_short": _("Days planned too short"),
    "measures.reengagement": _("Weeks that ask for reaching out"),
    "measures.study_uncredited": _("Independent study: required time without attendance"),
    "measures.study_missed": _("Independent study: live times missed"),
    "measures.chronic_absence": _("Chronic absence"),
    "measures.contrary": _("Certified absent, and something shows otherwise"),
    "measures.service": _("Service minutes unaccounted for"),
    "measures.stray": _("Rows of a pupil not enrolled then"),
}
STATUSES: Mapping[str, str] = {
    "broken": _("broken"), "unverified": _("not verified"), "advice": _("a step is due"), "met": _("met"),
}  # fmt: skip
UNITS: Mapping[str, str] = {
    "days": _("days"), "weeks": _("weeks"), "minutes": _("minutes"), "school months": _("school months"),
    "times four weeks": _("times four weeks"),
}  # fmt: skip
DAY_STATES = (_("met"), _("short"), _("not verified"), _("no minimum"), _("certified absent"))
"""How a day's minutes stand, by the measures' number."""
ENTRY_KINDS: Mapping[str, str] = {
    "joined": _("joined live"), "work": _("own work"), "in_person": _("in person"), "service": _("service"),
    "contact": _("contact"), "assessed": _("assessed"), "failure": _("technical failure"),
    "attendance": _("attendance"),
}  # fmt: skip


def period(name: str, s: Speech) -> str:
    """Return a period in words: the year so far, or a month."""
    if name == YEAR:
        return s.say(_("The year so far"))
    return str(format_date(date.fromisoformat(f"{name}-01"), "MMMM y", locale=s.locale))


def group(kind: str, value: str, schools: Mapping[str, str], s: Speech) -> str:
    """Return a group in words; a school by its name, a grade by its own."""
    if value == "unknown":
        return s.say(_("Not known"))
    if kind == "school":
        return schools.get(value, value)
    if kind == "grade":
        return s.say(_("Grade %(grade)s")) % {"grade": value}
    return s.say(VALUES[kind, value]) if (kind, value) in VALUES else value
