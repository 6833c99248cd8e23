"""solve(): what it makes is lawful by the independent checker, and the same for the same seed."""

from __future__ import annotations

import hashlib
import subprocess
import sys
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest
from instances import WEEK, daily_secondary, elementary, secondary

from schoolday.ground.finding import Status
from schoolday.ground.spans import Span
from schoolday.timetable.check import check
from schoolday.timetable.check.cost import cost
from schoolday.timetable.problem import Activity, Grid, Limits, TimetableProblem, What
from schoolday.timetable.solve import solve
from schoolday.timetable.timetable import FirstLawful, Outcome, Placement, Progress, Result, Seconds, Steps

SMALL = {
    "elementary": lambda: elementary(1, classes=4, size=12, pairs=8),
    "secondary": lambda: secondary(2, cohorts=5, teachers=8, pairs=12, services=4),
    "daily": lambda: daily_secondary(3, cohorts=5, pairs=12),
}


def activity(name: str, pupils: str, teacher: str = "", times: int = 5, **more: object) -> Activity:
    made = Activity(
        name, name, "x", What.SECTION, name, tuple(teacher.split()), tuple(pupils.split()), 30, WEEK, times
    )
    return replace(made, **more)  # type: ignore[arg-type]


def school(
    *activities: Activity, slots: int = 4, pupil: Limits | None = None, **more: object
) -> TimetableProblem:
    grid = Grid(480, 30, slots)
    day = Span(480, grid.start(slots))
    pupils = sorted({one for each in activities for one in each.pupils})
    staff = sorted({one for each in activities for one in each.teachers})
    limits = {
        "pupil": replace(pupil, id="pupil") if pupil else Limits("pupil", day),
        "staff": Limits("staff", day),
    }
    made = TimetableProblem(
        "small",
        grid,
        activities,
        limits,
        dict.fromkeys(pupils, "pupil"),
        dict.fromkeys(staff, ("staff",) * 5),
    )
    return replace(made, **more)  # type: ignore[arg-type]


def lawful(problem: TimetableProblem, steps: int = 250, seed: int = 1) -> Result:
    result = solve(problem, stop=Steps(steps), seed=seed)
    assert result.outcome is Outcome.LAWFUL, result.unplaced
    assert result.timetable is not None
    assert check(problem, result.timetable) == []
    assert result.cost == cost(problem, result.timetable)
    return result


@pytest.mark.parametrize("kind", SMALL)
def test_the_checker_finds_nothing_and_counts_the_same_cost(kind: str) -> None:
    lawful(SMALL[kind](), steps=2000)


@pytest.mark.parametrize("kind", SMALL)
def test_the_last_line_of_the_trace_is_the_cost_of_the_timetable(kind: str) -> None:
    result = lawful(SMALL[kind](), steps=1000)
    assert result.cost is not None
    assert result.trace[-1].cost == result.cost.total


def test_more_steps_make_it_better() -> None:
    problem = SMALL["daily"]()
    first, later = lawful(problem, steps=0), lawful(problem, steps=3000)
    assert first.cost is not None
    assert later.cost is not None
    assert later.cost.total < 0.8 * first.cost.total


SAME = """
import sys, hashlib
sys.path.insert(0, {here!r})
from instances import elementary
from schoolday.timetable.solve import solve
from schoolday.timetable.timetable import Steps
result = solve(elementary(1, classes=4, size=12, pairs=8), stop=Steps(500), seed=7)
print(hashlib.sha256(repr(result.timetable).encode()).hexdigest())
"""


def test_the_same_seed_gives_the_same_timetable_in_another_process() -> None:
    here = lawful(SMALL["elementary"](), steps=500, seed=7)
    code = SAME.format(here=str(Path(__file__).parent))
    for hashes in ("1", "2"):
        ran = subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            capture_output=True,
            text=True,
            env={"PYTHONHASHSEED": hashes},
        )
        assert ran.stdout.strip() == hashlib.sha256(repr(here.timetable).encode()).hexdigest()


def test_another_seed_gives_another_timetable() -> None:
    problem = SMALL["elementary"]()
    assert lawful(problem, seed=1).timetable != lawful(problem, seed=2).timetable


def test_a_lawful_start_is_kept_where_nothing_has_to_move() -> None:
    problem = SMALL["secondary"]()
    before = lawful(problem).timetable
    assert solve(problem, stop=FirstLawful(), seed=5, start=before).timetable == before


def test_a_start_with_a_hole_moves_few() -> None:
    problem = SMALL["secondary"]()
    before = lawful(problem).timetable
    assert before is not None
    holed = replace(before, placements=before.placements[3:])
    after = solve(problem, stop=FirstLawful(), seed=5, start=holed).timetable
    assert after is not None
    assert check(problem, after) == []
    assert len(set(after.placements) - set(before.placements)) <= 12


def test_a_start_that_breaks_rules_is_mended() -> None:
    problem = school(activity("a", "p", "t"), activity("b", "p", "u"))
    clash = tuple(Placement(name, day, 0) for name in "ab" for day in WEEK)
    start = replace(lawful(problem).timetable, placements=clash)  # type: ignore[type-var]
    after = solve(problem, stop=FirstLawful(), seed=1, start=start)
    assert after.timetable is not None
    assert check(problem, after.timetable) == []


def test_meetings_of_several_slots_are_laid_whole() -> None:
    longer = [activity(f"l{n}", "p q", f"t{n}", times=3, length=2, minutes=45) for n in range(2)]
    lawful(school(*longer, activity("a", "p", "t0"), activity("b", "q", "t1"), slots=6))


def test_rooms_are_not_used_twice() -> None:
    labs = [activity(f"a{n}", f"p{n} q{n}", f"t{n}", place="lab") for n in range(8)]
    lawful(school(*labs, slots=4, rooms={"lab": 2}))


def test_a_room_that_is_not_there_leaves_its_activities_unplaced() -> None:
    problem = school(activity("a", "p", "t", place="lab"), activity("b", "p", "t"), rooms={"lab": 0})
    result = solve(problem, stop=FirstLawful(), seed=1)
    assert result.outcome is Outcome.STOPPED
    assert result.unplaced == ("a",)


def test_rooms_that_nobody_counted_do_not_make_a_school_unplannable_and_the_check_says_so() -> None:
    problem = school(
        activity("a", "p", "t", place="lab"), activity("b", "q", "u", place="gym"), rooms={"gym": 1}
    )
    result = solve(problem, stop=FirstLawful(), seed=1)
    assert result.outcome is Outcome.LAWFUL
    found = check(problem, result.timetable)
    assert {(one.code, one.status, one.where[1]) for one in found} == {
        ("timetable.room", Status.UNVERIFIED, "lab")
    }


def test_a_part_time_teacher_teaches_only_when_there() -> None:
    part = Limits("part", Span(480, 540))
    made = school(
        activity("a", "p", "t", times=2), activity("b", "q", "t", times=2), activity("c", "p q", "u")
    )
    staff = {**made.staff_limits, "t": ("off", "part", "off", "part", "off")}
    problem = replace(
        made, limits={**made.limits, "part": part, "off": Limits("off", None)}, staff_limits=staff
    )
    result = lawful(problem)
    assert result.timetable is not None
    assert {one.day for one in result.timetable.placements if one.activity in "ab"} == {1, 3}


def test_starts_and_days_asked_for_are_kept() -> None:
    some = activity("a", "p", "t", times=2, days=(1, 2, 4), starts=0b0100)
    result = lawful(school(some, activity("b", "p", "u")))
    assert result.timetable is not None
    mine = [one for one in result.timetable.placements if one.activity == "a"]
    assert {one.slot for one in mine} == {2}
    assert len({one.day for one in mine} - {1, 2, 4}) == 0


def test_short_meetings_leave_a_break_and_long_ones_do_not() -> None:
    limits = Limits("pupil", Span(480, 600), longest_live=60, least_break=10)
    short = [activity(f"s{n}", "p", f"t{n}", minutes=20) for n in range(4)]
    lawful(school(*short, slots=4, pupil=limits))
    full = [activity(f"s{n}", "p", f"t{n}") for n in range(4)]
    refused = solve(school(*full, slots=4, pupil=limits), stop=FirstLawful(), seed=1)
    assert refused.outcome is Outcome.STOPPED


def test_live_minutes_are_added_up_where_meetings_differ() -> None:
    limits = Limits("pupil", Span(480, 600), most_live=80)
    mixed = [
        activity("a", "p", "t"),
        activity("b", "p", "u", minutes=25),
        activity("c", "p", "v", minutes=25),
    ]
    lawful(school(*mixed, pupil=limits))
    tight = replace(limits, most_live=79)
    assert solve(school(*mixed, pupil=tight), stop=FirstLawful(), seed=1).outcome is Outcome.STOPPED


def test_siblings_elsewhere_are_kept_out_of_the_way() -> None:
    problem = school(activity("a", "p", "t"), activity("b", "p", "u"), slots=4, away={"p": (0b0011,) * 5})
    result = lawful(problem, steps=500)
    assert result.cost is not None
    assert result.cost.clashes == 0


def test_a_clock_that_stands_at_the_end_stops_at_once_and_says_so() -> None:
    ticks = count(0, 100)
    seen: list[Progress] = []
    result = solve(
        SMALL["secondary"](), stop=Seconds(50), seed=1, clock=lambda: float(next(ticks)), report=seen.append
    )
    assert seen[0].seconds >= 50
    assert result.steps >= seen[0].steps


def test_too_many_meetings_are_refused_in_words() -> None:
    many = [activity(f"a{n}", f"p{n}") for n in range(6401)]
    with pytest.raises(ValueError, match="split the school"):
        solve(school(*many), stop=FirstLawful(), seed=1)
