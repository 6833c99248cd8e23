"""Read a folder of learning: exams, scores, marks, recordings, entries; one fault, and nothing is taken."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from schoolday.calendar.days import WEEK
from schoolday.files.learning.gradebook import Tables, exams_of, read_gradebook, scores_of
from schoolday.files.learning.layout import (
    CONSENTS,
    ENTRIES,
    ESSENTIALS,
    EXAMS,
    GRADEBOOK,
    GROUP_ROWS,
    GROUPS,
    NOBODY,
    OWN,
    RECORDINGS,
    UNIQUE,
    VIEWINGS,
)
from schoolday.files.ledger.entries import read_entries
from schoolday.files.oneroster.read import known_names
from schoolday.files.sheets.bundle import Bundle, say_strangers
from schoolday.files.sheets.checks import (
    check_table,
    check_unique,
    check_words,
    items,
    one_of,
    rows_of,
    rows_with,
)
from schoolday.files.sheets.faults import Faults
from schoolday.files.sheets.grades import check_grades
from schoolday.files.sheets.table import Table, read_table
from schoolday.ground.finding import Finding, broken
from schoolday.ground.grades import GRADES
from schoolday.ground.spans import Span, minute
from schoolday.learning.counted import Viewing
from schoolday.learning.exams import Chooser, Exam, Score
from schoolday.learning.groups import SmallGroup, Time
from schoolday.learning.recordings import Consent, Recording
from schoolday.learning.standards import Essential, Framework
from schoolday.ledger.entry import Entry
from schoolday.roster import Roster


@dataclass(frozen=True)
class Learned:
    """What a folder holds; a file that is not there says nothing."""

    exams: Mapping[str, Exam] = field(default_factory=dict)
    scores: tuple[Score, ...] = ()
    essentials: tuple[Essential, ...] = ()
    recordings: tuple[Recording, ...] = ()
    consents: tuple[Consent, ...] = ()
    viewings: tuple[Viewing, ...] = ()
    entries: tuple[Entry, ...] = ()


@dataclass(frozen=True)
class LearnedReading:
    """What came of reading a folder: what it holds, or None if any finding is broken; and the findings."""

    learned: Learned | None
    findings: tuple[Finding, ...]


def read_learning(path: Path, roster: Roster, framework: Framework) -> LearnedReading:
    """Read a folder or zip of learning for a roster, with the standards that its files may name.

    Returns
    -------
    LearnedReading
        Every fault by file, row and column; with one nothing is taken in.
    """
    faults = Faults("learning")
    with Bundle(path, faults) as bundle:
        if not bundle.readable:
            return LearnedReading(None, faults.all())
        say_strangers(bundle, frozenset(OWN) | known_names() | {ENTRIES, GROUPS}, faults)
        if not (frozenset(OWN) | {ENTRIES} | {f"{name}.csv" for name in GRADEBOOK}) & bundle.names:
            said, mend = "none of the files of learning is there", "add one; docs/learning.md describes them"
            faults.add("missing_file", said, EXAMS, mend=mend)
        book = read_gradebook(bundle, roster, faults)
        if "results" in book and "lineItems" not in book:
            said = "results.csv is there and lineItems.csv is not, so no score says of what it is"
            faults.add("missing_file", said, "lineItems.csv", mend="add it")
        own = {
            name: _own(bundle.read(name) or b"", name, roster, faults) for name in OWN if name in bundle.names
        }
        entered = bundle.read(ENTRIES) if ENTRIES in bundle.names else None
    _check_own(own, book, roster, framework, faults)
    exams = exams_of(book, own.get(EXAMS), framework, faults)
    scores = scores_of(book, exams, framework, faults)
    entries, ledgers = _entries(entered, roster, faults)
    found = (*faults.all(), *ledgers)
    if broken(found):
        return LearnedReading(None, found)
    return LearnedReading(_learned(own, exams, scores, entries, roster, framework), found)


def _entries(
    data: bytes | None, roster: Roster, faults: Faults
) -> tuple[tuple[Entry, ...], tuple[Finding, ...]]:
    """Return the entries of the ledger's own file, and what it finds; those of strangers are faults here."""
    if data is None:
        return (), ()
    reading = read_entries(ENTRIES, data)
    # A row is only counted where every row was read, so the header and the rows before are all there are.
    for row, one in enumerate(reading.entries or (), 2):
        if one.pupil not in roster.pupils:
            said, mend = (
                f"{one.pupil[:60]!r} is no pupil of this roster",
                "correct the id, or give the roster",
            )
            faults.add("unknown_id", said, ENTRIES, row, "pupil", mend=mend)
    return reading.entries or (), reading.findings


def _own(data: bytes, name: str, roster: Roster, faults: Faults) -> Table:
    table = read_table(name, data, OWN[name], faults)
    if name in UNIQUE:
        check_unique(table, UNIQUE[name], faults)
    return table


def _check_own(own: Tables, book: Tables, roster: Roster, framework: Framework, faults: Faults) -> None:
    people = roster.pupils.keys() | roster.staff.keys()
    known: dict[str, Collection[str] | None] = {
        "pupils": roster.pupils,
        "staff": roster.staff,
        "people": people,
        "sections": roster.sections,
        "lineItems": book["lineItems"]["sourcedId"] if "lineItems" in book else (),
        "recordings": own[RECORDINGS]["recordingId"] if RECORDINGS in own else (),
    }
    for name, table in own.items():
        check_table(table, OWN[name], known, faults, bulk=False, extensible=False)
        for column in {"standard", "standards"} & table.cells.keys():
            _check_standards(table, column, framework, faults)
        for row, first, last in _dates(table):
            if last < first:
                said, mend = "the last date lies before the first", "correct the dates"
                faults.add(
                    "dates", said, name, row, "until" if name == ESSENTIALS else "keepUntil", mend=mend
                )
    _check_words(own, roster, faults)


def _check_words(own: Tables, roster: Roster, faults: Faults) -> None:
    if ESSENTIALS in own:
        check_words(own[ESSENTIALS], "grade", GRADES, one_of(GRADES), faults)
    if EXAMS in own:
        check_words(own[EXAMS], "chooser", tuple(Chooser), "write district, teacher or unknown", faults)
        check_grades(own[EXAMS], faults)
    if CONSENTS in own:
        check_words(own[CONSENTS], "given", ("yes", "no"), "write yes or no", faults)
    if RECORDINGS in own:
        _check_listed(own[RECORDINGS], "recorded", {*roster.pupils, NOBODY}, faults)


def _check_listed(table: Table, column: str, known: Collection[str], faults: Faults) -> None:
    for text in set(table[column]):
        unknown = [one for one in items(text) if one not in known]
        for row, _ in rows_with(table, column, {text} if unknown else ()):
            said, mend = f"{unknown[0][:60]!r} is no pupil", f"list pupils, or write {NOBODY}"
            faults.add("unknown_id", said, table.file, row, column, mend=mend)


def _check_standards(table: Table, column: str, framework: Framework, faults: Faults) -> None:
    for text in set(table[column]):
        unknown = [one for one in items(text) if framework.find(one) is None]
        for row, _ in rows_with(table, column, {text} if unknown else ()):
            said = f"{unknown[0][:60]!r} is a standard of no framework that was read"
            mend = "correct the code (`schoolday standards list`), or give its CASE file with --case"
            faults.add("unknown_standard", said, table.file, row, column, mend=mend)


def _dates(table: Table) -> Iterable[tuple[int, str, str]]:
    pair = ("from", "until") if "until" in table.cells else ("posted", "keepUntil")
    if set(pair) <= table.cells.keys():
        for row, first, last in zip(table.rows, table[pair[0]], table[pair[1]], strict=True):
            if first and last:
                yield row, first, last


def _learned(
    own: Tables,
    exams: Mapping[str, Exam],
    scores: tuple[Score, ...],
    entries: tuple[Entry, ...],
    roster: Roster,
    framework: Framework,
) -> Learned:
    def rows(name: str) -> list[tuple[str, ...]]:
        return rows_of(own.get(name), OWN[name])

    return Learned(
        exams,
        scores,
        tuple(
            Essential(roster.district, _id(standard, framework), grade, _day(first), _end(last), by, source)
            for standard, grade, first, last, by, source in rows(ESSENTIALS)
        ),
        tuple(_recording(row, framework) for row in rows(RECORDINGS)),
        tuple(
            Consent(person, section, given == "yes", by, _day(day))
            for person, section, given, by, day in rows(CONSENTS)
        ),
        tuple(
            Viewing(pupil, recording, _day(day), _whole(minutes), _whole(certified), by)
            for pupil, recording, day, minutes, certified, by in rows(VIEWINGS)
        ),
        entries,
    )


def _recording(row: tuple[str, ...], framework: Framework) -> Recording:
    known, section, day, title, link, minutes, standards, by, posted, until, recorded, captions = row
    return Recording(
        known,
        section,
        _day(day),
        title,
        link,
        _whole(minutes),
        tuple(_id(one, framework) for one in items(standards)),
        by,
        _day(posted),
        _end(until),
        tuple(one for one in items(recorded) if one != NOBODY),
        items(captions),
    )


def _id(name: str, framework: Framework) -> str:
    one = framework.find(name)
    return one.id if one else ""


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _end(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _whole(text: str) -> int | None:
    return int(text) if text else None


@dataclass(frozen=True)
class GroupsReading:
    """The groups of a file with their first and last dates, or nothing if any finding is broken."""

    groups: tuple[SmallGroup, ...]
    first: date | None
    last: date | None
    findings: tuple[Finding, ...]


def read_groups(file: Path, roster: Roster, framework: Framework) -> GroupsReading:
    """Read ``groups.csv`` as `write_groups` writes it."""
    faults = Faults("learning")
    table = read_table(file.name, file.read_bytes(), GROUP_ROWS, faults)
    known: Mapping[str, Collection[str]] = {"pupils": roster.pupils, "staff": roster.staff}
    check_table(table, GROUP_ROWS, known, faults, bulk=False, extensible=False)
    check_words(table, "day", WEEK, one_of(WEEK), faults)
    _check_standards(table, "standard", framework, faults)
    check_unique(table, ("group", "pupilId"), faults)
    found = faults.all()
    if broken(found):
        return GroupsReading((), None, None, found)
    rows = rows_of(table, GROUP_ROWS)
    by: dict[int, list[tuple[str, ...]]] = {}
    for row in rows:
        by.setdefault(int(row[0]), []).append(row)
    groups = tuple(_group(number, some, framework) for number, some in sorted(by.items()))
    return GroupsReading(groups, min(_day(row[7]) for row in rows), max(_day(row[8]) for row in rows), found)


def _group(number: int, rows: list[tuple[str, ...]], framework: Framework) -> SmallGroup:
    _, standard, day, start, end, teacher, *_ = rows[0]
    time = Time(WEEK.index(day), Span(minute(start), minute(end)))
    return SmallGroup(number, _id(standard, framework), time, teacher, tuple(sorted(row[6] for row in rows)))
