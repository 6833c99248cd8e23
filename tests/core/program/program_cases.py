"""Rules of September 2020 as values, for tests of the program."""

from __future__ import annotations

from datetime import date

from schoolday.ground.grades import span
from schoolday.rules import (
    Amount,
    Citation,
    Clause,
    Confidence,
    Kind,
    Layer,
    Period,
    Rule,
    Rulebook,
    Standing,
)

DAY = date(2020, 9, 8)
PLACE = frozenset({"CA", "ca-scusd"})
FIRST, LAST = date(2020, 7, 1), date(2021, 6, 30)

Number = float | dict[str, float] | None


def amount(number: Number) -> Amount | None:
    if number is None:
        return None
    if isinstance(number, dict):
        return Amount(by_grade={grade: value for text, value in number.items() for grade in span(text)})
    return Amount(flat=number)


def rule(
    rule_id: str,
    measure: str,
    *,
    at_least: Number = None,
    at_most: Number = None,
    layer: Layer = Layer.POLICY,
    period: Period = Period.DAY,
    first: date = FIRST,
    last: date | None = LAST,
) -> Rule:
    clause = Clause(
        rule_id,
        first,
        last,
        Citation(f"source of {rule_id}"),
        Confidence.SECONDARY,
        date(2026, 11, 21),
        amount(at_least),
        amount(at_most),
    )
    return Rule(
        rule_id, f"Title of {rule_id}", layer, "CA", Kind.BOUND, measure, "minutes", (clause,), period
    )


def day_kind(rule_id: str, kind: str, first: date, last: date, title: str) -> Rule:
    clause = Clause(rule_id, first, last, Citation("press release"), Confidence.VERIFIED, DAY, day_kind=kind)
    return Rule(rule_id, title, Layer.POLICY, "ca-scusd", Kind.DAY_KIND, "", "", (clause,))


LAW = rule("ca.total", "total_minutes", at_least={"TK-K": 180, "1-3": 230, "4-12": 240}, layer=Layer.LAW)
DAILY = rule("ca.live", "live_meetings", at_least=1, layer=Layer.LAW)
IMPOSED = rule("scusd.live", "live_minutes", at_least={"TK-K": 90, "1-12": 180})
UNION = rule("scta.live", "live_minutes", at_least={"TK-K": 90, "1-3": 110, "4-12": 120})
UNION_WORK = rule("scta.work", "independent_minutes", at_least={"TK-K": 90, "1-12": 120})
TEMPORARY = rule("scusd.temporary", "live_share", at_most=49)
OFFER = rule("scusd.offer", "total_minutes", at_least={"TK-3": 252, "4-6": 272, "7-8": 278, "9-12": 295})
SAN_JUAN = rule("sanjuan.live", "live_minutes", at_least={"TK-K": 45, "1-3": 55, "4-6": 65, "7-12": 90})


def standing(*rules: Rule, day: date = DAY) -> Standing:
    return Rulebook(rules).on(day, PLACE)
