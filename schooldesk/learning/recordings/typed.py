"""A recording, a consent and a viewing as they were typed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from urllib.parse import urlsplit

from django.http import QueryDict

from schoolday.ground.errors import SchooldayError
from schoolday.learning.counted import Viewing
from schoolday.learning.recordings import Consent, Recording
from schooldesk.learning import typed

NOBODY = "nobody"


def recording(form: QueryDict, section: str, by: str, pupils: Collection[str], today: date) -> Recording:
    """Return the recording that a teacher posts.

    Raises
    ------
    SchooldayError
        Where something is missing or will not do.
    """
    day = typed.a_date(form, "day", "the date of the lesson")
    if day > today:
        raise SchooldayError("the lesson has not been held yet; choose its date")
    until = typed.a_date(form, "keep_until", "until when it is kept")
    if until < today:
        raise SchooldayError("it would be over before anybody sees it; choose a later date to keep it until")
    recorded = tuple(one for one in form.getlist("recorded") if one in pupils)
    if not recorded and NOBODY not in form:
        raise SchooldayError("mark the pupils who are seen or heard in it, or that nobody of them is")
    return Recording(
        "", section, day, typed.a_text(form, "title", "what the lesson was about"), link(form),
        typed.a_count(form, "minutes", "minutes", least=1), typed.standards(form, must=False), by, today,
        until, recorded, tuple(one.strip() for one in form.get("captions", "").split(",") if one.strip()),
    )  # fmt: skip


def link(form: QueryDict) -> str:
    """Return the address of a recording: https alone, so that nobody reads along."""
    text = form.get("link", "").strip()
    try:
        found = urlsplit(text)
        whole = found.scheme == "https" and bool(found.hostname) and not found.username
    except ValueError:
        whole = False
    if not whole or len(text) > 500 or any(one.isspace() for one in text):
        raise SchooldayError("write the whole address of the recording, beginning with https://")
    return text


def consent(form: QueryDict, section: str, people: Collection[str], today: date) -> Consent:
    """Return a person's word on being recorded in a section, as somebody wrote it down."""
    person = form.get("person", "")
    if person not in people:
        raise SchooldayError("choose somebody whose consent this recording needs")
    if form.get("given") not in ("yes", "no"):
        raise SchooldayError("choose yes or no")
    by = typed.a_text(form, "by", "who said it", most=150)
    return Consent(person, section, form["given"] == "yes", by, today)


def viewing(
    form: QueryDict, code: str, pupils: Collection[str], by: str, frame: tuple[date, date]
) -> Viewing:
    """Return that a pupil watched a recording, with the time value that its teacher certifies."""
    pupil = form.get("pupil", "")
    if pupil not in pupils:
        raise SchooldayError("choose a pupil of this class")
    day = typed.a_date(form, "day", "the date on which it was watched")
    if not frame[0] <= day <= frame[1]:
        raise SchooldayError(f"choose a date from {frame[0]} to {frame[1]}")
    certified = typed.a_count(form, "certified", "the certified minutes", most=600)
    return Viewing(pupil, code, day, None, certified, by if certified is not None else "")
