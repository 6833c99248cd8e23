from __future__ import annotations

from datetime import date

from program_cases import DAILY, IMPOSED, LAW, TEMPORARY, day_kind

from schoolday.calendar.days import Calendar, DayKind
from schoolday.program import DayPlan, calendar, plans
from schoolday.rules import Rulebook

PLACES = ("CA", "ca-scusd")
PREPARATION = day_kind(
    "scusd.preparation", "preparation", date(2020, 9, 1), date(2020, 9, 2), "Two paid days of learning"
)
BOOK = Rulebook((LAW, DAILY, IMPOSED, PREPARATION))
BASE = Calendar(date(2020, 9, 1), date(2021, 6, 17), {date(2020, 9, 7): "Labor Day"})


def test_preparation_days_of_the_rulebook_are_days_without_pupils() -> None:
    found = calendar(BASE, BOOK, PLACES)
    kinds = [found.kind(date(2020, 9, day)) for day in (1, 2, 3, 7)]
    assert kinds == [DayKind.PREPARATION, DayKind.PREPARATION, DayKind.SCHOOL, DayKind.HOLIDAY]
    assert found.reason(date(2020, 9, 1)) == "Two paid days of learning"


def test_another_districts_preparation_days_are_not_ours() -> None:
    assert calendar(BASE, BOOK, ("CA", "ca-sanjuan")) == BASE


def test_a_rule_can_make_a_holiday_a_school_day() -> None:
    made_up = day_kind("scusd.labor_day", "school", date(2020, 9, 7), date(2020, 9, 7), "School on Labor Day")
    assert BASE.kind(date(2020, 9, 7)) is DayKind.HOLIDAY
    assert calendar(BASE, Rulebook((made_up,)), PLACES).kind(date(2020, 9, 7)) is DayKind.SCHOOL


def test_there_is_no_plan_for_pupils_on_a_preparation_day() -> None:
    assert plans(BOOK, PLACES, date(2020, 9, 1), [("3", "homeroom")]) == {}


def test_dates_under_the_same_clauses_share_one_solution_and_keep_their_own_date() -> None:
    kept: dict[str, DayPlan] = {}
    bands = [("3", "homeroom"), ("9", "scheduled")]
    first = plans(BOOK, PLACES, date(2020, 9, 8), bands, kept=kept)
    second = plans(BOOK, PLACES, date(2020, 9, 9), bands, kept=kept)
    assert len(kept) == 2
    assert first[bands[0]].day == date(2020, 9, 8)
    assert second[bands[0]].day == date(2020, 9, 9)
    assert first[bands[0]].lines is second[bands[0]].lines


def test_a_what_if_under_the_same_clause_ids_is_solved_anew() -> None:
    kept: dict[str, DayPlan] = {}
    bands = [("3", "homeroom")]
    plans(BOOK, PLACES, date(2020, 9, 8), bands, kept=kept)
    what_if = plans(
        BOOK.without(frozenset({IMPOSED.clauses[0].id})).with_([TEMPORARY]),
        PLACES,
        date(2020, 9, 8),
        bands,
        kept=kept,
    )
    assert what_if[bands[0]].live == 90
