"""Planning as the terminal does it: a pool of processes, progress, and plain words where nothing fits."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

import typer

from schoolday.cli.output import bar, say_error
from schoolday.ground.finding import broken
from schoolday.timetable.check import check
from schoolday.timetable.cost import cost
from schoolday.timetable.dates import Dates
from schoolday.timetable.district import Done, Effort, better, lawful
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.plan import Plan
from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.solve.conflict import conflict
from schoolday.timetable.solve.warm import warm
from schoolday.timetable.timetable import Outcome


@contextmanager
def workers(number: int = 0) -> Iterator[Executor]:
    """Give a pool of processes; the search's compiled code is made once before they start."""
    warm()
    with ProcessPoolExecutor(number or os.cpu_count() or 1) as pool:
        yield pool


def lawful_weeks(
    questions: Sequence[TimetableProblem], pool: Executor, seed: int, seconds: float
) -> dict[str, SchoolWeek]:
    """Return a lawful week for each school; where one has none, say why and end with exit code 3."""
    with bar() as progress:
        task = progress.add_task("lawful", total=len(questions))

        def report(done: Done) -> None:
            progress.update(task, completed=done.done)

        results = lawful(questions, pool, seed=seed, report=report, clock=time.perf_counter, seconds=seconds)
    weeks, stuck = {}, []
    for question in questions:
        result = results[question.school]
        if result.outcome is Outcome.LAWFUL and result.timetable is not None:
            weeks[question.school] = SchoolWeek(question, result.timetable)
        else:
            stuck.append((question, result.unplaced))
    if stuck:
        _say_stuck(stuck)
    return weeks


def _say_stuck(stuck: Sequence[tuple[TimetableProblem, tuple[str, ...]]]) -> None:
    """Say for each school why nothing fits, and end: nothing is relaxed in silence."""
    for question, unplaced in stuck:
        say_error(f"{question.school}: no lawful week was found; hardest to place: {', '.join(unplaced[:5])}")
        found = conflict(question)
        say_error(found.said if found else "no conflict of clauses was proved; give it more --seconds")
    raise typer.Exit(3)


def improved(made: Plan, at: Dates, pool: Executor, seed: int, effort: Effort) -> Plan:
    """Return the plan after one more sweep, with progress shown."""
    with bar() as progress:
        task = progress.add_task("better", total=len(made.weeks))

        def report(done: Done) -> None:
            progress.advance(task)

        weeks = better(
            made.weeks, at.roster, pool, effort=effort, seed=seed, report=report, clock=time.perf_counter
        )
    return Plan(made.district, made.day, made.seed, weeks)


def summary(made: Plan) -> str:
    """Return one line of what was made and what it costs, and check every school's week."""
    meetings = sum(len(week.timetable.placements) for week in made.weeks.values())
    faults = [finding for week in made.weeks.values() for finding in check(week.problem, week.timetable)]
    costs = [cost(week.problem, week.timetable) for week in made.weeks.values()]
    return (
        f"{len(made.weeks)} schools, {meetings:,} weekly meetings, {len(broken(faults))} hard findings; "
        f"siblings live at once on one device {sum(one.clashes for one in costs):,}, "
        f"waiting half-hours {sum(one.gaps for one in costs):,}, "
        f"extra start times {sum(one.starts for one in costs):,}."
    )
