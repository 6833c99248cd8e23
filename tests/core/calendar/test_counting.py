"""Counting from an event: what each count counts, and the laws that hold for all of them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from calendar_cases import DISTRICTS, SACRAMENTO, SAN_JUAN, calendars
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolday.calendar.counting import Count, add, between, counts, day_of
from schoolday.calendar.days import Calendar, OutsideCalendar, dates

LOCAL = ZoneInfo("America/Los_Angeles")
DAYS = [count for count in Count if count is not Count.HOURS]


@pytest.mark.parametrize(
    ("count", "number", "last"),
    [
        (Count.CALENDAR, 5, date(2020, 9, 9)),
        (Count.WORKING, 5, date(2020, 9, 14)),
        (Count.SCHOOL, 5, date(2020, 9, 14)),
        (Count.INSTRUCTIONAL, 5, date(2020, 9, 15)),
        (Count.SCHOOL, 1, date(2020, 9, 8)),
        (Count.SCHOOL, 0, date(2020, 9, 4)),
    ],
)
def test_days_from_a_friday_before_labor_day(count: Count, number: int, last: date) -> None:
    assert add(SAN_JUAN, date(2020, 9, 4), number, count) == last


def test_teachers_preparation_days_are_working_days_and_no_school_days() -> None:
    friday = date(2020, 10, 30)
    assert add(SAN_JUAN, friday, 1, Count.WORKING) == date(2020, 11, 2)
    assert add(SAN_JUAN, friday, 1, Count.SCHOOL) == date(2020, 11, 3)
    assert add(SACRAMENTO, friday, 1, Count.SCHOOL) == date(2020, 11, 2)


def test_the_day_of_the_event_is_day_0_even_where_it_is_no_school_day() -> None:
    sunday = date(2020, 9, 6)
    assert add(SACRAMENTO, sunday, 0, Count.SCHOOL) == sunday
    assert add(SACRAMENTO, sunday, 1, Count.SCHOOL) == date(2020, 9, 8)


def test_a_count_runs_over_the_years_end_and_a_recess() -> None:
    assert add(SACRAMENTO, date(2020, 12, 18), 1, Count.SCHOOL) == date(2021, 1, 4)
    assert add(SACRAMENTO, date(2020, 12, 30), 5, Count.CALENDAR) == date(2021, 1, 4)


def test_a_leap_day_is_a_day() -> None:
    year = Calendar(date(2019, 8, 1), date(2020, 6, 30))
    assert add(year, date(2020, 2, 28), 1, Count.CALENDAR) == date(2020, 2, 29)
    assert add(year, date(2020, 2, 28), 1, Count.SCHOOL) == date(2020, 3, 2)
    assert between(year, date(2020, 2, 28), date(2020, 3, 1), Count.CALENDAR) == 2


def test_24_hours_over_a_change_of_the_clock_are_24_real_hours() -> None:
    autumn = datetime(2020, 10, 31, 12, 0, tzinfo=LOCAL)
    assert add(SACRAMENTO, autumn, 24, Count.HOURS) == datetime(2020, 11, 1, 11, 0, tzinfo=LOCAL)
    spring = datetime(2021, 3, 13, 12, 0, tzinfo=LOCAL)
    assert add(SACRAMENTO, spring, 24, Count.HOURS) == datetime(2021, 3, 14, 13, 0, tzinfo=LOCAL)
    assert between(SACRAMENTO, spring, datetime(2021, 3, 14, 12, 0, tzinfo=LOCAL), Count.HOURS) == 23


def test_a_moments_date_is_the_date_in_the_district() -> None:
    evening = datetime(2020, 9, 5, 3, 30, tzinfo=UTC)
    assert day_of(evening, LOCAL) == date(2020, 9, 4)
    assert add(SACRAMENTO, evening, 1, Count.CALENDAR, LOCAL) == date(2020, 9, 5)
    assert add(SACRAMENTO, evening, 1, Count.CALENDAR) == date(2020, 9, 6)


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        day_of(datetime(2020, 9, 4, 8, 0))
    with pytest.raises(ValueError, match="no time zone"):
        add(SACRAMENTO, datetime(2020, 9, 4, 8, 0), 1, Count.HOURS)


def test_hours_from_a_date_without_a_time_are_refused() -> None:
    with pytest.raises(ValueError, match="moment with its time"):
        add(SACRAMENTO, date(2020, 9, 4), 24, Count.HOURS)
    with pytest.raises(ValueError, match="no kind of day"):
        counts(SACRAMENTO, date(2020, 9, 4), Count.HOURS)


def test_a_negative_number_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        add(SACRAMENTO, date(2020, 9, 4), -1, Count.SCHOOL)


@pytest.mark.parametrize("count", [Count.WORKING, Count.SCHOOL, Count.INSTRUCTIONAL])
def test_what_lies_past_the_calendars_end_is_refused_in_words(count: Count) -> None:
    with pytest.raises(OutsideCalendar, match=r"runs from 2020-09-01 to 2021-06-17 .* 2021-06-18"):
        add(SACRAMENTO, date(2021, 6, 16), 2, count)
    with pytest.raises(OutsideCalendar, match="2020-08-31"):
        between(SACRAMENTO, date(2020, 8, 30), date(2020, 9, 4), count)


def test_an_event_on_the_eve_of_the_calendar_can_be_counted_from() -> None:
    assert add(SACRAMENTO, date(2020, 8, 31), 5, Count.WORKING) == date(2020, 9, 8)


def test_calendar_days_need_no_calendar() -> None:
    assert add(SACRAMENTO, date(2021, 6, 16), 5, Count.CALENDAR) == date(2021, 6, 21)


def _last(calendar: Calendar, since: date, number: int, count: Count) -> date | None:
    try:
        return day_of(add(calendar, since, number, count))
    except OutsideCalendar:
        return None


@given(st.data(), st.sampled_from(DAYS))
@settings(max_examples=200, deadline=None)
def test_more_days_never_end_earlier_and_each_new_last_day_is_a_counted_one(
    data: st.DataObject, count: Count
) -> None:
    calendar = data.draw(calendars())
    since = data.draw(st.dates(calendar.first, calendar.last))
    lasts = [_last(calendar, since, number, count) for number in range(12)]
    known = [last for last in lasts if last is not None]
    assert lasts[: len(known)] == known
    for before, after in pairwise(known):
        assert before < after
        assert counts(calendar, after, count)
        skipped = dates(before + timedelta(days=1), after - timedelta(days=1))
        assert not any(counts(calendar, day, count) for day in skipped)


@given(st.data(), st.sampled_from(DAYS), st.integers(0, 15), st.integers(0, 15))
@settings(max_examples=200, deadline=None)
def test_counting_on_from_the_last_day_is_counting_all_at_once(
    data: st.DataObject, count: Count, first: int, then: int
) -> None:
    calendar = data.draw(calendars())
    since = data.draw(st.dates(calendar.first, calendar.last))
    middle = _last(calendar, since, first, count)
    stepped = middle if middle is None else _last(calendar, middle, then, count)
    assert stepped == _last(calendar, since, first + then, count)


@given(st.data(), st.sampled_from(DAYS), st.integers(0, 30))
@settings(max_examples=200, deadline=None)
def test_between_undoes_add(data: st.DataObject, count: Count, number: int) -> None:
    calendar = data.draw(calendars())
    since = data.draw(st.dates(calendar.first, calendar.last))
    last = _last(calendar, since, number, count)
    if last is not None:
        assert between(calendar, since, last, count) == number


@given(st.data(), st.sampled_from(DAYS))
@settings(max_examples=200, deadline=None)
def test_days_between_add_up_and_turn_their_sign(data: st.DataObject, count: Count) -> None:
    calendar = data.draw(calendars())
    one, two, three = (data.draw(st.dates(calendar.first, calendar.last)) for _ in range(3))
    whole = between(calendar, one, three, count)
    assert whole == between(calendar, one, two, count) + between(calendar, two, three, count)
    assert between(calendar, three, one, count) == -whole


@given(
    st.datetimes(datetime(2019, 1, 1), datetime(2027, 12, 31)),
    st.integers(0, 500),
    st.integers(0, 500),
    st.sampled_from(["America/Los_Angeles", "America/Phoenix", "Australia/Lord_Howe", "UTC"]),
)
@settings(deadline=None)
def test_hours_add_up_in_every_zone_and_over_every_change_of_the_clock(
    naive: datetime, first: int, then: int, name: str
) -> None:
    since = naive.replace(tzinfo=ZoneInfo(name))
    middle = add(SACRAMENTO, since, first, Count.HOURS)
    last = add(SACRAMENTO, since, first + then, Count.HOURS)
    assert isinstance(middle, datetime)
    assert isinstance(last, datetime)
    stepped = add(SACRAMENTO, middle, then, Count.HOURS)
    assert isinstance(stepped, datetime)
    assert stepped.astimezone(UTC) == last.astimezone(UTC)
    assert between(SACRAMENTO, since, last, Count.HOURS) == first + then
    assert last.tzinfo == since.tzinfo


@given(st.data(), st.sampled_from(DISTRICTS))
@settings(max_examples=100, deadline=None)
def test_instructional_days_are_school_days_are_working_days_are_calendar_days(
    data: st.DataObject, calendar: Calendar
) -> None:
    one = data.draw(st.dates(calendar.first, calendar.last))
    two = data.draw(st.dates(one, calendar.last))
    found = [between(calendar, one, two, count) for count in reversed(DAYS)]
    assert found == sorted(found)
