"""Take a roster in as a new version; nobody sees it until it is switched to, whole."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from django.db import connection, models, transaction

from schoolday.calendar.days import Calendar
from schoolday.roster import Pupil, Roster
from schooldesk import clock, rows, scope
from schooldesk.people.writes import record
from schooldesk.roster import models as tables


def load(roster: Roster, *, report: rows.Report = rows.quiet) -> int:
    """Write a roster as a new version beside the one that stands, and return its number.

    A load that fails takes its rows away again; what stood before stands.
    """
    with scope.district(roster.district):
        sweep(roster.district)
        district, _ = tables.District.objects.get_or_create(
            pk=roster.district,
            defaults={"name": roster.name, "places": list(roster.places), "timezone": roster.timezone},
        )
        version = tables.RosterVersion(district=district, made=clock.now(), rest=rest(roster))
        version.save()
        try:
            _fill(version.pk, roster, report)
        except BaseException:
            sweep(roster.district)
            raise
    return int(version.pk)


def switch(
    roster: Roster, version: int, plan: int | None, who: str, also: Callable[[], None] = lambda: None
) -> None:
    """Make a version stand, in one step with its plan, with what `also` does, and with the event of it."""
    with scope.district(roster.district):
        with transaction.atomic():
            tables.RosterVersion.objects.filter(pk=version).update(whole=True)
            tables.District.objects.filter(pk=roster.district).update(
                name=roster.name,
                places=list(roster.places),
                timezone=roster.timezone,
                roster_id=version,
                plan_id=plan,
            )
            also()
            record(roster.district, who, "roster.loaded", version=version, pupils=len(roster.pupils))
        sweep(roster.district)


def discard(district: str) -> None:
    """Take away a version that was loaded and will not be switched to."""
    with scope.district(district):
        sweep(district)


def sweep(district: str) -> None:
    """Delete the versions of a district that do not stand."""
    stands = tables.District.objects.filter(pk=district).values_list("roster_id", flat=True).first()
    old = tables.RosterVersion.objects.exclude(pk=stands) if stands else tables.RosterVersion.objects.all()
    for version in list(old.values_list("pk", flat=True)):
        for model in VERSIONED:
            _delete(model, version)
        tables.RosterVersion.objects.filter(pk=version).delete()


VERSIONED: tuple[type[models.Model], ...] = (
    tables.Home,
    tables.School,
    tables.Pupil,
    tables.StaffMember,
    tables.Section,
    tables.Enrollment,
    tables.Teaching,
    tables.Service,
)


def _delete(model: type[models.Model], version: int) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    few = f"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE version_id = %s LIMIT 5000)"
    while True:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(few, [version])
            if cursor.rowcount < 5000:
                return


def rest(roster: Roster) -> dict[str, Any]:
    """Return the calendar, bells, contracts and rooms as JSON."""
    return {
        "calendar": calendar_json(roster.calendar),
        "bells": [[row.school, row.first, row.pitch, row.slots] for row in roster.bells.values()],
        "contracts": [[row.staff, row.start, row.end, list(row.days)] for row in roster.contracts.values()],
        "rooms": [[school, kind, n] for school, kinds in roster.rooms.items() for kind, n in kinds.items()],
    }


def calendar_json(calendar: Calendar) -> dict[str, Any]:
    """Return a calendar as JSON."""
    return {
        "first": calendar.first.isoformat(),
        "last": calendar.last.isoformat(),
        "holidays": {day.isoformat(): name for day, name in calendar.holidays.items()},
        "preparation": {day.isoformat(): name for day, name in calendar.preparation.items()},
        "short": {day.isoformat(): name for day, name in calendar.short.items()},
    }


def _fill(version: int, roster: Roster, report: rows.Report) -> None:
    numbers = _numbers(roster)
    for model, columns, content in _tables(roster, numbers):
        rows.insert(model, ("version", *columns), ((version, *row) for row in content), report)


def _numbers(roster: Roster) -> dict[str, int]:
    """Return every household's number, giving new ones to those the desk has not met."""
    known = dict(tables.Household.objects.values_list("sourced", "number"))
    new = [(roster.district, house) for house in roster.households if house not in known]
    rows.insert(tables.Household, ("district", "sourced"), new, after="ON CONFLICT DO NOTHING")
    return dict(tables.Household.objects.values_list("sourced", "number"))


Table = tuple[type[models.Model], Sequence[str], Iterator[Sequence[object]]]
"""A table, its columns beside the version, and its rows."""


def _tables(roster: Roster, numbers: dict[str, int]) -> Iterator[Table]:
    """Yield every table that a version fills."""
    yield _homes(roster, numbers)
    yield _schools(roster)
    yield _pupils(roster)
    yield _staff(roster)
    yield _sections(roster)
    yield _enrollments(roster)
    yield _teaching(roster)
    yield _services(roster)


def _homes(roster: Roster, numbers: dict[str, int]) -> Table:
    return (
        tables.Home,
        ("sourced", "number", "language", "devices", "connection"),
        ((r.id, numbers[r.id], r.language, r.devices, r.connection) for r in roster.households.values()),
    )


def _schools(roster: Roster) -> Table:
    return (
        tables.School,
        ("sourced", "name", "grades", "code"),
        ((r.id, r.name, json.dumps(r.grades), r.code) for r in roster.schools.values()),
    )


def _pupils(roster: Roster) -> Table:
    at_home = _at_home(roster)
    columns = ("sourced", "given", "family", "grade", "school", "birth", "groups", "home", "place")
    return tables.Pupil, columns, (_pupil(r, *at_home.get(r.id, ("", 0))) for r in roster.pupils.values())


def _at_home(roster: Roster) -> dict[str, tuple[str, int]]:
    """Return each pupil's household, and the pupil's place among its children."""
    return {
        pupil: (house.id, place)
        for house in roster.households.values()
        for place, pupil in enumerate(house.pupils)
    }


def _pupil(pupil: Pupil, home: str, place: int) -> Sequence[object]:
    groups = json.dumps(sorted(pupil.groups))
    told = (pupil.id, pupil.given, pupil.family, pupil.grade, pupil.school, pupil.birth, groups)
    return (*told, home, place)


def _staff(roster: Roster) -> Table:
    return (
        tables.StaffMember,
        ("sourced", "given", "family", "role", "schools", "credential"),
        (
            (r.id, r.given, r.family, r.role, json.dumps(r.schools), r.credential)
            for r in roster.staff.values()
        ),
    )


def _sections(roster: Roster) -> Table:
    return (
        tables.Section,
        ("sourced", "school", "title", "subject", "kind", "grades", "course", "link", "place"),
        (
            (r.id, r.school, r.title, r.subject, r.kind, json.dumps(r.grades), r.course, r.link, r.place)
            for r in roster.sections.values()
        ),
    )


def _enrollments(roster: Roster) -> Table:
    return (
        tables.Enrollment,
        ("section", "pupil", "first", "last"),
        ((r.section, r.pupil, r.first, r.last) for r in roster.enrollments),
    )


def _teaching(roster: Roster) -> Table:
    return (
        tables.Teaching,
        ("section", "staff", "primary"),
        ((r.section, r.staff, r.primary) for r in roster.teaching),
    )


def _services(roster: Roster) -> Table:
    return (
        tables.Service,
        ("sourced", "pupil", "kind", "minutes", "times", "provider", "group", "first", "last", "place"),
        (
            (r.id, r.pupil, r.kind, r.minutes, r.times, r.provider, r.group, r.first, r.last, r.place)
            for r in roster.services.values()
        ),
    )


def in_turn(district: str) -> None:
    """Let a district's writers come one after another; call it inside their transaction.

    Else an entry of the record could get its number before a week is certified and be stored after it: then
    nobody would see that the week has changed since.
    """
    tables.District.objects.select_for_update().get(pk=district)
