"""One case of a year, told by the reference: its sentence, its clause, and what it was decided from."""

from __future__ import annotations

from datetime import date

import numpy as np

from schoolday.measures import bounds, deadlines, triggers
from schoolday.measures.day_kinds import judge as judge_day
from schoolday.measures.verdict import Verdict
from schoolday.measures.year.audit import Senses
from schoolday.measures.year.columns import Columns
from schoolday.measures.year.deadlines import date_of
from schoolday.measures.year.triggers import last_period, named
from schoolday.rules.rule import Kind, Period, Rule


def explain(
    rule: Rule, table: Columns, subject: str, day: date, now: date, *, senses: Senses | None = None
) -> Verdict:
    """Return the reference's verdict on one case, with its sentence, clause and inputs.

    Parameters
    ----------
    rule, table, subject
        The rule, and whose case it is.
    day
        The last date of the period; for a deadline the date of the event that started its clock.
    now, senses
        As for `audit`.

    Raises
    ------
    LookupError
        If the table has no such subject, or no case of it on that date.
    """
    row = table.subjects.index(subject) if subject in table.subjects else -1
    if row < 0:
        raise LookupError(f"there is no {subject!r} in {table.name or 'the table'}")
    grade, true = table.grades[row] if table.grades else None, table.circumstances_of(row)
    match rule.kind:
        case Kind.BOUND:
            values = _values_until(table, rule, row, day)
            return bounds.judge(rule, day, values, grade=grade, circumstances=true)
        case Kind.TRIGGER:
            known = _limb_values(rule, table, row, day)
            clause = rule.on(day)
            sense = named(clause, (senses or {}).get(rule.id)) if clause else ""
            return triggers.judge(rule, day, known, grade=grade, sense=sense, circumstances=true)
        case Kind.DEADLINE:
            after, due = _episode(rule, table, row, day)
            return deadlines.judge(rule, table.calendar, after, due, now, circumstances=true)
    return judge_day(rule, day, table.calendar, circumstances=true)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def _values_until(table: Columns, rule: Rule, row: int, day: date) -> list[float | None]:
    days = table.ends(rule.period)
    if day not in days:
        raise LookupError(f"{day} is not the end of a {rule.period.value.replace('_', ' ')} of the calendar")
    values = table.column(rule.measure, rule.period)[row, : days.index(day) + 1]
    return [_known(value) for value in values]


def _limb_values(rule: Rule, table: Columns, row: int, day: date) -> dict[tuple[str, Period], float | None]:
    found: dict[tuple[str, Period], float | None] = {}
    for limb in (limb for clause in rule.clauses for limb in clause.limbs):
        key = (limb.measure, limb.period)
        place = int(last_period([day], table.ends(limb.period))[0])
        found[key] = _known(table.column(*key)[row, place]) if key in table.values and place >= 0 else None
    return found


def _episode(rule: Rule, table: Columns, row: int, day: date) -> tuple[date | None, date | None]:
    for some in table.episodes:
        dates = some.dates.get(rule.after)
        if dates is None:
            continue
        for place in np.flatnonzero((some.subject == row) & (dates.astype("M8[D]") == np.datetime64(day))):
            due = some.dates.get(rule.due)
            return day, date_of(int(due.astype("M8[D]").astype(np.int64)[place])) if due is not None else None
    raise LookupError(f"no {rule.after.replace('_', ' ')} of {table.subjects[row]} is on record for {day}")
