"""What is on record of pupils' absences and of what was done: entries as re-engagement reads them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from zoneinfo import ZoneInfo

from django.db.models import Max

from schoolday.ledger.codes import WITHDRAWN
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.reengage.tiers import Deed, of_contact
from schoolday.ledger.standing import standing
from schoolday.roster import Pupil
from schooldesk.ledger import former as left
from schooldesk.ledger import models as tables
from schooldesk.ledger import reads as ledger
from schooldesk.roster import reads as roster_reads
from schooldesk.roster.models import District

KINDS = (EntryKind.ATTENDANCE.value, EntryKind.CONTACT.value)
PART = 500
"""Ids of one question, as many as every database takes as arguments."""


def last(school: str) -> int:
    """Return the number of the last entry of a school that re-engagement reads; 0 where it has none."""
    # Asked kind by kind, so that an index answers each at once.
    kinds = (tables.Entry.objects.filter(school=school, kind=kind) for kind in KINDS)
    return max(int(rows.aggregate(last=Max("pk"))["last"] or 0) for rows in kinds)


def any_entry() -> bool:
    """Whether the district has anything that re-engagement reads."""
    return bool(tables.Entry.objects.filter(kind__in=KINDS).exists())


def former_of(home: District, school: str) -> frozenset[str]:
    """Return who was certified at a school and has left the roster: leaving it takes nothing off a list."""
    rows = tables.Entry.objects.filter(school=school, kind=EntryKind.ATTENDANCE.value)
    every = set(rows.values_list("pupil", flat=True).distinct())
    return frozenset(every - roster_reads.some(home, every).keys())


def former(home: District, pupil: str) -> Pupil | None:
    """Return a pupil who is on the roster no more, at the school that certified a day last; else None."""
    rows = tables.Entry.objects.filter(pupil=pupil, kind=EntryKind.ATTENDANCE.value)
    school = rows.order_by("-pk").values_list("school", flat=True).first()
    return None if school is None else replace(left.pupils(home, [pupil])[pupil], school=str(school))


def known(home: District, pupils: Collection[str]) -> list[Entry]:
    """Return what is certified of some pupils and done for them, each word on a day as of when it came.

    What tells of a day that was told before counts from when the desk received it: another word for a day
    does not reach back before a case by naming an earlier moment.
    """
    zone, first, found = ledger.zone_of(home), dict[tuple[str, date], str](), list[Entry]()
    for row in _rows_of(pupils):
        one = ledger.value(row, zone)
        if row.kind == EntryKind.ATTENDANCE.value:
            step = first.setdefault((row.pupil, row.day), row.step)
            if step != row.step and row.received > row.at:
                one = replace(one, at=row.received.astimezone(zone))
        found.append(one)
    return found


def entries_of(zone: ZoneInfo, pupils: Collection[str]) -> list[Entry]:
    """Return what is certified of some pupils and what was done, corrected ones too."""
    return [ledger.value(row, zone) for row in _rows_of(pupils)]


def _rows_of(pupils: Collection[str]) -> list[tables.Entry]:
    """Return what is stored of some pupils' attendance and contacts, in the order of entering."""
    rows, listed = list[tables.Entry](), sorted(pupils)
    for start in range(0, len(listed), PART):
        part = listed[start : start + PART]
        rows += tables.Entry.objects.filter(pupil__in=part, kind__in=KINDS)
    return sorted(rows, key=lambda row: row.pk)


@dataclass(frozen=True)
class History:
    """All that is on record of one pupil: deeds with what became of them, and certified days."""

    deeds: tuple[Deed, ...]
    days: tuple[Entry, ...]
    changed: frozenset[str]


def history(home: District, pupil: str) -> History:
    """Return what is on record of a pupil, the newest first; days as they stand."""
    entries = entries_of(ledger.zone_of(home), [pupil])
    deeds = tuple(reversed(of_contact(entries).get(pupil, [])))
    days = [one for one in standing(entries) if one.kind is EntryKind.ATTENDANCE]
    changed = frozenset(one.id for one in days if one.corrects)
    return History(deeds, tuple(sorted(days, key=lambda one: one.day, reverse=True)), changed)


def correctable(home: District, pupil: str, day: date) -> list[Entry]:
    """Return the certified words of a day that stand, and that another word of the day corrects."""
    return [one for one in history(home, pupil).days if one.day == day and one.code != WITHDRAWN]
