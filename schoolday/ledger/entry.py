"""Entry: one thing that happened, recorded once by the person who knows it, and never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class EntryKind(StrEnum):
    """What an entry records."""

    JOINED = "joined"
    WORK = "work"
    CONTACT = "contact"
    ASSESSED = "assessed"
    IN_PERSON = "in_person"
    SERVICE = "service"
    FAILURE = "failure"
    ATTENDANCE = "attendance"


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the ledger; a correction is an entry of its own.

    Parameters
    ----------
    id
        The client's own, a UUID: the same entry sent twice is one.
    kind, pupil, day, school
        What, of whom, on which date, at which school.
    activity
        The section or service; empty for none.
    first, last
        From when to when, in minutes of the day; None where not known.
    minutes
        Certified or delivered; None where not known, never zero.
    code, detail
        The outcome or reason, of the kind's list; free words.
    by, at
        Who recorded it, and when, with a time zone.
    corrects
        The id of the entry it replaces, or empty.
    origin
        ``desk``, or the platform that an import came from.
    """

    id: str
    kind: EntryKind
    pupil: str
    day: date
    school: str
    activity: str
    first: int | None
    last: int | None
    minutes: int | None
    code: str
    detail: str
    by: str
    at: datetime
    corrects: str
    origin: str
