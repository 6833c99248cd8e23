"""Hybrid weeks: one meeting held once, half of the class in the room and half by link; and its check."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from verdict_cases import made_of

from schoolday.calendar.row import Minutes
from schoolday.cohorts import TWO_AND_TWO, Cohorts
from schoolday.files.rulebooks import load
from schoolday.ground.finding import broken
from schoolday.roster import Roster
from schoolday.rules import Rulebook, Way
from schoolday.sample.write import sample
from schoolday.timetable.check.cohorts import check_cohorts
from schoolday.timetable.check.verdict import findings
from schoolday.timetable.dates import Dates
from schoolday.timetable.meeting import SchoolDay, SchoolWeek
from schoolday.timetable.plan import Plan
from schoolday.timetable.solve import solve
from schoolday.timetable.timetable import FirstLawful

MONDAY, FRIDAY = date(2020, 10, 5), date(2020, 10, 9)
LETTERS = np.array(["A", "B", "C", "S"])

World = tuple[Roster, Rulebook, Plan]


def _cohorts(roster: Roster, seed: int) -> Cohorts:
    drawn = np.random.default_rng(seed).choice(LETTERS, len(roster.pupils))
    return Cohorts(TWO_AND_TWO, dict(zip(roster.pupils, drawn.tolist(), strict=True)))


@pytest.fixture(scope="module")
def world() -> World:
    roster, book = sample("maple"), load()
    cohorts = _cohorts(roster, 1)
    at = Dates(roster, book, Way.HYBRID, cohorts)
    weeks = {}
    for question in at.questions(MONDAY):
        found = solve(question, stop=FirstLawful(), seed=1).timetable
        assert found is not None
        weeks[question.school] = SchoolWeek(question, found)
    return roster, book, Plan(roster.district, MONDAY, 1, weeks, Way.HYBRID, cohorts)


def _dates(world: World, cohorts: Cohorts | None = None) -> Dates:
    roster, book, plan = world
    return Dates(roster, book, Way.HYBRID, cohorts or plan.cohorts)


def test_a_hybrid_week_has_no_hard_finding(world: World) -> None:
    assert [one.said for one in broken(list(findings(_dates(world), world[2], MONDAY, FRIDAY)))] == []


def test_a_class_that_is_half_at_school_meets_once_in_the_room_and_by_link(world: World) -> None:
    cohorts = world[2].cohorts
    assert cohorts is not None
    halves = 0
    for day in _dates(world).school_days(world[2], MONDAY):
        for pair in _held(day).values():
            assert len({(one.span, one.teachers) for one in pair}) == 1
            pupils = [pupil for one in pair for pupil in one.pupils]
            assert len(pupils) == len(set(pupils))
            for one in pair:
                there = {cohorts.on_site(pupil, MONDAY) for pupil in one.pupils}
                assert there == {one.kind is Minutes.IN_PERSON}
                assert one.kind is Minutes.LIVE or not one.place.startswith("http")
            halves += len(pair) == 2
    assert halves > 0


def _held(day: SchoolDay) -> dict[str, list]:  # type: ignore[type-arg]
    found = defaultdict(list)
    for one in day.meetings:
        found[one.activity].append(one)
    return found


def test_nobody_is_in_a_room_on_the_wednesday_when_no_cohort_is_at_school(world: World) -> None:
    wednesday = MONDAY + timedelta(days=2)
    kinds = {one.kind for day in _dates(world).school_days(world[2], wednesday) for one in day.meetings}
    assert kinds == {Minutes.LIVE}


@settings(max_examples=20, deadline=None)
@given(seed=st.integers(0, 10_000), weekday=st.integers(0, 4))
def test_whoever_is_at_school_a_pupils_minutes_are_those_of_the_day_at_a_distance(
    world: World, seed: int, weekday: int
) -> None:
    roster, _, plan = world
    day = MONDAY + timedelta(days=weekday)
    drawn = _cohorts(roster, seed)
    at_home = replace(plan, cohorts=None)
    mixed = _minutes(list(_dates(world, drawn).school_days(plan, day)))
    assert mixed == _minutes(list(_dates(world, Cohorts(TWO_AND_TWO, {})).school_days(at_home, day)))


def _minutes(days: list[SchoolDay]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = defaultdict(int)
    for day in days:
        for one in day.meetings:
            for pupil in one.pupils:
                found[pupil, one.activity] += one.span.minutes
        for pupil, work in day.work.items():
            found[pupil, "own"] += sum(one.span.minutes for one in work)
    return found


def test_a_pupil_expected_in_a_room_on_a_day_at_home_is_named(world: World) -> None:
    roster, _, plan = world
    other = _cohorts(roster, 2)
    found = {one.code for one in broken(list(findings(_dates(world, other), plan, MONDAY, FRIDAY)))}
    assert found <= {"day.cohort"}
    days = list(_dates(world, other).school_days(plan, MONDAY))
    wrong = [one for day in days for one in check_cohorts(day, plan.cohorts)]
    assert wrong
    assert {one.code for one in wrong} == {"day.cohort"}
    assert "is expected" in wrong[0].said


def test_a_plan_at_a_distance_expects_nobody_in_a_room() -> None:
    roster, book, plan = made_of("cedar")
    days = Dates(roster, book).school_days(plan, plan.day)
    assert {one.kind for day in days for one in day.meetings} == {Minutes.LIVE}
