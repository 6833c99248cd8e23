"""What is taken down after an emergency. Each write is one row or one batch, with its event in the trail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db import transaction

from schoolday.emergency import agreements as core
from schoolday.emergency.clocks import Contact, Emergency, Offer
from schoolday.files.emergencies import CONTACTS, Known, RowsReading, read_rows
from schoolday.files.emergencies_out import written
from schooldesk import clock
from schooldesk.emergency import models as tables
from schooldesk.emergency import reads
from schooldesk.people.writes import record

AT_ONCE = 500
"""Rows of one statement."""


@dataclass(frozen=True)
class By:
    """Who writes, and for which district; ``family`` where a family's link does."""

    district: str
    who: str
    zone: ZoneInfo

    @property
    def values(self) -> dict[str, Any]:
        """What every row says of its making."""
        return {"district_id": self.district, "who": self.who, "made": clock.now()}


def start(by: By, event: Emergency) -> tables.Emergency:
    """Begin the record of an emergency."""
    with transaction.atomic():
        row = tables.Emergency(
            name=event.id, cause=event.cause, began=written(event.began, by.zone), closed=event.closed,
            schools=list(event.schools), source=event.source, **by.values,
        )  # fmt: skip
        row.save()
        record(by.district, by.who, "emergency.started", emergency=row.pk, name=row.name)
    return row


def mark(by: By, emergency: int, kind: str, row: int, what: str, day: date | None = None) -> None:
    """Say what became of a row: undone, restored, sent, returned, unreturned, over, opened."""
    with transaction.atomic():
        tables.Mark(emergency_id=emergency, kind=kind, row=row, what=what, day=day, **by.values).save()
        record(by.district, by.who, f"emergency.{kind}.{what}", emergency=emergency, row=row)


def add_contact(by: By, row: tables.Emergency, one: Contact) -> None:
    """Take down one try to reach a family."""
    with transaction.atomic():
        _contact(by, row, one, None).save()
        record(by.district, by.who, "emergency.contact", emergency=row.pk, pupil=one.pupil)


def add_offer(by: By, row: tables.Emergency, one: Offer) -> None:
    """Take down that a pupil was offered instruction."""
    with transaction.atomic():
        _offer(by, row, one, None).save()
        record(by.district, by.who, "emergency.offer", emergency=row.pk, pupil=one.pupil)


def _contact(by: By, row: tables.Emergency, one: Contact, batch: tables.Batch | None) -> tables.Contact:
    return tables.Contact(
        emergency=row, pupil=one.pupil, at=written(one.at, by.zone), how=one.how, by=one.by,
        answered=one.answered, note=one.note, batch=batch, **by.values,
    )  # fmt: skip


def _offer(by: By, row: tables.Emergency, one: Offer, batch: tables.Batch | None) -> tables.Offer:
    return tables.Offer(
        emergency=row, pupil=one.pupil, day=one.day, way=one.way, by=one.by, batch=batch, **by.values
    )


def read_file(
    by: By, row: tables.Emergency, name: str, data: bytes, known: Known, today: date
) -> RowsReading:
    """Return the rows of a file of contacts or offers, or every fault of it; nothing is stored."""
    began = date.fromisoformat(row.began[:10])
    return read_rows(name, data, known, began, today if name == CONTACTS else known.calendar.last, by.zone)


def add_many(
    by: By, row: tables.Emergency, file: str, contacts: Sequence[Contact], offers: Sequence[Offer]
) -> tuple[int, int]:
    """Take down many rows in one step, all or none; return how many were new and how many stood already."""
    with transaction.atomic():
        # Two files at once would each miss the other's rows and store them twice.
        tables.Emergency.objects.select_for_update().get(pk=row.pk)
        there = reads.recorded(row, by.zone)
        new = _new(contacts, there.contacts), _new(offers, there.offers)
        count = len(new[0]) + len(new[1])
        if count:
            _store(by, row, file, new, count)
    return count, len(contacts) + len(offers) - count


def _new(sent: Sequence[Any], there: Sequence[Any]) -> list[Any]:
    """Return what is not on record yet, and of rows that are sent twice the first."""
    known = set(there)
    return [one for one in dict.fromkeys(sent) if one not in known]


def _store(by: By, row: tables.Emergency, file: str, new: tuple[list[Any], list[Any]], count: int) -> None:
    kind = "contacts" if new[0] else "offers"
    batch = tables.Batch(emergency=row, kind=kind, file=file[:200], count=count, **by.values)
    batch.save()
    tables.Contact.objects.bulk_create([_contact(by, row, one, batch) for one in new[0]], batch_size=AT_ONCE)
    tables.Offer.objects.bulk_create([_offer(by, row, one, batch) for one in new[1]], batch_size=AT_ONCE)
    record(by.district, by.who, f"emergency.{kind}", emergency=row.pk, batch=batch.pk, rows=count)


def add_agreement(
    by: By, row: tables.Emergency, pupil: str, days: tuple[date, date], signers: tuple[str, str],
    parts: dict[str, str], text: str,
) -> tables.Agreement:  # fmt: skip
    """Keep the text of a new agreement; `signers` are the ids of the teacher and the case manager."""
    with transaction.atomic():
        made = tables.Agreement(
            emergency=row, pupil=pupil, first=days[0], last=days[1], teacher=signers[0], manager=signers[1],
            parts=parts, text=text, sha256=core.digest(text), **by.values,
        )  # fmt: skip
        made.save()
        record(by.district, by.who, "emergency.agreement", emergency=row.pk, pupil=pupil, row=made.pk)
    return made


def sign(by: By, row: tables.Agreement, signer: core.Signer, name: str, on: date | None = None) -> None:
    """Keep a signature of an agreement's text: now, or with its date where it was given on paper.

    The same office signs once: while its signature stands, another is none.
    """
    with transaction.atomic():
        tables.Emergency.objects.select_for_update().get(pk=row.emergency_id)
        if any(line.stands and line.row.signer == signer.value for line in reads.signatures(row)):
            return
        at: date | datetime = on or clock.now()
        made = tables.Signature(
            agreement=row, signer=signer.value, name=name, at=written(at, by.zone), sha256=row.sha256,
            paper=on is not None, **by.values,
        )  # fmt: skip
        made.save()
        about = {"emergency": row.emergency_id, "agreement": row.pk, "signer": signer.value}
        record(by.district, by.who, "emergency.signed", **about, sha256=row.sha256)


def add_wish(by: By, row: tables.Emergency, pupil: str, name: str, on: date | datetime | None = None) -> None:
    """Take down that a family asks for a pupil's return to class, now or on a date that staff were told."""
    with transaction.atomic():
        asked = written(on or clock.now(), by.zone)
        tables.Wish(emergency=row, pupil=pupil, asked=asked, by=name, **by.values).save()
        record(by.district, by.who, "emergency.return", emergency=row.pk, pupil=pupil)
