"""A small district's roster, rules and plan, and the faults to plant in them: each changes one thing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from schoolday.files.rulebooks import load
from schoolday.roster import Enrollment, Pupil, Roster
from schoolday.rules import Amount, Rulebook
from schoolday.sample.write import sample
from schoolday.timetable.dates import Dates
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.plan import Plan
from schoolday.timetable.problem import Activity, TimetableProblem
from schoolday.timetable.solve import solve
from schoolday.timetable.timetable import FirstLawful, Placement

DAY = date(2020, 9, 8)
MONDAY, FRIDAY = date(2020, 9, 14), date(2020, 9, 18)

World = tuple[Roster, Rulebook, Plan]


def made_of(name: str) -> World:
    at = Dates(sample(name), load())
    weeks = {}
    for question in at.questions(DAY):
        found = solve(question, stop=FirstLawful(), seed=1).timetable
        assert found is not None
        weeks[question.school] = SchoolWeek(question, found)
    return at.roster, at.rulebook, Plan(at.roster.district, DAY, 1, weeks)


def _week(plan: Plan, school: str, change: Callable[[SchoolWeek], SchoolWeek]) -> Plan:
    return replace(plan, weeks={**plan.weeks, school: change(plan.weeks[school])})


def _placed(plan: Plan, old: Placement, *new: Placement) -> Plan:
    """Return the plan with one placement of a school taken out, and others put in."""
    school = next(name for name, week in plan.weeks.items() if old in week.timetable.placements)

    def change(week: SchoolWeek) -> SchoolWeek:
        kept = tuple(one for one in week.timetable.placements if one != old)
        return replace(week, timetable=replace(week.timetable, placements=(*kept, *new)))

    return _week(plan, school, change)


def _activities(plan: Plan, change: Callable[[Activity], Activity]) -> Plan:
    """Return the plan with every school's activities changed in question and answer alike."""
    for school in plan.weeks:
        plan = _week(plan, school, lambda week: replace(week, problem=_changed(week, change)))
    return plan


def _changed(week: SchoolWeek, change: Callable[[Activity], Activity]) -> TimetableProblem:
    return replace(week.problem, activities=tuple(change(one) for one in week.problem.activities))


def _of(plan: Plan, what: str) -> list[tuple[Activity, Placement]]:
    """Return the activities of a kind, each with its first placement of the week."""
    found = []
    for week in plan.weeks.values():
        for activity in week.problem.activities:
            if activity.what == what:
                mine = sorted(one for one in week.timetable.placements if one.activity == activity.id)
                found.append((activity, mine[0]))
    return found


def _drop(world: World, what: str) -> World:
    roster, book, plan = world
    return roster, book, _placed(plan, _of(plan, what)[0][1])


def _twice(world: World) -> World:
    roster, book, plan = world
    _, one = _of(plan, "section")[0]
    return roster, book, _placed(plan, one, one, replace(one, slot=one.slot + 1))


def _onto(world: World, what: str, other: str) -> World:
    """Move a meeting onto another one of the same pupil or teacher, on the same day."""
    roster, book, plan = world
    for activity, _ in _of(plan, what):
        for target, at in _of(plan, other):
            shared = {*activity.pupils, *activity.teachers} & {*target.pupils, *target.teachers}
            if activity.id != target.id and shared:
                week = next(w for w in plan.weeks.values() if at in w.timetable.placements)
                mine = [p for p in week.timetable.placements if p.activity == activity.id]
                old = next((p for p in mine if p.day == at.day), mine[0])
                return roster, book, _placed(plan, old, replace(old, day=at.day, slot=at.slot))
    raise AssertionError("nobody is in both")


def _swap(world: World) -> World:
    """Let two courses change their slots on their first days."""
    roster, book, plan = world
    (_, a), (_, b) = (_of(plan, "section")[place] for place in (0, -1))
    assert a.slot != b.slot
    plan = _placed(plan, a, replace(a, slot=b.slot))
    return roster, book, _placed(plan, b, replace(b, slot=a.slot))


def _late(world: World) -> World:
    roster, book, plan = world
    _, one = _of(plan, "whole")[0]
    return roster, book, _placed(plan, one, replace(one, slot=15))


def _shorter(world: World, what: str) -> World:
    """Shorten services in the template: dated sections follow the plan, services their own minutes."""
    roster, book, plan = world
    return (
        roster,
        book,
        _activities(plan, lambda one: replace(one, minutes=one.minutes - 5) if one.what == what else one),
    )


def _without_pupil(world: World, what: str) -> World:
    roster, book, plan = world
    first = _of(plan, what)[0][0]
    return (
        roster,
        book,
        _activities(plan, lambda one: replace(one, pupils=one.pupils[1:]) if one.id == first.id else one),
    )


def _unasked(world: World) -> World:
    """Leave a whole section out of question and answer: the week's own check has nothing to miss."""
    roster, book, plan = world
    first = _of(plan, "section")[0][0]
    for school in plan.weeks:
        plan = _week(plan, school, lambda week: _less(week, first.source))
    return roster, book, plan


def _less(week: SchoolWeek, source: str) -> SchoolWeek:
    kept = tuple(one for one in week.problem.activities if one.source != source)
    names = {one.id for one in kept}
    return SchoolWeek(
        replace(week.problem, activities=kept),
        replace(
            week.timetable, placements=tuple(p for p in week.timetable.placements if p.activity in names)
        ),
    )


def _service_unasked(world: World) -> World:
    roster, book, plan = world
    first = _of(plan, "service")[0][0]
    for school in plan.weeks:
        plan = _week(plan, school, lambda week: _less(week, first.source))
    return roster, book, plan


def _no_school(world: World) -> World:
    roster, book, plan = world
    return roster, book, replace(plan, weeks=dict(list(plan.weeks.items())[1:]))


def _roster(world: World, **fields: object) -> World:
    roster, book, plan = world
    return replace(roster, **fields), book, plan  # type: ignore[arg-type]


def _new_pupil(world: World, *, seated: bool) -> World:
    roster = world[0]
    like = next(iter(roster.pupils.values()))
    rows = [row for row in roster.enrollments if row.pupil == like.id]
    new = Pupil("new", "New", "Pupil", like.grade, like.school)
    more = tuple(Enrollment(row.section, "new", first=MONDAY) for row in rows) if seated else ()
    return _roster(world, pupils={**roster.pupils, "new": new}, enrollments=(*roster.enrollments, *more))


def _left(world: World) -> World:
    first = world[0].enrollments[0].pupil
    rows = tuple(replace(row, last=DAY) if row.pupil == first else row for row in world[0].enrollments)
    return _roster(world, enrollments=rows)


def _moved(world: World) -> World:
    """Move a pupil from one course to another that the pupil is not in."""
    roster = world[0]
    row = next(row for row in roster.enrollments if roster.sections[row.section].kind == "scheduled")
    mine = {one.section for one in roster.enrollments if one.pupil == row.pupil}
    other = next(one.id for one in roster.sections.values() if one.kind == "scheduled" and one.id not in mine)
    rows = tuple(replace(one, section=other) if one == row else one for one in roster.enrollments)
    return _roster(world, enrollments=rows)


def _other_teacher(world: World) -> World:
    one, *rest = world[0].teaching
    other = next(row.staff for row in rest if row.staff != one.staff)
    return _roster(world, teaching=(replace(one, staff=other), *rest))


def _service(world: World, **fields: object) -> World:
    name, first = next(iter(world[0].services.items()))
    return _roster(world, services={**world[0].services, name: replace(first, **fields)})  # type: ignore[arg-type]


def _contract(world: World, **fields: object) -> World:
    name = world[0].teaching[0].staff
    changed = replace(world[0].contracts[name], **fields)  # type: ignore[arg-type]
    return _roster(world, contracts={**world[0].contracts, name: changed})


def _rule(world: World, rule_id: str, **fields: object) -> World:
    """Change a rule's number after the week was made."""
    roster, book, plan = world
    old = book.rule(rule_id)
    clauses = tuple(replace(clause, **fields) for clause in old.clauses)  # type: ignore[arg-type]
    return roster, book.with_([replace(old, clauses=clauses)]), plan


PLANTS: dict[str, tuple[Callable[[World], World], str]] = {
    "a class's meeting dropped": (lambda w: _drop(w, "whole"), "timetable.meeting_missing"),
    "a small group dropped": (lambda w: _drop(w, "small"), "timetable.meeting_missing"),
    "a course's meeting dropped": (lambda w: _drop(w, "section"), "day.section_missing"),
    "a service's meeting dropped": (lambda w: _drop(w, "service"), "day.service"),
    "a course twice on a day": (_twice, "timetable.two_on_a_day"),
    "two courses' slots swapped": (_swap, "timetable.pupil_clash"),
    "a course onto a pupil's other course": (
        lambda w: _onto(w, "section", "section"),
        "timetable.pupil_clash",
    ),
    "the same, on the date": (lambda w: _onto(w, "section", "section"), "day.overlap"),
    "a service onto a class": (lambda w: _onto(w, "service", "whole"), "timetable.pupil_clash"),
    "a small group onto its class": (
        lambda w: _onto(w, "small", "whole"),
        "timetable.teacher_clash",
    ),
    "the teacher's clash, on the date": (lambda w: _onto(w, "small", "whole"), "day.teacher_clash"),
    "a class after the day's end": (_late, "timetable.grid"),
    "the late class, on the date": (_late, "day.day_end"),
    "services five minutes shorter": (lambda w: _shorter(w, "service"), "day.service"),
    "a pupil left out of a course": (lambda w: _without_pupil(w, "section"), "day.not_expected"),
    "a pupil left out of a class meeting": (lambda w: _without_pupil(w, "whole"), "day.live_minutes"),
    "a pupil left out of a service": (lambda w: _without_pupil(w, "service"), "day.service"),
    "a section that was never asked for": (_unasked, "day.section_missing"),
    "a service that was never asked for": (_service_unasked, "day.service"),
    "a school that was never planned": (_no_school, "day.no_school"),
    "a pupil without any section": (lambda w: _new_pupil(w, seated=False), "day.no_plan"),
    "a pupil who came later": (lambda w: _new_pupil(w, seated=True), "day.not_expected"),
    "and has no live minute": (lambda w: _new_pupil(w, seated=True), "day.live_minutes"),
    "a pupil who left": (_left, "day.not_enrolled"),
    "a pupil who changed a course": (_moved, "day.not_expected"),
    "another teacher in the roster": (_other_teacher, "day.teacher"),
    "a service of more minutes": (lambda w: _service(w, minutes=45), "day.service"),
    "a service of more times": (lambda w: _service(w, times=5), "day.service"),
    "a service that has ended": (lambda w: _service(w, last=DAY), "day.not_enrolled"),
    "a contract of fewer days": (lambda w: _contract(w, days=(0, 1, 2, 3)), "day.contract"),
    "a contract of fewer hours": (lambda w: _contract(w, end=10 * 60), "day.contract"),
    "no time for a teacher's preparation": (
        lambda w: _rule(w, "ca-scusd-demo.day.teacher_preparation", at_least=Amount(flat=400)),
        "day.teacher_preparation",
    ),
    "no time for a teacher's lunch": (
        lambda w: _rule(w, "ca-scusd-demo.day.teacher_lunch", at_least=Amount(flat=151)),
        "day.teacher_lunch",
    ),
    "shorter unbroken time": (
        lambda w: _rule(w, "ca-scusd-demo.day.unbroken_live", at_most=Amount(flat=30)),
        "day.unbroken_live",
    ),
}
