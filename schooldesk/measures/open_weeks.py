"""A week that is not sealed yet, measured in the desk's own database by the texts that measure sealed ones.

Entries never leave the database: a temporary table takes those of the teachers who have not certified, with
their plan beside them; the pack's own text and the measures' follow. SQLite and PostgreSQL say the same.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db import connection, transaction

from schoolday.files.engines.year import numbers_in, placed
from schoolday.files.ledger.engine import beside
from schoolday.files.sheets.faults import Faults
from schoolday.ledger import entry as core
from schoolday.ledger.services.explained import Explaining
from schoolday.ledger.week import Week
from schoolday.measures.given import MeasuredYear
from schoolday.measures.limits import spread
from schoolday.measures.portable import Cells, OverDbApi, answer, prepare, run
from schooldesk.ledger import reads as ledger
from schooldesk.ledger import weeks
from schooldesk.ledger.explains import explaining_of
from schooldesk.ledger.models import Entry
from schooldesk.measures import folder
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District
from schooldesk.rules.reads import rulebook

_SEALED = {
    "entry": "TEXT", "kind": "TEXT", "pupil": "TEXT", "day": "DATE", "activity": "TEXT", '"first"': "INTEGER",
    '"last"': "INTEGER", "minutes": "INTEGER", "code": "TEXT", "corrects": "TEXT",
}  # fmt: skip
_ENTRIES = """
INSERT INTO sealed
SELECT e.entry, e.kind, e.pupil, e.day, e.activity, e."first", e."last", e.minutes, e.code, e.corrects
FROM ledger_entry e
WHERE e.district_id = %s AND e.day BETWEEN %s AND %s AND (
  EXISTS (SELECT 1 FROM open_activities o WHERE o.school = e.school AND o.activity = e.activity)
  OR (e.activity = '' AND EXISTS (
    SELECT 1 FROM open_activities o WHERE o.school = e.school AND o.teacher = e."by")))
"""


@dataclass(frozen=True)
class OpenWeek:
    """A week's measures over what is not sealed of it: the year cut to the week, and rows by measure."""

    year: MeasuredYear
    rows: dict[str, list[Cells]]
    packed: list[Cells]
    teachers: int


class _Desk(OverDbApi):
    """The desk's connection, which forgets its temporary tables afterwards."""

    def __init__(self) -> None:
        super().__init__(connection, "%s")
        self.made: list[str] = []

    def put(self, name: str, columns: dict[str, str], rows: object) -> None:  # type: ignore[override]
        """Make a temporary table, and remember it."""
        self.made.append(name)
        super().put(name, columns, rows)  # type: ignore[arg-type]

    def keep(self, name: str, select: str) -> None:
        """Make a temporary table of an answer, and remember it."""
        self.made.append(name)
        super().keep(name, select)

    def fill(self, statement: str, values: Sequence[object]) -> None:
        """Fill a temporary table from the desk's own."""
        self._cursor.execute(statement, values)

    def forget(self) -> None:
        """Drop every temporary table."""
        for name in dict.fromkeys(self.made):
            self._cursor.execute(f"DROP TABLE IF EXISTS {name}")


@contextmanager
def _desk() -> Iterator[_Desk]:
    # One transaction: what is entered meanwhile is in all of the figures or in none.
    with transaction.atomic():
        engine = _Desk()
        yield engine
        engine.forget()


def open_week(
    home: District, monday: date, names: Sequence[str], schools: Collection[str] | None = None
) -> OpenWeek | None:
    """Return measures of what is not sealed of a week; None where the year cannot be read or all is sealed.

    Call it in the district's scope. `schools` are those looked at, or all; for all, the folder must have been
    written, and pupils have the numbers that they have there.
    """
    open_ = list(_open(home, monday, schools))
    if not open_:
        return None
    if schools is None:
        year, _packs = folder.read(folder.folder_of(home.pk))
    else:
        year = folder.of_schools(home, schools, {one.pupil for week in open_ for one in week.pupils})
    year = replace(year, calendar=replace(year.calendar, first=monday, last=monday + timedelta(days=6)))
    with _desk() as engine:
        _put_week(engine, home, monday, open_, schools)
        _put_numbers(engine, home, year)
        engine.keep("pack_rows", beside("packs.sql"))
        packed = engine.ask("SELECT * FROM pack_rows")
        prepare(engine, year, spread(rulebook(), year, places=home.places))
        run(engine, names)
        return OpenWeek(year, {name: answer(engine, name) for name in names}, packed, len(open_))


def _open(home: District, monday: date, schools: Collection[str] | None) -> Iterator[Week]:
    """Yield the weeks of teachers who have no sealed week there yet."""
    for school in roster.schools(home):
        if schools is not None and school.id not in schools:
            continue
        sealed = {row.teacher for row in ledger.newest_sealed(school.id, monday)}
        for teacher in sorted(weeks.teachers_of(home, school.id, monday).keys() - sealed):
            week = weeks.week_of(home, school.id, teacher, monday)
            if week is not None:
                yield week


def _put_week(
    engine: _Desk, home: District, monday: date, open_: Sequence[Week], schools: Collection[str] | None
) -> None:
    plan = {
        ("", "plan", row.pupil, row.day, row.activity, None, None, row.minutes, row.kind.value, "")
        for week in open_
        for row in week.plan
    }
    engine.put("sealed", _SEALED, sorted(plan, key=str))
    owned = {
        (week.school, week.teacher, activity)
        for week in open_
        for pupil in week.pupils
        for activity in pupil.activities
    }
    engine.put("open_activities", {"school": "TEXT", "teacher": "TEXT", "activity": "TEXT"}, sorted(owned))
    span = (monday.isoformat(), (monday + timedelta(days=6)).isoformat())
    engine.fill(_ENTRIES, (home.pk, *span))
    engine.keep("corrected", "SELECT DISTINCT corrects FROM sealed WHERE corrects <> ''")
    planned = {(row.pupil, row.activity, row.day): row.minutes for week in open_ for row in week.plan}
    engine.put(
        "explained",
        {"entry": "TEXT", "minutes": "INTEGER"},
        _explained(explaining_of(home, schools), home, planned, {one for _school, _who, one in owned}),
    )


def _explained(
    explains: Explaining | None,
    home: District,
    planned: dict[tuple[str, str, date], int],
    activities: Collection[str],
) -> list[tuple[str, int]]:
    """Return the minutes that reasons of some services explain, with the make-ups of other weeks."""
    if explains is None:
        return []
    zone = ledger.zone_of(home)
    listed, entries = sorted(activities), list[core.Entry]()
    for start in range(0, len(listed), ledger.PART):
        part = listed[start : start + ledger.PART]
        rows = Entry.objects.filter(kind=core.EntryKind.SERVICE.value, activity__in=part).order_by("pk")
        entries += [ledger.value(row, zone) for row in rows]
    more = [one for one in ledger.around(zone, entries) if one.corrects]
    every = {one.id: one for one in (*entries, *more)}
    return sorted(explains.minutes(every.values(), planned).items())


def _put_numbers(engine: _Desk, home: District, year: MeasuredYear) -> None:
    numbers = {"number": "INTEGER", "id": "TEXT"}
    engine.put("pupils", numbers, ((place, one.id) for place, one in enumerate(year.pupils)))
    known = numbers_in(ledger.packs(home.pk) / "activities.parquet", Faults("measures"))
    promised = [one.id for one in year.promises]
    others = [str(row[0]) for row in engine.ask("SELECT DISTINCT activity FROM sealed ORDER BY 1")]
    engine.put(
        "activities", numbers, ((number, one) for one, number in placed([*promised, *others], known).items())
    )


@dataclass(frozen=True)
class SchoolLine:
    """What is not sealed of a school's week: minutes promised and recorded, and rows without minutes."""

    school: str
    pupils: int
    planned: int
    given: int
    untimed: int


def by_school(home: District, monday: date, schools: Collection[str]) -> list[SchoolLine]:
    """Return what is recorded so far of some schools' weeks that are not sealed; nothing where all are."""
    found = open_week(home, monday, ["planned_given"], schools)
    return list(_summed(found)) if found else []


def _summed(found: OpenWeek) -> Iterator[SchoolLine]:
    sums: dict[str, list[int]] = {}
    for who, _week, *kinds, untimed in found.rows["planned_given"]:
        planned, given = sum(kinds[0::2]), sum(kinds[1::2])
        own = (int(planned + given + untimed > 0), planned, given, untimed)
        before = sums.get(found.year.pupils[who].school, [0, 0, 0, 0])
        sums[found.year.pupils[who].school] = [one + more for one, more in zip(before, own, strict=True)]
    for school, numbers in sorted(sums.items()):
        if any(numbers):
            yield SchoolLine(school, *numbers)
