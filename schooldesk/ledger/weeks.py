"""A teacher's week put together: who was expected, the plan of those days, and the entries."""

from __future__ import annotations

import json
import zlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from functools import lru_cache

from schoolday.calendar.days import DayKind
from schoolday.calendar.row import Minutes, Row
from schoolday.ground.errors import NotInForce, SchooldayError
from schoolday.ledger.certify import clauses_of
from schoolday.ledger.entry import Entry
from schoolday.ledger.gather import gather, taught
from schoolday.ledger.standing import standing
from schoolday.ledger.week import Enrolled, Expected, Week
from schoolday.roster import Roster
from schoolday.rules.rule import Way
from schoolday.timetable.meeting import SchoolDay
from schoolday.timetable.rows import rows
from schooldesk import scope
from schooldesk.day.request import calendar, dated_school, school_roster
from schooldesk.ledger import former, reads
from schooldesk.people import reads as people
from schooldesk.roster import reads as roster_reads
from schooldesk.roster.models import District
from schooldesk.rules.reads import rulebook
from schooldesk.timetable import reads as timetable_reads


def school_day(home: District, school: str, day: date) -> SchoolDay | None:
    """Return a school's date by the plan that stands on it; None where nothing is planned."""
    plan = timetable_reads.plan_on(home, day)
    week = timetable_reads.week(plan.version, school) if plan else None
    roster = school_roster(home.pk, home.roster_id or 0, (school,))
    if week is None or roster is None or calendar(home).kind(day) is not DayKind.SCHOOL:
        return None
    return dated_school(home, week, roster, day)


def way_of(home: District, monday: date) -> Way:
    """Return the way of schooling that a week's record is made by: its plan's, else the first lawful one.

    Where some stay in distance learning while others are in person, its record is owed as in hybrid.
    """
    plan = timetable_reads.plan_on(home, monday + timedelta(days=4))
    if plan is not None:
        return Way.HYBRID if plan.way is Way.IN_PERSON and _some_stay(plan) else plan.way
    days = days_of(home, monday)
    for way in (Way.DISTANCE, Way.INDEPENDENT_STUDY):
        try:
            clauses_of(Week(home.pk, "", "", monday, way, days, ()), rulebook())
        except NotInForce:
            continue
        return way
    return Way.IN_PERSON


def _some_stay(plan: timetable_reads.Planned) -> bool:
    return bool(plan.cohorts and plan.cohorts.at_home())


def week_of(home: District, school: str, teacher: str, monday: date) -> Week | None:
    """Return a teacher's week with its entries of now; None where the teacher has nobody there."""
    before = _before(home, school, teacher, monday)
    bare = _gathered(home, school, teacher, monday, before)
    if bare is None:
        return None
    activities = {one for pupil in bare.pupils for one in pupil.activities}
    activities |= {one.activity for one in before}
    entries = reads.of_week(reads.zone_of(home), school, teacher, monday, activities)
    plan = tuple(planned(home, school, monday))
    return _gathered(home, school, teacher, monday, before, entries, plan)


def expected(home: District, school: str, teacher: str, monday: date) -> Week | None:
    """Return a teacher's week without its entries and its plan; None where the teacher has nobody there."""
    return _gathered(home, school, teacher, monday, _before(home, school, teacher, monday))


def _gathered(
    home: District,
    school: str,
    teacher: str,
    monday: date,
    before: Sequence[Enrolled],
    entries: Sequence[Entry] = (),
    plan: Sequence[Row] = (),
) -> Week | None:
    roster = school_roster(home.pk, home.roster_id or 0, (school,))
    if roster is None or school not in roster.schools or monday.weekday():
        return None
    # Entries were let in by the roster of their day: who is in no class of it now has left since.
    met = {one.pupil for one in entries}
    here = {one: roster.pupils[one] for one in met if one in roster.pupils}
    gone = {**here, **former.pupils(home, met - set(here))} if len(here) < len(met) else here
    try:
        return gather(
            roster, calendar(home), school=school, teacher=teacher, monday=monday,
            way=way_of(home, monday), entries=entries, plan=plan,
            gone=[gone[one] for one in sorted(gone)], before=before,
        )  # fmt: skip
    except SchooldayError:
        return None


def _before(home: District, school: str, teacher: str, monday: date) -> tuple[Enrolled, ...]:
    """Return who was with a teacher on days of a week and is no more by the roster that stands."""
    roster = school_roster(home.pk, home.roster_id or 0, (school,))
    own = taught(roster, school, teacher) if roster else frozenset()
    return tuple(former.left_with(school, teacher, own, days_of(home, monday)))


def planned(home: District, school: str, monday: date) -> Iterator[Row]:
    """Yield a school's plan of a week, a row for each pupil and activity."""
    plan = timetable_reads.plan_on(home, monday + timedelta(days=4))
    key = (home.pk, home.roster_id or 0, plan.version if plan else 0, school, monday)
    yield from _rows(*key)


@lru_cache(maxsize=8)
def _rows(district: str, roster: int, plan: int, school: str, monday: date) -> tuple[Row, ...]:
    """Return a school's plan of a week as rows, kept for the teacher who asks next."""
    with scope.district(district):
        home = roster_reads.district(district)
        there = school_roster(district, roster, (school,))
        if home is None or there is None or not plan:
            return ()
        found = (school_day(home, school, monday + timedelta(days=place)) for place in range(5))
        return tuple(row for one in found if one is not None for row in rows(one, there))


def days_of(home: District, monday: date) -> tuple[date, ...]:
    """Return the school days of a week."""
    return tuple(calendar(home).school_days(monday, monday + timedelta(days=4)))


def names(home: District, school: str, also: Collection[str] = ()) -> dict[str, str]:
    """Return what the people, classes and services of a school are called, and pupils who left, by id."""
    roster = school_roster(home.pk, home.roster_id or 0, (school,))
    if roster is None:
        return {}
    found = people.unlisted(home)
    found |= {one.id: one.name for one in (*roster.staff.values(), *roster.pupils.values())}
    found |= {one.id: one.title for one in roster.sections.values()}
    found |= {one.id: one.kind for one in roster.services.values()}
    left = set(also) - set(found)
    if left:
        found |= former.called(home, left)
    return found | {one.id: one.name for one in roster.schools.values()}


def entered_by(week: Week) -> dict[str, list[date]]:
    """Return who wrote what stands in a week, by id, each with the days of it in their order."""
    found: dict[str, set[date]] = {}
    for one in standing(week.entries):
        found.setdefault(one.by, set()).add(one.day)
    return {who: sorted(days) for who, days in sorted(found.items())}


def teachers_of(home: District, school: str, monday: date) -> dict[str, frozenset[str]]:
    """Return the activities of each teacher and provider who has somebody at a school in a week."""
    roster = school_roster(home.pk, home.roster_id or 0, (school,))
    if roster is None:
        return {}
    found: dict[str, set[str]] = {}
    for who, activity in _taught(roster, school, monday):
        found.setdefault(who, set()).add(activity)
    return {who: frozenset(own) for who, own in found.items()}


def _taught(roster: Roster, school: str, monday: date) -> Iterator[tuple[str, str]]:
    days = [monday + timedelta(days=place) for place in range(5)]
    met = {section for day in days for section in roster.enrolled(day)}
    for section in roster.sections_at.get(school, ()):
        for who in roster.teachers_of.get(section.id, ()) if section.id in met else ():
            yield who, section.id
    for service in roster.services.values():
        if any(service.stands(day) for day in days):
            yield service.provider, service.id


def pack(week: Week) -> bytes:
    """Return all of a week but its entries' content as bytes, to be sealed as it was certified."""
    body = {
        "way": week.way.value,
        "days": [day.isoformat() for day in week.days],
        "pupils": [[one.pupil, one.grade, list(one.activities)] for one in week.pupils],
        "entries": [entry.id for entry in week.entries],
        "enrolled": None
        if week.enrolled is None
        else [[one.pupil, one.day.isoformat(), one.activity] for one in sorted(week.enrolled)],
        "plan": [
            [row.pupil, row.day.isoformat(), row.activity, row.kind.value, row.minutes] for row in week.plan
        ],
    }
    return zlib.compress(json.dumps(body).encode())


def entries_in(body: bytes) -> list[str]:
    """Return the ids of the entries that a week's bytes name."""
    return list(json.loads(zlib.decompress(body))["entries"])


def unpack(
    body: bytes, district: str, school: str, teacher: str, monday: date, entries: Mapping[str, Entry]
) -> Week:
    """Return a week from its bytes and the entries, which never change, by id."""
    held = json.loads(zlib.decompress(body))
    day = date.fromisoformat
    # A week that was certified by an older version of this software says nothing of it.
    enrolled = held.get("enrolled")
    return Week(
        district, school, teacher, monday, Way(held["way"]), tuple(day(one) for one in held["days"]),
        tuple(Expected(pupil, grade, tuple(own)) for pupil, grade, own in held["pupils"]),
        tuple(entries[one] for one in held["entries"]),
        tuple(Row(who, day(on), what, Minutes(kind), many) for who, on, what, kind, many in held["plan"]),
        None if enrolled is None else frozenset(Enrolled(who, day(on), what) for who, on, what in enrolled),
    )  # fmt: skip


def forget() -> None:
    """Drop what is kept in memory; versions never change, so only tests need it."""
    _rows.cache_clear()
