from __future__ import annotations

from datetime import date
from math import inf

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from program_cases import (
    DAILY,
    DAY,
    IMPOSED,
    LAW,
    OFFER,
    PLACE,
    SAN_JUAN,
    TEMPORARY,
    UNION_WORK,
    rule,
    standing,
)

from schoolday.ground.errors import NoProgram, NotInForce, SchooldayError
from schoolday.program import Format, Strand, build
from schoolday.program.build import shared
from schoolday.program.question import question
from schoolday.program.shape import DEFAULT, Shape
from schoolday.program.solve import Program, conflict, fits
from schoolday.rules import Layer, Period, Rule, Rulebook, Way


def test_a_day_outside_every_rule_of_total_minutes_is_refused_in_words() -> None:
    later = Rulebook((LAW, DAILY)).on(date(2022, 3, 1), PLACE)
    with pytest.raises(NotInForce, match="total_minutes is not in force on 2022-03-01") as refused:
        build(later, grade="3", kind="homeroom")
    assert "another date" in str(refused.value)


def test_a_plan_names_every_clause_that_had_a_say() -> None:
    plan = build(standing(LAW, DAILY, IMPOSED), grade="3", kind="homeroom")
    assert plan.clauses == ("ca.total@2020-07-01", "scusd.live@2020-07-01", "ca.live@2020-07-01")


def test_guidance_and_another_grades_clause_do_not_shape_a_plan() -> None:
    advice = rule("who.screens", "live_minutes", at_most=20, layer=Layer.GUIDANCE)
    older = rule("older", "live_minutes", at_most={"9-12": 20})
    plan = build(standing(LAW, advice, older), grade="3", kind="homeroom")
    assert plan.live == 180
    assert plan.clauses == ("ca.total@2020-07-01",)


def test_the_longer_of_two_total_minutes_counts_and_both_are_named() -> None:
    plan = build(standing(LAW, OFFER), grade="10", kind="scheduled")
    assert plan.total == 295
    assert {"ca.total@2020-07-01", "scusd.offer@2020-07-01"} == set(plan.clauses)


def test_odd_minutes_that_courses_cannot_share_stand_in_a_line_of_their_own() -> None:
    plan = build(standing(LAW, IMPOSED, OFFER), grade="10", kind="scheduled")
    assert [(line.key, line.live, line.independent) for line in plan.lines] == [
        ("section", 30, 19),
        ("remainder", 0, 1),
    ]


def test_a_cap_on_a_teachers_live_minutes_counts_every_small_group() -> None:
    cap = rule("cba.teacher", "teacher_live", at_most=225)
    plan = build(standing(LAW, DAILY, cap), grade="5", kind="homeroom")
    taught = sum(line.live * (plan.groups if line.format is Format.SMALL else 1) for line in plan.lines)
    assert taught <= 225
    assert {line.live for line in plan.lines} == {25}  # five lessons and four groups: 9 x 25 = 225
    assert dict(plan.price)["cba.teacher@2020-07-01"] == 0.25  # a group's minute takes four of the teacher's


def test_no_meeting_lasts_longer_than_screens_may_without_a_break() -> None:
    plan = build(standing(LAW, rule("unbroken", "unbroken_live", at_most=20)), grade="3", kind="homeroom")
    assert {line.live for line in plan.lines} == {20}


def test_a_small_groups_least_length_binds_only_where_the_group_meets() -> None:
    groups = rule("groups", "group_minutes", at_least=20, at_most=25)
    assert build(standing(LAW, groups), grade="3", kind="homeroom").lines[-1].live == 25
    fewer = build(standing(LAW, groups, SAN_JUAN), grade="3", kind="homeroom")
    assert (fewer.live, fewer.lines[-1].live) == (55, 0)


def test_a_weekly_floor_is_asked_of_five_days_alike() -> None:
    weekly = rule("weekly", "live_minutes", at_least=500, period=Period.WEEK)
    assert build(standing(LAW, weekly), grade="3", kind="homeroom").live == 100


def test_in_person_the_whole_day_is_in_class() -> None:
    plan = build(standing(LAW), grade="3", kind="homeroom", way=Way.IN_PERSON)
    assert (plan.live, plan.independent, plan.in_person) == (0, 0, 230)


def test_in_person_every_course_has_the_same_period_and_no_minute_is_lost() -> None:
    plan = build(standing(LAW), grade="9", kind="scheduled", courses=7, way=Way.IN_PERSON)
    assert [(line.key, line.in_person) for line in plan.lines] == [("section", 35)]
    assert plan.total == 245


def test_what_limits_live_and_independent_minutes_shapes_no_day_in_person() -> None:
    few = rule("few", "independent_minutes", at_most=10)
    much = rule("much", "live_minutes", at_least=200)
    plan = build(standing(LAW, few, much), grade="3", kind="homeroom", way=Way.IN_PERSON)
    assert plan.lines == build(standing(LAW), grade="3", kind="homeroom", way=Way.IN_PERSON).lines
    assert {clause.split("@")[0] for clause in plan.clauses} == {LAW.id}


def test_a_kindergarten_day_longer_than_the_longest_is_refused_with_both_clauses() -> None:
    long = rule("long", "total_minutes", at_least={"K": 250})
    most = rule("most", "kindergarten_without_recess", at_most={"K": 240})
    with pytest.raises(NoProgram) as refused:
        build(standing(LAW, long, most), grade="K", kind="homeroom", way=Way.IN_PERSON)
    assert {clause.split("@")[0] for clause in refused.value.clauses} == {"long", "most"}


def test_a_hybrid_day_is_refused_where_no_rule_counts_a_day_at_home() -> None:
    later = Rulebook((LAW, DAILY)).on(date(2022, 3, 1), PLACE)
    with pytest.raises(NotInForce, match="days at home"):
        build(later, grade="3", kind="homeroom", way=Way.HYBRID)


def test_a_hybrid_day_holds_the_same_meetings_as_a_day_at_a_distance() -> None:
    hybrid = build(standing(LAW, DAILY), grade="3", kind="homeroom", way=Way.HYBRID)
    distance = build(standing(LAW, DAILY), grade="3", kind="homeroom", way=Way.DISTANCE)
    assert hybrid.lines == distance.lines


def test_a_shape_without_the_grade_is_refused_in_words() -> None:
    with pytest.raises(SchooldayError, match="no self-contained class for grade 9"):
        build(standing(LAW), grade="9", kind="homeroom", shape=Shape(homeroom={}))


def test_the_refusal_names_the_smallest_set_of_clauses_in_conflict() -> None:
    floor = rule("floor", "live_minutes", at_least=180)
    cap = rule("cap", "teacher_live", at_most=150)
    rules = (LAW, DAILY, floor, cap, TEMPORARY)
    with pytest.raises(NoProgram) as refused:
        build(standing(*rules), grade="5", kind="homeroom")
    core = refused.value.clauses
    assert "floor@2020-07-01" in core
    assert len(core) == 2
    asked = question(standing(*rules), "5", "homeroom", 6, Way.DISTANCE, DEFAULT)
    assert not fits(asked, frozenset(core))
    for clause in core:
        assert fits(asked, frozenset(core) - {clause})
        assert clause in str(refused.value)
    assert "source of floor" in str(refused.value)
    assert "solved again" in str(refused.value)


def test_a_tight_but_possible_day_is_planned_and_not_refused() -> None:
    tight = (
        rule("share", "live_share", at_most=23),
        rule("cap", "teacher_live", at_most=100),
        rule("work", "independent_minutes", at_least=60),
    )
    plan = build(standing(LAW, *tight), grade="5", kind="homeroom")
    assert (plan.live, plan.total) == (55, 240)


def test_clauses_that_can_be_met_together_are_no_conflict() -> None:
    asked = question(standing(LAW, DAILY), "5", "homeroom", 6, Way.DISTANCE, DEFAULT)
    with pytest.raises(SchooldayError, match="no conflict"):
        conflict(asked)


@settings(max_examples=60, deadline=None)
@given(st.integers(10, 90), st.integers(60, 350), st.integers(0, 240), st.integers(0, 240))
def test_a_day_is_refused_only_where_the_clauses_named_do_not_fit(
    share: int, cap: int, work: int, live: int
) -> None:
    rules = (
        LAW,
        rule("share", "live_share", at_most=share),
        rule("cap", "teacher_live", at_most=cap),
        rule("work", "independent_minutes", at_most=work),
        rule("live", "live_minutes", at_least=live),
    )
    asked = question(standing(*rules), "5", "homeroom", 6, Way.DISTANCE, DEFAULT)
    if not fits(asked, frozenset(asked.clauses)):
        with pytest.raises(NoProgram) as refused:
            build(standing(*rules), grade="5", kind="homeroom")
        assert not fits(asked, frozenset(refused.value.clauses))
        return
    plan = build(standing(*rules), grade="5", kind="homeroom")
    taught = sum(line.live * (plan.groups if line.format is Format.SMALL else 1) for line in plan.lines)
    assert plan.total >= 240
    assert plan.live >= live
    assert plan.independent <= work
    assert taught <= cap
    assert 100 * plan.live <= share * plan.total + 1e-6


def test_one_clause_may_stand_against_the_shape_alone() -> None:
    with pytest.raises(
        NoProgram, match="this clause cannot be met in 3 live meetings of 15 to 30"
    ) as refused:
        build(standing(LAW, rule("floor", "live_minutes", at_least=120)), grade="K", kind="homeroom")
    assert refused.value.clauses == ("floor@2020-07-01",)


def test_a_district_may_choose_another_shape() -> None:
    two = Shape(homeroom={"3": (Strand("am", "Morning"), Strand("pm", "Afternoon"))}, meeting=60)
    plan = build(standing(LAW), grade="3", kind="homeroom", shape=two)
    assert [(line.key, line.live, line.independent) for line in plan.lines] == [
        ("am", 60, 55),
        ("pm", 60, 55),
    ]


@given(st.integers(0, 400), st.integers(1, 7))
def test_sharing_work_keeps_every_minute(minutes: int, parts: int) -> None:
    found = shared(minutes, parts, 5)
    assert sum(found) == minutes
    assert len(found) == parts
    assert min(found) >= 0


def _live(rules: tuple[Rule, ...], loosened: Rule) -> float:
    """Live minutes of the program without whole steps, the slow way: with one rule put in anew."""
    book = Rulebook(rules).with_([loosened])
    asked = question(book.on(DAY, PLACE), "5", "homeroom", 6, Way.DISTANCE, DEFAULT)
    program = Program(asked, asked.demands, relaxed=True)
    total = program.minimise(program.total)
    assert total is not None
    program.hold(program.total, total)
    more = {place: -cost for place, cost in program.live.items()}
    value = program.minimise(more)
    assert value is not None
    assert abs(value) < inf
    return -value


@settings(max_examples=25, deadline=None)
@given(st.integers(20, 60), st.integers(100, 350), st.integers(60, 200))
def test_a_price_is_what_solving_again_with_the_clause_a_little_looser_gains(
    share: int, cap: int, work: int
) -> None:
    loose = 0.01
    most = {
        "share": (
            rule("share", "live_share", at_most=share),
            rule("share", "live_share", at_most=share + loose),
        ),
        "cap": (rule("cap", "teacher_live", at_most=cap), rule("cap", "teacher_live", at_most=cap + loose)),
        "work": (
            rule("work", "independent_minutes", at_least=work),
            rule("work", "independent_minutes", at_least=work - loose),
        ),
    }
    rules = (LAW, *(pair[0] for pair in most.values()))
    price = dict(build(standing(*rules), grade="5", kind="homeroom").price)
    base = _live(rules, LAW)
    for name, (now, looser) in most.items():
        gain = (_live(rules, looser) - base) / loose
        tighter = (base - _live(rules, _tighter(now, loose))) / loose
        assert min(gain, tighter) - 1e-3 <= price.get(f"{name}@2020-07-01", 0.0) <= max(gain, tighter) + 1e-3


def _tighter(now: Rule, loose: float) -> Rule:
    clause = now.clauses[0]
    if clause.at_most is not None:
        return rule(now.id, now.measure, at_most=(clause.at_most.flat or 0) - loose)
    assert clause.at_least is not None
    return rule(now.id, now.measure, at_least=(clause.at_least.flat or 0) + loose)


def test_independent_work_asked_for_costs_live_minutes_one_for_one() -> None:
    plan = build(standing(LAW, UNION_WORK), grade="5", kind="homeroom")
    assert dict(plan.price) == {"scta.work@2020-07-01": 1.0, "ca.total@2020-07-01": -1.0}
