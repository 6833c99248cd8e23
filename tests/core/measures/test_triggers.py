"""Triggers: one limb is enough, and a limb that contradicts another is read in a way that has a name."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from measure_cases import trigger

from schoolday.measures.triggers import judge
from schoolday.measures.verdict import Found
from schoolday.rules import Period

ON = date(2020, 9, 18)
DAYS, SHARE = ("absent_days", Period.WEEK), ("absent_share", Period.WEEK)


@pytest.mark.parametrize(
    ("days", "share", "sense", "found"),
    [
        (3, 60, None, Found.REACHED),
        (3, 60, "either", Found.REACHED),
        (3, 60, "days_alone", Found.NOT_REACHED),
        (4, 80, "days_alone", Found.REACHED),
        (2, 40, None, Found.NOT_REACHED),
        (2, 59.9, None, Found.NOT_REACHED),
    ],
)
def test_three_absences_of_five_are_read_as_the_district_has_chosen(
    days: float, share: float, sense: str | None, found: Found
) -> None:
    verdict = judge(trigger(), ON, {DAYS: days, SHARE: share}, sense=sense)
    assert verdict.found is found
    assert verdict.steps == (("verify_contacts", "outreach") if found is Found.REACHED else ())
    assert verdict.inputs["sense"] == (sense or "either")
    assert (sense or "either").replace("_", " ") in verdict.said


def test_an_unknown_limb_leaves_it_open_only_where_no_other_is_reached() -> None:
    assert judge(trigger(), ON, {DAYS: 4}).found is Found.REACHED
    assert judge(trigger(), ON, {DAYS: 3}).found is Found.UNVERIFIED
    assert judge(trigger(), ON, {DAYS: None, SHARE: 60}).found is Found.REACHED
    assert judge(trigger(), ON, {DAYS: 3}, sense="days_alone").found is Found.NOT_REACHED
    assert judge(trigger(), ON, {}).found is Found.UNVERIFIED


def test_a_measure_over_another_period_is_another_value() -> None:
    assert judge(trigger(), ON, {("absent_days", Period.YEAR): 50.0, SHARE: 0}).found is Found.UNVERIFIED


def test_the_verdict_names_the_limbs_the_reading_the_source_and_the_steps() -> None:
    verdict = judge(trigger(), ON, {DAYS: 3, SHARE: 60})
    assert verdict.said == (
        "A rule: reached: 3 days absent (the limb: more than 3 days absent in a school week); 60 percent of "
        "days absent (the limb: at least 60 percent of days absent in a school week), read as “either” "
        "(A source). Next: verify contact details, reach out."
    )


def test_a_reading_that_the_clause_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError, match="not read as 'safest'"):
        judge(trigger(), ON, {}, sense="safest")


def test_dates_and_circumstances_that_are_not_meant_are_said_to_be_so() -> None:
    rule = trigger(unless=("short_study",))
    assert judge(rule, date(2022, 1, 1), {DAYS: 5}).found is Found.NOT_IN_FORCE
    assert judge(rule, date(2021, 7, 31), {DAYS: 5}).found is Found.NOT_BOUND
    assert judge(rule, ON, {DAYS: 5}, circumstances=frozenset({"short_study"})).found is Found.NOT_BOUND
    assert judge(rule, ON, {DAYS: 5}, circumstances=frozenset({"rural"})).found is Found.REACHED


_VALUES = st.one_of(st.none(), st.integers(0, 5).map(float))


@given(_VALUES, _VALUES, st.integers(0, 5), st.integers(0, 5))
def test_learning_a_value_never_turns_a_verdict_round(
    days: float | None, share: float | None, days_learned: int, share_learned: int
) -> None:
    shares = None if share is None else share * 20
    before = judge(trigger(), ON, {DAYS: days, SHARE: shares}).found
    after = judge(
        trigger(),
        ON,
        {
            DAYS: days_learned if days is None else days,
            SHARE: share_learned * 20 if shares is None else shares,
        },
    ).found
    assert after is not Found.UNVERIFIED
    assert before in (after, Found.UNVERIFIED)


@given(_VALUES, _VALUES)
def test_what_fewer_limbs_reach_more_limbs_reach(days: float | None, share: float | None) -> None:
    values = {DAYS: days, SHARE: share}
    if judge(trigger(), ON, values, sense="days_alone").found is Found.REACHED:
        assert judge(trigger(), ON, values).found is Found.REACHED
