"""The audit: every rule held against what was recorded, with counts and the first cases."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from schoolday.measures.verdict import Found
from schoolday.measures.year.bounds import bound
from schoolday.measures.year.columns import Columns, ends
from schoolday.measures.year.deadlines import day_kind, deadline
from schoolday.measures.year.tally import Case, Tally
from schoolday.measures.year.triggers import trigger
from schoolday.rules.rule import Kind, Period, Rule

Senses: TypeAlias = Mapping[str, str]
"""The reading that a district has named for a rule whose limbs contradict each other."""


@dataclass(frozen=True)
class Audited:
    """How one rule stood over the year.

    Parameters
    ----------
    rule
        The rule.
    counts
        How many cases came out in each way; a case is a row in a period, an episode, or a date.
    cases
        The first of those broken or reached.
    unrecorded
        Where nothing was recorded that the rule asks about: the measures or events that lack.
    """

    rule: Rule
    counts: Mapping[Found, int]
    cases: tuple[Case, ...] = ()
    unrecorded: tuple[str, ...] = ()


def audit(
    rules: Iterable[Rule], tables: Sequence[Columns], now: date, *, senses: Senses | None = None
) -> Iterator[Audited]:
    """Yield how each rule stood, one rule after the other.

    Parameters
    ----------
    rules
        The rules to hold the year against.
    tables
        What was recorded. All have the same calendar. A rule is held against each table that has one of its
        measures or events; what none has comes out unverified, once for the rule.
    now
        The date of the question: a deadline that is still ahead is waiting.
    senses
        Readings by rule id; a rule left out is read in its first.

    Raises
    ------
    ValueError
        If the tables have different calendars, or an array has a wrong shape.
    """
    if len({id(table.calendar) for table in tables}) > 1 and len({table.calendar for table in tables}) > 1:
        raise ValueError("the tables of an audit have one calendar")
    for rule in rules:
        yield _audited(rule, tables, now, (senses or {}).get(rule.id))


def _audited(rule: Rule, tables: Sequence[Columns], now: date, sense: str | None) -> Audited:
    tally = Tally()
    asked = _asked(rule)
    recorded = [table for table in tables if _has(table, rule)]
    for table in recorded:
        match rule.kind:
            case Kind.BOUND:
                bound(rule, table, tally)
            case Kind.TRIGGER:
                trigger(rule, table, sense, tally)
            case Kind.DEADLINE:
                deadline(rule, table, now, tally)
            case Kind.DAY_KIND:
                day_kind(rule, table, tally)
    if recorded:
        return Audited(rule, tally.counts, tuple(tally.cases))
    return Audited(rule, {_unseen(rule, tables): 1}, (), asked)


def _asked(rule: Rule) -> tuple[str, ...]:
    """Return what a rule asks about: measures, or events."""
    if rule.kind is Kind.DEADLINE:
        return (rule.after, rule.due)
    if rule.kind is Kind.TRIGGER:
        limbs = (limb for clause in rule.clauses for limb in clause.limbs)
        return tuple(dict.fromkeys(f"{limb.measure} by {limb.period.value}" for limb in limbs))
    return (f"{rule.measure} by {rule.period.value}",)


def _has(table: Columns, rule: Rule) -> bool:
    if rule.kind is Kind.DEADLINE:
        return any(rule.after in one.dates for one in table.episodes)
    if rule.kind is Kind.TRIGGER:
        return any((limb.measure, limb.period) in table.values for c in rule.clauses for limb in c.limbs)
    return rule.kind is Kind.DAY_KIND or (rule.measure, rule.period) in table.values


def _unseen(rule: Rule, tables: Sequence[Columns]) -> Found:
    """Return how a rule stands of which nothing was recorded: unverified, if it is in force in the year."""
    calendar = tables[0].calendar if tables else None
    days = ends(calendar, Period.DAY) if calendar else ()
    return Found.UNVERIFIED if any(rule.on(day) for day in days) else Found.NOT_IN_FORCE
