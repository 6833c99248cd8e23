"""The judge of what no school's date shows alone: people of several schools, services, a week's bounds."""

from dataclasses import replace
from datetime import date

from check_cases import DAY, STANDING, lawful_day, meeting_at, rule_of, tiny_roster

from schoolday.ground.finding import Status
from schoolday.roster import (
    School,
    Service,
    Teaching,
)
from schoolday.rules import Period, Standing
from schoolday.timetable.check import check_dates, check_district, check_services, check_weekly


def test_a_school_with_pupils_and_without_a_day_is_broken() -> None:
    assert [(f.code, f.status) for f in check_district(tiny_roster(), STANDING, [])] == [
        ("day.no_school", Status.BROKEN)
    ]


def test_a_provider_at_two_schools_at_once_is_seen_across_the_district() -> None:
    there = replace(
        lawful_day(), school="s2", meetings=(replace(lawful_day().meetings[2], pupils=()),), work={}
    )
    findings = check_district(tiny_roster(), STANDING, [lawful_day(), there])
    assert [f.code for f in findings] == ["day.teacher_clash"]
    assert "at school s 10:00-10:20 and at school s2 10:00-10:20" in findings[0].said


def test_a_teacher_of_two_schools_is_owed_lunch_and_preparation_from_both_together() -> None:
    section = replace(tiny_roster().sections["c"], id="c2", school="s2")
    roster = replace(
        tiny_roster(),
        schools={**tiny_roster().schools, "s2": School("s2", "S2", ("3",))},
        sections={**tiny_roster().sections, "c2": section},
        teaching=(*tiny_roster().teaching, Teaching("c2", "t")),
    )
    long = replace(meeting_at("c2/math", "11:00", "13:00", source="c2"), pupils=())
    there = replace(lawful_day(), school="s2", meetings=(long,), work={}, lunch={})
    only = rule_of("teacher_live", most=150)
    found = check_district(roster, Standing(DAY, (only,)), [lawful_day(), there])
    assert [(f.code, f.value, f.where[0]) for f in found] == [("day.teacher_live", 180, "s, s2")]


def test_services_owed_and_not_placed_are_named() -> None:
    week = [replace(lawful_day(), day=date(2020, 9, 14 + n), meetings=()) for n in range(5)]
    assert [(f.status, f.value, f.limit) for f in check_services(tiny_roster(), week)] == [
        (Status.BROKEN, 0, 20)
    ]
    assert check_services(tiny_roster(), [lawful_day(), *week[1:]]) == []
    assert [f.status for f in check_services(tiny_roster(), week[1:])] == [Status.ADVICE]


def test_two_services_in_one_meeting_are_not_both_paid_by_it() -> None:
    both = {key: Service(key, "p", "speech", 20, 1, "v", "g") for key in ("i", "j")}
    week = [replace(lawful_day(), day=date(2020, 9, 14 + n), meetings=()) for n in range(5)]
    week[0] = replace(week[0], meetings=(replace(lawful_day().meetings[2], source="g"),))
    found = check_services(replace(tiny_roster(), services=both), week)
    assert [(f.status, f.value, f.limit) for f in found] == 2 * [(Status.BROKEN, 20, 40)]


def test_a_service_that_begins_in_mid_week_is_not_owed_the_whole_week() -> None:
    late = replace(tiny_roster().services["i"], first=date(2020, 9, 17))
    week = [replace(lawful_day(), day=date(2020, 9, 14 + n), meetings=()) for n in range(5)]
    found = check_services(replace(tiny_roster(), services={"i": late}), week)
    assert [f.status for f in found] == [Status.ADVICE]


def test_the_period_of_a_week_is_not_judged_by_a_day() -> None:
    rule, clause = rule_of("live_meetings", least=40)
    weekly = Standing(DAY, ((replace(rule, period=Period.WEEK), clause),))
    assert check_dates(tiny_roster(), weekly, lawful_day()) == []


def test_a_weekly_bound_is_judged_over_its_week_and_unverified_in_a_short_one() -> None:
    rule, clause = rule_of("live_meetings", least=11)
    weekly = Standing(DAY, ((replace(rule, period=Period.WEEK), clause),))
    week = [replace(lawful_day(), day=date(2020, 9, 14 + n)) for n in range(5)]
    findings = check_weekly(tiny_roster(), weekly, week)
    assert [(f.status, f.value, f.limit) for f in findings] == [(Status.BROKEN, 10, 11)]
    assert [f.status for f in check_weekly(tiny_roster(), weekly, week[1:])] == [Status.UNVERIFIED]
    enough = Standing(DAY, ((replace(rule, period=Period.WEEK), rule_of("live_meetings", least=10)[1]),))
    assert check_weekly(tiny_roster(), enough, week) == []
