"""The front, exactly; and what private limits tell, and to whom."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolday.bargaining.disputed import Aim, Disputed, Side, Term
from schoolday.bargaining.front import (
    USUAL_QUESTIONS,
    Limit,
    Questions,
    carried,
    common,
    front,
    known_limits,
    mediated,
)
from schoolday.bargaining.ground import Package, State
from schoolday.ground.errors import SchooldayError

MEASURES = ("live_minutes", "teacher_live", "clash_minutes")
TABLE = Disputed(
    "A table",
    "",
    (Term("a", "A", (1.0, 2.0, 3.0)), Term("b", "B", ("none", "some", "all"))),
    (
        Side("union", "The union", (Aim("teacher_live", more=False), Aim("term:b", more=False))),
        Side("district", "The district", (Aim("live_minutes", more=True), Aim("clash_minutes", more=False))),
    ),
)
NUMBERS = st.integers(0, 4).map(float)


@st.composite
def tables(draw: st.DrawFn) -> list[Package]:
    """Return the whole grid, each package with a state and small numbers, so that many are alike."""
    found = []
    for choice in TABLE.packages():
        state = draw(st.sampled_from([State.CARRIED, State.CARRIED, State.UNLAWFUL, State.NOT_FOUND]))
        values = {name: draw(NUMBERS) for name in MEASURES} | TABLE.own(choice)
        found.append(Package(choice, state, values if state is State.CARRIED else {}))
    return found


@st.composite
def limits(draw: st.DrawFn) -> list[Limit]:
    sides, measures = st.sampled_from(["union", "district"]), st.sampled_from([*MEASURES, "term:a", "term:b"])
    bound = st.one_of(st.none(), NUMBERS)
    row = st.builds(Limit, sides, measures, bound, bound)
    return draw(st.lists(row, max_size=4))


def betters(one: Package, other: Package) -> bool:
    """Whether one package is as good on every measure of both sides and better on one: the definition."""
    steps = [
        (one.values[aim.measure] or 0) - (other.values[aim.measure] or 0)
        if aim.more
        else (other.values[aim.measure] or 0) - (one.values[aim.measure] or 0)
        for aim in TABLE.aims
    ]
    return all(step >= 0 for step in steps) and any(step > 0 for step in steps)


@given(tables())
def test_the_front_is_what_brute_force_finds(packages: list[Package]) -> None:
    some = carried(packages)
    assert front(packages, TABLE) == tuple(
        one for one in some if not any(betters(other, one) for other in some)
    )


@given(tables())
def test_no_member_is_bettered_and_every_other_is_bettered_by_a_member_or_not_carried(
    packages: list[Package],
) -> None:
    best = front(packages, TABLE)
    for one in packages:
        if one in best:
            assert not any(betters(other, one) for other in carried(packages))
        else:
            assert one.state is not State.CARRIED or any(betters(member, one) for member in best)


@given(tables().flatmap(lambda grid: st.tuples(st.just(grid), st.permutations(grid))))
def test_the_front_does_not_hang_on_the_order_of_the_packages(
    grids: tuple[list[Package], list[Package]],
) -> None:
    packages, mixed = grids
    assert {one.choice for one in front(mixed, TABLE)} == {one.choice for one in front(packages, TABLE)}


@given(tables(), limits())
def test_yes_is_said_exactly_where_a_carried_package_keeps_within_all_limits(
    packages: list[Package], some: list[Limit]
) -> None:
    def holds(limit: Limit, one: Package) -> bool:
        value = one.values[limit.measure] or 0.0
        low = limit.at_least is None or value >= limit.at_least
        return low and (limit.at_most is None or value <= limit.at_most)

    within = [one for one in carried(packages) if all(holds(limit, one) for limit in some)]
    assert common(packages, some) is bool(within)
    told = mediated(packages, TABLE, some)
    assert told.within == tuple(within)
    assert all(one in within for one in told.best)
    assert bool(told.best) is bool(within)


@given(tables(), limits())
def test_the_front_and_a_yes_are_all_that_an_answer_holds(packages: list[Package], some: list[Limit]) -> None:
    """Whatever the limits, a party's answer is one of two values and the front stays the same."""
    assert common(packages, some) in (True, False)
    assert mediated(packages, TABLE, some).front == front(packages, TABLE)


@given(tables(), limits())
def test_where_nothing_is_common_a_binding_limit_is_one_without_which_something_is(
    packages: list[Package], some: list[Limit]
) -> None:
    told = mediated(packages, TABLE, some)
    for limit in told.binding:
        assert not told.within
        assert common(packages, [other for other in some if other is not limit])


def test_a_yes_looks_at_no_fewer_packages_and_limits_than_a_no() -> None:
    """Else the time of the answer would tell how early a package was found, or a limit broken."""
    looked: list[tuple[object, ...]] = []

    class Watched(Limit):
        def holds(self, package: Package) -> bool:
            looked.append((self.at_least, package.choice))
            return super().holds(package)

    packages = [Package(c, State.CARRIED, {"live_minutes": 2.0}) for c in TABLE.packages()]
    for least in (0.0, 9.0):
        looked.clear()
        some = [Watched("union", "live_minutes", least), Watched("district", "live_minutes", least)]
        assert common(packages, some) is (least == 0.0)
        assert len(looked) == 2 * len(packages)


def test_missing_evidence_is_never_taken_for_zero() -> None:
    one = Package((0, 0), State.CARRIED, dict.fromkeys(MEASURES) | TABLE.own((0, 0)))
    with pytest.raises(SchooldayError, match="nobody can say teacher_live here"):
        front([one], TABLE)
    limit = Limit("union", "teacher_live", at_least=0)
    assert not common([one], [limit])


def test_the_mediator_learns_of_a_limit_that_nobody_can_judge() -> None:
    values = dict.fromkeys(MEASURES, 1.0) | TABLE.own((0, 0)) | {"over_contract": None}
    one = Package((0, 0), State.CARRIED, values)
    limit = Limit("union", "over_contract", at_most=5)
    assert mediated([one], TABLE, [limit]).unknown == (limit,)


def test_no_print_of_a_limit_shows_what_it_limits_or_its_numbers() -> None:
    shown = repr(Limit("union", "over_contract", 12.5, 777.25))
    assert "12.5" not in shown
    assert "777" not in shown
    assert "over_contract" not in shown


def test_limits_of_a_stranger_or_on_what_nobody_measures_are_refused() -> None:
    with pytest.raises(SchooldayError, match="'cedar' is no side of this table"):
        known_limits([Limit("cedar", "live_minutes", 1)], TABLE)
    with pytest.raises(SchooldayError, match="limits 'joy'"):
        known_limits([Limit("union", "joy", 1)], TABLE)


def test_each_side_may_ask_so_often_and_not_once_more() -> None:
    questions = Questions()
    for _ in range(USUAL_QUESTIONS):
        questions = questions.ask("union")
    with pytest.raises(SchooldayError, match="union has asked all 2 questions"):
        questions.ask("union")
    assert questions.ask("district").counts == {"union": USUAL_QUESTIONS, "district": 1}


def test_the_usual_number_of_answers_cannot_tell_one_of_five_values() -> None:
    assert 2**USUAL_QUESTIONS < 5


def test_what_is_left_is_what_may_still_be_asked() -> None:
    questions = Questions(("union",))
    assert (questions.left("union"), questions.left("district")) == (1, 2)
    assert Questions(("union",) * 5).left("union") == 0
    assert Questions(stopped=True).left("union") == 0


def test_a_mediator_can_stop_the_questions() -> None:
    with pytest.raises(SchooldayError, match="the mediator has stopped"):
        Questions(stopped=True).ask("union")
