"""Positions as what-ifs, and the law against them."""

from __future__ import annotations

from bargaining_cases import DAY, UNION, ask, books, package, position, roster

from schoolday.bargaining.whatif import Broken, Position, against
from schoolday.rules import Layer, Standing, Way

PLACES = frozenset(roster().places)
GRADES = ("K", "1", "5", "9")


def standing(one: Position) -> Standing:
    return one.rulebook.on(DAY, PLACES)


def wrong(one: Position) -> tuple[Broken, ...]:
    return against(one, standing(one), GRADES, Way.DISTANCE)


def test_a_package_stands_and_policies_give_way_only_for_its_grades() -> None:
    one = package(ask("live_minutes", 150, grades=("5",)))
    limits = {
        grade: standing(one).limit("live_minutes", grade=grade, way=Way.DISTANCE).low for grade in GRADES
    }
    assert limits == {"K": 90, "1": 180, "5": 150, "9": 180}


def test_law_stays_whatever_a_package_asks() -> None:
    one = package(ask("total_minutes", 100))
    low = standing(one).limit("total_minutes", grade="5", way=Way.DISTANCE).low
    assert low == 240
    assert {clause for row in wrong(one) for clause in row.clauses} >= {
        "ca.distance.total_minutes@2020-07-01"
    }


def test_a_number_as_strict_as_the_law_is_not_against_it() -> None:
    assert wrong(package(ask("total_minutes", 240))) == ()
    assert wrong(package(ask("total_minutes", 300))) == ()


def test_a_ceiling_below_the_law_s_floor_is_against_it() -> None:
    assert wrong(package(ask("total_minutes", 200, "at_most")))
    assert wrong(package(ask("total_minutes", 200, "exactly")))
    assert wrong(package(ask("total_minutes", 250, "exactly"))) == ()


def test_what_a_position_changes_changes_nothing_of_the_books() -> None:
    before = books().rules
    one = package(ask("live_minutes", 150))
    assert books().rules is before
    assert {rule.id for rule in one.rulebook.rules} - {rule.id for rule in before} == one.own


def test_a_proposed_book_is_in_force_in_its_own_what_if_alone() -> None:
    mine = position(UNION)
    assert mine.own
    layers = {rule.layer for rule in mine.rulebook.rules if rule.id in mine.own}
    assert Layer.PROPOSAL not in layers
    assert position().rulebook is books()
