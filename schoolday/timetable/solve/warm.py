"""Compile the kernel, or load what an earlier process compiled, before the first school waits for it."""

from __future__ import annotations

from schoolday.ground.spans import Span
from schoolday.timetable.problem import Activity, Grid, Limits, TimetableProblem, What
from schoolday.timetable.solve.run import CHAINS, solve
from schoolday.timetable.timetable import Steps


def warm() -> None:
    """Solve a school of one pupil, so that this process holds the compiled kernel.

    Good as the initializer of a pool of workers. The first call on a machine compiles for about half a
    minute and keeps the result beside the sources; later processes load it within a second.
    """
    day = Span(480, 540)
    lesson = Activity("a", "a", "a", What.SECTION, "a", ("t",), ("p",), 30, (0, 1), 2)
    problem = TimetableProblem(
        "warm",
        Grid(480, 30, 2, 2),
        (lesson,),
        {"day": Limits("day", day)},
        {"p": "day"},
        {"t": ("day", "day")},
    )
    solve(problem, stop=Steps(CHAINS), seed=0)
