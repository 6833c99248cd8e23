"""Weeks wholly in person: every class in its room, those who chose it in distance learning, and the check."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolday.calendar.days import Calendar
from schoolday.calendar.row import Minutes
from schoolday.cohorts import Cohorts, everybody
from schoolday.day import people_index
from schoolday.files.rulebooks import load
from schoolday.ground.errors import NotInForce
from schoolday.ground.finding import Finding, broken
from schoolday.roster import Roster
from schoolday.rules import Rulebook, Way
from schoolday.sample.write import sample
from schoolday.timetable.check.cohorts import check_cohorts
from schoolday.timetable.check.rooms import check_rooms
from schoolday.timetable.check.verdict import findings
from schoolday.timetable.dates import Dates
from schoolday.timetable.district import facing
from schoolday.timetable.meeting import SchoolDay, SchoolWeek
from schoolday.timetable.plan import Plan
from schoolday.timetable.problem import CLASSROOM
from schoolday.timetable.rows import rows
from schoolday.timetable.solve import solve
from schoolday.timetable.timetable import FirstLawful

MONDAY, FRIDAY = date(2020, 10, 12), date(2020, 10, 16)
TODAY = date(2026, 9, 14)
OWED = {"TK": 180, "K": 180, "1": 230, "2": 230, "3": 230}
"""Minutes that Education Code 43501 asks for by grade; 240 in all others."""

World = tuple[Roster, Rulebook]


@pytest.fixture(scope="module")
def world() -> World:
    return sample("maple"), load()


def _staying(roster: Roster, share: float, seed: int) -> frozenset[str]:
    drawn = np.random.default_rng(seed).random(len(roster.pupils)) < share
    return frozenset(pupil for pupil, stays in zip(roster.pupils, drawn.tolist(), strict=True) if stays)


def _made(world: World, staying: frozenset[str] = frozenset(), monday: date = MONDAY) -> tuple[Dates, Plan]:
    roster, book = world
    at = Dates(roster, book, Way.IN_PERSON, everybody(roster.pupils, staying))
    weeks = {}
    for question in at.questions(monday):
        found = solve(question, stop=FirstLawful(), seed=1).timetable
        assert found is not None
        weeks[question.school] = SchoolWeek(question, found)
    return at, Plan(roster.district, monday, 1, weeks, Way.IN_PERSON, at.cohorts)


def _hard(at: Dates, plan: Plan, first: date = MONDAY, last: date = FRIDAY) -> list[str]:
    return [one.said for one in broken(list(findings(at, plan, first, last)))]


def _minutes(days: list[SchoolDay], roster: Roster) -> dict[str, dict[Minutes, int]]:
    found: dict[str, dict[Minutes, int]] = defaultdict(lambda: defaultdict(int))
    for day in days:
        for one in rows(day):
            if one.activity in roster.sections:
                found[one.pupil][one.kind] += one.minutes
    return found


@settings(max_examples=8, deadline=None)
@given(share=st.sampled_from([0.0, 0.1, 0.3, 0.6, 1.0]), seed=st.integers(0, 1000))
def test_whoever_stays_at_home_the_week_has_no_hard_finding_and_everybody_gets_what_is_owed(
    world: World, share: float, seed: int
) -> None:
    roster = world[0]
    staying = _staying(roster, share, seed)
    at, plan = _made(world, staying)
    assert _hard(at, plan) == []
    given_ = _minutes(list(at.school_days(plan, MONDAY)), roster)
    for pupil in roster.pupils.values():
        mine = given_[pupil.id]
        assert sum(mine.values()) >= OWED.get(pupil.grade, 240)
        assert set(mine) == (
            {Minutes.LIVE, Minutes.INDEPENDENT} if pupil.id in staying else {Minutes.IN_PERSON}
        )


def test_a_class_meets_once_in_its_room_with_everybody_who_came_and_its_own_teacher(world: World) -> None:
    roster = world[0]
    staying = _staying(roster, 0.3, 4)
    at, plan = _made(world, staying)
    enrolled = roster.enrolled(MONDAY)
    met = set()
    for day in at.school_days(plan, MONDAY):
        for one in day.meetings:
            if one.kind is not Minutes.IN_PERSON or one.source not in roster.sections:
                continue
            met.add(one.source)
            assert set(one.pupils) == set(enrolled[one.source]) - staying
            assert one.teachers == roster.teachers_of[one.source]
            assert not one.place.startswith("http")
            assert one.place != "home"
    assert met == {name for name, pupils in enrolled.items() if set(pupils) - staying}


def test_who_stays_at_home_joins_the_class_at_its_start_for_the_minutes_of_distance_learning(
    world: World,
) -> None:
    roster, book = world
    staying = _staying(roster, 0.3, 4)
    at, plan = _made(world, staying)
    far = Dates(roster, book).plans(MONDAY)
    for day in at.school_days(plan, MONDAY):
        starts = {one.activity: one.span.start for one in day.meetings if one.kind is Minutes.IN_PERSON}
        for one in day.meetings:
            if one.kind is Minutes.LIVE:
                assert set(one.pupils) <= staying
                assert starts.get(one.activity, one.span.start) == one.span.start
        assert dict(day.staying.plans).items() <= dict(far).items()
        index = people_index([day])
        for pupil in set(index.pupils) & staying:
            own = index.pupils[pupil].plan(roster.pupils[pupil].grade)
            assert own is not None
            assert own.way is Way.DISTANCE


def test_a_small_group_of_those_at_home_is_theirs_alone(world: World) -> None:
    staying = _staying(world[0], 0.3, 4)
    at, _ = _made(world, staying)
    small = [one for question in at.questions(MONDAY) for one in question.activities if one.line == "small"]
    assert small
    for one in small:
        assert set(one.pupils) <= staying
        assert one.place == "home"


def test_nobody_at_school_is_held_to_the_devices_of_the_household(world: World) -> None:
    staying = _staying(world[0], 0.5, 2)
    for question in _made(world, staying)[0].questions(MONDAY):
        assert {pupil for pair in question.pairs for pupil in (pair.a, pair.b)} <= staying


def _schools(roster: Roster, pupils: Iterable[str]) -> dict[str, str]:
    """A pupil of each school that some pupils are at."""
    return {roster.pupils[one].school: one for one in pupils}


def test_a_device_is_shared_by_siblings_of_two_schools_only_where_both_stay_at_home(world: World) -> None:
    roster = world[0]
    house = next(one for one in roster.households.values() if len(_schools(roster, one.pupils)) > 1)
    short = replace(roster, households={house.id: replace(house, devices=1)})
    a, b = _schools(roster, house.pupils).values()
    for staying, due in ((frozenset({a}), set()), (frozenset({a, b}), {a, b})):
        at, plan = _made((short, world[1]), staying)
        faced = facing(plan.weeks, at.homes)
        assert {pupil for week in faced.values() for pupil in week.problem.away} == due


def _with_rooms(world: World, number: int) -> World:
    roster, book = world
    rooms = {school: {CLASSROOM: number} for school in roster.schools}
    return replace(roster, rooms=rooms), book


def test_no_more_classes_meet_at_once_than_the_school_has_classrooms(world: World) -> None:
    few = _with_rooms(world, 4)
    at, plan = _made(few)
    assert _hard(at, plan) == []
    said = [one.code for one in findings(at, plan, MONDAY, FRIDAY)]
    assert "day.room" not in said
    for day in at.school_days(plan, MONDAY):
        assert [one for one in check_rooms(_with_rooms(world, 1)[0], day) if one.code == "day.room"]


def test_classrooms_that_nobody_counted_are_unverified_not_enough(world: World) -> None:
    at, plan = _made(world)
    rooms = {one.status.value for one in findings(at, plan, MONDAY, MONDAY) if one.code.endswith(".room")}
    assert rooms == {"unverified"}


def test_a_pupil_who_chose_otherwise_and_is_expected_in_a_room_is_named(world: World) -> None:
    roster = world[0]
    at, plan = _made(world)
    one = next(iter(roster.pupils))
    told: Cohorts = everybody(roster.pupils, {one})
    wrong: list[Finding] = [
        found for day in at.school_days(plan, MONDAY) for found in check_cohorts(day, told)
    ]
    assert wrong
    assert {found.where[1] for found in wrong} == {f"pupil {one}"}


def _present(world: World) -> Roster:
    """Return Maple in the school year 2026-27; its promised services were for 2020-21 only."""
    roster = world[0]
    enrollments = tuple(replace(row, first=None, last=None) for row in roster.enrollments)
    year = Calendar(date(2026, 8, 17), date(2027, 6, 11))
    return replace(roster, calendar=year, enrollments=enrollments, services={})


def test_under_todays_law_a_week_in_person_is_planned_from_todays_minimum_day(world: World) -> None:
    at, plan = _made((_present(world), world[1]), monday=TODAY)
    assert _hard(at, plan, TODAY, date(2026, 9, 18)) == []
    kinds = {band: one.clauses for band, one in at.plans(TODAY).items()}
    assert kinds["2", "homeroom"] == ("ca.minimum_day.primary@2021-07-01",)


def test_under_todays_law_nobody_stays_in_the_distance_learning_of_2020(world: World) -> None:
    roster = _present(world)
    at = Dates(roster, world[1], Way.IN_PERSON, everybody(roster.pupils, [next(iter(roster.pupils))]))
    with pytest.raises(NotInForce, match="in the way distance"):
        list(at.questions(TODAY))
