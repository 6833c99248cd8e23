"""When pupils were reached and taught first after an emergency, read without a value for every row."""

from __future__ import annotations

from datetime import date
from typing import Any

from schooldesk.emergency import marks, reads
from schooldesk.emergency import models as tables


def contacts(row: tables.Emergency) -> dict[str, str]:
    """Return when each pupil's family was reached first, in the files' notation, whose order is time's."""
    rows = tables.Contact.objects.filter(emergency=row.pk, answered=True, at__gte=row.began[:10])
    return _firsts(rows, "at", marks.states([row.pk], marks.LISTED))


def offers(row: tables.Emergency) -> dict[str, date]:
    """Return from when each pupil was offered instruction first."""
    rows = tables.Offer.objects.filter(emergency=row.pk, day__gte=reads.event_day(row))
    return _firsts(rows, "day", marks.states([row.pk], marks.LISTED))


def _firsts(rows: Any, column: str, known: marks.States) -> dict[str, Any]:  # noqa: ANN401 - a query
    kind = {"at": "contact", "day": "offer"}[column]
    gone = {row for (of, row), state in known.found.items() if of == kind and state.undone}
    batches = {row for (of, row), state in known.found.items() if of == "batch" and state.undone}
    found: dict[str, Any] = {}
    for pk, pupil, batch, when in rows.values_list("pk", "pupil", "batch", column).iterator(chunk_size=2000):
        if pk not in gone and batch not in batches and (pupil not in found or when < found[pupil]):
            found[pupil] = when
    return found
