"""Rates of some days of a year: what was promised and given, and which days were short."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from schoolday.measures.dense.measures import Dense
from schoolday.measures.dense.rows import Table

_SHORT, _UNVERIFIED, _NO_MINIMUM, _AWAY = 1, 2, 3, 5


def of_days(dense: Dense, numbers: Sequence[int]) -> dict[str, Table]:
    """Return lines (pupil, part, whole, unknown) of rates of some days.

    ``given_of_planned`` are minutes given of those planned, and unknown are planned ones without a record on
    days that are not recorded in full; ``short_days`` are days short of the minimum of those that have one.

    Parameters
    ----------
    dense, numbers
        The year's facts, and the numbers of the days.
    """
    size = len(dense.year.pupils)
    given, planned, unknown, bound, short, unsure, there = np.zeros((7, size), np.int64)
    for number in numbers:
        state, here = dense.states[number], dense.enrolled[number]
        own, due = dense.given(number) * here, dense.planned(number) * here
        given, planned = given + own, planned + due
        unknown = unknown + np.where(state == _UNVERIFIED, np.maximum(due - own, 0), 0)
        bound = bound + ((state != _NO_MINIMUM) & (state != _AWAY))
        short, unsure, there = short + (state == _SHORT), unsure + (state == _UNVERIFIED), there + here
    who, some = np.flatnonzero(there), np.flatnonzero(bound)
    return {
        "given_of_planned": np.stack([who, given[who], planned[who], unknown[who]], 1),
        "short_days": np.stack([some, short[some], bound[some], unsure[some]], 1),
    }
