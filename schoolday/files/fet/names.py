"""What FET calls our days and slots, and how the weekly parts of activities are numbered there."""

from __future__ import annotations

from collections.abc import Iterator

from schoolday.calendar.days import WEEK
from schoolday.timetable.problem import Activity, TimetableProblem


def day_name(number: int) -> str:
    """Return what FET calls a day."""
    return WEEK[number] if number < len(WEEK) else f"Day {number + 1}"


def hour_name(slot: int) -> str:
    """Return what FET calls a slot."""
    return f"H{slot:02d}"


def weekly_parts(problem: TimetableProblem) -> Iterator[tuple[int, Activity, int]]:
    """Yield each weekly part's number from 1, its activity, and the number of the activity's first part."""
    number = 1
    for activity in problem.activities:
        first = number
        for _ in range(activity.times):
            yield number, activity, first
            number += 1
