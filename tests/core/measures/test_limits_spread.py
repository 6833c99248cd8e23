"""The rulebook spread over a year: each day is judged by its own law, and each number has its clause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from schoolday.calendar.days import Calendar
from schoolday.files.rulebooks import load, parse
from schoolday.measures.given import MeasuredPupil, MeasuredYear, Promise
from schoolday.measures.limits import spread
from schoolday.rules.book import Rulebook
from tests.core.measures.measured_years import FALL_2020, FALL_2026

RULES = load()


def year_of(calendar: Calendar, grade: str = "2", way: str = "distance", *true: str) -> MeasuredYear:
    own = MeasuredPupil("p", grade, "maple", way, frozenset(true), {}, ((calendar.first, calendar.last),))
    return MeasuredYear(calendar, (own,))


def test_a_second_grader_owed_230_minutes_in_2020() -> None:
    limits = spread(RULES, year_of(FALL_2020))
    assert {least for _profile, _day, least in limits.minima} == {230}
    assert limits.clauses["minutes_by_day"] == ("ca.distance.total_minutes@2020-07-01",)


def test_distance_learning_has_no_minimum_after_it_lapsed() -> None:
    assert not spread(RULES, year_of(FALL_2026)).minima


def test_a_pupil_at_a_continuation_school_is_not_held_to_the_others_minutes() -> None:
    assert not spread(RULES, year_of(FALL_2020, "11", "distance", "continuation")).minima


def test_weeks_of_2020_are_read_in_both_limbs_or_by_days_alone_as_asked() -> None:
    year = year_of(FALL_2020)
    assert {one[2:] for one in spread(RULES, year).weeks} == {(3, 60)}
    alone = spread(RULES, year, senses={"ca.distance.reengagement": "days_alone"})
    assert {one[2:] for one in alone.weeks} == {(3, None)}


def test_independent_study_today_is_judged_by_four_weeks_and_by_months() -> None:
    limits = spread(RULES, year_of(FALL_2026, "5", "independent_study"))
    assert {share for *_where, share in limits.windows} == {10}
    assert {share for *_where, share in limits.months} == {50}
    assert not limits.weeks
    assert limits.clauses["study_windows"] == ("ca.independent_study.reengagement@2022-06-30",)


def test_a_window_that_runs_past_the_year_is_none() -> None:
    year = year_of(FALL_2026, "5", "independent_study")
    last = max(number for _profile, number, _share in spread(RULES, year).windows)
    assert (FALL_2026.last - year.days[last].day).days >= 27


def test_a_clause_that_averages_is_left_out_and_said() -> None:
    limits = spread(RULES, year_of(FALL_2026, "2", "in_person"))
    assert not limits.minima
    assert "ca.minimum_day.primary@2021-07-01" in limits.averaged


def test_a_number_that_is_not_whole_is_refused() -> None:
    text = """
book: odd
title: An odd book
layer: law
place: CA
rules:
  - rule: odd.minutes
    title: Half minutes
    measure: total_minutes
    unit: minutes
    clauses:
      - {from: 2020-07-01, at_least: 230.5, cite: {source: nobody}, confidence: made_up, checked: 2026-11-21}
"""
    with pytest.raises(ValueError, match=r"230\.5 is not whole"):
        spread(Rulebook(parse(text, "odd.yaml")), year_of(FALL_2020))


def test_a_pupil_enrolled_twice_on_a_day_is_refused() -> None:
    one = replace(year_of(FALL_2020).pupils[0], enrolled=((date(2020, 9, 3), date(2020, 9, 9)),) * 2)
    with pytest.raises(ValueError, match="enrolled twice"):
        MeasuredYear(FALL_2020, (one,))


def test_two_promises_of_one_activity_are_refused() -> None:
    with pytest.raises(ValueError, match="tell them apart"):
        MeasuredYear(FALL_2020, year_of(FALL_2020).pupils, (Promise("a", 0, 9), Promise("b", 0, 9)))
