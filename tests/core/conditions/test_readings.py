"""Readings keep what was first told beside its correction, and places are judged alone or all together."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from schoolday.conditions import BLUEPRINT, Reading, everywhere, range_of, weeks
from schoolday.files.rulebooks import load

FIRST, LAST, TOLD = date(2020, 9, 20), date(2020, 9, 26), date(2020, 10, 6)
BOOK = load()


def reading(place: str, value: float | None, told: date = TOLD, measure: str = "county_case_rate") -> Reading:
    return Reading(place, measure, value, FIRST, LAST, told, "made up")


def test_a_week_is_first_seen_as_it_was_told_and_later_as_it_was_corrected() -> None:
    some = [reading("a", 7.4), reading("a", 6.9, TOLD + timedelta(2))]
    (first,) = weeks(some, "a")
    assert (first.told, first.values) == (TOLD, {"county_case_rate": 7.4})
    (then,) = weeks(some, "a", on=TOLD + timedelta(1))
    (later,) = weeks(some, "a", on=TOLD + timedelta(2))
    assert (then.values["county_case_rate"], later.values["county_case_rate"]) == (7.4, 6.9)
    assert later.told == TOLD
    assert weeks(some, "a", on=TOLD - timedelta(1)) == ()


def test_another_places_readings_are_no_part_of_a_week() -> None:
    some = [reading("a", 1), reading("b", 9)]
    assert [one.values["county_case_rate"] for one in weeks(some, "a")] == [1]


def test_everywhere_takes_the_worst_and_knows_nothing_where_one_place_is_silent() -> None:
    a, b = weeks([reading("a", 2)], "a"), weeks([reading("b", 9)], "b")
    (both,) = everywhere("zips", [a, b])
    assert (both.place, both.values) == ("zips", {"county_case_rate": 9})
    (silent,) = everywhere("zips", [a, ()])
    assert silent.values == {"county_case_rate": None}


@given(rates=st.lists(st.floats(0, 20).map(lambda one: round(one, 1)), min_size=1, max_size=8))
def test_all_together_are_as_strict_as_the_strictest_of_them(rates: list[float]) -> None:
    each = [
        weeks([reading(str(number), rate), reading(str(number), 0, measure="county_positivity")], str(number))
        for number, rate in enumerate(rates)
    ]
    (both,) = everywhere("all", each)
    places = [BLUEPRINT.place(range_of(BLUEPRINT, BOOK, some[0]).step or "") for some in each]
    assert BLUEPRINT.place(range_of(BLUEPRINT, BOOK, both).step or "") == min(places)
