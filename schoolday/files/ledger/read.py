"""Read sealed weeks back: the week as it was certified, its entries, its plan and who was enrolled."""

from __future__ import annotations

from schoolday.files.ledger.seal import Sealed, rows_as_sealed
from schoolday.ledger.chain import BARE
from schoolday.ledger.week import Week


def read_week(sealed: Sealed) -> Week:
    """Return a sealed week, its entries in the order of entering; an error if its file was changed."""
    head = sealed.head
    rows = rows_as_sealed(sealed)
    return Week(
        head.district, head.school, head.teacher, head.week, head.way, head.days, head.pupils, rows.entries,
        rows.plan, None if head.format == BARE else rows.enrolled,
    )  # fmt: skip
