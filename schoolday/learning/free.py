"""When people are free in their week, so that a group meets and every day stays lawful.

A person is free at a time if nothing else lies there and the day with it still holds to the person's
limits: its hours, live minutes, breaks, lunch and preparation. Independent work is laid around it as around
a meeting.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from schoolday.ground.spans import Span
from schoolday.learning.groups import Time
from schoolday.timetable.check.person import longest_free, longest_unbroken, preparation_left
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.problem import Limits, TimetableProblem

Busy = Mapping[tuple[str, int], Sequence[Span]]
"""The spans in which somebody meets, by person and day of the week."""


def busy_of(week: SchoolWeek) -> Busy:
    """Return when each pupil and teacher of a school's week has meetings."""
    activities = {one.id: one for one in week.problem.activities}
    found: dict[tuple[str, int], list[Span]] = defaultdict(list)
    for placed in week.timetable.placements:
        one = activities[placed.activity]
        start = week.problem.grid.start(placed.slot)
        for who in (*one.teachers, *one.pupils):
            found[who, placed.day].append(Span(start, start + one.minutes))
    return found


def times_of(problem: TimetableProblem, minutes: int) -> tuple[Time, ...]:
    """Return every time of a school's grid at which so many minutes could begin."""
    grid = problem.grid
    starts = (grid.start(slot) for slot in range(grid.slots))
    spans = [Span(start, start + minutes) for start in starts]
    return tuple(Time(day, span) for day in range(grid.days) for span in spans)


def free_pupils(week: SchoolWeek, pupils: Iterable[str], minutes: int) -> dict[str, frozenset[Time]]:
    """Return the times at which each pupil of a school is free; nobody whom the week does not know is."""
    limits, of = week.problem.limits, week.problem.pupil_limits
    busy, times = busy_of(week), times_of(week.problem, minutes)
    return {
        pupil: frozenset(
            time for time in times if fits(time.span, busy.get((pupil, time.day), ()), limits[of[pupil]])
        )
        for pupil in pupils
        if pupil in of
    }


def free_teachers(week: SchoolWeek, teachers: Iterable[str], minutes: int) -> dict[str, frozenset[Time]]:
    """Return the times at which each teacher of a school is free; nobody whom the week does not know is."""
    limits, of = week.problem.limits, week.problem.staff_limits
    busy, times = busy_of(week), times_of(week.problem, minutes)
    return {
        who: frozenset(
            time
            for time in times
            if fits(time.span, busy.get((who, time.day), ()), limits[of[who][time.day]])
        )
        for who in teachers
        if who in of
    }


def fits(span: Span, busy: Sequence[Span], limits: Limits) -> bool:
    """Whether a meeting may be added to somebody's day."""
    window = limits.window
    if window is None or not (window.start <= span.start and span.end <= window.end):
        return False
    if any(span.meets(other) for other in busy):
        return False
    day = [*busy, span]
    return _live_enough(day, limits) and _room_left(day, window, limits)


def _live_enough(day: Sequence[Span], limits: Limits) -> bool:
    if limits.most_live is not None and sum(one.minutes for one in day) > limits.most_live:
        return False
    return limits.longest_live is None or longest_unbroken(day, limits.least_break)[0] <= limits.longest_live


def _room_left(day: Sequence[Span], window: Span, limits: Limits) -> bool:
    if limits.lunch and longest_free(day, limits.lunch) < limits.lunch_minutes:
        return False
    if limits.preparation is None:
        return True
    return preparation_left(day, window, limits.lunch, limits.lunch_minutes) >= limits.preparation
