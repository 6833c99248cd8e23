"""The soft cost of a whole table, in the solver's own count; `schoolday.timetable.check.cost` judges it."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from schoolday.timetable.problem import Weights
from schoolday.timetable.solve.arrays import Ints
from schoolday.timetable.solve.pack import Pack
from schoolday.timetable.timetable import Cost


class Lying(NamedTuple):
    """The meetings of a table that lie somewhere: activities, days and slots, in that order."""

    act: Ints
    day: Ints
    slot: Ints


def lying(k: Pack, table: Ints) -> Lying:
    """Return where the meetings of a table lie; a daily one on each of its days."""
    meeting = np.repeat(np.arange(len(k.act)), np.diff(k.day_at))
    c, daily = table[meeting], k.daily[meeting] == 1
    here = (c >= 0) & (daily | (k.day == c // k.slots))
    act, day, slot = k.act[meeting[here]], k.day[here], (c % k.slots)[here]
    order = np.lexsort((slot, day, act))
    return Lying(act[order], day[order], slot[order])


def cost_of(k: Pack, weights: Weights, table: Ints) -> Cost:
    """Return the soft cost of a table on which everybody has at most one meeting at a time."""
    lie = lying(k, table)
    many = np.diff(k.roster_at)[lie.act]
    within = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    person = k.roster[np.repeat(k.roster_at[lie.act], many) + within]
    on_day = person * k.days + np.repeat(lie.day, many)
    bits = ((1 << k.length[lie.act]) - 1) << lie.slot
    persons = len(k.weight)
    weeks = np.bincount(on_day, np.repeat(bits, many), persons * k.days).astype(np.int64)
    weeks = weeks.reshape(persons, k.days)
    clashes, gaps = _clashes(k, weeks), int(k.weight @ k.gap[weeks].sum(axis=1))
    starts = _further_starts(k, lie)
    places = _places(k, lie, on_day, many) if k.roams.any() else 0
    moved = int(((k.knows[lie.act] == 1) & (k.before[lie.act, lie.day] != lie.slot)).sum())
    total = weights.clash * clashes + weights.gap * gaps + weights.start * starts + weights.place * places
    return Cost(clashes, gaps, starts, places, total + weights.moved * moved, moved)


def _clashes(k: Pack, weeks: Ints) -> int:
    """Count the slots shared with siblings: each pair of bundles is listed both ways."""
    first = np.repeat(np.arange(len(weeks)), np.diff(k.pair_at))
    shared = k.ones[weeks[first] & weeks[k.pair]].sum(axis=1)
    own, away = k.ones[weeks].sum(axis=1), k.ones[weeks & k.away].sum(axis=1)
    return int(k.pair_weight @ shared) // 2 + int(k.twin @ own) + int(k.weight @ away)


def _further_starts(k: Pack, lie: Lying) -> int:
    found = np.zeros((len(k.length), k.slots), dtype=np.bool_)
    found[lie.act, lie.slot] = True
    return int(found.sum() - found.any(axis=1).sum())


def _places(k: Pack, lie: Lying, on_day: Ints, many: Ints) -> int:
    """Count how often pupils change place within a day."""
    where: Ints = np.full((len(k.weight) * k.days, k.slots), -1, dtype=np.int64)
    where[on_day, np.repeat(lie.slot, many)] = np.repeat(k.place[lie.act], many)
    day, slot = np.nonzero(where >= 0)
    place = where[day, slot]
    changes = (place[1:] != place[:-1]) & (day[1:] == day[:-1])
    return int(k.weight[day[1:] // k.days] @ changes)
