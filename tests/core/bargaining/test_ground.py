"""Which packages are lawful and carried: the whole grid, however it is gone through."""

from __future__ import annotations

from functools import cache

import pytest
from bargaining_cases import DAY, QUICK, SCHOOLS, STRANGERS, AtOnce, agreed, books, ground
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolday.bargaining.carried import Effort, carry_whole
from schoolday.bargaining.consequences import consequences, numbers
from schoolday.bargaining.disputed import FROM_MINUTES, FROM_WEEK, Aim, Disputed, Side, Term
from schoolday.bargaining.front import front
from schoolday.bargaining.ground import Package, State, explore
from schoolday.bargaining.inquiry import Inquiry
from schoolday.ground.errors import SchooldayError

LIVE = Term(
    "live", "Live minutes", (120.0, 180.0), "live_minutes", "at_least", ("1", "2", "3", "4", "5", "6")
)
WHOLE = Term("whole", "Whole day", (230.0, 240.0), "total_minutes", "at_least", ("4", "5", "6"))
FREE = Term("free", "Preparation", (60.0, 200.0, 260.0), "teacher_preparation", "at_least")
WORDS = Term("recordings", "Recordings", ("none", "all"))
UNION = Side("union", "Union", (Aim("teacher_live", more=False), Aim("term:free", more=True)))
DISTRICT = Side("district", "District", (Aim("live_minutes", more=True), Aim("term:recordings", more=True)))
EFFORT = Effort(steps=5, conflict=2.0)


def table(*terms: Term, place: str = "ca-scusd-demo") -> Disputed:
    return Disputed("A table", place, terms, (UNION, DISTRICT))


TABLE = table(LIVE, WHOLE, FREE, WORDS)


def explored(
    done: tuple[Package, ...] = (), district: str = "maple", school: str = "", seed: int = 1
) -> list[Package]:
    some = explore(
        ground(district), books(), TABLE, school or SCHOOLS[0], AtOnce(), seed=seed, effort=EFFORT, done=done
    )
    return list(some)


@cache
def whole() -> tuple[Package, ...]:
    return tuple(explored())


def by_choice(packages: object) -> dict[tuple[int, ...], Package]:
    return {one.choice: one for one in packages}  # type: ignore[attr-defined]


def test_every_package_of_the_grid_is_judged_once() -> None:
    assert sorted(one.choice for one in whole()) == list(TABLE.packages())


def test_a_package_below_the_law_is_unlawful_and_names_the_law() -> None:
    for one in whole():
        assert (one.state is State.UNLAWFUL) == (one.choice[1] == 0)
        if one.state is State.UNLAWFUL:
            assert "at least 230" in one.said
            assert "ca.distance.total_minutes@2020-07-01" in one.clauses


def test_a_preparation_that_the_contract_has_no_room_for_is_impossible_and_says_why() -> None:
    found = by_choice(whole())
    assert {one.state for one in whole()} == {State.UNLAWFUL, State.IMPOSSIBLE, State.CARRIED}
    assert found[0, 1, 0, 0].state is State.CARRIED
    assert found[1, 1, 2, 0].state is State.IMPOSSIBLE
    assert any("table.free@2020-09-08" in one.clauses for one in whole() if one.state is State.IMPOSSIBLE)


def test_what_is_pruned_and_shared_is_what_solving_each_package_alone_says() -> None:
    """Brute force: every package on its own, with nothing shared."""
    for one in whole():
        alone = agreed(books(), TABLE.asks(one.choice), ground().roster.places, DAY, "alone")
        standing = ground().standing(alone.rulebook)
        if one.state is State.UNLAWFUL:
            continue
        minutes = ground().minutes(standing, ground().bands(SCHOOLS[0]))
        solved = carry_whole(ground().problem(SCHOOLS[0], minutes, standing), 1, EFFORT)
        assert (one.state is State.CARRIED) == solved.whole
        if one.state is State.IMPOSSIBLE:
            assert solved.conflict or "asks for less" in one.said


def test_the_measures_of_a_carried_package_are_its_consequences() -> None:
    found = by_choice(whole())
    for choice in ((0, 1, 0, 0), (1, 1, 0, 1)):
        position = agreed(books(), TABLE.asks(choice), ground().roster.places, DAY, "alone")
        asked = Inquiry(ground(), (position,), SCHOOLS[:1], 1, EFFORT)
        (alone,) = consequences(asked, asked.reach(AtOnce()))
        told = numbers(alone)
        assert alone.broken == ()
        for name in (*FROM_MINUTES, *FROM_WEEK):
            assert found[choice].values[name] == pytest.approx(told[name], abs=1e-6)
        assert found[choice].values["term:recordings"] == choice[3]


def test_a_carried_package_s_dated_day_breaks_no_rule_either() -> None:
    """The day ends at half past twelve: a week is found, but independent work finds no time on the date."""
    sides = tuple(Side(name, name, (Aim("teacher_live", more=False),)) for name in ("union", "district"))
    end = Term("end", "The day's end", (750.0, 930.0), "day_end", "at_most")
    few = Term("few", "Live minutes", (90.0,), "live_minutes", "at_least")
    early = Disputed("A table", "ca-scusd-demo", (end, few), sides)
    some = list(explore(ground(), books(), early, SCHOOLS[0], AtOnce(), seed=1, effort=QUICK))
    late, noon = by_choice(some)[1, 0], by_choice(some)[0, 0]
    assert late.state is State.CARRIED
    assert noon.state is State.NOT_FOUND, "that one week leaves no time for the work proves nothing"
    assert "found no free time" in noon.said
    assert "ca.distance.total_minutes@2020-07-01" in noon.clauses


def test_the_same_seed_says_the_same_of_every_package() -> None:
    assert explored() == list(whole())


@settings(max_examples=12, deadline=None)
@given(st.sets(st.integers(0, TABLE.size - 1)))
def test_a_run_that_goes_on_says_what_a_whole_run_does(kept: set[int]) -> None:
    done = tuple(one for at, one in enumerate(whole()) if at in kept)
    rest = explored(done)
    assert {one.choice for one in rest}.isdisjoint(one.choice for one in done)
    assert by_choice([*done, *rest]) == by_choice(whole())


def test_a_run_that_was_stopped_anywhere_ends_with_the_identical_front() -> None:
    best = front(sorted(whole(), key=lambda one: one.choice), TABLE)
    assert best
    for stopped in range(0, TABLE.size, 5):
        done = whole()[:stopped]
        again = sorted([*done, *explored(done)], key=lambda one: one.choice)
        assert front(again, TABLE) == best


def test_the_stranger_has_packages_of_its_own_and_maple_s_school_is_none_of_it() -> None:
    other = explored(district="cedar", school=STRANGERS[0])
    assert {one.question for one in other if one.question}.isdisjoint(one.question for one in whole())
    with pytest.raises(SchooldayError, match="has no school 'maple-elementary'"):
        explored(district="cedar", school=SCHOOLS[0])


def test_terms_of_another_place_are_refused_in_words() -> None:
    with pytest.raises(SchooldayError, match="terms are of ca-sanjuan"):
        list(
            explore(
                ground(),
                books(),
                table(WORDS, FREE, place="ca-sanjuan"),
                SCHOOLS[0],
                AtOnce(),
                seed=1,
                effort=QUICK,
            )
        )
