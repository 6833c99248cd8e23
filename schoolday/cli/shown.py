"""What one person, household or school does on a date, as `schoolday explain` shows it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from schoolday.day import (
    Block,
    Composer,
    HouseholdDay,
    Names,
    PeopleIndex,
    PupilDay,
    Reason,
    people_index,
    teacher_day,
)
from schoolday.ground.errors import SchooldayError
from schoolday.ground.spans import Span, clock
from schoolday.roster import Household, Roster
from schoolday.rules import Standing, Way
from schoolday.timetable.dates import Dates
from schoolday.timetable.plan import Plan


@dataclass(frozen=True)
class Person:
    """Whom to explain: the ids that findings may name, and the household or staff to show the day of."""

    said: str
    ids: frozenset[str]
    house: Household | None = None
    staff: str = ""


def person_of(roster: Roster, who: str) -> Person:
    """Return whom an id means; an error in words if nobody has it."""
    if who in roster.pupils:
        one = roster.pupils[who]
        house = Household(who, (who,))
        return Person(
            f"pupil {who}, grade {one.grade}, school {one.school}", frozenset({f"pupil {who}"}), house
        )
    if who in roster.staff:
        return Person(f"teacher {who}", frozenset({f"teacher {who}"}), staff=who)
    if who in roster.households:
        house = roster.households[who]
        ids = frozenset(f"pupil {pupil}" for pupil in house.pupils)
        devices = "nobody asked" if house.devices is None else house.devices
        return Person(f"household {who}, pupils: {len(house.pupils)}, devices: {devices}", ids, house)
    if who in roster.schools:
        return Person(f"school {who}, {roster.schools[who].name}", frozenset({who, f"school {who}"}))
    raise SchooldayError(f"{who!r} is no pupil, teacher, household or school of this roster; check the id")


def narrowed(made: Plan, person: Person) -> Plan:
    """Return the plan of those schools only that a person is at, since the others say nothing of anybody."""
    ids = {name.split(" ", 1)[-1] for name in person.ids}
    weeks = {
        school: week
        for school, week in made.weeks.items()
        if school in ids
        or not ids.isdisjoint(week.problem.pupil_limits)
        or not ids.isdisjoint(week.problem.staff_limits)
    }
    return replace(made, weeks=weeks)


@dataclass(frozen=True)
class Shown:
    """A person's blocks by the name to print above them, each plan's clauses, and the page's reasons."""

    blocks: dict[str, tuple[Block, ...]]
    sums: dict[str, str]
    clauses: dict[str, tuple[str, ...]]
    reasons: dict[str, tuple[Reason, ...]]
    notes: tuple[str, ...] = ()


def shown_of(at: Dates, made: Plan, day: date, person: Person | None) -> Shown:
    """Return what a person does on the date; nothing for a school or a clause."""
    if person is None or not (person.house or person.staff):
        return Shown({}, {}, {}, {})
    index = people_index(at.school_days(made, day))
    if person.house:
        return _children(at, day, person.house, index)
    contract = at.roster.contracts.get(person.staff)
    works = contract is not None and day.weekday() in contract.days
    standing = at.standing(day)
    one = teacher_day(
        person.staff,
        index.teachers.get(person.staff, ()),
        day=day,
        kind=at.calendar.kind(day),
        window=Span(contract.start, contract.end) if contract and works else None,
        names=Names(),
        lunch_minutes=int(standing.limit("teacher_lunch", way=at.way).low or 0),
        lunch=_lunch(standing, at.way),
        preparation=int(standing.limit("teacher_preparation", way=at.way).low or 0),
        standing=standing,
        way=at.way,
    )
    hours = f" within {one.window}" if one.window else ""
    sums = {person.staff: f"{one.live} live minutes{hours}"}
    return Shown({person.staff: one.blocks}, sums, {}, {person.staff: one.reasons})


def _lunch(standing: Standing, way: Way) -> Span | None:
    first, last = standing.limit("lunch_from", way=way).low, standing.limit("lunch_until", way=way).high
    if first is None or last is None or first >= last:
        return None
    return Span(int(first), int(last))


def _children(at: Dates, day: date, house: Household, index: PeopleIndex) -> Shown:
    composer = Composer(day, at.calendar.kind(day), "", Names(), at.standing(day))
    pupils = [at.roster.pupils[pupil] for pupil in house.pupils]
    view = composer.household(house, pupils, index.pupils)
    clauses = {}
    for pupil in pupils:
        laid = index.pupils.get(pupil.id)
        plan = laid.plan(pupil.grade) if laid else None
        clauses[pupil.id] = plan.clauses if plan else ()
    sums = {one.pupil: _sum(at.roster, one) for one in view.pupils}
    blocks = {one.pupil: one.blocks for one in view.pupils}
    reasons = {one.pupil: one.reasons for one in view.pupils}
    return Shown(blocks, sums, clauses, reasons, tuple(_clashes(view)))


def _sum(roster: Roster, one: PupilDay) -> str:
    """Return a pupil's minutes in words; services are promised on top of the plan of minutes."""
    served = sum(
        block.minutes for block in one.blocks if block.source and block.source not in roster.sections
    )
    services = f", services of {served} among them" if served else ""
    unlaid = f", {one.unlaid} without a suggested time" if one.unlaid else ""
    there = f" and {one.in_person} in person" if one.in_person else ""
    return (
        f"{one.live} live and {one.independent} independent{there}: "
        f"{one.total} minutes in all{services}{unlaid}"
    )


def _clashes(view: HouseholdDay) -> Iterator[str]:
    for clash in view.clashes:
        names = " and ".join(clash.pupils)
        yield (f"{clock(clash.start)}-{clock(clash.end)}: {names} are live at once, devices: {clash.devices}")
