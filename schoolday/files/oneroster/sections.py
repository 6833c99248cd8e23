"""From classes.csv and courses.csv to sections."""

from __future__ import annotations

from collections.abc import Mapping

from schoolday.files.oneroster.core import NO_COURSE, Core, Extras
from schoolday.files.oneroster.dates import Term, terms_of
from schoolday.files.oneroster.read import Export
from schoolday.files.sheets.checks import grade_of, items
from schoolday.files.sheets.faults import Faults
from schoolday.roster import Section


def take_sections(
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
            core.faulty["classes"].add(section)
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
    if orgs.get(org):
        said = f"the class is at {org!r}, which is of type {orgs[org]!r}, not school"
        mend = "name the school that the class belongs to"
        faults.add("class_school", said, "classes.csv", row, "schoolSourcedId", mend=mend)


def _course_subjects(export: Export) -> dict[str, str]:
    table = export.table("courses")
    pairs = zip(table["sourcedId"], table["subjects"], strict=True)
    return {course: next(iter(items(subjects)), "") for course, subjects in pairs}
