"""The standing roster as the core's value: the whole of it, or what concerns one household or person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator
from datetime import date
from typing import Any

from django.db import connection

from schoolday.calendar.days import Calendar
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
from schooldesk.roster import models as tables

Filter = list[str] | None
"""Ids to keep to; None is everything."""


def district(name: str) -> tables.District | None:
    """Return a district with the versions that stand, or None; the roster's bulk is read when asked for."""
    found = tables.District.objects.select_related("roster", "plan").defer("roster__rest")
    return found.filter(pk=name).first()


def timezone(name: str) -> str:
    """Return the time zone of a district; empty where there is no such district."""
    return str(tables.District.objects.values_list("timezone", flat=True).filter(pk=name).first() or "")


def districts() -> list[tables.District]:
    """Return every district; none where not even the tables are made."""
    if tables.District._meta.db_table not in connection.introspection.table_names():
        return []
    return list(tables.District.objects.order_by("pk"))


def numbers(home: tables.District) -> dict[str, int]:
    """Return the desk's number of every household on the standing roster."""
    return dict(tables.Home.objects.filter(version=home.roster_id).values_list("sourced", "number"))


def household_numbers(home: tables.District) -> dict[str, int]:
    """Return for each pupil of the standing roster the desk's number of its household."""
    known = numbers(home)
    rows = _rows(tables.Pupil, home, home__gt="").values_list("sourced", "home")
    return {pupil: known[house] for pupil, house in rows if house in known}


def household_id(home: tables.District, number: int) -> str | None:
    """Return a household's id on the standing roster by its number, or None."""
    row = tables.Home.objects.filter(version=home.roster_id, number=number)
    return row.values_list("sourced", flat=True).first()


def whole(home: tables.District) -> Roster:
    """Return the standing roster."""
    return _roster(home, None)


def of_schools(home: tables.District, schools: Collection[str]) -> Roster:
    """Return what the standing roster says of some schools' pupils and sections."""
    return _roster(home, sorted(schools))


def without_pupils(home: tables.District) -> Roster:
    """Return the standing roster without its pupils: schools, staff, sections, teaching, calendar."""
    return _roster(home, None, pupils=False)


def section_staff(home: tables.District, household: str) -> set[str]:
    """Return the staff who teach or serve a pupil of a household."""
    pupils = list(_rows(tables.Pupil, home, home=household).values_list("sourced", flat=True))
    sections = _rows(tables.Enrollment, home, pupil__in=pupils).values_list("section", flat=True)
    teachers = _rows(tables.Teaching, home, section__in=list(sections)).values_list("staff", flat=True)
    providers = _rows(tables.Service, home, pupil__in=pupils).values_list("provider", flat=True)
    return {*teachers, *providers}


def household_schools(home: tables.District, household: str) -> set[str]:
    """Return the schools of a household's pupils."""
    return set(_rows(tables.Pupil, home, home=household).values_list("school", flat=True))


def _rows(model: Any, district: tables.District, /, **where: Any) -> Any:  # noqa: ANN401 - any of the tables
    return model.objects.filter(version=district.roster_id, **where).order_by("pk")


def _roster(home: tables.District, where: Filter, *, pupils: bool = True) -> Roster:
    version = home.roster
    if version is None:
        raise LookupError(f"district {home.pk!r} has no roster yet")
    found = _pupils(home, where) if pupils else {}
    some = None if where is None else list(found)
    rest = version.rest
    contracts = (Contract(who, start, end, tuple(days)) for who, start, end, days in rest["contracts"])
    bells = (Bells(*row) for row in rest["bells"])
    return Roster(
        district=home.pk,
        name=home.name,
        places=tuple(home.places),
        timezone=home.timezone,
        schools=_schools(home),
        pupils=found,
        staff=_staff(home, None),
        sections=_sections(home, where),
        enrollments=_enrollments(home, some) if pupils else (),
        teaching=_teaching(home),
        households=_households(home, found) if pupils else {},
        services=_services(home, some) if pupils else {},
        contracts={row.staff: row for row in contracts},
        bells={row.school: row for row in bells},
        calendar=calendar(rest["calendar"]),
        rooms=_rooms(rest),
    )


def _rooms(rest: dict[str, Any]) -> dict[str, dict[str, int]]:
    """Return the rooms counted; a version taken in before rooms were counted has none."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for school, kind, count in rest.get("rooms", ()):
        found[school][kind] = count
    return dict(found)


def calendar(rest: dict[str, Any]) -> Calendar:
    """Return a calendar from its JSON; a version taken in before short days were kept has none."""
    day = date.fromisoformat
    return Calendar(
        day(rest["first"]),
        day(rest["last"]),
        {day(key): name for key, name in rest["holidays"].items()},
        {day(key): name for key, name in rest["preparation"].items()},
        {day(key): name for key, name in rest.get("short", {}).items()},
    )


def _schools(home: tables.District) -> dict[str, School]:
    found = _rows(tables.School, home).values_list("sourced", "name", "grades", "code")
    return {row[0]: School(row[0], row[1], tuple(row[2]), row[3]) for row in found}


def _pupils(home: tables.District, schools: Filter) -> dict[str, Pupil]:
    where = {} if schools is None else {"school__in": schools}
    columns = ("sourced", "given", "family", "grade", "school", "birth", "groups")
    found = _rows(tables.Pupil, home, **where).values_list(*columns)
    return {row[0]: Pupil(*row[:6], frozenset(row[6])) for row in found.iterator(chunk_size=2000)}


def pupils(home: tables.District, schools: Collection[str] | None = None) -> dict[str, Pupil]:
    """Return the pupils of some schools, or of all; what they learn and where they live is left out."""
    return _pupils(home, None if schools is None else sorted(schools))


def school_of(home: tables.District, schools: Collection[str] | None = None) -> Iterator[tuple[str, str]]:
    """Yield the id of each pupil of some schools, or of all, with the school."""
    where = {} if schools is None else {"school__in": sorted(schools)}
    rows = tables.Pupil.objects.filter(version=home.roster_id, **where).values_list("sourced", "school")
    yield from rows.iterator(chunk_size=2000)


def pupil(home: tables.District, who: str) -> Pupil | None:
    """Return a pupil of the standing roster, or None."""
    return some(home, [who]).get(who)


def some(home: tables.District, ids: Collection[str]) -> dict[str, Pupil]:
    """Return some pupils of the standing roster; ids of nobody are left out."""
    columns = ("sourced", "given", "family", "grade", "school", "birth", "groups")
    asked, found = sorted(ids), dict[str, Pupil]()
    for start in range(0, len(asked), 500):
        part = _rows(tables.Pupil, home, sourced__in=asked[start : start + 500])
        found |= {row[0]: Pupil(*row[:6], frozenset(row[6])) for row in part.values_list(*columns)}
    return found


def pupils_of(home: tables.District, staff: str) -> set[str]:
    """Return the ids of the pupils whom a teacher or provider teaches or serves."""
    sections = _rows(tables.Teaching, home, staff=staff).values_list("section", flat=True)
    taught = _rows(tables.Enrollment, home, section__in=list(sections)).values_list("pupil", flat=True)
    served = _rows(tables.Service, home, provider=staff).values_list("pupil", flat=True)
    return {*taught, *served}


def homes(home: tables.District, some: Collection[str]) -> dict[str, tuple[str, int, str]]:
    """Return of some pupils the household's id, its number at the desk and its language."""
    found = _rows(tables.Pupil, home, sourced__in=sorted(some), home__gt="").values_list("sourced", "home")
    houses = dict(found)
    rows = _rows(tables.Home, home, sourced__in=sorted(set(houses.values())))
    known = {row[0]: row for row in rows.values_list("sourced", "number", "language")}
    return {pupil: known[house] for pupil, house in houses.items() if house in known}


def of_household(home: tables.District, number: int) -> dict[str, Pupil]:
    """Return the pupils of a household by its number at the desk."""
    house = household_id(home, number)
    names = _rows(tables.Pupil, home, home=house).values_list("sourced", flat=True) if house else ()
    inside = list(names)
    found = some(home, inside)
    return {one: found[one] for one in inside}


def staff(home: tables.District, some: Collection[str] | None = None) -> dict[str, Staff]:
    """Return the staff of the standing roster by id, or those of them who are asked for."""
    return _staff(home, None if some is None else sorted(some))


def _households(home: tables.District, pupils: dict[str, Pupil]) -> dict[str, Household]:
    """Return the households of some pupils, whole only where all of their schools were asked for."""
    inside: dict[str, list[tuple[int, str]]] = defaultdict(list)
    found = _rows(tables.Pupil, home, home__gt="").values_list("sourced", "home", "place")
    for sourced, house, place in found.iterator(chunk_size=2000):
        if sourced in pupils:
            inside[house].append((place, sourced))
    found = _rows(tables.Home, home).values_list("sourced", "language", "devices", "connection")
    return {
        row[0]: Household(row[0], tuple(pupil for _, pupil in sorted(inside[row[0]])), *row[1:])
        for row in found.iterator(chunk_size=2000)
        if row[0] in inside
    }


def _staff(home: tables.District, people: list[str] | None) -> dict[str, Staff]:
    where = {} if people is None else {"sourced__in": people}
    columns = ("sourced", "given", "family", "role", "schools", "credential")
    found = _rows(tables.StaffMember, home, **where).values_list(*columns)
    return {row[0]: Staff(*row[:4], tuple(row[4]), row[5]) for row in found}


def _sections(home: tables.District, schools: Filter) -> dict[str, Section]:
    where = {} if schools is None else {"school__in": schools}
    columns = ("sourced", "school", "title", "subject", "kind", "grades", "course", "link", "place")
    found = _rows(tables.Section, home, **where).values_list(*columns)
    return {row[0]: Section(*row[:5], tuple(row[5]), *row[6:]) for row in found}


def _enrollments(home: tables.District, pupils: Filter) -> tuple[Enrollment, ...]:
    columns = ("section", "pupil", "first", "last")
    return tuple(Enrollment(*row) for row in _of_pupils(tables.Enrollment, home, pupils, columns))


def _teaching(home: tables.District) -> tuple[Teaching, ...]:
    found = _rows(tables.Teaching, home).values_list("section", "staff", "primary")
    return tuple(Teaching(*row) for row in found)


def _services(home: tables.District, pupils: Filter) -> dict[str, Service]:
    columns = (
        "sourced", "pupil", "kind", "minutes", "times", "provider", "group", "first", "last", "place",
    )  # fmt: skip
    return {row[0]: Service(*row) for row in _of_pupils(tables.Service, home, pupils, columns)}


def _of_pupils(
    model: Any,  # noqa: ANN401 - either table of what pupils have
    home: tables.District,
    pupils: Filter,
    columns: tuple[str, ...],
) -> Iterator[tuple[Any, ...]]:
    """Yield rows of some pupils, in portions that every database takes as arguments."""
    if pupils is None:
        yield from _rows(model, home).values_list(*columns).iterator(chunk_size=2000)
        return
    for start in range(0, len(pupils), 500):
        part = _rows(model, home, pupil__in=pupils[start : start + 500])
        yield from part.values_list(*columns)


def schools(home: tables.District) -> list[School]:
    """Return the schools of the standing roster by name."""
    return sorted(_schools(home).values(), key=lambda school: (school.name, school.id))


def peopled(home: tables.District) -> list[str]:
    """Return the ids of the schools that have pupils on the standing roster."""
    return sorted(_rows(tables.Pupil, home).order_by().values_list("school", flat=True).distinct())


def numbers_of(home: tables.District, houses: Collection[str]) -> dict[str, int]:
    """Return the desk's numbers of some households."""
    found = _rows(tables.Home, home, sourced__in=sorted(houses))
    return dict(found.values_list("sourced", "number"))


def households_of(home: tables.District, staff: str) -> list[tuple[int, str]]:
    """Return the number of each household that a teacher or provider works for, with its pupils' names."""
    pupils = _rows(tables.Pupil, home, sourced__in=sorted(pupils_of(home, staff)))
    named: dict[str, list[str]] = defaultdict(list)
    for house, given, family in pupils.values_list("home", "given", "family"):
        named[house].append(f"{given} {family}")
    numbers = numbers_of(home, named)
    found = [(numbers[house], ", ".join(names)) for house, names in named.items() if house in numbers]
    return sorted(found, key=lambda row: row[1])


def staff_member(home: tables.District, who: str) -> Staff | None:
    """Return a person of the roster's staff, or None."""
    return _staff(home, [who]).get(who)
