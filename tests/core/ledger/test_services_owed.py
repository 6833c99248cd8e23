"""What is owed: by week or school month, by dates, by the calendar, and by the emergency part."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from service_cases import BOOK, MONDAY, YEAR, terms

from schoolday.ground.finding import Status
from schoolday.ground.spans import Span
from schoolday.ledger.services.emergency import Closure, ruled, without_part
from schoolday.ledger.services.owed import owed, rows
from schoolday.ledger.services.planned import Planned, dates_of, unplaced
from schoolday.ledger.services.terms import Mode, Per, Stated, Terms, in_force, terms_of
from schoolday.sample.maple import maple

OUT = Closure("elm", date(2020, 9, 14), None, "Order 1 (made up)")


def week(one: Terms, day: date = MONDAY) -> int:
    return sum(found.minutes for found in owed([one], YEAR, day, day))


def test_a_whole_week_owes_all_its_times_and_a_week_with_a_holiday_does_too() -> None:
    assert week(terms(30, 3)) == 90
    assert week(terms(30, 3), date(2020, 9, 8)) == 90
    assert week(terms(30, 5), date(2020, 9, 8)) == 120


def test_terms_that_begin_on_a_thursday_owe_their_part_of_the_week() -> None:
    assert week(terms(30, 3, first=date(2020, 9, 17))) == 30
    assert week(terms(30, 5, first=date(2020, 9, 17))) == 60
    assert week(terms(30, 3, last=date(2020, 9, 11))) == 0


def test_a_months_service_is_owed_by_the_school_month() -> None:
    (found,) = owed([terms(45, 2, per=Per.MONTH, mode=Mode.CONSULT)], YEAR, MONDAY, MONDAY)
    assert (found.period.name, found.minutes, len(found.days)) == ("school month 1", 90, 18)


@settings(deadline=None)
@given(st.integers(1, 5), st.integers(0, 4))
def test_an_iep_amended_within_a_whole_week_owes_neither_more_nor_less_meetings(
    times: int, place: int
) -> None:
    day = MONDAY + timedelta(days=place)
    before, after = terms(30, times, last=day - timedelta(days=1)), terms(30, times, first=day)
    assert week(before) + week(after) == 30 * times


def test_owed_minutes_are_rows_of_a_plan_on_their_planned_dates_or_by_the_periods_last_day() -> None:
    promised = list(owed([terms(30, 3)], YEAR, MONDAY, MONDAY))
    planned = {("p1", "v1"): [MONDAY, date(2020, 9, 16)]}
    found = list(rows(promised, planned))
    assert [(row.day.day, row.minutes, row.origin) for row in found] == [
        (14, 30, "plan"), (16, 30, "plan"), (18, 30, "plan"),
    ]  # fmt: skip
    assert [(row.day.day, row.minutes) for row in rows(promised)] == [(18, 90)]


def test_the_emergency_part_stands_from_the_eleventh_school_day_of_a_closure_on() -> None:
    (span,) = ruled([OUT], YEAR, BOOK, date(2020, 10, 30))
    assert (span.first, span.last, span.clause) == (
        date(2020, 9, 28), None, "ca.special_education.emergency@2020-07-01",
    )  # fmt: skip
    assert list(ruled([OUT], YEAR, BOOK, date(2020, 9, 25))) == []
    short = Closure("elm", OUT.first, date(2020, 9, 25), "ten days")
    assert list(ruled([short], YEAR, BOOK, date(2020, 10, 30))) == []


def test_while_the_emergency_part_stands_it_is_owed_instead_and_afterwards_the_plain_terms_again() -> None:
    closure = Closure("elm", date(2020, 9, 14), date(2020, 10, 9), "Order 1 (made up)")
    spans = list(ruled([closure], YEAR, BOOK, date(2020, 10, 30)))
    both = in_force([terms(30, 2), terms(20, 1, emergency=True)], spans)
    sums = [sum(one.minutes for one in owed(both, YEAR, day, day)) for day in _mondays(MONDAY, 6)]
    assert sums == [60, 60, 20, 20, 60, 60]
    elsewhere = [Closure("oak", closure.first, closure.last, "")]
    other = in_force([terms(30, 2), terms(20, 1, emergency=True)], ruled(elsewhere, YEAR, BOOK, MONDAY))
    assert week(other[0]) == 60


def test_an_iep_without_an_emergency_part_stays_owed_as_it_was_and_is_named_unverified() -> None:
    spans = list(ruled([OUT], YEAR, BOOK, date(2020, 10, 30)))
    (found,) = without_part([terms()], spans, BOOK)
    assert (found.code, found.status) == ("services.no_part", Status.UNVERIFIED)
    assert "ca.special_education.emergency_part@2020-07-01" in found.clauses
    assert in_force([terms()], spans) == (terms(),)
    assert without_part([terms(), terms(20, 1, emergency=True)], spans, BOOK) == []


def test_what_an_iep_states_takes_the_place_of_the_rosters_row() -> None:
    roster = maple()
    stated = [Stated("maple-v00007", 45, 1, Per.MONTH, Mode.CONSULT)]
    of = {one.service: one for one in terms_of(roster, stated)}
    assert (of["maple-v00007"].minutes, of["maple-v00007"].mode) == (45, Mode.CONSULT)
    assert (of["maple-v00001"].mode, of["maple-v00001"].group) == (Mode.GROUP, "maple-g0001")
    part = [Stated("maple-v00007", 10, 1, Per.WEEK, Mode.INDIVIDUAL, emergency=True)]
    assert len([one for one in terms_of(roster, part) if one.service == "maple-v00007"]) == 2


def test_before_the_week_begins_it_is_named_what_has_no_place_and_a_consult_is_advice() -> None:
    promised = [
        *owed([terms(30, 2)], YEAR, MONDAY, MONDAY),
        *owed([terms(30, 1, mode=Mode.CONSULT, service="v2")], YEAR, MONDAY, MONDAY),
    ]
    seat = Planned("p1", "v1", "elm", "t1", MONDAY, Span(600, 630))
    found = unplaced(promised, [seat])
    assert [(one.status, one.value, one.limit) for one in found] == [
        (Status.BROKEN, 30, 60), (Status.ADVICE, 0, 30),
    ]  # fmt: skip
    again = Planned("p1", "v1", "elm", "t1", MONDAY + timedelta(days=1), Span(600, 630))
    assert [one.code for one in unplaced(promised[:1], [seat, again])] == []
    assert dates_of([again, seat])["p1", "v1"] == [MONDAY, again.day]


@settings(max_examples=50, deadline=None)
@given(st.integers(1, 5), st.integers(5, 60), st.integers(0, 200), st.sampled_from(list(Per)))
def test_a_period_never_owes_more_than_its_times_nor_more_meetings_than_school_days(
    times: int, minutes: int, place: int, per: Per
) -> None:
    first = YEAR.first + timedelta(days=place)
    for one in owed([terms(minutes, times, per=per, first=first)], YEAR, YEAR.first, YEAR.last):
        assert 0 < one.times <= min(times, len(one.days))
        assert one.minutes == sum(row.minutes for row in rows([one]))


def _mondays(first: date, number: int) -> list[date]:
    return [first + timedelta(days=7 * place) for place in range(number)]


@settings(deadline=None)
@given(st.integers(1, 9), st.lists(st.integers(0, 40), max_size=4))
def test_the_parts_of_a_period_add_up_to_the_period(times: int, cuts: list[int]) -> None:
    """In a week of four days an IEP amended in the middle owed once a week twice."""
    first, last = date(2020, 9, 8), date(2020, 9, 18)
    edges = sorted({first, *(first + timedelta(days=day) for day in cuts if day < 11)})
    ends = [*(day - timedelta(days=1) for day in edges[1:]), last]
    whole = sum(one.times for one in owed([terms(times=min(times, 4))], YEAR, first, last))
    cut = [terms(times=min(times, 4), first=a, last=b) for a, b in zip(edges, ends, strict=True)]
    # More times than a part has days is not asked of it; with one a day or fewer nothing is lost.
    parts = sum(one.times for one in owed(cut, YEAR, first, last))
    assert parts == whole
