"""Warnings about the rules: what lapses, begins or changes soon, gaps, and sources read long ago."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from schoolday.ground.finding import Finding, Spot, Status
from schoolday.rules.book import Rulebook
from schoolday.rules.rule import Clause, Rule

SOON = timedelta(days=60)
"""How long before its last date a clause is said to lapse soon, and before its first to begin soon."""

LONG_AGO = timedelta(days=365)
"""How old a reading of a source may grow before it is said to be old."""

_DAY = timedelta(days=1)


def warnings(rulebook: Rulebook, day: date) -> list[Finding]:
    """Return advice about the rules on a date, in every layer and place.

    A clause lapses soon where its last date is at most 60 days away and no later clause of the
    same rule follows it the next day; where one follows, the rule changes soon, and a clause that begins
    after a time without any changes it too. A gap is a date between two clauses on which none stands. A
    source was read long ago where that is more than 365 days before `day`.
    """
    return [finding for rule in rulebook.rules for finding in _of(rule, day)]


def _of(rule: Rule, day: date) -> Iterator[Finding]:
    clause = rule.on(day)
    after = _next(rule, day)
    if clause is None:
        yield from _gap(rule, after, day)
    else:
        yield from _lapsing(rule, clause, after, day)
        yield from _old(rule, clause, day)
    if after is not None:
        yield from _changing(rule, after, day)


def _next(rule: Rule, day: date) -> Clause | None:
    """Return the first clause that begins after a date."""
    return min((one for one in rule.clauses if one.first > day), key=lambda one: one.first, default=None)


def _lapsing(rule: Rule, clause: Clause, after: Clause | None, day: date) -> Iterator[Finding]:
    if clause.last is None or clause.last - day > SOON:
        return
    if after is not None and after.first == clause.last + _DAY:
        return
    then = f" After that it says nothing until {after.first.isoformat()}." if after else ""
    yield _advice(
        "rules.lapses_soon",
        f"“{rule.title}” is in force for the last time on {clause.last.isoformat()}.{then}",
        rule,
        clause,
        (clause.last - day, SOON),
        "Find out what follows it and write the next clause, or let it lapse.",
    )


def _changing(rule: Rule, after: Clause, day: date) -> Iterator[Finding]:
    if after.first - day > SOON:
        return
    verb = "changes" if rule.on(after.first - _DAY) else "begins"
    yield _advice(
        "rules.changes_soon",
        f"“{rule.title}” {verb} on {after.first.isoformat()} ({after.cite}).",
        rule,
        after,
        (after.first - day, SOON),
        "Plan the days from then on by the new wording.",
    )


def _gap(rule: Rule, after: Clause | None, day: date) -> Iterator[Finding]:
    before = max((one for one in rule.clauses if one.first <= day), key=lambda one: one.first, default=None)
    if before is None or before.last is None or after is None:
        return
    first, last = before.last + _DAY, after.first - _DAY
    why = next((one.reason for one in rule.silences if one.first <= day <= (one.last or day)), "")
    yield _advice(
        "rules.gap",
        f"“{rule.title}” says nothing from {first.isoformat()} to {last.isoformat()}. "
        + (why or "Nobody wrote why."),
        rule,
        before,
        (last - day, None),
        "Judge these days by no clause of it, or find the wording that was in force.",
    )


def _old(rule: Rule, clause: Clause, day: date) -> Iterator[Finding]:
    age = day - clause.checked
    if age <= LONG_AGO:
        return
    yield _advice(
        "rules.checked_long_ago",
        f"Nobody has read the source of “{rule.title}” since {clause.checked.isoformat()}.",
        rule,
        clause,
        (age, LONG_AGO),
        f"Read {clause.cite.source} and put today's date into `checked`.",
    )


def _advice(
    code: str, said: str, rule: Rule, clause: Clause, days: tuple[timedelta, timedelta | None], mend: str
) -> Finding:
    value, limit = days
    return Finding(
        code,
        said,
        Status.ADVICE,
        (rule.place, rule.id),
        value=float(value.days),
        limit=float(limit.days) if limit is not None else None,
        unit="days",
        clauses=(clause.id,),
        spot=Spot(clause.file, clause.line),
        mend=mend,
    )
