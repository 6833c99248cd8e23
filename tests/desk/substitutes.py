"""Substitutes in two districts, for tests; nothing here is a test."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from html import unescape
from typing import Any
from zoneinfo import ZoneInfo

from tests.desk.conftest import PASSWORD
from tests.desk.ledgers import TUESDAY, home_of

WEDNESDAY = date(2020, 9, 9)


def told(answer: Any) -> str:
    page = answer.content.decode()
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page))).replace("\xa0", " ")


def account(name: str = "rosa", district: str = "maple", called: tuple[str, str] = ("Rosa", "Diaz")) -> Any:
    """Make a substitute's account."""
    from schooldesk.people.writes import add_staff

    return add_staff(district, name, PASSWORD, "substitute", called=called)


def named(
    staff: Any,
    teacher: str,
    school: str,
    first: date = TUESDAY,
    last: date = WEDNESDAY,
    *,
    sections: tuple[str, ...] = (),
    may_certify: bool = False,
) -> int:
    """Name a substitute, as a principal does on the page; return its number."""
    from schooldesk import scope
    from schooldesk.ledger.substitutes import typed, writes
    from schooldesk.ledger.writes import By

    home = home_of(staff.district_id)
    asked = typed.Asked(staff, school, teacher, sections, first, last, "a course", may_certify)
    with scope.district(home.pk):
        return writes.name(By(home.pk, "principal", "principal", ZoneInfo(home.timezone)), home, asked)


@contextmanager
def at_noon(day: date, district: str = "maple") -> Iterator[None]:
    """Let it be noon of a day."""
    from schooldesk import clock

    zone = ZoneInfo(home_of(district).timezone)
    with clock.at(datetime(day.year, day.month, day.day, 12, tzinfo=zone)):
        yield


def sections_of(rosters: Any, teacher: str, district: str = "maple") -> list[str]:
    return [row.section for row in rosters[district].teaching if row.staff == teacher]


def pupils_named(rosters: Any, section: str, day: date = TUESDAY, district: str = "maple") -> list[str]:
    """Return the names of the pupils of a class."""
    roster = rosters[district]
    return [
        f"{roster.pupils[one].given} {roster.pupils[one].family}" for one in roster.enrolled(day)[section]
    ]
