"""Exams and results as they were typed; one fault, and nothing of a class is kept."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace

from django.http import QueryDict

from schoolday.ground.errors import SchooldayError
from schoolday.learning.exams import Chooser, Exam, Grading, Score
from schoolday.learning.points import highest, points, share_of
from schoolday.roster import Pupil, Section
from schooldesk.learning import typed
from schooldesk.learning.reads import framework

SUBJECTS = {"math": ("math", "algebra", "geometry"), "ela": ("english", "language arts", "reading")}
"""What in a section's title or subject says that it teaches a subject of the standards."""
WORDS = {"e": Grading.EXEMPT, "-": Grading.NOT_SUBMITTED}
"""What may be typed in place of points: excused, and not handed in."""


def new_exam(form: QueryDict, section: str, by: str) -> Exam:
    """Return an exam that a teacher gives their class.

    Raises
    ------
    SchooldayError
        Where something is missing or will not do.
    """
    items = typed.a_number(form, "items", "how many questions it has", most=200)
    most = typed.a_count(form, "most", "the highest score", least=1) or items
    return Exam(
        "", typed.a_text(form, "title", "what the exam is called"), section,
        typed.a_date(form, "day", "the date of the exam"), typed.standards(form), Chooser.TEACHER, by,
        items=items, most=float(most),
    )  # fmt: skip


def district_exams(form: QueryDict, sections: Iterable[Section], grades: Collection[str]) -> list[Exam]:
    """Return an exam that the district gives every class of a grade, and of its standards' subjects."""
    grade = form.get("grade", "")
    if grade not in grades:
        raise SchooldayError("choose the grade that takes it")
    one = replace(new_exam(form, "", ""), chooser=Chooser.DISTRICT, by="district", grades=(grade,))
    common = f"{one.title[:100]} {one.day} {grade}"
    asked = {framework().standards[name].subject for name in one.standards}
    found = [
        replace(one, section=section.id, common=common)
        for section in sections
        if grade in section.grades and teaches(section, asked)
    ]
    if not found:
        raise SchooldayError(f"no class of grade {grade} teaches the subject of these standards")
    return found


def teaches(section: Section, subjects: Collection[str]) -> bool:
    """Whether a section teaches one of some subjects: a homeroom all, others by their name."""
    words = f"{section.title} {section.subject}".casefold()
    return section.kind == "homeroom" or any(
        word in words for one in subjects for word in SUBJECTS.get(one, (one.casefold(),))
    )


def once(form: Mapping[str, str]) -> str:
    """Return the form's own name, by which sending it twice keeps it once; empty where it has none."""
    return form.get("once", "")[:40]


@dataclass(frozen=True)
class Results:
    """What was typed for a class: what is new, and what is wrong by pupil."""

    scores: list[Score]
    wrong: dict[str, str]


def results(
    form: Mapping[str, str], exam: Exam, pupils: Iterable[Pupil], stood: Mapping[str, Score]
) -> Results:
    """Return the results that differ from those that stood; an emptied field takes a result back.

    A correction keeps the day of what it corrects.
    """
    found = Results([], {})
    for one in pupils:
        text, old = form.get(f"points-{one.id}", "").strip(), stood.get(one.id)
        if text == shown(exam, old):
            continue
        try:
            found.scores.append(_score(text, replace(exam, day=old.day) if old else exam, one.id))
        except SchooldayError as error:
            found.wrong[one.id] = str(error)
    return found


def _score(text: str, exam: Exam, pupil: str) -> Score:
    if not text:
        return Score(exam.id, pupil, exam.day, None, Grading.OTHER)
    if text.casefold() in WORDS:
        return Score(exam.id, pupil, exam.day, None, WORDS[text.casefold()])
    try:
        return Score(exam.id, pupil, exam.day, share_of(text, exam))
    except ValueError:
        most = highest(exam) or 1.0
        said = f"{text[:20]!r} will not do: write points, {exam.least:g} to {most:g}, e or -"
        raise SchooldayError(said) from None


def shown(exam: Exam, score: Score | None) -> str:
    """Return a result as it is typed; nothing where none is known."""
    if score is None:
        return ""
    if score.share is None:
        return next((text for text, one in WORDS.items() if one is score.grading), "")
    return points(exam, score.share)
