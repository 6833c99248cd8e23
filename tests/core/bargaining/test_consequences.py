"""What a position does to real days, by solving."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from bargaining_cases import (
    DAY,
    SCHOOLS,
    STRANGERS,
    UNION,
    AtOnce,
    ask,
    books,
    found,
    ground,
    inquiry,
    package,
    position,
    roster,
)

from schoolday.bargaining.carried import Ground
from schoolday.bargaining.compared import Consequences, clauses_of, compare, numbers
from schoolday.bargaining.consequences import consequences
from schoolday.ground.errors import SchooldayError


@pytest.fixture(scope="module")
def both() -> list[Consequences]:
    return found(position(UNION), position())


def test_a_child_s_minutes_are_those_that_the_seeds_give_for_each_grade(both: list[Consequences]) -> None:
    union, plan = ({row.grade: (row.live, row.independent) for row in one.by_grade} for one in both)
    assert list(union) == ["K", *map(str, range(1, 13))]
    assert plan == {"K": (90, 90)} | dict.fromkeys("123", (180, 50)) | dict.fromkeys(
        map(str, range(4, 13)), (180, 60)
    )
    assert union == {"K": (90, 90)} | dict.fromkeys("123", (110, 120)) | dict.fromkeys(
        map(str, range(4, 13)), (120, 120)
    )


def test_all_pupils_of_both_schools_are_counted_once(both: list[Consequences]) -> None:
    for one in both:
        assert sum(row.pupils for row in one.by_grade) == len(roster().pupils)


def test_a_teacher_s_live_minutes_are_those_of_the_placements(both: list[Consequences]) -> None:
    union, plan = both
    fewer = compare(union, plan).teacher_live
    assert len(fewer) == len(union.teachers) == len({row.staff for row in roster().teaching})
    assert max(fewer.values()) == 0, "kindergarten's 90 minutes stay"
    assert sum(minutes < 0 for minutes in fewer.values()) == len(fewer) - 1


def test_every_teacher_has_the_preparation_that_the_rules_ask_for(both: list[Consequences]) -> None:
    for one in both:
        standing = books().on(DAY, frozenset(roster().places))
        least = standing.limit("teacher_preparation").low
        assert least is not None
        assert all(row.preparation is not None and row.preparation >= least for row in one.teachers)


def test_homes_that_gain_or_lose_a_clash_are_those_whose_minutes_come_or_go(both: list[Consequences]) -> None:
    union, plan = both
    change = compare(union, plan)
    here = {home.household for home in union.households if home.minutes}
    there = {home.household for home in plan.households if home.minutes}
    assert change.gained == tuple(sorted(here - there))
    assert change.eased == tuple(sorted(there - here))
    assert all((roster().households[name].devices or 0) < 3 for name in here | there)


def test_a_home_that_nobody_has_asked_is_unknown_and_not_without_clash(both: list[Consequences]) -> None:
    for one in both:
        assert "maple-h06" not in {home.household for home in one.households}
        assert any("1 home with several children" in said for said in one.unknown)


def test_a_position_against_itself_changes_nothing(both: list[Consequences]) -> None:
    change = compare(both[0], both[0])
    every = (change.live, change.independent, change.teacher_live, change.teacher_day, change.preparation)
    assert all(set(minutes.values()) <= {0} for minutes in every)
    assert (change.gained, change.eased, change.services_lost, change.services_kept) == ((), (), (), ())


def test_the_same_seed_gives_the_same_answer(both: list[Consequences]) -> None:
    assert found(position(UNION), position()) == both


def test_one_school_says_that_brothers_and_sisters_elsewhere_are_not_counted() -> None:
    (one,) = found(position(), schools=SCHOOLS[:1])
    assert any("at other schools" in said for said in one.unknown)
    assert {row.school for row in one.teachers} == {SCHOOLS[0]}


def test_what_the_law_forbids_is_told_with_the_law_s_clause_and_the_grades() -> None:
    (one,) = found(package(ask("total_minutes", 200, grades=("4", "5"))), schools=SCHOOLS[:1])
    said = [row for row in one.broken if "asks for at least 240" in row.said]
    assert len(said) == 1
    assert "at least 200" in said[0].said
    assert "grades 4, 5" in said[0].said
    assert "ca.distance.total_minutes@2020-07-01" in clauses_of(one)


def test_clauses_that_leave_no_plan_of_minutes_leave_the_school_unplanned_and_its_numbers_unknown() -> None:
    (one,) = found(package(ask("live_minutes", 400, grades=("1",))), schools=SCHOOLS[:1])
    assert one.unplanned == SCHOOLS[:1]
    assert one.broken
    assert numbers(one)["clash_minutes"] is None
    assert numbers(one)["services_lost"] is None
    change = compare(found(position(), schools=SCHOOLS[:1])[0], one)
    assert change.gained is None
    assert change.eased is None


def test_a_service_that_does_not_fit_is_named_with_its_pupils_and_the_reasons() -> None:
    """Speech of 300 minutes at once: nobody may be live for so long."""
    long = {"maple-v00001": replace(roster().services["maple-v00001"], minutes=300)}
    where = Ground(replace(roster(), services={**roster().services, **long}), DAY)
    (one,) = found(position(), schools=SCHOOLS[:1], where=where)
    assert one.unplanned == ()
    assert [(gone.pupil, gone.kind) for gone in one.services] == [
        ("maple-p01", "speech"),
        ("maple-p26", "speech"),
    ]
    assert any("not every promised service fits" in row.said for row in one.broken)
    assert "ca-scusd-demo.day.unbroken_live@2020-07-01" in clauses_of(one)
    change = compare(one, found(position(), schools=SCHOOLS[:1])[0])
    assert (change.services_lost, change.services_kept) == (one.services, ())


def test_a_week_whose_day_leaves_independent_work_no_time_breaks_the_clauses_of_the_minutes() -> None:
    (one,) = found(package(ask("day_end", 750, "at_most"), ask("live_minutes", 90)), schools=SCHOOLS[:1])
    assert one.unplanned == ()
    assert any("found no free time" in row.said for row in one.broken)
    assert "ca.distance.total_minutes@2020-07-01" in clauses_of(one)


def test_each_school_has_one_result_for_each_position_and_round_whatever_comes_of_it() -> None:
    asked = inquiry(position(), package(ask("live_minutes", 400, grades=("1",))))
    assert sorted(one.key for one in asked.reach(AtOnce())) == sorted(asked.keys)
    assert len(asked.keys) == 2 * 2 * len(SCHOOLS)
    assert len(inquiry(position(), schools=SCHOOLS[:1]).keys) == 1, "one school alone has no second round"


def test_an_inquiry_goes_on_from_any_results_and_says_what_a_whole_one_says(
    both: list[Consequences],
) -> None:
    asked = inquiry(position(UNION), position())
    whole = list(asked.reach(AtOnce()))
    for at in range(len(whole) + 1):
        for done in (whole[:at], whole[at:]):
            rest = list(asked.reach(AtOnce(), done))
            assert sorted(one.key for one in (*done, *rest)) == sorted(asked.keys)
            assert consequences(asked, (*done, *rest)) == both


def test_a_kept_result_that_does_not_fit_or_is_not_lawful_is_reached_again() -> None:
    asked = inquiry(position(), schools=SCHOOLS[:1])
    (one,) = asked.reach(AtOnce())
    assert one.timetable is not None
    placements = one.timetable.placements
    unknown = (replace(placements[0], activity="nobody's"), *placements[1:])
    wrong = [
        replace(one, school=STRANGERS[0]),
        replace(one, position=7),
        *(replace(one, timetable=replace(one.timetable, placements=p)) for p in (placements[1:], unknown)),
    ]
    assert asked.fits(one)
    assert not any(asked.fits(other) for other in wrong)
    assert list(asked.reach(AtOnce(), wrong)) == [one]


def test_consequences_are_not_told_of_half_an_inquiry() -> None:
    with pytest.raises(ValueError, match="1 results are missing"):
        consequences(inquiry(position(), schools=SCHOOLS[:1]), [])


def test_a_stranger_s_school_is_refused_in_words() -> None:
    with pytest.raises(SchooldayError, match=r"has no school 'cedar-elementary'.*maple-elementary"):
        found(position(), schools=STRANGERS[:1])


def test_a_date_without_pupils_is_refused_in_words() -> None:
    holiday = Ground(roster(), date(2020, 9, 7))
    with pytest.raises(SchooldayError, match="2020-09-07 has no pupils"):
        found(position(), where=holiday)


def test_a_position_of_another_place_says_nothing_of_these_pupils() -> None:
    with pytest.raises(SchooldayError, match="is no proposal"):
        position("ca-sanjuan.distance_2020")
    with pytest.raises(SchooldayError, match="no book is called 'nowhere'; the proposals are"):
        position("nowhere")


def test_different_schools_are_not_compared(both: list[Consequences]) -> None:
    with pytest.raises(ValueError, match="different schools or dates"):
        compare(both[0], replace(both[1], schools=SCHOOLS[:1]))


def test_the_second_district_has_an_answer_of_its_own() -> None:
    mine = position(UNION, "cedar")
    (one,) = found(mine, schools=STRANGERS, where=ground("cedar"))
    assert sum(row.pupils for row in one.by_grade) == len(roster("cedar").pupils)
    assert not {row.staff for row in one.teachers} & set(roster().staff)
