"""The judge of who is expected: a date's meetings beside the roster's pupils, classes and teachers."""

from dataclasses import replace
from datetime import date

from check_cases import DAY, STANDING, day_also, day_with, lawful_day, meeting_at, tiny_roster

from schoolday.ground.finding import Status
from schoolday.roster import (
    Enrollment,
    Pupil,
)
from schoolday.timetable.check import check_dates


def test_a_pupil_in_no_section_is_broken() -> None:
    findings = check_dates(replace(tiny_roster(), enrollments=()), STANDING, lawful_day())
    assert ("day.no_plan", Status.BROKEN) in [(f.code, f.status) for f in findings]


def test_a_pupil_is_not_due_before_the_first_enrollment_nor_after_the_last() -> None:
    nobody = replace(lawful_day(), meetings=(), work={}, lunch={})
    for later in (Enrollment("c", "p", first=date(2020, 9, 9)), Enrollment("c", "p", last=date(2020, 9, 7))):
        assert check_dates(replace(tiny_roster(), enrollments=(later,)), STANDING, nobody) == []


def test_a_pupil_between_two_enrollments_is_due_and_broken() -> None:
    parted = (Enrollment("c", "p", last=date(2020, 9, 7)), Enrollment("c", "p", first=date(2020, 9, 9)))
    nobody = replace(lawful_day(), meetings=(), work={}, lunch={})
    findings = check_dates(replace(tiny_roster(), enrollments=parted), STANDING, nobody)
    assert [f.code for f in findings] == ["day.no_plan"]


def test_a_pupil_who_left_after_the_week_was_planned_is_named() -> None:
    gone = replace(tiny_roster(), enrollments=(Enrollment("c", "p", last=date(2020, 9, 7)),))
    findings = check_dates(gone, STANDING, lawful_day())
    assert [(f.code, f.said) for f in findings if f.code == "day.not_enrolled"] == [
        ("day.not_enrolled", "Grade 3 (c) expects pupil p, who is not in it on 2020-09-08")
    ]


def test_a_pupil_who_came_after_the_week_was_planned_is_named() -> None:
    late = Pupil("q", "Quin", "Q", "3", "s")
    roster = replace(
        tiny_roster(),
        pupils={**tiny_roster().pupils, "q": late},
        enrollments=(*tiny_roster().enrollments, Enrollment("c", "q", first=DAY)),
    )
    codes = {f.code for f in check_dates(roster, STANDING, lawful_day()) if "pupil q" in f.where}
    assert codes >= {"day.not_expected", "day.total_minutes", "day.live_minutes"}


def test_a_section_that_does_not_meet_is_named() -> None:
    findings = check_dates(tiny_roster(), STANDING, replace(lawful_day(), meetings=lawful_day().meetings[2:]))
    assert "day.section_missing" in {f.code for f in findings}


def test_a_meeting_of_the_wrong_teacher_is_named() -> None:
    findings = check_dates(
        tiny_roster(), STANDING, day_with(0, meeting_at("c/math", "08:00", "08:30", teacher="v"))
    )
    assert {f.code for f in findings} == {"day.teacher"}
    assert "has v to teach it; the roster names t" in findings[0].said


def test_a_section_that_nobody_teaches_is_unverified() -> None:
    nobody = tuple(replace(one, teachers=()) if one.source == "c" else one for one in lawful_day().meetings)
    findings = check_dates(
        replace(tiny_roster(), teaching=()), STANDING, replace(lawful_day(), meetings=nobody)
    )
    assert [(f.code, f.status) for f in findings] == [("day.no_teacher", Status.UNVERIFIED)]


def test_a_service_that_has_ended_and_is_still_placed_is_named() -> None:
    ended = replace(tiny_roster().services["i"], last=date(2020, 9, 7))
    findings = check_dates(replace(tiny_roster(), services={"i": ended}), STANDING, lawful_day())
    assert [f.said for f in findings] == ["speech (i) expects pupil p, who is not in it on 2020-09-08"]


def test_a_meeting_of_nothing_in_the_roster_is_named() -> None:
    findings = check_dates(tiny_roster(), STANDING, day_also(meeting_at("x", "12:10", "12:20", source="x")))
    assert [f.code for f in findings] == ["day.unknown_meeting"]
