"""Small rules and two districts' calendars for the tests of this room."""

from __future__ import annotations

from datetime import date
from typing import Any

from schoolday.calendar.days import Calendar, dates
from schoolday.rules import (
    Amount,
    Citation,
    Clause,
    Confidence,
    Kind,
    Layer,
    Limb,
    Period,
    Rule,
    Sense,
    Silence,
)
from schoolday.sample.year import school_year

FIRST, LAST = date(2020, 7, 1), date(2021, 6, 30)
SACRAMENTO = school_year()
SAN_JUAN = Calendar(
    date(2020, 8, 13),
    date(2021, 6, 10),
    holidays={
        date(2020, 9, 7): "Labor Day",
        **dict.fromkeys(dates(date(2020, 12, 21), date(2021, 1, 4)), "Winter break (made up)"),
    },
    preparation={date(2020, 8, 13): "Preparation", date(2020, 11, 2): "Preparation"},
    short={date(2020, 9, 11): "Smoke: closed at ten"},
)
DISTRICTS = (SACRAMENTO, SAN_JUAN)


def clause(**more: Any) -> Clause:
    given = {"rule": "r", "first": FIRST, "last": LAST, **more}
    return Clause(cite=Citation("A source"), confidence=Confidence.MADE_UP, checked=LAST, **given)


def _rule(kind: Kind, made: Clause, measure: str = "", unit: str = "", **more: Any) -> Rule:
    silences = (Silence(date(2021, 7, 1), date(2021, 7, 31), "A month of nothing."),)
    return Rule(
        "r", "A rule", Layer.LAW, "CA", kind, measure, unit, clauses=(made,), silences=silences, **more
    )


def amount(given: float | dict[str, float] | None) -> Amount | None:
    if given is None:
        return None
    return Amount(by_grade=given) if isinstance(given, dict) else Amount(flat=given)


def bound(
    at_least: float | dict[str, float] | None = None,
    at_most: float | dict[str, float] | None = None,
    floor: float | dict[str, float] | None = None,
    over: int | None = None,
    *,
    unless: tuple[str, ...] = (),
    measure: str = "total_minutes",
    unit: str = "minutes",
) -> Rule:
    made = clause(
        at_least=amount(at_least),
        at_most=amount(at_most),
        no_day_under=amount(floor),
        average_over=over,
        unless=unless,
    )
    return _rule(Kind.BOUND, made, measure, unit)


def deadline(within: int, unit: str, *, unless: tuple[str, ...] = ()) -> Rule:
    made = clause(within=within, unless=unless)
    return _rule(Kind.DEADLINE, made, unit=unit, after="emergency", due="contact")


DAYS = Limb("absent_days", Period.WEEK, over=3)
SHARE = Limb("absent_share", Period.WEEK, reaches=60)
SENSES = (Sense("either", (0, 1), "Either is enough."), Sense("days_alone", (0,), "Days alone count."))


def trigger(*, senses: tuple[Sense, ...] = SENSES, unless: tuple[str, ...] = ()) -> Rule:
    made = clause(limbs=(DAYS, SHARE), senses=senses, then=("verify_contacts", "outreach"), unless=unless)
    return _rule(Kind.TRIGGER, made)


def day_kind(kind: str) -> Rule:
    return _rule(Kind.DAY_KIND, clause(day_kind=kind))
