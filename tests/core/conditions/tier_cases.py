"""Weeks of a county in 2020, told on Tuesdays, for the tests of its tiers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from schoolday.conditions import Memory, Week

FIRST = date(2020, 9, 8)
"""The Tuesday of the first assessment."""

Numbers = tuple[float | None, float | None] | tuple[float | None, float | None, float | None]


def county(*numbers: Numbers, first: date = FIRST) -> tuple[Week, ...]:
    """Return weeks in a row from their adjusted cases, positive tests and the least healthy quarter's."""
    return tuple(week(first + timedelta(weeks=place), *some) for place, some in enumerate(numbers))


def week(told: date, cases: float | None, positive: float | None, equity: float | None = None) -> Week:
    """Return one week; its data end ten days before it is told."""
    values = {"county_case_rate": cases, "county_positivity": positive, "equity_positivity": equity}
    return Week("ca-maple-county", told, told - timedelta(days=10), values)


def purple(assigned: date = date(2020, 8, 31), ranges: Sequence[tuple[date, str | None]] = ()) -> Memory:
    """Return a county that is in purple since a date."""
    return Memory("purple", assigned, tuple(ranges))
