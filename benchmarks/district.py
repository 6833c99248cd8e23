"""The whole demonstration district: seconds and memory of each step, and the peer it is held against.

`python -m benchmarks.district` prints a Markdown table. The named peer of planning is the independent check
itself: how much CPU it takes to judge the district beside making it.
"""

from __future__ import annotations

import os
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import TypeVar

from schoolday.files.rosters import read_roster
from schoolday.files.rulebooks import load
from schoolday.ground.finding import broken
from schoolday.sample import write_sample
from schoolday.timetable.check import check
from schoolday.timetable.check.cost import cost
from schoolday.timetable.check.verdict import findings
from schoolday.timetable.dates import Dates
from schoolday.timetable.district import Done, Effort, better, facing, lawful
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.plan import Plan
from schoolday.timetable.solve.warm import warm

DAY, SEED = date(2020, 9, 8), 2020
Answer = TypeVar("Answer")
rows: list[tuple[str, float, float, str]] = []


def timed(what: str, work: Callable[[], Answer], said: Callable[[Answer], str] = lambda _: "") -> Answer:
    wall, cpu = time.perf_counter(), _cpu()
    answer = work()
    rows.append((what, time.perf_counter() - wall, _cpu() - cpu, said(answer)))
    print(f"{what}: {rows[-1][1]:.1f} s, {rows[-1][2]:.1f} CPU s; {rows[-1][3]}", flush=True)
    return answer


def _cpu() -> float:
    own, children = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime


def _sweep(work: Callable[[ProcessPoolExecutor], Answer]) -> Answer:
    """Run in a pool that ends with the work, so that its CPU seconds are counted."""
    with ProcessPoolExecutor(os.cpu_count()) as pool:
        return work(pool)


def quiet(done: Done) -> None:
    return None


def said_of(weeks: dict[str, SchoolWeek]) -> str:
    hard = sum(len(broken(check(week.problem, week.timetable))) for week in weeks.values())
    return f"{len(weeks)} schools, {hard} hard findings, {costs(weeks)}"


def costs(weeks: dict[str, SchoolWeek]) -> str:
    found = [cost(week.problem, week.timetable) for week in weeks.values()]
    parts = {
        name: sum(getattr(one, name) for one in found) for name in ("clashes", "gaps", "starts", "total")
    }
    return ", ".join(f"{name} {number:,}" for name, number in parts.items())


def main() -> None:
    timed("compile or load the search", warm)
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "roster.zip"
        timed("make and write the sample", lambda: write_sample("sacramento", source))
        reading = timed("read and check the roster", lambda: read_roster(source, day=DAY))
    assert reading.roster is not None
    at = Dates(reading.roster, load(None))
    questions = timed(
        "draft every school",
        lambda: list(at.questions(DAY)),
        lambda all_: f"{sum(q.meetings for q in all_):,} meetings",
    )
    results = timed(
        "a lawful week for every school",
        lambda: _sweep(
            lambda pool: lawful(questions, pool, seed=SEED, report=quiet, clock=time.perf_counter, seconds=60)
        ),
    )
    weeks = {q.school: SchoolWeek(q, found) for q in questions if (found := results[q.school].timetable)}
    weeks = facing(weeks, reading.roster)
    timed("judge the weeks", lambda: said_of(weeks), str)
    for steps in (20,):
        weeks = timed(
            f"improve, {steps} steps for each meeting",
            lambda steps=steps, weeks=weeks: _sweep(
                lambda pool: better(weeks, at.roster, pool, effort=Effort(steps), seed=steps, report=quiet)
            ),
            said_of,
        )
    plan = Plan(at.roster.district, DAY, SEED, weeks)
    timed(
        "judge one date and the weeks from roster and rules",
        lambda: list(findings(at, plan, DAY, DAY)),
        lambda found: f"{len(broken(found))} hard findings",
    )
    _print()


def _print() -> None:
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    worker = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 2**20
    print("\n| step | wall s | CPU s | result |\n| --- | --- | --- | --- |")
    for what, wall, cpu, said in rows:
        print(f"| {what} | {wall:.1f} | {cpu:.1f} | {said} |")
    print(f"\nPeak memory: {own:.2f} GiB in the parent, {worker:.2f} GiB in the largest worker.")


if __name__ == "__main__":
    main()
