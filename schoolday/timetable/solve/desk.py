"""A problem laid out for the kernel: its arrays, its state, and the way back to placements."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.solve.anneal import LOGS, anneal
from schoolday.timetable.solve.arrays import Ints
from schoolday.timetable.solve.held import hold_pack, hold_state
from schoolday.timetable.solve.measure import cost_of, lying
from schoolday.timetable.solve.moves import lay
from schoolday.timetable.solve.pack import Pack, pack
from schoolday.timetable.solve.parts import is_free, open_to
from schoolday.timetable.solve.search import seek
from schoolday.timetable.solve.state import State, fresh
from schoolday.timetable.timetable import Cost, Placement


@dataclass(frozen=True)
class Desk:
    """Arrays to read in Python (`k`, `s`), and the same arrays as the kernel takes them."""

    problem: TimetableProblem
    k: Pack
    s: State
    held_k: Pack
    held_s: State

    @property
    def left(self) -> int:
        """How many meetings wait for a place."""
        return int(self.s.top[0])

    @property
    def cost(self) -> int:
        """The cost of the best timetable that was kept."""
        return int(self.s.total[1])

    def seek(self, steps: int, stir: int) -> int:
        """Search for some steps; return how many meetings are left."""
        return int(seek(self.held_k, self.held_s, steps, stir))

    def anneal(self, chains: int, hot: float, cold: float, price: float) -> int:
        """Improve for some chains; return how many were kept."""
        return int(anneal(self.held_k, self.held_s, LOGS, chains, hot, cold, price))

    def keep(self) -> Cost:
        """Take the timetable as it lies for the best so far; return its cost, from which moves count on."""
        self.s.best[:] = self.s.at
        self.s.tabu[:] = 0
        cost = self.measured()
        self.s.total[:] = cost.total
        return cost

    def measured(self) -> Cost:
        """Return the cost of the best timetable, counted anew."""
        return cost_of(self.k, self.problem.weights, self.s.best)

    def lay(self, placements: tuple[Placement, ...]) -> None:
        """Lay those placements that are lawful together; the other meetings wait, the hardest on top."""
        s = self.s
        if placements:
            self._lay_lawful(placements)
        waiting = np.flatnonzero(s.at < 0)
        order = waiting[np.argsort(self._hardness()[waiting], kind="stable")]
        s.stack[: len(order)] = order
        s.top[0] = len(order)
        s.top[3] = len(order) + 1

    def _lay_lawful(self, placements: tuple[Placement, ...]) -> None:
        wanted: dict[str, list[Placement]] = {}
        for one in sorted(placements):
            wanted.setdefault(one.activity, []).append(one)
        for m, act in enumerate(self.k.act.tolist()):
            for one in wanted.get(self.problem.activities[act].id, ()):
                if self._fits(m, one):
                    lay(self.held_k, self.held_s, m, self._place(m, one))
                    break

    def _hardness(self) -> Ints:
        """Return how hard each meeting is to place: by its busiest person's week, then by how many it has."""
        k = self.k
        crowd = np.diff(k.roster_at)
        visits = np.diff(k.visit_at)[k.roster]
        busiest = np.zeros(len(crowd), dtype=np.int64)
        np.maximum.at(busiest, np.repeat(np.arange(len(crowd)), crowd), visits)
        choice: Ints = np.maximum(k.ones[k.domain].sum(axis=1), 1)
        each = np.where(k.daily == 1, k.days, 1)
        hard: Ints = 1000 * busiest[k.act] * each // choice + crowd[k.act]
        return hard

    def _place(self, m: int, one: Placement) -> int:
        return one.slot if self.k.daily[m] else one.day * self.k.slots + one.slot

    def _fits(self, m: int, one: Placement) -> bool:
        k = self.k
        if one.day not in k.day[k.day_at[m] : k.day_at[m + 1]] or not 0 <= one.slot < k.slots:
            return False
        c = self._place(m, one)
        return bool(open_to(self.held_k, m, c) and is_free(self.held_k, self.held_s, m, c))

    def placements(self, best: bool) -> tuple[Placement, ...]:
        """Return where the meetings lie (or lay, in the best timetable), by activity and day."""
        lie = lying(self.k, self.s.best if best else self.s.at)
        names = [activity.id for activity in self.problem.activities]
        each = zip(lie.act.tolist(), lie.day.tolist(), lie.slot.tolist(), strict=True)
        return tuple([Placement(names[number], day, slot) for number, day, slot in each])

    def waiting(self) -> tuple[str, ...]:
        """Return the activities with a meeting left over in the best table, those that failed most first."""
        waiting = np.flatnonzero(self.s.best < 0).tolist()
        hardest = sorted(waiting, key=lambda m: (-int(self.s.price[m]), m))
        return tuple(dict.fromkeys(self.problem.activities[self.k.act[m]].id for m in hardest))


def again(work: Desk, seed: int) -> Desk:
    """Return an empty desk for the same problem, with other chance."""
    s = fresh(work.k, seed)
    return Desk(work.problem, work.k, s, work.held_k, hold_state(s))


def desk(problem: TimetableProblem, seed: int, daily: frozenset[int] = frozenset()) -> Desk:
    """Return an empty desk; activities in `daily` keep one start on all their days."""
    k = pack(problem, daily)
    s = fresh(k, seed)
    return Desk(problem, k, s, hold_pack(k), hold_state(s))
