"""Gather a teacher's week from a roster: who is expected, and which entries and plan belong to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from schoolday.calendar.days import Calendar
from schoolday.calendar.row import Row
from schoolday.ground.errors import SchooldayError
from schoolday.ledger.entry import Entry
from schoolday.ledger.week import Expected, Week, belonging, week_days
from schoolday.roster import Pupil, Roster
from schoolday.rules.rule import Way


def gather(
    roster: Roster,
    calendar: Calendar,
    *,
    school: str,
    teacher: str,
    monday: date,
    way: Way,
    entries: Iterable[Entry] = (),
    plan: Iterable[Row] = (),
    gone: Iterable[Pupil] = (),
) -> Week:
    """Return a teacher's week at a school.

    Parameters
    ----------
    roster, calendar
        The people, and the district's calendar with the days that rules add.
    school, teacher, monday, way
        Whose week, and the way of schooling that it is judged by.
    entries, plan
        Entries and plan rows, of which those of the week are taken.
    gone
        Pupils who have left these classes since, as far as the roster goes. Those of whom the week has an
        entry are expected all the same: who changed schools on Wednesday was taught on Monday.

    Raises
    ------
    SchooldayError
        If the teacher has nobody there in that week, or the week no school day.
    """
    days = week_days(calendar, monday)
    if not days:
        raise SchooldayError(f"the week of {monday} has no school day; name a week of the school year")
    of = _activities(roster, school, teacher, days)
    if not of:
        raise SchooldayError(f"{teacher!r} has no class and no service at {school!r} in the week of {monday}")
    activities = {one for own in of.values() for one in own}
    pupils = tuple(
        Expected(one.id, one.grade, tuple(sorted(of[one.id])))
        for one in roster.pupils.values()
        if one.id in of
    )
    own = belonging(entries, school=school, teacher=teacher, monday=monday, activities=activities)
    pupils += tuple(_left(gone, own, activities, of))
    planned = tuple(
        row for row in plan if row.pupil in of and row.day in days and row.activity in of[row.pupil]
    )
    return Week(roster.district, school, teacher, monday, way, days, pupils, own, planned)


def _activities(
    roster: Roster, school: str, teacher: str, days: Iterable[date]
) -> Mapping[str, frozenset[str]]:
    """Return the activities with the teacher of each pupil who has any on one of the days."""
    found = defaultdict(set)
    taught = {
        section.id
        for section in roster.sections_at.get(school, ())
        if teacher in roster.teachers_of.get(section.id, ())
    }
    for day in days:
        enrolled = roster.enrolled(day)
        for section in taught:
            for name in enrolled.get(section, ()):
                found[name].add(section)
        for service in roster.services.values():
            pupil = roster.pupils.get(service.pupil)
            if service.provider == teacher and pupil and pupil.school == school and service.stands(day):
                found[service.pupil].add(service.id)
    return {pupil: frozenset(own) for pupil, own in found.items()}


def _left(
    gone: Iterable[Pupil], entries: Iterable[Entry], activities: Collection[str], of: Collection[str]
) -> Iterator[Expected]:
    """Yield those who have left, each with the activities of which the week has an entry of theirs."""
    had = defaultdict(set)
    for entry in entries:
        if entry.activity in activities:
            had[entry.pupil].add(entry.activity)
    for one in gone:
        if one.id in had and one.id not in of:
            yield Expected(one.id, one.grade, tuple(sorted(had[one.id])))
