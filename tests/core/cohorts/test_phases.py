"""Who comes back when: San Juan's phases, a cohort's weekdays, and days on which schools are shut."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from schoolday.cohorts import TWO_AND_TWO, Cohorts
from schoolday.cohorts.phases import Phase, days_of, first_day, phase_of
from tests.core.cohorts.cohort_cases import district

HOMES = {"day": ["ana", "ben"], "cho": ["cy"], "diaz": ["dee"]}
TOWN = district(HOMES, {"one": ["ana", "ben", "cy", "dee"]}, grades={"ben": "8"})
CALENDAR = replace(TOWN.calendar, holidays={date(2021, 1, 18): "Martin Luther King Day"})
COHORTS = Cohorts(TWO_AND_TWO, {"ana": "A", "ben": "B", "cy": "S", "dee": "C"})
PHASES = (
    Phase(date(2020, 11, 2), "minutes of 13 October 2020", cohorts=("S",)),
    Phase(date(2021, 1, 5), "minutes of 13 October 2020"),
)


def first(pupil: str, phases: tuple[Phase, ...] = PHASES) -> date | None:
    days = days_of(TOWN.pupils[pupil], COHORTS, phases, CALENDAR, date(2020, 10, 26), date(2021, 1, 31))
    return first_day(days)


def test_special_classes_come_back_in_november_and_the_others_in_january_on_their_cohorts_day() -> None:
    assert first("cy") == date(2020, 11, 2)
    assert first("ana") == date(2021, 1, 5)
    assert first("ben") == date(2021, 1, 7)
    assert first("dee") is None


def test_the_earliest_phase_that_fits_brings_a_pupil_back() -> None:
    young = Phase(date(2020, 12, 1), "the board", grades=("3",))
    needs = Phase(date(2020, 11, 16), "the board", groups=("el",))
    ana = TOWN.pupils["ana"]
    assert phase_of(ana, "A", (*PHASES, young, needs)) == young
    assert phase_of(replace(ana, groups=frozenset({"el"})), "A", (*PHASES, young, needs)) == needs
    assert phase_of(TOWN.pupils["ben"], "B", (young,)) is None
    elsewhere = Phase(date(2020, 11, 16), "the board", schools=("oak",))
    assert phase_of(ana, "A", (elsewhere,)) is None


def test_a_holiday_is_no_day_and_a_closed_school_is_a_day_at_home_with_its_reason() -> None:
    shut = date(2021, 1, 11)
    days = {
        one.day: one
        for one in days_of(
            TOWN.pupils["ana"], COHORTS, PHASES, CALENDAR, date(2021, 1, 11), date(2021, 1, 22),
            open_=lambda _school, _grade, day: day != shut,
        )
    }  # fmt: skip
    assert date(2021, 1, 18) not in days
    assert (days[shut].on_site, days[shut].closed) == (False, True)
    assert (days[date(2021, 1, 12)].on_site, days[date(2021, 1, 12)].closed) == (True, False)
    assert (days[date(2021, 1, 13)].on_site, days[date(2021, 1, 13)].closed) == (False, False)
