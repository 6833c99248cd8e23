"""Whether a school's week can carry a position: its plans of minutes, its draft, and a lawful timetable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from schoolday.bargaining.whatif import Broken
from schoolday.calendar.days import DayKind
from schoolday.ground.errors import NoProgram, SchooldayError
from schoolday.ground.finding import Finding, broken
from schoolday.ground.grades import order
from schoolday.ground.ids import stable_number
from schoolday.program import DEFAULT, Band, DayPlan, build
from schoolday.program.days import calendar
from schoolday.program.question import question
from schoolday.roster import Roster
from schoolday.rules import Rulebook, Standing, Way
from schoolday.timetable.check import check
from schoolday.timetable.check.dates import check_dates
from schoolday.timetable.dated import school_day
from schoolday.timetable.draft import draft
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.problem import TimetableProblem, What
from schoolday.timetable.shifts import shifts
from schoolday.timetable.solve import solve
from schoolday.timetable.solve.conflict import Conflict, conflict
from schoolday.timetable.timetable import Outcome, Steps, Timetable

COURSES = 6
"""Courses of a pupil in a school of courses, as the plans of a district take them."""

ROUNDS = 4
"""How often services that found no place are left out before a week is given up."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How hard to try: chains of improvement for each meeting, and the work spent on naming a conflict.

    Neither is a time, so that the same seed gives the same answer on every machine.
    """

    steps: int = 20
    conflict: float = 10.0


@dataclass(frozen=True)
class Minutes:
    """The plans of minutes under one position: each band's plan, or why it has none."""

    plans: Mapping[Band, DayPlan]
    refused: Mapping[Band, NoProgram]


def by_grade(band: Band) -> tuple[int, str]:
    """Return what puts grades and kinds of class in the order that people have them in."""
    return order(band[0]), band[1]


@dataclass
class Ground:
    """What stays the same under every position: the district, the date and the way of schooling.

    It keeps the plans it has made: a plan follows from what the rules ask of a grade's minutes and from
    nothing else, so that packages which differ in other terms share it.
    """

    roster: Roster
    day: date
    way: Way = Way.DISTANCE
    _kept: dict[object, DayPlan | NoProgram] = field(default_factory=dict)

    @cached_property
    def enrolled(self) -> Mapping[str, Sequence[str]]:
        """The pupils in each section on the date."""
        return self.roster.enrolled(self.day)

    @cached_property
    def shifts(self) -> Mapping[str, int]:
        """Early or late for each self-contained class, as the district's plan has it."""
        return shifts(self.roster, self.enrolled)

    def bands(self, school: str) -> tuple[Band, ...]:
        """Return the grades and kinds of class of a school's pupils on the date."""
        pupils = self.roster.pupils
        found = {
            (pupils[pupil].grade, section.kind)
            for section in self.roster.sections_at.get(school, ())
            for pupil in self.enrolled.get(section.id, ())
        }
        return tuple(sorted(found, key=by_grade))

    def refuse(self, rulebook: Rulebook, schools: Iterable[str]) -> None:
        """Refuse, in words, a school that the roster has not, or a date without pupils."""
        for school in schools:
            if not self.roster.pupils_at.get(school):
                some = ", ".join(name for name, pupils in list(self.roster.pupils_at.items())[:6] if pupils)
                raise SchooldayError(
                    f"{self.roster.name} has no school {school!r} with pupils; among its schools are {some}"
                )
        if self.way not in (Way.DISTANCE, Way.INDEPENDENT_STUDY):
            raise SchooldayError("a week is planned for distance or independent study; choose one of them")
        if not self.roster.places:
            raise SchooldayError(f"nobody says where {self.roster.district} lies; add schoolday/district.csv")
        kind = calendar(self.roster.calendar, rulebook, self.roster.places).kind(self.day)
        if kind is not DayKind.SCHOOL:
            raise SchooldayError(f"{self.day} has no pupils ({kind.value}); choose a school day")

    def standing(self, rulebook: Rulebook) -> Standing:
        """Return the rules of a what-if that stand on the date in the district."""
        return rulebook.on(self.day, frozenset(self.roster.places))

    def minutes(self, standing: Standing, bands: Iterable[Band]) -> Minutes:
        """Return each band's plan of minutes under the standing rules, or the clauses that leave none."""
        plans, refused = {}, {}
        for band in bands:
            found = self._plan(standing, band)
            if isinstance(found, NoProgram):
                refused[band] = found
            else:
                plans[band] = found
        return Minutes(plans, refused)

    def _plan(self, standing: Standing, band: Band) -> DayPlan | NoProgram:
        grade, kind = band
        key = (band, question(standing, grade, kind, COURSES, self.way, DEFAULT).demands)
        if key not in self._kept:
            try:
                self._kept[key] = build(standing, grade=grade, kind=kind, courses=COURSES, way=self.way)
            except NoProgram as error:
                self._kept[key] = error
        return self._kept[key]

    def problem(self, school: str, minutes: Minutes, standing: Standing) -> TimetableProblem:
        """Return the question of a school's week; DraftRefused where the roster has faults."""
        return draft(
            self.roster,
            school,
            minutes.plans,
            standing,
            day=self.day,
            shifts=self.shifts,
            enrolled=self.enrolled,
        )


@dataclass(frozen=True)
class Carried:
    """How a school's week came out.

    Parameters
    ----------
    problem
        The whole question.
    week
        A lawful week, of the whole question or without the services in `lost`; None where none was found.
    lost
        The ids of services (or groups of them) that found no place beside everything else.
    conflict
        Where not everything fits: the smallest set of reasons that was proved, or None.
    unplaced
        Where no week was found at all: the activities that found no place, hardest first.
    """

    problem: TimetableProblem
    week: SchoolWeek | None
    lost: tuple[str, ...] = ()
    conflict: Conflict | None = None
    unplaced: tuple[str, ...] = ()

    @property
    def whole(self) -> bool:
        """Whether everything fits."""
        return self.week is not None and not self.lost


def carry(problem: TimetableProblem, seed: int, effort: Effort) -> Carried:
    """Plan a school's week; where not everything fits, leave out services, and name what conflicts.

    That nothing was found is no proof; only `Carried.conflict` is one.
    """
    whole = carry_whole(problem, seed, effort)
    lost: set[str] = set()
    rest, unplaced = problem, whole.unplaced
    for _ in range(0 if whole.week else ROUNDS):
        more = _in_the_way(rest, unplaced)
        if not more:
            break
        lost |= more
        rest = replace(rest, activities=tuple(one for one in rest.activities if one.source not in lost))
        week, unplaced = _solved(rest, seed, effort)
        if week is not None:
            return Carried(problem, week, tuple(sorted(lost)), whole.conflict)
    return whole


def carry_whole(problem: TimetableProblem, seed: int, effort: Effort) -> Carried:
    """Plan a school's week with everything in it or not at all; where it is not, name what conflicts."""
    week, unplaced = _solved(problem, seed, effort)
    why = conflict(problem, effort=effort.conflict) if week is None else None
    return Carried(problem, week, (), why, unplaced)


def _solved(
    problem: TimetableProblem, seed: int, effort: Effort
) -> tuple[SchoolWeek | None, tuple[str, ...]]:
    """Return a lawful week, or None with the activities that found no place."""
    own_seed = stable_number(str(seed), problem.school) % 2**31
    result = solve(problem, stop=Steps(effort.steps * problem.meetings), seed=own_seed)
    if result.timetable is None or result.outcome is not Outcome.LAWFUL:
        return None, result.unplaced
    return _judged(problem, result.timetable), ()


def _judged(problem: TimetableProblem, timetable: Timetable) -> SchoolWeek:
    """Return a week that the independent check has found lawful."""
    found = check(problem, timetable)
    if found:
        raise SchooldayError(f"the search and the check disagree on school {problem.school}: {found[0].said}")
    return SchoolWeek(problem, timetable)


def _in_the_way(problem: TimetableProblem, unplaced: Sequence[str]) -> set[str]:
    """Return the services that found no place, or else those of the people of what found none."""
    services = {one.id: one for one in problem.activities if one.what is What.SERVICE}
    found = {services[name].source for name in unplaced if name in services}
    if found:
        return found
    stuck = [one for one in problem.activities if one.id in set(unplaced)]
    people = {name for one in stuck for name in (*one.teachers, *one.pupils)}
    return {one.source for one in services.values() if people.intersection((*one.teachers, *one.pupils))}


def broken_day(ground: Ground, minutes: Minutes, standing: Standing, week: SchoolWeek) -> Iterator[Broken]:
    """Yield what the independent check of the dated day finds broken, one line for each kind and clause.

    A week can be lawful and its day not: independent work is laid only on the date, and may find no time.
    """
    day = school_day(week, ground.roster, minutes.plans, standing, ground.day)
    found: dict[tuple[str, tuple[str, ...]], list[Finding]] = {}
    for one in broken(check_dates(ground.roster, standing, day)):
        found.setdefault((one.code, one.clauses), []).append(one)
    for (code, clauses), rows in found.items():
        yield Broken(f"{rows[0].said} ({code})", clauses, week.problem.school, len(rows))


def carry_all(
    problems: Sequence[TimetableProblem], executor: Executor, seed: int, effort: Effort
) -> list[Future[Carried]]:
    """Start a job for each question, the longest first; return them in the order asked."""
    order = sorted(range(len(problems)), key=lambda at: (-problems[at].meetings, problems[at].school))
    jobs = {at: executor.submit(carry, problems[at], seed, effort) for at in order}
    return [jobs[at] for at in range(len(problems))]
