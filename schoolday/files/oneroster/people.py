"""From the files to schoolday's values: schools, pupils, staff, sections and who is in them."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from schoolday.files.oneroster.checks import BEYOND, CEDS, LOOSE, items
from schoolday.files.oneroster.dates import Term, day_of, last_of, school_year, terms_of
from schoolday.files.oneroster.faults import Faults
from schoolday.files.oneroster.read import Export
from schoolday.ground.finding import Status
from schoolday.ground.grades import order
from schoolday.roster import Enrollment, Pupil, School, Section, Staff, Teaching

NO_COURSE = "schoolday-no-course"
"""The course that is written for sections that have none."""

SCHOOL_GRADES = "metadata.schoolday.grades"
"""The extension column of orgs.csv that holds the grades a school serves."""

_FAMILY = frozenset({"guardian", "parent", "relative"})


@dataclass(frozen=True)
class Extras:
    """What the side files add to people and sections."""

    births: Mapping[str, date] = field(default_factory=dict)
    groups: Mapping[str, frozenset[str]] = field(default_factory=dict)
    credentials: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, tuple[str, str]] = field(default_factory=dict)


@dataclass
class Core:
    """What the OneRoster files hold of a roster.

    `parts` says of each user with a role whether a ``student``, ``teacher`` (any staff) or ``family``;
    `beyond` holds pupils in grades that schoolday does not plan; `left_out` counts what is no part of it.
    """

    first: date
    last: date
    district: tuple[str, str] = ("", "")
    schools: dict[str, School] = field(default_factory=dict)
    pupils: dict[str, Pupil] = field(default_factory=dict)
    staff: dict[str, Staff] = field(default_factory=dict)
    sections: dict[str, Section] = field(default_factory=dict)
    enrollments: list[Enrollment] = field(default_factory=list)
    teaching: list[Teaching] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)
    beyond: set[str] = field(default_factory=set)
    other_sections: set[str] = field(default_factory=set)
    left_out: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Role:
    """One role of a user at one organization."""

    role: str
    org: str
    primary: bool


def build(export: Export, extras: Extras, day: date, faults: Faults) -> Core:
    """Return what the files hold, as of a date; what can't be a value becomes a finding."""
    core = Core(*school_year(export.table("academicSessions"), day, faults))
    orgs = _orgs(export, core)
    roles, ended = _roles(export, day)
    _people(export, core, orgs, roles, ended, extras, faults)
    terms = _sections(export, core, orgs, extras, faults)
    _enroll(export, core, terms, day, faults)
    _school_grades(export, core)
    _say_left_out(core, faults)
    return core


def grade_of(code: str) -> str:
    """Return schoolday's grade for a grade code, or an empty string."""
    return CEDS.get(code) or LOOSE.get(code, "")


def _orgs(export: Export, core: Core) -> dict[str, str]:
    """Take the schools and the district; return the kind of every organization."""
    table = export.table("orgs")
    rows = zip(table["sourcedId"], table["name"], table["type"], table["identifier"], strict=True)
    for org, name, kind, code in rows:
        if kind == "school":
            core.schools[org] = School(org, name, (), code)
        elif kind == "district" and not core.district[0]:
            core.district = (org, name)
    return dict(zip(table["sourcedId"], table["type"], strict=True))


def _roles(export: Export, day: date) -> tuple[dict[str, list[Role]], set[str]]:
    """Return the roles of each user that have not ended, primary ones first; and users whose roles have."""
    found: dict[str, list[Role]] = defaultdict(list)
    ended: set[str] = set()
    for user, role, until in _role_rows(export):
        last = last_of(until)
        if last is not None and last < day:
            ended.add(user)
        else:
            found[user].append(role)
    for roles in found.values():
        roles.sort(key=lambda role: not role.primary)
    return found, ended - set(found)


def _role_rows(export: Export) -> Iterator[tuple[str, Role, str]]:
    if export.version == "1.1":
        users = export.table("users")
        for user, role, orgs in zip(users["sourcedId"], users["role"], users["orgSourcedIds"], strict=True):
            for place, org in enumerate(items(orgs)):
                yield user, Role(role, org, place == 0), ""
        return
    table = export.table("roles")
    names = ("userSourcedId", "roleType", "role", "orgSourcedId", "endDate")
    for user, kind, role, org, until in zip(*(table[name] for name in names), strict=True):
        yield user, Role(role, org, kind == "primary"), until


def _people(
    export: Export, core: Core, orgs: Mapping[str, str], roles: Mapping[str, list[Role]], ended: set[str],
    extras: Extras, faults: Faults,
) -> None:  # fmt: skip
    users = export.table("users")
    blank = ("",) * len(users)
    main = users["primaryOrgSourcedId"] if export.version == "1.2" else blank
    columns = (users["sourcedId"], users["givenName"], users["familyName"], users["grades"], main)
    for row, user, given, family, grades, org in zip(users.rows, *columns, strict=True):
        mine = roles.get(user, [])
        role = next((held.role for held in mine if held.role not in _FAMILY), "")
        core.parts[user] = "student" if role == "student" else "teacher" if role else "family" if mine else ""
        if not mine:
            _say_no_role(core, user in ended, row, export, faults)
        elif role == "student":
            school = _pupils_school(mine, org, orgs, row, faults)
            grade = _pupils_grade(core, user, grades, row, faults)
            if grade and school:
                birth, groups = extras.births.get(user), extras.groups.get(user, frozenset())
                core.pupils[user] = Pupil(user, given, family, grade, school, birth, groups)
        elif role:
            held, credential = role.removeprefix("ext:"), extras.credentials.get(user, "")
            core.staff[user] = Staff(user, given, family, held, _serves(core, mine), credential)
        else:
            core.left_out["guardians and relatives"] += 1


def _serves(core: Core, roles: list[Role]) -> tuple[str, ...]:
    at = (role.org for role in roles if role.role not in _FAMILY and role.role != "student")
    return tuple(dict.fromkeys(org for org in at if org in core.schools))


def _say_no_role(core: Core, ended: bool, row: int, export: Export, faults: Faults) -> None:
    core.left_out["people without a role"] += 1
    if not ended and export.table("roles" if export.version == "1.2" else "users").whole:
        said, mend = "this person has no role and was left out", "add a row for the person to roles.csv"
        faults.add("no_role", said, "users.csv", row, "sourcedId", mend=mend, status=Status.UNVERIFIED)


def _pupils_school(roles: list[Role], main: str, orgs: Mapping[str, str], row: int, faults: Faults) -> str:
    at = [role.org for role in roles if role.role == "student" and orgs.get(role.org) == "school"]
    if main in at:
        return main
    if at:
        return at[0]
    if all(role.org in orgs for role in roles):  # An unknown organization is a finding of its own.
        said = "this pupil is at no school: the role names an organization of another type"
        mend = "give the pupil a role at an org of type school"
        faults.add("pupil_school", said, "users.csv", row, "sourcedId", mend=mend)
    return ""


def _pupils_grade(core: Core, user: str, grades: str, row: int, faults: Faults) -> str:
    codes = items(grades)
    if len(codes) == 1 and (grade := grade_of(codes[0])):
        if codes[0] in LOOSE:
            core.left_out["grades written loosely"] += 1
        return grade
    if len(codes) == 1 and codes[0] in BEYOND:
        core.beyond.add(user)
    elif len(codes) == 1:
        pass  # No grade code at all: the check of the column says so.
    else:
        said = "this pupil has no grade" if not codes else "this pupil has more than one grade"
        mend = "give each pupil one CEDS grade code: TK, KG or 01 to 12"
        faults.add("grade", said, "users.csv", row, "grades", mend=mend)
    return ""


def _sections(
    export: Export, core: Core, orgs: Mapping[str, str], extras: Extras, faults: Faults
) -> dict[str, Term]:
    """Take the sections of the school year; return the term of each that does not last all year."""
    sessions, subjects = terms_of(export.table("academicSessions")), _course_subjects(export)
    table, terms = export.table("classes"), dict[str, Term]()
    names = (
        "sourcedId",
        "title",
        "grades",
        "courseSourcedId",
        "classType",
        "schoolSourcedId",
        "termSourcedIds",
    )
    columns = [table[name] for name in (*names, "subjects")]
    for row, *cells in zip(table.rows, *columns, strict=True):
        section, title, grades, course, kind, school, term_ids, taught = cells
        if school not in core.schools:
            _say_no_school(orgs, school, row, faults)
            continue
        span = Term.over(sessions[term] for term in items(term_ids) if term in sessions)
        if span is not None and not span.meets(core.first, core.last):
            core.other_sections.add(section)
            continue
        if span is not None and (part := span.within(core.first, core.last)) is not None:
            terms[section] = part
        link, place = extras.places.get(section, ("", ""))
        core.sections[section] = Section(
            section, school, title, next(iter(items(taught)), "") or subjects.get(course, ""),
            "homeroom" if kind == "homeroom" else "scheduled",
            tuple(filter(None, map(grade_of, items(grades)))),
            "" if course == NO_COURSE else course, link, place or "home",
        )  # fmt: skip
    return terms


def _say_no_school(orgs: Mapping[str, str], org: str, row: int, faults: Faults) -> None:
    if org in orgs:
        said = f"the class is at {org!r}, which is of type {orgs[org]!r}, not school"
        mend = "name the school that the class belongs to"
        faults.add("class_school", said, "classes.csv", row, "schoolSourcedId", mend=mend)


def _course_subjects(export: Export) -> dict[str, str]:
    table = export.table("courses")
    pairs = zip(table["sourcedId"], table["subjects"], strict=True)
    return {course: next(iter(items(subjects)), "") for course, subjects in pairs}


def _enroll(export: Export, core: Core, terms: Mapping[str, Term], day: date, faults: Faults) -> None:
    table = export.table("enrollments")
    teachers: dict[str, list[tuple[str, str]]] = defaultdict(list)
    names = ("classSourcedId", "schoolSourcedId", "userSourcedId", "role", "primary", "beginDate", "endDate")
    for row, *cells in zip(table.rows, *(table[name] for name in names), strict=True):
        section, school, user, role, primary, begin, end = cells
        taught = core.sections.get(section)
        if taught is None:
            core.left_out["enrollments in other years"] += section in core.other_sections
            continue
        if taught.school != school and school in core.schools:
            said = f"the school here is {school!r}, but the class is at {taught.school!r}, which was taken"
            mend = "write the school of the class"
            faults.add(
                "class_school", said, table.file, row, "schoolSourcedId", mend=mend, status=Status.ADVICE
            )
        first, last = day_of(begin), last_of(end)
        if first is not None and last is not None and last < first:
            _never_there(core, first, last, row, faults)
        elif role == "student" and user in core.pupils:
            core.enrollments.append(_within(Enrollment(section, user, first, last), terms.get(section)))
        elif role == "teacher" and user in core.staff:
            if last is None or last >= day:
                teachers[section].append((user, primary))
        elif role in ("student", "teacher") and core.parts.get(user, role) not in (role, ""):
            _say_wrong_role(role, user, row, faults)
        else:
            core.left_out["other enrollments"] += 1
    for section, rows in teachers.items():
        core.teaching += _teaching(section, rows)


def _never_there(core: Core, first: date, last: date, row: int, faults: Faults) -> None:
    if last == first - timedelta(days=1):
        core.left_out["enrollments of no day"] += 1
        return
    said = "endDate lies before beginDate"
    mend = "correct the dates; endDate is the first day on which it no longer holds"
    faults.add("dates", said, "enrollments.csv", row, "endDate", mend=mend)


def _within(enrollment: Enrollment, term: Term | None) -> Enrollment:
    if term is None:
        return enrollment
    first, last = enrollment.first or term.first, enrollment.last or term.last
    return Enrollment(enrollment.section, enrollment.pupil, first, last)


def _say_wrong_role(role: str, user: str, row: int, faults: Faults) -> None:
    said = (
        f"{user!r} is enrolled as {role}, but is no {'pupil' if role == 'student' else 'staff'} by users.csv"
    )
    mend = "correct the role here, or the person's role"
    faults.add("wrong_role", said, "enrollments.csv", row, "userSourcedId", mend=mend)


def _teaching(section: str, rows: list[tuple[str, str]]) -> Iterable[Teaching]:
    """Yield the teachers of a section; where nothing is said of primary, the first is the one of record."""
    named = any(primary == "true" for _, primary in rows)
    for place, (staff, primary) in enumerate(rows):
        yield Teaching(section, staff, primary == "true" or (not named and not primary and place == 0))


def _say_left_out(core: Core, faults: Faults) -> None:
    if core.beyond:
        said = f"{len(core.beyond):,} pupils are in grades that schoolday does not plan; they were left out"
        mend = "nothing, if they are in preschool or beyond grade 12"
        faults.add("grade", said, "users.csv", column="grades", mend=mend, status=Status.UNVERIFIED)
    if loose := core.left_out.pop("grades written loosely", 0):
        said = f"{loose:,} grades are written as K or 9; they were read as KG or 09"
        mend = "write the CEDS codes KG and 01 to 12"
        faults.add("loose_grade", said, "users.csv", column="grades", mend=mend, status=Status.ADVICE)


def _school_grades(export: Export, core: Core) -> None:
    found: dict[str, set[str]] = {school: set() for school in core.schools}
    for pupil in core.pupils.values():
        found[pupil.school].add(pupil.grade)
    for section in core.sections.values():
        found[section.school].update(section.grades)
    table = export.table("orgs")
    given = dict(zip(table["sourcedId"], table.added.get(SCHOOL_GRADES, ()), strict=False))
    for school in core.schools.values():
        stated = tuple(filter(None, map(grade_of, items(given.get(school.id, "")))))
        grades = stated or tuple(sorted(found[school.id], key=order))
        core.schools[school.id] = School(school.id, school.name, grades, school.code)
