"""The columns of a seal's Parquet file: a week's entries, its plan and who was enrolled, and back."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from schoolday.calendar.row import Minutes, Row
from schoolday.files.ledger.engine import connected, copy, quoted, table
from schoolday.ground.errors import SchooldayError
from schoolday.ground.ids import stable_id
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.week import Enrolled, Week

PLAN, ENROLLED = "plan", "enrolled"
"""The kinds of those rows of a seal that are what was planned, and who was in a class on a day."""
ROSTER = "roster"
"""The origin of rows that say who was enrolled."""

TYPES = {
    "entry": "VARCHAR", "kind": "VARCHAR", "pupil": "VARCHAR", "day": "DATE", "school": "VARCHAR",
    "activity": "VARCHAR", "first": "INTEGER", "last": "INTEGER", "minutes": "INTEGER", "code": "VARCHAR",
    "detail": "VARCHAR", "by": "VARCHAR", "at": "VARCHAR", "corrects": "VARCHAR", "origin": "VARCHAR",
}  # fmt: skip
"""The columns of a seal and their types."""


@dataclass(frozen=True, slots=True)
class SealedRows:
    """What the rows of a seal are: entries in the order of entering, the plan, and who was enrolled."""

    entries: tuple[Entry, ...]
    plan: tuple[Row, ...]
    enrolled: frozenset[Enrolled]


_ORDERED = "SELECT * FROM entries ORDER BY day, pupil, kind, entry"


def write_entries(week: Week, file: Path) -> int:
    """Write a week's entries, its plan and who was enrolled as one Parquet file; return how many rows."""
    rows = [*_entry_rows(week), *_plan_rows(week), *_enrolled_rows(week)]
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(TYPES)
    with connected() as connection:
        table(
            connection,
            "entries",
            TYPES,
            {name: list(cells) for name, cells in zip(TYPES, columns, strict=True)},
        )
        copy(connection, _ORDERED, file)
    return len(rows)


def _entry_rows(week: Week) -> Iterator[tuple[object, ...]]:
    for one in week.entries:
        yield (
            one.id, one.kind.value, one.pupil, one.day, one.school, one.activity, one.first, one.last,
            one.minutes, one.code, one.detail, one.by, one.at.isoformat(), one.corrects, one.origin,
        )  # fmt: skip


def _plan_rows(week: Week) -> Iterator[tuple[object, ...]]:
    for row in week.plan:
        name = stable_id(PLAN, row.pupil, row.day.isoformat(), row.activity, row.kind.value, size=20)
        yield (
            name, PLAN, row.pupil, row.day, week.school, row.activity, None, None, row.minutes,
            row.kind.value, "", "", "", "", PLAN,
        )  # fmt: skip


def _enrolled_rows(week: Week) -> Iterator[tuple[object, ...]]:
    for one in sorted(week.enrolled or ()):
        name = stable_id(ENROLLED, one.pupil, one.day.isoformat(), one.activity, size=20)
        yield (
            name, ENROLLED, one.pupil, one.day, week.school, one.activity, None, None, None, "", "", "", "",
            "", ROSTER,
        )  # fmt: skip


def read_rows(file: Path) -> SealedRows:
    """Return what is in a seal's Parquet file; an error in words if it is none."""
    chosen = ", ".join(f'"{name}"' for name in TYPES)
    try:
        with connected() as connection:
            found = connection.execute(f"SELECT {chosen} FROM read_parquet('{quoted(file)}')").fetchall()
    except duckdb.Error as error:
        first = str(error).splitlines()[0]
        raise SchooldayError(f"{file} cannot be read as a sealed week: {first}") from None
    entries = (entry_of(row) for row in found if row[1] not in (PLAN, ENROLLED))
    return SealedRows(
        tuple(sorted(entries, key=lambda entry: (entry.at, entry.id))),
        tuple(_plan(row) for row in found if row[1] == PLAN),
        frozenset(Enrolled(row[2], row[3], row[5]) for row in found if row[1] == ENROLLED),
    )


def entry_of(row: Sequence[Any]) -> Entry:
    """Return a seal's row, in the order of `TYPES`, as the entry that it is."""
    name, kind, pupil, day, school, activity, first, last, minutes, code, detail, by, at, corrects, origin = (
        row
    )
    return Entry(
        name, EntryKind(kind), pupil, day, school, activity, first, last, minutes, code, detail, by,
        datetime.fromisoformat(at), corrects, origin,
    )  # fmt: skip


def _plan(row: Sequence[Any]) -> Row:
    return Row(row[2], row[3], row[5], Minutes(row[9]), row[8], PLAN)
