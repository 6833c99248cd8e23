"""The folder that measures read: who was enrolled when, what services were promised, and the day packs.

``docs/reference/measures.md`` describes it.
"""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import duckdb

from schoolday.calendar.days import Calendar
from schoolday.files.calendars import calendar_text, read_calendar
from schoolday.files.engines.duck import Duck
from schoolday.files.engines.packs import pack_files
from schoolday.files.sheets.checks import check_table, check_unique, check_words, one_of, rows_of, rows_with
from schoolday.files.sheets.columns import Column, columns
from schoolday.files.sheets.faults import Faults
from schoolday.files.sheets.table import Table, read_table
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding, broken
from schoolday.ground.grades import GRADES
from schoolday.measures.given import GROUPS, MeasuredPupil, MeasuredYear, PackRow, Promise
from schoolday.measures.portable import PACK_COLUMNS, PACK_ORDER
from schoolday.rules.events import CIRCUMSTANCES
from schoolday.rules.rule import Way

CALENDAR, DAYS = "calendar.yaml", "days"
PUPILS, ENROLLED, PROMISES = "pupils.csv", "enrolled.csv", "promises.csv"
_OWN = [kind for kind in GROUPS if kind not in ("school", "grade")]
FILES: Mapping[str, tuple[Column, ...]] = {
    PUPILS: columns(f"id:id! grade school! way! circumstances {' '.join(_OWN)}"),
    ENROLLED: columns("pupil:id>pupils! first:date! last:date!"),
    PROMISES: columns("id:id! pupil:id>pupils! activity!"),
}
_UNIQUE = {PUPILS: ("id",), ENROLLED: ("pupil", "first"), PROMISES: ("id",)}


@dataclass(frozen=True)
class YearReading:
    """What came of reading a folder: the year with its packs, or None if any finding is broken."""

    year: MeasuredYear | None
    packs: Mapping[date, Path]
    findings: tuple[Finding, ...]


def read_year(folder: Path) -> YearReading:
    """Read a year's folder; every fault of its files is told by file, row and column.

    Raises
    ------
    SchooldayError
        If it has no calendar, or the calendar has a fault.
    """
    faults = Faults("measures")
    calendar, packs = _calendar(folder), pack_files(folder / DAYS, faults)
    numbers = {
        name: numbers_in(folder / DAYS / f"{name}.parquet", faults) for name in ("pupils", "activities")
    }
    pupils = _table(folder, PUPILS, {}, faults)
    known = {"pupils": dict.fromkeys(pupils["id"])}
    enrolled, promises = (_table(folder, name, known, faults) for name in (ENROLLED, PROMISES))
    _check(pupils, enrolled, promises, numbers, faults)
    found = faults.all()
    if broken(found):
        return YearReading(None, packs, found)
    return YearReading(_year(calendar, pupils, enrolled, promises, numbers), packs, found)


def _calendar(folder: Path) -> Calendar:
    if not (folder / CALENDAR).exists():
        raise SchooldayError(
            f"{folder}: {CALENDAR} is not there; docs/reference/measures.md describes the folder"
        )
    return read_calendar(folder / CALENDAR)


def numbers_in(file: Path, faults: Faults) -> dict[str, int]:
    """Return the number of each id in a numbering file; nothing where it is not there."""
    if not file.exists():
        return {}
    try:
        named = str(file).replace("'", "''")
        # A connection of its own: DuckDB's common one hangs in a process forked after its parent used it.
        with duckdb.connect() as link:
            return dict(link.execute(f"SELECT id, number FROM read_parquet('{named}')").fetchall())
    except duckdb.Error:
        mend = "write it with the columns number and id, or make the packs anew"
        faults.add("unreadable", "this is no numbering of ids", f"{DAYS}/{file.name}", mend=mend)
        return {}


def _table(folder: Path, name: str, known: Mapping[str, Collection[str]], faults: Faults) -> Table:
    if not (folder / name).exists():
        if name != PROMISES:
            faults.add(
                "missing_file", f"{name} is not there", name, mend="docs/reference/measures.md describes it"
            )
        data = (",".join(one.name for one in FILES[name]) + "\n").encode()
    else:
        data = (folder / name).read_bytes()
    table = read_table(name, data, FILES[name], faults)
    check_table(table, FILES[name], known, faults, bulk=False, extensible=False)
    check_unique(table, _UNIQUE[name], faults)
    return table


def _check(
    pupils: Table, enrolled: Table, promises: Table, numbers: Mapping[str, Mapping[str, int]], faults: Faults
) -> None:
    ways = [way.value for way in Way]
    check_words(pupils, "way", ways, one_of(ways), faults)
    check_words(pupils, "grade", GRADES, f"the grades are {', '.join(GRADES)}", faults)
    for text in set(pupils["circumstances"]):
        unknown = sorted(set(text.split()) - CIRCUMSTANCES.keys())
        for row, _value in rows_with(pupils, "circumstances", {text} if unknown else ()):
            said, mend = (
                f"no circumstance is called {unknown[0][:40]!r}",
                "docs/reference/rules.md lists them",
            )
            faults.add("value", said, PUPILS, row, "circumstances", mend=mend)
    for name in sorted(numbers["pupils"].keys() - set(pupils["id"])):
        said, mend = f"pupil {name[:40]!r} has rows in the packs and no line here", "add the pupil"
        faults.add("unknown_id", said, PUPILS, mend=mend)
    _check_spans(enrolled, faults)
    own = zip(promises.rows, promises["pupil"], promises["activity"], strict=True)
    seen: set[tuple[str, str]] = set()
    for row, pupil, activity in own:
        if (pupil, activity) in seen:
            said, mend = "this pupil's activity is promised twice", "give each promise an activity of its own"
            faults.add("duplicate_id", said, PROMISES, row, "activity", mend=mend)
        seen.add((pupil, activity))


def _check_spans(enrolled: Table, faults: Faults) -> None:
    spans: dict[str, list[tuple[str, str, int]]] = {}
    for row, pupil, first, last in zip(
        enrolled.rows, enrolled["pupil"], enrolled["first"], enrolled["last"], strict=True
    ):
        if last < first:
            faults.add(
                "dates", "last lies before first", ENROLLED, row, "last", mend="correct one of the dates"
            )
        spans.setdefault(pupil, []).append((first, last, row))
    for some in spans.values():
        for one, other in pairwise(sorted(some)):
            if other[0] <= one[1]:
                said, mend = "the pupil is enrolled already then", "correct one of the two lines"
                faults.add("dates", said, ENROLLED, other[2], "first", mend=mend)


def _year(
    calendar: Calendar,
    pupils: Table,
    enrolled: Table,
    promises: Table,
    numbers: Mapping[str, Mapping[str, int]],
) -> MeasuredYear:
    spans: dict[str, list[tuple[date, date]]] = {}
    for pupil, first, last in rows_of(enrolled, FILES[ENROLLED]):
        spans.setdefault(pupil, []).append((date.fromisoformat(first), date.fromisoformat(last)))
    people = {}
    for name, grade, school, way, true, *groups in rows_of(pupils, FILES[PUPILS]):
        own = dict(zip(_OWN, groups, strict=True))
        people[name] = MeasuredPupil(
            name, grade, school, way, frozenset(true.split()), own, tuple(spans.get(name, ()))
        )
    place = placed(people, numbers["pupils"])
    activity = placed(promises["activity"], numbers["activities"])
    services = [
        Promise(name, place[who], activity[what]) for name, who, what in rows_of(promises, FILES[PROMISES])
    ]
    return MeasuredYear(calendar, tuple(people[name] for name in place), tuple(services))


def placed(names: Iterable[str], numbers: Mapping[str, int]) -> dict[str, int]:
    """Return each id's number, in order: those of the packs, then further ones for ids without rows."""
    found = dict(sorted(numbers.items(), key=lambda one: one[1]))
    following = max(found.values(), default=-1) + 1
    for name in dict.fromkeys(names):
        if name not in found:
            found[name], following = following, following + 1
    return found


def write_year(year: MeasuredYear, rows: Sequence[PackRow], activities: Sequence[str], folder: Path) -> None:
    """Write a year's folder with its packs, into a new or empty folder.

    Raises
    ------
    SchooldayError
        If the folder holds something already.
    """
    if folder.exists() and any(folder.iterdir()):
        raise SchooldayError(f"{folder} holds something already; name a new folder")
    promises = [(one.id, year.pupils[one.pupil].id, activities[one.activity]) for one in year.promises]
    write_people(year.calendar, year.pupils, promises, folder)
    duck = Duck()
    for name, ids in (("pupils", [one.id for one in year.pupils]), ("activities", activities)):
        duck.put(name, {"number": "INTEGER", "id": "TEXT"}, enumerate(ids))
        duck.export(f"SELECT * FROM {name} ORDER BY number", folder / DAYS / f"{name}.parquet")
    by_day: dict[date, list[PackRow]] = {}
    for row in rows:
        by_day.setdefault(row.day, []).append(row)
    for day, some in by_day.items():
        duck.put("rows_of_day", PACK_COLUMNS, some)
        duck.export(f"SELECT * FROM rows_of_day ORDER BY {PACK_ORDER}", folder / DAYS / f"{day}.parquet")
    duck.close()


def write_people(
    calendar: Calendar,
    pupils: Sequence[MeasuredPupil],
    promises: Sequence[tuple[str, str, str]],
    folder: Path,
) -> None:
    """Write a folder's files but the packs, in the place of what was there.

    Parameters
    ----------
    calendar, pupils
        The year's calendar, and who is measured.
    promises
        Each promise's id, its pupil's, and that of the activity that counts for it.
    folder
        Where; its folder ``days`` is made and left as it is.
    """
    (folder / DAYS).mkdir(parents=True, exist_ok=True)
    (folder / CALENDAR).write_text(calendar_text(calendar), encoding="utf-8")
    people = [
        [one.id, one.grade, one.school, one.way, " ".join(sorted(one.circumstances)), *map(one.group, _OWN)]
        for one in pupils
    ]
    _write(folder / PUPILS, people)
    _write(folder / ENROLLED, [[one.id, *span] for one in pupils for span in one.enrolled])
    _write(folder / PROMISES, promises)


def _write(file: Path, rows: Iterable[Sequence[object]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow([one.name for one in FILES[file.name]])
        writer.writerows(rows)
