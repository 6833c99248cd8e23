"""A school of two classes and a high school's five courses, small enough to read, for tests of drafts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from schoolday.calendar.days import Calendar
from schoolday.ground.grades import span
from schoolday.program import DayPlan, plans
from schoolday.roster import (
    Bells,
    Contract,
    Enrollment,
    Household,
    Pupil,
    Roster,
    School,
    Section,
    Service,
    Staff,
    Teaching,
)
from schoolday.rules import Amount, Citation, Clause, Confidence, Kind, Layer, Rule, Rulebook, Standing
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.timetable import Placement, Timetable

TUESDAY = date(2020, 9, 8)
TEMPORARY = date(2020, 9, 3)
PLACES = ("CA", "ca-scusd")

Number = float | dict[str, float] | None


def _amount(number: Number) -> Amount | None:
    if isinstance(number, dict):
        return Amount(by_grade={grade: value for text, value in number.items() for grade in span(text)})
    return None if number is None else Amount(number)


def bound(
    rule_id: str,
    at_least: Number = None,
    at_most: Number = None,
    first: date = date(2020, 7, 1),
    last: date | None = None,
) -> Rule:
    measure = rule_id.partition(".")[2]
    clause = Clause(
        rule_id,
        first,
        last,
        Citation("a source"),
        Confidence.MADE_UP,
        first,
        _amount(at_least),
        _amount(at_most),
    )
    return Rule(rule_id, measure, Layer.POLICY, "CA", Kind.BOUND, measure, "minutes", (clause,))


RULES = (
    bound("law.total_minutes", {"TK-K": 180, "1-3": 230, "4-12": 240}),
    bound("plan.live_minutes", {"TK-K": 90, "1-12": 180}, first=date(2020, 9, 5)),
    bound("early.live_share", at_most=49, first=date(2020, 9, 3), last=date(2020, 9, 4)),
    bound("screens.unbroken_live", at_most=60),
    bound("screens.least_break", at_least=10),
    bound("meals.lunch_minutes", at_least=30),
    bound("meals.lunch_from", at_least=11 * 60),
    bound("meals.lunch_until", at_most=13 * 60),
    bound("cba.teacher_lunch", at_least=30),
    bound("cba.teacher_preparation", at_least=60),
)
BOOK = Rulebook(RULES)
BANDS = [(grade, "homeroom") for grade in span("K-6")] + [(grade, "scheduled") for grade in span("7-12")]


def standing(day: date = TUESDAY) -> Standing:
    return BOOK.on(day, frozenset(PLACES))


def day_plans(day: date = TUESDAY) -> Mapping[tuple[str, str], DayPlan]:
    return plans(BOOK, PLACES, day, BANDS)


def _by_id(values: Iterable) -> dict:  # type: ignore[type-arg]
    return {value.id: value for value in values}


def roster(
    *,
    services: Iterable[Service] = (),
    contracts: Iterable[Contract] = (),
    households: Iterable[Household] = (),
) -> Roster:
    """Elm school: grade 3 (room 1, nine pupils) and a combination class of 3 and 4 (room 2, six pupils);
    Oak high school: eight pupils with six courses each."""
    pupils = [Pupil(f"a{n}", f"Ana{n}", "Paz", "3", "elm") for n in range(9)]
    pupils += [Pupil(f"b{n}", f"Ben{n}", "Ray", "3" if n < 3 else "4", "elm") for n in range(6)]
    pupils += [Pupil(f"h{n}", f"Hal{n}", "Low", "9", "oak") for n in range(8)]
    sections = [
        Section("r1", "elm", "Room 1", "homeroom", "homeroom", ("3",), link="https://meet.example/r1"),
        Section("r2", "elm", "Room 2", "homeroom", "homeroom", ("3", "4"), link="https://meet.example/r2"),
        *(Section(f"c{n}", "oak", f"Course {n}", f"subject {n}", "scheduled", ("9",)) for n in range(6)),
    ]
    enrollments = [Enrollment("r1", f"a{n}") for n in range(9)] + [
        Enrollment("r2", f"b{n}") for n in range(6)
    ]
    enrollments += [Enrollment(f"c{c}", f"h{n}") for c in range(6) for n in range(8)]
    staff = [Staff(f"t{n}", "T", str(n), "teacher", ("elm" if n < 2 else "oak",)) for n in range(8)]
    staff.append(Staff("p1", "Pat", "Prov", "provider", ("elm", "oak")))
    taught = [Teaching("r1", "t0"), Teaching("r2", "t1"), *(Teaching(f"c{n}", f"t{n + 2}") for n in range(6))]
    usual = {one.id: Contract(one.id, 8 * 60, 15 * 60 + 30) for one in staff}
    return Roster(
        "d", "District", PLACES, "America/Los_Angeles",
        _by_id([School("elm", "Elm", span("K-6")), School("oak", "Oak", span("9-12"))]),
        _by_id(pupils), _by_id(staff), _by_id(sections), tuple(enrollments), tuple(taught),
        _by_id(households), _by_id(services), usual | {one.staff: one for one in contracts},
        {"elm": Bells("elm", 480, 30, 15), "oak": Bells("oak", 480, 30, 15)},
        Calendar(date(2020, 9, 1), date(2021, 6, 17)),
    )  # fmt: skip


def placed(problem: TimetableProblem, slots: Mapping[str, int]) -> SchoolWeek:
    """A week in which each activity named meets at one slot on its first `times` days."""
    made = [
        Placement(activity.id, day, slots[activity.id])
        for activity in problem.activities
        if activity.id in slots
        for day in activity.days[: activity.times]
    ]
    return SchoolWeek(problem, Timetable(problem.school, tuple(sorted(made))))
