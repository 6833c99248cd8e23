"""The beta distribution agrees with sums that anybody can work out."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolday.learning import beta

WHOLE = st.integers(1, 40)
SHARE = st.floats(0.001, 0.999)
SHAPE = st.floats(0.5, 60.0)


@settings(deadline=None)
@given(SHARE, WHOLE, WHOLE)
def test_with_whole_parameters_it_is_a_binomial_tail(x: float, a: int, b: int) -> None:
    n = a + b - 1
    tail = math.fsum(math.comb(n, j) * x**j * (1 - x) ** (n - j) for j in range(a, n + 1))
    assert beta.below(x, a, b) == pytest.approx(tail, abs=1e-10)


@settings(deadline=None)
@given(SHARE, SHAPE, SHAPE)
def test_it_is_the_same_from_both_ends(x: float, a: float, b: float) -> None:
    assert beta.below(x, a, b) == pytest.approx(1 - beta.below(1 - x, b, a), abs=1e-10)


@settings(deadline=None)
@given(SHARE, SHARE, SHAPE, SHAPE)
def test_it_never_falls(x: float, y: float, a: float, b: float) -> None:
    low, high = sorted((x, y))
    assert beta.below(low, a, b) <= beta.below(high, a, b) + 1e-12


@settings(deadline=None)
@given(st.floats(0.02, 0.98), SHAPE, SHAPE)
def test_a_quantile_is_where_it_says(chance: float, a: float, b: float) -> None:
    assert beta.below(beta.quantile(chance, a, b), a, b) == pytest.approx(chance, abs=1e-5)


@settings(deadline=None)
@given(SHAPE, SHAPE, SHAPE, SHAPE)
def test_of_two_one_beats_the_other_or_the_other_way_round(a: float, b: float, c: float, d: float) -> None:
    assert beta.beats((a, b), (c, d)) + beta.beats((c, d), (a, b)) == pytest.approx(1, abs=0.02)


def test_the_arcsine_law_of_jeffreys_prior() -> None:
    for x in (0.1, 0.5, 0.7, 0.99):
        assert beta.below(x, 0.5, 0.5) == pytest.approx(2 / math.pi * math.asin(math.sqrt(x)), abs=1e-12)


def test_the_ends() -> None:
    assert (beta.below(0.0, 2, 3), beta.below(1.0, 2, 3)) == (0.0, 1.0)
