"""Day kinds: a district's calendar and an agreement say the same of a date, or not."""

from __future__ import annotations

from datetime import date

import pytest
from measure_cases import SACRAMENTO, SAN_JUAN, day_kind

from schoolday.calendar.days import Calendar
from schoolday.measures.day_kinds import judge
from schoolday.measures.verdict import Found


@pytest.mark.parametrize(
    ("calendar", "day", "found"),
    [
        (SACRAMENTO, date(2020, 9, 1), Found.MET),
        (SAN_JUAN, date(2020, 9, 1), Found.BROKEN),
        (SAN_JUAN, date(2020, 9, 5), Found.NOT_BOUND),
        (SAN_JUAN, date(2020, 8, 1), Found.UNVERIFIED),
        (SAN_JUAN, date(2020, 6, 1), Found.NOT_IN_FORCE),
    ],
)
def test_an_agreed_preparation_day_stands_in_the_calendar(
    calendar: Calendar, day: date, found: Found
) -> None:
    verdict = judge(day_kind("preparation"), day, calendar)
    assert verdict.found is found
    assert verdict.said
