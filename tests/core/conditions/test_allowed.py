"""What is allowed at a school on a date: 2020-21 as the seeds tell it, and what closes campuses today."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from schoolday.conditions.effects import Opening
from schoolday.conditions.readings import Assigned
from schoolday.conditions.sites import Happening
from schoolday.conditions.why import Effect
from tests.core.conditions.allowed_cases import (
    BACK,
    COUNTY,
    PURPLE,
    RED,
    STEPS,
    asked,
    happened,
    in_person,
    reading,
)

DAY = timedelta(days=1)


def state(way: Opening, *args: object, **known: object) -> str:
    return asked(*args, **known).states[way].value  # type: ignore[arg-type]


def test_sacramento_was_closed_until_13_october_2020_and_again_from_13_november() -> None:
    days = [date(2020, 9, 8), date(2020, 10, 12), date(2020, 10, 13), date(2020, 11, 12), date(2020, 11, 13)]
    assert [in_person(day) for day in days] == ["closed", "closed", "allowed", "allowed", "closed"]
    assert [in_person(day, "11") for day in days] == ["closed", "closed", "allowed", "allowed", "closed"]


def test_what_is_closed_says_what_it_waits_for() -> None:
    (waits,) = asked(date(2020, 10, 12)).why(Opening.IN_PERSON)
    assert waits.effect is Effect.WAITS
    assert "13 days in the red tier" in waits.verdict.said
    assert waits.source == "state"


def test_in_august_2020_a_county_whose_list_nobody_knows_is_unverified_and_not_open() -> None:
    day = date(2020, 8, 20)
    assert in_person(day, steps=()) == "unverified"
    off = reading("days_off_list", 14, day, COUNTY)
    assert in_person(day, steps=(), readings=[off]) == "allowed"


def test_a_county_without_any_step_on_record_is_unverified_and_not_open() -> None:
    assert in_person(date(2020, 10, 13), steps=()) == "unverified"


def test_a_school_that_opened_in_red_stays_open_when_purple_comes_back() -> None:
    opened = happened(Happening.OPENED, date(2020, 10, 20))
    assert in_person(date(2020, 11, 20)) == "closed"
    assert in_person(date(2020, 11, 20), events=[opened]) == "allowed"
    assert in_person(date(2021, 2, 1), events=[opened]) == "allowed"
    closed = happened(Happening.CLOSED, date(2020, 12, 1))
    assert in_person(date(2020, 12, 2), events=[opened, closed]) == "closed"


def test_it_stays_open_for_the_grades_that_it_had_opened_and_no_others() -> None:
    opened = happened(Happening.OPENED, date(2020, 10, 20), "TK", "K", "1")
    assert in_person(date(2020, 11, 20), "1", events=[opened]) == "allowed"
    assert in_person(date(2020, 11, 20), "2", events=[opened]) == "closed"


def test_a_waiver_opens_the_elementary_grades_that_it_names_in_purple() -> None:
    waiver = happened(Happening.WAIVER, date(2020, 9, 14))
    assert in_person(date(2020, 9, 13), "3", events=[waiver]) == "closed"
    assert in_person(date(2020, 9, 14), "3", events=[waiver]) == "allowed"
    assert in_person(date(2020, 9, 14), "6", events=[waiver]) == "allowed"
    assert in_person(date(2020, 9, 14), "7", events=[waiver]) == "closed"


def test_small_groups_may_meet_from_25_august_2020_while_classes_may_not() -> None:
    assert state(Opening.SMALL_GROUPS, date(2020, 8, 24), steps=()) != "allowed"
    assert state(Opening.SMALL_GROUPS, date(2020, 8, 25), steps=()) == "allowed"
    assert state(Opening.SMALL_GROUPS, date(2020, 9, 8)) == "allowed"
    (why,) = asked(date(2020, 9, 8)).why(Opening.SMALL_GROUPS)
    assert "Fourteen children" in why.verdict.said


def test_from_14_january_2021_a_rate_of_25_and_a_posted_plan_open_the_elementary_grades_in_purple() -> None:
    day = date(2021, 2, 10)
    posted = happened(Happening.PLAN_POSTED, date(2021, 2, 1))
    low = reading("county_case_rate", 25, date(2021, 2, 2), COUNTY)
    high = reading("county_case_rate", 25.1, date(2021, 2, 2), COUNTY)
    assert in_person(day, "6", readings=[low], events=[posted]) == "allowed"
    assert in_person(day, "6", readings=[high], events=[posted]) == "closed"
    assert in_person(day, "6", readings=[low]) == "closed"
    assert in_person(day, "7", readings=[low], events=[posted]) == "closed"
    assert in_person(day, "6", events=[posted]) == "unverified"
    assert in_person(date(2021, 1, 13), "6", readings=[low], events=[posted]) == "closed"


def test_from_23_february_2021_red_opens_a_window_that_purple_does_not_close_for_21_days() -> None:
    red = Assigned(COUNTY, "red", date(2021, 3, 16), "state", date(2021, 3, 17))
    again = Assigned(COUNTY, "purple", date(2021, 3, 23), "state", date(2021, 3, 24))
    steps = (*STEPS, red, again)
    high = reading("county_case_rate", 30, date(2021, 3, 16), COUNTY)
    days = [date(2021, 3, 25), date(2021, 4, 7), date(2021, 4, 8)]
    found = [in_person(day, "9", steps=steps, readings=[high]) for day in days]
    assert found == ["allowed", "allowed", "closed"]


def test_after_the_blueprint_no_rule_has_to_open_a_school() -> None:
    assert in_person(date(2021, 6, 15)) != "allowed"
    assert in_person(date(2021, 6, 16)) == "allowed"


def test_smoke_keeps_everybody_indoors_and_heavy_smoke_closes_the_campus() -> None:
    day = date(2026, 10, 5)
    some = {
        value: asked(day, readings=[reading("air_quality_index", value, day)]) for value in (150, 151, 201)
    }
    assert [one.states[Opening.OUTDOORS].value for one in some.values()] == ["allowed", "closed", "closed"]
    assert [one.states[Opening.IN_PERSON].value for one in some.values()] == ["allowed", "allowed", "closed"]
    assert all(one.states[Opening.DISTANCE].value == "allowed" for one in some.values())
    assert {why.effect for why in some[201].whys} == {Effect.CLOSES, Effect.ADVISES}


def test_smoke_counts_on_its_own_days_alone() -> None:
    smoke = reading("air_quality_index", 240, date(2026, 10, 5), last=date(2026, 10, 6))
    days = [date(2026, 10, 5), date(2026, 10, 6), date(2026, 10, 7)]
    assert [in_person(day, readings=[smoke]) for day in days] == ["closed", "closed", "allowed"]


def test_an_order_holds_until_it_is_lifted() -> None:
    order = reading("closing_orders", 1, date(2026, 10, 5), COUNTY)
    lifted = reading("closing_orders", 0, date(2026, 10, 9), COUNTY)
    days = [date(2026, 10, 4), date(2026, 10, 5), date(2026, 10, 8), date(2026, 10, 9)]
    found = [in_person(day, readings=[order, lifted]) for day in days]
    assert found == ["allowed", "closed", "closed", "allowed"]


def test_a_flooded_campus_closes_itself_and_no_other() -> None:
    day = date(2026, 10, 5)
    here = reading("campus_out_of_use", 1, day)
    elsewhere = reading("campus_out_of_use", 1, day, "oak")
    assert in_person(day, readings=[here]) == "closed"
    assert in_person(day, readings=[elsewhere]) == "allowed"


def test_a_campuss_own_reading_goes_before_the_countys() -> None:
    day = date(2026, 10, 5)
    county, own = reading("air_quality_index", 240, day, COUNTY), reading("air_quality_index", 40, day)
    assert in_person(day, readings=[county]) == "closed"
    assert in_person(day, readings=[county, own]) == "allowed"


def test_what_closes_goes_before_what_opens() -> None:
    day = date(2020, 10, 20)
    assert in_person(day) == "allowed"
    assert in_person(day, readings=[reading("closing_orders", 1, day)]) == "closed"


def test_next_monday_is_seen_with_what_is_known_today() -> None:
    monday = date(2020, 11, 16)
    assert in_person(monday, by=date(2020, 11, 9)) == "allowed"
    assert in_person(monday, by=date(2020, 11, 10)) == "closed"


days_ = st.dates(date(2020, 8, 31), date(2021, 6, 15))
grades = st.sampled_from(["TK", "K", "3", "6", "7", "12"])


@given(day=days_, grade=grades, later=st.integers(1, 60), value=st.floats(0, 40))
def test_what_is_told_later_never_changes_what_was_allowed_to_be_known_before(
    day: date, grade: str, later: int, value: float
) -> None:
    told = day + later * DAY
    more = [
        reading("county_case_rate", value, told, COUNTY),
        reading("closing_orders", 1, told),
    ]
    step = Assigned(COUNTY, "red", told, "state")
    before = [one for one in STEPS if one.told <= day]
    assert asked(day, grade).states == asked(day, grade, readings=more, steps=(*before, step)).states


@given(day=days_, grade=grades, opened=days_)
def test_a_school_that_is_open_is_never_closed_by_a_tier_alone(day: date, grade: str, opened: date) -> None:
    event = happened(Happening.OPENED, opened)
    if opened < day:
        assert in_person(day, grade, events=[event]) == "allowed"


@given(
    day=days_,
    grade=grades,
    low=st.floats(0, 40),
    more=st.floats(0, 40),
    told=st.lists(st.sampled_from([PURPLE, RED, BACK]), unique=True),
)
def test_a_higher_rate_never_allows_more(
    day: date, grade: str, low: float, more: float, told: list[Assigned]
) -> None:
    posted = happened(Happening.PLAN_POSTED, date(2021, 1, 20))
    rank = {"closed": 0, "unverified": 0, "allowed": 1}
    rates = [reading("county_case_rate", value, date(2021, 1, 15), COUNTY) for value in (low, low + more)]
    low_, high = (in_person(day, grade, steps=told, readings=[one], events=[posted]) for one in rates)
    assert rank[high] <= rank[low_]
