"""Bring a sheet, whole or not at all; take it back."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db import transaction

from schoolday.files.reengage.read import ATTENDANCE, MEASURES, TIERS, Record, read_reengagement
from schoolday.files.service_log.read import CLOSURES, TERMS, ServiceLog, read_services
from schoolday.ground.finding import Finding
from schoolday.ground.ids import stable_id
from schoolday.ledger.entry import Entry, EntryKind
from schooldesk import clock
from schooldesk.ledger import models as tables
from schooldesk.ledger import reads as ledger
from schooldesk.ledger import writes
from schooldesk.ledger.sheets import codec, reads
from schooldesk.ledger.sheets.models import Brought
from schooldesk.ledger.writes import By
from schooldesk.people.writes import record
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District
from schooldesk.rules.reads import rulebook

_OURS = UUID("0f2c3f5e-6b0a-5f39-8a3e-0d8a52c7d3b1")


@dataclass(frozen=True)
class Came:
    """What came of a sheet: how many rows were taken, or every fault of it, and nothing stored then."""

    number: int
    findings: tuple[Finding, ...] = ()


def bring(by: By, home: District, name: str, data: bytes) -> Came:
    """Take a sheet in, whole or not at all."""
    read, findings = _read(home, name, data)
    if read is None:
        return Came(0, findings)
    if name in reads.ENTERED:
        return Came(_enter(by, name, data, read.entries))
    rows = _rows(name, read)
    _add(by, name, rows, back=False)
    return Came(len(rows))


def _read(home: District, name: str, data: bytes) -> tuple[ServiceLog | Record | None, tuple[Finding, ...]]:
    people, zone = roster.whole(home), ZoneInfo(home.timezone)
    with TemporaryDirectory() as folder:
        path = Path(folder)
        (path / name).write_bytes(data)
        if name in reads.OF_SERVICES:
            services = read_services(path, people, zone)
            return services.log, services.findings
        found = read_reengagement(path, people, rulebook(), zone)
    return found.record, found.findings


def _rows(name: str, read: ServiceLog | Record) -> codec.Rows:
    if isinstance(read, ServiceLog):
        return codec.packed({TERMS: read.stated, CLOSURES: read.closures}[name])
    if name == TIERS:
        return codec.packed_plan(read.plan)
    return codec.packed(read.given if name == MEASURES else read.true)


def _enter(by: By, name: str, data: bytes, entries: tuple[Entry, ...]) -> int:
    kind = EntryKind.ATTENDANCE if name == ATTENDANCE else EntryKind.CONTACT
    # The same file has the same step, so that sending it again enters nothing and undoing it finds it.
    step = reads.STEP + stable_id(by.district, name, data.decode("utf-8", "replace"))
    some = sorted((one for one in entries if one.kind is kind), key=lambda one: (one.at, one.id))
    return writes.enter(by, some, step).new


def _add(by: By, name: str, rows: codec.Rows, *, back: bool) -> None:
    with transaction.atomic():
        Brought(district_id=by.district, name=name, rows=rows, who=by.who, made=clock.now(), back=back).save()
        record(
            by.district, by.who, "ledger.sheet.back" if back else "ledger.sheet", name=name, rows=len(rows)
        )


def take_back(by: By, name: str) -> bool:
    """Let the sheet that stood before count again; whether there was anything to take back.

    Taking back a taking back puts the sheet in its place again.
    """
    last = list(Brought.objects.filter(name=name).order_by("-pk")[:2])
    if not last:
        return False
    _add(by, name, last[1].rows if len(last) > 1 else [], back=True)
    return True


def undo(by: By, step: str) -> int:
    """Withdraw the entries of a sheet by corrections; doing it twice enters nothing twice."""
    rows = tables.Entry.objects.filter(step=step).order_by("pk")
    entries = [ledger.value(row, by.zone) for row in rows]
    gone = {one.corrects for one in ledger.around(by.zone, entries)}
    back = [
        writes.withdrawal(one, str(uuid5(_OURS, f"{by.district}\x1f{one.id}")), by.id, clock.now())
        for one in entries
        if one.id not in gone
    ]
    return writes.enter(by, back, f"{writes.UNDO}{step}"[:64]).new if back else 0
