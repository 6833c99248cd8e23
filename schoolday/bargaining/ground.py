"""Common ground: which packages of disputed terms are lawful, and which the timetable can carry.

Every package of the grid is judged. What can be shared is: a plan of minutes by all packages that ask the
same of a grade, and a solved week by all packages whose question is the very same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby

from schoolday.bargaining.alike import fingerprint, tighter
from schoolday.bargaining.carried import (
    COURSES,
    Carried,
    Effort,
    Ground,
    Minutes,
    broken_day,
    carry_whole,
)
from schoolday.bargaining.compared import staff_numbers
from schoolday.bargaining.disputed import Choice, Disputed
from schoolday.bargaining.measured import GradeMinutes, grades, homes, live, teachers
from schoolday.bargaining.whatif import Ask, against, agreed
from schoolday.ground.errors import SchooldayError
from schoolday.program import DEFAULT
from schoolday.program.question import question
from schoolday.rules import Rulebook, Standing
from schoolday.timetable.builder import DraftRefused
from schoolday.timetable.problem import TimetableProblem

AT_ONCE = 4
"""How many weeks wait for a worker: enough to keep it busy, few enough to hold in memory."""


class State(StrEnum):
    """How a package came out.

    ``unlawful``: the law is against it, or leaves no plan of minutes. ``impossible``: no week can hold it,
    which was proved. ``not_found``: no week was found, or one whose dated day breaks a rule, which proves
    nothing. ``carried``: a lawful week was found, and it and its dated day were checked.
    """

    UNLAWFUL = "unlawful"
    IMPOSSIBLE = "impossible"
    NOT_FOUND = "not_found"
    CARRIED = "carried"


@dataclass(frozen=True)
class Package:
    """One package of the grid and what it costs.

    Parameters
    ----------
    choice
        Its values, as places in the terms' lists.
    state
        How it came out.
    values
        Every measure by name, of carried packages; None is what nobody can say.
    said, clauses
        Why it is not carried, and the clauses in conflict.
    question
        What tells its question of a week from others; empty where it never came to one.
    """

    choice: Choice
    state: State
    values: Mapping[str, float | None] = field(default_factory=dict)
    said: str = ""
    clauses: tuple[str, ...] = ()
    question: str = ""


@dataclass(frozen=True)
class _Framed:
    """A lawful package before its week is solved."""

    choice: Choice
    minutes: Minutes
    standing: Standing
    problem: TimetableProblem
    question: str


def explore(
    ground: Ground,
    rulebook: Rulebook,
    disputed: Disputed,
    school: str,
    executor: Executor,
    *,
    seed: int,
    effort: Effort,
    done: Sequence[Package] = (),
) -> Iterator[Package]:
    """Yield every package that is not among those `done`, as it is judged.

    The packages come level by level, the least strict first. Which come first within a level depends on the
    machine; what is said of each does not. Nothing here is random but by `seed`, and a run that goes on from
    `done` says what a run from the start would.

    Parameters
    ----------
    ground, rulebook
        The district and date, and the rules that stand without any package.
    disputed, school
        The terms, and the school whose week must carry them.
    executor
        What carries the solving.
    seed, effort
        As for `consequences`.
    done
        Packages judged before, of the same roster, rules, terms, seed and effort.

    Raises
    ------
    SchooldayError
        If the district does not lie in the terms' place, or as `Ground.refuse` says.
    """
    if disputed.place and disputed.place not in ground.roster.places:
        there = ", ".join(ground.roster.places) or "nowhere that is known"
        raise SchooldayError(
            f"these terms are of {disputed.place}, and this roster's district lies in {there}; give the "
            "roster of the district that is at the table"
        )
    ground.refuse(rulebook, [school])
    yield from _Exploring(ground, rulebook, disputed, school, executor, seed, effort).run(done)


@dataclass
class _Exploring:
    ground: Ground
    rulebook: Rulebook
    disputed: Disputed
    school: str
    executor: Executor
    seed: int
    effort: Effort
    shown: dict[str, Package] = field(default_factory=dict)
    """A judged package of each question."""
    proved: list[TimetableProblem] = field(default_factory=list)
    """Questions proved impossible at earlier levels."""
    framed: dict[tuple[Ask, ...], _Framed | Package] = field(default_factory=dict)
    """What was asked at this level: packages that differ in words alone ask the same of the day."""

    def run(self, done: Sequence[Package]) -> Iterator[Package]:
        known = {one.choice: one for one in done}
        order = sorted(self.disputed.packages(), key=lambda one: (self.disputed.level(one), one))
        for _, level in groupby(order, self.disputed.level):
            mine = list(level)
            self.framed.clear()
            self.shown |= {one.question: one for c in mine if (one := known.get(c)) and one.question}
            fresh: list[TimetableProblem] = []
            yield from self._level([choice for choice in mine if choice not in known], fresh)
            fresh += [self._again(c) for c in mine if c in known and known[c].state is State.IMPOSSIBLE]
            # Only now, so that what is said of a package does not hang on which of its level ended first.
            self.proved += fresh

    def _again(self, choice: Choice) -> TimetableProblem:
        framed = self._frame(choice)
        assert isinstance(framed, _Framed)
        return framed.problem

    def _level(self, choices: Sequence[Choice], fresh: list[TimetableProblem]) -> Iterator[Package]:
        """Judge one level; questions proved impossible are added to `fresh`."""
        jobs: dict[Future[Carried], _Framed] = {}
        waiting: dict[str, list[_Framed]] = {}
        for choice in choices:
            framed = self._frame(choice)
            if isinstance(framed, Package):
                yield framed
            elif (shown := self.shown.get(framed.question)) is not None:
                yield self._alike(framed, shown)
            elif framed.question in waiting:
                waiting[framed.question].append(framed)
            elif any(tighter(framed.problem, one) for one in self.proved):
                yield self._pruned(framed)
            else:
                waiting[framed.question] = []
                jobs[self.executor.submit(carry_whole, framed.problem, self.seed, self.effort)] = framed
            if len(jobs) >= AT_ONCE:
                yield from self._ended(jobs, waiting, fresh)
        while jobs:
            yield from self._ended(jobs, waiting, fresh)

    def _ended(
        self,
        jobs: dict[Future[Carried], _Framed],
        waiting: dict[str, list[_Framed]],
        fresh: list[TimetableProblem],
    ) -> Iterator[Package]:
        ended = wait(jobs, return_when=FIRST_COMPLETED).done
        for job in [one for one in jobs if one in ended]:
            framed = jobs.pop(job)
            package = self._told(framed, job.result())
            self.shown[framed.question] = package
            if package.state is State.IMPOSSIBLE:
                fresh.append(framed.problem)
            yield package
            for other in waiting.pop(framed.question):
                yield self._alike(other, package)

    def _frame(self, choice: Choice) -> _Framed | Package:
        """Return a package's question, or the package where the law or the roster refuses it."""
        asks = self.disputed.asks(choice)
        if asks not in self.framed:
            self.framed[asks] = self._asked(choice, asks)
        return replace(self.framed[asks], choice=choice)

    def _asked(self, choice: Choice, asks: Sequence[Ask]) -> _Framed | Package:
        ground = self.ground
        position = agreed(self.rulebook, asks, ground.roster.places, ground.day, self.disputed.said(choice))
        standing, bands = ground.standing(position.rulebook), ground.bands(self.school)
        wrong = against(position, standing, dict.fromkeys(grade for grade, _ in bands), ground.way)
        if wrong:
            said = "; ".join(one.said for one in wrong)
            clauses = tuple(dict.fromkeys(name for one in wrong for name in one.clauses))
            return Package(choice, State.UNLAWFUL, said=said, clauses=clauses)
        minutes = ground.minutes(standing, bands)
        for refused in minutes.refused.values():
            return Package(choice, State.UNLAWFUL, said=str(refused), clauses=refused.clauses)
        try:
            problem = ground.problem(self.school, minutes, standing)
        except DraftRefused as error:
            return Package(choice, State.NOT_FOUND, said=str(error))
        # The dated day, which is checked too, follows from these as well as from the week.
        asked = [question(standing, *band, COURSES, ground.way, DEFAULT).demands for band in bands]
        return _Framed(choice, minutes, standing, problem, fingerprint(problem, minutes.plans, asked))

    def _told(self, framed: _Framed, carried: Carried) -> Package:
        if not carried.whole or carried.week is None:
            why = carried.conflict
            state = State.IMPOSSIBLE if why else State.NOT_FOUND
            said = why.said if why else "no lawful week was found, and no conflict was proved"
            return Package(framed.choice, state, {}, said, why.clauses if why else (), framed.question)
        roster, week = self.ground.roster, carried.week
        wrong = list(broken_day(self.ground, framed.minutes, framed.standing, week))
        if wrong:
            said = f"the week that was found breaks a rule on the date: {wrong[0].said}"
            clauses = tuple(dict.fromkeys(name for one in wrong for name in one.clauses))
            return Package(framed.choice, State.NOT_FOUND, {}, said, clauses, framed.question)
        spans = live(week, pupils=True)
        clashes, unasked = homes(roster, [spans])
        rows = list(grades(framed.minutes.plans, roster, framed.problem, spans))
        # Where nobody has asked a home, its clashes are unknown and the others' still count: what is said
        # is "at least", and it is the same homes for every package.
        known = bool(clashes) or not unasked
        found: dict[str, float | None] = {
            "unbroken_live": float(max((row.unbroken or 0 for row in rows), default=0)),
            **staff_numbers(list(teachers(roster, framed.problem, week))),
            "clash_minutes": float(sum(one.minutes for one in clashes)) if known else None,
            "homes_clashing": float(sum(one.minutes > 0 for one in clashes)) if known else None,
            **_pupils(rows),
            **self.disputed.own(framed.choice),
        }
        return Package(framed.choice, State.CARRIED, _rounded(found), question=framed.question)

    def _alike(self, framed: _Framed, shown: Package) -> Package:
        """Return a package with the same question as another: only its own words and numbers differ."""
        own = self.disputed.own(framed.choice) if shown.state is State.CARRIED else {}
        return replace(shown, choice=framed.choice, values={**shown.values, **_rounded(own)})

    def _pruned(self, framed: _Framed) -> Package:
        said = "a package that asks for less was proved impossible, and this one asks for all that it did"
        return Package(framed.choice, State.IMPOSSIBLE, said=said, question=framed.question)


def _pupils(rows: Sequence[GradeMinutes]) -> dict[str, float | None]:
    number = sum(row.pupils for row in rows)
    sums = {
        "total_minutes": sum(row.total * row.pupils for row in rows),
        "live_minutes": sum(row.live * row.pupils for row in rows),
        "independent_minutes": sum(row.independent * row.pupils for row in rows),
    }
    return {name: value / number if number else None for name, value in sums.items()}


def _rounded(values: Mapping[str, float | None]) -> dict[str, float | None]:
    """Return measures to a millionth, so that no package betters another by the rounding of a mean."""
    return {name: None if value is None else round(value, 6) for name, value in values.items()}
