"""Readings, steps that places were given, where schools lie and what happened there: small CSV files.

``docs/conditions.md`` describes them; the columns are in the notation of the binding.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from pathlib import Path

from schoolday.conditions import BLUEPRINT, Assigned, Reading
from schoolday.conditions.sites import Happening, SchoolEvent, Site
from schoolday.files.sheets.bundle import Bundle, say_strangers
from schoolday.files.sheets.checks import FITS, check_table, check_unique, check_words, rows_of, rows_with
from schoolday.files.sheets.columns import Column, columns
from schoolday.files.sheets.faults import Faults
from schoolday.files.sheets.grades import check_grades, grades_of
from schoolday.files.sheets.table import Table, read_table
from schoolday.ground.finding import Finding, broken
from schoolday.rules.events import CIRCUMSTANCES
from schoolday.rules.measures import MEASURES

READINGS, ASSIGNED, PLACES = "readings.csv", "assigned.csv", "places.csv"
SITES, EVENTS = "sites.csv", "events.csv"
FILES: Mapping[str, tuple[Column, ...]] = {
    READINGS: columns("place:id! measure! value first:date! last:date! told:date! source!"),
    ASSIGNED: columns("place:id! step! told:date! effective:date source!"),
    PLACES: columns("place:id! circumstances!"),
    SITES: columns("school:id! places!"),
    EVENTS: columns("school:id! event! day:date! grades source!"),
}
UNIQUE = {
    READINGS: ("place", "measure", "first", "last", "told"),
    ASSIGNED: ("place", "told"),
    PLACES: ("place",),
    SITES: ("school",),
    EVENTS: ("school", "event", "day"),
}


@dataclass(frozen=True)
class Outside:
    """What is known from outside: readings, the steps that places were given, what is true of places."""

    readings: tuple[Reading, ...] = ()
    assigned: tuple[Assigned, ...] = ()
    circumstances: Mapping[str, frozenset[str]] = field(default_factory=dict)
    sites: Mapping[str, Site] = field(default_factory=dict)
    events: tuple[SchoolEvent, ...] = ()

    def site(self, school: str) -> Site:
        """Return a school's site: the places that the files name for it, else all that are no campus."""
        if school in self.sites:
            return self.sites[school]
        campuses = self.sites.keys() | {one.school for one in self.events}
        return Site(school, (school, *(place for place in self.places if place not in campuses)))

    @property
    def places(self) -> tuple[str, ...]:
        """Every place that something is known of, in the order in which the files name them."""
        named = (*(one.place for one in self.readings), *(one.place for one in self.assigned))
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True)
class OutsideReading:
    """What came of reading a folder: what is known, or None if any finding is broken; and the findings."""

    outside: Outside | None
    findings: tuple[Finding, ...]


def read_outside(path: Path, *, schools: Collection[str] | None = None, some: bool = False) -> OutsideReading:
    """Read a folder or zip of readings, assigned steps and places; at least one of the first two is there.

    Parameters
    ----------
    path
        The folder or zip.
    schools
        Where given, the schools that sites and events may be of; another one is a fault.
    some
        Whether any one of the files may be there alone, to be added to what is known already.

    Returns
    -------
    OutsideReading
        Every fault by file, row and column; with one nothing is taken in.
    """
    faults = Faults("conditions")
    with Bundle(path, faults) as bundle:
        if not bundle.readable:
            return OutsideReading(None, faults.all())
        say_strangers(bundle, frozenset(FILES), faults)
        _say_missing(bundle.names, some, faults)
        tables = {name: _table(bundle, name, faults) for name in FILES if name in bundle.names}
    if schools is not None:
        _check_schools(tables, schools, faults)
    found = faults.all()
    return OutsideReading(None if broken(found) else _outside(tables), found)


def _say_missing(names: Collection[str], some: bool, faults: Faults) -> None:
    if some and not FILES.keys() & names:
        mend = f"add one of {', '.join(FILES)}; docs/conditions.md has them"
        faults.add("missing_file", "none of the files is there", READINGS, mend=mend)
    elif not some and not {READINGS, ASSIGNED} & set(names):
        said, mend = f"neither {READINGS} nor {ASSIGNED} is there", "add one; docs/conditions.md has both"
        faults.add("missing_file", said, READINGS, mend=mend)


def _check_schools(tables: Mapping[str, Table], schools: Collection[str], faults: Faults) -> None:
    for name in (SITES, EVENTS):
        if name in tables:
            check_words(tables[name], "school", schools, "write the school's id on the roster", faults)


def _table(bundle: Bundle, name: str, faults: Faults) -> Table:
    data = bundle.read(name)
    table = read_table(name, data or b"", FILES[name], faults)
    check_table(table, FILES[name], {}, faults, bulk=False, extensible=False)
    check_unique(table, UNIQUE[name], faults)
    _check_years(table, [column.name for column in FILES[name] if column.format == "date"], faults)
    match name:
        case "readings.csv":
            check_words(table, "measure", MEASURES, "docs/reference/rules.md lists the measures", faults)
            _check_values(table, faults)
            _check_order(table, "first", "last", faults)
            _check_order(table, "last", "told", faults)
        case "assigned.csv":
            steps = ", ".join(BLUEPRINT.steps)
            check_words(table, "step", BLUEPRINT.steps, f"the steps are {steps}", faults)
            _check_order(table, "told", "effective", faults)
        case "events.csv":
            words = frozenset(one.value for one in Happening)
            check_words(table, "event", words, f"the events are {', '.join(sorted(words))}", faults)
            check_grades(table, faults)
        case "places.csv":
            for text in set(table["circumstances"]):
                for word in set(text.split()) - CIRCUMSTANCES.keys():
                    for row, _value in rows_with(table, "circumstances", {text}):
                        said = f"no circumstance is called {word[:40]!r}"
                        mend = "docs/reference/rules.md lists them"
                        faults.add("value", said, name, row, "circumstances", mend=mend)
    return table


def _check_values(table: Table, faults: Faults) -> None:
    wrong = {text for text in table["value"] if text and not _number(text)}
    for row, text in rows_with(table, "value", wrong):
        mend = "write a number of 0 or more; leave it blank where it was told that nobody knows"
        faults.add("value", f"{text[:40]!r} is no such number", table.file, row, "value", mend=mend)


def _number(text: str) -> bool:
    return FITS["float"](text) and isfinite(float(text)) and float(text) >= 0


def _check_years(table: Table, names: Sequence[str], faults: Faults) -> None:
    """Add a fault for each date that no school year can be near: a slip of the keys."""
    for name in names:
        far = {text for text in table[name] if FITS["date"](text) and not "1900" <= text[:4] <= "2199"}
        for row, text in rows_with(table, name, far):
            mend = "correct the year of the date"
            faults.add(
                "dates", f"{name} is {text}, far from any school year", table.file, row, name, mend=mend
            )


def _check_order(table: Table, first: str, later: str, faults: Faults) -> None:
    """Add a fault for each row in which a later date lies before an earlier one."""
    for row, before, after in zip(table.rows, table[first], table[later], strict=True):
        if FITS["date"](before) and FITS["date"](after) and after < before:
            said = f"{later} is {after}, before {first}, which is {before}"
            faults.add("dates", said, table.file, row, later, mend="correct one of the two dates")


def _outside(tables: Mapping[str, Table]) -> Outside:
    return Outside(
        tuple(_reading(*row) for row in rows_of(tables.get(READINGS), FILES[READINGS])),
        tuple(_assigned(*row) for row in rows_of(tables.get(ASSIGNED), FILES[ASSIGNED])),
        {place: frozenset(words.split()) for place, words in rows_of(tables.get(PLACES), FILES[PLACES])},
        {school: _site(school, words) for school, words in rows_of(tables.get(SITES), FILES[SITES])},
        tuple(_event(*row) for row in rows_of(tables.get(EVENTS), FILES[EVENTS])),
    )


def _site(school: str, places: str) -> Site:
    """Return a school's site; its own campus is the nearest place."""
    return Site(school, (school, *places.split()))


def _event(school: str, event: str, day: str, grades: str, source: str) -> SchoolEvent:
    return SchoolEvent(school, Happening(event), date.fromisoformat(day), source, grades_of(grades))


def _reading(place: str, measure: str, value: str, first: str, last: str, told: str, source: str) -> Reading:
    day = date.fromisoformat
    number = float(value) if value else None
    return Reading(place, measure, number, day(first), day(last), day(told), source)


def _assigned(place: str, step: str, told: str, effective: str, source: str) -> Assigned:
    kept = date.fromisoformat(effective) if effective else None
    return Assigned(place, step, date.fromisoformat(told), source, kept)
