"""An emergency's record in three small CSV files: what happened, who was tried, who was offered instruction.

``docs/emergencies.md`` describes them; the columns are in the notation of the binding.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from pathlib import Path

from schoolday.calendar.counting import Moment
from schoolday.emergency.clocks import CAUSES, WAYS, Contact, Emergency, Offer
from schoolday.files.sheets.bundle import Bundle, say_strangers
from schoolday.files.sheets.checks import check_table, check_unique, check_words, rows_of, rows_with
from schoolday.files.sheets.columns import Column, columns
from schoolday.files.sheets.faults import Faults
from schoolday.files.sheets.table import Table, read_table
from schoolday.ground.finding import Finding, broken
from schoolday.roster import Roster
from schoolday.rules import Way

EMERGENCY, CONTACTS, OFFERS = "emergency.csv", "contacts.csv", "offers.csv"
FILES: Mapping[str, tuple[Column, ...]] = {
    EMERGENCY: columns("id:id! cause! began! closed:date schools source!"),
    CONTACTS: columns("pupilId:id>pupils! at! how! by! answered! note"),
    OFFERS: columns("pupilId:id>pupils! date:date! way! by!"),
}
TAUGHT = tuple(way.value for way in Way)
ANSWERED = {"yes": True, "no": False}
_TIME = "write a date, or a date and local time such as 2026-09-09T17:20"


@dataclass(frozen=True)
class Recorded:
    """An emergency with what is on record of it."""

    emergency: Emergency
    contacts: tuple[Contact, ...] = ()
    offers: tuple[Offer, ...] = ()


@dataclass(frozen=True)
class RecordedReading:
    """What came of reading a folder: the record, or None if any finding is broken; and the findings."""

    recorded: Recorded | None
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
        tables = {name: _table(bundle, name, roster, faults) for name in FILES if name in bundle.names}
    found = faults.all()
    return RecordedReading(None if broken(found) else _recorded(tables, zone), found)


def _table(bundle: Bundle, name: str, roster: Roster, faults: Faults) -> Table:
    table = read_table(name, bundle.read(name) or b"", FILES[name], faults)
    check_table(table, FILES[name], {"pupils": roster.pupils}, faults, bulk=False, extensible=False)
    if name == EMERGENCY:
        _check_one(table, faults)
        check_words(table, "cause", CAUSES, _one_of(CAUSES), faults)
        _check_moments(table, "began", faults)
        for text in set(table["schools"]):
            unknown = sorted(set(text.split()) - roster.schools.keys())
            for row, _value in rows_with(table, "schools", {text} if unknown else ()):
                mend = "write the schools' ids of the roster, parted by spaces; blank means all"
                faults.add(
                    "unknown_id", f"no school has the id {unknown[0][:40]}", name, row, "schools", mend=mend
                )
    elif name == CONTACTS:
        check_words(table, "how", WAYS, _one_of(WAYS), faults)
        check_words(table, "answered", ANSWERED, _one_of(ANSWERED), faults)
        _check_moments(table, "at", faults)
    else:
        check_words(table, "way", TAUGHT, _one_of(TAUGHT), faults)
        check_unique(table, ("pupilId", "date", "way"), faults)
    return table


def _check_one(table: Table, faults: Faults) -> None:
    for row in table.rows[1:]:
        said, mend = "a second emergency stands here", "keep each emergency in a folder of its own"
        faults.add("duplicate_id", said, table.file, row, "id", mend=mend)


def _one_of(known: Collection[str]) -> str:
    return f"write one of {', '.join(known)}"


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
    contacts = (
        Contact(pupil, _moment(at, zone), how, by, ANSWERED[answered], note)
        for pupil, at, how, by, answered, note in rows_of(tables.get(CONTACTS), FILES[CONTACTS])
    )
    offers = (
        Offer(pupil, date.fromisoformat(day), way, by)
        for pupil, day, way, by in rows_of(tables.get(OFFERS), FILES[OFFERS])
    )
    return Recorded(emergency, tuple(contacts), tuple(offers))
