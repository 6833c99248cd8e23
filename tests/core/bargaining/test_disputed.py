"""The grid of disputed terms."""

from __future__ import annotations

import pytest

from schoolday.bargaining.disputed import Aim, Disputed, Side, Term
from schoolday.ground.errors import SchooldayError

LIVE = Term("live", "Live", (120.0, 150.0, 180.0), "live_minutes", "at_least", ("1", "2"))
END = Term("end", "End", (840.0, 900.0), "day_end", "at_most")
WORDS = Term("recordings", "Recordings", ("none", "all"))


def table(*terms: Term, aims: tuple[Aim, ...] = (Aim("live_minutes", more=True),)) -> Disputed:
    return Disputed("A table", "", terms, (Side("union", "U", aims), Side("district", "D", aims)))


def test_packages_are_every_combination_of_values_once() -> None:
    every = list(table(LIVE, END, WORDS).packages())
    assert len(every) == len(set(every)) == table(LIVE, END, WORDS).size == 12


def test_a_package_asks_what_its_measured_terms_ask_and_words_ask_nothing() -> None:
    asks = table(LIVE, END, WORDS).asks((2, 0, 1))
    assert [(one.measure, one.sense, one.value, one.grades) for one in asks] == [
        ("live_minutes", "at_least", 180.0, ("1", "2")),
        ("day_end", "at_most", 840.0, ()),
    ]


def test_more_of_a_floor_and_less_of_a_ceiling_are_stricter() -> None:
    one = table(LIVE, END, WORDS)
    assert one.level((0, 1, 0)) == one.level((0, 1, 1)) == 0
    assert one.level((2, 0, 0)) == 3


def test_a_grid_that_nobody_can_wait_for_is_refused() -> None:
    many = [Term(f"t{at}", "T", tuple(map(float, range(11)))) for at in range(4)]
    with pytest.raises(SchooldayError, match="14,641 packages are more than 10,000"):
        table(*many)


def test_two_terms_of_one_name_and_an_aim_that_nobody_measures_are_refused() -> None:
    with pytest.raises(SchooldayError, match="two terms are called live"):
        table(LIVE, LIVE)
    with pytest.raises(SchooldayError, match="'joy', which nobody measures"):
        table(LIVE, aims=(Aim("joy", more=True),))
