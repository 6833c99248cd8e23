"""A clause told in one sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from rule_cases import amount, clause, rule

from schoolday.rules import Kind, Period, Way
from schoolday.rules.measures import MEASURES, MOST, UNITS
from schoolday.rules.tell import tell

TOTALS: dict[str, float] = {"TK": 180, "K": 180, "1": 230, "2": 230, "3": 230, "4": 240}
YEAR = ", from 1 July 2020 to 30 June 2021"


def test_minutes_by_grade_are_told_with_their_grades_and_dates() -> None:
    found = rule("r", clause("r", at_least=TOTALS), measure="total_minutes")
    assert tell(found, found.clauses[0]) == (
        "At least 180 minutes of instruction a day for transitional kindergarten and kindergarten, "
        "230 for grades 1 to 3 and 240 for grade 4" + YEAR
    )


def test_one_grade_can_be_told_alone() -> None:
    found = rule("r", clause("r", at_least=TOTALS), measure="total_minutes")
    assert (
        tell(found, found.clauses[0], "2") == "At least 230 minutes of instruction a day for grade 2" + YEAR
    )
    assert tell(found, found.clauses[0], "12") == "Says nothing of grade 12" + YEAR


def test_grades_that_share_a_number_but_do_not_follow_each_other_are_told_together() -> None:
    found = rule("r", clause("r", at_most={"TK": 30, "1": 30, "2": 30, "7": 30}))
    expected = (
        "At most 30 live minutes a day for transitional kindergarten, grades 1 and 2 and grade 7" + YEAR
    )
    assert tell(found, found.clauses[0]) == expected


@pytest.mark.parametrize(
    ("measure", "low", "high", "said"),
    [
        ("live_meetings", 1, None, "At least 1 live meeting a day"),
        ("live_meetings", 2, None, "At least 2 live meetings a day"),
        ("live_share", None, 49, "At most 49 percent of a pupil's minutes live"),
        ("independent_minutes", 90, 90, "Exactly 90 minutes of independent work a day"),
        ("live_minutes", 30, 60, "At least 30 live minutes a day, and at most 60 live minutes a day"),
        ("day_start", 510, None, "The school day begins not before 08:30"),
        ("day_end", None, 930, "The school day ends by 15:30"),
        ("unbroken_live", None, 30, "At most 30 minutes live without a break"),
        ("live_minutes", None, None, "Advises without a number"),
    ],
)
def test_each_kind_of_bound_has_its_sentence(
    measure: str, low: float | None, high: float | None, said: str
) -> None:
    found = rule("r", clause("r", at_least=low, at_most=high), measure=measure, unit=MEASURES[measure].unit)
    assert tell(found, found.clauses[0]) == said + YEAR


def test_a_weekly_rule_says_a_week_and_an_open_clause_has_no_end() -> None:
    found = rule("r", clause("r", last=None, at_least=1), measure="live_meetings", period=Period.WEEK)
    assert tell(found, found.clauses[0]) == "At least 1 live meeting a week, from 1 July 2020"


def test_an_average_is_told_with_its_floor() -> None:
    averaged = replace(
        clause("r", last=None, at_least={"4": 240}), average_over=10, no_day_under=amount({"4": 180})
    )
    found = rule("r", averaged, measure="total_minutes", ways=frozenset({Way.IN_PERSON}))
    assert tell(found, averaged) == (
        "At least 240 minutes of instruction a day for grade 4 on average over 10 school days in a row, "
        "and no day under 180, from 1 July 2020"
    )


def test_a_day_kind_is_told_with_its_date() -> None:
    day = date(2020, 9, 1)
    found = rule("r", clause("r", day, day, day_kind="preparation"), kind=Kind.DAY_KIND, measure="", unit="")
    expected = "A day of preparation for teachers, without pupils, on 1 September 2020"
    assert tell(found, found.clauses[0]) == expected


def test_every_measure_has_a_known_unit_and_a_sentence() -> None:
    assert set(MOST) == set(UNITS)
    for name, measure in MEASURES.items():
        assert measure.name == name
        assert measure.unit in UNITS
        assert measure.said.endswith(".")
