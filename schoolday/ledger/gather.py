"""Gather a teacher's week from a roster: who was enrolled on its days, and its entries and plan."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date

from schoolday.calendar.days import Calendar
from schoolday.calendar.row import Row
from schoolday.ground.errors import SchooldayError
from schoolday.ledger.entry import Entry
from schoolday.ledger.week import Enrolled, Expected, Week, belonging, week_days
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
    before: Iterable[Enrolled] = (),
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
    before
        Who was in the teacher's classes and services there on days of the week by a roster that stood then,
        and is in them no more by this one. Of whom of `gone` nothing is said here, counts as enrolled until
        the last of their entries.

    Raises
    ------
    SchooldayError
        If the teacher has nobody there in that week, or the week no school day.
    """
    days = week_days(calendar, monday)
    if not days:
        raise SchooldayError(f"the week of {monday} has no school day; name a week of the school year")
    now = frozenset(_enrolled(roster, school, teacher, days))
    there = now | {one for one in before if one.day in days}
    if not there:
        raise SchooldayError(f"{teacher!r} has no class and no service at {school!r} in the week of {monday}")
    activities = {one.activity for one in there}
    of = _activities({one.pupil for one in now}, there)
    pupils = tuple(Expected(one.id, one.grade, of[one.id]) for one in roster.pupils.values() if one.id in of)
    own = belonging(entries, school=school, teacher=teacher, monday=monday, activities=activities)
    left = tuple(_left(gone, own, activities, of))
    planned = tuple(
        row for row in plan if row.pupil in of and row.day in days and row.activity in of[row.pupil]
    )
    pupils += left
    known = {one.pupil for one in pupils}
    enrolled = {one for one in there if one.pupil in known} | set(_until_seen(left, there, own, days))
    return Week(
        roster.district, school, teacher, monday, way, days, pupils, own, planned, frozenset(enrolled)
    )


def taught(roster: Roster, school: str, teacher: str) -> frozenset[str]:
    """Return the classes that a teacher has at a school, and the services that they provide there."""
    sections = (
        one.id for one in roster.sections_at.get(school, ()) if teacher in roster.teachers_of.get(one.id, ())
    )
    services = (
        one.id
        for one in roster.services.values()
        if one.provider == teacher
        and one.pupil in roster.pupils
        and roster.pupils[one.pupil].school == school
    )
    return frozenset((*sections, *services))


def _enrolled(roster: Roster, school: str, teacher: str, days: Iterable[date]) -> Iterator[Enrolled]:
    """Yield who is in which activity with the teacher on which of the days."""
    own = taught(roster, school, teacher)
    served = [one for one in roster.services.values() if one.id in own]
    for day in days:
        for section, names in roster.enrolled(day).items():
            if section in own:
                yield from (Enrolled(name, day, section) for name in names)
        yield from (Enrolled(one.pupil, day, one.id) for one in served if one.stands(day))


def _activities(pupils: Collection[str], there: Iterable[Enrolled]) -> Mapping[str, tuple[str, ...]]:
    """Return the activities of each of some pupils, in their order."""
    found = defaultdict(set)
    for one in there:
        if one.pupil in pupils:
            found[one.pupil].add(one.activity)
    return {pupil: tuple(sorted(own)) for pupil, own in found.items()}


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


def _until_seen(
    left: Iterable[Expected], there: Collection[Enrolled], entries: Iterable[Entry], days: Iterable[date]
) -> Iterator[Enrolled]:
    """Yield the days until the last entry of those of whom no roster says how long they were there."""
    told = {one.pupil for one in there}
    last: dict[str, date] = {}
    for entry in entries:
        last[entry.pupil] = max(entry.day, last.get(entry.pupil, entry.day))
    for one in left:
        if one.pupil not in told:
            until = last[one.pupil]
            yield from (
                Enrolled(one.pupil, day, name) for day in days if day <= until for name in one.activities
            )
