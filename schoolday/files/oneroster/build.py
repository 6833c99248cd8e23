"""From the files to schoolday's values: the district and its schools, then people, sections, enrollments."""

from __future__ import annotations

from datetime import date

from schoolday.files.oneroster.core import SCHOOL_GRADES, Core, Extras
from schoolday.files.oneroster.dates import school_year
from schoolday.files.oneroster.enrollments import enroll
from schoolday.files.oneroster.people import roles_of, take_people
from schoolday.files.oneroster.read import Export
from schoolday.files.oneroster.sections import take_sections
from schoolday.files.sheets.checks import grade_of, items, well_written
from schoolday.files.sheets.columns import Column
from schoolday.files.sheets.faults import Faults
from schoolday.ground.finding import Status
from schoolday.ground.grades import order
from schoolday.roster import School


def build(export: Export, extras: Extras, day: date, faults: Faults) -> Core:
    """Return what the files hold, as of a date; what can't be a value becomes a finding."""
    core = Core(*school_year(export.table("academicSessions"), day, faults))
    orgs = _orgs(export, core)
    roles, ended = roles_of(export, day)
    take_people(export, core, orgs, roles, ended, extras, faults)
    terms = take_sections(export, core, orgs, extras, faults)
    enroll(export, core, terms, day, faults)
    _school_grades(export, core)
    _say_left_out(core, faults)
    return core


def _orgs(export: Export, core: Core) -> dict[str, str]:
    """Take the schools and the district; return the type of every organization, blank where it is none."""
    table, types = export.table("orgs"), dict[str, str]()
    rows = zip(table["sourcedId"], table["name"], table["type"], table["identifier"], strict=True)
    for org, name, kind, code in rows:
        sound = well_written(Column("type", "orgType"), kind, export.version == "1.2")
        types[org] = kind if sound else ""
        if not sound:
            core.faulty["schools"].add(org)
        elif kind == "school":
            core.schools[org] = School(org, name, (), code)
        elif kind == "district" and not core.district[0]:
            core.district = (org, name)
    return types


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


def _say_left_out(core: Core, faults: Faults) -> None:
    if core.beyond:
        said = f"{len(core.beyond):,} pupils are in grades that schoolday does not plan; they were left out"
        mend = "nothing, if they are in preschool or beyond grade 12"
        faults.add("grade", said, "users.csv", column="grades", mend=mend, status=Status.UNVERIFIED)
    if loose := core.left_out.pop("grades written loosely", 0):
        said = f"{loose:,} grades are written as K or 9; they were read as KG or 09"
        mend = "write the CEDS codes KG and 01 to 12"
        faults.add("loose_grade", said, "users.csv", column="grades", mend=mend, status=Status.ADVICE)
