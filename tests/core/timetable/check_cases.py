"""A hand-made roster of one class, the rules of its date, and a day that is lawful by them."""

from dataclasses import replace
from datetime import date

from schoolday.calendar.days import Calendar
from schoolday.calendar.row import Minutes
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
from schoolday.rules import Amount, Citation, Clause, Confidence, Kind, Layer, Rule, Standing, Way
from schoolday.timetable.meeting import Meeting, SchoolDay, Work

DAY = date(2020, 9, 8)


def span_of(first: str, last: str) -> Span:
    return Span(minute(first), minute(last))


def rule_of(
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
        rule_of("total_minutes", least=120, grade="3"),
        rule_of("live_minutes", least=60, most=100),
        rule_of("live_share", least=40),
        rule_of("live_meetings", most=3),
        rule_of("unbroken_live", most=60),
        rule_of("least_break", least=10),
        rule_of("lunch_minutes", least=30),
        rule_of("lunch_from", least=minute("11:00")),
        rule_of("lunch_until", most=minute("13:00")),
        rule_of("day_start", least=minute("08:00")),
        rule_of("day_end", most=minute("15:00")),
        rule_of("teacher_lunch", least=30),
        rule_of("teacher_preparation", least=60),
        rule_of("teacher_live", most=180),
    ),
)


def tiny_roster() -> Roster:
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


def meeting_at(activity: str, first: str, last: str, source: str = "c", teacher: str = "t") -> Meeting:
    return Meeting(
        f"{activity}@{DAY}",
        activity,
        source,
        DAY,
        span_of(first, last),
        Minutes.LIVE,
        activity,
        "",
        (teacher,),
        ("p",),
    )


def work_at(first: str, last: str) -> Work:
    return Work("c/math", "c", "math", "math", DAY, span_of(first, last))


def lawful_day() -> SchoolDay:
    line = Line("math", "math", Format.WHOLE, 60, 60)
    return SchoolDay(
        "s",
        DAY,
        {("3", "homeroom"): DayPlan("3", DAY, Way.DISTANCE, (line,), 1, ())},
        (
            meeting_at("c/math", "08:00", "08:30"),
            meeting_at("c/read", "08:30", "09:00"),
            meeting_at("i", "10:00", "10:20", source="i", teacher="v"),
        ),
        {"p": (work_at("13:00", "14:00"),)},
        {"p": span_of("11:30", "12:00")},
        {},
    )


def day_with(at: int, meeting: Meeting) -> SchoolDay:
    meetings = list(lawful_day().meetings)
    meetings[at] = meeting
    return replace(lawful_day(), meetings=tuple(meetings))


def day_also(*meetings: Meeting) -> SchoolDay:
    return replace(lawful_day(), meetings=(*lawful_day().meetings, *meetings))
