"""Triggers over a year: asked whenever a period of one of their limbs has ended."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from schoolday.measures.verdict import Found
from schoolday.measures.year.columns import Columns
from schoolday.measures.year.tally import (
    AT_ONCE,
    NOT_BOUND,
    NOT_REACHED,
    NUMBER,
    REACHED,
    UNVERIFIED,
    Tally,
    Verdicts,
    stretches,
)
from schoolday.rules.rule import Clause, Limb, Rule


def trigger(rule: Rule, table: Columns, sense: str | None, tally: Tally) -> None:
    """Judge a trigger for every row on each of its days."""
    days = trigger_days(rule, table)
    parts = list(stretches(rule, days))
    clauses = {part.id: part for part, _ in parts if isinstance(part, Clause)}
    read = {name: _limbs(clause, sense) for name, clause in clauses.items()}
    excused = {name: table.excused(clause.unless) for name, clause in clauses.items()}
    for start in range(0, len(table.subjects), AT_ONCE):
        rows = slice(start, start + AT_ONCE)
        count = len(table.subjects[rows])
        codes = np.empty((count, len(days)), np.int8)
        for part, where in parts:
            if isinstance(part, Found):
                codes[:, where] = NUMBER[part]
            else:
                codes[:, where] = _reached(read[part.id], table, rows, count, days[where])
                codes[excused[part.id][rows], where] = NOT_BOUND
        tally.add(table, codes, start, days)


def _limbs(clause: Clause, sense: str | None) -> list[Limb]:
    return [clause.limbs[place] for place in clause.sense(named(clause, sense)).limbs]


def named(clause: Clause, sense: str | None) -> str:
    """Return the name of the reading to take: the one asked for, if the clause is read so, else its first."""
    return sense if sense and any(one.name == sense for one in clause.senses) else ""


def trigger_days(rule: Rule, table: Columns) -> tuple[date, ...]:
    """Return the dates on which a trigger is asked about: each on which a period of one of its limbs ends."""
    periods = {limb.period for clause in rule.clauses for limb in clause.limbs}
    return tuple(sorted({day for period in periods for day in table.ends(period)}))


def last_period(days: Sequence[date], period_ends: Sequence[date]) -> npt.NDArray[np.intp]:
    """Return for each day the place of the last period that has ended by then; -1 where none has."""
    return np.searchsorted(np.array(period_ends, "M8[D]"), np.array(days, "M8[D]"), side="right") - 1


def _reached(
    limbs: Sequence[Limb], table: Columns, rows: slice, count: int, days: Sequence[date]
) -> Verdicts:
    reached = np.zeros((count, len(days)), bool)
    unknown = np.zeros((count, len(days)), bool)
    unseen = np.full((count, len(days)), np.nan)
    for limb in limbs:
        if (limb.measure, limb.period) not in table.values:
            unknown[:] = True
            continue
        places = last_period(days, table.ends(limb.period))
        some = np.asarray(table.column(limb.measure, limb.period)[rows], float)
        value = np.where(places < 0, np.nan, some[:, np.maximum(places, 0)]) if some.shape[1] else unseen
        reached |= value > limb.over if limb.over is not None else value >= (limb.reaches or 0.0)
        unknown |= np.isnan(value)
    codes = np.where(reached, REACHED, np.where(unknown, UNVERIFIED, NOT_REACHED))
    return codes.astype(np.int8)
