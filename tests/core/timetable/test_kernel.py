"""The kernel: uncompiled it does the same, and small problems are feasible where CP-SAT says so."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from instances import WEEK, elementary

from schoolday.ground.spans import Span
from schoolday.timetable.check import check
from schoolday.timetable.check.cost import cost
from schoolday.timetable.problem import Activity, Grid, Limits, TimetableProblem, What
from schoolday.timetable.solve import solve
from schoolday.timetable.solve.desk import desk
from schoolday.timetable.solve.exact import exactly
from schoolday.timetable.timetable import FirstLawful, Outcome, Steps, Timetable

CODE = """
import sys
sys.path.insert(0, {here!r})
from instances import elementary
from schoolday.timetable.solve import solve
from schoolday.timetable.timetable import Steps
print(solve(elementary(3, classes=2, size=4, pairs=2), stop=Steps(250), seed=11).timetable)
"""


def test_plain_python_gives_the_same_timetable_as_machine_code() -> None:
    code = CODE.format(here=str(Path(__file__).parent))
    env = {**os.environ, "NUMBA_DISABLE_JIT": "1"}
    plain = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=env)
    fast = solve(elementary(3, classes=2, size=4, pairs=2), stop=Steps(250), seed=11)
    assert plain.stdout.strip() == str(fast.timetable)


def tiny(seed: int) -> TimetableProblem:
    """Return a week of two days and few slots, so tight that about half of such weeks have no timetable."""
    chance = np.random.default_rng(seed)
    slots = int(chance.integers(3, 5))
    activities = []
    for n in range(int(chance.integers(3, 6))):
        pupils = tuple(f"p{i}" for i in sorted(chance.choice(4, 2, replace=False).tolist()))
        length = int(chance.integers(1, 3))
        minutes = length * 30 - int(chance.choice([0, 0, 10, 15]))
        place = "lab" if chance.random() < 0.3 else "home"
        activities.append(
            Activity(
                f"a{n}", f"a{n}", "x", What.SECTION, f"a{n}", (f"t{n % 2}",), pupils, minutes, (0, 1),
                int(chance.integers(1, 3)), length, place=place,
            )
        )  # fmt: skip
    day = Span(480, 480 + 30 * slots)
    limits = {
        "pupil": Limits("pupil", day, most_live=90, longest_live=60),
        "staff": Limits("staff", day, preparation=30),
    }
    return TimetableProblem(
        "tiny", Grid(480, 30, slots, 2), tuple(activities), limits, {f"p{i}": "pupil" for i in range(4)},
        {"t0": ("staff",) * 2, "t1": ("staff",) * 2}, rooms={"lab": 1},
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(30))
def test_a_timetable_is_found_where_cp_sat_finds_one(seed: int) -> None:
    problem = tiny(seed)
    exact = exactly(problem, seed=1)
    result = solve(problem, stop=FirstLawful(), seed=seed)
    assert (result.outcome is Outcome.LAWFUL) == (exact is not None)
    if exact is not None:
        assert check(problem, Timetable("tiny", exact)) == []
        assert result.timetable is not None
        assert check(problem, result.timetable) == []


def test_about_half_of_the_tiny_weeks_have_a_timetable() -> None:
    some = [exactly(tiny(seed), seed=1) is not None for seed in range(30)]
    assert 5 <= sum(some) <= 25
    assert WEEK


def test_no_meeting_ever_lies_outside_its_domain_and_the_running_cost_is_true() -> None:
    problem = elementary(5, classes=3, size=6, pairs=4)
    work = desk(problem, seed=1)
    work.lay(())
    assert work.seek(5000, 10) == 0
    work.keep()
    fixed = cost(problem, Timetable("elementary", work.placements(best=True))).total - work.cost
    for _ in range(20):
        work.anneal(50, 20.0, 20.0, 80.0)
        k, s = work.k, work.s
        for m, c in enumerate(s.at.tolist()):
            assert k.domain[m, c // k.slots] >> (c % k.slots) & 1
        now = Timetable("elementary", work.placements(best=False))
        assert check(problem, now) == []
        assert cost(problem, now).total == int(s.total[0]) + fixed
