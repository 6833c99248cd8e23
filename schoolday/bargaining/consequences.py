"""Consequences, by solving: what a position would do to the days of real children and teachers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace

from schoolday.bargaining.carried import Carried, Effort, Ground, Minutes, broken_day, by_grade, carry_all
from schoolday.bargaining.compared import Consequences, Difference, compare, numbers
from schoolday.bargaining.measured import GradeMinutes, TeacherDay, grades, homes, live, lost, teachers
from schoolday.bargaining.whatif import Broken, Position, against
from schoolday.rules import Standing
from schoolday.timetable.builder import DraftRefused
from schoolday.timetable.district import Done, better
from schoolday.timetable.district import Effort as Sweep
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.problem import TimetableProblem

__all__ = ["Consequences", "Difference", "compare", "consequences", "numbers", "rounds"]

Report = Callable[[str], None]
"""Told the name of each school as it is done, once for each position and round."""


def rounds(schools: Sequence[str]) -> int:
    """Return how often a school is gone through: once alone, and once more with the others' hours known."""
    return 2 if len(schools) > 1 else 1


USUAL = Effort()


@dataclass
class _Asked:
    """One position's question, with its schools' drafts and what stands against it already."""

    position: Position
    standing: Standing
    minutes: Minutes
    problems: list[TimetableProblem]
    broken: list[Broken]
    unplanned: list[str]


def consequences(
    ground: Ground,
    positions: Sequence[Position],
    schools: Sequence[str],
    executor: Executor,
    *,
    seed: int,
    effort: Effort = USUAL,
    report: Report = lambda school: None,
) -> list[Consequences]:
    """Return what each position does to some schools' days; all their weeks run in parallel.

    Where there are several schools, brothers and sisters across them are taken into account: a sweep
    follows in which every school knows the others' hours.

    Parameters
    ----------
    ground
        The district, the date and the way of schooling.
    positions, schools
        Which positions, and whose days.
    executor
        What carries the jobs, the longest first.
    seed, effort
        The same seed and effort give the same answer on every machine.
    report
        Told each school's id as its week is done, for each position `rounds` times.

    Raises
    ------
    SchooldayError
        For a school that the roster has not, a date without pupils, or a date for which no rule stands.
    """
    asked = [_asked(ground, position, schools) for position in positions]
    problems = [problem for one in asked for problem in one.problems]
    jobs = iter(carry_all(problems, executor, seed, effort))
    found = []
    for one in asked:
        carried = []
        for _ in one.problems:
            carried.append(next(jobs).result())
            report(carried[-1].problem.school)
        for school in one.unplanned:
            report(school)
        alone = {week.problem.school: week for week in (each.week for each in carried) if week}
        weeks = _swept(alone, ground, schools, executor, seed, effort, report)
        found.append(_told(ground, one, carried, weeks, tuple(schools), seed))
    return found


def _asked(ground: Ground, position: Position, schools: Sequence[str]) -> _Asked:
    ground.refuse(position.rulebook, schools)
    standing = ground.standing(position.rulebook)
    bands = {school: ground.bands(school) for school in schools}
    every = sorted({band for mine in bands.values() for band in mine}, key=by_grade)
    minutes = ground.minutes(standing, every)
    named = dict.fromkeys(grade for grade, _ in every)
    found = [*against(position, standing, named, ground.way), *_refused(minutes)]
    asked = _Asked(position, standing, minutes, [], found, [])
    for school in schools:
        if minutes.refused.keys() & set(bands[school]):
            asked.unplanned.append(school)
            continue
        try:
            asked.problems.append(ground.problem(school, minutes, standing))
        except DraftRefused as error:
            asked.broken.append(Broken(str(error), (), school))
            asked.unplanned.append(school)
    return asked


def _refused(minutes: Minutes) -> Iterator[Broken]:
    """Yield each set of clauses that leaves some grades no plan of minutes, once for all of them."""
    found: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for (grade, _), error in minutes.refused.items():
        found.setdefault(error.clauses, []).append((grade, str(error)))
    for clauses, rows in found.items():
        named = ", ".join(dict.fromkeys(grade for grade, _ in rows))
        yield Broken(f"{rows[0][1]}\nThe same for grades {named}." if len(rows) > 1 else rows[0][1], clauses)


def _swept(
    weeks: Mapping[str, SchoolWeek],
    ground: Ground,
    schools: Sequence[str],
    executor: Executor,
    seed: int,
    effort: Effort,
    report: Report,
) -> Mapping[str, SchoolWeek]:
    """Return the weeks after a sweep in which every school knows the others' hours."""
    if rounds(schools) == 1:
        return weeks
    told: list[str] = []

    def done(one: Done) -> None:
        told.append(one.school)
        report(one.school)

    if len(weeks) > 1:
        weeks = better(weeks, ground.roster, executor, effort=Sweep(effort.steps), seed=seed, report=done)
    for school in schools:
        if school not in told:
            report(school)
    return weeks


def _told(
    ground: Ground,
    asked: _Asked,
    carried: Sequence[Carried],
    weeks: Mapping[str, SchoolWeek],
    schools: tuple[str, ...],
    seed: int,
) -> Consequences:
    roster = ground.roster
    spans = {school: live(week, pupils=True) for school, week in weeks.items()}
    clashes, unasked = homes(roster, spans.values())
    by_grade: list[GradeMinutes] = []
    staff: list[TeacherDay] = []
    against_it = list(asked.broken)
    for one in carried:
        school, week = one.problem.school, weeks.get(one.problem.school)
        own = {band: asked.minutes.plans[band] for band in ground.bands(school)}
        by_grade += grades(own, roster, one.problem, spans.get(school))
        staff += teachers(roster, one.problem, week)
        against_it += _stuck(one)
        against_it += broken_day(ground, asked.minutes, asked.standing, week) if week else ()
    gone = tuple(row for one in carried for row in lost(roster, one.problem.school, one.lost))
    stuck = [one.problem.school for one in carried if one.week is None]
    return Consequences(
        asked.position.name,
        ground.day,
        schools,
        seed,
        _together(by_grade),
        tuple(staff),
        clashes,
        gone,
        tuple(against_it),
        tuple(sorted((*asked.unplanned, *stuck))),
        tuple(_unknown(staff, unasked, len(schools) == len(roster.schools))),
    )


def _together(rows: Iterable[GradeMinutes]) -> tuple[GradeMinutes, ...]:
    """Return one row for each grade and kind of class: the schools' pupils together."""
    found: dict[tuple[str, str], GradeMinutes] = {}
    for row in rows:
        known = found.get((row.grade, row.kind))
        if known is None:
            found[row.grade, row.kind] = row
            continue
        both = known.unbroken is not None and row.unbroken is not None
        longest = max(known.unbroken or 0, row.unbroken or 0) if both else None
        found[row.grade, row.kind] = replace(known, pupils=known.pupils + row.pupils, unbroken=longest)
    return tuple(found[key] for key in sorted(found, key=by_grade))


def _stuck(one: Carried) -> Iterator[Broken]:
    """Yield why not everything fits in a school's week: the smallest set, or that none was proved."""
    if one.whole:
        return
    what = "not every promised service fits" if one.week else "no lawful week was found"
    why = one.conflict.said if one.conflict else "no conflict was proved; a greater effort may find one"
    clauses = one.conflict.clauses if one.conflict else ()
    yield Broken(f"{one.problem.school}: {what}: {why}", clauses, one.problem.school)


def _unknown(staff: Sequence[TeacherDay], unasked: int, whole: bool) -> Iterator[str]:
    free = sum(row.over is None for row in staff)
    if free:
        yield f"nobody says which hours the contracts of {free} of {len(staff)} teachers hold"
    if unasked:
        yield f"nobody has asked {unasked} homes with several children how many devices they have"
    if not whole:
        yield "brothers and sisters at other schools are not counted; the whole district counts them"
