"""An emergency's record in small CSV files: what happened, who was tried, taught, signed and came back.

``docs/emergencies.md`` describes them; the columns are in the notation of the binding.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from pathlib import Path

from schoolday.calendar.counting import Moment
from schoolday.calendar.days import Calendar
from schoolday.emergency.agreements import Agreement, Signature, Signer
from schoolday.emergency.clocks import CAUSES, WAYS, Contact, Emergency, Offer
from schoolday.emergency.way_back import Return
from schoolday.files.sheets.bundle import Bundle, say_strangers
from schoolday.files.sheets.checks import check_table, check_unique, check_words, one_of, rows_of, rows_with
from schoolday.files.sheets.columns import Column, columns
from schoolday.files.sheets.faults import Faults
from schoolday.files.sheets.table import Table, read_table
from schoolday.ground.finding import Finding, broken
from schoolday.roster import Roster
from schoolday.rules import Way

EMERGENCY, CONTACTS, OFFERS = "emergency.csv", "contacts.csv", "offers.csv"
AGREEMENTS, SIGNATURES, RETURNS = "agreements.csv", "signatures.csv", "returns.csv"
FILES: Mapping[str, tuple[Column, ...]] = {
    EMERGENCY: columns("id:id! cause! began! closed:date schools source!"),
    CONTACTS: columns("pupilId:id>pupils! at! how! by! answered! note"),
    OFFERS: columns("pupilId:id>pupils! date:date! way! by!"),
    AGREEMENTS: columns("id:id! pupilId:id>pupils! first:date! last:date! sha256!"),
    SIGNATURES: columns("agreementId:id>agreements! signer! name! at! sha256!"),
    RETURNS: columns("pupilId:id>pupils! asked! by! returned:date"),
}
TAUGHT = tuple(way.value for way in Way)
ANSWERED = {"yes": True, "no": False}
SIGNERS = tuple(signer.value for signer in Signer)
_HASH = re.compile(r"[0-9a-f]{64}")
_TIME = "write a date, or a date and local time such as 2026-09-09T17:20"


@dataclass(frozen=True)
class Recorded:
    """An emergency with what is on record of it."""

    emergency: Emergency
    contacts: tuple[Contact, ...] = ()
    offers: tuple[Offer, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    returns: tuple[Return, ...] = ()


@dataclass(frozen=True)
class Known:
    """Of what the files may speak: the ids of pupils and schools, and the dates of the calendar."""

    pupils: Collection[str]
    schools: Collection[str]
    calendar: Calendar


@dataclass(frozen=True)
class RecordedReading:
    """What came of reading a folder: the record, or None if any finding is broken; and the findings."""

    recorded: Recorded | None
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class RowsReading:
    """What came of reading rows that were sent alone: none of them where any finding is broken."""

    contacts: tuple[Contact, ...]
    offers: tuple[Offer, ...]
    findings: tuple[Finding, ...]


def read_emergency(path: Path, roster: Roster, zone: tzinfo) -> RecordedReading:
    """Read an emergency's folder or zip; contacts and offers may still be missing.

    Parameters
    ----------
    path
        The folder or zip.
    roster
        The district's people, of whom the files speak.
    zone
        The district's time zone, in which times are written.

    Returns
    -------
    RecordedReading
        Every fault by file, row and column; with one nothing is taken in.
    """
    faults = Faults("emergency")
    with Bundle(path, faults) as bundle:
        if not bundle.readable:
            return RecordedReading(None, faults.all())
        say_strangers(bundle, frozenset(FILES), faults)
        if EMERGENCY not in bundle.names:
            said = f"{EMERGENCY} is not there: nobody knows when the clocks began"
            faults.add("missing_file", said, EMERGENCY, mend="add it; docs/emergencies.md describes it")
        known = Known(roster.pupils, roster.schools, roster.calendar)
        tables = dict[str, Table]()
        for name in FILES:
            if name in bundle.names:
                agreements = tables[AGREEMENTS]["id"] if AGREEMENTS in tables else ()
                tables[name] = _table(name, bundle.read(name) or b"", known, agreements, faults)
    found = faults.all()
    return RecordedReading(None if broken(found) else _recorded(tables, zone), found)


def read_rows(name: str, data: bytes, known: Known, first: date, last: date, zone: tzinfo) -> RowsReading:
    """Read contacts or offers of many pupils, sent alone for an emergency that is known already.

    Parameters
    ----------
    name, data
        `CONTACTS` or `OFFERS`, and the file's bytes.
    known
        The pupils whom it may name.
    first, last
        The dates between which a row may lie: the emergency's first, and today for what has happened.
    zone
        The district's time zone.
    """
    faults = Faults("emergency")
    table = _table(name, data, known, (), faults)
    _check_between(table, "at" if name == CONTACTS else "date", first, last, faults)
    found = faults.all()
    if broken(found):
        return RowsReading((), (), found)
    return RowsReading(_contacts({name: table}, zone), _offers({name: table}), found)


def _check_between(table: Table, column: str, first: date, last: date, faults: Faults) -> None:
    for row, text in zip(table.rows, table[column], strict=True):
        if not _is_moment(text) or first <= datetime.fromisoformat(text).date() <= last:
            continue
        said = f"{text} lies before the emergency, or after {last}"
        faults.add("dates", said, table.file, row, column, mend=f"write a date from {first} to {last}")


def _table(name: str, data: bytes, known: Known, agreements: Collection[str], faults: Faults) -> Table:
    table = read_table(name, data, FILES[name], faults)
    ids = {"pupils": known.pupils, "agreements": frozenset(agreements)}
    check_table(table, FILES[name], ids, faults, bulk=False, extensible=False)
    _CHECKS[name](table, known, faults)
    return table


def _check_emergency(table: Table, known: Known, faults: Faults) -> None:
    _check_one(table, faults)
    check_words(table, "cause", CAUSES, one_of(CAUSES), faults)
    _check_moments(table, "began", faults)
    for text in set(table["schools"]):
        unknown = sorted(set(text.split()) - set(known.schools))
        for row, _value in rows_with(table, "schools", {text} if unknown else ()):
            mend = "write the schools' ids of the roster, parted by spaces; blank means all"
            faults.add(
                "unknown_id", f"no school has the id {unknown[0][:40]}", table.file, row, "schools", mend=mend
            )


def _check_contacts(table: Table, known: Known, faults: Faults) -> None:
    check_words(table, "how", WAYS, one_of(WAYS), faults)
    check_words(table, "answered", ANSWERED, one_of(ANSWERED), faults)
    _check_moments(table, "at", faults)


def _check_offers(table: Table, known: Known, faults: Faults) -> None:
    check_words(table, "way", TAUGHT, one_of(TAUGHT), faults)
    check_unique(table, ("pupilId", "date", "way"), faults)


def _check_agreements(table: Table, known: Known, faults: Faults) -> None:
    check_unique(table, ("id",), faults)
    _check_hashes(table, faults)
    year = known.calendar
    for row, *days in zip(table.rows, table["first"], table["last"], strict=True):
        if not all(_is_moment(text) for text in days):
            continue
        first, last = (date.fromisoformat(text) for text in days)
        if not year.first <= first <= last <= year.last:
            said = f"from {first} to {last} is not within the school year, or the last comes before the first"
            faults.add(
                "dates", said, table.file, row, "last", mend=f"write dates from {year.first} to {year.last}"
            )


def _check_signatures(table: Table, known: Known, faults: Faults) -> None:
    check_words(table, "signer", SIGNERS, one_of(SIGNERS), faults)
    _check_moments(table, "at", faults)
    _check_hashes(table, faults)


def _check_returns(table: Table, known: Known, faults: Faults) -> None:
    _check_moments(table, "asked", faults)


_CHECKS: Mapping[str, Callable[[Table, Known, Faults], None]] = {
    EMERGENCY: _check_emergency,
    CONTACTS: _check_contacts,
    OFFERS: _check_offers,
    AGREEMENTS: _check_agreements,
    SIGNATURES: _check_signatures,
    RETURNS: _check_returns,
}


def _check_hashes(table: Table, faults: Faults) -> None:
    wrong = {text for text in table["sha256"] if text and not _HASH.fullmatch(text)}
    for row, text in rows_with(table, "sha256", wrong):
        mend = "write the 64 letters and figures that stand under the agreement's text"
        faults.add("value", f"{text[:12]!r} is no SHA-256", table.file, row, "sha256", mend=mend)


def _check_one(table: Table, faults: Faults) -> None:
    for row in table.rows[1:]:
        said, mend = "a second emergency stands here", "keep each emergency in a folder of its own"
        faults.add("duplicate_id", said, table.file, row, "id", mend=mend)


def _check_moments(table: Table, column: str, faults: Faults) -> None:
    wrong = {text for text in table[column] if text and not _is_moment(text)}
    for row, text in rows_with(table, column, wrong):
        faults.add("value", f"{text[:40]!r} is no such date", table.file, row, column, mend=_TIME)


def _is_moment(text: str) -> bool:
    try:
        return len(text) in (10, 16) and datetime.fromisoformat(text).tzinfo is None
    except ValueError:
        return False


def _moment(text: str, zone: tzinfo) -> Moment:
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text).replace(tzinfo=zone)


def _recorded(tables: Mapping[str, Table], zone: tzinfo) -> Recorded:
    (one,) = rows_of(tables.get(EMERGENCY), FILES[EMERGENCY])
    name, cause, began, closed, schools, source = one
    first = date.fromisoformat(closed) if closed else None
    emergency = Emergency(name, cause, _moment(began, zone), source, first, tuple(schools.split()))
    return Recorded(
        emergency, _contacts(tables, zone), _offers(tables), _agreements(tables, zone), _returns(tables, zone)
    )


def _contacts(tables: Mapping[str, Table], zone: tzinfo) -> tuple[Contact, ...]:
    rows = rows_of(tables.get(CONTACTS), FILES[CONTACTS])
    return tuple(
        Contact(pupil, _moment(at, zone), how, by, ANSWERED[answered], note)
        for pupil, at, how, by, answered, note in rows
    )


def _offers(tables: Mapping[str, Table]) -> tuple[Offer, ...]:
    rows = rows_of(tables.get(OFFERS), FILES[OFFERS])
    return tuple(Offer(pupil, date.fromisoformat(day), way, by) for pupil, day, way, by in rows)


def _agreements(tables: Mapping[str, Table], zone: tzinfo) -> tuple[Agreement, ...]:
    signed: dict[str, list[Signature]] = {}
    for name, signer, who, at, sha256 in rows_of(tables.get(SIGNATURES), FILES[SIGNATURES]):
        signed.setdefault(name, []).append(Signature(Signer(signer), who, _moment(at, zone), sha256))
    rows = rows_of(tables.get(AGREEMENTS), FILES[AGREEMENTS])
    day = date.fromisoformat
    return tuple(
        Agreement(name, pupil, day(first), day(last), sha256, tuple(signed.get(name, ())))
        for name, pupil, first, last, sha256 in rows
    )


def _returns(tables: Mapping[str, Table], zone: tzinfo) -> tuple[Return, ...]:
    rows = rows_of(tables.get(RETURNS), FILES[RETURNS])
    return tuple(
        Return(pupil, _moment(asked, zone), by, date.fromisoformat(back) if back else None)
        for pupil, asked, by, back in rows
    )
