"""Weeks, months and attendance periods of a school year."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from calendar_cases import DISTRICTS, SACRAMENTO, SAN_JUAN, calendars
from hypothesis import given, settings

from schoolday.calendar.days import Calendar
from schoolday.calendar.periods import (
    attendance_parts,
    attendance_periods,
    four_weeks,
    holding,
    school_months,
    school_weeks,
)


def test_a_school_week_runs_from_monday_to_friday_and_is_cut_at_the_calendars_ends() -> None:
    first, second, *_, last = school_weeks(SACRAMENTO)
    assert (first.first, first.last, first.full) == (date(2020, 9, 1), date(2020, 9, 4), False)
    assert (second.name, second.first, second.last, second.full) == (
        "week of 2020-09-07",
        date(2020, 9, 7),
        date(2020, 9, 11),
        True,
    )
    assert (last.first, last.last, last.full) == (date(2021, 6, 14), date(2021, 6, 17), False)


def test_a_school_month_is_four_weeks_with_their_legal_holidays() -> None:
    first, second, *_ = school_months(SACRAMENTO)
    assert (first.first, first.last, first.full) == (date(2020, 9, 1), date(2020, 9, 25), True)
    assert (second.first, second.last) == (date(2020, 9, 28), date(2020, 10, 23))


def test_a_recess_counts_to_no_school_month_and_the_month_around_it_runs_on() -> None:
    around = [month for month in school_months(SACRAMENTO) if month.first <= date(2020, 12, 21) <= month.last]
    assert [(month.first, month.last) for month in around] == [(date(2020, 11, 30), date(2021, 1, 8))]


@pytest.mark.parametrize(
    ("calendar", "ends"),
    [
        (SACRAMENTO, [("P-1", date(2020, 11, 20)), ("P-2", date(2021, 4, 9)), ("annual", date(2021, 6, 17))]),
        (SAN_JUAN, [("P-1", date(2020, 11, 27)), ("P-2", date(2021, 4, 2)), ("annual", date(2021, 6, 10))]),
    ],
)
def test_attendance_periods_end_with_the_last_full_school_month_before_their_date(
    calendar: Calendar, ends: list[tuple[str, date]]
) -> None:
    periods = attendance_periods(calendar)
    assert [(period.name, period.last) for period in periods] == ends
    assert {period.first for period in periods} == {calendar.first}


def test_the_year_is_cut_after_p_1_and_p_2() -> None:
    parts = attendance_parts(SACRAMENTO)
    assert [part.name for part in parts] == ["to P-1", "after P-1 to P-2", "after P-2 to annual"]
    for before, after in pairwise(parts):
        assert after.first == before.last + timedelta(days=1)


def test_a_year_too_short_for_a_month_has_an_annual_period_alone() -> None:
    short = Calendar(date(2021, 5, 3), date(2021, 5, 14))
    assert [period.name for period in attendance_periods(short)] == ["annual"]
    assert [part.name for part in attendance_parts(short)] == ["to annual"]


def test_a_calendar_that_begins_in_spring_belongs_to_the_school_year_of_the_july_before() -> None:
    spring = Calendar(date(2021, 1, 4), date(2021, 6, 17))
    assert [period.name for period in attendance_periods(spring)] == ["P-2", "annual"]


@given(calendars())
@settings(deadline=None)
def test_every_weekday_of_the_calendar_lies_in_exactly_one_week(calendar: Calendar) -> None:
    weeks = school_weeks(calendar)
    for number in range((calendar.last - calendar.first).days + 1):
        day = calendar.first + timedelta(days=number)
        assert sum(week.first <= day <= week.last for week in weeks) == (day.weekday() < 5)


@given(calendars())
@settings(deadline=None)
def test_every_school_day_lies_in_exactly_one_school_month_and_one_part_of_the_year(
    calendar: Calendar,
) -> None:
    months, parts = school_months(calendar), attendance_parts(calendar)
    assert all(month.full for month in months[:-1])
    for day in calendar.school_days(calendar.first, calendar.last):
        assert sum(month.first <= day <= month.last for month in months) == 1
        assert sum(part.first <= day <= part.last for part in parts) == 1


@given(calendars())
@settings(deadline=None)
def test_four_weeks_are_28_days_that_begin_on_each_school_day_that_leaves_room(calendar: Calendar) -> None:
    found = four_weeks(calendar)
    assert all((stretch.last - stretch.first).days == 27 for stretch in found)
    room = calendar.last - timedelta(days=27)
    assert [stretch.first for stretch in found] == [*calendar.school_days(calendar.first, room)]


@given(calendars())
@settings(deadline=None)
def test_weeks_follow_one_another_and_only_weekends_lie_between_them(calendar: Calendar) -> None:
    weeks = school_weeks(calendar)
    for before, after in pairwise(weeks):
        assert (after.first - before.last).days == 3
        assert after.first.weekday() == 0
    if weeks:
        assert (weeks[0].first - calendar.first).days <= 2
        assert (calendar.last - weeks[-1].last).days <= 2


@given(calendars())
@settings(deadline=None)
def test_months_never_overlap_and_no_school_day_lies_between_them(calendar: Calendar) -> None:
    for before, after in pairwise(school_months(calendar)):
        assert before.last < after.first
        assert not [*calendar.school_days(before.last + timedelta(days=1), after.first - timedelta(days=1))]


@given(calendars())
@settings(deadline=None)
def test_the_parts_of_the_year_touch_and_are_the_whole_year(calendar: Calendar) -> None:
    parts = attendance_parts(calendar)
    assert (parts[0].first, parts[-1].last) == (calendar.first, calendar.last)
    for before, after in pairwise(parts):
        assert after.first == before.last + timedelta(days=1)


@given(calendars())
@settings(deadline=None)
def test_a_full_month_has_twenty_weekdays_of_weeks_with_school(calendar: Calendar) -> None:
    weeks = [week for week in school_weeks(calendar) if any(calendar.school_days(week.first, week.last))]
    for month in school_months(calendar):
        inside = [week for week in weeks if month.first <= week.first and week.last <= month.last]
        assert len(inside) == 4 or not month.full
        assert sum((week.last - week.first).days + 1 for week in inside) <= 20


def test_a_week_runs_over_the_years_end_and_over_a_leap_day() -> None:
    winter = Calendar(date(2019, 12, 2), date(2020, 3, 20))
    new_year = holding(school_weeks(winter), date(2020, 1, 1))
    leap = holding(school_weeks(winter), date(2020, 2, 28))
    assert new_year is not None
    assert (new_year.first, new_year.last) == (date(2019, 12, 30), date(2020, 1, 3))
    assert leap is not None
    assert (leap.first, leap.last) == (date(2020, 2, 24), date(2020, 2, 28))
    assert holding(school_weeks(winter), date(2020, 2, 29)) is None
    assert holding(four_weeks(winter), date(2020, 2, 29)) is not None


def test_two_districts_have_their_own_weeks_months_and_periods() -> None:
    one, other = DISTRICTS
    assert school_weeks(one) != school_weeks(other)
    assert school_months(one) != school_months(other)
    assert attendance_periods(one) != attendance_periods(other)
