"""Warnings about the rulebook itself: clauses that lapse soon, and sources nobody has read lately."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from schoolday.ground.finding import Finding, Spot, Status
from schoolday.rules.book import Rulebook
from schoolday.rules.rule import Clause, Rule

SOON = timedelta(days=60)
"""How long before its last date a clause is said to lapse soon."""

LONG_AGO = timedelta(days=365)
"""How old a reading of a source may grow before it is said to be old."""


def warnings(rulebook: Rulebook, day: date) -> list[Finding]:
    """Return advice about the clauses that stand on a date, in every layer and place.

    A clause lapses soon where its last date is at most 60 days away and no later clause of the
    same rule follows it the next day; its source was read long ago where that is more than 365
    days before `day`.
    """
    return [
        finding
        for rule in rulebook.rules
        for clause in rule.clauses
        if clause.stands(day)
        for finding in (*_lapsing(rule, clause, day), *_old(rule, clause, day))
    ]


def _lapsing(rule: Rule, clause: Clause, day: date) -> Iterator[Finding]:
    if clause.last is None or clause.last - day > SOON:
        return
    if rule.on(clause.last + timedelta(days=1)) is not None:
        return
    yield Finding(
        "rules.lapses_soon",
        f"“{rule.title}” is in force for the last time on {clause.last.isoformat()}.",
        Status.ADVICE,
        (rule.place, rule.id),
        value=float((clause.last - day).days),
        limit=float(SOON.days),
        unit="days",
        clauses=(clause.id,),
        spot=Spot(clause.file, clause.line),
        mend="Find out what follows it and write the next clause, or let it lapse.",
    )


def _old(rule: Rule, clause: Clause, day: date) -> Iterator[Finding]:
    age = day - clause.checked
    if age <= LONG_AGO:
        return
    yield Finding(
        "rules.checked_long_ago",
        f"Nobody has read the source of “{rule.title}” since {clause.checked.isoformat()}.",
        Status.ADVICE,
        (rule.place, rule.id),
        value=float(age.days),
        limit=float(LONG_AGO.days),
        unit="days",
        clauses=(clause.id,),
        spot=Spot(clause.file, clause.line),
        mend=f"Read {clause.cite.source} and put today's date into `checked`.",
    )
