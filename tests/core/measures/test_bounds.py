"""Bounds: one value within limits, and averages with a daily floor over days that are partly unknown."""

from __future__ import annotations

from datetime import date
from itertools import product
from math import fsum

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from measure_cases import bound

from schoolday.measures.bounds import Numbers, decide, judge
from schoolday.measures.verdict import Found

ON = date(2020, 10, 5)
TEN = bound(at_least={"1": 230}, floor={"1": 170}, over=10)


@pytest.mark.parametrize(
    ("value", "found"),
    [(239, Found.BROKEN), (240, Found.MET), (241, Found.MET), (None, Found.UNVERIFIED)],
)
def test_a_day_is_held_against_its_least(value: float | None, found: Found) -> None:
    assert judge(bound(at_least=240), ON, [value]).found is found


@pytest.mark.parametrize(("value", "found"), [(4, Found.MET), (5, Found.MET), (6, Found.BROKEN)])
def test_a_day_is_held_against_its_most(value: float, found: Found) -> None:
    assert judge(bound(at_most=5), ON, [value]).found is found


def test_only_the_last_day_counts_where_nothing_is_averaged() -> None:
    assert judge(bound(at_least=240), ON, [0, None, 240]).found is Found.MET
    assert judge(bound(at_least=240), ON, []).found is Found.UNVERIFIED


@pytest.mark.parametrize(
    ("values", "found"),
    [
        ([230] * 10, Found.MET),
        ([290, 170] + [230] * 8, Found.MET),
        ([231, 230, 229] + [230] * 7, Found.MET),
        ([229] + [230] * 9, Found.BROKEN),
        ([300, 169] + [230] * 8, Found.BROKEN),
        ([0] + [230] * 10, Found.MET),
        ([None] + [230] * 9, Found.UNVERIFIED),
        ([None] + [300] * 9, Found.UNVERIFIED),
        ([None, 169] + [300] * 8, Found.BROKEN),
        ([230] * 9, Found.UNVERIFIED),
        ([230] * 3 + [160], Found.BROKEN),
    ],
)
def test_ten_days_average_at_least_230_and_no_day_is_under_170(
    values: list[float | None], found: Found
) -> None:
    assert judge(TEN, ON, values, grade="1").found is found


def test_without_a_floor_known_days_can_decide_an_average() -> None:
    two = bound(at_least=240, over=2)
    assert judge(two, ON, [None, 480]).found is Found.MET
    assert judge(two, ON, [None, 479]).found is Found.UNVERIFIED


def test_no_day_has_more_minutes_than_a_day() -> None:
    long = bound(at_least=1000, over=2)
    assert judge(long, ON, [None, 559]).found is Found.BROKEN
    assert judge(long, ON, [None, 560]).found is Found.UNVERIFIED


def test_the_verdict_says_the_average_the_numbers_and_the_source() -> None:
    verdict = judge(TEN, ON, [229.9] + [230] * 9, grade="1")
    assert verdict.said == (
        "A rule: 229.99 minutes of instruction on average over 10 school days; at least 230, "
        "no day under 170 (A source)."
    )
    assert verdict.clause is not None
    assert verdict.clause.id == "r@2020-07-01"
    assert verdict.inputs["no_day_under"] == 170


def test_a_time_of_day_is_told_as_one() -> None:
    start = bound(at_least=510, measure="day_start", unit="minute_of_day")
    verdict = judge(start, ON, [500])
    assert verdict.found is Found.BROKEN
    assert verdict.said == "A rule: the school day begins at 08:20; not before 08:30 (A source)."


def test_dates_grades_and_circumstances_that_are_not_meant_are_said_to_be_so() -> None:
    rule = bound(at_least={"1": 230}, unless=("special_day",))
    assert judge(rule, date(2020, 6, 30), [0], grade="1").found is Found.NOT_IN_FORCE
    assert judge(rule, date(2021, 7, 1), [0], grade="1").found is Found.NOT_BOUND
    assert "A month of nothing" in judge(rule, date(2021, 7, 1), [0], grade="1").said
    assert judge(rule, ON, [0], grade="2").found is Found.NOT_BOUND
    assert judge(rule, ON, [0], grade="1").found is Found.BROKEN
    excused = judge(rule, ON, [0], grade="1", circumstances=frozenset({"special_day", "rural"}))
    assert (excused.found, excused.inputs) == (Found.NOT_BOUND, {"unless": ("special_day",)})


_NUMBERS = st.one_of(st.none(), st.integers(0, 6).map(float))


@given(_NUMBERS, _NUMBERS, _NUMBERS, st.lists(_NUMBERS, min_size=1, max_size=4))
@settings(max_examples=400, deadline=None)
def test_unknown_days_leave_it_open_exactly_where_they_could_decide_it_either_way(
    low: float | None, high: float | None, floor: float | None, window: list[float | None]
) -> None:
    largest = 7.0
    numbers = Numbers(low, high, floor, len(window))

    def keeps(days: tuple[float, ...]) -> bool:
        mean = fsum(days) / len(days)
        floored = floor is None or min(days) >= floor
        return floored and (low is None or mean >= low) and (high is None or mean <= high)

    choices = [[n / 4 for n in range(29)] if day is None else [day] for day in window]
    ends = [
        (0.0, *([floor] if floor is not None else []), largest) if len(c) > 1 else tuple(c) for c in choices
    ]
    answers = {keeps(days) for days in product(*ends)}
    found = decide(numbers, window, largest)
    if found is not Found.UNVERIFIED:
        assert answers == {found is Found.MET}
    else:
        some = {keeps(days) for days in product(*(c if len(c) == 1 else c[::4] for c in choices))}
        assert len(answers | some) == 2 or _never_both(low, high, floor)


def _never_both(low: float | None, high: float | None, floor: float | None) -> bool:
    """Whether no day at all can keep to the numbers, or limits cross: then open is only the careful word."""
    tight = low is not None and high is not None and low >= high
    return tight or (floor is not None and high is not None and floor >= high)


@given(st.lists(st.integers(0, 400), min_size=10, max_size=30), st.integers(0, 400))
def test_a_longer_day_never_breaks_what_was_met(days: list[int], more: int) -> None:
    before = judge(TEN, ON, days, grade="1").found
    after = judge(TEN, ON, [*days[:-1], days[-1] + more], grade="1").found
    assert before is not Found.MET or after is Found.MET


@given(st.lists(_NUMBERS, min_size=2, max_size=6), st.integers(0, 6))
def test_learning_a_day_never_turns_a_verdict_round(window: list[float | None], learned: int) -> None:
    numbers = Numbers(3, 5, 1, len(window))
    before = decide(numbers, window, 7)
    known: list[float | None] = [learned if day is None else day for day in window]
    if before is not Found.UNVERIFIED:
        assert decide(numbers, known, 7) is before
