"""Results of the desk whose day cannot be the day of an assessment."""

from __future__ import annotations

from datetime import date

from schoolday.ground.finding import Finding
from schoolday.learning import days as core
from schooldesk import clock
from schooldesk.day.request import calendar
from schooldesk.learning import models, reads
from schooldesk.roster.models import District


def falls(home: District, day: date) -> str:
    """Return why no assessment can have been on a day, in words; empty where one can."""
    return core.falls(calendar(home), day, clock.today(home.timezone))


def left_out(home: District, entry: models.Entry) -> list[Finding]:
    """Return which results of an entry are not on the record, by exam and day, and why."""
    rows = [reads.score(row) for row in models.Score.objects.filter(entry=entry)]
    exams = reads.exams({one.exam for one in rows})
    there = {one.section for one in exams.values() if reads.section(home, one.section)}
    return core.check_recorded(exams, rows, calendar(home), clock.today(home.timezone), there)
