"""The rulebooks that come with the project, read from their files, give the founding documents' minutes."""

from __future__ import annotations

from datetime import date

import pytest

from schoolday.calendar.days import Calendar, DayKind
from schoolday.files.rulebooks import load
from schoolday.program import calendar, plans
from schoolday.rules import Rulebook

DEMO = ("CA", "ca-scusd", "ca-scusd-demo")
BANDS = [("K", "homeroom"), ("2", "homeroom"), ("5", "homeroom"), ("7", "scheduled"), ("9", "scheduled")]
FROM_8, ON_3 = date(2020, 9, 8), date(2020, 9, 3)


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return load()


def _minutes(book: Rulebook, places: tuple[str, ...], day: date) -> list[tuple[int, int, int]]:
    found = plans(book, places, day, BANDS)
    return [(found[band].live, found[band].independent, found[band].total) for band in BANDS]


def test_the_imposed_plan(book: Rulebook) -> None:
    assert _minutes(book, DEMO, FROM_8) == [
        (90, 90, 180), (180, 50, 230), (180, 60, 240), (180, 60, 240), (180, 60, 240),
    ]  # fmt: skip


def test_the_temporary_schedule_is_mostly_independent(book: Rulebook) -> None:
    assert _minutes(book, DEMO, ON_3) == [
        (75, 105, 180), (90, 140, 230), (90, 150, 240), (90, 150, 240), (90, 150, 240),
    ]  # fmt: skip


def test_the_unions_position(book: Rulebook) -> None:
    assert _minutes(book.adopt("ca-scusd.scta_position"), DEMO, FROM_8) == [
        (90, 90, 180), (110, 120, 230), (120, 120, 240), (120, 120, 240), (120, 120, 240),
    ]  # fmt: skip


def test_the_districts_first_offer(book: Rulebook) -> None:
    first = _minutes(book.adopt("ca-scusd.district_first_offer"), DEMO, FROM_8)
    assert [total for _, _, total in first] == [252, 252, 272, 278, 295]


def test_san_juans_agreement(book: Rulebook) -> None:
    agreed = _minutes(book, ("CA", "ca-sanjuan"), FROM_8)
    assert [live for live, _, _ in agreed][:4] == [45, 55, 65, 90]


def test_the_teachers_paid_days_have_no_pupils(book: Rulebook) -> None:
    found = calendar(Calendar(date(2020, 9, 1), date(2021, 6, 17)), book, DEMO)
    assert [found.kind(date(2020, 9, day)) for day in (1, 2, 3)] == [
        DayKind.PREPARATION, DayKind.PREPARATION, DayKind.SCHOOL,
    ]  # fmt: skip
    assert plans(book, DEMO, date(2020, 9, 1), BANDS) == {}
