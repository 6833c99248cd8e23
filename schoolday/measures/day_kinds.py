"""Judge a day kind: whether a district's calendar says of a date what a rule says."""

from __future__ import annotations

from datetime import date

from schoolday.calendar.days import Calendar, DayKind
from schoolday.measures.verdict import Circumstances, Found, Verdict, standing
from schoolday.rules.rule import Rule


def judge(
    rule: Rule, day: date, calendar: Calendar, *, circumstances: Circumstances = frozenset()
) -> Verdict:
    """Return whether the calendar calls a date what the standing clause calls it.

    A weekend within the clause's dates is no weekday that it speaks of; outside the calendar nobody knows.
    """
    clause = standing(rule, day, circumstances)
    if isinstance(clause, Verdict):
        return clause
    kind = calendar.kind(day)
    found = decide(kind, clause.day_kind)
    said = f"{rule.title}: the calendar calls {day.isoformat()} {kind.value}, the rule {clause.day_kind}"
    inputs = {"calendar": kind.value, "rule": clause.day_kind}
    return Verdict(found, f"{said} ({clause.cite}).", rule, clause, inputs)


def decide(kind: DayKind, wanted: str) -> Found:
    """Return how a kind of day stands to the one that is wanted."""
    if kind is DayKind.OUTSIDE:
        return Found.UNVERIFIED
    if kind is DayKind.WEEKEND:
        return Found.NOT_BOUND
    return Found.MET if kind == wanted else Found.BROKEN
