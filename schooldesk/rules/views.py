"""The public page of the rules in force on a date, each with where it is written."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schoolday.rules import Amount, Clause, Layer, Rule
from schooldesk import clock
from schooldesk.access import public
from schooldesk.rules.reads import rulebook

LAYERS = {
    Layer.LAW: ("Law", "Never overridden."),
    Layer.ORDER: ("Health orders", "Binding while they stand."),
    Layer.AGREEMENT: ("Agreements", "Signed by the district and its teachers."),
    Layer.POLICY: ("Policy", "Decided by the board or the district alone."),
    Layer.PROPOSAL: ("Proposals", "Asked for by one side. Not in force."),
    Layer.GUIDANCE: ("Guidance", "Advice that binds nobody."),
}
CONFIDENCE = {
    "verified": "read at its source",
    "secondary": "read in a second source",
    "memory": "from memory, not read again",
    "reading": "our reading of the text",
    "made_up": "made up for the demonstration",
}
PERIODS = {"day": "a day", "week": "a week"}


@dataclass(frozen=True)
class Shown:
    """One rule as the page shows it."""

    rule: Rule
    clause: Clause
    limits: tuple[str, ...]
    sure: str

    @property
    def link(self) -> bool:
        """Whether the citation has an address that a browser may open."""
        return self.clause.cite.href.startswith(("https://", "http://"))


@public
@require_safe
def standing(request: HttpRequest) -> HttpResponse:
    """Show the rules standing on a date, today if none is asked for, in one place or everywhere."""
    book = rulebook()
    places = sorted({rule.place for rule in book.rules})
    place = request.GET.get("place", "")
    asked = request.GET.get("on", "")
    wrong = ""
    try:
        day = date.fromisoformat(asked) if asked else clock.today("America/Los_Angeles")
    except ValueError:
        day, wrong = clock.today("America/Los_Angeles"), f"“{asked}” is not a date; this is today."
    there = frozenset({place} if place in places else places)
    pairs = book.on(day, there, frozenset(Layer)).pairs
    layers = [
        (title, said, [_shown(rule, clause) for rule, clause in pairs if rule.layer is layer])
        for layer, (title, said) in LAYERS.items()
    ]
    found = {
        "day": day,
        "wrong": wrong,
        "places": places,
        "place": place,
        "layers": [row for row in layers if row[2]],
        "count": len(pairs),
    }
    response = render(request, "rules/standing.html", found)
    response["Cache-Control"] = "public, max-age=300"
    return response


def _shown(rule: Rule, clause: Clause) -> Shown:
    return Shown(rule, clause, tuple(_limits(rule, clause)), CONFIDENCE[clause.confidence.value])


def _limits(rule: Rule, clause: Clause) -> Iterator[str]:
    unit = rule.unit.replace("_", " ")
    per = PERIODS.get(rule.period.value, "")
    if clause.day_kind:
        yield f"These dates are: {clause.day_kind.replace('_', ' ')}"
    if clause.at_least:
        yield f"At least {_amount(clause.at_least, unit, per)}"
    if clause.at_most:
        yield f"At most {_amount(clause.at_most, unit, per)}"
    if clause.average_over:
        yield f"On average over {clause.average_over} school days"
    if clause.no_day_under:
        yield f"No single day under {_amount(clause.no_day_under, unit, per)}"


def _amount(amount: Amount, unit: str, per: str) -> str:
    if amount.flat is not None:
        return _number(amount.flat, unit, per)
    grouped: dict[float, list[str]] = {}
    for grade, value in amount.by_grade.items():
        grouped.setdefault(value, []).append(grade)
    return "; ".join(f"{_number(value, unit, per)} in {_grades(grades)}" for value, grades in grouped.items())


def _number(value: float, unit: str, per: str) -> str:
    if unit == "minute of day":
        return f"{int(value) // 60}:{int(value) % 60:02d} o’clock"
    return f"{value:g} {unit}".strip() + ("" if "/" in unit or not per else f" {per}")


def _grades(grades: list[str]) -> str:
    if len(grades) == 1:
        return f"grade {grades[0]}"
    return f"grades {grades[0]} to {grades[-1]}" if len(grades) > 2 else f"grades {' and '.join(grades)}"
