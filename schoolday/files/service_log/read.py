"""Read a folder of services: what was recorded, what IEPs state, which schools were closed, what was signed.

``docs/services.md`` describes the files; the columns are in the notation of the binding.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, tzinfo
from pathlib import Path

from schoolday.files.sheets.bundle import Bundle, tables_of
from schoolday.files.sheets.checks import check_table, check_unique, check_words, one_of, rows_of
from schoolday.files.sheets.columns import Column, columns
from schoolday.files.sheets.faults import Faults
from schoolday.files.sheets.moments import check_moments, date_of, moment
from schoolday.files.sheets.table import Table, read_table
from schoolday.ground.finding import Finding, broken
from schoolday.ground.spans import minute
from schoolday.ledger.codes import WITHDRAWN
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.services.emergency import Closure
from schoolday.ledger.services.recorded import CODES, MAKE_UP, REASONS, make_up_detail
from schoolday.ledger.services.signed import Attestation
from schoolday.ledger.services.terms import Mode, Per, Stated
from schoolday.roster import Roster

ENTRIES, TERMS, CLOSURES, SIGNED = "entries.csv", "terms.csv", "closures.csv", "signed.csv"
FILES: Mapping[str, tuple[Column, ...]] = {
    ENTRIES: columns(
        "entryId:id! pupilId:id>pupils! serviceId:id>services! date:date! start:clock end:clock "
        "minutes:integer outcome! makesUp:id note by:id! at! corrects:id"
    ),
    TERMS: columns(
        "serviceId:id>services! minutes:integer! times:integer! per! mode! beginDate:date endDate:date "
        "emergency"
    ),
    CLOSURES: columns("schoolId:id>schools! first:date! last:date source!"),
    SIGNED: columns(
        "signedId:id! providerId:id! first:date! last:date! at! words! number:integer! digest:id!"
    ),
}
ORIGIN = "service_log"
_YES = {"yes": True, "": False}


@dataclass(frozen=True)
class ServiceLog:
    """All that a folder holds."""

    entries: tuple[Entry, ...] = ()
    stated: tuple[Stated, ...] = ()
    closures: tuple[Closure, ...] = ()
    signed: tuple[Attestation, ...] = ()


@dataclass(frozen=True)
class ServiceLogReading:
    """What came of reading a folder: the log, or None if any finding is broken; and the findings."""

    log: ServiceLog | None
    findings: tuple[Finding, ...]


def read_services(path: Path, roster: Roster, zone: tzinfo) -> ServiceLogReading:
    """Read a folder or zip of services; each of its files may be missing.

    Parameters
    ----------
    path
        The folder or zip.
    roster
        The district's people and services, of whom the files speak.
    zone
        The district's time zone, for moments that name none.

    Returns
    -------
    ServiceLogReading
        Every fault by file, row and column; with one nothing is taken in.
    """
    faults = Faults("services")

    def table(bundle: Bundle, name: str) -> Table:
        return _table(bundle, name, roster, faults)

    tables = tables_of(path, FILES, table, faults)
    found = faults.all()
    return ServiceLogReading(None if broken(found) else _log(tables, roster, zone), found)


def _table(bundle: Bundle, name: str, roster: Roster, faults: Faults) -> Table:
    table = read_table(name, bundle.read(name) or b"", FILES[name], faults)
    known: dict[str, Collection[str] | None] = {
        "pupils": roster.pupils,
        "services": roster.services,
        "schools": roster.schools,
    }
    check_table(table, FILES[name], known, faults, bulk=False, extensible=False)
    if name == ENTRIES:
        _check_entries(table, roster, faults)
    elif name == TERMS:
        check_words(table, "per", [one.value for one in Per], "write week or school_month", faults)
        check_words(table, "mode", [one.value for one in Mode], one_of(Mode), faults)
        check_words(table, "emergency", _YES, "write yes, or leave it blank", faults)
        _check_order(table, "beginDate", "endDate", faults)
        _check_overlaps(table, faults)
    elif name == SIGNED:
        check_unique(table, ("signedId",), faults)
        check_moments(table, "at", faults)
        _check_order(table, "first", "last", faults)
    else:
        _check_order(table, "first", "last", faults)
    return table


def _check_entries(table: Table, roster: Roster, faults: Faults) -> None:
    check_unique(table, ("entryId",), faults)
    words = (*CODES, WITHDRAWN)
    check_words(table, "outcome", words, one_of(words), faults)
    check_moments(table, "at", faults)
    _check_order(table, "start", "end", faults)
    owners = {service.id: service.pupil for service in roster.services.values()}
    ids = set(table["entryId"])
    for place, row in enumerate(table.rows):
        cells = {column.name: table[column.name][place] for column in FILES[ENTRIES]}
        for column, said, mend in _of_row(cells, owners, ids):
            faults.add("value", said, table.file, row, column, mend=mend)


def _of_row(
    cells: Mapping[str, str], owners: Mapping[str, str], ids: set[str]
) -> Iterator[tuple[str, str, str]]:
    """Yield the column, the fault and what to do for what one row says that cannot be."""
    outcome, service = cells["outcome"], cells["serviceId"]
    if service in owners and owners[service] != cells["pupilId"]:
        yield "serviceId", f"service {service} is not pupil {cells['pupilId']}'s", "correct one of the two"
    if outcome == MAKE_UP and not cells["makesUp"]:
        yield "makesUp", "a make-up names no meeting", "write the entryId of the meeting that it makes up"
    if outcome != MAKE_UP and cells["makesUp"]:
        yield "makesUp", "only a make-up makes up", "leave it blank, or write make_up as the outcome"
    if outcome == WITHDRAWN and not cells["corrects"]:
        yield "corrects", "a withdrawal names no entry", "write the entryId of the entry that is taken back"
    if outcome in REASONS and cells["minutes"]:
        yield (
            "minutes",
            "nothing was given, and minutes are written",
            "leave minutes blank, or correct the outcome",
        )
    if cells["minutes"] == "0":
        yield (
            "minutes",
            "0 minutes are none",
            "write the reason as the outcome, or leave minutes blank if not known",
        )
    if cells["corrects"] and cells["corrects"] not in ids:
        yield "corrects", f"no entry has the id {cells['corrects'][:40]}", "keep the entry that is corrected"
    if cells["corrects"] and cells["corrects"] == cells["entryId"]:
        yield "corrects", "an entry cannot correct itself", "give the correction an id of its own"


def _check_overlaps(table: Table, faults: Faults) -> None:
    """Two wordings of one service on one date would count what was given twice."""
    seen: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for place, row in enumerate(table.rows):
        first = table["beginDate"][place] or "0000-00-00"
        last = table["endDate"][place] or "9999-99-99"
        spans = seen.setdefault((table["serviceId"][place], table["emergency"][place]), [])
        if any(begins <= last and first <= ends for begins, ends in spans):
            said = f"another wording of {table['serviceId'][place]} stands on the same dates"
            mend = "end the earlier wording the day before, or give the service its own row in services.csv"
            faults.add("dates", said, table.file, row, "beginDate", mend=mend)
        spans.append((first, last))


def _check_order(table: Table, first: str, last: str, faults: Faults) -> None:
    for row, begins, ends in zip(table.rows, table[first], table[last], strict=True):
        if begins and ends and (ends < begins or (":" in ends and ends == begins)):
            said = f"{last} {ends} is not after {first} {begins}"
            faults.add("dates", said, table.file, row, last, mend="correct one of the two")


def _log(tables: Mapping[str, Table], roster: Roster, zone: tzinfo) -> ServiceLog:
    def cells(name: str) -> list[tuple[str, ...]]:
        return rows_of(tables.get(name), FILES[name])

    return ServiceLog(
        tuple(_entry(row, roster, zone) for row in cells(ENTRIES)),
        tuple(
            Stated(
                name, int(minutes), int(times), Per(per), Mode(mode), date_of(first), date_of(last),
                _YES[part],
            )
            for name, minutes, times, per, mode, first, last, part in cells(TERMS)
        ),
        tuple(
            Closure(school, date.fromisoformat(first), date_of(last), source)
            for school, first, last, source in cells(CLOSURES)
        ),
        tuple(
            Attestation(
                name, by, date.fromisoformat(first), date.fromisoformat(last), moment(at, zone), words,
                int(number), digest,
            )
            for name, by, first, last, at, words, number, digest in cells(SIGNED)
        ),
    )  # fmt: skip


def _entry(row: tuple[str, ...], roster: Roster, zone: tzinfo) -> Entry:
    name, pupil, service, day, start, end, minutes, outcome, made_up, note, by, at, corrects = row
    return Entry(
        name, EntryKind.SERVICE, pupil, date.fromisoformat(day), roster.pupils[pupil].school, service,
        minute(start) if start else None, minute(end) if end else None, int(minutes) if minutes else None,
        outcome, make_up_detail(made_up, note) if made_up else note, by, moment(at, zone), corrects, ORIGIN,
    )  # fmt: skip
