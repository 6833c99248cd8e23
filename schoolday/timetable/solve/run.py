"""solve(): from a frozen problem to a lawful timetable, and then to a better one until told to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.solve.kernel import open_to, put
from schoolday.timetable.solve.measure import cost_of
from schoolday.timetable.solve.pack import Pack, pack
from schoolday.timetable.solve.search import LOGS, anneal, is_free, seek
from schoolday.timetable.solve.state import State, fresh
from schoolday.timetable.timetable import (
    AnyOf,
    Clock,
    Outcome,
    Placement,
    Progress,
    Result,
    Seconds,
    Steps,
    Stop,
    Timetable,
)

SEEK, CHAINS = 500, 250
"""Steps of search, and chains of improvement, between two questions to `stop`."""
PATIENCE, PATIENCE_DAILY = 400_000, 20_000
"""Steps of search after which no lawful timetable is hoped for; and with the same hours every day."""
STIR = 10
HOT, COLD, PRICE = 60.0, 2.0, 80.0
"""Temperatures of the annealer, and what pushing out a meeting costs it, in units of the soft cost."""
DAILY_SHARE = 0.4
"""The share of the improvement in which meetings with the same hours every day move as one."""
ROUND = 20_000
"""Chains from hot to cold where nobody says when it ends; each further round is twice as long."""


@dataclass
class _Run:
    """One call of solve: what was asked, and how it goes."""

    problem: TimetableProblem
    stop: Stop
    seed: int
    clock: Clock | None
    report: Callable[[Progress], None] | None
    began: float = 0.0
    sought: int = 0
    chains: int = 0
    trace: list[Progress] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.began = self.clock() if self.clock else 0.0

    def progress(self, lawful: bool, cost: int) -> Progress:
        """Return and report where it stands; steps count anew once it is lawful."""
        seconds = self.clock() - self.began if self.clock else 0.0
        now = Progress(self.chains if lawful else self.sought, seconds, lawful, cost)
        if not self.trace or self.trace[-1].lawful != lawful or cost < self.trace[-1].cost:
            self.trace.append(now)
        if self.report:
            self.report(now)
        return now


def solve(
    problem: TimetableProblem,
    *,
    stop: Stop,
    seed: int,
    clock: Clock | None = None,
    start: Timetable | None = None,
    report: Callable[[Progress], None] | None = None,
) -> Result:
    """Make a lawful timetable, then better ones, until told to stop.

    Parameters
    ----------
    problem
        One school's week.
    stop
        Asked between portions of work of a fixed size. `Steps` counts chains of improvement.
    seed
        The same seed, problem and steps give the same timetable in any process.
    clock
        Seconds from some moment, for `Seconds` and for the trace; without it time stands still.
    start
        A timetable to begin with: what of it is lawful stays where it lies unless something must move.
    report
        Called with each progress.

    Returns
    -------
    Result
        `LAWFUL` with the best timetable found; or `STOPPED` with the meetings that found a place, and
        in `unplaced` the activities that found none, hardest first. A stop is not a proof.

    Raises
    ------
    ValueError
        If the problem has more meetings than the kernel can count.
    """
    run = _Run(problem, stop, seed, clock, report)
    placements: tuple[Placement, ...] = start.placements if start else ()
    daily = _daily(problem, start)
    left = True
    for some in (daily, frozenset[int]()) if daily else (frozenset[int](),):
        k = pack(problem, some)
        s = _lay(k, problem, placements, seed, start is not None)
        left = _seek(run, k, s, PATIENCE_DAILY if some else PATIENCE, 0 if start else STIR)
        placements = _placements(k, s, problem, False)
        if not left or run.stop(run.trace[-1]):
            break
    if left:
        return _unplaced(run, k, s, placements)
    return _improve(run, k, s, some)


def _daily(problem: TimetableProblem, start: Timetable | None) -> frozenset[int]:
    """Return the activities that meet on each of their days and may keep one start for all of them."""
    slots: dict[str, set[int]] = {}
    for one in start.placements if start else ():
        slots.setdefault(one.activity, set()).add(one.slot)
    return frozenset(
        number
        for number, activity in enumerate(problem.activities)
        if activity.times == len(activity.days) > 1 and len(slots.get(activity.id, ())) < 2
    )


def _lay(
    k: Pack, problem: TimetableProblem, placements: tuple[Placement, ...], seed: int, calm: bool
) -> State:
    """Return a state with those placements that are lawful together; the others wait, hardest on top."""
    s = fresh(k, seed)
    wanted: dict[str, list[Placement]] = {}
    for one in sorted(placements):
        wanted.setdefault(one.activity, []).append(one)
    for m, act in enumerate(k.act):
        mine = wanted.get(problem.activities[act].id, [])
        days = [int(day) for day in k.day[k.day_at[m] : k.day_at[m + 1]]]
        for one in mine:
            c = one.slot if k.daily[m] else one.day * k.slots + one.slot
            known = one.day in days and 0 <= one.slot < k.slots
            if known and open_to(k, m, c) and is_free(k, s, m, c):
                put(k, s, m, c)
                break
    waiting = np.flatnonzero(s.at < 0)
    crowd = np.diff(k.roster_at)[k.act]
    choice = np.array([sum(int(d).bit_count() for d in row) for row in k.domain])
    hard = crowd * np.where(k.daily == 1, k.days, 1) * 1000 // np.maximum(choice, 1)
    order = waiting[np.argsort(hard[waiting], kind="stable")]
    s.stack[: len(order)] = order
    s.top[0] = len(order)
    return s


def _seek(run: _Run, k: Pack, s: State, patience: int, stir: int) -> bool:
    """Search for a lawful timetable; return whether meetings are left over."""
    hopeless = ~k.domain.any(axis=1)
    if hopeless.any():
        patience = min(patience, 20 * len(k.act))
    spent = 0
    while True:
        left = seek(k, s, SEEK if spent else 1, stir)
        spent += SEEK
        run.sought += SEEK
        if not left:
            return False
        if run.stop(run.progress(False, 0)) or spent >= patience:
            return True


def _improve(run: _Run, k: Pack, s: State, daily: frozenset[int]) -> Result:
    """Anneal until told to stop: first with daily meetings moving as one, then each for itself."""
    known = _hold(run, k, s)
    while not run.stop(run.progress(True, int(s.total[1]) + known)):
        done = _done(run.stop, run.trace[-1], run.chains, run)
        if daily and done >= DAILY_SHARE:
            daily = frozenset()
            placements = _placements(k, s, run.problem, True)
            k = pack(run.problem)
            s = _lay(k, run.problem, placements, run.seed + 1, True)
            known = _hold(run, k, s)
        hot = HOT * (COLD / HOT) ** min(done, 1.0)
        anneal(k, s, LOGS, CHAINS, hot, hot, PRICE)
        run.chains += CHAINS
    placements = _placements(k, s, run.problem, True)
    return Result(
        Outcome.LAWFUL,
        Timetable(run.problem.school, placements),
        cost_of(run.problem, placements),
        run.sought + run.chains,
        trace=tuple(run.trace),
    )


def _hold(run: _Run, k: Pack, s: State) -> int:
    """Take the state as the best; return the part of the cost that no move changes."""
    s.total[1] = s.total[0]
    s.best[:] = s.at
    return cost_of(run.problem, _placements(k, s, run.problem, True)).total - int(s.total[0])


def _done(stop: Stop, now: Progress, chains: int, run: _Run) -> float:
    """Return how far the improvement is, from 0 to 1, as far as `stop` lets it be known."""
    stops = list(_flat(stop))
    steps = [one.most for one in stops if isinstance(one, Steps)]
    if steps:
        return chains / max(1, min(steps))
    seconds = [one.most for one in stops if isinstance(one, Seconds)]
    if seconds and run.clock:
        return (run.clock() - run.began) / max(1e-9, min(seconds))
    length, left = ROUND, chains
    while left >= length:
        left -= length
        length *= 2
    return left / length


def _flat(stop: Stop) -> list[Stop]:
    return [one for part in stop.stops for one in _flat(part)] if isinstance(stop, AnyOf) else [stop]


def _placements(k: Pack, s: State, problem: TimetableProblem, best: bool) -> tuple[Placement, ...]:
    found = []
    for m, c in enumerate((s.best if best else s.at).tolist()):
        if c < 0:
            continue
        name = problem.activities[k.act[m]].id
        if k.daily[m]:
            days = k.day[k.day_at[m] : k.day_at[m + 1]].tolist()
            found += [Placement(name, day, c) for day in days]
        else:
            found.append(Placement(name, c // k.slots, c % k.slots))
    order = {activity.id: number for number, activity in enumerate(problem.activities)}
    return tuple(sorted(found, key=lambda one: (order[one.activity], one.day)))


def _unplaced(run: _Run, k: Pack, s: State, placements: tuple[Placement, ...]) -> Result:
    """Return what was reached, and the activities without a place, those that failed most first."""
    waiting = sorted(np.flatnonzero(s.at < 0).tolist(), key=lambda m: (-int(s.price[m]), m))
    names = dict.fromkeys(run.problem.activities[k.act[m]].id for m in waiting)
    return Result(
        Outcome.STOPPED,
        Timetable(run.problem.school, placements),
        None,
        run.sought,
        tuple(names),
        tuple(run.trace),
    )
