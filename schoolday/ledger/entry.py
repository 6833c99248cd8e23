"""Entry: one line of the append-only record of what happened."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class EntryKind(StrEnum):
    """What an entry says happened."""

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
    """One line of the record; a correction is a new entry that names the old.

    An absence exists only where an `ATTENDANCE` entry certifies it: a missing entry is unverified, and a
    `FAILURE` (kicked off the call) is no absence.

    Parameters
    ----------
    id
        The client's own, a UUID, so that sending it twice enters it once.
    kind
        What it says happened.
    pupil, day, school
        Whose, when, and at which school.
    activity
        The section or service; an empty string where it belongs to none.
    first, last
        Minutes of the day from when to when; None where nobody knows.
    minutes
        Minutes certified or delivered; None where not known, which is never zero.
    code
        The outcome or reason, one of the kind's codes (`schoolday.ledger.codes`).
    detail
        Free words.
    by, at
        The staff member who entered it, and the moment, with its zone.
    corrects
        The id of the entry that it replaces, or an empty string.
    origin
        ``"desk"``, or the platform of the file that it was read from.
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
