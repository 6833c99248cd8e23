"""Read a folder of re-engagement: certified attendance, contacts, the written tiers, measures of others.

``docs/reengagement.md`` describes the files; the columns are in the notation of the binding.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, tzinfo
from math import isfinite
from pathlib import Path

from schoolday.calendar.counting import Count
from schoolday.files.sheets.bundle import Bundle, tables_of
from schoolday.files.sheets.checks import check_table, check_unique, check_words, one_of, rows_of, rows_with
from schoolday.files.sheets.columns import Column, columns
from schoolday.files.sheets.faults import Faults
from schoolday.files.sheets.moments import check_moments, date_of, is_moment, moment
from schoolday.files.sheets.table import Table, read_table
from schoolday.ground.finding import Finding, broken
from schoolday.ledger.codes import WITHDRAWN
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.reengage import known, tiers
from schoolday.ledger.reengage.notices import SENT, notice_detail
from schoolday.ledger.reengage.tiers import SHOWS, Tier, WrittenPlan
from schoolday.ledger.reengage.watch import COUNTED, Given
from schoolday.roster import Roster
from schoolday.rules import Rulebook
from schoolday.rules.events import CIRCUMSTANCES
from schoolday.rules.rule import Period

ATTENDANCE, CONTACTS, TIERS = "attendance.csv", "contacts.csv", "tiers.csv"
MEASURES, TRUE = "measures.csv", "circumstances.csv"
FILES: Mapping[str, tuple[Column, ...]] = {
    ATTENDANCE: columns("entryId:id! pupilId:id>pupils! date:date! code! by:id! at! corrects:id note"),
    CONTACTS: columns(
        "entryId:id! pupilId:id>pupils! date:date! code! language:language about by:id! at! corrects:id note"
    ),
    TIERS: columns("rule:id! step! tier:integer! owner! within:integer! unit! leastDays:integer source!"),
    MEASURES: columns("pupilId:id>pupils! measure! period! until:date! value:float!"),
    TRUE: columns("pupilId:id>pupils! circumstance! first:date last:date source!"),
}
ORIGIN = "reengage"
_UNITS = tuple(one.value for one in Count if one is not Count.HOURS)


@dataclass(frozen=True, slots=True)
class Circumstance:
    """What is true of a pupil between two dates, by name, and who says so."""

    pupil: str
    name: str
    first: date | None
    last: date | None
    source: str

    def holds(self, pupil: str, day: date) -> bool:
        """Whether it is true of a pupil on a date."""
        begun = self.first is None or self.first <= day
        return self.pupil == pupil and begun and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Record:
    """All that a folder holds."""

    entries: tuple[Entry, ...] = ()
    plan: WrittenPlan = field(default_factory=WrittenPlan)
    given: tuple[Given, ...] = ()
    true: tuple[Circumstance, ...] = ()


@dataclass(frozen=True)
class RecordReading:
    """What came of reading a folder: the record, or None if any finding is broken; and the findings."""

    record: Record | None
    findings: tuple[Finding, ...]


def read_reengagement(path: Path, roster: Roster, rulebook: Rulebook, zone: tzinfo) -> RecordReading:
    """Read a folder or zip; each of its files may be missing.

    Parameters
    ----------
    path
        The folder or zip.
    roster
        The district's people, of whom the files speak.
    rulebook
        The rules that tiers and measures name.
    zone
        The district's time zone, for moments that name none.

    Returns
    -------
    RecordReading
        Every fault by file, row and column; with one nothing is taken in.
    """
    faults = Faults("reengage")
    tables = tables_of(
        path, FILES, lambda bundle, name: _table(bundle, name, roster, rulebook, faults), faults
    )
    found = faults.all()
    return RecordReading(None if broken(found) else _record(tables, roster, zone), found)


def _table(bundle: Bundle, name: str, roster: Roster, rulebook: Rulebook, faults: Faults) -> Table:
    table = read_table(name, bundle.read(name) or b"", FILES[name], faults)
    check_table(table, FILES[name], {"pupils": roster.pupils}, faults, bulk=False, extensible=False)
    if name in (ATTENDANCE, CONTACTS):
        _check_entries(table, known.CODES if name == ATTENDANCE else tiers.CODES, faults)
        if name == CONTACTS:
            _check_contacts(table, faults)
    elif name == TIERS:
        rules = {rule.id for rule in rulebook.rules}
        check_words(table, "rule", rules, "`schoolday rules list` shows the rules there are", faults)
        check_words(table, "step", SHOWS, one_of(SHOWS), faults)
        check_words(table, "unit", _UNITS, one_of(_UNITS), faults)
        check_unique(table, ("rule", "step"), faults)
    elif name == MEASURES:
        _check_measures(table, faults)
    else:
        check_words(table, "circumstance", CIRCUMSTANCES, "the reference of the rules lists them", faults)
    return table


def _check_entries(table: Table, codes: Collection[str], faults: Faults) -> None:
    check_unique(table, ("entryId",), faults)
    words = (*codes, WITHDRAWN)
    check_words(table, "code", words, one_of(words), faults)
    for place, row in enumerate(table.rows):
        if table["code"][place] == WITHDRAWN and not table["corrects"][place]:
            said, mend = "a withdrawal names no entry", "write the entryId of the entry that is taken back"
            faults.add("required", said, table.file, row, "corrects", mend=mend)
    check_moments(table, "at", faults)
    ids = set(table["entryId"])
    lost = {text for text in table["corrects"] if text and text not in ids}
    for row, text in rows_with(table, "corrects", lost):
        said, mend = f"no entry has the id {text[:40]!r}", "keep the entry that is corrected"
        faults.add("unknown_id", said, table.file, row, "corrects", mend=mend)


def _check_contacts(table: Table, faults: Faults) -> None:
    for row, day, at in zip(table.rows, table["date"], table["at"], strict=True):
        if _is_date(day) and is_moment(at) and day > at[:10]:
            said, mend = (
                f"{day} lies after {at[:10]}, when it was recorded",
                "record what was done, once it was",
            )
            faults.add("value", said, table.file, row, "date", mend=mend)
    wrong = {text for text in table["about"] if text and not all(map(_is_date, text.split()))}
    for row, text in rows_with(table, "about", wrong):
        mend = "write the dates of absence, parted by spaces"
        faults.add("value", f"{text[:40]!r} are no dates", table.file, row, "about", mend=mend)
    for place, row in enumerate(table.rows):
        if table["code"][place] != SENT:
            continue
        for column in ("language", "about"):
            if not table[column][place]:
                said, mend = (
                    f"a notice without its {column}",
                    f"fill in {column}: it shows what the home was told",
                )
                faults.add("required", said, table.file, row, column, mend=mend)


def _check_measures(table: Table, faults: Faults) -> None:
    check_unique(table, ("pupilId", "measure", "period", "until"), faults)
    counted = {text for text in table["measure"] if text in COUNTED}
    for row, text in rows_with(table, "measure", counted):
        mend = "leave it out: it is counted from attendance.csv"
        faults.add("value", f"{text} is not given but counted", table.file, row, "measure", mend=mend)
    check_words(table, "period", [one.value for one in Period], one_of(list(Period)), faults)
    odd = {text for text in table["value"] if text and not _is_number(text)}
    for row, text in rows_with(table, "value", odd):
        faults.add(
            "value", f"{text[:40]!r} is no number from 0", table.file, row, "value", mend="write digits"
        )


def _is_number(text: str) -> bool:
    try:
        return isfinite(float(text)) and float(text) >= 0
    except ValueError:
        return True  # another fault says so already


def _is_date(text: str) -> bool:
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def _record(tables: Mapping[str, Table], roster: Roster, zone: tzinfo) -> Record:
    def cells(name: str) -> list[tuple[str, ...]]:
        return rows_of(tables.get(name), FILES[name])

    written = cells(TIERS)
    return Record(
        tuple(_entries(cells(ATTENDANCE), cells(CONTACTS), roster, zone)),
        WrittenPlan(
            tuple(
                Tier(rule, step, int(tier), owner, int(within), Count(unit), source)
                for rule, step, tier, owner, within, unit, _, source in written
            ),
            {row[0]: int(row[6]) for row in written if row[6]},
        ),
        tuple(
            Given(pupil, measure, Period(period), date.fromisoformat(until), float(value))
            for pupil, measure, period, until, value in cells(MEASURES)
        ),
        tuple(
            Circumstance(pupil, name, date_of(first), date_of(last), source)
            for pupil, name, first, last, source in cells(TRUE)
        ),
    )


def _entries(
    attended: list[tuple[str, ...]], contacted: list[tuple[str, ...]], roster: Roster, zone: tzinfo
) -> Iterator[Entry]:
    for name, pupil, day, code, by, at, corrects, note in attended:
        yield Entry(
            name, EntryKind.ATTENDANCE, pupil, date.fromisoformat(day), roster.pupils[pupil].school, "", None,
            None, None, code, note, by, moment(at, zone), corrects, ORIGIN,
        )  # fmt: skip
    for name, pupil, day, code, language, about, by, at, corrects, note in contacted:
        days = map(date.fromisoformat, about.split())
        detail = notice_detail(language, days, note) if code == SENT else note
        yield Entry(
            name, EntryKind.CONTACT, pupil, date.fromisoformat(day), roster.pupils[pupil].school, "", None,
            None, None, code, detail, by, moment(at, zone), corrects, ORIGIN,
        )  # fmt: skip
