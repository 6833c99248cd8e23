"""The move: a changed week is lawful, keeps what it can, and names everybody whom it touches."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from instances import secondary

from schoolday.ground.spans import Span
from schoolday.timetable.change import When, change, change_all, compared, touched
from schoolday.timetable.check import check
from schoolday.timetable.district import Effort
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.problem import Activity, Grid, Limits, TimetableProblem, What
from schoolday.timetable.solve import solve
from schoolday.timetable.timetable import FirstLawful, Placement, Steps, Timetable

SLOTS = 4


def tiny(
    rosters: list[tuple[str, ...]], teachers: list[str], slots: int, first: int = 480
) -> TimetableProblem:
    """Return a school of one weekday whose day holds so many slots of half an hour."""
    activities = tuple(
        Activity(f"a{n}", f"a{n}", "x", What.SECTION, f"a{n}", (teacher,), roster, 30, (0,), 1)
        for n, (roster, teacher) in enumerate(zip(rosters, teachers, strict=True))
    )
    grid = Grid(first, 30, SLOTS, 1)
    day = {"day": Limits("day", Span(480, 480 + 30 * slots))}
    pupils = {pupil: "day" for roster in rosters for pupil in roster}
    return TimetableProblem("tiny", grid, activities, day, pupils, dict.fromkeys(teachers, ("day",)))


def table(problem: TimetableProblem, slots: tuple[int, ...]) -> Timetable:
    rows = zip(problem.activities, slots, strict=True)
    return Timetable("tiny", tuple(Placement(one.id, 0, slot) for one, slot in rows))


def lawful(problem: TimetableProblem) -> list[tuple[int, ...]]:
    """Return every lawful week, found by trying all."""
    every = product(range(SLOTS), repeat=len(problem.activities))
    return [slots for slots in every if not check(problem, table(problem, slots))]


CLASS = st.sets(st.sampled_from(["p1", "p2", "p3", "p4"]), min_size=1, max_size=3).map(
    lambda some: tuple(sorted(some))
)
ROSTERS = st.lists(CLASS, min_size=2, max_size=4)


@settings(max_examples=60, deadline=None)
@given(rosters=ROSTERS, pick=st.integers(0, 10**6), data=st.data())
def test_in_a_tiny_school_no_lawful_week_keeps_more_than_the_change_does(
    rosters: list[tuple[str, ...]], pick: int, data: st.DataObject
) -> None:
    teachers = data.draw(
        st.lists(st.sampled_from(["t1", "t2"]), min_size=len(rosters), max_size=len(rosters))
    )
    before, after = (tiny(rosters, teachers, slots) for slots in (SLOTS, SLOTS - 1))
    old, new = lawful(before), lawful(after)
    if not old or not new:
        return
    start = old[pick % len(old)]
    least = min(sum(a != b for a, b in zip(start, other, strict=True)) for other in new)
    made = change(SchoolWeek(before, table(before, start)), after, stop=Steps(2_000), seed=1)
    assert made.week is not None
    assert check(after, made.week.timetable) == []
    assert made.must <= made.moved == least
    assert made.moved + made.kept == len(rosters)


@pytest.fixture(scope="module")
def old() -> SchoolWeek:
    problem = secondary(2, cohorts=5, teachers=8, pairs=12, services=4)
    found = solve(problem, stop=FirstLawful(), seed=1).timetable
    assert found is not None
    return SchoolWeek(problem, found)


def _without_a_teacher(problem: TimetableProblem) -> TimetableProblem:
    """One teacher falls out in the first hour of every day, as a change of duties would have it."""
    who = problem.activities[0].teachers[0]
    late = Limits("late", Span(problem.grid.start(1), problem.grid.start(problem.grid.slots)))
    staff = {**problem.staff_limits, who: ("late",) * problem.grid.days}
    return replace(problem, limits={**problem.limits, "late": late}, staff_limits=staff)


def test_nothing_moves_where_nothing_has_changed(old: SchoolWeek) -> None:
    made = change(old, old.problem, stop=Steps(2_000), seed=3)
    assert made.moves == ()
    assert made.share == 0
    assert made.kept == len(old.timetable.placements)


def test_the_changed_week_is_lawful_and_moves_far_less_than_a_plan_made_afresh(old: SchoolWeek) -> None:
    new = _without_a_teacher(old.problem)
    made = change(old, new, stop=Steps(5_000), seed=3)
    assert made.week is not None
    assert check(new, made.week.timetable) == []
    fresh = solve(new, stop=Steps(5_000), seed=3)
    assert fresh.timetable is not None
    assert made.must > 0
    assert made.moved * 5 < compared(old, SchoolWeek(new, fresh.timetable), fresh).moved


def test_the_cost_that_counts_moves_and_the_list_of_moves_agree(old: SchoolWeek) -> None:
    made = change(old, _without_a_teacher(old.problem), stop=Steps(1_000), seed=4)
    assert made.result.cost is not None
    assert made.result.cost.moved == made.moved == len(made.moves)


def test_everybody_in_a_meeting_that_moves_is_touched_and_nobody_else(old: SchoolWeek) -> None:
    made = change(old, _without_a_teacher(old.problem), stop=Steps(1_000), seed=4)
    people = touched(old, made)
    moved = {one.activity for one in made.moves}
    inside = [one for one in old.problem.activities if one.id in moved]
    assert people.pupils.keys() == {pupil for one in inside for pupil in one.pupils}
    assert people.teachers.keys() == {teacher for one in inside for teacher in one.teachers}


def test_the_same_seed_gives_the_same_change(old: SchoolWeek) -> None:
    new = _without_a_teacher(old.problem)
    first, second = (change(old, new, stop=Steps(1_000), seed=5).week for _ in range(2))
    assert first == second


def test_a_class_that_is_new_and_one_that_is_gone_are_said_to_be_so_and_count_for_no_share() -> None:
    before = tiny([("p1",), ("p2",)], ["t1", "t2"], SLOTS)
    after = tiny([("p1",), ("p2",), ("p3",)], ["t1", "t2", "t3"], SLOTS)
    after = replace(after, activities=after.activities[1:])
    made = change(SchoolWeek(before, table(before, (0, 2))), after, stop=Steps(500), seed=1)
    gone, new = (next(one for one in made.moves if one.activity == name) for name in ("a0", "a2"))
    assert (gone.before, gone.after) == (When(0, 480), None)
    assert new.before is None
    assert (made.share, made.kept) == (0, 1)


def test_hours_are_compared_by_the_clock_where_the_new_day_begins_earlier() -> None:
    before, after = tiny([("p1",)], ["t1"], 3), tiny([("p1",)], ["t1"], 3, first=450)
    made = change(SchoolWeek(before, table(before, (1,))), after, stop=Steps(500), seed=1)
    assert made.week is not None
    assert made.moves == ()
    assert made.week.timetable.placements == (Placement("a0", 0, 2),)


def test_a_week_for_which_there_is_no_room_is_said_to_have_found_none() -> None:
    before, after = (tiny([("p1",)] * 3, ["t1"] * 3, slots) for slots in (3, 2))
    made = change(SchoolWeek(before, table(before, (0, 1, 2))), after, stop=Steps(500), seed=1)
    assert made.week is None
    assert made.result.unplaced
    assert made.must == 1


def test_many_schools_change_side_by_side_and_one_that_is_new_is_made_from_nothing(old: SchoolWeek) -> None:
    other = replace(secondary(3, cohorts=5, teachers=8, pairs=12, services=4), school="other")
    said: list[str] = []
    with ThreadPoolExecutor(1) as pool:
        made = change_all(
            {old.problem.school: old}, [old.problem, other], pool,
            effort=Effort(10), seed=1, report=lambda school, _: said.append(school),
        )  # fmt: skip
    assert sorted(said) == sorted([old.problem.school, "other"])
    assert made[old.problem.school].moves == ()
    assert made["other"].kept == 0
    assert all(one.before is None for one in made["other"].moves)
