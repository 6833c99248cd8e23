"""Small services from plain words, for the tests of what is owed and what was given."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

from schoolday.calendar.days import Calendar
from schoolday.files.rulebooks import load
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.services.account import Account, Ground, accounts
from schoolday.ledger.services.emergency import Closure
from schoolday.ledger.services.owed import owed
from schoolday.ledger.services.recorded import Reasons, make_up_detail
from schoolday.ledger.services.terms import Mode, Per, Terms

BOOK = load()
REASONS = Reasons(BOOK, frozenset({"CA"}))
YEAR = Calendar(date(2020, 9, 1), date(2021, 6, 11), {date(2020, 9, 7): "Labor Day"})
MONDAY = date(2020, 9, 14)


def terms(
    minutes: int = 30, times: int = 2, *, per: Per = Per.WEEK, mode: Mode = Mode.INDIVIDUAL,
    first: date | None = None, last: date | None = None, emergency: bool = False, service: str = "v1",
) -> Terms:  # fmt: skip
    return Terms(service, "p1", "elm", "t1", "speech", minutes, times, per, mode, first, last, emergency)


def entry(
    name: str, day: date, code: str = "delivered", minutes: int | None = None, *, start: int | None = 600,
    makes_up: str = "", corrects: str = "", at: datetime | None = None, by: str = "t1", service: str = "v1",
) -> Entry:  # fmt: skip
    held = code in ("delivered", "make_up")
    given = minutes if minutes is not None or not held else 30
    return Entry(
        name, EntryKind.SERVICE, "p1", day, "elm", service, start, start + 30 if start is not None else None,
        given, code, make_up_detail(makes_up) if makes_up else "", by,
        at or datetime.combine(day, time(23), UTC), corrects, "desk",
    )  # fmt: skip


def account(
    some: list[Entry], one: Terms | None = None, *, as_of: date = date(2020, 9, 18), day: date = MONDAY,
    closures: tuple[Closure, ...] = (), reasons: Reasons = REASONS,
) -> Account:  # fmt: skip
    ground = Ground(reasons, YEAR, as_of, closures)
    (found,) = accounts(owed([one or terms()], YEAR, day, day), some, ground)
    return found


def parts(one: Account) -> tuple[int, int, int, int, int, int]:
    """Owed, delivered, made up, explained, to make up, unrecorded."""
    return (
        one.owed.minutes, one.delivered, one.made_up, one.explained, one.to_make_up, one.unrecorded
    )  # fmt: skip
