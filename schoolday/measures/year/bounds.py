"""Bounds over a year: each row and period, with averages and floors, many rows at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from math import inf

import numpy as np
import numpy.typing as npt

from schoolday.measures import bounds as one
from schoolday.measures.verdict import Found
from schoolday.measures.year.columns import Columns, Numbers
from schoolday.measures.year.tally import (
    AT_ONCE,
    BROKEN,
    MET,
    NOT_BOUND,
    NUMBER,
    UNVERIFIED,
    Tally,
    Verdicts,
    stretches,
)
from schoolday.rules.rule import Clause, Rule


@dataclass(frozen=True)
class _Limits:
    """The numbers of one clause for each row, as columns (rows, 1); NaN where it has none."""

    low: Numbers
    high: Numbers
    floor: Numbers
    over: int
    largest: float


def bound(rule: Rule, table: Columns, tally: Tally) -> None:
    """Judge a bound for every row and period."""
    values, days = table.column(rule.measure, rule.period), table.ends(rule.period)
    parts = list(stretches(rule, days))
    clauses = {part.id: part for part, _ in parts if isinstance(part, Clause)}
    limits = {name: _limits(rule, clause, table) for name, clause in clauses.items()}
    excused = {name: table.excused(clause.unless) for name, clause in clauses.items()}
    for start in range(0, len(table.subjects), AT_ONCE):
        rows = slice(start, start + AT_ONCE)
        some = np.asarray(values[rows], float)
        codes = np.empty(some.shape, np.int8)
        for part, where in parts:
            if isinstance(part, Found):
                codes[:, where] = NUMBER[part]
            else:
                codes[:, where] = decide(_of_rows(limits[part.id], rows), some, where)
                codes[excused[part.id][rows], where] = NOT_BOUND
        tally.add(table, codes, start, days)


def _limits(rule: Rule, clause: Clause, table: Columns) -> _Limits:
    names = sorted(set(table.grades)) or [""]
    numbers = [one.numbers_of(clause, name or None) for name in names]
    place = {name: number for number, name in enumerate(names)}
    rows = np.array([place[grade] for grade in table.grades] or [0] * len(table.subjects), int)

    def column(some: Iterable[float | None]) -> Numbers:
        found: Numbers = np.array([np.nan if n is None else n for n in some], float)[rows]
        return found[:, None]

    low = column(n.at_least for n in numbers)
    high = column(n.at_most for n in numbers)
    floor = column(n.no_day_under for n in numbers)
    return _Limits(low, high, floor, clause.average_over or 1, one.most(rule))


def _of_rows(limits: _Limits, rows: slice) -> _Limits:
    some = (limits.low[rows], limits.high[rows], limits.floor[rows])
    return _Limits(*some, limits.over, limits.largest)


def decide(limits: _Limits, values: Numbers, where: slice) -> Verdicts:
    """Return the verdict of each row at each place of `where`, as `bounds.decide` gives it for one window.

    A window reaches back before `where`; what lies before the first column is unknown.
    """
    known, unknown, lowest = _windows(values, limits.over, where)
    floor = np.nan_to_num(limits.floor)
    least = known + unknown * floor
    open_end = limits.largest == inf
    highest = np.where(unknown > 0, inf, known) if open_end else known + unknown * limits.largest
    low, high = limits.low * limits.over, limits.high * limits.over
    # A comparison with NaN, a number that the clause does not have, is false.
    broken = (lowest < limits.floor) | (highest < low) | (least > high)
    undecided = (least < low) | (highest > high) | ((unknown > 0) & (floor != 0))
    codes = np.where(broken, BROKEN, np.where(undecided, UNVERIFIED, MET))
    silent = np.isnan(limits.low) & np.isnan(limits.high)
    return np.where(silent, NOT_BOUND, codes).astype(np.int8)


def _windows(values: Numbers, over: int, where: slice) -> tuple[Numbers, npt.NDArray[np.int16], Numbers]:
    """Return of the window that ends at each place the sum known, how many are unknown, and the lowest."""
    shape = (values.shape[0], where.stop - where.start)
    total, lowest = np.zeros(shape), np.full(shape, inf)
    unknown = np.zeros(shape, np.int16)
    for back in range(over - 1, -1, -1):
        # The first windows reach back to before the first column, and a short stretch has no others.
        first = min(max(0, back - where.start), shape[1])
        unknown[:, :first] += 1
        if first == shape[1]:
            continue
        part = values[:, where.start + first - back : where.stop - back]
        missing = np.isnan(part)
        unknown[:, first:] += missing
        total[:, first:] += np.where(missing, 0.0, part)
        lowest[:, first:] = np.fmin(lowest[:, first:], part)
    return total, unknown, lowest
