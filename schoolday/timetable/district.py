"""Plan a whole district: every school apart and in parallel, siblings across schools in sweeps.

A school is one job, so that any `concurrent.futures.Executor` can carry it. The first sweep makes every
school lawful. Later sweeps make the tables better: the elementary half of the schools first, with the
siblings' hours at the other half as they stand, then the other half with the new hours. No sweep depends
on which job ends first, so the same seed and steps give the same plan.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future, as_completed
from dataclasses import dataclass, replace
from typing import NamedTuple

from schoolday.ground.ids import stable_number
from schoolday.roster import Roster
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.problem import TimetableProblem, What
from schoolday.timetable.shifts import short_of_devices
from schoolday.timetable.solve import solve
from schoolday.timetable.timetable import (
    AnyOf,
    Clock,
    FirstLawful,
    Outcome,
    Result,
    Seconds,
    Steps,
    Stop,
    Timetable,
)


@dataclass(frozen=True, slots=True)
class Effort:
    """How much work a sweep may do.

    `steps` is for each meeting of a school; `seconds` a ceiling for the whole sweep on one worker, shared
    among schools by their meetings; None means no ceiling and so the same answer on every machine.
    """

    steps: int
    seconds: float | None = None

    def stop(self, meetings: int, all_meetings: int) -> Stop:
        """Return when a school of so many meetings must stop."""
        steps = Steps(self.steps * meetings)
        if self.seconds is None:
            return steps
        return AnyOf((steps, Seconds(self.seconds * meetings / max(all_meetings, 1))))


class Done(NamedTuple):
    """One school's result, as it comes in."""

    school: str
    result: Result
    done: int
    of: int


Report = Callable[[Done], None]


def lawful(
    problems: Sequence[TimetableProblem],
    executor: Executor,
    *,
    seed: int,
    report: Report,
    clock: Clock | None = None,
    seconds: float = 30.0,
) -> dict[str, Result]:
    """Find a lawful timetable for every school, the longest jobs first.

    `seconds` is each school's budget, without which one impossible school would hold up all.
    """
    stop = AnyOf((FirstLawful(), Seconds(seconds)))
    jobs = [(problem, stop, None) for problem in problems]
    results = {}
    for done in _solving(jobs, executor, seed, clock):
        results[done.school] = done.result
        report(done)
    return results


def better(
    weeks: Mapping[str, SchoolWeek],
    roster: Roster,
    executor: Executor,
    *,
    effort: Effort,
    seed: int,
    report: Report,
    clock: Clock | None = None,
) -> dict[str, SchoolWeek]:
    """Improve lawful weeks in one sweep of both halves; what was lawful stays so."""
    now = dict(weeks)
    for done in sweep(weeks, roster, executor, effort=effort, seed=seed, clock=clock):
        report(done)
        now[done.school] = _after(now[done.school], found(done.result))
    return facing(now, roster)


def sweep(
    weeks: Mapping[str, SchoolWeek],
    roster: Roster,
    executor: Executor,
    *,
    effort: Effort,
    seed: int,
    clock: Clock | None = None,
    known: Mapping[str, Timetable | None] | None = None,
) -> Iterator[Done]:
    """Yield each school's result of one sweep as it comes: the first half, then the other with its new hours.

    `known` holds what a sweep that was stopped had found; those schools are not solved again, nor yielded.
    """
    now = dict(weeks)
    tables = dict(known or {})
    meetings = sum(week.problem.meetings for week in weeks.values())
    for half in halves(weeks):
        away = away_masks(now, roster)
        jobs = []
        for school in half:
            if school not in tables:
                problem = with_away(now[school].problem, away)
                jobs.append((problem, effort.stop(problem.meetings, meetings), now[school].timetable))
        for done in _solving(jobs, executor, seed, clock):
            tables[done.school] = found(done.result)
            yield done
        now |= {school: _after(now[school], tables[school]) for school in half}


def found(result: Result) -> Timetable | None:
    """Return the lawful timetable of a result, if it has one."""
    return result.timetable if result.outcome is Outcome.LAWFUL else None


def _after(week: SchoolWeek, table: Timetable | None) -> SchoolWeek:
    return week if table is None else SchoolWeek(week.problem, table)


def facing(weeks: Mapping[str, SchoolWeek], roster: Roster) -> dict[str, SchoolWeek]:
    """Return the weeks with each other's hours as they now stand, so that costs can be compared.

    A clash of siblings at two schools then counts once in the cost of either school.
    """
    away = away_masks(weeks, roster)
    return {
        school: SchoolWeek(with_away(week.problem, away), week.timetable) for school, week in weeks.items()
    }


def halves(weeks: Mapping[str, SchoolWeek]) -> tuple[list[str], list[str]]:
    """Return the schools that are mostly self-contained classes, and the others."""
    first: list[str] = []
    second: list[str] = []
    for school in sorted(weeks):
        activities = weeks[school].problem.activities
        classes = sum(activity.what in (What.WHOLE, What.SMALL) for activity in activities)
        (first if 2 * classes > len(activities) else second).append(school)
    return first, second


def away_masks(weeks: Mapping[str, SchoolWeek], roster: Roster) -> dict[str, list[int]]:
    """Return, for each pupil who must share a device with a sibling elsewhere, the sibling's live slots.

    Grids of different schools are compared by slot number, so schools of one district share a grid;
    where they do not, the sibling's hours are left out.
    """
    live = _live_masks(weeks, _sharers(roster))
    found: dict[str, list[int]] = {}
    for house in roster.households.values():
        if not short_of_devices(house):
            continue
        for pupil in house.pupils:
            others = [
                live[other]
                for other in house.pupils
                if _elsewhere(roster, weeks, pupil, other) and other in live
            ]
            if others:
                found[pupil] = [_either(day) for day in zip(*others, strict=True)]
    return found


def with_away(problem: TimetableProblem, away: Mapping[str, Sequence[int]]) -> TimetableProblem:
    """Return the problem with the siblings' hours elsewhere."""
    mine = {pupil: tuple(away[pupil]) for pupil in problem.pupil_limits if pupil in away}
    return replace(problem, away=mine)


def _elsewhere(roster: Roster, weeks: Mapping[str, SchoolWeek], pupil: str, other: str) -> bool:
    here, there = roster.pupils[pupil].school, roster.pupils[other].school
    if here == there or here not in weeks or there not in weeks:
        return False
    return weeks[here].problem.grid == weeks[there].problem.grid


def _sharers(roster: Roster) -> set[str]:
    houses = filter(short_of_devices, roster.households.values())
    return {pupil for house in houses for pupil in house.pupils}


def _live_masks(weeks: Mapping[str, SchoolWeek], wanted: set[str]) -> dict[str, list[int]]:
    masks: dict[str, list[int]] = {}
    for week in weeks.values():
        activities = {activity.id: activity for activity in week.problem.activities}
        for placement in week.timetable.placements:
            activity = activities[placement.activity]
            bits = ((1 << activity.length) - 1) << placement.slot
            for pupil in wanted.intersection(activity.pupils):
                masks.setdefault(pupil, [0] * week.problem.grid.days)[placement.day] |= bits
    return masks


def _either(masks: Sequence[int]) -> int:
    joined = 0
    for mask in masks:
        joined |= mask
    return joined


Job = tuple[TimetableProblem, Stop, Timetable | None]


def _solving(jobs: Sequence[Job], executor: Executor, seed: int, clock: Clock | None) -> Iterator[Done]:
    longest_first = sorted(jobs, key=lambda job: (-job[0].meetings, job[0].school))
    futures: dict[Future[Result], str] = {}
    for problem, stop, start in longest_first:
        own_seed = stable_number(str(seed), problem.school) % 2**31
        future = executor.submit(_solve, problem, stop, own_seed, start, clock)
        futures[future] = problem.school
    for number, future in enumerate(as_completed(futures), start=1):
        yield Done(futures[future], future.result(), number, len(jobs))


def _solve(
    problem: TimetableProblem, stop: Stop, seed: int, start: Timetable | None, clock: Clock | None
) -> Result:
    return solve(problem, stop=stop, seed=seed, start=start, clock=clock)
