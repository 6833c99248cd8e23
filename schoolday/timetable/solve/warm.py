"""Compile the kernel, or load what an earlier process compiled, before the first school waits for it."""

from __future__ import annotations

from dataclasses import replace

from schoolday.ground.spans import Span
from schoolday.timetable.problem import Activity, Grid, Limits, TimetableProblem, What
from schoolday.timetable.solve.run import CHAINS, solve
from schoolday.timetable.timetable import Steps


def warm() -> None:
    """Solve a school of one pupil, so that this process holds all of the compiled kernel.

    Good as the initializer of a pool of workers; workers that are forked after the parent called it
    have the kernel already. The first call on a machine compiles for about half a minute of one core and
    keeps the result (see `compiled.FOLDER`); later processes load it within a second.
    """
    day = Span(480, 540)
    lesson = Activity("a", "a", "a", What.SECTION, "a", ("t",), ("p",), 30, (0, 1), 2)
    # Meetings of unlike lengths use the tables of stretches, and a start uses the laying of placements.
    short = replace(lesson, id="b", minutes=20, times=1)
    problem = TimetableProblem(
        "warm",
        Grid(480, 30, 2, 2),
        (lesson, short),
        {"day": Limits("day", day)},
        {"p": "day"},
        {"t": ("day", "day")},
    )
    first = solve(problem, stop=Steps(CHAINS), seed=0)
    solve(problem, stop=Steps(CHAINS), seed=0, start=first.timetable)
