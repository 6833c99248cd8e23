"""Results whose day cannot be the day of an assessment: they stand under Learning, and are named."""

from __future__ import annotations

from collections import Counter
from datetime import date

from schoolday.calendar.days import DayKind
from schoolday.ground.finding import Finding, Status
from schoolday.learning.points import taken
from schooldesk import clock
from schooldesk.day.request import calendar
from schooldesk.learning import models, reads
from schooldesk.roster.models import District


def falls(home: District, day: date) -> str:
    """Return why no assessment can have been on a day, in words; empty where one can."""
    if day > clock.today(home.timezone):
        return "that day has not come yet"
    return "" if calendar(home).kind(day) is DayKind.SCHOOL else "that is no school day"


def left_out(home: District, entry: models.Entry) -> list[Finding]:
    """Return which results of an entry are not on the record, by exam and day, and why."""
    rows = [reads.score(row) for row in models.Score.objects.filter(entry=entry)]
    known = reads.exams({one.exam for one in rows})
    there = ((known[one.exam], one) for one in rows if one.exam in known)
    some = {(exam.id, one.pupil, one.day) for exam, one in there if taken(exam, [one])}
    found = []
    for (code, day), number in sorted(Counter((code, day) for code, _pupil, day in some).items()):
        exam, why = known[code], falls(home, day)
        if not why and reads.section(home, exam.section) is None:
            why = "the roster has no such class any more"
        if why:
            found.append(_finding(exam.title, exam.section, day, number, why))
    return found


def _finding(title: str, section: str, day: date, number: int, why: str) -> Finding:
    some = f"{number} results" if number > 1 else "a result"
    said = f"{some} of {title[:60]!r} on {day}: not on the record as an assessment, since {why}"
    mend = "correct the day of the results, or enter the assessment on the day on which it was given"
    where = (f"section {section}", day.isoformat())
    return Finding("learning.not_recorded", said, Status.UNVERIFIED, where, number, None, mend=mend)
