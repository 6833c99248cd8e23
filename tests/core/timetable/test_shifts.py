from __future__ import annotations

from itertools import product

import pytest
from draft_cases import TUESDAY, day_plans, roster, standing
from hypothesis import given, settings
from hypothesis import strategies as st
from ortools.sat.python import cp_model

from schoolday.roster import Household, Roster
from schoolday.timetable.draft import draft
from schoolday.timetable.shifts import EARLY, LATE, cut, shifts, windows


def _with(homes: list[Household]) -> Roster:
    return roster(households=homes)


def test_two_siblings_on_one_device_are_in_opposite_shifts() -> None:
    home = _with([Household("h", ("a0", "b0"), devices=1)])
    side = shifts(home, home.enrolled(TUESDAY))
    assert set(side) == {"r1", "r2"}
    assert side["r1"] != side["r2"]
    assert cut(home, home.enrolled(TUESDAY), side) == (1, 1)


def test_siblings_with_a_device_each_pull_nobody_anywhere() -> None:
    home = _with([Household("h", ("a0", "b0"), devices=2)])
    assert cut(home, home.enrolled(TUESDAY), shifts(home, home.enrolled(TUESDAY))) == (0, 0)


def test_the_draft_gives_early_classes_the_morning_and_their_groups_the_afternoon() -> None:
    problem = draft(roster(), "elm", day_plans(), standing(), day=TUESDAY, shifts={"r1": EARLY, "r2": LATE})
    starts = {activity.id: activity.starts for activity in problem.activities}
    assert starts["r1/ela"] == 0b000000111111111
    assert starts["r1/small/1"] == 0b111111111000000
    assert starts["r2/ela"] == 0b111111111000000
    assert starts["r2/small/1"] == 0b000000111111111


def test_a_short_day_has_no_shifts() -> None:
    assert windows(0, 13, EARLY) == (-1, -1)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 8), st.integers(0, 5)), max_size=12))
def test_no_class_could_change_sides_and_part_more_siblings(pairs: list[tuple[int, int]]) -> None:
    used_a, used_b, homes = set(), set(), []
    for a, b in pairs:
        if a not in used_a and b not in used_b:
            homes.append(Household(f"h{a}", (f"a{a}", f"b{b}"), devices=1))
            used_a.add(a)
            used_b.add(b)
    home = _with(homes)
    enrolled = home.enrolled(TUESDAY)
    side = dict(shifts(home, enrolled))
    best = max(cut(home, enrolled, {"r1": x, "r2": y})[0] for x, y in product((0, 1), repeat=2))
    assert cut(home, enrolled, side)[0] == best


@pytest.mark.parametrize("shift", [EARLY, LATE])
@pytest.mark.parametrize(("first", "last"), [(0, 15), (0, 14), (1, 15)])
@pytest.mark.parametrize("longest", [2, 3])
def test_a_shift_leaves_room_for_breaks_lunch_and_preparation(
    shift: int, first: int, last: int, longest: int
) -> None:
    """Five lessons and four groups of a slot, an hour's preparation, lunch from 11 to 13, two services."""
    whole, small = windows(first, last, shift)
    model = cp_model.CpModel()
    slots = range(first, last)
    names = [*(f"w{n}" for n in range(5)), *(f"s{n}" for n in range(4)), "lunch", "service1", "service2"]
    at = {(name, slot): model.new_bool_var(f"{name}@{slot}") for name in names for slot in slots}
    prep = {slot: model.new_bool_var(f"prep@{slot}") for slot in slots[:-1]}
    for name in names:
        model.add_exactly_one(at[name, slot] for slot in slots)
    model.add_exactly_one(prep.values())
    starts = {"w": whole, "s": small, "l": 0b1111 << 6}
    for slot in slots:
        for name in names:
            mask = -1 if name.startswith("service") else starts[name[0]]
            if not mask >> slot & 1:
                model.add(at[name, slot] == 0)
        teacher = [at[name, slot] for name in names if not name.startswith("service")]
        model.add_at_most_one(teacher + [prep[start] for start in (slot - 1, slot) if start in prep])
    for group in range(4):
        _pupil(model, at, slots, f"s{group}", longest)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    assert solver.solve(model) in (cp_model.OPTIMAL, cp_model.FEASIBLE)


def _pupil(
    model: cp_model.CpModel,
    at: dict[tuple[str, int], cp_model.IntVar],
    slots: range,
    group: str,
    longest: int,
) -> None:
    """A pupil of one group with two services: never two things at once, nor too long without a break."""
    mine = [*(f"w{n}" for n in range(5)), group, "service1", "service2"]
    live = {slot: sum(at[name, slot] for name in mine) for slot in slots}
    for slot in slots:
        model.add(live[slot] + at["lunch", slot] <= 1)
    for slot in slots[:-longest]:
        model.add(sum(live[slot + step] for step in range(longest + 1)) <= longest)
