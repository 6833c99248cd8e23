"""A made-up week for the ledger's tests: one teacher, four pupils of grade 3, all that can be entered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from functools import cache
from pathlib import Path

from schoolday.calendar.row import Minutes, Row
from schoolday.files.ledger.seal import Sealed, Seals
from schoolday.files.rulebooks import load
from schoolday.ledger.certify import certify
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.week import Enrolled, Expected, Week
from schoolday.rules import Rulebook
from schoolday.rules.rule import Way

PACIFIC = timezone(timedelta(hours=-7))
MONDAY = date(2020, 9, 14)
DAYS = tuple(MONDAY + timedelta(days=place) for place in range(5))
FRIDAY_EVENING = datetime(2020, 9, 18, 17, 0, tzinfo=PACIFIC)
PUPILS = tuple(Expected(name, "3", ("class",)) for name in ("ana", "bo", "cruz", "dee"))
K = EntryKind


@cache
def book() -> Rulebook:
    return load(None)


def entry(name: str, kind: EntryKind = K.JOINED, pupil: str = "ana", day: int = 0, **more: object) -> Entry:
    """An entry of the week's day 0 to 4, of the teacher, entered at noon of its day."""
    at = datetime(2020, 9, 14 + day, 12, 0, tzinfo=PACIFIC)
    plain = Entry(
        name, kind, pupil, DAYS[day], "maple", "class", None, None, None, "", "", "tess", at, "", "desk"
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def joined(name: str, first: int, last: int, pupil: str = "ana", day: int = 0, **more: object) -> Entry:
    return entry(name, K.JOINED, pupil, day, first=first, last=last, minutes=last - first, **more)


def entries() -> tuple[Entry, ...]:
    """Ana: a whole day, a corrected one; Bo: kicked off, and absent; Cruz: work unjudged; Dee: nothing."""
    return (
        joined("a1", 510, 600),
        joined("a2", 590, 690),  # Ten minutes on two devices.
        entry("a3", K.WORK, minutes=60, code="submitted"),
        entry("a4", K.WORK, minutes=30, code="submitted", day=1),
        entry("a5", K.WORK, minutes=40, code="submitted", day=1, corrects="a4", by="vice"),
        entry("a6", K.WORK, code="missing", day=1),
        entry("b1", K.FAILURE, "bo", code="dropped"),
        entry("b2", K.ATTENDANCE, "bo", 1, code="absent"),
        entry("b3", K.ATTENDANCE, "bo", 2, code="excused"),
        entry("b4", K.CONTACT, "bo", 3, code="reached_parent"),
        entry("b5", K.CONTACT, "bo", 4, code="no_answer"),
        entry("c1", K.WORK, "cruz", code="submitted"),
        entry("c2", K.ASSESSED, "cruz", 1, code="completed"),
        entry("c3", K.IN_PERSON, "cruz", 2, first=540, last=600, minutes=60),
        entry("c4", K.SERVICE, "cruz", 3, minutes=30, code="delivered", activity="speech"),
        entry("c5", K.SERVICE, "cruz", 4, code="provider_absent", activity="speech"),
        joined("c6", 500, 520, "cruz", 4),
        entry("c7", K.JOINED, "cruz", 4, code="withdrawn", corrects="c6"),
    )


def plan() -> tuple[Row, ...]:
    kinds = ((Minutes.LIVE, 180), (Minutes.INDEPENDENT, 50))
    return tuple(
        Row(one.pupil, day, "class", kind, minutes)
        for one in PUPILS
        for day in DAYS
        for kind, minutes in kinds
    )


def everybody(days: tuple[date, ...] = DAYS) -> frozenset[Enrolled]:
    """All four in the class on every day, and Cruz in a service as well."""
    return frozenset(
        Enrolled(one.pupil, day, name)
        for one in PUPILS
        for day in days
        for name in ("class", *(("speech",) if one.pupil == "cruz" else ()))
    )


def week(**more: object) -> Week:
    plain = Week(
        "maple-union", "maple", "tess", MONDAY, Way.DISTANCE, DAYS, PUPILS, entries(), plan(), everybody()
    )
    return replace(plain, **more)  # type: ignore[arg-type]


def later(place: int, **more: object) -> Week:
    """The same week, so many weeks later, with entries of its own."""
    move = timedelta(days=7 * place)
    moved = tuple(
        replace(one, id=f"{one.id}w{place}", day=one.day + move, at=one.at + move,
                corrects=f"{one.corrects}w{place}" if one.corrects else "")
        for one in entries()
    )  # fmt: skip
    days = tuple(day + move for day in DAYS)
    planned = tuple(replace(row, day=row.day + move) for row in plan())
    kept = {"monday": MONDAY + move, "days": days, "enrolled": everybody(days)}
    return week(**{**kept, "entries": moved, "plan": planned, **more})


def sealed_weeks(folder: Path, number: int = 3) -> tuple[Seals, list[Sealed]]:
    """A chain of as many weeks, the first of them corrected at the end: one seal more than weeks."""
    seals = Seals(folder, "maple-union")
    made = []
    for place in range(number):
        at = FRIDAY_EVENING + timedelta(days=7 * place)
        made.append(seals.seal(certify(later(place), book(), by="tess", at=at)))
    old = later(0)
    better = replace(
        old.entries[2],
        id="late",
        minutes=70,
        corrects=old.entries[2].id,
        at=FRIDAY_EVENING + timedelta(days=30),
    )
    again = replace(old, entries=(*old.entries, better))
    made.append(seals.seal(certify(again, book(), by="tess", at=FRIDAY_EVENING + timedelta(days=31))))
    return seals, made
