"""The clocks of impasse, mediation and fact-finding, with their deadlines from the rules."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from table_cases import maple, rulebook, table

from schoolday.bargaining.clocks import Clock, clocks, next_clock
from schoolday.bargaining.record import Event, Table
from schoolday.measures.verdict import Found

EVENTS = (
    "impasse",
    "mediator",
    "factfinding_asked",
    "members_named",
    "chair_named",
    "panel",
    "panel_met",
    "report",
    "report_public",
)


def _clocks(here: Table, day: date) -> dict[str, Clock]:
    return {one.rule.id.removeprefix("ca.bargaining."): one for one in clocks(here, rulebook(), day)}


def _found(here: Table, name: str, day: date) -> Found | None:
    verdict = _clocks(here, day)[name].verdict
    return verdict.found if verdict else None


def _with(here: Table, *rows: tuple[str, date]) -> Table:
    source = here.events[0].source
    return replace(here, events=tuple(Event(day, name, "", source) for name, day in rows))


def test_the_mediator_is_due_five_working_days_after_the_impasse_and_labor_day_is_none() -> None:
    clock = next_clock(clocks(table(), rulebook(), date(2020, 9, 1)))
    assert clock is not None
    assert clock.rule.id == "ca.bargaining.mediator"
    assert clock.last == date(2020, 9, 8)
    assert clock.verdict is not None
    assert "California Government Code § 3548" in clock.verdict.said


def test_a_clock_waits_to_its_last_date_and_is_unverified_after_it() -> None:
    told = {day: _found(table(), "mediator", date(2020, 9, day)) for day in (8, 9)}
    assert told == {8: Found.WAITING, 9: Found.UNVERIFIED}


def test_nothing_runs_before_impasse() -> None:
    assert {one.verdict for one in _clocks(table(), date(2020, 8, 30)).values()} == {None}
    assert next_clock(clocks(table(), rulebook(), date(2020, 8, 30))) is None


def test_an_appointment_in_time_is_met_and_a_late_one_is_broken() -> None:
    assert _found(maple(), "mediator", date(2020, 9, 10)) is Found.BROKEN  # the sixth working day
    in_time = _with(maple(), ("impasse", date(2020, 9, 1)), ("mediator", date(2020, 9, 9)))
    assert _found(in_time, "mediator", date(2020, 9, 10)) is Found.MET


def test_factfinding_may_be_asked_for_from_the_sixteenth_day_of_mediation() -> None:
    start = date(2020, 9, 10)
    told = [_found(maple(), "factfinding", start + timedelta(days=days)) for days in (15, 16)]
    assert told == [Found.NOT_REACHED, Found.REACHED]
    (clock,) = (
        one
        for one in clocks(maple(), rulebook(), date(2020, 9, 30), circumstances=frozenset({"uncertified"}))
        if one.rule.id == "ca.bargaining.factfinding"
    )
    assert clock.verdict is not None
    assert clock.verdict.found is Found.NOT_BOUND


def test_an_agreement_stops_the_clocks_of_a_dispute_and_not_that_of_a_new_subject() -> None:
    day = date(2020, 10, 5)
    before, after = _clocks(maple(), day - timedelta(days=1)), _clocks(maple(), day)
    assert {name for name, one in before.items() if one.ended} == set()
    assert {name for name, one in after.items() if one.ended} == {"mediator", "factfinding"}
    assert all(one.verdict is None for one in after.values() if one.ended)
    assert after["new_subject"].verdict is not None


def test_hours_are_counted_from_the_moment_a_subject_came_up() -> None:
    clock = _clocks(maple(), date(2020, 8, 12))["new_subject"]
    assert clock.verdict is not None
    assert clock.verdict.found is Found.BROKEN
    assert clock.last == datetime.fromisoformat("2020-08-11T09:00-07:00")


def test_the_whole_way_from_impasse_to_the_public_report_has_its_dates() -> None:
    day = date(2020, 9, 1)
    here = _with(table(), *((name, day) for name in EVENTS[:-1]))
    last = {name: one.last for name, one in _clocks(here, day).items() if one.last}
    assert last == {
        "mediator": date(2020, 9, 9),
        "panel_members": date(2020, 9, 6),
        "panel_chair": date(2020, 9, 6),
        "other_chair": date(2020, 9, 6),
        "panel_meets": date(2020, 9, 11),
        "report": date(2020, 10, 1),
        "report_public": date(2020, 9, 11),
    }


@given(st.lists(st.tuples(st.sampled_from(EVENTS), st.dates(date(2020, 8, 3), date(2020, 9, 30)))), st.data())
@settings(deadline=None)
def test_a_later_event_changes_no_clock_of_an_earlier_date(
    rows: list[tuple[str, date]], data: st.DataObject
) -> None:
    day = data.draw(st.dates(date(2020, 8, 3), date(2020, 9, 30)))
    all_, known = (_with(table(), *some) for some in (rows, [row for row in rows if row[1] <= day]))
    told = [
        [one.verdict and one.verdict.said for one in clocks(some, rulebook(), day)] for some in (all_, known)
    ]
    assert told[0] == told[1]


@given(st.lists(st.tuples(st.sampled_from(EVENTS), st.dates(date(2020, 8, 3), date(2020, 9, 30)))))
@settings(deadline=None)
def test_the_next_deadline_is_never_past_and_no_other_comes_before_it(rows: list[tuple[str, date]]) -> None:
    day = date(2020, 9, 15)
    found = clocks(_with(table(), *rows), rulebook(), day)
    soonest = next_clock(found)
    last = [one.last for one in found if one.waiting and one.last]
    assert (soonest is None) == (not last)
    if soonest is not None and soonest.last is not None:
        assert soonest.last == min(last)
        assert soonest.last >= day
