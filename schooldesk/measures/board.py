"""What everybody may read of a year: figures by month and group, without what tells small numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from datetime import date
from typing import Any

import numpy.typing as npt

from schoolday.measures.dense import Dense
from schoolday.measures.dense.groups import by_groups, by_pupil
from schoolday.measures.dense.months import of_days
from schoolday.measures.disclosure import told_together

YEAR = "year"
"""The name of the period that is the whole year."""
ANSWERS = ("short_days", "chronic_absence", "engagement_weeks", "service_minutes", "live_share")

Rates = dict[str, npt.NDArray[Any]]


def months_of(dense: Dense, packed: set[date]) -> dict[str, list[int]]:
    """Return the numbers of the days of each calendar month that has a sealed day."""
    found: dict[str, list[int]] = {}
    for one in dense.year.days:
        found.setdefault(f"{one.day:%Y-%m}", []).append(one.number)
    sealed = {f"{day:%Y-%m}" for day in packed}
    return {month: days for month, days in found.items() if month in sealed}


def board_of(dense: Dense, packed: set[date], smallest: int) -> dict[str, list[list[Any]]]:
    """Return the told cells of the year and of each month, by period, ready to be kept as JSON.

    The year's minutes and short days are those of its months that have a sealed day: days of which nothing
    was sealed are neither promised nor missed on this board.
    """
    months = months_of(dense, packed)
    every = [day for days in months.values() for day in days]
    answers = by_pupil(dense.answers(ANSWERS))
    rates: dict[str, Rates] = {YEAR: {**answers, **of_days(dense, every)}}
    rates |= {month: of_days(dense, days) for month, days in months.items()}
    return _told(dense, rates, smallest)


def _told(dense: Dense, rates: dict[str, Rates], smallest: int) -> dict[str, list[list[Any]]]:
    periods = {name: list(by_groups(dense.year, some)) for name, some in rates.items()}
    every = dense.year.belonging
    belonging = {
        name: {
            rate: frozenset(every[one] for one in set(lines[:, 0].tolist())) for rate, lines in some.items()
        }
        for name, some in rates.items()
    }
    found = told_together(periods, belonging, smallest)
    return {name: [list(astuple(cell)) for cell in cells] for name, cells in found.items()}


COLUMNS: Sequence[str] = ("rate", "kind", "value", "pupils", "part", "whole", "unknown", "percent")
"""The columns of a told cell as it is kept."""
