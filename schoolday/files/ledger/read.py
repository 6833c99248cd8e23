"""Read sealed weeks back: the week as it was certified, its entries and its plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from schoolday.calendar.row import Minutes, Row
from schoolday.files.ledger.engine import connected, quoted
from schoolday.files.ledger.seal import PLAN, TYPES, Sealed
from schoolday.ground.errors import SchooldayError
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.week import Week


def read_week(sealed: Sealed) -> Week:
    """Return a sealed week, its entries in the order of entering."""
    head = sealed.head
    entries, plan = read_rows(sealed.parquet)
    return Week(
        head.district, head.school, head.teacher, head.week, head.way, head.days, head.pupils, entries, plan
    )


def read_rows(file: Path) -> tuple[tuple[Entry, ...], tuple[Row, ...]]:
    """Return the entries and the plan of a seal's Parquet file; an error in words if it is none."""
    chosen = ", ".join(f'"{name}"' for name in TYPES)
    try:
        with connected() as connection:
            found = connection.execute(f"SELECT {chosen} FROM read_parquet('{quoted(file)}')").fetchall()
    except duckdb.Error as error:
        first = str(error).splitlines()[0]
        raise SchooldayError(f"{file} cannot be read as a sealed week: {first}") from None
    entries = sorted((_entry(row) for row in found if row[1] != PLAN), key=lambda entry: (entry.at, entry.id))
    return tuple(entries), tuple(_plan(row) for row in found if row[1] == PLAN)


def _entry(row: Sequence[Any]) -> Entry:
    name, kind, pupil, day, school, activity, first, last, minutes, code, detail, by, at, corrects, origin = (
        row
    )
    return Entry(
        name, EntryKind(kind), pupil, day, school, activity, first, last, minutes, code, detail, by,
        datetime.fromisoformat(at), corrects, origin,
    )  # fmt: skip


def _plan(row: Sequence[Any]) -> Row:
    return Row(row[2], row[3], row[5], Minutes(row[9]), row[8], PLAN)
