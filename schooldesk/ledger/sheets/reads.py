"""The sheets that count, as the core's values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Min

from schoolday.files.reengage.read import ATTENDANCE, CONTACTS, MEASURES, TIERS, TRUE, Circumstance
from schoolday.files.service_log.read import CLOSURES, TERMS
from schoolday.ledger.reengage.tiers import WrittenPlan
from schoolday.ledger.reengage.watch import Given
from schoolday.ledger.services.emergency import Closure
from schoolday.ledger.services.terms import Stated
from schooldesk.ledger.models import Entry
from schooldesk.ledger.sheets import codec
from schooldesk.ledger.sheets.models import Brought

STANDING = (TERMS, CLOSURES, TIERS, MEASURES, TRUE)
"""Sheets of which the newest counts."""
ENTERED = (ATTENDANCE, CONTACTS)
"""Sheets of which each row becomes an entry."""
OF_SERVICES = (TERMS, CLOSURES)
STEP = "sheet-"
"""What the name of a step begins with that entered a sheet."""


@dataclass(frozen=True)
class Sheet:
    """A sheet that counts: its name, how many rows it has, who brought it when; no rows were brought."""

    name: str
    number: int
    who: str
    made: datetime | None


@dataclass(frozen=True)
class Batch:
    """Entries that came in one sheet, and how many of them."""

    step: str
    who: str
    made: datetime
    number: int
    undone: bool


def newest(name: str) -> Brought | None:
    """Return the newest sheet of a name."""
    return Brought.objects.filter(name=name).order_by("-pk").first()  # type: ignore[no-any-return]


def mark() -> int:
    """Return the number of the newest sheet of any name, which tells whether something changed."""
    return int(Brought.objects.order_by("-pk").values_list("pk", flat=True).first() or 0)


def sheets() -> list[Sheet]:
    """Return what counts of each name."""
    found = [(name, newest(name)) for name in STANDING]
    return [
        Sheet(name, len(row.rows) if row else 0, row.who if row else "", row.made if row else None)
        for name, row in found
    ]


def batches() -> list[Batch]:
    """Return the sheets of entries, the newest first, and whether they were taken back."""
    rows = Entry.objects.filter(step__startswith=STEP).order_by().values("step", "who")
    some = rows.annotate(number=Count("pk"), made=Min("received"), place=Min("pk")).order_by("-place")[:20]
    gone = set(
        Entry.objects.filter(step__startswith=f"undo-{STEP}").values_list("step", flat=True).distinct()
    )
    return [
        Batch(row["step"], row["who"], row["made"], row["number"], f"undo-{row['step']}"[:64] in gone)
        for row in some
    ]


def _rows(name: str) -> codec.Rows:
    row = newest(name)
    return row.rows if row else []


def _values(name: str) -> tuple[Any, ...]:
    return tuple(codec.MADE[name](row) for row in _rows(name))


def stated() -> tuple[Stated, ...]:
    """Return the dated wordings of services."""
    return _values(TERMS)


def closures() -> tuple[Closure, ...]:
    """Return the closures of schools."""
    return _values(CLOSURES)


def plan() -> WrittenPlan:
    """Return the written plan of re-engagement."""
    return codec.plan_of(_rows(TIERS))


def given() -> tuple[Given, ...]:
    """Return the measures that others counted."""
    return _values(MEASURES)


def true() -> tuple[Circumstance, ...]:
    """Return what is true of pupils."""
    return _values(TRUE)
