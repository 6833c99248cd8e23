"""Small histories of attendance from plain words, for the tests of re-engagement."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta

from schoolday.calendar.counting import Count
from schoolday.calendar.days import Calendar
from schoolday.files.rulebooks import load
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.reengage.cases import Case
from schoolday.ledger.reengage.notices import SENT, notice_detail
from schoolday.ledger.reengage.replay import cases
from schoolday.ledger.reengage.tiers import Tier, WrittenPlan
from schoolday.ledger.reengage.watch import Given, Watch

BOOK = load()
THEN, TRUANT, CHRONIC = "ca.distance.reengagement", "ca.truancy.three", "ca.chronic_absence.tenth"
NOW = "ca.independent_study.reengagement"
YEAR = Calendar(date(2020, 9, 8), date(2021, 6, 11))
TODAY = Calendar(date(2026, 8, 13), date(2027, 6, 10))
MONDAY = date(2020, 9, 14)
WATCH = Watch(YEAR)
STEPS = ("verify_contacts", "notify_parent", "outreach", "return_in_person")
PLAN = WrittenPlan(
    tuple(Tier(THEN, step, place, "clerk", 2 * place, Count.SCHOOL) for place, step in enumerate(STEPS, 1))
)
_LETTERS = {".": "present", "A": "absent", "E": "excused", "L": "late_30"}


def moment(day: date, hour: int = 15) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


def attended(name: str, day: date, code: str, *, at: datetime | None = None, corrects: str = "") -> Entry:
    return Entry(
        name, EntryKind.ATTENDANCE, "p1", day, "elm", "", None, None, None, code, "", "t1", at or moment(day),
        corrects, "desk",
    )  # fmt: skip


def weeks(text: str, first: date = MONDAY) -> list[Entry]:
    """Read weeks such as ``AA..E .....``: present, absent, excused, late; ``?`` is certified by nobody."""
    made = []
    for number, letters in enumerate(text.split()):
        for place, letter in enumerate(letters):
            day = first + timedelta(days=7 * number + place)
            if letter != "?":
                made.append(attended(f"{day}", day, _LETTERS[letter]))
    return made


def contact(
    name: str, day: date, code: str, *, detail: str = "", corrects: str = "", at: datetime | None = None
) -> Entry:
    return Entry(
        name, EntryKind.CONTACT, "p1", day, "elm", "", None, None, None, code, detail, "clerk",
        at or moment(day, 20), corrects, "desk",
    )  # fmt: skip


def notice(name: str, day: date, about: Iterable[date], language: str = "es") -> Entry:
    return contact(name, day, SENT, detail=notice_detail(language, about))


def found(
    entries: Iterable[Entry], as_of: date, rule: str = THEN, *, plan: WrittenPlan = PLAN,
    watch: Watch = WATCH, given: Iterable[Given] = (),
) -> list[Case]:  # fmt: skip
    return cases(entries, [BOOK.rule(rule)], watch, as_of, plan=plan, given=given)
