"""Watching a recording on the record: certified work where a rule allows it, and never live minutes.

What stands on the record of one pupil, recording and date is made to say what was certified last of it; so
entering, undoing and putting back come to the same, and doing any of it twice enters nothing twice.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from django.apps import apps

from schoolday.ledger.codes import WITHDRAWN
from schoolday.ledger.entry import Entry, EntryKind
from schooldesk import clock
from schooldesk.learning import models
from schooldesk.learning import reads as learning
from schooldesk.learning.recordings import reads
from schooldesk.people.models import Staff

if TYPE_CHECKING:
    from schooldesk.ledger.writes import By

ORIGIN = "recording"
"""The origin of entries that were made of a certified viewing."""
_OURS = UUID("5a8f2f2e-0f3a-5b0e-9c51-7d7d5e2b9a10")


def settle(staff: Staff, entry: models.Entry) -> None:
    """Have the record say of each viewing of an entry what is certified of it now."""
    viewings = list(models.Viewing.objects.filter(entry=entry).order_by("pk"))
    if not viewings or not apps.is_installed(f"schooldesk.{reads.LEDGER}"):
        return
    from schooldesk.ledger import writes as ledger  # noqa: PLC0415 - the desk may be without a record

    by = ledger.by(staff)
    keys = dict.fromkeys((one.recording, one.pupil, one.day) for one in viewings)
    made = [one for key in keys if (one := _entry(staff, by, *key)) is not None]
    if made:
        ledger.enter(by, made, str(uuid5(_OURS, made[0].id)))


def _entry(staff: Staff, by: By, recording: str, pupil: str, day: date) -> Entry | None:
    """Return the entry by which the record comes to say what is certified; None where it says so already."""
    home = staff.district.pk
    first = str(uuid5(_OURS, f"{home}\x1f{recording}\x1f{pupil}\x1f{day}"))
    old, wanted = _stands(by, first), _certified(staff, recording, pupil, day)
    gone = old is None or old.code == WITHDRAWN
    if (gone and wanted is None) or (old is not None and not gone and wanted and old.minutes == wanted[0]):
        return None
    name = first if old is None else str(uuid5(_OURS, f"{home}\x1f{old.id}"))
    if wanted is not None:
        return _work(staff, by, (name, old.id if old else ""), (recording, pupil, day), wanted)
    return replace(_withdrawn(old, name, by), origin=ORIGIN) if old else None


def _work(
    staff: Staff, by: By, ids: tuple[str, str], of: tuple[str, str, date], certified: tuple[int, str]
) -> Entry:
    """Return the entry of a viewing, under an id of its own and the id of what it corrects."""
    (name, corrects), (recording, pupil, day), (minutes, who) = ids, of, certified
    section = _section(recording)
    found = learning.section(staff.district, section)
    return Entry(
        name, EntryKind.WORK, pupil, day, found.school if found else "", section, None, None, minutes,
        "submitted", f"recording {recording}, certified by {who}"[:500], by.id, clock.now(), corrects, ORIGIN,
    )  # fmt: skip


def _stands(by: By, name: str) -> Entry | None:
    """Return the last entry that was made of a viewing, a withdrawal too; None where there is none."""
    from schooldesk.ledger import reads as ledger  # noqa: PLC0415

    found: Entry | None = None
    while True:
        there = ledger.newest_named(by.zone, name, found.id if found else "")
        if there is None:
            return found
        found = there


def _withdrawn(old: Entry, name: str, by: By) -> Entry:
    from schooldesk.ledger.writes import withdrawal  # noqa: PLC0415

    return withdrawal(old, name, by.id, clock.now())


def _certified(staff: Staff, recording: str, pupil: str, day: date) -> tuple[int, str] | None:
    """Return the minutes that were certified last and count by a rule, with who certified them."""
    some = [one for one in reads.viewings(recording) if (one.pupil, one.day) == (pupil, day)]
    minutes = reads.counts(staff.district, some[-1]).minutes if some else None
    return (minutes, some[-1].certified_by) if minutes else None


def _section(recording: str) -> str:
    row = models.Recording.objects.filter(code=recording).order_by("-pk").first()
    return row.section if row else ""
