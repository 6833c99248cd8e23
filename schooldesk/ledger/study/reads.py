"""Who is in independent study, their days judged as far as these are certified, their samples, the ratio."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from schoolday.ground.errors import NotInForce
from schoolday.ledger.entry import Entry
from schoolday.ledger.study_judged import Judged, Sure, judged
from schoolday.ledger.week import Expected, Week, dates_of, monday_of
from schoolday.roster import Pupil, Roster
from schoolday.rules.rule import Way
from schooldesk.day.request import calendar, school_roster
from schooldesk.emergency import reads as emergency
from schooldesk.ledger import models as ledger_tables
from schooldesk.ledger import reads as ledger
from schooldesk.ledger import weeks
from schooldesk.ledger.sheets import reads as sheets
from schooldesk.roster.models import District
from schooldesk.rules.reads import rulebook

PART = 500
"""Ids of one question, as many as every database takes as arguments."""


@dataclass(frozen=True)
class Studying:
    """A pupil in independent study: since when, and whether by an agreement of their own or by the plan."""

    pupil: Pupil
    since: date
    by_agreement: bool


@dataclass(frozen=True)
class Studied:
    """The independent study of a school's pupils on a date.

    `days` are by pupil; `lapsed` says in words why no law judges them, and then there are none.
    """

    home: District
    school: str
    day: date
    pupils: tuple[Studying, ...]
    days: Mapping[str, Judged]
    lapsed: str = ""

    @cached_property
    def earned(self) -> int:
        """How many pupils have earned the day."""
        return sum(one.day.credited == 1 for one in self.days.values())

    @cached_property
    def unverified(self) -> int:
        """Of how many pupils nobody can say yet whether the day is earned."""
        return sum(one.day.credited is None for one in self.days.values())


def studying(
    home: District, school: str, day: date, some: Collection[str] | None = None
) -> tuple[Studying, ...]:
    """Return a school's pupils in independent study on a date, of some ids or of all, by name.

    They are all of its pupils where the plan of the week, or else the law, is of independent study; elsewhere
    those with an agreement that stands on that date.
    """
    there = school_roster(home.pk, home.roster_id or 0, (school,))
    if there is None:
        return ()
    wanted = {
        one.id: one
        for one in there.pupils.values()
        if one.school == school and (some is None or one.id in some)
    }
    found = _by_plan(home, there, wanted, day) | _by_agreement(home, wanted, day)
    return tuple(sorted(found.values(), key=lambda one: (one.pupil.family, one.pupil.given, one.pupil.id)))


def _by_plan(home: District, there: Roster, wanted: Mapping[str, Pupil], day: date) -> dict[str, Studying]:
    if weeks.way_of(home, monday_of(day)) is not Way.INDEPENDENT_STUDY:
        return {}
    first = calendar(home).first
    found = {}
    for name, pupil in wanted.items():
        own = there.enrollments_of.get(name, ())
        if any(_lasts(row.first, row.last, day) for row in own):
            begun = min((row.first or first for row in own), default=first)
            found[name] = Studying(pupil, max(first, begun), by_agreement=False)
    return found


def _lasts(first: date | None, last: date | None, day: date) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def _by_agreement(home: District, wanted: Mapping[str, Pupil], day: date) -> dict[str, Studying]:
    some = emergency.spans(calendar(home), list(wanted))
    there = {pupil for pupil, first, last in some if pupil in wanted and first <= day <= last}
    since = {name: min(first for pupil, first, _last in some if pupil == name) for name in there}
    return {name: Studying(wanted[name], since[name], by_agreement=True) for name in sorted(there)}


def since(home: District, pupil: Pupil, as_of: date) -> date | None:
    """Return when a pupil's independent study of the school year began, as of a date; None where it has not.

    An agreement counts from its first day on, and is known before: its periods are shown from the start.
    """
    begun = [first for _pupil, first, _last in emergency.spans(calendar(home), [pupil.id])]
    begun += [one.since for one in studying(home, pupil.school, as_of, [pupil.id])]
    return min(begun, default=None)


def studied(home: District, school: str, day: date, some: Collection[str] | None = None) -> Studied:
    """Return the independent study of a school's pupils on a date, of some ids or of all."""
    pupils = studying(home, school, day, some)
    if day not in weeks.days_of(home, monday_of(day)):
        return Studied(home, school, day, pupils, {})
    week, sure = week_of(home, school, monday_of(day), [one.pupil for one in pupils])
    free = circumstances(week, day)
    try:
        found = judged(week, day, rulebook(), sure, free)
    except NotInForce as lapsed:
        return Studied(home, school, day, pupils, {}, str(lapsed))
    return Studied(home, school, day, pupils, {one.day.record.pupil.pupil: one for one in found})


def circumstances(week: Week, day: date) -> dict[str, frozenset[str]]:
    """Return what the district's sheet says is true of each pupil on a date."""
    true = sheets.true()
    return {
        one.pupil: frozenset(each.name for each in true if each.holds(one.pupil, day)) for one in week.pupils
    }


def week_of(
    home: District, school: str, monday: date, pupils: Iterable[Pupil]
) -> tuple[Week, dict[str, Sure]]:
    """Return some pupils' whole week, of whichever teachers, and what of it is certified."""
    listed = list(pupils)
    names = {one.id for one in listed}
    own = _activities(home, school, monday)
    rows = _rows(monday, names)
    zone = ledger.zone_of(home)
    week = Week(
        home.pk, school, "", monday, Way.INDEPENDENT_STUDY, weeks.days_of(home, monday),
        tuple(Expected(one.id, one.grade, tuple(sorted(own.get(one.id, ())))) for one in listed),
        tuple(ledger.value(row, zone) for row in rows),
        tuple(row for row in weeks.planned(home, school, monday) if row.pupil in names),
    )  # fmt: skip
    return week, _sure(home, school, week, rows)


def _activities(home: District, school: str, monday: date) -> dict[str, set[str]]:
    """Return the classes and services of each pupil of a school in a week."""
    there = school_roster(home.pk, home.roster_id or 0, (school,))
    found: dict[str, set[str]] = {}
    for day in weeks.days_of(home, monday):
        for section, some in there.enrolled(day).items() if there else ():
            for name in some:
                found.setdefault(name, set()).add(section)
    for service in there.services.values() if there else ():
        if service.stands(monday + timedelta(days=4)):
            found.setdefault(service.pupil, set()).add(service.id)
    return found


def in_activity(home: District, school: str, activity: str, day: date) -> frozenset[str]:
    """Return the pupils of a class or a service at a school in the week of a date."""
    own = _activities(home, school, monday_of(day))
    return frozenset(name for name, some in own.items() if activity in some)


def _rows(monday: date, pupils: Collection[str]) -> list[ledger_tables.Entry]:
    week = dates_of(monday)
    listed, found = sorted(pupils), list[ledger_tables.Entry]()
    for start in range(0, len(listed), PART):
        some = ledger_tables.Entry.objects.filter(pupil__in=listed[start : start + PART], day__range=week)
        found += list(some.order_by("pk"))
    return sorted(found, key=lambda row: row.pk)


def _sure(home: District, school: str, week: Week, rows: list[ledger_tables.Entry]) -> dict[str, Sure]:
    """Return what of each pupil is certified: entries of weeks certified since, and whether all weeks are."""
    last = {
        teacher: row.last_entry
        for (_school, teacher), row in ledger.of_schools(week.monday, [school]).items()
    }
    taught = weeks.teachers_of(home, school, week.monday)
    until: dict[str, int] = {}
    for teacher, activities in taught.items():
        for one in activities:
            until[one] = max(until.get(one, 0), last.get(teacher, 0))
    certified = {
        row.entry
        for row in rows
        if row.pk <= (until.get(row.activity, 0) if row.activity else last.get(row.by, 0))
    }
    ids: dict[str, set[str]] = {}
    for row in rows:
        if row.entry in certified:
            ids.setdefault(row.pupil, set()).add(row.entry)
    return {
        one.pupil: Sure(
            frozenset(ids.get(one.pupil, ())),
            bool(one.activities) and all(until.get(each) for each in one.activities),
        )
        for one in week.pupils
    }


def entries_of(home: District, pupil: str) -> list[Entry]:
    """Return a pupil's entries of the school year, corrected ones too."""
    year, zone = calendar(home), ledger.zone_of(home)
    rows = ledger_tables.Entry.objects.filter(pupil=pupil, day__range=(year.first, year.last))
    return [ledger.value(row, zone) for row in rows.order_by("pk")]
