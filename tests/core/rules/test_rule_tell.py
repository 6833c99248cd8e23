"""A clause told in one sentence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from rule_cases import amount, clause, rule

from schoolday.rules import Kind, Limb, Period, Sense, Way
from schoolday.rules.events import CIRCUMSTANCES, EVENTS, STEPS
from schoolday.rules.measures import MEASURES, MOST, UNITS
from schoolday.rules.tell import tell, tell_sense

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
        ("missing_signatures", None, 0, "No signatures missing"),
        ("recovered_days", None, 1, "At most 1 day of attendance recovered a day"),
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


@pytest.mark.parametrize(
    ("within", "unit", "said"),
    [
        (5, "calendar_days", "within 5 calendar days of an emergency"),
        (10, "instructional_days", "within 10 instructional days of an emergency"),
        (1, "school_days", "within 1 school day of an emergency"),
        (24, "hours", "within 24 hours of an emergency"),
    ],
)
def test_a_deadline_is_told_with_what_is_due_after_what(within: float, unit: str, said: str) -> None:
    due = replace(clause("r"), within=within)
    found = rule("r", due, kind=Kind.DEADLINE, measure="", unit=unit, after="emergency", due="contact")
    assert tell(found, due) == f"Two-way contact with the pupil's family {said}{YEAR}"


def test_a_trigger_is_told_with_its_limbs_its_steps_and_the_ways_to_read_it() -> None:
    limbs = (Limb("live_meetings", Period.WEEK, over=3), Limb("live_share", Period.WEEK, reaches=60))
    senses = (Sense("either", (0, 1), "One is enough."), Sense("meetings_alone", (0,), "The words differ."))
    made = replace(clause("r"), limbs=limbs, senses=senses, then=("verify_contacts", "notify_parent"))
    found = rule("r", made, kind=Kind.TRIGGER, measure="", unit="")
    assert tell(found, made) == (
        "Where there are more than 3 live meetings or at least 60 percent of a pupil's minutes live in a "
        "school week: verify contact details and tell the parent (read as “either” unless the district reads "
        "it as “meetings alone”)" + YEAR
    )
    assert [tell_sense(made, sense) for sense in senses] == [
        "either: limbs 1 and 2 count, where a district has not chosen. One is enough.",
        "meetings_alone: limb 1 alone counts. The words differ.",
    ]


def test_limbs_over_different_periods_each_name_their_own() -> None:
    limbs = (Limb("live_share", Period.FOUR_WEEKS, over=10), Limb("live_share", Period.MONTH, over=50))
    made = replace(clause("r"), limbs=limbs, then=("outreach",))
    said = tell(rule("r", made, kind=Kind.TRIGGER, measure="", unit=""), made)
    assert said.startswith(
        "Where there are more than 10 percent of a pupil's minutes live in four weeks in a row or more than "
        "50 percent of a pupil's minutes live in a school month: reach out"
    )


def test_the_circumstances_in_which_a_clause_does_not_bind_are_told_before_its_dates() -> None:
    made = replace(clause("r", at_least=1), unless=("rural", "double_session"))
    found = rule("r", made, measure="live_meetings")
    assert tell(found, made) == (
        "At least 1 live meeting a day, but not at a rural school or at a school in double session" + YEAR
    )


def test_every_period_of_a_bound_is_told_in_words() -> None:
    for period in Period:
        found = rule("r", clause("r", at_least=9), measure="total_minutes", period=period)
        assert "_" not in tell(found, found.clauses[0])


def test_every_event_step_and_circumstance_says_what_it_is() -> None:
    for registry in (EVENTS, STEPS, CIRCUMSTANCES):
        for name, one in registry.items():
            assert (one.name, one.said[-1]) == (name, ".")
            assert one.noun
