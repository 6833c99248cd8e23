"""From enrollments.csv to who is in a section, and who teaches it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, timedelta

from schoolday.files.oneroster.core import Core
from schoolday.files.oneroster.dates import Term, day_of, last_of
from schoolday.files.oneroster.read import Export
from schoolday.files.sheets.faults import Faults
from schoolday.ground.finding import Status
from schoolday.roster import Enrollment, Teaching


def enroll(export: Export, core: Core, terms: Mapping[str, Term], day: date, faults: Faults) -> None:
    """Take who is in a section and who teaches it; a section of part of the year holds for its term."""
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
            _say_other_school(school, taught.school, row, faults)
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


def _say_other_school(school: str, taken: str, row: int, faults: Faults) -> None:
    said = f"the school here is {school!r}, but the class is at {taken!r}, which was taken"
    mend = "write the school of the class"
    faults.add(
        "class_school", said, "enrollments.csv", row, "schoolSourcedId", mend=mend, status=Status.ADVICE
    )


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
