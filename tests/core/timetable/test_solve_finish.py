"""The last few: what the search leaves over CP-SAT lays, the neighbours free to move and the others kept."""

from __future__ import annotations

from dataclasses import replace

import pytest
from instances import secondary

from schoolday.ground.spans import Span
from schoolday.timetable.check import check
from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.solve import finish as finishing
from schoolday.timetable.solve import run, solve
from schoolday.timetable.solve.exact import exactly
from schoolday.timetable.timetable import FirstLawful, Outcome, Result, Seconds, Steps, Timetable

PATIENCE = 117
"""Steps after which the search on this school has one activity left; with two more it would have none."""


def tight() -> TimetableProblem:
    return secondary(2, cohorts=5, teachers=8, pairs=6, services=4)


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {"SEEK": PATIENCE, "PATIENCE_LEAST": PATIENCE, "PATIENCE": 0}.items():
        monkeypatch.setattr(run, name, value)


def first(problem: TimetableProblem, seed: int = 1) -> Result:
    return solve(problem, stop=FirstLawful(), seed=seed)


def week(problem: TimetableProblem, seed: int = 1) -> Timetable:
    table = first(problem, seed).timetable
    assert table is not None
    return table


@pytest.mark.usefixtures("impatient")
def test_the_search_alone_gives_up_with_a_meeting_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "FEW", 0)
    result = first(tight())
    assert result.outcome is Outcome.STOPPED
    assert len(result.unplaced) == 1


@pytest.mark.usefixtures("impatient")
def test_the_exact_way_lays_what_the_search_left_and_the_check_finds_nothing() -> None:
    problem = tight()
    result = first(problem)
    assert result.outcome is Outcome.LAWFUL
    assert check(problem, week(problem)) == []
    assert result.timetable == week(problem)


@pytest.mark.usefixtures("impatient")
def test_a_week_finished_by_the_exact_way_is_improved_like_any_other() -> None:
    problem = tight()
    before, after = first(problem).cost, solve(problem, stop=Steps(1000), seed=1)
    assert before is not None
    assert after.cost is not None
    assert after.cost.total < before.total
    assert after.timetable is not None
    assert check(problem, after.timetable) == []


@pytest.mark.usefixtures("impatient")
def test_who_says_stop_is_not_kept_waiting_for_the_exact_way() -> None:
    ticks = iter(range(0, 1000, 50))
    result = solve(tight(), stop=Seconds(75), seed=1, clock=lambda: float(next(ticks)))
    assert result.outcome is Outcome.STOPPED


@pytest.mark.usefixtures("impatient")
def test_too_little_effort_leaves_the_meeting_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finishing, "EFFORT", 1e-9)
    assert first(tight()).outcome is Outcome.STOPPED


@pytest.mark.parametrize("number", range(0, 24, 3))
def test_only_free_activities_move(number: int) -> None:
    problem = tight()
    whole = week(problem).placements
    some = frozenset(one.id for one in problem.activities[number : number + 2])
    near = tuple(one for one in whole if one.activity not in some)
    found = exactly(problem, seed=1, near=near, free=some)
    assert found is not None
    assert check(problem, Timetable("secondary", found)) == []
    assert set(near) <= set(found)


def test_where_the_others_leave_no_room_none_is_found() -> None:
    problem = tight()
    whole = week(problem).placements
    name = whole[0].activity
    off = next(one for one in problem.activities if one.id == name).teachers[0]
    # One slot on one day is too little for all its meetings.
    limits = {**problem.limits, "brief": replace(problem.limits["staff"], id="brief", window=Span(480, 510))}
    staff = {**problem.staff_limits, off: ("brief",) * 5}
    mine = {one.id for one in problem.activities if off in one.teachers}
    near = tuple(one for one in whole if one.activity not in mine)
    shut = replace(problem, limits=limits, staff_limits=staff)
    assert exactly(shut, seed=1, near=near, free=frozenset(mine)) is None
