"""A made-up year of plan and record is made by its seed alone, and has what a real one has."""

from __future__ import annotations

from datetime import date

from schoolday.calendar.days import Calendar
from schoolday.sample.given import given

WEEKS = Calendar(date(2020, 9, 3), date(2020, 10, 2))


def test_the_same_seed_makes_the_same_year() -> None:
    assert given(WEEKS, 20, 7) == given(WEEKS, 20, 7)
    assert given(WEEKS, 20, 7)[1] != given(WEEKS, 20, 8)[1]


def test_it_has_plan_and_record_absence_gaps_and_services() -> None:
    year, rows, names = given(WEEKS, 40, 1)
    assert {"plan", "joined", "work", "attendance", "service"} <= {row.origin for row in rows}
    assert any(row.participated is None for row in rows if row.origin == "joined")
    assert any(row.participated == 0 for row in rows if row.origin == "attendance")
    assert {names[one.activity] for one in year.promises} == {one.id for one in year.promises}
