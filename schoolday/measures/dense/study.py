"""Independent study: required time without credit in four weeks, and live times missed in a school month."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from schoolday.measures.dense.days import Days
from schoolday.measures.dense.facts import PLACE
from schoolday.measures.dense.rows import NONE, Ints, Table, joined, table

_LIVE = ("live_due", "live_met", "live_missed")


def _passed(part: Ints, unknown: Ints, whole: Ints, share: Ints) -> Ints:
    yes, open_ = part * 100 > share * whole, (part + unknown) * 100 > share * whole
    return np.where(yes, 1, np.where(open_, 2, 0))


def windows(at: Days) -> Table:
    """Return the rows of ``study_windows``."""
    share = np.full((len(at.year.days), len(at.year.profiles)), NONE, np.int64)
    for profile, number, percent in at.limits.windows:
        share[number, profile] = percent
    who = np.flatnonzero((share != NONE).any(axis=0)[at.profile])
    minimum = np.maximum(at.minimum[:, at.profile[who]], 0) * at.enrolled[:, who]
    states = at.states[:, who]
    sums = [
        np.concatenate([np.zeros((1, len(who)), np.int64), np.cumsum(minimum * flags, axis=0)])
        for flags in (states < 5, (states == 1) | (states == 4), states == 2)
    ]
    days, parts = [one.day for one in at.year.days], []
    for number, day in enumerate(days):
        end = sum(other <= day + timedelta(days=27) for other in days)
        required, lost, unknown = (one[end] - one[number] for one in sums)
        limit = share[number][at.profile[who]]
        rows = table(who, number, required, lost, unknown, _passed(lost, unknown, required, limit))
        parts.append(rows[(limit != NONE) & at.enrolled[number, who]])
    return joined(parts, 6)


def months(at: Days) -> Table:
    """Return the rows of ``study_months``."""
    share = np.full((len(at.months), len(at.year.profiles)), NONE, np.int64)
    for profile, month, percent in at.limits.months:
        share[month, profile] = percent
    parts = []
    for month, numbers in at.months.items():
        limit = share[month][at.profile]
        there = at.enrolled[numbers]
        who = np.flatnonzero((limit != NONE) & there.any(axis=0))
        if not len(who):
            continue
        own: list[Ints] = [at.facts[numbers, PLACE[name]][:, who] for name in _LIVE]
        due, met, missed = own
        away = at.parts[numbers][:, who] == 0
        missed = np.where(away, np.maximum(missed, due - met), missed)
        due, met, missed = (_total(one * there[:, who]) for one in (due, met, missed))
        due = np.maximum(due, met + missed)
        unknown = due - met - missed
        state = _passed(missed, unknown, due, limit[who])
        parts.append(table(who, month, due, met, missed, unknown, state))
    return joined(parts, 7)


def _total(values: Ints) -> Ints:
    found: Ints = values.sum(axis=0, dtype=np.int64)
    return found
