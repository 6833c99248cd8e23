"""A result as it is written in points, and what results say of whether a pupil took an exam."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from schoolday.learning.exams import Exam, Grading, Score

WHOLE, PART = "completed", "partial"
"""How an exam was taken, in the codes of an entry that says that a pupil was assessed."""
_TAKEN = {Grading.GRADED: WHOLE, Grading.SUBMITTED: WHOLE, Grading.PARTLY: PART}
_NOT_TAKEN = frozenset({Grading.EXEMPT, Grading.NOT_SUBMITTED})
_ROUNDED = 0.005
"""How far a written result may lie from the one that was meant: results are written with two decimals."""


@dataclass(frozen=True, slots=True)
class Taken:
    """How a pupil took an exam, and the result as it is written; empty where none is known."""

    how: str
    result: str = ""


def highest(exam: Exam) -> float | None:
    """Return the highest score of an exam: as many points as questions where only these are said."""
    return exam.most or (float(exam.items) if exam.items else None)


def points(exam: Exam, share: float) -> str:
    """Return a share of an exam's points as points, such as ``7.5``; of 1 where nobody says how many."""
    most = highest(exam) or 1.0
    return f"{round(exam.least + share * (most - exam.least), 2):g}"


def written(exam: Exam, share: float) -> str:
    """Return a share of an exam's points with the highest score, such as ``7/10``."""
    return f"{points(exam, share)}/{highest(exam) or 1.0:g}"


def share_of(text: str, exam: Exam) -> float:
    """Return what share of an exam's points was written, as ``7``, ``7,5`` or ``7/10``.

    Raises
    ------
    ValueError
        If it is no number of the exam's points, or is said of another highest score.
    """
    most = highest(exam) or 1.0
    number, slash, whole = text.replace(",", ".").partition("/")
    found = float(number)
    if slash and abs(float(whole) - most) > _ROUNDED:
        raise ValueError(f"{text!r} is not of {most:g} points")
    if not exam.least - _ROUNDED <= found <= most + _ROUNDED:
        raise ValueError(f"{text!r} lies outside {exam.least:g} to {most:g}")
    share = (found - exam.least) / (most - exam.least) if most > exam.least else 1.0
    return min(1.0, max(0.0, share))


def is_points(text: str, exam: Exam) -> bool:
    """Whether words are a result in an exam's points, and not a note."""
    try:
        share_of(text, exam)
    except ValueError:
        return False
    return True


def taken(exam: Exam, scores: Iterable[Score]) -> Taken | None:
    """Return how one pupil took an exam by the results of one day; None where they do not say that it was.

    A result of the whole exam goes before those by standard; what is excused or was not handed in was not
    taken.
    """
    there = list(scores)
    whole = next((one for one in there if not one.standard), None)
    if whole is not None and whole.grading in _TAKEN:
        graded = whole.share is not None and whole.grading is not Grading.SUBMITTED
        return Taken(_TAKEN[whole.grading], written(exam, whole.share or 0.0) if graded else "")
    if whole is not None and whole.grading in _NOT_TAKEN:
        return None
    finer = any(one.standard and one.share is not None and one.grading in _TAKEN for one in there)
    return Taken(WHOLE) if finer else None


def says_not(scores: Iterable[Score]) -> bool:
    """Whether results say outright that the exam was not taken: it was excused, or not handed in."""
    return any(one.grading in _NOT_TAKEN and not one.standard for one in scores)


def grading_of(how: str, share: float | None) -> Grading:
    """Return how far an exam is graded that was taken whole or in part; without a result it was handed in."""
    if how == PART:
        return Grading.PARTLY
    return Grading.GRADED if share is not None else Grading.SUBMITTED
