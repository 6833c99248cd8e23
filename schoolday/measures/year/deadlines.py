"""Deadlines over a year: each different pair of dates is judged once. And the kinds of its days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt

from schoolday.measures import deadlines as one
from schoolday.measures.day_kinds import judge as judge_day
from schoolday.measures.verdict import Found
from schoolday.measures.year.columns import Columns, Episodes
from schoolday.measures.year.tally import CASES, TOLD, Case, Tally
from schoolday.rules.rule import Period, Rule


def deadline(rule: Rule, table: Columns, now: date, tally: Tally) -> None:
    """Judge a deadline for every episode that has the event which starts its clock."""
    names = sorted({name for clause in rule.clauses for name in clause.unless})
    for some in table.episodes:
        if rule.after in some.dates:
            _episodes(rule, table, some, names, now, tally)


def _episodes(
    rule: Rule, table: Columns, some: Episodes, names: Sequence[str], now: date, tally: Tally
) -> None:
    """Judge each different pair of dates once, by the reference."""
    after, due = some.dates[rule.after], some.dates.get(rule.due)
    rows = [after.astype("M8[D]").astype(np.int64)]
    rows.append(np.full(len(after), _NAT) if due is None else due.astype("M8[D]").astype(np.int64))
    rows += [table.excused([name])[some.subject].astype(np.int64) for name in names]
    pairs, which = np.unique(np.stack(rows, axis=1), axis=0, return_inverse=True)
    found = [_pair(rule, table, pair, names, now) for pair in pairs]
    which = which.reshape(-1)
    for number, times in enumerate(np.bincount(which, minlength=len(found))):
        tally.counts[found[number]] += int(times)
    told = np.array([each in TOLD for each in found], bool)
    for row in np.flatnonzero(told[which])[:CASES] if len(found) else ():
        day = date_of(int(rows[0][row])) or now
        tally.one(Case(table.name, table.subjects[some.subject[row]], day, found[which[row]]))


_NAT = np.iinfo(np.int64).min


def date_of(number: int) -> date | None:
    """Return the date of a number of days, or None where nothing is on record."""
    return None if number == _NAT else date.fromordinal(number + date(1970, 1, 1).toordinal())


def _pair(rule: Rule, table: Columns, pair: npt.NDArray[np.int64], names: Sequence[str], now: date) -> Found:
    true = frozenset(name for name, flag in zip(names, pair[2:], strict=True) if flag)
    dates = date_of(int(pair[0])), date_of(int(pair[1]))
    found: Found = one.judge(rule, table.calendar, *dates, now, circumstances=true).found
    return found


def day_kind(rule: Rule, table: Columns, tally: Tally) -> None:
    """Judge what the calendar calls each school day."""
    for day in table.ends(Period.DAY):
        found = judge_day(rule, day, table.calendar).found
        tally.counts[found] += 1
        if found in TOLD:
            tally.one(Case(table.name, "", day, found))
