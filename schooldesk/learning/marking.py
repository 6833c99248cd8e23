"""The standards that a district calls essential: marked, not yet marked, and what is odd."""

from __future__ import annotations

from datetime import date

from django.http import QueryDict

from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding
from schoolday.ground.grades import order
from schoolday.learning.standards import Essential, Standard, check_essentials
from schooldesk.learning import models, reads, typed
from schooldesk.learning.exams.reads import grades
from schooldesk.roster.models import District


def typed_marks(home: District, form: QueryDict, who: str) -> list[Essential]:
    """Return the marks that a planner made.

    Raises
    ------
    SchooldayError
        Where something is missing, or a standard is marked already.
    """
    grade = form.get("grade", "")
    if grade not in grades(home):
        raise SchooldayError("choose a grade of the district's schools")
    first = typed.a_date(form, "first", "from when they are essential")
    last = typed.an_end(form, "last", "until when")
    if last is not None and last < first:
        raise SchooldayError("the last date lies before the first; correct the dates")
    source = typed.a_text(form, "source", "who decided it where")
    made = [Essential(home.pk, one, grade, first, last, who, source) for one in typed.standards(form)]
    _refuse_twice([*reads.essentials(home), *made])
    return made


def _refuse_twice(some: list[Essential]) -> None:
    twice = [
        one for one in check_essentials(some, reads.framework()) if one.code == "learning.essential_twice"
    ]
    if twice:
        raise SchooldayError(twice[0].said)


def standing_marks(day: date, grade: str = "") -> list[tuple[models.Mark, Standard]]:
    """Return the marks that hold on a date, with their standards, by grade and code."""
    known = reads.framework().standards
    found = [
        (one, known[one.standard])
        for one in reads.marks()
        if one.standard in known and grade in ("", one.grade) and (one.last is None or day <= one.last)
    ]
    return sorted(found, key=lambda pair: (order(pair[0].grade), pair[1].name))


def choices(grade: str, day: date) -> list[Standard]:
    """Return the standards of a grade that are not marked, those of its own grade alone first."""
    marked = {one.standard for one, _ in standing_marks(day, grade)}
    inside = "K" if grade == "TK" else grade
    framework = reads.framework()
    found = [
        one
        for one in framework.standards.values()
        if inside in one.grades and one.statement and one.id not in marked
        and len(framework.within(one.id)) == 1
    ]  # fmt: skip
    return sorted(found, key=lambda one: (one.subject, len(one.grades), one.name))


def odd(home: District) -> list[Finding]:
    """Return what is odd about the marks that stand."""
    return check_essentials(reads.essentials(home), reads.framework())
