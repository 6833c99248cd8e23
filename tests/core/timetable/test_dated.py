from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import pytest
from draft_cases import TEMPORARY, TUESDAY, day_plans, placed, roster, standing

from schoolday.calendar.row import Minutes, Row
from schoolday.ground.errors import SchooldayError
from schoolday.ground.spans import Span
from schoolday.roster import Roster, Service
from schoolday.timetable.dated import school_day
from schoolday.timetable.draft import draft
from schoolday.timetable.meeting import SchoolDay, SchoolWeek
from schoolday.timetable.rows import rows

SPEECH = Service("v1", "a1", "speech", 25, 5, "p1", "speech-1")
ROOM_1 = {
    "r1/ela": 0, "r1/math": 1, "r1/eld": 3, "r1/science": 4, "r1/social": 8,
    "r1/small/1": 9, "r1/small/2": 10, "r1/small/3": 11, "r1/small/4": 12, "speech-1": 6,
}  # fmt: skip
COURSES = {f"c{n}": 2 * n for n in range(6)}


@pytest.fixture(scope="module")
def people() -> Roster:
    return roster(services=[SPEECH])


def _week(people: Roster, school: str, slots: dict[str, int]) -> SchoolWeek:
    return placed(draft(people, school, day_plans(), standing(), day=TUESDAY), slots)


def _day(people: Roster, school: str, slots: dict[str, int], day: date = TUESDAY) -> SchoolDay:
    return school_day(_week(people, school, slots), people, day_plans(day), standing(day), day)


def _minutes(day: SchoolDay, pupil: str) -> dict[str, int]:
    found = {"live": 0, "independent": sum(work.span.minutes for work in day.work[pupil])}
    for meeting in day.meetings:
        if pupil in meeting.pupils and meeting.source != "speech-1":
            found["live"] += meeting.span.minutes
    return found


def test_an_ordinary_day_holds_the_plans_minutes_for_every_pupil_of_the_class(people: Roster) -> None:
    day = _day(people, "elm", ROOM_1)
    for number in range(9):
        assert _minutes(day, f"a{number}") == {"live": 180, "independent": 50}
    assert day.unlaid == {}


def test_on_the_temporary_days_meetings_keep_their_start_and_last_fifteen_minutes(people: Roster) -> None:
    usual, temporary = _day(people, "elm", ROOM_1), _day(people, "elm", ROOM_1, TEMPORARY)
    starts = {one.activity: one.span.start for one in usual.meetings}
    assert {one.activity: one.span.start for one in temporary.meetings} == starts
    lengths = {one.span.minutes for one in temporary.meetings if one.source == "r1"}
    assert lengths == {15}
    assert _minutes(temporary, "a0") == {"live": 90, "independent": 140}


def test_services_keep_their_own_minutes_on_every_date(people: Roster) -> None:
    for date_ in (TUESDAY, TEMPORARY):
        service = next(one for one in _day(people, "elm", ROOM_1, date_).meetings if one.source == "speech-1")
        assert service.span == Span(660, 685)
        assert service.pupils == ("a1",)
        assert service.subject == "speech"


def test_a_meetings_uid_is_the_same_wherever_it_moves_and_differs_by_date(people: Roster) -> None:
    here = {one.activity: one.uid for one in _day(people, "elm", ROOM_1).meetings}
    moved = {
        one.activity: one.uid for one in _day(people, "elm", {**ROOM_1, "r1/ela": 6, "speech-1": 0}).meetings
    }
    other = {one.activity: one.uid for one in _day(people, "elm", ROOM_1, date(2020, 9, 9)).meetings}
    assert here == moved
    assert set(here.values()).isdisjoint(other.values())
    assert all(uid.endswith("@schoolday.invalid") for uid in here.values())


def test_a_day_without_pupils_has_nothing(people: Roster) -> None:
    week = _week(people, "elm", ROOM_1)
    day = school_day(week, people, {}, standing(date(2020, 9, 1)), date(2020, 9, 1))
    assert (day.meetings, day.work, day.lunch) == ((), {}, {})


def test_no_pupils_work_lunch_or_meetings_overlap(people: Roster) -> None:
    for school, slots in (("elm", ROOM_1), ("oak", COURSES)):
        for date_ in (TUESDAY, TEMPORARY):
            day = _day(people, school, slots, date_)
            for pupil, works in day.work.items():
                spans = [one.span for one in day.meetings if pupil in one.pupils]
                spans += [work.span for work in works] + [day.lunch[pupil]]
                ordered = sorted(spans)
                assert all(a.end <= b.start for a, b in pairwise(ordered))


def test_lunch_is_free_and_within_its_hours(people: Roster) -> None:
    lunch = _day(people, "elm", ROOM_1).lunch
    assert lunch["a0"] == Span(690, 720)
    assert lunch["a1"] == Span(690, 720)


def test_pupils_whose_days_are_alike_share_the_very_same_tuples(people: Roster) -> None:
    day = _day(people, "elm", ROOM_1)
    groups = [one.pupils for one in day.meetings if one.activity.startswith("r1/small")]
    for group in groups:
        alike = [pupil for pupil in group if pupil != "a1"]
        assert len({id(day.work[pupil]) for pupil in alike}) == 1


def test_independent_work_comes_after_the_subjects_live_meeting_where_there_is_time(people: Roster) -> None:
    day = _day(people, "elm", ROOM_1)
    ends = {one.activity: one.span.end for one in day.meetings}
    for work in day.work["a0"]:
        assert work.span.start >= ends[work.activity]


def test_a_scheduled_pupils_courses_share_the_independent_work(people: Roster) -> None:
    day = _day(people, "oak", COURSES)
    assert _minutes(day, "h0") == {"live": 180, "independent": 60}
    by_course = {work.source: 0 for work in day.work["h0"]}
    for work in day.work["h0"]:
        by_course[work.source] += work.span.minutes
    assert by_course == {f"c{n}": 10 for n in range(6)}


def test_a_pupil_with_fewer_courses_makes_up_the_total_in_independent_work(people: Roster) -> None:
    kept = tuple(row for row in people.enrollments if (row.section, row.pupil) != ("c5", "h0"))
    day = _day(replace(people, enrollments=kept), "oak", COURSES)
    assert _minutes(day, "h0") == {"live": 150, "independent": 90}


def test_a_plan_too_long_for_the_template_is_refused_in_words(people: Roster) -> None:
    week = _week(people, "oak", COURSES)
    longer = {
        band: replace(plan, lines=tuple(replace(line, live=45) for line in plan.lines))
        for band, plan in day_plans().items()
    }
    with pytest.raises(
        SchooldayError, match=r"due for 45 minutes .* keeps 30 from 08:00; draft the week anew"
    ):
        school_day(week, people, longer, standing(), TUESDAY)


def test_a_plan_with_a_lesson_that_was_never_placed_is_refused_in_words(people: Roster) -> None:
    week = _week(people, "elm", ROOM_1)
    kept = tuple(one for one in week.problem.activities if one.line != "science")
    less = SchoolWeek(replace(week.problem, activities=kept), replace(week.timetable, placements=()))
    with pytest.raises(SchooldayError, match="live minutes of science for section r1"):
        school_day(less, people, day_plans(), standing(), TUESDAY)


def test_the_plan_as_rows_adds_up_to_the_plan(people: Roster) -> None:
    found = list(rows(_day(people, "elm", ROOM_1), people))
    mine = [row for row in found if row.pupil == "a1"]
    assert mine == [
        Row("a1", TUESDAY, "r1", Minutes.INDEPENDENT, 50),
        Row("a1", TUESDAY, "r1", Minutes.LIVE, 180),
        Row("a1", TUESDAY, "v1", Minutes.LIVE, 25),
    ]


def test_rows_without_a_roster_name_the_service_group(people: Roster) -> None:
    assert "speech-1" in {row.activity for row in rows(_day(people, "elm", ROOM_1))}
