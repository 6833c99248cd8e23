"""Entries as a CSV file: the columns of a seal, for handing a week from program to program."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from schoolday.files.ledger.columns import TYPES
from schoolday.files.sheets.checks import check_table, rows_with
from schoolday.files.sheets.columns import columns
from schoolday.files.sheets.faults import Faults
from schoolday.files.sheets.table import Table, read_table
from schoolday.ground.finding import Finding, broken
from schoolday.ledger.entry import Entry, EntryKind

COLUMNS = columns(
    "entry:id! kind! pupil:id! day:date! school:id! activity first:integer last:integer minutes:integer code "
    "detail by:id! at! corrects origin!"
)
"""The columns, in the order of `schoolday.files.ledger.columns.TYPES`."""


@dataclass(frozen=True)
class EntriesReading:
    """What came of reading a file of entries: the entries, or None if any finding is broken."""

    entries: tuple[Entry, ...] | None
    findings: tuple[Finding, ...]


def read_entries(file: str, data: bytes) -> EntriesReading:
    """Return the entries of a CSV file, and every fault of it by row and column."""
    faults = Faults("ledger")
    table = read_table(file, data, COLUMNS, faults)
    check_table(table, COLUMNS, {}, faults, bulk=False, extensible=False)
    _check_kinds(table, faults)
    _check_moments(table, faults)
    found = faults.all()
    if broken(found):
        return EntriesReading(None, found)
    rows = zip(*(table[name] for name in TYPES), strict=True)
    return EntriesReading(tuple(_entry(row) for row in rows), found)


def entries_bytes(entries: Iterable[Entry]) -> bytes:
    """Return entries as a CSV file that `read_entries` reads back; line breaks in details become spaces."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(TYPES)
    for one in entries:
        writer.writerow(
            [
                one.id, one.kind.value, one.pupil, one.day.isoformat(), one.school, one.activity,
                *("" if number is None else number for number in (one.first, one.last, one.minutes)),
                one.code, " ".join(one.detail.split()), one.by, one.at.isoformat(), one.corrects, one.origin,
            ]
        )  # fmt: skip
    return text.getvalue().encode()


def _check_kinds(table: Table, faults: Faults) -> None:
    known = {kind.value for kind in EntryKind}
    for row, word in rows_with(table, "kind", {one for one in table["kind"] if one and one not in known}):
        mend = f"write one of {', '.join(sorted(known))}"
        faults.add("value", f"{word[:40]!r} is no kind of entry", table.file, row, "kind", mend=mend)


def _check_moments(table: Table, faults: Faults) -> None:
    wrong = {cell for cell in table["at"] if cell and not _is_moment(cell)}
    for row, cell in rows_with(table, "at", wrong):
        said = f"{cell[:40]!r} is no moment with its zone"
        mend = "write it as 2020-09-08T09:10:00-07:00"
        faults.add("value", said, table.file, row, "at", mend=mend)


def _is_moment(cell: str) -> bool:
    try:
        return datetime.fromisoformat(cell).tzinfo is not None
    except ValueError:
        return False


def _entry(row: Sequence[str]) -> Entry:
    name, kind, pupil, day, school, activity, first, last, minutes, code, detail, by, at, corrects, origin = (
        row
    )
    times = [int(cell) if cell else None for cell in (first, last, minutes)]
    return Entry(
        name, EntryKind(kind), pupil, date.fromisoformat(day), school, activity, times[0], times[1],
        times[2], code, detail, by, datetime.fromisoformat(at), corrects, origin,
    )  # fmt: skip
