"""Write a roster as OneRoster 1.2 bulk files: rows by file, in the order of the binding."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from schoolday.files.oneroster.binding import BINDING
from schoolday.files.oneroster.core import NO_COURSE, SCHOOL_GRADES
from schoolday.files.sheets.checks import CEDS, in_list
from schoolday.files.sheets.columns import ENUMS, Column
from schoolday.ground.ids import stable_id
from schoolday.roster import Roster, Section

VERSION = "1.2"
_CODES = {grade: code for code, grade in CEDS.items()}

Rows = list[dict[str, str]]


def oneroster_rows(roster: Roster) -> dict[str, Rows]:
    """Return the rows of every OneRoster file that is not empty."""
    year = f"year-{roster.calendar.last.year}"
    files = {
        "academicSessions": [_year(roster, year)],
        "orgs": list(_orgs(roster)),
        "courses": list(_courses(roster)),
        "classes": [_class(section, year) for section in roster.sections.values()],
        "users": list(_users(roster)),
        "roles": list(_roles(roster)),
        "enrollments": list(_enrollments(roster)),
        "demographics": [
            {"sourcedId": pupil.id, "birthDate": pupil.birth.isoformat()}
            for pupil in roster.pupils.values()
            if pupil.birth
        ],
    }
    return {name: rows for name, rows in files.items() if rows}


def manifest_rows(files: Iterable[str]) -> list[tuple[str, str]]:
    """Return the manifest's rows for the files that are there."""
    there = frozenset(files)
    said = [("manifest.version", "1.0"), ("oneroster.version", VERSION)]
    said += [(f"file.{name}", "bulk" if name in there else "absent") for name in BINDING[VERSION]]
    return [*said, ("source.systemName", "schoolday"), ("source.systemCode", "schoolday")]


def columns_of(name: str) -> tuple[Column, ...]:
    """Return the columns written to a file: the binding's, and for orgs the schools' grades."""
    extra = (Column(SCHOOL_GRADES, "grades"),) if name == "orgs" else ()
    return (*BINDING[VERSION][name], *extra)


def after(day: date | None) -> str:
    """Return the exclusive endDate of something whose last day is given, blank where it is open."""
    return "" if day is None or day == date.max else (day + timedelta(days=1)).isoformat()


def written(day: date | None) -> str:
    """Return a date as it is written, blank where there is none."""
    return "" if day is None else day.isoformat()


def _codes(grades: Iterable[str]) -> str:
    return in_list(_CODES.get(grade, f"?{grade}") for grade in grades)


def _year(roster: Roster, year: str) -> dict[str, str]:
    first, last = roster.calendar.first, roster.calendar.last
    return {
        "sourcedId": year,
        "title": f"{first.year}-{last.year}",
        "type": "schoolYear",
        "startDate": first.isoformat(),
        "endDate": after(last),
        "schoolYear": str(last.year),
    }


def _orgs(roster: Roster) -> Iterator[dict[str, str]]:
    yield {"sourcedId": roster.district, "name": roster.name, "type": "district"}
    for school in roster.schools.values():
        yield {
            "sourcedId": school.id,
            "name": school.name,
            "type": "school",
            "identifier": school.code,
            "parentSourcedId": roster.district,
            SCHOOL_GRADES: _codes(school.grades),
        }


def _courses(roster: Roster) -> Iterator[dict[str, str]]:
    titles: dict[str, str] = {}
    for section in roster.sections.values():
        name = section.subject or section.title if section.course else "No course"
        titles.setdefault(section.course or NO_COURSE, name)
    for course, title in titles.items():
        yield {"sourcedId": course, "title": title, "orgSourcedId": roster.district}


def _class(section: Section, year: str) -> dict[str, str]:
    return {
        "sourcedId": section.id,
        "title": section.title,
        "grades": _codes(section.grades),
        "courseSourcedId": section.course or NO_COURSE,
        "classType": section.kind,
        "schoolSourcedId": section.school,
        "termSourcedIds": year,
        "subjects": in_list([section.subject]) if section.subject else "",
    }


def _users(roster: Roster) -> Iterator[dict[str, str]]:
    for pupil in roster.pupils.values():
        yield _user(pupil.id, pupil.given, pupil.family, _codes([pupil.grade]), pupil.school)
    for staff in roster.staff.values():
        yield _user(staff.id, staff.given, staff.family, "", next(iter(staff.schools), roster.district))


def _user(user: str, given: str, family: str, grades: str, org: str) -> dict[str, str]:
    return {
        "sourcedId": user,
        "enabledUser": "true",
        "username": user,
        "givenName": given,
        "familyName": family,
        "grades": grades,
        "primaryOrgSourcedId": org,
    }


def _roles(roster: Roster) -> Iterator[dict[str, str]]:
    for pupil in roster.pupils.values():
        yield _role(pupil.id, 0, "student", pupil.school)
    for staff in roster.staff.values():
        role = staff.role if staff.role in ENUMS["role12"] else f"ext:{staff.role}"
        for place, school in enumerate(staff.schools or (roster.district,)):
            yield _role(staff.id, place, role, school)


def _role(user: str, place: int, role: str, org: str) -> dict[str, str]:
    return {
        "sourcedId": stable_id("role", user, str(place), size=16),
        "userSourcedId": user,
        "roleType": "secondary" if place else "primary",
        "role": role,
        "orgSourcedId": org,
    }


def _enrollments(roster: Roster) -> Iterator[dict[str, str]]:
    seen: Counter[tuple[str, ...]] = Counter()
    for row in roster.enrollments:
        dates = {"beginDate": written(row.first), "endDate": after(row.last)}
        key = ("student", row.section, row.pupil, dates["beginDate"])
        yield _enrollment(roster.sections, key, seen) | dates
    for taught in roster.teaching:
        key = ("teacher", taught.section, taught.staff, "")
        yield _enrollment(roster.sections, key, seen) | {"primary": "true" if taught.primary else "false"}


def _enrollment(
    sections: Mapping[str, Section], key: tuple[str, ...], seen: Counter[tuple[str, ...]]
) -> dict[str, str]:
    seen[key] += 1
    role, section, user, _ = key
    school = sections[section].school if section in sections else ""
    return {
        "sourcedId": stable_id("enrollment", *key, str(seen[key]), size=20),
        "classSourcedId": section,
        "schoolSourcedId": school,
        "userSourcedId": user,
        "role": role,
    }
