"""solve(): from a frozen problem to a lawful timetable, and then to a better one until told to stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.solve.desk import Desk, again, desk
from schoolday.timetable.timetable import (
    AnyOf,
    Clock,
    Outcome,
    Progress,
    Result,
    Seconds,
    Steps,
    Stop,
    Timetable,
)

SEEK, CHAINS = 500, 250
"""Steps of search, and chains of improvement, between two questions to `stop`."""
PATIENCE, PATIENCE_DAILY, PATIENCE_LEAST = 100, 20, 20_000
"""Steps of search for each meeting after which no lawful timetable is hoped for (and with the same hours
every day), and how many there are at the least."""
FEW = 6
"""So many meetings left over, or fewer, are handed to the exact way when the search gives up."""
STIR = 3
"""How many random meetings may wander after each step of an attempt that is not the first."""
ATTEMPT, LONGER = 3, 1.5
"""Steps for each meeting after which the search begins anew with other chance, and how much longer each
further attempt is: most searches end soon, and a few wander for long."""
HOT, COLD, PRICE = 40.0, 2.0, 130.0
"""Temperatures of the annealer, and what pushing out a meeting costs it, in units of the soft cost."""
DAILY_HEAT = 5.0
"""How much hotter it is while a move carries a meeting on all its days at once."""
DAILY_SHARE = 0.4
"""The share of the improvement in which meetings with the same hours every day move as one."""
KEEPING = (0.3, 0.025, 2.0)
"""Hot, cold and price of a change that keeps to the week before, as shares of what a moved meeting costs:
a chain that brings one meeting home may push two others out on its way, and no more."""
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
    daily = frozenset() if problem.before else _daily(problem, start)
    work = _first(run, daily, start) if daily else None
    if work is None or (work.left and not run.stop(run.trace[-1])):
        placements = work.placements(best=False) if work else start.placements if start else ()
        daily, work = frozenset(), desk(problem, seed)
        work.lay(placements)
        work = _last_few(run, _seek(run, work, PATIENCE, anew=not placements))
    if not work.left:
        return _improve(run, work, bool(daily))
    partial = Timetable(problem.school, work.placements(best=True))
    return Result(Outcome.STOPPED, partial, None, run.sought, work.waiting(), tuple(run.trace))


def _first(run: _Run, daily: frozenset[int], start: Timetable | None) -> Desk:
    """Search with the same hours every day: far fewer meetings, and the cheapest kind of timetable."""
    work = desk(run.problem, run.seed, daily)
    work.lay(start.placements if start else ())
    return _seek(run, work, PATIENCE_DAILY, anew=not start)


def _last_few(run: _Run, work: Desk) -> Desk:
    """Lay the few meetings that the search left over by the exact way, where it can."""
    fewest = int((work.s.best < 0).sum())
    hopeless = not work.k.domain.any(axis=1).all()
    if not work.left or hopeless or fewest > FEW or run.stop(run.progress(False, 0)):
        return work
    # CP-SAT takes about a second to load, and hardly any school needs it.
    from schoolday.timetable.solve.finish import finish  # noqa: PLC0415

    return finish(work, run.seed) or work


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


def _seek(run: _Run, work: Desk, patience: int, *, anew: bool) -> Desk:
    """Search for a lawful timetable until it is found, or told to stop, or out of patience.

    Returns the desk with the fewest meetings left over. Only a search that began with nothing may begin
    `anew`; one that began with a timetable keeps to it.
    """
    hopeless = not work.k.domain.any(axis=1).all()
    patience *= len(work.k.act)
    patience = min(patience, 5000) if hopeless else max(patience, PATIENCE_LEAST)
    best, before, attempt = work, run.sought, 0
    patience += before
    length: float = ATTEMPT * len(work.k.act)
    while True:
        steps = 0
        while steps < length or not anew:
            left = work.seek(SEEK, STIR if attempt else 0)
            steps = int(work.s.top[1])
            run.sought = before + steps
            if not left:
                return work
            best = min(best, work, key=lambda one: int(one.s.top[3]))
            if run.stop(run.progress(False, 0)) or run.sought >= patience:
                return best
        before, attempt, length = run.sought, attempt + 1, length * LONGER
        work = again(work, run.seed + attempt * 1_000_003)
        work.lay(())


def _improve(run: _Run, work: Desk, daily: bool) -> Result:
    """Anneal until told to stop: first with daily meetings moving as one, then each for itself."""
    cost = work.keep()
    while not run.stop(run.progress(True, work.cost)):
        done = _done(run)
        if daily and done >= DAILY_SHARE:
            placements = work.placements(best=True)
            daily, work = False, desk(run.problem, run.seed + 1)
            work.lay(placements)
            work.keep()
        hot, cold, price = _heats(run.problem)
        heat = hot * (cold / hot) ** min(done, 1.0)
        heat *= DAILY_HEAT if daily else 1.0
        work.anneal(CHAINS, heat, heat, price)
        run.chains += CHAINS
    return Result(
        Outcome.LAWFUL,
        Timetable(run.problem.school, work.placements(best=True)),
        work.measured() if run.chains else cost,
        run.sought + run.chains,
        trace=tuple(run.trace),
    )


def _heats(problem: TimetableProblem) -> tuple[float, float, float]:
    """Return the annealer's temperatures and price, which a weight on moved meetings raises."""
    if not problem.before:
        return HOT, COLD, PRICE
    hot, cold, price = (share * problem.weights.moved for share in KEEPING)
    return max(hot, HOT), max(cold, COLD), max(price, PRICE)


def _done(run: _Run) -> float:
    """Return how far the improvement is, from 0 to 1, as far as `stop` lets it be known.

    Steps go before seconds, so that a step limit gives the same timetable whatever the clock says.
    """
    stops = _flat(run.stop)
    steps = [one.most for one in stops if isinstance(one, Steps)]
    if steps:
        return run.chains / max(1, min(steps))
    seconds = [one.most for one in stops if isinstance(one, Seconds)]
    if seconds and run.clock:
        return (run.clock() - run.began) / max(1e-9, min(seconds))
    length, left = ROUND, run.chains
    while left >= length:
        left, length = left - length, length * 2
    return left / length


def _flat(stop: Stop) -> list[Stop]:
    return [one for part in stop.stops for one in _flat(part)] if isinstance(stop, AnyOf) else [stop]
