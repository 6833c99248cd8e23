"""Planning as the terminal does it: a pool of processes, progress, and plain words where nothing fits."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from multiprocessing import active_children
from pathlib import Path
from threading import Thread
from types import FrameType

from schoolday.cli.output import progress
from schoolday.cli.stuck import end_without_week
from schoolday.files.plans import write_plan
from schoolday.ground.finding import Status, broken
from schoolday.roster import Roster
from schoolday.rules import Rulebook
from schoolday.timetable.check import check
from schoolday.timetable.check.cost import cost
from schoolday.timetable.check.evidence import check_evidence
from schoolday.timetable.dates import Dates
from schoolday.timetable.district import Done, Effort, better, lawful
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.plan import Plan
from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.solve.warm import warm
from schoolday.timetable.timetable import Outcome


@contextmanager
def workers(number: int = 0) -> Iterator[Executor]:
    """Give a pool of processes; the search's compiled code is made once before they start."""
    warm()
    before = set(active_children())
    with ProcessPoolExecutor(number or os.cpu_count() or 1, initializer=_quiet) as pool:
        try:
            yield pool
        except KeyboardInterrupt:
            pool.shutdown(wait=False, cancel_futures=True)
            for child in set(active_children()) - before:
                child.terminate()
            raise


def _quiet() -> None:
    """Let Ctrl-C end a worker without a traceback, and the death of its parent end it, too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_follow, args=(os.getppid(),), daemon=True).start()


def _follow(parent: int) -> None:
    """End this process within a second of its parent, which may be killed before it can say so."""
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


@contextmanager
def unbroken() -> Iterator[None]:
    """Hold Ctrl-C back while something is written, so that it is written whole."""
    held: list[int] = []

    def hold(number: int, frame: FrameType | None) -> None:
        held.append(number)

    before = signal.signal(signal.SIGINT, hold)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
    if held:
        raise KeyboardInterrupt


def keep(made: Plan, folder: Path) -> None:
    """Write a plan whole, Ctrl-C or not."""
    with unbroken():
        write_plan(made, folder)


def lawful_weeks(
    questions: Sequence[TimetableProblem],
    pool: Executor,
    seed: int,
    seconds: float,
    rulebook: Rulebook,
    as_json: bool = False,
) -> dict[str, SchoolWeek]:
    """Return a lawful week for each school; where one has none, say why and end with exit code 3."""
    with progress("lawful", len(questions), "schools") as advance:

        def report(done: Done) -> None:
            advance(1)

        results = lawful(questions, pool, seed=seed, report=report, clock=time.perf_counter, seconds=seconds)
    weeks, stuck = {}, []
    for question in questions:
        result = results[question.school]
        if result.outcome is Outcome.LAWFUL and result.timetable is not None:
            weeks[question.school] = SchoolWeek(question, result.timetable)
        else:
            stuck.append((question, result.unplaced))
    if stuck:
        end_without_week(stuck, pool, rulebook, as_json)
    return weeks


def improved(made: Plan, at: Dates, pool: Executor, seed: int, effort: Effort) -> Plan:
    """Return the plan after one more sweep, with progress shown."""
    with progress("better", len(made.weeks), "schools") as advance:

        def report(done: Done) -> None:
            advance(1)

        weeks = better(
            made.weeks, at.homes, pool, effort=effort, seed=seed, report=report, clock=time.perf_counter
        )
    return replace(made, weeks=weeks)


def figures(made: Plan, roster: Roster) -> dict[str, int]:
    """Return what was made and what it costs, every school's week checked."""
    found = list(check_evidence(roster, made))
    found += [finding for week in made.weeks.values() for finding in check(week.problem, week.timetable)]
    costs = [cost(week.problem, week.timetable) for week in made.weeks.values()]
    return {
        "schools": len(made.weeks),
        "meetings": sum(len(week.timetable.placements) for week in made.weeks.values()),
        "broken": len(broken(found)),
        "unverified": sum(finding.status is Status.UNVERIFIED for finding in found),
        "clashes": sum(one.clashes for one in costs),
        "gaps": sum(one.gaps for one in costs),
        "starts": sum(one.starts for one in costs),
    }


def summary(made: Plan, roster: Roster) -> str:
    """Return one line of what was made and what it costs, every school's week checked."""
    found = figures(made, roster)
    return (
        f"{found['schools']} schools, {found['meetings']:,} weekly meetings, "
        f"{found['broken']} hard findings, {found['unverified']} unverified; "
        f"siblings live at once on one device {found['clashes']:,}, "
        f"waiting half-hours {found['gaps']:,}, extra start times {found['starts']:,}."
    )
