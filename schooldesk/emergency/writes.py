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


@dataclass(frozen=True)
class Made:
    """The text of an agreement for a pupil, with the ids of the teacher and the case manager who sign it."""

    pupil: str
    teacher: str
    manager: str
    text: str


def _agreement(
    by: By, row: tables.Emergency, days: tuple[date, date], parts: dict[str, str], one: Made,
    batch: tables.Batch | None = None,
) -> tables.Agreement:  # fmt: skip
    return tables.Agreement(
        emergency=row, pupil=one.pupil, first=days[0], last=days[1], teacher=one.teacher, manager=one.manager,
        parts=parts, text=one.text, sha256=core.digest(one.text), batch=batch, **by.values,
    )  # fmt: skip


def add_agreement(
    by: By, row: tables.Emergency, days: tuple[date, date], parts: dict[str, str], one: Made
) -> tables.Agreement:
    """Keep the text of a new agreement."""
    with transaction.atomic():
        made = _agreement(by, row, days, parts, one)
        made.save()
        record(by.district, by.who, "emergency.agreement", emergency=row.pk, pupil=one.pupil, row=made.pk)
    return made


def add_agreements(
    by: By, row: tables.Emergency, days: tuple[date, date], parts: dict[str, str], some: Sequence[Made]
) -> tuple[int, int]:
    """Keep the texts of many pupils in one step, all or none; return how many are new and how many stood.

    A pupil who has an agreement of this emergency on one of the dates keeps that one.
    """
    with transaction.atomic():
        tables.Emergency.objects.select_for_update().get(pk=row.pk)
        have = reads.agreed(row, days)
        new = [one for one in some if one.pupil not in have]
        if new:
            batch = tables.Batch(emergency=row, kind="agreements", count=len(new), **by.values)
            batch.save()
            rows = [_agreement(by, row, days, parts, one, batch) for one in new]
            tables.Agreement.objects.bulk_create(rows, batch_size=AT_ONCE)
            about = {"emergency": row.pk, "batch": batch.pk, "rows": len(new)}
            record(by.district, by.who, "emergency.agreements", **about)
    return len(new), len(some) - len(new)


def send_batch(by: By, row: tables.Emergency, batch: int) -> int:
    """Send the agreements of a batch that stand and were not sent; return how many."""
    with transaction.atomic():
        tables.Emergency.objects.select_for_update().get(pk=row.pk)
        lines = reads.agreement_lines([row.pk], batch=batch)
        new = [line.row.pk for line in lines if line.stands and not line.state.sent]
        marks = [
            tables.Mark(emergency=row, kind="agreement", row=one, what="sent", **by.values) for one in new
        ]
        tables.Mark.objects.bulk_create(marks, batch_size=AT_ONCE)
        record(by.district, by.who, "emergency.batch.sent", emergency=row.pk, row=batch, rows=len(new))
    return len(new)


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
