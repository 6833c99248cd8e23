"""Exams and scores: who chose an exam, what it asks about, and what a score is evidence of.

An exam is any assessment of what pupils have learned, a quiz of a class as well as the district's own test.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schoolday.learning.standards import Framework


class Chooser(StrEnum):
    """Who chose an exam; where nobody says, it is not counted as the district's."""

    DISTRICT = "district"
    TEACHER = "teacher"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Exam:
    """One exam in one section.

    Parameters
    ----------
    id, title, section
        Its id (that of the OneRoster line item), its name, and the section that it was given in.
    day
        The date by which it was due.
    standards
        Ids of the standards that it asks about.
    chooser, by
        Who chose it; the office or the member of staff.
    common
        One name for the exam in all sections that took it; its id where it is of one section alone.
    grades
        The grades of the section that it was for; all of them where none is named.
    items
        How many questions it has; None where nobody says.
    most, least
        The highest and the lowest score; `most` is None where nobody says.
    """

    id: str
    title: str
    section: str
    day: date
    standards: tuple[str, ...] = ()
    chooser: Chooser = Chooser.UNKNOWN
    by: str = ""
    common: str = ""
    grades: tuple[str, ...] = ()
    items: int | None = None
    most: float | None = None
    least: float = 0.0

    @property
    def name(self) -> str:
        """What it is counted by: its common name, or its own id."""
        return self.common or self.id


class Grading(StrEnum):
    """How far a piece of work was graded; only what is graded whole is evidence."""

    GRADED = "fully_graded"
    PARTLY = "partially_graded"
    SUBMITTED = "submitted"
    NOT_SUBMITTED = "not_submitted"
    EXEMPT = "exempt"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Score:
    """What a pupil reached in an exam, or in what it asks about one standard.

    `share` is the part of the points that was reached, 0 to 1; None where it is not known, which is
    never zero. Work that was not handed in, is missing or excused has none.
    """

    exam: str
    pupil: str
    day: date
    share: float | None
    grading: Grading = Grading.GRADED
    standard: str = ""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one exam shows of one pupil and standard.

    `share` of `trials` questions were answered rightly. Where only the whole exam has a score and it asks
    about several standards, nobody knows which questions those were: then `share` is that of the whole, and
    the true one lies anywhere from `least` to `most`.
    """

    pupil: str
    standard: str
    day: date
    share: float
    trials: float
    exam: str
    least: float
    most: float


def evidence(
    exams: Mapping[str, Exam], scores: Iterable[Score], framework: Framework
) -> tuple[Evidence, ...]:
    """Return what scores show of each pupil and standard, standards above included.

    The questions of an exam are divided evenly among its standards; a score of one standard takes the place
    of that of the whole, on its day. An exam whose number of questions is not known counts as a single one: a
    percentage says nothing of how much was asked. Of two scores of one day the last stands: a row that came
    twice makes nothing surer. A retake on another day is evidence of its own.
    """
    graded = [one for one in scores if one.share is not None and one.grading is Grading.GRADED]
    single = {(one.exam, one.pupil, one.day, one.standard): one for one in graded}
    finer = {(one.exam, one.pupil, one.day) for one in graded if one.standard}
    found: list[Evidence] = []
    for one in single.values():
        exam = exams.get(one.exam)
        if exam is not None and (one.standard or (one.exam, one.pupil, one.day) not in finer):
            found += _shown(exam, one, framework)
    return tuple(sorted(found, key=lambda one: (one.pupil, one.standard, one.day, one.exam)))


def _shown(exam: Exam, score: Score, framework: Framework) -> Iterator[Evidence]:
    asked: Sequence[str] = (score.standard,) if score.standard else exam.standards
    part, share = 1 / max(len(exam.standards), 1), score.share or 0.0
    least, most = (share, share) if score.standard else _ends(share, part)
    for standard in asked:
        for above in framework.above(standard):
            # A pair of standards of which one is within the other is asked about once.
            if above == standard or above not in asked:
                trials = (exam.items or 1) * part
                yield Evidence(score.pupil, above, score.day, share, trials, exam.id, least, most)


def _ends(share: float, part: float) -> tuple[float, float]:
    """Return the least and the most of a part of the questions that can have been right, given the whole."""
    return min(max(0.0, share - (1 - part)) / part, 1.0), min(part, share) / part


def in_dates(some: Iterable[Evidence], first: date | None, last: date | None) -> tuple[Evidence, ...]:
    """Return the evidence of a stretch of dates, both included; None leaves an end open."""
    return tuple(
        one for one in some if (first is None or first <= one.day) and (last is None or one.day <= last)
    )
