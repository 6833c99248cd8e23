"""Choices, seats and phases from three small CSV files, and cohorts from the one that was made of them.

``docs/cohorts.md`` describes them; the columns are in the notation of the binding.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from schoolday.cohorts import TWO_AND_TWO, Cohorts, Pattern
from schoolday.cohorts.choice import Choice, Program
from schoolday.cohorts.phases import Phase
from schoolday.cohorts.problem import HALVES, Seats
from schoolday.files.sheets.bundle import Bundle, say_strangers
from schoolday.files.sheets.checks import check_table, check_unique, check_words, rows_of, rows_with
from schoolday.files.sheets.columns import Column, columns
from schoolday.files.sheets.faults import Faults
from schoolday.files.sheets.grades import check_grades, grades_of
from schoolday.files.sheets.table import Table, read_table
from schoolday.ground.finding import Finding, broken
from schoolday.roster import Roster

CHOICES, SEATS, PHASES, COHORTS = "choices.csv", "seats.csv", "phases.csv", "cohorts.csv"
FILES: Mapping[str, tuple[Column, ...]] = {
    CHOICES: columns("pupilId:id>pupils! program! date:date! by! wish beside:id>pupils"),
    SEATS: columns("sectionId:id>sections! seats:integer! wholeWeek"),
    PHASES: columns("date:date! grades groups schools cohorts source!"),
}
PLACED: tuple[Column, ...] = columns("pupilId:id>pupils! cohort!")
UNIQUE: Mapping[str, tuple[str, ...]] = {
    CHOICES: ("pupilId", "date"),
    SEATS: ("sectionId",),
}
YES = "yes"


@dataclass(frozen=True)
class Asked:
    """What families chose, how many each class holds, and the phases of the return."""

    choices: tuple[Choice, ...] = ()
    seats: Seats = Seats({})  # noqa: RUF009 - frozen
    phases: tuple[Phase, ...] = ()


@dataclass(frozen=True)
class Terms:
    """What choices are held to: the programs that are offered, and from when until when one may be said."""

    programs: tuple[str, ...]
    first: date
    last: date


@dataclass(frozen=True)
class AskedReading:
    """What came of reading a folder: what was asked, or None if any finding is broken; and the findings."""

    asked: Asked | None
    findings: tuple[Finding, ...]


def read_asked(
    path: Path, roster: Roster, pattern: Pattern = TWO_AND_TWO, terms: Terms | None = None
) -> AskedReading:
    """Read a folder or zip of choices, seats and phases; a file that is not there says nothing.

    Parameters
    ----------
    path, roster, pattern
        Where the files are, the district that they speak of, and its cohorts.
    terms
        What choices are held to; without it any program on any date will do.

    Returns
    -------
    AskedReading
        Every fault by file, row and column; with one nothing is taken in.
    """
    faults = Faults("cohorts")
    with Bundle(path, faults) as bundle:
        if not bundle.readable:
            return AskedReading(None, faults.all())
        say_strangers(bundle, frozenset(FILES), faults)
        if not FILES.keys() & bundle.names:
            said, mend = f"none of {', '.join(FILES)} is there", "add one; docs/cohorts.md describes them"
            faults.add("missing_file", said, CHOICES, mend=mend)
        tables = {
            name: _table(bundle.read(name) or b"", name, roster, pattern, faults)
            for name in FILES
            if name in bundle.names
        }
    if terms is not None and CHOICES in tables:
        _check_terms(tables[CHOICES], terms, faults)
    found = faults.all()
    return AskedReading(None if broken(found) else _asked(tables), found)


def read_cohorts(
    file: Path, roster: Roster, pattern: Pattern = TWO_AND_TWO
) -> tuple[Cohorts | None, tuple[Finding, ...]]:
    """Read the cohorts of a district's pupils from one file, or None with its faults."""
    faults = Faults("cohorts")
    table = read_table(file.name, file.read_bytes(), PLACED, faults)
    check_table(table, PLACED, {"pupils": roster.pupils}, faults, bulk=False, extensible=False)
    check_unique(table, ("pupilId",), faults)
    check_words(table, "cohort", pattern.days, f"the cohorts are {', '.join(pattern.days)}", faults)
    found = faults.all()
    if broken(found):
        return None, found
    return Cohorts(pattern, {row[0]: row[1] for row in rows_of(table, PLACED)}), found


def _table(data: bytes, name: str, roster: Roster, pattern: Pattern, faults: Faults) -> Table:
    table = read_table(name, data, FILES[name], faults)
    known: Mapping[str, Collection[str]] = {"pupils": roster.pupils, "sections": roster.sections}
    check_table(table, FILES[name], known, faults, bulk=False, extensible=False)
    if name in UNIQUE:
        check_unique(table, UNIQUE[name], faults)
    match name:
        case "choices.csv":
            programs = [one.value for one in Program]
            check_words(table, "program", programs, f"write {' or '.join(programs)}", faults)
            check_words(table, "wish", HALVES, f"write {' or '.join(HALVES)}, or leave it blank", faults)
        case "seats.csv":
            check_words(table, "wholeWeek", ("yes", "no"), "write yes or no; blank is no", faults)
        case _:
            check_grades(table, faults)
            _check_listed(table, "schools", roster.schools, faults)
            _check_listed(table, "cohorts", pattern.days, faults)
    return table


def _check_terms(table: Table, terms: Terms, faults: Faults) -> None:
    """Add a fault for each choice of a program that is not offered, or said outside of the time for it."""
    beside = {one.value for one in Program} - set(terms.programs)
    for row, word in rows_with(table, "program", beside):
        mend = f"write {' or '.join(terms.programs)}"
        faults.add("value", f"{word!r} is not offered in this round", table.file, row, "program", mend=mend)
    for row, text in zip(table.rows, table["date"], strict=True):
        said = _date(text)
        if said is not None and not terms.first <= said <= terms.last:
            words = f"{text} is not between {terms.first} and {terms.last}"
            mend = "write the date on which the family said it; choices of other dates belong to no round"
            faults.add("value", words, table.file, row, "date", mend=mend)


def _date(text: str) -> date | None:
    """Return a date, or None for what is none; the check of the cells says so."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _check_listed(table: Table, column: str, known: Iterable[str], faults: Faults) -> None:
    """Add a fault for each cell that lists something unknown; its words are parted by spaces."""
    names = frozenset(known)
    for text in set(table[column]):
        unknown = sorted(set(text.split()) - names)
        for row, _value in rows_with(table, column, {text} if unknown else ()):
            said, mend = f"{unknown[0][:40]!r} is none of the {column}", "correct it; blank means all"
            faults.add("unknown_id", said, table.file, row, column, mend=mend)


def _asked(tables: Mapping[str, Table]) -> Asked:
    seats = rows_of(tables.get(SEATS), FILES[SEATS])
    return Asked(
        tuple(
            Choice(pupil, Program(program), date.fromisoformat(day), by, wish, beside)
            for pupil, program, day, by, wish, beside in rows_of(tables.get(CHOICES), FILES[CHOICES])
        ),
        Seats(
            {section: int(number) for section, number, _ in seats},
            frozenset(section for section, _, whole in seats if whole == YES),
        ),
        tuple(_phase(*row) for row in rows_of(tables.get(PHASES), FILES[PHASES])),
    )


def _phase(day: str, grades: str, groups: str, schools: str, cohorts: str, source: str) -> Phase:
    return Phase(
        date.fromisoformat(day),
        source,
        grades_of(grades),
        tuple(groups.split()),
        tuple(schools.split()),
        tuple(cohorts.split()),
    )
