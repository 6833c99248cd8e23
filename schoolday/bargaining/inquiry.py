"""An inquiry: some positions and some schools, and what comes of each school's week, one by one.

What a school's week came to is a small value that can be kept: its placements, and why not everything fits.
The question itself is made again from the roster and the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Executor, as_completed
from dataclasses import dataclass, replace
from functools import cached_property

from schoolday.bargaining.carried import Carried, Effort, Ground, Minutes, by_grade, carry_all
from schoolday.bargaining.whatif import Broken, Position, against
from schoolday.rules import Standing
from schoolday.timetable.builder import DraftRefused
from schoolday.timetable.check import check
from schoolday.timetable.district import Effort as Sweep
from schoolday.timetable.district import facing, found, sweep
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.solve.conflict import Conflict
from schoolday.timetable.timetable import Timetable

ALONE, TOGETHER = 0, 1
"""The rounds: each school by itself; then each with the others' hours known."""

USUAL = Effort()

Key = tuple[int, int, str]


@dataclass(frozen=True)
class Reached:
    """What one position came to at one school in one round.

    Parameters
    ----------
    position
        Its place among the inquiry's positions.
    round
        `ALONE` or `TOGETHER`.
    school
        The school's id.
    timetable
        The lawful week that was found; None where none was, or where no question could be put.
    lost
        The ids of services (or groups of them) that this week leaves out.
    conflict
        Where not everything fits: the smallest set of reasons that was proved, or None.
    """

    position: int
    round: int
    school: str
    timetable: Timetable | None = None
    lost: tuple[str, ...] = ()
    conflict: Conflict | None = None

    @property
    def key(self) -> Key:
        """What tells it from the others of its inquiry."""
        return self.position, self.round, self.school

    @property
    def whole(self) -> bool:
        """Whether everything fits."""
        return self.timetable is not None and not self.lost


@dataclass(frozen=True)
class Asked:
    """One position's question: each school's draft, what stands against it already, and who has no draft."""

    position: Position
    standing: Standing
    minutes: Minutes
    problems: Mapping[str, TimetableProblem]
    broken: tuple[Broken, ...]
    unplanned: tuple[str, ...]


@dataclass(frozen=True)
class Inquiry:
    """What some positions would do to the days of some schools.

    Where there are several schools, brothers and sisters across them are taken into account: a second round
    follows in which every school knows the others' hours.

    Parameters
    ----------
    ground
        The district, the date and the way of schooling.
    positions, schools
        Which positions, and whose days.
    seed, effort
        The same seed and effort give the same answer on every machine.
    """

    ground: Ground
    positions: tuple[Position, ...]
    schools: tuple[str, ...]
    seed: int
    effort: Effort = USUAL

    @cached_property
    def asked(self) -> tuple[Asked, ...]:
        """Each position's question.

        Raises
        ------
        SchooldayError
            For a school that the roster has not, a date without pupils, or one for which no rule stands.
        """
        return tuple(_asked(self.ground, position, self.schools) for position in self.positions)

    @property
    def rounds(self) -> tuple[int, ...]:
        """The rounds that are gone through."""
        return (ALONE, TOGETHER) if len(self.schools) > 1 else (ALONE,)

    @property
    def keys(self) -> list[Key]:
        """Every result that there will be, by its key."""
        every = range(len(self.positions))
        return [(at, turn, school) for at in every for turn in self.rounds for school in self.schools]

    def reach(self, executor: Executor, done: Iterable[Reached] = ()) -> Iterator[Reached]:
        """Yield every result that is not among those `done`, as it comes; all first rounds run in parallel.

        Which come first depends on the machine; what is said of each does not. A run that goes on from `done`
        says what a run from the start would.

        Parameters
        ----------
        executor
            What carries the jobs, the longest first.
        done
            Results of an earlier run with the same inquiry. One that does not fit is reached again.
        """
        known = {one.key: one for one in done if self.fits(one)}
        for one in self._alone(executor, known):
            known[one.key] = one
            yield one
        for at in range(len(self.positions) if TOGETHER in self.rounds else 0):
            yield from self._together(at, executor, known)

    def fits(self, one: Reached) -> bool:
        """Say whether a result is of this inquiry, and its week lawful by the independent check."""
        if one.key not in self.keys:
            return False
        if one.timetable is None:
            return True
        week = self.week(one)
        named = {activity.id for activity in week.problem.activities} if week else set()
        if week is None or any(placed.activity not in named for placed in one.timetable.placements):
            return False
        return not check(week.problem, week.timetable)

    def week(self, one: Reached) -> SchoolWeek | None:
        """Return the question that a result answers, with its answer; None where there is none."""
        problem = self.asked[one.position].problems.get(one.school)
        if problem is None or one.timetable is None:
            return None
        stays = tuple(each for each in problem.activities if each.source not in one.lost)
        return SchoolWeek(replace(problem, activities=stays), one.timetable)

    def weeks(self, at: int, known: Mapping[Key, Reached]) -> dict[str, SchoolWeek]:
        """Return one position's weeks after the last round, each facing the others' hours."""
        found = {}
        for turn in self.rounds:
            for school in self.schools:
                week = self.week(known[at, turn, school])
                if week is not None:
                    found[school] = week
        return facing(found, self.ground.roster)

    def _alone(self, executor: Executor, known: Mapping[Key, Reached]) -> Iterator[Reached]:
        waiting: list[tuple[int, TimetableProblem]] = []
        for at, asked in enumerate(self.asked):
            for school in asked.unplanned:
                if (at, ALONE, school) not in known:
                    yield Reached(at, ALONE, school)
            waiting += [(at, p) for p in asked.problems.values() if (at, ALONE, p.school) not in known]
        jobs = carry_all([problem for _, problem in waiting], executor, self.seed, self.effort)
        places = {job: at for job, (at, _) in zip(jobs, waiting, strict=True)}
        for job in as_completed(jobs):
            yield _alone(places[job], job.result())

    def _together(self, at: int, executor: Executor, known: Mapping[Key, Reached]) -> Iterator[Reached]:
        alone = {school: known[at, ALONE, school] for school in self.schools}
        weeks = {school: week for school, one in alone.items() if (week := self.week(one))}
        told = {
            school: one.timetable for school in self.schools if (one := known.get((at, TOGETHER, school)))
        }
        if len(weeks) > 1:
            effort = Sweep(self.effort.steps)
            for done in sweep(weeks, self.ground.roster, executor, effort=effort, seed=self.seed, known=told):
                told[done.school] = found(done.result)
                yield Reached(at, TOGETHER, done.school, found(done.result), alone[done.school].lost)
        for school in self.schools:
            if school not in told:
                yield Reached(at, TOGETHER, school)


def _alone(at: int, carried: Carried) -> Reached:
    table = carried.week.timetable if carried.week else None
    return Reached(at, ALONE, carried.problem.school, table, carried.lost, carried.conflict)


def _asked(ground: Ground, position: Position, schools: Iterable[str]) -> Asked:
    ground.refuse(position.rulebook, schools)
    standing = ground.standing(position.rulebook)
    bands = {school: ground.bands(school) for school in schools}
    every = sorted({band for mine in bands.values() for band in mine}, key=by_grade)
    minutes = ground.minutes(standing, every)
    named = dict.fromkeys(grade for grade, _ in every)
    wrong = [*against(position, standing, named, ground.way), *_refused(minutes)]
    problems: dict[str, TimetableProblem] = {}
    for school in schools:
        if minutes.refused.keys() & set(bands[school]):
            continue
        try:
            problems[school] = ground.problem(school, minutes, standing)
        except DraftRefused as error:
            wrong.append(Broken(str(error), (), school))
    unplanned = tuple(school for school in schools if school not in problems)
    return Asked(position, standing, minutes, problems, tuple(wrong), unplanned)


def _refused(minutes: Minutes) -> Iterator[Broken]:
    """Yield each set of clauses that leaves some grades no plan of minutes, once for all of them."""
    found: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for (grade, _), error in minutes.refused.items():
        found.setdefault(error.clauses, []).append((grade, str(error)))
    for clauses, rows in found.items():
        named = ", ".join(dict.fromkeys(grade for grade, _ in rows))
        yield Broken(f"{rows[0][1]}\nThe same for grades {named}." if len(rows) > 1 else rows[0][1], clauses)
