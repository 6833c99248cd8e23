"""The rows of sheets as JSON and back: what stood on the roster of then stays what it was."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from datetime import date
from enum import Enum
from typing import Any

from schoolday.calendar.counting import Count
from schoolday.files.reengage.read import Circumstance
from schoolday.ledger.reengage.tiers import Tier, WrittenPlan
from schoolday.ledger.reengage.watch import Given
from schoolday.ledger.services.emergency import Closure
from schoolday.ledger.services.terms import Mode, Per, Stated
from schoolday.rules.rule import Period

Rows = list[dict[str, Any]]


def packed(values: Sequence[Any]) -> Rows:
    """Return values as JSON."""
    return [{one.name: _plain(getattr(value, one.name)) for one in fields(value)} for value in values]


def packed_plan(plan: WrittenPlan) -> Rows:
    """Return a written plan as JSON, each step with the days from which its rule is watched."""
    rows = packed(plan.tiers)
    return [row | {"least": (plan.least_days or {}).get(row["rule"], 0)} for row in rows]


def plan_of(rows: Rows) -> WrittenPlan:
    """Return a written plan from its JSON."""
    least = {row["rule"]: row["least"] for row in rows if row["least"]}
    return WrittenPlan(tuple(_tier(row) for row in rows), least)


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _dated(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "first": _day(row["first"]), "last": _day(row["last"])}


def _tier(row: Mapping[str, Any]) -> Tier:
    told = {key: value for key, value in row.items() if key != "least"}
    return Tier(**told | {"unit": Count(row["unit"])})


def _stated(row: Mapping[str, Any]) -> Stated:
    return Stated(**_dated(row) | {"per": Per(row["per"]), "mode": Mode(row["mode"])})


def _given(row: Mapping[str, Any]) -> Given:
    until = date.fromisoformat(row["until"])
    return Given(row["pupil"], row["measure"], Period(row["period"]), until, row["value"])


MADE: Mapping[str, Callable[[Mapping[str, Any]], Any]] = {
    "terms.csv": _stated,
    "closures.csv": lambda row: Closure(**_dated(row)),
    "measures.csv": _given,
    "circumstances.csv": lambda row: Circumstance(**_dated(row)),
}
"""What a row of each sheet becomes."""
