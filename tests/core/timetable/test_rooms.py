"""Rooms from the roster to the date: none holds two meetings at once, and where one does it is named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import pytest
from draft_cases import TEMPORARY, TUESDAY, day_plans, roster, standing
from hypothesis import given
from hypothesis import strategies as st

from schoolday.calendar.row import Minutes
from schoolday.ground.finding import Finding, Status
from schoolday.ground.spans import Span
from schoolday.roster import Enrollment, Roster, Service
from schoolday.timetable.check import check, check_dates
from schoolday.timetable.dated import school_day
from schoolday.timetable.draft import draft
from schoolday.timetable.meeting import Meeting, SchoolDay, SchoolWeek
from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.solve import solve
from schoolday.timetable.timetable import FirstLawful, Outcome, Placement, Timetable

LAB = {"oak": {"lab": 1}}


def _labs(rooms: Mapping[str, Mapping[str, int]] = LAB, many: int = 6) -> Roster:
    """Oak's courses, of which so many meet in the lab; no two share a pupil, so only the lab parts them."""
    known = roster()
    labs = {f"c{n}": replace(known.sections[f"c{n}"], place="lab") for n in range(many)}
    apart = tuple(Enrollment(f"c{n}", f"h{n}") for n in range(6))
    return replace(known, sections=known.sections | labs, enrollments=apart, rooms=rooms)


def _problem(made: Roster) -> TimetableProblem:
    return draft(made, "oak", day_plans(), standing(), day=TUESDAY)


def _week(made: Roster) -> SchoolWeek:
    problem = _problem(made)
    result = solve(problem, stop=FirstLawful(), seed=1)
    assert result.outcome is Outcome.LAWFUL
    assert result.timetable is not None
    return SchoolWeek(problem, result.timetable)


def _together(week: SchoolWeek) -> int:
    """How many meetings start where another of the lab already does."""
    places = [(one.day, one.slot) for one in week.timetable.placements]
    return len(places) - len(set(places))


def _dated(made: Roster, week: SchoolWeek, on: date = TUESDAY) -> list[Finding]:
    day = school_day(week, made, day_plans(on), standing(on), on)
    return [one for one in check_dates(made, standing(on), day) if one.code == "day.room"]


def test_the_rooms_of_a_school_reach_its_question_and_those_of_another_do_not() -> None:
    made = _labs({"oak": {"lab": 2, "gym": 1}, "elm": {"lab": 9}})
    assert _problem(made).rooms == {"gym": 1, "lab": 2}


def test_sections_of_one_lab_never_meet_in_it_at_once() -> None:
    made = _labs()
    week = _week(made)
    assert _together(week) == 0
    assert check(week.problem, week.timetable) == []
    assert _dated(made, week) == _dated(made, week, TEMPORARY) == []
    # Nothing but the count keeps them apart.
    assert _together(_week(_labs({}))) > 0


def test_a_kind_of_room_that_nobody_counted_leaves_the_school_plannable_and_both_checks_say_so() -> None:
    made = _labs({"elm": {"lab": 3}})
    week = _week(made)
    found = check(week.problem, week.timetable)
    assert {(one.code, one.status) for one in found} == {("timetable.room", Status.UNVERIFIED)}
    (dated,) = _dated(made, week)
    assert dated.status is Status.UNVERIFIED
    assert "needs a lab on 2020-09-08, and nobody says how many school oak has" in dated.said


def test_two_sections_put_into_one_lab_at_once_are_named_in_the_week_and_on_the_date() -> None:
    made = _labs(many=2)
    week = _week(made)
    slot = {one.activity: one.slot for one in week.timetable.placements if one.day == 1}["c0"]
    moved = tuple(
        Placement("c1", 1, slot) if (one.activity, one.day) == ("c1", 1) else one
        for one in week.timetable.placements
    )
    planted = SchoolWeek(week.problem, Timetable("oak", moved))
    found = [one for one in check(planted.problem, planted.timetable) if one.code == "timetable.room"]
    assert [(one.status, one.where[1], one.value, one.limit) for one in found] == [
        (Status.BROKEN, "lab", 2, 1)
    ]
    (dated,) = _dated(made, planted)
    assert (dated.status, dated.where) == (Status.BROKEN, ("oak", "lab", "2020-09-08"))
    assert "2 meetings need a lab: Course 0 and Course 1; there are 1" in dated.said
    assert _dated(made, planted, TEMPORARY) == [], "Thursday was not touched"


def test_a_day_names_the_room_that_is_kept_even_where_there_is_a_link() -> None:
    made = _labs(many=1)
    linked = {name: replace(one, link=f"https://meet.example/{name}") for name, one in made.sections.items()}
    made = replace(made, sections=linked)
    day = school_day(_week(made), made, day_plans(), standing(), TUESDAY)
    places = {one.source: one.place for one in day.meetings}
    assert (places["c0"], places["c1"]) == ("lab", "https://meet.example/c1")


def test_the_room_of_a_service_group_is_judged_by_its_place() -> None:
    both = (
        Service("v1", "h0", "speech", 20, 1, "p1", "g", place="therapy room"),
        Service("v2", "h1", "reading", 20, 1, "p1", "h", place="therapy room"),
    )
    made = replace(_labs({"oak": {"therapy room": 1}}, many=0), services={one.id: one for one in both})
    assert _judged(made, ("g", 480, 500), ("h", 499, 519)) == [Status.BROKEN]
    assert _judged(made, ("g", 480, 500), ("h", 500, 520)) == []


def test_who_meets_from_home_needs_no_room() -> None:
    assert _judged(_labs({}, many=0), ("c0", 480, 510), ("c1", 480, 510)) == []


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), min_size=1, max_size=6), st.integers(1, 4))
def test_a_date_is_judged_as_minute_by_minute(spans: list[tuple[int, int]], rooms: int) -> None:
    meetings = [(f"c{n}", 480 + start, 480 + start + long) for n, (start, long) in enumerate(spans)]
    most = max(sum(start <= minute < end for _, start, end in meetings) for minute in range(480, 540))
    found = _judged(_labs({"oak": {"lab": rooms}}), *meetings)
    assert bool(found) == (most > rooms)


def _judged(made: Roster, *meetings: tuple[str, int, int]) -> list[Status]:
    """The findings of rooms on a date of just these meetings: source, start and end."""
    day = SchoolDay("oak", TUESDAY, day_plans(), tuple(_meeting(*one) for one in meetings), {}, {}, {})
    return [one.status for one in check_dates(made, standing(), day) if one.code == "day.room"]


def _meeting(source: str, start: int, end: int) -> Meeting:
    return Meeting(source, source, source, TUESDAY, Span(start, end), Minutes.LIVE, source, "", (), ())


@pytest.mark.parametrize("count", [1, 3])
def test_more_rooms_let_more_meet_at_once_and_never_more_than_there_are(count: int) -> None:
    week = _week(_labs({"oak": {"lab": count}}))
    at = [(one.day, one.slot) for one in week.timetable.placements]
    assert max(at.count(place) for place in at) <= count
