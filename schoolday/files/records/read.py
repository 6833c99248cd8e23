"""The door for a year's records: a folder or zip of CSV files and a calendar, read into columns.

``docs/reference/records.md`` describes the files. What is blank nobody recorded: it is unknown, never zero.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

import numpy as np

from schoolday.calendar.days import Calendar
from schoolday.files.calendars import CalendarRefused, parse_calendar
from schoolday.files.records.cells import ID, Cells, read_cells
from schoolday.files.sheets.bundle import Bundle
from schoolday.files.sheets.checks import check_table, check_unique, grade_of, rows_with
from schoolday.files.sheets.columns import Column, columns
from schoolday.files.sheets.faults import Faults
from schoolday.files.sheets.table import Table, header_of, read_table
from schoolday.ground.finding import Finding, Status, broken
from schoolday.measures.year import Columns, Episodes, ends, packed
from schoolday.measures.year.columns import Numbers
from schoolday.rules.events import CIRCUMSTANCES, EVENTS
from schoolday.rules.measures import MEASURES
from schoolday.rules.rule import Period

CALENDAR = "calendar.yaml"
EVENTS_WORD = "events"
MOST_BYTES = 8 * 2**30
"""Bytes of all the files at the most, unpacked: a hundred measures of a large district."""
SUBJECTS = columns("id:id! grade circumstances")
_TABLE = re.compile(r"[a-z][a-z_]{0,39}")
_DESCRIBED = "docs/reference/records.md describes the files"

Key = tuple[str, Period]
Report = Callable[[str], None]


@dataclass(frozen=True)
class RecordsReading:
    """What came of reading a year's records.

    Parameters
    ----------
    tables
        One for each kind of subject, or None if any finding is broken: then nothing is taken in.
    findings
        Every fault found in one pass, with file, row, column and what to do.
    """

    tables: tuple[Columns, ...] | None
    findings: tuple[Finding, ...]


def is_records(path: Path) -> bool:
    """Say whether a folder or zip holds a year's records: whether it has their calendar at its root."""
    with Bundle(path, Faults("records")) as bundle:
        return CALENDAR in bundle.names


def measure_file(table: str, measure: str, period: Period) -> str:
    """Return the name of the file that holds a measure over a period."""
    return f"{table}.{measure}.{period.value}.csv"


def read_records(path: Path, *, report: Report = lambda file: None) -> RecordsReading:
    """Read a year's records from a folder or a zip.

    Parameters
    ----------
    path
        The folder or zip.
    report
        Told the name of each file as it has been read.

    Returns
    -------
    RecordsReading
        Whatever the bytes are, a reading and no exception.
    """
    faults = Faults("records")
    with Bundle(path, faults, MOST_BYTES) as bundle:
        if not bundle.readable:
            return RecordsReading(None, faults.all())
        found = _Reading(bundle, faults, report).tables()
    findings = faults.all()
    return RecordsReading(None if broken(findings) else found, findings)


def record_files(path: Path) -> int:
    """Return how many files there are to read."""
    with Bundle(path, Faults("records")) as bundle:
        return len(bundle.names)


@dataclass
class _Subjects:
    """The rows of one table, and what has been read of them."""

    table: Table
    places: Mapping[str, int]
    grades: tuple[str, ...]
    values: dict[Key, Numbers] = field(default_factory=dict)
    episodes: list[Episodes] = field(default_factory=list)


class _Reading:
    def __init__(self, bundle: Bundle, faults: Faults, report: Report) -> None:
        self.bundle, self.faults, self.report = bundle, faults, report

    def tables(self) -> tuple[Columns, ...]:
        calendar = self.calendar()
        self.report(CALENDAR)
        names = sorted(name for name in self.bundle.names if name != CALENDAR)
        parts = {name: tuple(name.removesuffix(".csv").split(".")) for name in names if self.known(name)}
        subjects = {part[0]: self.subjects(name) for name, part in parts.items() if len(part) == 1}
        for name, part in parts.items():
            if len(part) == 3 and part[0] not in subjects:
                said = f"{part[0]}.csv is not there, so nobody knows whom {name} is about"
                mend = f"add {part[0]}.csv with a row for each; {_DESCRIBED}"
                self.faults.add("missing_file", said, name, mend=mend)
            elif len(part) == 3 and part[2] == EVENTS_WORD:
                self.events(name, subjects[part[0]])
            elif len(part) == 3:
                self.measure(name, (part[1], Period(part[2])), subjects[part[0]], calendar)
            self.report(name)
        if not subjects:
            said, mend = "there is no file of subjects, such as pupils.csv", f"add it; {_DESCRIBED}"
            self.faults.add("missing_file", said, "pupils.csv", mend=mend)
        return tuple(_columns(name, one, calendar) for name, one in subjects.items()) if calendar else ()

    def calendar(self) -> Calendar | None:
        if CALENDAR not in self.bundle.names:
            said, mend = f"{CALENDAR} is not there: nobody knows the school days", f"add it; {_DESCRIBED}"
            self.faults.add("missing_file", said, CALENDAR, mend=mend)
            return None
        data = self.bundle.read(CALENDAR)
        try:
            return parse_calendar(data, CALENDAR) if data is not None else None
        except CalendarRefused as error:
            self.faults.add("calendar", error.said, CALENDAR, error.line, mend="correct the calendar")
        return None

    def known(self, name: str) -> bool:
        """Whether a file is one of ours; one that nearly is, is a fault, for it would go unread."""
        if not name.endswith(".csv"):
            said = f"{name} is no file of records and was not read"
            self.faults.add("unknown_file", said, name, mend="nothing, if it is a note", status=Status.ADVICE)
            return False
        table, *rest = name.removesuffix(".csv").split(".")
        wrong = "" if _TABLE.fullmatch(table) else f"{table!r} is no name of a table"
        if len(rest) not in (0, 2):
            wrong = "its name has not one or three parts"
        elif rest and rest[1] != EVENTS_WORD:
            wrong = wrong or _wrong_measure(*rest)
        if wrong:
            mend = f"call it TABLE.csv, TABLE.MEASURE.PERIOD.csv or TABLE.NAME.events.csv; {_DESCRIBED}"
            self.faults.add("file_name", f"{name} was not read: {wrong}", name, mend=mend)
        return not wrong

    def subjects(self, name: str) -> _Subjects:
        table = self.read(name, SUBJECTS)
        check_table(table, SUBJECTS, {}, self.faults, bulk=False, extensible=False)
        check_unique(table, (ID,), self.faults)
        grades = {code: grade_of(code) for code in set(table["grade"])}
        unknown = {code for code, grade in grades.items() if code and not grade}
        for row, code in rows_with(table, "grade", unknown):
            mend = "write TK, K, 1 to 12, or leave it blank where there is none"
            self.faults.add("value", f"{code[:40]!r} is no grade", table.file, row, "grade", mend=mend)
        self.check_circumstances(table)
        places = {one: place for place, one in enumerate(dict.fromkeys(table[ID]))}
        told = tuple(grades[code] for code in table["grade"])
        return _Subjects(table, places, told if any(told) else ())

    def check_circumstances(self, table: Table) -> None:
        for text in set(table["circumstances"]):
            for word in sorted(set(text.split()) - CIRCUMSTANCES.keys()):
                said = f"no circumstance is called {word[:40]!r}{_nearest(word, CIRCUMSTANCES)}"
                for row, _ in rows_with(table, "circumstances", {text}):
                    mend = "docs/reference/rules.md lists them; part several with spaces"
                    self.faults.add("value", said, table.file, row, "circumstances", mend=mend)

    def measure(self, name: str, key: Key, subjects: _Subjects, calendar: Calendar | None) -> None:
        data = self.bundle.read(name)
        if data is None:
            return
        cells = read_cells(name, data, MEASURES[key[0]].unit, self.faults)
        self.check_ids(cells.table, cells.ids, subjects)
        if calendar is None:
            return
        wanted = [day.isoformat() for day in ends(calendar, key[1])]
        if self.check_dates(cells, wanted, key[1]):
            subjects.values[key] = packed(_placed(cells, wanted, subjects))

    def check_dates(self, cells: Cells, wanted: Sequence[str], period: Period) -> bool:
        """Add a fault for each column that is no period's last date; return whether there is none."""
        known, seen, sound = set(wanted), set[str](), True
        noun = period.value.replace("_", " ")
        for text in cells.columns:
            wrong = (
                f"{text[:40]!r} is not the last date of a {noun} of {CALENDAR}" if text not in known else ""
            )
            wrong = f"the column {text[:40]!r} stands here twice" if text in seen else wrong
            seen.add(text)
            if wrong:
                sound = False
                some = ", ".join([*wanted[:3], "…", *wanted[-1:]] if len(wanted) > 4 else wanted)
                mend = f"the columns are {some}" if some else f"the year has no whole {noun}"
                self.faults.add("date", wrong, cells.table.file, 1, text[:40], mend=mend)
        missing = [day for day in wanted if day not in seen]
        if missing and sound and cells.columns:
            said = f"{len(missing)} of {len(wanted)} columns are not there, {missing[0]} among them"
            mend = "nothing, if nobody recorded them: they are unknown"
            self.faults.add("unrecorded", said, cells.table.file, 1, mend=mend, status=Status.UNVERIFIED)
        return sound

    def check_ids(self, table: Table, ids: Sequence[str], subjects: _Subjects) -> None:
        """Check that each row is about somebody who is known, once, and say how many have no row."""
        first: dict[str, int] = {}
        holder = subjects.table.file
        for row, one in zip(table.rows, ids, strict=True):
            said, mend = "", ""
            if one in first:
                said, mend = f"{one[:40]!r} has row {first[one]} too", "keep one of the two rows"
                self.faults.add("duplicate_id", said, table.file, row, ID, mend=mend)
            elif one not in subjects.places and subjects.table.whole:
                said = f"{one[:40]!r} is not in {holder}"
                mend = f"add it to {holder}, or correct the id (upper and lower case count)"
                self.faults.add("unknown_id", said, table.file, row, ID, mend=mend)
            first.setdefault(one, row)
        silent = len(subjects.places) - len(subjects.places.keys() & first.keys())
        if silent and table.whole:
            said = f"{silent:,} of {len(subjects.places):,} in {holder} have no row"
            mend = "nothing, if nobody recorded anything of them: it is unknown"
            self.faults.add("unrecorded", said, table.file, mend=mend, status=Status.UNVERIFIED)

    def events(self, name: str, subjects: _Subjects) -> None:
        data = self.bundle.read(name)
        if data is None:
            return
        given = [word for word in header_of(data)[1:] if word]
        known = [word for word in dict.fromkeys(given) if word in EVENTS]
        for word in given:
            if word not in EVENTS:
                said = f"no event is called {word[:40]!r}{_nearest(word, EVENTS)}"
                mend = "docs/reference/rules.md lists them"
                self.faults.add("header", said, name, 1, word[:40], mend=mend)
        if len(known) != len(given) or not known:
            if not given:
                said, mend = "it names no event", "write id and the names of events in the first row"
                self.faults.add("header", said, name, 1, mend=mend)
            return
        binding = columns(f"id:id>subjects! {' '.join(f'{word}:date' for word in known)}")
        table = read_table(name, data, binding, self.faults)
        some = {"subjects": subjects.places if subjects.table.whole else None}
        check_table(table, binding, some, self.faults, bulk=False, extensible=False)
        if not broken(self.faults.all()):
            rows = np.array([subjects.places[one] for one in table[ID]], np.int64)
            dates = {word: np.array([text or "NaT" for text in table[word]], "M8[D]") for word in known}
            subjects.episodes.append(Episodes(rows, dates))

    def read(self, name: str, binding: tuple[Column, ...]) -> Table:
        data = self.bundle.read(name)
        if data is not None:
            return read_table(name, data, binding, self.faults)
        blank: list[str] = []
        return Table(name, cells={column.name: blank for column in binding}, whole=False)


def _wrong_measure(measure: str, period: str) -> str:
    if measure not in MEASURES:
        return f"no measure is called {measure[:40]!r}{_nearest(measure, MEASURES)}"
    if period not in {one.value for one in Period}:
        return f"{period[:40]!r} is no period; there are {', '.join(Period)}"
    return ""


def _nearest(word: str, words: Iterable[str]) -> str:
    near = get_close_matches(word, words, 1)
    return f"; perhaps {near[0]} is meant" if near else ""


def _placed(cells: Cells, wanted: Sequence[str], subjects: _Subjects) -> Numbers:
    """Return a file's numbers with the table's rows and the calendar's columns; NaN where it has none."""
    known = [place for place, one in enumerate(cells.ids) if one in subjects.places]
    rows = [subjects.places[cells.ids[place]] for place in known]
    whole = rows == list(range(len(subjects.places))) and list(cells.columns) == list(wanted)
    if whole and len(known) == len(cells.ids):
        return cells.values
    found: Numbers = np.full((len(subjects.places), len(wanted)), np.nan)
    places = {day: place for place, day in enumerate(wanted)}
    found[np.ix_(rows, [places[day] for day in cells.columns])] = cells.values[known]
    return found


def _columns(name: str, some: _Subjects, calendar: Calendar) -> Columns:
    texts = some.table["circumstances"]
    words = sorted({word for text in set(texts) for word in text.split()})
    flags = {word: np.array([word in text.split() for text in texts], bool) for word in words}
    ids = tuple(some.places)
    grades = some.grades if len(some.grades) == len(ids) else ()
    return Columns(calendar, ids, grades, some.values, flags, some.episodes, name)
