"""Elementary weeks at the same CPU time: our search beside CP-SAT over a template of the day.

`python -m benchmarks.elementary roster.zip [seconds]` prints a Markdown table, in under three minutes. CP-SAT
gives every activity that meets daily one start for the whole week and each service its days and starts, and
makes the weighted clashes of siblings least: nothing else. It fits schools like the demonstration's, where
each meeting fills its slots. Ours runs twice: as it is, and with no weight on waiting, which is the question
of the template but for a price on each further start. All weeks are judged by the independent check and
cost, with the weights as they are. One worker each.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from threading import Event, Thread

from ortools.sat.python import cp_model

from schoolday.files.rosters import read_roster
from schoolday.files.rulebooks import load
from schoolday.ground.finding import broken
from schoolday.timetable.check import check
from schoolday.timetable.check.cost import cost
from schoolday.timetable.dates import Dates
from schoolday.timetable.problem import Limits, TimetableProblem, Weights, What
from schoolday.timetable.solve import solve, warm
from schoolday.timetable.timetable import Placement, Seconds, Timetable

DAY, SEED = date(2020, 9, 8), 2020
Starts = dict[tuple[int, int], cp_model.IntVar]
"""Whether an activity lies at a slot, by (day, slot)."""


class Template:
    """CP-SAT's model of one week in which what meets daily has the same start on every day."""

    def __init__(self, problem: TimetableProblem) -> None:
        self.problem, self.model = problem, cp_model.CpModel()
        self.days, self.slots = range(problem.grid.days), range(problem.grid.slots)
        self.at = [self._starts(number) for number in range(len(problem.activities))]
        self.acts: dict[str, list[int]] = defaultdict(list)
        for number, activity in enumerate(problem.activities):
            for who in (*activity.teachers, *activity.pupils):
                self.acts[who].append(number)
        # People who meet the same activities under the same limits have the same days.
        self.busy: dict[tuple[object, ...], dict[tuple[int, int], cp_model.IntVar]] = {}
        self.of = {who: self._person(who) for who in sorted(self.acts)}
        self.model.minimize(sum(self._clashes()))

    def _starts(self, number: int) -> Starts:
        activity, model = self.problem.activities[number], self.model
        open_slots = [
            s for s in self.slots if activity.starts >> s & 1 and s + activity.length <= len(self.slots)
        ]
        if activity.times == len(activity.days):
            once = {s: model.new_bool_var("") for s in open_slots}
            model.add_exactly_one(once.values())
            return {(d, s): once[s] for d in activity.days for s in open_slots}
        made = {(d, s): model.new_bool_var("") for d in activity.days for s in open_slots}
        for d in activity.days:
            model.add_at_most_one(made[d, s] for s in open_slots)
        model.add(sum(made.values()) == activity.times)
        return made

    def _person(self, who: str) -> tuple[object, ...]:
        problem = self.problem
        names = (
            (problem.pupil_limits[who],) * len(self.days)
            if who in problem.pupil_limits
            else problem.staff_limits[who]
        )
        key = (tuple(self.acts[who]), names)
        if key not in self.busy:
            self.busy[key] = {}
            for d in self.days:
                busy = [self._busy(self.acts[who], d, s) for s in self.slots]
                self.busy[key] |= {(d, s): busy[s] for s in self.slots}
                self._hold(problem.limits[names[d]], busy)
        return key

    def _busy(self, acts: list[int], d: int, slot: int) -> cp_model.IntVar:
        over = [
            self.at[a][d, s]
            for a in acts
            for s in range(max(0, slot - self.problem.activities[a].length + 1), slot + 1)
            if (d, s) in self.at[a]
        ]
        busy = self.model.new_bool_var("")
        self.model.add(sum(over) == busy)
        return busy

    def _hold(self, limits: Limits, busy: list[cp_model.IntVar]) -> None:
        """Hold a person's day to window, live minutes, unbroken minutes, lunch and preparation."""
        grid, model = self.problem.grid, self.model
        for s, one in enumerate(busy):
            inside = limits.window and limits.window.start <= grid.start(s) < limits.window.end
            if not inside or grid.start(s + 1) > limits.window.end:  # type: ignore[union-attr]
                model.add(one == 0)
        if limits.window is None:
            return
        if limits.most_live is not None:
            model.add(sum(busy) * grid.pitch <= limits.most_live)
        if limits.longest_live is not None:
            long = limits.longest_live // grid.pitch + 1
            for s in range(len(busy) - long + 1):
                model.add(sum(busy[s : s + long]) < long)
        taken: list[list[cp_model.IntVar]] = [[] for _ in busy]
        if limits.lunch and limits.lunch_minutes:
            self._rest(limits.lunch.start, limits.lunch.end, limits.lunch_minutes, busy, taken)
        if limits.preparation:
            self._rest(limits.window.start, limits.window.end, limits.preparation, busy, taken)
        for s, one in enumerate(busy):
            model.add(one + sum(taken[s]) <= 1)

    def _rest(
        self,
        first: int,
        last: int,
        minutes: int,
        busy: list[cp_model.IntVar],
        taken: list[list[cp_model.IntVar]],
    ) -> None:
        """Choose one free stretch of whole slots inside a span; rests do not overlap."""
        grid, length = self.problem.grid, -(-minutes // self.problem.grid.pitch)
        chosen = []
        for s in range(len(busy) - length + 1):
            if first <= grid.start(s) and grid.start(s + length) <= last:
                one = self.model.new_bool_var("")
                chosen.append(one)
                for t in range(s, s + length):
                    taken[t].append(one)
        self.model.add_exactly_one(chosen)

    def _clashes(self) -> Iterator[cp_model.LinearExpr]:
        for pair in self.problem.pairs:
            if pair.a in self.of and pair.b in self.of:
                first, second = self.busy[self.of[pair.a]], self.busy[self.of[pair.b]]
                for d in self.days:
                    for s in self.slots:
                        both = self.model.new_bool_var("")
                        self.model.add(both >= first[d, s] + second[d, s] - 1)
                        yield pair.weight * both

    def solve(self, until: float) -> tuple[Timetable | None, str]:
        """Solve until the process has used so many CPU seconds; return the week and what is proved."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = SEED
        over = Event()
        Thread(target=_stop_at, args=(solver, until, over), daemon=True).start()
        status = solver.solve(self.model)
        over.set()
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None, solver.status_name(status)
        found = [
            Placement(activity.id, d, s)
            for activity, starts in zip(self.problem.activities, self.at, strict=True)
            for (d, s), one in sorted(starts.items())
            if solver.value(one)
        ]
        proved = (
            "proved least" if status == cp_model.OPTIMAL else f"at least {solver.best_objective_bound:.0f}"
        )
        return Timetable(self.problem.school, tuple(found)), proved


def _stop_at(solver: cp_model.CpSolver, until: float, over: Event) -> None:
    """Stop by CPU time, since CP-SAT's own limit is wall time and the machine may be shared."""
    while not over.wait(0.05):
        if time.process_time() >= until:
            solver.stop_search()


def chosen(source: Path) -> list[TimetableProblem]:
    """Return a smaller, a middling and the largest of the schools that have only self-contained classes."""
    roster = read_roster(source, day=DAY).roster
    assert roster is not None
    own = (What.WHOLE, What.SMALL, What.SERVICE)
    some = [q for q in Dates(roster, load(None)).questions(DAY) if all(a.what in own for a in q.activities)]
    some.sort(key=lambda q: (q.meetings, q.school))
    return [some[len(some) // 4], some[len(some) // 2], some[-1]]


def line(problem: TimetableProblem, who: str, cpu: float, table: Timetable | None, said: str) -> None:
    start = (
        f"| {problem.school}, {problem.meetings} meetings, {len(problem.pairs)} pairs | {who} | {cpu:.1f} |"
    )
    if table is None:
        print(start, f"none | | | | | {said} |", flush=True)
        return
    hard, soft = len(broken(check(problem, table))), cost(problem, table)
    numbers = f"{hard} | {soft.clashes} | {soft.gaps} | {soft.starts} | {soft.total}"
    print(start, numbers, f"| {said} |", flush=True)


def main() -> None:
    source, seconds = Path(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 15.0
    warm()
    print("| school | solver | CPU s | hard | clashes | gaps | starts | total | |\n" + "| --- " * 9 + "|")
    for problem in chosen(source):
        clashes = replace(problem, weights=Weights(gap=0, place=0))
        for who, asked in (("ours", problem), ("ours, waiting not weighed", clashes)):
            began = time.process_time()
            result = solve(asked, stop=Seconds(seconds), seed=SEED, clock=time.process_time)
            line(problem, who, time.process_time() - began, result.timetable, "")
        began = time.process_time()
        table, proved = Template(problem).solve(began + seconds)
        line(problem, "CP-SAT, template", time.process_time() - began, table, proved)


if __name__ == "__main__":
    main()
