"""Made-up marks, exams, scores and recordings for a roster, from a seed; none is about a real child."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from schoolday.ground.ids import stable_number
from schoolday.learning.exams import Chooser, Exam, Grading, Score
from schoolday.learning.recordings import Consent, Recording
from schoolday.learning.standards import Essential, Framework, Standard
from schoolday.roster import Roster, Section

ESSENTIAL, ITEMS = 3, 6
"""Essential standards of a grade and subject; questions on each in the district's exam (assumed)."""
ABSENT = 0.06
"""The share of pupils who hand nothing in (assumed)."""
SUBJECTS = ("math", "ela")
KEPT = timedelta(days=180)
"""How long recordings are kept after the exam (assumed)."""
QUIZ = timedelta(days=21)
"""How long before the district's exam the quizzes are."""


@dataclass(frozen=True)
class Sample:
    """What is made up of learning."""

    essentials: tuple[Essential, ...]
    exams: Mapping[str, Exam]
    scores: tuple[Score, ...]
    recordings: tuple[Recording, ...]
    consents: tuple[Consent, ...]


def learned(
    roster: Roster,
    framework: Framework,
    day: date,
    seed: int,
    after: date | None = None,
    *,
    quiz: timedelta = QUIZ,
) -> Sample:
    """Return made-up essentials of each grade, exams of the district and quizzes of classes, and recordings.

    Parameters
    ----------
    roster, framework, seed
        For whom, of which standards, from what it comes out again.
    day
        The date of the district's exam.
    after
        The date of a second exam of the district, if there is one.
    quiz
        How long before the district's exam the quizzes are.
    """
    essentials = tuple(_essentials(roster, framework, day))
    exams = {one.id: one for one in _exams(roster, framework, essentials, (day, after, day - quiz))}
    scores = tuple(_scores(roster, exams, seed))
    recordings = tuple(_recordings(roster, exams, day))
    return Sample(essentials, exams, scores, recordings, tuple(_consents(roster, recordings, day)))


def _essentials(roster: Roster, framework: Framework, day: date) -> Iterator[Essential]:
    first = date(day.year if day.month > 6 else day.year - 1, 7, 1)
    for grade in sorted({one.grade for one in roster.pupils.values()}):
        for subject in SUBJECTS:
            for one in _some(framework, "K" if grade == "TK" else grade, subject):
                yield Essential(roster.district, one.id, grade, first, None, "board", "Made up")


def _some(framework: Framework, grade: str, subject: str) -> list[Standard]:
    """Return the first few standards of a grade that have words and no parts of their own."""
    found = [
        one
        for one in framework.standards.values()
        if one.subject == subject and grade in one.grades and len(one.grades) < 6 and one.statement
        and len(framework.within(one.id)) == 1
    ]  # fmt: skip
    return found[:ESSENTIAL]


def _exams(
    roster: Roster,
    framework: Framework,
    essentials: Sequence[Essential],
    days: tuple[date, date | None, date],
) -> Iterator[Exam]:
    day, after, quiz = days
    enrolled = roster.enrolled(day)
    for section in roster.sections.values():
        teacher = roster.teachers_of.get(section.id, ("",))[0]
        for grade in sorted({roster.pupils[pupil].grade for pupil in enrolled.get(section.id, ())}):
            for subject in _subjects(section):
                asked = _asked(framework, essentials, grade, subject)
                yield _common(section, f"fall-{subject}-{grade}", asked, grade, day)
                yield _quiz(section, f"quiz-{subject}-{grade}", asked[:1], grade, quiz, teacher)
                if after:
                    yield _common(section, f"winter-{subject}-{grade}", asked, grade, after)


def _asked(
    framework: Framework, essentials: Sequence[Essential], grade: str, subject: str
) -> tuple[str, ...]:
    some = (one.standard for one in essentials if one.grade == grade)
    return tuple(one for one in some if framework.standards[one].subject == subject)


def _common(section: Section, name: str, asked: tuple[str, ...], grade: str, day: date) -> Exam:
    items, title = ITEMS * len(asked), f"Exam {name}"
    return Exam(
        f"{section.id}-{name}", title, section.id, day, asked, Chooser.DISTRICT, "assessment office", name,
        (grade,), items, float(items),
    )  # fmt: skip


def _quiz(section: Section, name: str, asked: tuple[str, ...], grade: str, day: date, teacher: str) -> Exam:
    known, title = f"{section.id}-{name}", f"Quiz {name}"
    return Exam(
        known, title, section.id, day, asked, Chooser.TEACHER, teacher, "", (grade,), ITEMS, float(ITEMS)
    )


def _subjects(section: Section) -> tuple[str, ...]:
    if section.kind == "homeroom":
        return SUBJECTS
    words = f"{section.title} {section.subject}".casefold()
    if "math" in words or "algebra" in words or "geometry" in words:
        return ("math",)
    return ("ela",) if "english" in words else ()


def _scores(roster: Roster, exams: Mapping[str, Exam], seed: int) -> Iterator[Score]:
    enrolled = {day: roster.enrolled(day) for day in {one.day for one in exams.values()}}
    for exam in exams.values():
        for pupil in enrolled[exam.day].get(exam.section, ()):
            if roster.pupils[pupil].grade in exam.grades:
                yield from _taken(exam, pupil, seed)


def _taken(exam: Exam, pupil: str, seed: int) -> Iterator[Score]:
    """Yield a pupil's score of an exam, and of each of its standards where it has several."""
    rng = np.random.default_rng(stable_number("learned", str(seed), pupil, exam.id))
    if rng.random() < ABSENT:
        yield Score(exam.id, pupil, exam.day, None, Grading.NOT_SUBMITTED)
        return
    right = {one: int(rng.binomial(ITEMS, _able(pupil, one, seed))) for one in exam.standards}
    yield Score(exam.id, pupil, exam.day, sum(right.values()) / (exam.items or 1))
    for one, number in right.items() if len(right) > 1 else ():
        yield Score(exam.id, pupil, exam.day, number / ITEMS, standard=one)


def _able(pupil: str, standard: str, seed: int) -> float:
    """Return a pupil's chance to answer a question on a standard rightly, the same in every exam."""
    return float(np.random.default_rng(stable_number("able", str(seed), pupil, standard)).beta(3.0, 1.6))


def _recordings(roster: Roster, exams: Mapping[str, Exam], day: date) -> Iterator[Recording]:
    """Yield the recordings of the two days before the exam in every section that has a teacher."""
    about = {one.section: one.standards[:1] for one in exams.values()}
    for section in roster.sections.values():
        teacher = roster.teachers_of.get(section.id, ("",))[0]
        for lesson in (day - timedelta(days=1), day - timedelta(days=2)) if teacher else ():
            yield Recording(
                f"{section.id}-{lesson.isoformat()}", section.id, lesson, section.title,
                f"https://recordings.example/{section.id}/{lesson.isoformat()}", 40,
                about.get(section.id, ()), teacher, lesson, day + KEPT, (), ("en", "es"),
            )  # fmt: skip


def _consents(roster: Roster, recordings: Sequence[Recording], day: date) -> Iterator[Consent]:
    asked = day - timedelta(days=30)
    principals = [one.id for one in roster.staff.values() if one.role == "principal"]
    for person in sorted({one.posted_by for one in recordings} | set(principals)):
        yield Consent(person, "", True, person, asked)
    teachers = {(section, one) for section, some in roster.teachers_of.items() for one in some}
    for section, person in sorted(teachers):
        yield Consent(person, section, True, person, asked)
