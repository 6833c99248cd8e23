"""Deadlines over every count: in time, late, still running, and what nobody can say."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measure_cases import DISTRICTS, SACRAMENTO, SAN_JUAN, deadline

from schoolday.calendar.counting import Count, add
from schoolday.calendar.days import Calendar, OutsideCalendar
from schoolday.measures.deadlines import judge
from schoolday.measures.verdict import Found

LOCAL = ZoneInfo("America/Los_Angeles")
FRIDAY, NOW = date(2020, 9, 4), date(2021, 6, 1)
DAYS = [count for count in Count if count is not Count.HOURS]


@pytest.mark.parametrize(
    ("unit", "last"),
    [
        ("calendar_days", date(2020, 9, 9)),
        ("working_days", date(2020, 9, 14)),
        ("school_days", date(2020, 9, 14)),
        ("instructional_days", date(2020, 9, 15)),
    ],
)
def test_the_last_date_is_in_time_and_the_next_is_late_in_every_count(unit: str, last: date) -> None:
    rule = deadline(5, unit)
    verdict = judge(rule, SAN_JUAN, FRIDAY, last, NOW)
    assert (verdict.found, verdict.inputs["last"]) == (Found.MET, last)
    assert judge(rule, SAN_JUAN, FRIDAY, last + timedelta(days=1), NOW).found is Found.BROKEN


def test_a_deadline_waits_until_its_last_date_is_over_and_is_then_unverified() -> None:
    rule, last = deadline(5, "calendar_days"), date(2020, 9, 9)
    waiting = judge(rule, SACRAMENTO, FRIDAY, None, last)
    assert (waiting.found, waiting.inputs["last"]) == (Found.WAITING, last)
    assert "still due; the last date in time is 2020-09-09" in waiting.said
    over = judge(rule, SACRAMENTO, FRIDAY, None, last + timedelta(days=1))
    assert over.found is Found.UNVERIFIED
    assert "not on record" in over.said


def test_late_in_the_evening_of_the_last_date_is_in_time_in_the_district() -> None:
    rule = deadline(5, "calendar_days")
    evening = datetime(2020, 9, 10, 6, 59, tzinfo=UTC)  # 23:59 on the 9th in Sacramento
    assert judge(rule, SACRAMENTO, FRIDAY, evening, NOW, zone=LOCAL).found is Found.MET
    assert judge(rule, SACRAMENTO, FRIDAY, evening, NOW).found is Found.BROKEN
    assert judge(rule, SACRAMENTO, FRIDAY, None, evening, zone=LOCAL).found is Found.WAITING


def test_24_hours_are_counted_to_the_minute_over_a_change_of_the_clock() -> None:
    rule = deadline(24, "hours")
    raised = datetime(2020, 10, 31, 12, 0, tzinfo=LOCAL)
    last = datetime(2020, 11, 1, 11, 0, tzinfo=LOCAL)
    verdict = judge(rule, SACRAMENTO, raised, last, NOW)
    assert (verdict.found, verdict.inputs["last"]) == (Found.MET, last)
    assert judge(rule, SACRAMENTO, raised, last + timedelta(minutes=1), NOW).found is Found.BROKEN


def test_of_two_moments_in_the_hour_that_comes_twice_the_later_is_not_the_earlier() -> None:
    first = datetime(2020, 11, 1, 1, 50, tzinfo=LOCAL)
    second = datetime(2020, 11, 1, 1, 10, fold=1, tzinfo=LOCAL)
    assert judge(deadline(1, "hours"), SACRAMENTO, first, second, NOW).found is Found.MET
    assert judge(deadline(1, "hours"), SACRAMENTO, second, first, NOW).found is Found.UNVERIFIED


@pytest.mark.parametrize(
    ("due", "found"),
    [
        (date(2020, 10, 5), Found.MET),
        (date(2020, 10, 6), Found.UNVERIFIED),
        (date(2020, 10, 7), Found.BROKEN),
    ],
)
def test_dates_without_a_time_decide_24_hours_where_any_time_of_them_would(due: date, found: Found) -> None:
    assert judge(deadline(24, "hours"), SACRAMENTO, date(2020, 10, 5), due, NOW, zone=LOCAL).found is found


def test_dates_without_a_zone_decide_no_hours() -> None:
    verdict = judge(deadline(24, "hours"), SACRAMENTO, date(2020, 10, 5), date(2020, 10, 5), NOW)
    assert verdict.found is Found.UNVERIFIED
    assert "a moment with its time and zone" in verdict.said


def test_an_event_that_nobody_dated_is_unverified() -> None:
    verdict = judge(deadline(5, "calendar_days"), SACRAMENTO, None, FRIDAY, NOW)
    assert verdict.found is Found.UNVERIFIED
    assert "not known when there was an emergency" in verdict.said


def test_an_answer_before_the_question_is_none() -> None:
    verdict = judge(deadline(5, "calendar_days"), SACRAMENTO, FRIDAY, date(2020, 9, 3), NOW)
    assert verdict.found is Found.UNVERIFIED
    assert "came before" in verdict.said


def test_the_calendars_end_decides_only_what_lies_inside_it() -> None:
    rule, wednesday = deadline(2, "school_days"), date(2021, 6, 16)
    assert judge(rule, SACRAMENTO, wednesday, date(2021, 6, 17), NOW).found is Found.MET
    late = judge(rule, SACRAMENTO, wednesday, date(2021, 6, 18), NOW)
    assert late.found is Found.UNVERIFIED
    assert "2021-06-17" in late.said
    inside = judge(rule, SACRAMENTO, date(2021, 6, 14), date(2021, 6, 21), NOW)
    assert (inside.found, inside.inputs["last"]) == (Found.BROKEN, date(2021, 6, 16))


def test_a_deadline_is_judged_by_the_clause_of_the_day_of_the_event() -> None:
    rule = deadline(5, "calendar_days")
    assert judge(rule, SACRAMENTO, date(2020, 6, 30), date(2020, 7, 2), NOW).found is Found.NOT_IN_FORCE
    assert judge(rule, SACRAMENTO, date(2021, 6, 30), date(2021, 7, 2), NOW).found is Found.MET
    assert judge(rule, SACRAMENTO, date(2021, 7, 1), date(2021, 7, 2), NOW).found is Found.NOT_BOUND


def test_who_is_excused_owes_nothing() -> None:
    rule = deadline(5, "calendar_days", unless=("extenuating",))
    assert judge(rule, SACRAMENTO, FRIDAY, NOW, NOW, circumstances=frozenset({"extenuating"})).found is (
        Found.NOT_BOUND
    )


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        judge(deadline(5, "calendar_days"), SACRAMENTO, datetime(2020, 9, 4, 8, 0), FRIDAY, NOW)


def test_a_met_deadline_says_both_events_and_its_source() -> None:
    assert judge(deadline(5, "calendar_days"), SACRAMENTO, FRIDAY, date(2020, 9, 9), NOW).said == (
        "A rule: two-way contact with the pupil's family of 2020-09-09 was within 5 calendar days of an "
        "emergency of 2020-09-04 (A source)."
    )


def _last(calendar: Calendar, since: date, number: int, count: Count) -> date | None:
    try:
        found = add(calendar, since, number, count)
    except OutsideCalendar:
        return None
    return found


@given(
    st.sampled_from(DISTRICTS),
    st.sampled_from(DAYS),
    st.integers(1, 20),
    st.dates(date(2020, 9, 1), date(2021, 6, 10)),
    st.integers(0, 60),
)
@settings(max_examples=300, deadline=None)
def test_days_are_in_time_up_to_the_last_date_and_late_after_it(
    calendar: Calendar, count: Count, number: int, since: date, passed: int
) -> None:
    due = since + timedelta(days=passed)
    last = _last(calendar, since, number, count)
    found = judge(deadline(number, count.value), calendar, since, due, NOW).found
    if last is not None:
        assert found is (Found.MET if due <= last else Found.BROKEN)
    else:
        assert found is (Found.MET if due <= calendar.last else Found.UNVERIFIED)


@given(
    st.datetimes(datetime(2020, 10, 30), datetime(2020, 11, 3)),
    st.integers(0, 60),
    st.integers(0, 23),
    st.integers(1, 50),
)
@settings(max_examples=300, deadline=None)
def test_a_date_says_of_hours_what_every_moment_of_it_says(
    since: datetime, later: int, hour: int, number: int
) -> None:
    rule, after = deadline(number, "hours"), since.replace(tzinfo=LOCAL)
    due = after + timedelta(hours=later)
    if due.astimezone(UTC) < after.astimezone(UTC):
        return
    exact = judge(rule, SACRAMENTO, after, due, NOW, zone=LOCAL).found
    assert exact in (Found.MET, Found.BROKEN)
    rough = (
        judge(rule, SACRAMENTO, after.date(), due, NOW, zone=LOCAL).found,
        judge(rule, SACRAMENTO, after, due.date(), NOW, zone=LOCAL).found,
        judge(rule, SACRAMENTO, after.date(), due.date(), NOW, zone=LOCAL).found,
    )
    assert all(found in (exact, Found.UNVERIFIED) for found in rough)
