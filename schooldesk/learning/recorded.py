"""Keep, undo and put back what was entered about learning, and have the record say the same, in one act.

Watching that was certified is work on the record, and results are assessments; each room says how.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction

from schooldesk.learning import models, writes
from schooldesk.learning.exams import evidence as results
from schooldesk.learning.recordings import evidence as viewings
from schooldesk.people.models import Staff
from schooldesk.roster.writes import in_turn


def keep(
    staff: Staff,
    rows: Sequence[writes.Row],
    *,
    what: str,
    section: str = "",
    files: bool = False,
    once: str = "",
) -> models.Entry:
    """Keep rows of learning and what the record says of them; a form that is sent again keeps nothing."""
    with transaction.atomic():
        in_turn(staff.district_id)
        again = models.Entry.objects.filter(once=once).first() if once else None
        if again is not None:
            return again  # type: ignore[no-any-return]
        who = staff.user.get_username()
        entry = writes.keep(
            staff.district, who, rows, what=what, section=section, files=files, once=once
        )  # fmt: skip
        _settle(staff, entry)
    return entry


def undo(staff: Staff, entry: models.Entry) -> None:
    """Undo an entry of learning, and what the record says because of it."""
    with transaction.atomic():
        in_turn(staff.district_id)
        writes.undo(entry, staff.user.get_username())
        _settle(staff, entry)


def put_back(staff: Staff, entry: models.Entry) -> None:
    """Put an entry of learning back, and what the record said because of it."""
    with transaction.atomic():
        in_turn(staff.district_id)
        writes.put_back(entry, staff.user.get_username())
        _settle(staff, entry)


def _settle(staff: Staff, entry: models.Entry) -> None:
    entry.refresh_from_db()
    viewings.settle(staff, entry)
    results.settle(staff, entry)
