"""The beta distribution in plain Python: its cumulative function, quantiles, and one beside another.

The continued fraction is that of Lentz as in Press and others, *Numerical Recipes*, 3rd edition, 6.4.
"""

from __future__ import annotations

import math
from functools import lru_cache

_LEAST, _EXACT, _MOST = 1e-300, 1e-14, 10_000
POINTS = 64
"""How many quantiles stand for a whole distribution where two are compared."""


@lru_cache(maxsize=65_536)
def below(x: float, a: float, b: float) -> float:
    """Return the probability that a beta variable of `a` and `b` lies below `x`."""
    if x <= 0.0:
        return 0.0
    if x >= 1.0:
        return 1.0
    front = math.exp(
        math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    )
    # The fraction comes to its end fast on this side of the mean only.
    if x < (a + 1.0) / (a + b + 2.0):
        return min(front * _fraction(x, a, b) / a, 1.0)
    return max(1.0 - front * _fraction(1.0 - x, b, a) / b, 0.0)


def _fraction(x: float, a: float, b: float) -> float:
    c, d = 1.0, 1.0 / _away(1.0 - (a + b) * x / (a + 1.0))
    value = d
    for m in range(1, _MOST):
        even = m * (b - m) * x / ((a + 2 * m - 1.0) * (a + 2 * m))
        odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1.0))
        for part in (even, odd):
            d = 1.0 / _away(1.0 + part * d)
            c = _away(1.0 + part / c)
            value *= c * d
        if abs(c * d - 1.0) < _EXACT:
            break
    return value


def _away(value: float) -> float:
    """Return a value that may be divided by."""
    return _LEAST if abs(value) < _LEAST else value


@lru_cache(maxsize=65_536)
def quantile(chance: float, a: float, b: float) -> float:
    """Return the value below which a beta variable lies with a probability, to ten places."""
    low, high = 0.0, 1.0
    while high - low > 1e-10:
        middle = (low + high) / 2
        low, high = (middle, high) if below(middle, a, b) < chance else (low, middle)
    return (low + high) / 2


def mean(a: float, b: float) -> float:
    """Return the mean."""
    return a / (a + b)


def variance(a: float, b: float) -> float:
    """Return the variance."""
    return a * b / ((a + b) ** 2 * (a + b + 1.0))


def beats(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Return the probability that one beta variable is greater than another, independent of it.

    Found without chance: the mean of the other's cumulative function at quantiles of the one.
    """
    places = ((i + 0.5) / POINTS for i in range(POINTS))
    return sum(below(quantile(place, *one), *other) for place in places) / POINTS
