"""What a provider records and signs. What was signed is changed by a correction of it alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from django.db import transaction

from schoolday.files.service_log.write import write_exports
from schoolday.files.sheets.write import file_name
from schoolday.ledger.entry import Entry
from schoolday.ledger.services.signed import Attestation
from schoolday.ledger.services.signed import sign as sign_core
from schooldesk import clock
from schooldesk.ledger import writes as ledger
from schooldesk.ledger.services import models as tables
from schooldesk.ledger.services import reads
from schooldesk.ledger.writes import By, Entered
from schooldesk.people.writes import record
from schooldesk.roster.writes import in_turn

_TICK = timedelta(microseconds=1)


def enter(by: By, sent: Sequence[Entry], step: str) -> Entered:
    """Store entries of services, unless one of them would change what was signed and does not name it.

    Raises
    ------
    EntryRefused
        If the period was signed, or the ledger does not take them.
    """
    with transaction.atomic():
        # Recording and signing wait for each other: no entry slips under a signature.
        in_turn(by.district)
        with _after(reads.signatures(by.zone, [by.id])):
            now = clock.now().astimezone(by.zone)
            return ledger.enter(by, [replace(one, at=now) for one in sent], step)


@contextmanager
def _after(signed: Sequence[Attestation]) -> Iterator[None]:
    """Let the clock stand after every signature: one that was fixed shows the same moment for ever."""
    last = max((one.at for one in signed), default=None)
    if last is None or clock.now() > last:
        yield
    else:
        with clock.at(last + _TICK):
            yield


def sign(by: By, first: date, last: date, words: str) -> Attestation:
    """Store a provider's word for the entries of a period.

    Raises
    ------
    ValueError
        If the period is not over, or nothing was recorded in it.
    """
    with transaction.atomic():
        # Recording and signing wait for each other: no entry slips under a signature.
        in_turn(by.district)
        mine = reads.of_provider(by.zone, by.id)
        latest = max((one.at for one in mine), default=clock.now())
        at = max(clock.now(), latest).astimezone(by.zone)
        made = sign_core(mine, by.id, first, last, at=at, words=words)
        if not made.number:
            raise ValueError("nothing was recorded in these dates")
        _store(by, made)
    return made


def _store(by: By, made: Attestation) -> None:
    tables.Signature(
        district_id=by.district, name=made.id, provider=made.provider, first=made.first, last=made.last,
        at=made.at, words=made.words, number=made.number, digest=made.digest, who=by.who,
    ).save()  # fmt: skip
    record(
        by.district, by.who, "services.signed", first=made.first.isoformat(), last=made.last.isoformat(),
        number=made.number, digest=made.digest,
    )  # fmt: skip


def export_provider(one: reads.Services, provider: str) -> bytes:
    """Return a provider's record as CSV."""
    with TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        every = reads.of_provider(one.zone, provider)
        mine = [entry for entry in every if entry.pupil in one.roster.pupils]
        write_exports(out, [], mine, one.signed, one.roster)
        file = out / "providers" / f"{file_name(provider)}.csv"
        return file.read_bytes() if file.exists() else b""


def export_school(one: reads.Services) -> bytes:
    """Return the accounts of a school's pupils and the records of their providers, as a zip of CSVs."""
    with TemporaryDirectory() as folder:
        out, packed = Path(folder) / "out", Path(folder) / "out.zip"
        write_exports(out, one.accounts, one.entries, one.signed, one.roster)
        with ZipFile(packed, "w", ZIP_DEFLATED) as file:
            for path in sorted(out.rglob("*.csv")):
                file.write(path, path.relative_to(out).as_posix())
        return packed.read_bytes()
