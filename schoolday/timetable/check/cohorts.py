"""Check who is in a room on a date, straight from the cohorts, whatever laid the day."""

from __future__ import annotations

from collections.abc import Iterator

from schoolday.calendar.row import Minutes
from schoolday.cohorts import Cohorts
from schoolday.ground.finding import Finding
from schoolday.timetable.meeting import SchoolDay


def check_cohorts(school_day: SchoolDay, cohorts: Cohorts | None) -> Iterator[Finding]:
    """Yield each pupil who is expected in a room on a day at home, or by link on a day at school.

    Parameters
    ----------
    school_day
        The date to judge.
    cohorts
        Who is at school on which days; without any nobody is.
    """
    on = school_day.day
    for one in school_day.meetings:
        for pupil in one.pupils:
            there = cohorts is not None and cohorts.on_site(pupil, on)
            if there is not (one.kind is Minutes.IN_PERSON):
                said = f"pupil {pupil} is at {'school' if there else 'home'} on {on} and is expected "
                said += f"{'by link' if there else 'in a room'} at {one.title} {one.span}"
                where = (school_day.school, f"pupil {pupil}", on.isoformat())
                yield Finding("day.cohort", said, where=where, mend="make the week again from the cohorts")
