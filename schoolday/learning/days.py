"""Days on which results cannot have come about: they are kept, named, and are no assessment on the record."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import date

from schoolday.calendar.days import Calendar, DayKind
from schoolday.ground.finding import Finding, Status
from schoolday.learning.exams import Exam, Score
from schoolday.learning.points import taken


def falls(calendar: Calendar, day: date, today: date) -> str:
    """Return why no assessment can have been on a day, in words; empty where one can."""
    if day > today:
        return "that day has not come yet"
    return "" if calendar.kind(day) is DayKind.SCHOOL else "that is no school day"


def check_recorded(
    exams: Mapping[str, Exam],
    scores: Iterable[Score],
    calendar: Calendar,
    today: date,
    sections: Collection[str],
) -> list[Finding]:
    """Return which results are no assessments on the record, by exam and day, and why.

    Parameters
    ----------
    exams, scores
        Exams by id, and the results that were entered; those of other exams are passed over.
    calendar, today
        The district's school days, and the date as of which it is.
    sections
        The classes that the roster has.
    """
    there = ((exams[one.exam], one) for one in scores if one.exam in exams)
    some = {(exam.id, one.pupil, one.day) for exam, one in there if taken(exam, [one])}
    found = []
    for (code, day), number in sorted(Counter((code, day) for code, _pupil, day in some).items()):
        exam, why = exams[code], falls(calendar, day, today)
        if not why and exam.section not in sections:
            why = "the roster has no such class any more"
        if why:
            found.append(_finding(exam, day, number, why))
    return found


def _finding(exam: Exam, day: date, number: int, why: str) -> Finding:
    some = f"{number} results" if number > 1 else "a result"
    said = f"{some} of {exam.title[:60]!r} on {day}: not on the record as an assessment, since {why}"
    mend = "correct the day of the results, or enter the assessment on the day on which it was given"
    where = (f"section {exam.section}", day.isoformat())
    return Finding("learning.not_recorded", said, Status.UNVERIFIED, where, number, None, mend=mend)
