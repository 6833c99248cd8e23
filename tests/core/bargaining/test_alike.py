"""When two questions are the same, and when one asks for all that another does."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from functools import cache

from bargaining_cases import SCHOOLS, ask, ground, package
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolday.bargaining.alike import fingerprint, tighter
from schoolday.bargaining.carried import Effort, carry_whole
from schoolday.timetable.check import check
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.problem import TimetableProblem


def problem(live: float = 150, preparation: float = 60, live_most: float = 300) -> TimetableProblem:
    """Return a school's question. Its fullest class takes 270 minutes of a teacher, in four small groups."""
    where = ground()
    one = package(
        ask("live_minutes", live, grades=("1", "2", "3")),
        ask("teacher_preparation", preparation),
        ask("teacher_live", live_most, "at_most"),
    )
    standing = where.standing(one.rulebook)
    return where.problem(SCHOOLS[0], where.minutes(standing, where.bands(SCHOOLS[0])), standing)


def bare(one: TimetableProblem) -> TimetableProblem:
    """Return a question without the names of its clauses."""
    return replace(one, limits={key: replace(row, clauses={}) for key, row in one.limits.items()})


def test_the_names_of_clauses_do_not_make_another_question_and_numbers_do() -> None:
    one = problem()
    assert fingerprint(one) == fingerprint(bare(one)) == fingerprint(problem())
    others = [problem(live=180), problem(preparation=75), problem(live_most=280)]
    assert len({fingerprint(other) for other in (one, *others)}) == 4
    assert fingerprint(one, "more") != fingerprint(one)


def test_a_fingerprint_is_the_same_in_every_process() -> None:
    said = (
        "import sys; sys.path.insert(0, 'tests/core/bargaining');"
        "from test_alike import fingerprint, problem;"
        "print(fingerprint(problem()))"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", said],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert found == {fingerprint(problem()) + "\n"}


def test_more_preparation_asks_for_all_that_less_does_and_more_live_minutes_do_not() -> None:
    assert tighter(problem(preparation=90), problem(preparation=60))
    assert not tighter(problem(preparation=60), problem(preparation=90))
    assert tighter(problem(live_most=280), problem(live_most=300))
    assert not tighter(problem(live=180), problem(live=150))
    assert not tighter(problem(live=150), problem(live=180))


PREPARATION = st.sampled_from([30.0, 60.0, 90.0, 120.0])
MOST = st.sampled_from([270.0, 285.0, 300.0])


@settings(max_examples=25, deadline=None)
@given(PREPARATION, MOST, PREPARATION, MOST)
def test_a_week_of_the_tighter_question_answers_the_looser_one(
    mine: float, most: float, theirs: float, other: float
) -> None:
    """This is what pruning rests on: where the looser is impossible, so is the tighter."""
    one, looser = problem(120, mine, most), problem(120, theirs, other)
    assert tighter(one, looser) == (mine >= theirs and most <= other)
    week = solved(mine, most)
    if tighter(one, looser) and week is not None:
        assert check(looser, week.timetable) == []


@cache
def solved(preparation: float, most: float) -> SchoolWeek | None:
    return carry_whole(problem(120, preparation, most), 1, Effort(1, conflict=0.0)).week


def test_a_question_is_as_tight_as_itself() -> None:
    assert tighter(problem(), problem())


def test_a_stranger_s_question_is_never_compared() -> None:
    mine = problem()
    assert not tighter(mine, replace(mine, school="cedar-elementary"))
