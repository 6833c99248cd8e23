"""The judge of dates: straight from a hand-made roster and rules, each fault planted and named."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from schoolday.calendar.days import Calendar
from schoolday.calendar.row import Minutes
from schoolday.ground.finding import Status
from schoolday.ground.spans import Span, minute
from schoolday.program.plan import DayPlan, Format, Line
from schoolday.roster import (
    Contract,
    Enrollment,
    Pupil,
    Roster,
    School,
    Section,
    Service,
    Staff,
    Teaching,
)
from schoolday.rules import Amount, Citation, Clause, Confidence, Kind, Layer, Period, Rule, Standing, Way
from schoolday.timetable.check import check_dates, check_district, check_services, check_weekly
from schoolday.timetable.meeting import Meeting, SchoolDay, Work

DAY = date(2020, 9, 8)


def _span(first: str, last: str) -> Span:
    return Span(minute(first), minute(last))


def _rule(
    measure: str, *, least: float | None = None, most: float | None = None, grade: str = "", **more: object
) -> tuple[Rule, Clause]:
    def amount(number: float | None) -> Amount | None:
        if number is None:
            return None
        return Amount(by_grade={grade: number}) if grade else Amount(flat=number)

    clause = Clause(
        measure, date(2020, 8, 1), None, Citation(f"Code of {measure}"), Confidence.VERIFIED, DAY,
        at_least=amount(least), at_most=amount(most), **more,  # type: ignore[arg-type]
    )  # fmt: skip
    rule = Rule(measure, measure, Layer.LAW, "CA", Kind.BOUND, measure, "minutes", (clause,))
    return rule, clause


STANDING = Standing(
    DAY,
    (
        _rule("total_minutes", least=120, grade="3"),
        _rule("live_minutes", least=60, most=100),
        _rule("live_share", least=40),
        _rule("live_meetings", most=3),
        _rule("unbroken_live", most=60),
        _rule("least_break", least=10),
        _rule("lunch_minutes", least=30),
        _rule("lunch_from", least=minute("11:00")),
        _rule("lunch_until", most=minute("13:00")),
        _rule("day_start", least=minute("08:00")),
        _rule("day_end", most=minute("15:00")),
        _rule("teacher_lunch", least=30),
        _rule("teacher_preparation", least=60),
        _rule("teacher_live", most=180),
    ),
)


def _roster() -> Roster:
    pupil = Pupil("p", "Pat", "P", "3", "s")
    section = Section("c", "s", "Grade 3", "all", "homeroom", ("3",))
    teacher = Staff("t", "Tess", "T", "teacher", ("s",))
    helper = Staff("v", "Vi", "V", "provider", ("s", "s2"))
    return Roster(
        "d", "D", ("CA",), "America/Los_Angeles",
        {"s": School("s", "S", ("3",))},
        {"p": pupil},
        {"t": teacher, "v": helper},
        {"c": section},
        (Enrollment("c", "p"),),
        (Teaching("c", "t"),),
        {},
        {"i": Service("i", "p", "speech", 20, 1, "v")},
        {"t": Contract("t", minute("08:00"), minute("15:00")), "v": Contract("v", 480, 900, (1, 2))},
        {},
        Calendar(date(2020, 9, 1), date(2021, 6, 1), {date(2020, 9, 7): "Labor Day"}),
    )  # fmt: skip


def _meeting(activity: str, first: str, last: str, source: str = "c", teacher: str = "t") -> Meeting:
    return Meeting(
        f"{activity}@{DAY}",
        activity,
        source,
        DAY,
        _span(first, last),
        Minutes.LIVE,
        activity,
        "",
        (teacher,),
        ("p",),
    )


def _work(first: str, last: str) -> Work:
    return Work("c/math", "c", "math", "math", DAY, _span(first, last))


def _day() -> SchoolDay:
    line = Line("math", "math", Format.WHOLE, 60, 60)
    return SchoolDay(
        "s",
        DAY,
        {("3", "homeroom"): DayPlan("3", DAY, Way.DISTANCE, (line,), 1, ())},
        (
            _meeting("c/math", "08:00", "08:30"),
            _meeting("c/read", "08:30", "09:00"),
            _meeting("i", "10:00", "10:20", source="i", teacher="v"),
        ),
        {"p": (_work("13:00", "14:00"),)},
        {"p": _span("11:30", "12:00")},
        {},
    )


def _with(at: int, meeting: Meeting) -> SchoolDay:
    meetings = list(_day().meetings)
    meetings[at] = meeting
    return replace(_day(), meetings=tuple(meetings))


def _also(*meetings: Meeting) -> SchoolDay:
    return replace(_day(), meetings=(*_day().meetings, *meetings))


def _sparse(work: tuple[Work, ...]) -> SchoolDay:
    return replace(_day(), work={"p": work})


PLANTED: dict[str, tuple[Callable[[], SchoolDay], str, str]] = {
    "too few minutes in all": (
        lambda: _sparse((_work("13:00", "13:59"),)),
        "day.total_minutes",
        "pupil p on 2020-09-08: 119 minutes in all; at least 120 (Code of total_minutes)",
    ),
    "too few live minutes, services not counted": (
        lambda: replace(
            _with(0, _meeting("c/math", "08:00", "08:29")), work={"p": (_work("13:00", "14:01"),)}
        ),
        "day.live_minutes",
        "59 live minutes; at least 60",
    ),
    "too many live minutes, services not counted": (
        lambda: _with(2, _meeting("c/art", "10:00", "10:41")),
        "day.live_minutes",
        "101 live minutes; at most 100",
    ),
    "too small a live share": (
        lambda: _sparse((_work("12:00", "14:59"),)),
        "day.live_share",
        "percent of the day live; at least 40",
    ),
    "too many live meetings": (
        lambda: _also(_meeting("c/art", "12:10", "12:15"), _meeting("c/pe", "12:30", "12:35")),
        "day.live_meetings",
        "4 live meetings; at most 3",
    ),
    "too long unbroken": (
        lambda: _with(2, _meeting("i", "09:05", "09:25", source="i", teacher="v")),
        "day.unbroken_live",
        "85 live minutes unbroken; at most 60",
    ),
    "lunch too short": (
        lambda: replace(_day(), lunch={"p": _span("11:30", "11:50")}),
        "day.lunch_minutes",
        "20 minutes of lunch; at least 30",
    ),
    "no lunch at all": (
        lambda: replace(_day(), lunch={}),
        "day.lunch_minutes",
        "0 minutes of lunch; at least 30",
    ),
    "lunch too early": (
        lambda: replace(_day(), lunch={"p": _span("10:30", "11:00")}),
        "day.lunch_from",
        "10:30 as the start of lunch; at least 11:00",
    ),
    "a day too early": (
        lambda: _sparse((_work("07:00", "08:00"),)),
        "day.day_start",
        "07:00 as the start of the day; at least 08:00",
    ),
    "a day too late": (
        lambda: _sparse((_work("14:30", "15:30"),)),
        "day.day_end",
        "15:30 as the end of the day; at most 15:00",
    ),
    "work during a meeting": (
        lambda: _sparse((_work("08:30", "09:30"),)),
        "day.overlap",
        "a meeting 08:30-09:00 and work for math 08:30-09:30 at the same time",
    ),
    "work that found no time": (
        lambda: replace(_day(), unlaid={"p": 15}),
        "day.unlaid",
        "15 minutes of independent work found no free time",
    ),
    "a teacher in two places": (
        lambda: _also(replace(_meeting("c2", "08:00", "08:30"), pupils=())),
        "day.teacher_clash",
        "teacher t is due at c/math 08:00-08:30 and at c2 08:00-08:30",
    ),
    "a meeting outside the contract": (
        lambda: _also(replace(_meeting("c2", "15:00", "15:30"), pupils=())),
        "day.contract",
        "outside the contract's hours, 08:00-15:00",
    ),
    "no lunch for a teacher": (
        lambda: _also(replace(_meeting("c2", "11:15", "12:45"), pupils=())),
        "day.teacher_lunch",
        "15 free minutes for lunch; at least 30",
    ),
}


def test_a_lawful_date_has_no_finding() -> None:
    assert check_dates(_roster(), STANDING, _day()) == []


@pytest.mark.parametrize("fault", PLANTED)
def test_each_planted_fault_is_named_and_only_it(fault: str) -> None:
    plant, code, words = PLANTED[fault]
    findings = check_dates(_roster(), STANDING, plant())
    assert {(finding.code, finding.status) for finding in findings} == {(code, Status.BROKEN)}
    assert words in findings[0].said


def test_a_broken_bound_names_its_clause_value_and_limit() -> None:
    finding = check_dates(_roster(), STANDING, PLANTED["too few minutes in all"][0]())[0]
    assert (finding.value, finding.limit, finding.clauses) == (119, 120, ("total_minutes@2020-08-01",))


def test_bounds_that_are_met_are_said_when_asked_for() -> None:
    findings = check_dates(_roster(), STANDING, _day(), met=True)
    assert {finding.status for finding in findings} == {Status.MET}
    assert "pupil p on 2020-09-08: 120 minutes in all; at least 120 (Code of total_minutes)" in [
        finding.said for finding in findings
    ]


def test_a_pupil_in_no_section_is_broken() -> None:
    findings = check_dates(replace(_roster(), enrollments=()), STANDING, _day())
    assert ("day.no_plan", Status.BROKEN) in [(f.code, f.status) for f in findings]


def test_a_grade_without_a_plan_is_broken() -> None:
    findings = check_dates(_roster(), STANDING, replace(_day(), plans={}))
    assert [(f.code, f.status) for f in findings] == [("day.no_plan", Status.BROKEN)]


def test_a_pupil_is_not_due_before_the_first_enrollment_nor_after_the_last() -> None:
    nobody = replace(_day(), meetings=(), work={}, lunch={})
    for later in (Enrollment("c", "p", first=date(2020, 9, 9)), Enrollment("c", "p", last=date(2020, 9, 7))):
        assert check_dates(replace(_roster(), enrollments=(later,)), STANDING, nobody) == []


def test_a_pupil_between_two_enrollments_is_due_and_broken() -> None:
    parted = (Enrollment("c", "p", last=date(2020, 9, 7)), Enrollment("c", "p", first=date(2020, 9, 9)))
    nobody = replace(_day(), meetings=(), work={}, lunch={})
    findings = check_dates(replace(_roster(), enrollments=parted), STANDING, nobody)
    assert [f.code for f in findings] == ["day.no_plan"]


def test_a_pupil_who_left_after_the_week_was_planned_is_named() -> None:
    gone = replace(_roster(), enrollments=(Enrollment("c", "p", last=date(2020, 9, 7)),))
    findings = check_dates(gone, STANDING, _day())
    assert [(f.code, f.said) for f in findings if f.code == "day.not_enrolled"] == [
        ("day.not_enrolled", "Grade 3 (c) expects pupil p, who is not in it on 2020-09-08")
    ]


def test_a_pupil_who_came_after_the_week_was_planned_is_named() -> None:
    late = Pupil("q", "Quin", "Q", "3", "s")
    roster = replace(
        _roster(),
        pupils={**_roster().pupils, "q": late},
        enrollments=(*_roster().enrollments, Enrollment("c", "q", first=DAY)),
    )
    codes = {f.code for f in check_dates(roster, STANDING, _day()) if "pupil q" in f.where}
    assert codes >= {"day.not_expected", "day.total_minutes", "day.live_minutes"}


def test_a_section_that_does_not_meet_is_named() -> None:
    findings = check_dates(_roster(), STANDING, replace(_day(), meetings=_day().meetings[2:]))
    assert "day.section_missing" in {f.code for f in findings}


def test_a_meeting_of_the_wrong_teacher_is_named() -> None:
    findings = check_dates(_roster(), STANDING, _with(0, _meeting("c/math", "08:00", "08:30", teacher="v")))
    assert {f.code for f in findings} == {"day.teacher"}
    assert "has v to teach it; the roster names t" in findings[0].said


def test_a_section_that_nobody_teaches_is_unverified() -> None:
    nobody = tuple(replace(one, teachers=()) if one.source == "c" else one for one in _day().meetings)
    findings = check_dates(replace(_roster(), teaching=()), STANDING, replace(_day(), meetings=nobody))
    assert [(f.code, f.status) for f in findings] == [("day.no_teacher", Status.UNVERIFIED)]


def test_a_service_that_has_ended_and_is_still_placed_is_named() -> None:
    ended = replace(_roster().services["i"], last=date(2020, 9, 7))
    findings = check_dates(replace(_roster(), services={"i": ended}), STANDING, _day())
    assert [f.said for f in findings] == ["speech (i) expects pupil p, who is not in it on 2020-09-08"]


def test_a_meeting_of_nothing_in_the_roster_is_named() -> None:
    findings = check_dates(_roster(), STANDING, _also(_meeting("x", "12:10", "12:20", source="x")))
    assert [f.code for f in findings] == ["day.unknown_meeting"]


def test_a_meeting_of_another_date_is_named() -> None:
    other = replace(_day().meetings[0], day=date(2020, 9, 9))
    assert [f.code for f in check_dates(_roster(), STANDING, _with(0, other))] == ["day.date"]


def test_a_small_group_is_held_to_its_own_length() -> None:
    groups = Standing(DAY, (_rule("group_minutes", least=15, most=30, grade="3"),))
    line = Line("small", "reading", Format.SMALL, 30, 0)
    plans = {("3", "homeroom"): DayPlan("3", DAY, Way.DISTANCE, (line,), 1, (), groups=1)}
    for last, codes in (("09:14", ["day.group_minutes"]), ("09:15", []), ("09:31", ["day.group_minutes"])):
        day = replace(_day(), plans=plans, meetings=(_meeting("c/small/1", "09:00", last),))
        assert [f.code for f in check_dates(_roster(), groups, day)] == codes


def test_a_school_with_pupils_and_without_a_day_is_broken() -> None:
    assert [(f.code, f.status) for f in check_district(_roster(), STANDING, [])] == [
        ("day.no_school", Status.BROKEN)
    ]


def test_a_teacher_without_contract_hours_is_unverified() -> None:
    roster = replace(_roster(), contracts={"v": _roster().contracts["v"]})
    findings = check_dates(roster, STANDING, _day())
    assert [(f.code, f.status) for f in findings] == [("day.no_contract", Status.UNVERIFIED)]


def test_a_measure_that_nothing_measures_is_unverified() -> None:
    strange = Standing(DAY, (*STANDING.pairs, _rule("sunlight", least=30)))
    findings = check_dates(_roster(), strange, _day())
    assert [(f.code, f.status) for f in findings] == [("day.unmeasured", Status.UNVERIFIED)]


def test_an_average_under_its_minimum_is_unverified_until_the_daily_floor_breaks() -> None:
    law = _rule("total_minutes", least=140, average_over=10, no_day_under=Amount(flat=110))
    findings = check_dates(_roster(), Standing(DAY, (law,)), _day())
    assert [f.status for f in findings] == [Status.UNVERIFIED]
    low = replace(_day(), work={"p": (_work("13:00", "13:30"),)})
    findings = check_dates(_roster(), Standing(DAY, (law,)), low)
    assert [(f.status, f.limit) for f in findings] == [(Status.BROKEN, 110)]


def test_the_daily_floor_of_an_average_is_that_of_the_grade() -> None:
    law = _rule(
        "total_minutes", least=140, average_over=10, no_day_under=Amount(by_grade={"3": 110, "K": 60})
    )
    low = replace(_day(), work={"p": (_work("13:00", "13:30"),)})
    findings = check_dates(_roster(), Standing(DAY, (law,)), low)
    assert [(f.status, f.value, f.limit) for f in findings] == [(Status.BROKEN, 90, 110)]


def test_guidance_only_advises() -> None:
    rule, clause = _rule("live_minutes", most=50)
    advice = Standing(DAY, ((replace(rule, layer=Layer.GUIDANCE), clause),))
    assert [f.status for f in check_dates(_roster(), advice, _day())] == [Status.ADVICE]


def test_meetings_on_a_holiday_are_broken_and_no_meetings_are_well() -> None:
    labor_day = date(2020, 9, 7)
    standing = replace(STANDING, day=labor_day)
    holiday = replace(_day(), day=labor_day)
    assert [f.code for f in check_dates(_roster(), standing, holiday)] == ["day.no_pupils"]
    assert check_dates(_roster(), standing, replace(holiday, meetings=())) == []


def test_rules_of_another_date_are_refused_in_words() -> None:
    with pytest.raises(ValueError, match="ask the rulebook for that date"):
        check_dates(_roster(), replace(STANDING, day=date(2026, 9, 8)), _day())


def test_a_provider_at_two_schools_at_once_is_seen_across_the_district() -> None:
    there = replace(_day(), school="s2", meetings=(replace(_day().meetings[2], pupils=()),), work={})
    findings = check_district(_roster(), STANDING, [_day(), there])
    assert [f.code for f in findings] == ["day.teacher_clash"]
    assert "at school s 10:00-10:20 and at school s2 10:00-10:20" in findings[0].said


def test_a_teacher_of_two_schools_is_owed_lunch_and_preparation_from_both_together() -> None:
    section = replace(_roster().sections["c"], id="c2", school="s2")
    roster = replace(
        _roster(),
        schools={**_roster().schools, "s2": School("s2", "S2", ("3",))},
        sections={**_roster().sections, "c2": section},
        teaching=(*_roster().teaching, Teaching("c2", "t")),
    )
    long = replace(_meeting("c2/math", "11:00", "13:00", source="c2"), pupils=())
    there = replace(_day(), school="s2", meetings=(long,), work={}, lunch={})
    only = _rule("teacher_live", most=150)
    found = check_district(roster, Standing(DAY, (only,)), [_day(), there])
    assert [(f.code, f.value, f.where[0]) for f in found] == [("day.teacher_live", 180, "s, s2")]


def test_services_owed_and_not_placed_are_named() -> None:
    week = [replace(_day(), day=date(2020, 9, 14 + n), meetings=()) for n in range(5)]
    assert [(f.status, f.value, f.limit) for f in check_services(_roster(), week)] == [(Status.BROKEN, 0, 20)]
    assert check_services(_roster(), [_day(), *week[1:]]) == []
    assert [f.status for f in check_services(_roster(), week[1:])] == [Status.ADVICE]


def test_two_services_in_one_meeting_are_not_both_paid_by_it() -> None:
    both = {key: Service(key, "p", "speech", 20, 1, "v", "g") for key in ("i", "j")}
    week = [replace(_day(), day=date(2020, 9, 14 + n), meetings=()) for n in range(5)]
    week[0] = replace(week[0], meetings=(replace(_day().meetings[2], source="g"),))
    found = check_services(replace(_roster(), services=both), week)
    assert [(f.status, f.value, f.limit) for f in found] == 2 * [(Status.BROKEN, 20, 40)]


def test_a_service_that_begins_in_mid_week_is_not_owed_the_whole_week() -> None:
    late = replace(_roster().services["i"], first=date(2020, 9, 17))
    week = [replace(_day(), day=date(2020, 9, 14 + n), meetings=()) for n in range(5)]
    found = check_services(replace(_roster(), services={"i": late}), week)
    assert [f.status for f in found] == [Status.ADVICE]


def test_the_period_of_a_week_is_not_judged_by_a_day() -> None:
    rule, clause = _rule("live_meetings", least=40)
    weekly = Standing(DAY, ((replace(rule, period=Period.WEEK), clause),))
    assert check_dates(_roster(), weekly, _day()) == []


def test_a_weekly_bound_is_judged_over_its_week_and_unverified_in_a_short_one() -> None:
    rule, clause = _rule("live_meetings", least=11)
    weekly = Standing(DAY, ((replace(rule, period=Period.WEEK), clause),))
    week = [replace(_day(), day=date(2020, 9, 14 + n)) for n in range(5)]
    findings = check_weekly(_roster(), weekly, week)
    assert [(f.status, f.value, f.limit) for f in findings] == [(Status.BROKEN, 10, 11)]
    assert [f.status for f in check_weekly(_roster(), weekly, week[1:])] == [Status.UNVERIFIED]
    enough = Standing(DAY, ((replace(rule, period=Period.WEEK), _rule("live_meetings", least=10)[1]),))
    assert check_weekly(_roster(), enough, week) == []
