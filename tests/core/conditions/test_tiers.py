"""A county is moved on the Blueprint's ladder by its weeks, not by one number."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tier_cases import FIRST, county, purple, week

from schoolday.conditions import BLUEPRINT, Assigned, Memory, assess, eligible, range_of, replay
from schoolday.files.rulebooks import load
from schoolday.measures.verdict import Found

BOOK = load()
SMALL = frozenset({"small_county"})


def steps(*numbers: tuple[float | None, ...], start: Memory | None = None, first: date = FIRST) -> list[str]:
    found = replay(BLUEPRINT, BOOK, start or purple(), county(*numbers, first=first), circumstances=SMALL)
    return [one.after for one in found]


@pytest.mark.parametrize(
    ("cases", "positive", "step"),
    [
        (7.1, 0, "purple"),
        (0, 8.1, "purple"),
        (7.0, 8.0, "red"),
        (0.9, 5.0, "red"),
        (3.9, 4.9, "orange"),
        (0.9, 1.9, "yellow"),
    ],
)
def test_the_worse_of_two_measures_makes_the_tier(cases: float, positive: float, step: str) -> None:
    assert range_of(BLUEPRINT, BOOK, week(FIRST, cases, positive)).step == step


def test_an_unknown_measure_leaves_the_range_open_unless_the_other_is_purple() -> None:
    assert range_of(BLUEPRINT, BOOK, week(FIRST, None, 3)).step is None
    assert range_of(BLUEPRINT, BOOK, week(FIRST, None, 9)).step == "purple"


def test_later_thresholds_are_those_of_their_dates() -> None:
    assert range_of(BLUEPRINT, BOOK, week(date(2021, 3, 9), 9, 3)).step == "purple"
    assert range_of(BLUEPRINT, BOOK, week(date(2021, 3, 16), 9, 3)).step == "red"


def test_two_good_weeks_and_three_in_the_tier_loosen_by_one() -> None:
    red = (5.0, 3.0)
    assert steps(red, red, red) == ["purple", "purple", "red"]
    orange = (2.0, 1.0)
    assert steps(*[orange] * 6) == ["purple", "purple", "red", "red", "red", "orange"]


def test_the_first_assessment_did_not_wait_three_weeks_but_wants_two_good_ones() -> None:
    remembered = purple(ranges=[(date(2020, 8, 31), "red")])
    (one,) = replay(BLUEPRINT, BOOK, remembered, county((5.0, 3.0)), circumstances=SMALL)
    assert (one.after, one.weeks_in, one.good) == ("red", 1, 2)


def test_two_bad_weeks_tighten_by_one_tier() -> None:
    start = Memory("orange", date(2020, 9, 1))
    assert steps((9.0, 9.0), (9.0, 9.0), (9.0, 9.0), start=start) == ["orange", "red", "red"]


def test_since_16_november_one_bad_week_is_enough_and_tiers_are_skipped() -> None:
    start = Memory("yellow", date(2020, 10, 6))
    assert steps((9.0, 3.0), start=start, first=date(2020, 11, 10)) == ["yellow"]
    (one,) = replay(BLUEPRINT, BOOK, start, county((9.0, 3.0), first=date(2020, 11, 17)), circumstances=SMALL)
    assert (one.after, one.effective) == ("purple", date(2020, 11, 18))


def test_a_new_tier_is_kept_three_days_after_it_was_told() -> None:
    start = Memory("red", date(2020, 9, 29), ((date(2020, 11, 3), "purple"),))
    (one,) = replay(BLUEPRINT, BOOK, start, (week(date(2020, 11, 10), 9.7, 4.1),))
    assert (one.after, one.effective) == ("purple", date(2020, 11, 13))


def test_a_large_county_enters_a_tier_only_where_its_least_healthy_quarter_may() -> None:
    start = Memory("purple", date(2020, 9, 1), ((date(2020, 10, 6), "red"),))
    for equity, after, unverified in ((8.0, "red", False), (8.1, "purple", False), (None, "purple", True)):
        one = assess(BLUEPRINT, BOOK, start, week(date(2020, 10, 13), 5, 3, equity))
        assert (one.after, one.unverified) == (after, unverified), equity


def test_a_week_that_nobody_knows_moves_nobody_and_ends_a_row_of_good_ones() -> None:
    found = replay(
        BLUEPRINT, BOOK, purple(), county((5, 3), (5, 3), (5, None), (5, 3), (5, 3)), circumstances=SMALL
    )
    assert [one.after for one in found] == ["purple"] * 4 + ["red"]
    assert [one.unverified for one in found] == [False, False, True, True, False]


def test_a_second_bad_week_after_one_that_nobody_knows_is_unverified() -> None:
    start = Memory("red", date(2020, 9, 1))
    found = replay(BLUEPRINT, BOOK, start, county((5, None), (9, 9), (9, 9)), circumstances=SMALL)
    assert [(one.after, one.unverified) for one in found] == [
        ("red", True),
        ("red", True),
        ("purple", False),
    ]


def test_each_week_can_be_judged_from_where_the_county_really_was() -> None:
    happened = [Assigned("ca-maple-county", "red", FIRST, "made up")]
    found = replay(
        BLUEPRINT, BOOK, purple(), county((9, 9), (9, 9), (9, 9)), happened=happened, circumstances=SMALL
    )
    assert [(one.before, one.after) for one in found] == [
        ("purple", "purple"),
        ("red", "red"),
        ("red", "purple"),
    ]


def test_sacramento_left_purple_on_29_september_and_its_schools_could_open_on_13_october() -> None:
    told = [
        Assigned("ca-sacramento", "red", date(2020, 9, 29), "seed"),
        Assigned("ca-sacramento", "purple", date(2020, 11, 10), "seed"),
    ]
    (one,) = eligible(BLUEPRINT, BOOK, told)
    assert (one.assigned, one.effective, one.eligible) == (
        date(2020, 9, 29),
        date(2020, 10, 2),
        date(2020, 10, 13),
    )


def test_a_county_that_is_back_in_purple_before_fourteen_days_opens_no_school() -> None:
    told = [
        Assigned("x", "red", date(2020, 9, 29), "made up"),
        Assigned("x", "purple", date(2020, 10, 9), "made up"),
    ]
    (one,) = eligible(BLUEPRINT, BOOK, told)
    assert one.eligible is None


def test_a_step_that_the_ladder_does_not_have_is_refused_in_words() -> None:
    with pytest.raises(ValueError, match="'green' is no step; there are purple, red"):
        assess(BLUEPRINT, BOOK, replace(purple(), step="green"), week(FIRST, 1, 1))


RATES = st.tuples(st.floats(0, 30).map(lambda x: round(x, 1)), st.floats(0, 20).map(lambda x: round(x, 1)))


@given(
    numbers=st.lists(RATES, max_size=30), first=st.sampled_from([FIRST, date(2020, 11, 3), date(2021, 2, 2)])
)
def test_whatever_the_numbers_a_county_loosens_by_one_and_never_without_its_weeks(
    numbers: list[tuple[float, float]], first: date
) -> None:
    start = Memory("purple", first - timedelta(weeks=1))
    found = replay(BLUEPRINT, BOOK, start, county(*numbers, first=first), circumstances=SMALL)
    for one in found:
        change = BLUEPRINT.place(one.after) - BLUEPRINT.place(one.before)
        assert change <= 1
        if change > 0:
            assert one.good >= 2
            assert one.weeks_in >= 3 or one.week.told == FIRST
        if change < 0 and one.week.told < date(2020, 11, 16):
            assert change == -1
            assert one.bad >= 2
        asked = [verdict.rule.id for verdict in one.verdicts if verdict.found is Found.BROKEN]
        assert not asked or change <= 0


@given(numbers=st.lists(RATES, min_size=1, max_size=12))
def test_a_better_last_week_never_leads_to_a_stricter_tier(numbers: list[tuple[float, float]]) -> None:
    *before, (cases, positive) = numbers
    worse = replay(BLUEPRINT, BOOK, purple(), county(*numbers), circumstances=SMALL)[-1]
    better = county(*before, (cases / 2, positive / 2))
    other = replay(BLUEPRINT, BOOK, purple(), better, circumstances=SMALL)[-1]
    assert BLUEPRINT.place(other.after) >= BLUEPRINT.place(worse.after)
