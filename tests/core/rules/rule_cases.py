"""Small rules for the tests of this room."""

from __future__ import annotations

from datetime import date

from schoolday.rules import Amount, Citation, Clause, Confidence, Kind, Layer, Period, Rule, Way

READ = date(2026, 11, 21)


def amount(given: float | dict[str, float] | None) -> Amount | None:
    if given is None:
        return None
    return Amount(by_grade=given) if isinstance(given, dict) else Amount(flat=given)


def clause(
    rule: str,
    first: date = date(2020, 7, 1),
    last: date | None = date(2021, 6, 30),
    *,
    at_least: float | dict[str, float] | None = None,
    at_most: float | dict[str, float] | None = None,
    checked: date = READ,
    day_kind: str = "",
) -> Clause:
    return Clause(
        rule,
        first,
        last,
        Citation(f"Source of {rule}"),
        Confidence.MADE_UP,
        checked,
        amount(at_least),
        amount(at_most),
        day_kind=day_kind,
    )


def rule(
    rule_id: str,
    *clauses: Clause,
    measure: str = "live_minutes",
    unit: str = "minutes",
    layer: Layer = Layer.LAW,
    place: str = "CA",
    book: str = "",
    period: Period = Period.DAY,
    ways: frozenset[Way] = frozenset(Way),
    kind: Kind = Kind.BOUND,
    after: str = "",
    due: str = "",
) -> Rule:
    return Rule(
        id=rule_id,
        title=f"Title of {rule_id}",
        layer=layer,
        place=place,
        kind=kind,
        measure=measure,
        unit=unit,
        clauses=clauses,
        period=period,
        ways=ways,
        book=book,
        after=after,
        due=due,
    )
