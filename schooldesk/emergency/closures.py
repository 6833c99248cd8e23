"""Closures that are recorded with emergencies: from when to when an emergency kept schools closed."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from schoolday.ledger.services.emergency import Closure, closed_by
from schooldesk.emergency import marks, reads
from schooldesk.emergency import models as tables
from schooldesk.emergency.writes import By
from schooldesk.people.writes import record
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District

KIND = "emergency"


def recorded(home: District) -> list[Closure]:
    """Return the closures of the schools of every emergency for which one is recorded, the oldest first."""
    rows = sorted(tables.Emergency.objects.all(), key=lambda row: (row.began, row.pk))
    known, zone = marks.states([row.pk for row in rows], [KIND]), reads.zone_of(home)
    schools, found = [one.id for one in roster.schools(home)], list[Closure]()
    for row in rows:
        state = known.of(KIND, row.pk)
        if state.shut:
            found += closed_by(reads.event(row, zone), state.shut, state.again, schools)
    return found


def of(row: tables.Emergency) -> tuple[date | None, date | None]:
    """Return the first day of an emergency's closure and the first open again; None where not recorded."""
    state = marks.states([row.pk], [KIND]).of(KIND, row.pk)
    return state.shut, state.again


def close(by: By, row: tables.Emergency, first: date | None, again: date | None) -> None:
    """Record an emergency's closure, in place of the one before; without a first day take it back."""
    with transaction.atomic():
        for what, day in (("shut", first), ("again", again)):
            tables.Mark(emergency_id=row.pk, kind=KIND, row=row.pk, what=what, day=day, **by.values).save()
        record(
            by.district, by.who, "emergency.closure", emergency=row.pk,
            first=first.isoformat() if first else "", again=again.isoformat() if again else "",
        )  # fmt: skip


def newest() -> int:
    """Return the number of the newest mark on an emergency, which tells whether a closure changed."""
    marks = tables.Mark.objects.filter(kind=KIND).order_by("-pk")
    return int(marks.values_list("pk", flat=True).first() or 0)
