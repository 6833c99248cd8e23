"""When nothing fits: the fewest reasons found that stand against each other, each verified by solving again.

Small certificates come first, since people understand them best: one meeting, one teacher's or pupil's
week, a group of meetings of which no two can be at once, and only then the whole school. What is found
impossible is thinned out until nothing more can be left out; then each reason that stayed is taken out
alone, and the week that results must pass the independent check.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from schoolday.timetable.problem import Activity, TimetableProblem
from schoolday.timetable.solve.conflict_model import allowed, fits, part
from schoolday.timetable.solve.reasons import Reason, reasons, without

PERSON_EFFORT, CLIQUE_EFFORT = 0.5, 2.0
LEAST_EFFORT = 0.05
"""What each question costs at the least: about the time that building its model takes."""
CLIQUES = 6
MOST_WHOLE = 60_000
"""Pupils times slots of the week up to which the whole school is put as one question."""
MANY = 3
"""More services than these are told as one in the sentence."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Reasons that cannot all hold, none of which is there in vain.

    Parameters
    ----------
    school, where
        The school, and the part of its week in question: ``teacher t1``, ``the whole school``.
    reasons
        The reasons, each with what it sets and whether the week was solved without it.
    said
        The conflict in one sentence.
    """

    school: str
    where: str
    reasons: tuple[Reason, ...]
    said: str

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of the reasons."""
        return tuple(reason.id for reason in self.reasons)

    @property
    def clauses(self) -> tuple[str, ...]:
        """The ids of those reasons that are clauses of rules, or contracts."""
        facts = ("teacher:", "pupil:", "service:", "room:", "pupils")
        return tuple(name for name in self.ids if not name.startswith(facts))

    @property
    def verified(self) -> bool:
        """Whether taking out any one of the reasons was shown to make the part fit."""
        return bool(self.reasons) and all(reason.verified for reason in self.reasons)


class _Purse:
    """The effort that is left; CP-SAT's deterministic time, so the same on every machine."""

    def __init__(self, effort: float) -> None:
        self.left = effort

    def fits(self, problem: TimetableProblem, most: float) -> bool | None:
        """Say whether a problem fits, spending at most `most` of what is left."""
        if self.left <= 0:
            return None
        answer = fits(problem, min(self.left, most))
        self.left -= max(answer.effort, LEAST_EFFORT)
        return answer.fits


def conflict(problem: TimetableProblem, *, effort: float = 60.0) -> Conflict | None:
    """Return the smallest set of reasons found to be in conflict, or None where none was proved.

    Parameters
    ----------
    problem
        A school's week for which no lawful timetable was found.
    effort
        How much work to spend, in CP-SAT's deterministic time (about a second of one core each). With
        too little, None comes back or some reasons stay unverified, and say so. A school too large to be
        one question (`MOST_WHOLE`) is looked at only in its parts.
    """
    purse = _Purse(effort)
    for where, small, most in _parts(problem, effort, purse):
        if purse.fits(small, most) is False:
            return _explained(where, small, most, purse)
    return None


def _parts(
    problem: TimetableProblem, effort: float, purse: _Purse
) -> Iterator[tuple[str, TimetableProblem, float]]:
    """Yield the parts of a week to try, the easiest to understand first."""
    starts = {one.id: frozenset(allowed(problem, one)) for one in problem.activities}
    for one in problem.activities:
        if len({day for day, _ in starts[one.id]}) < one.times:
            yield f"{one.title} ({one.id})", part(problem, [one.id], frozenset()), PERSON_EFFORT
    for one_week in _persons(problem, starts):
        yield one_week
        if purse.left < effort / 2:
            break
    for number, clique in enumerate(_cliques(problem, starts)):
        if number < CLIQUES:
            names = ", ".join(clique)
            yield (
                f"meetings of which no two can be at once: {names}",
                part(problem, clique, None),
                CLIQUE_EFFORT,
            )
    if len(problem.pupil_limits) * problem.grid.days * problem.grid.slots > MOST_WHOLE:
        return
    yield "the whole school", part(problem, [one.id for one in problem.activities], None), effort / 4


_Starts = dict[str, frozenset[tuple[int, int]]]


def _persons(problem: TimetableProblem, starts: _Starts) -> Iterator[tuple[str, TimetableProblem, float]]:
    """Yield each teacher's and pupil's own week, leaving out weeks of the same shape as an earlier one."""
    seen: set[object] = set()
    for role, people in (("teacher", problem.staff_limits), ("pupil", problem.pupil_limits)):
        mine: dict[str, list[Activity]] = {name: [] for name in people}
        for one in problem.activities:
            for name in one.teachers if role == "teacher" else one.pupils:
                mine[name].append(one)
        for name, activities in sorted(mine.items()):
            shape = sorted((one.times, one.length, one.minutes, sorted(starts[one.id])) for one in activities)
            key = (people[name], str(shape))
            if key not in seen:
                seen.add(key)
                ids = [one.id for one in activities]
                yield f"{role} {name}", part(problem, ids, frozenset({name})), PERSON_EFFORT


def _cliques(problem: TimetableProblem, starts: _Starts) -> list[list[str]]:
    """Return groups of activities of which no two can be at once, the tightest first."""
    size = {one.id: one.times * one.length for one in problem.activities}
    near: dict[str, set[str]] = {one.id: set() for one in problem.activities}
    mine: dict[str, list[str]] = {}
    for one in problem.activities:
        for name in (*one.teachers, *one.pupils):
            mine.setdefault(name, []).append(one.id)
    for together in {tuple(ids) for ids in mine.values()}:
        for name in together:
            near[name].update(together)
    found: dict[tuple[str, ...], float] = {}
    order = sorted(near, key=lambda name: (-size[name], name))
    for first in order:
        clique, common = [first], near[first] - {first}
        while common:
            best = max(sorted(common), key=lambda name: (size[name], len(near[name] & common)))
            clique.append(best)
            common = (common & near[best]) - {best}
        room = len(frozenset().union(*(starts[name] for name in clique)))
        found[tuple(sorted(clique))] = sum(size[name] for name in clique) / max(room, 1)
    return [list(clique) for clique in sorted(found, key=lambda clique: (-found[clique], clique))]


def _explained(where: str, problem: TimetableProblem, most: float, purse: _Purse) -> Conflict:
    every = reasons(problem)
    order = [reason.id for reason in every]
    # Other people's weeks are left out first, so that a teacher's conflict is told as the teacher's.
    own = where.replace(" ", ":", 1)
    others = [name for name in order if name.startswith(("teacher:", "pupil:")) and name != own]
    rest = [name for name in order if name not in others]
    starts = ([*others, *rest], [*others, *rest[::-1]])
    cores = [_thinned(problem, start, order, most, purse) for start in starts]
    core = min(cores, key=len)
    kept = [reason for reason in every if reason.id in core]
    shown = tuple(_verified(problem, reason, core, order, most, purse) for reason in kept)
    return Conflict(problem.school, where, shown, _sentence(where, problem, shown))


def _thinned(
    problem: TimetableProblem, start: list[str], every: list[str], most: float, purse: _Purse
) -> list[str]:
    """Leave out whatever is not needed for the conflict, in large pieces first and one by one last."""
    core, size = list(start), max(len(start) // 2, 1)
    while True:
        at = 0
        while at < len(core):
            trial = core[:at] + core[at + size :]
            if purse.fits(without(problem, frozenset(every) - set(trial)), most) is False:
                core = trial
            else:
                at += size
        if size == 1:
            return core
        size //= 2


def _verified(
    problem: TimetableProblem, reason: Reason, core: list[str], every: list[str], most: float, purse: _Purse
) -> Reason:
    gone = (frozenset(every) - set(core)) | {reason.id}
    return replace(reason, verified=purse.fits(without(problem, gone), most) is True)


def _sentence(where: str, problem: TimetableProblem, shown: tuple[Reason, ...]) -> str:
    meetings = f"{problem.meetings} meetings a week"
    if not shown:
        return f"{where}: {meetings} have no room whatever the rules say; the grid or the days must change"
    listed = ", and ".join(_listed(shown))
    if len(shown) == 1:
        end = "without it they fit" if shown[0].verified else "whether they fit without it was not shown"
    elif all(reason.verified for reason in shown):
        end = "without any one of these they fit"
    else:
        open_ = ", ".join(reason.id for reason in shown if not reason.verified)
        end = f"that they fit without one was not shown in the effort given for: {open_}"
    return f"{where}: {meetings} do not fit where {listed}; {end}"


def _listed(shown: tuple[Reason, ...]) -> list[str]:
    """Return the reasons in words; many services as one."""
    services = [reason for reason in shown if reason.id.startswith("service:")]
    if len(services) <= MANY:
        return [f"{reason.said} ({reason.id})" for reason in shown]
    others = [f"{reason.said} ({reason.id})" for reason in shown if reason not in services]
    names = ", ".join(reason.id for reason in services)
    return [*others, f"{len(services)} services are promised ({names})"]
