"""The judge of one date, from a hand-made roster and rules: each fault planted and named."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from check_cases import (
    DAY,
    STANDING,
    day_also,
    day_with,
    lawful_day,
    meeting_at,
    rule_of,
    span_of,
    tiny_roster,
    work_at,
)

from schoolday.ground.finding import Status
from schoolday.program.plan import DayPlan, Format, Line
from schoolday.rules import Amount, Layer, Standing, Way
from schoolday.timetable.check import check_dates
from schoolday.timetable.meeting import SchoolDay, Work


def _sparse(work: tuple[Work, ...]) -> SchoolDay:
    return replace(lawful_day(), work={"p": work})


PLANTED: dict[str, tuple[Callable[[], SchoolDay], str, str]] = {
    "too few minutes in all": (
        lambda: _sparse((work_at("13:00", "13:59"),)),
        "day.total_minutes",
        "pupil p on 2020-09-08: 119 minutes in all; at least 120 (Code of total_minutes)",
    ),
    "too few live minutes, services not counted": (
        lambda: replace(
            day_with(0, meeting_at("c/math", "08:00", "08:29")), work={"p": (work_at("13:00", "14:01"),)}
        ),
        "day.live_minutes",
        "59 live minutes; at least 60",
    ),
    "too many live minutes, services not counted": (
        lambda: day_with(2, meeting_at("c/art", "10:00", "10:41")),
        "day.live_minutes",
        "101 live minutes; at most 100",
    ),
    "too small a live share": (
        lambda: _sparse((work_at("12:00", "14:59"),)),
        "day.live_share",
        "percent of the day live; at least 40",
    ),
    "too many live meetings": (
        lambda: day_also(meeting_at("c/art", "12:10", "12:15"), meeting_at("c/pe", "12:30", "12:35")),
        "day.live_meetings",
        "4 live meetings; at most 3",
    ),
    "too long unbroken": (
        lambda: day_with(2, meeting_at("i", "09:05", "09:25", source="i", teacher="v")),
        "day.unbroken_live",
        "85 live minutes unbroken; at most 60",
    ),
    "lunch too short": (
        lambda: replace(lawful_day(), lunch={"p": span_of("11:30", "11:50")}),
        "day.lunch_minutes",
        "20 minutes of lunch; at least 30",
    ),
    "no lunch at all": (
        lambda: replace(lawful_day(), lunch={}),
        "day.lunch_minutes",
        "0 minutes of lunch; at least 30",
    ),
    "lunch too early": (
        lambda: replace(lawful_day(), lunch={"p": span_of("10:30", "11:00")}),
        "day.lunch_from",
        "10:30 as the start of lunch; at least 11:00",
    ),
    "a day too early": (
        lambda: _sparse((work_at("07:00", "08:00"),)),
        "day.day_start",
        "07:00 as the start of the day; at least 08:00",
    ),
    "a day too late": (
        lambda: _sparse((work_at("14:30", "15:30"),)),
        "day.day_end",
        "15:30 as the end of the day; at most 15:00",
    ),
    "work during a meeting": (
        lambda: _sparse((work_at("08:30", "09:30"),)),
        "day.overlap",
        "a meeting 08:30-09:00 and work for math 08:30-09:30 at the same time",
    ),
    "work that found no time": (
        lambda: replace(lawful_day(), unlaid={"p": 15}),
        "day.unlaid",
        "15 minutes of independent work found no free time",
    ),
    "a teacher in two places": (
        lambda: day_also(replace(meeting_at("c2", "08:00", "08:30"), pupils=())),
        "day.teacher_clash",
        "teacher t is due at c/math 08:00-08:30 and at c2 08:00-08:30",
    ),
    "a meeting outside the contract": (
        lambda: day_also(replace(meeting_at("c2", "15:00", "15:30"), pupils=())),
        "day.contract",
        "outside the contract's hours, 08:00-15:00",
    ),
    "no lunch for a teacher": (
        lambda: day_also(replace(meeting_at("c2", "11:15", "12:45"), pupils=())),
        "day.teacher_lunch",
        "15 free minutes for lunch; at least 30",
    ),
}


def test_a_lawful_date_has_no_finding() -> None:
    assert check_dates(tiny_roster(), STANDING, lawful_day()) == []


@pytest.mark.parametrize("fault", PLANTED)
def test_each_planted_fault_is_named_and_only_it(fault: str) -> None:
    plant, code, words = PLANTED[fault]
    findings = check_dates(tiny_roster(), STANDING, plant())
    assert {(finding.code, finding.status) for finding in findings} == {(code, Status.BROKEN)}
    assert words in findings[0].said


def test_a_broken_bound_names_its_clause_value_and_limit() -> None:
    finding = check_dates(tiny_roster(), STANDING, PLANTED["too few minutes in all"][0]())[0]
    assert (finding.value, finding.limit, finding.clauses) == (119, 120, ("total_minutes@2020-08-01",))


def test_bounds_that_are_met_are_said_when_asked_for() -> None:
    findings = check_dates(tiny_roster(), STANDING, lawful_day(), met=True)
    assert {finding.status for finding in findings} == {Status.MET}
    assert "pupil p on 2020-09-08: 120 minutes in all; at least 120 (Code of total_minutes)" in [
        finding.said for finding in findings
    ]


def test_a_grade_without_a_plan_is_broken() -> None:
    findings = check_dates(tiny_roster(), STANDING, replace(lawful_day(), plans={}))
    assert [(f.code, f.status) for f in findings] == [("day.no_plan", Status.BROKEN)]


def test_a_meeting_of_another_date_is_named() -> None:
    other = replace(lawful_day().meetings[0], day=date(2020, 9, 9))
    assert [f.code for f in check_dates(tiny_roster(), STANDING, day_with(0, other))] == ["day.date"]


def test_a_small_group_is_held_to_its_own_length() -> None:
    groups = Standing(DAY, (rule_of("group_minutes", least=15, most=30, grade="3"),))
    line = Line("small", "reading", Format.SMALL, 30, 0)
    plans = {("3", "homeroom"): DayPlan("3", DAY, Way.DISTANCE, (line,), 1, (), groups=1)}
    for last, codes in (("09:14", ["day.group_minutes"]), ("09:15", []), ("09:31", ["day.group_minutes"])):
        day = replace(lawful_day(), plans=plans, meetings=(meeting_at("c/small/1", "09:00", last),))
        assert [f.code for f in check_dates(tiny_roster(), groups, day)] == codes


def test_a_teacher_without_contract_hours_is_unverified() -> None:
    roster = replace(tiny_roster(), contracts={"v": tiny_roster().contracts["v"]})
    findings = check_dates(roster, STANDING, lawful_day())
    assert [(f.code, f.status) for f in findings] == [("day.no_contract", Status.UNVERIFIED)]


def test_a_measure_that_nothing_measures_is_unverified() -> None:
    strange = Standing(DAY, (*STANDING.pairs, rule_of("sunlight", least=30)))
    findings = check_dates(tiny_roster(), strange, lawful_day())
    assert [(f.code, f.status) for f in findings] == [("day.unmeasured", Status.UNVERIFIED)]


def test_an_average_under_its_minimum_is_unverified_until_the_daily_floor_breaks() -> None:
    law = rule_of("total_minutes", least=140, average_over=10, no_day_under=Amount(flat=110))
    findings = check_dates(tiny_roster(), Standing(DAY, (law,)), lawful_day())
    assert [f.status for f in findings] == [Status.UNVERIFIED]
    low = replace(lawful_day(), work={"p": (work_at("13:00", "13:30"),)})
    findings = check_dates(tiny_roster(), Standing(DAY, (law,)), low)
    assert [(f.status, f.limit) for f in findings] == [(Status.BROKEN, 110)]


def test_the_daily_floor_of_an_average_is_that_of_the_grade() -> None:
    law = rule_of(
        "total_minutes", least=140, average_over=10, no_day_under=Amount(by_grade={"3": 110, "K": 60})
    )
    low = replace(lawful_day(), work={"p": (work_at("13:00", "13:30"),)})
    findings = check_dates(tiny_roster(), Standing(DAY, (law,)), low)
    assert [(f.status, f.value, f.limit) for f in findings] == [(Status.BROKEN, 90, 110)]


def test_guidance_only_advises() -> None:
    rule, clause = rule_of("live_minutes", most=50)
    advice = Standing(DAY, ((replace(rule, layer=Layer.GUIDANCE), clause),))
    assert [f.status for f in check_dates(tiny_roster(), advice, lawful_day())] == [Status.ADVICE]


def test_meetings_on_a_holiday_are_broken_and_no_meetings_are_well() -> None:
    labor_day = date(2020, 9, 7)
    standing = replace(STANDING, day=labor_day)
    holiday = replace(lawful_day(), day=labor_day)
    assert [f.code for f in check_dates(tiny_roster(), standing, holiday)] == ["day.no_pupils"]
    assert check_dates(tiny_roster(), standing, replace(holiday, meetings=())) == []


def test_rules_of_another_date_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="ask the rulebook for that date"):
        check_dates(tiny_roster(), replace(STANDING, day=date(2026, 9, 8)), lawful_day())
