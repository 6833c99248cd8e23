"""Day packs: for measures, one derived Parquet file per school day, made from the seals and remade at will.

A pack's note keeps the digests of the seals that it was made from, and how reasons explained services not
given. A new seal, or a new version of one, makes its days differ from their notes: those days are dirty, and
only they are made again, with the days of meetings that they make up.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from schoolday.files.ledger.columns import ENROLLED, TYPES, entry_of
from schoolday.files.ledger.engine import Connection, beside, connected, copy, quoted, table
from schoolday.files.ledger.seal import Sealed, Seals
from schoolday.files.ledger.whole import alone, part_of, put, write_whole
from schoolday.ledger.entry import Entry
from schoolday.ledger.services.explained import Explaining
from schoolday.ledger.services.recorded import REASONS, makes_up
from schoolday.measures.portable import PACK_FORM

_NUMBERED = {"number": "INTEGER", "id": "VARCHAR"}
NUMBERS = ("pupils", "activities")
"""The files that give each pupil and each activity its number; numbers are only ever added."""


def dirty_days(
    seals: Iterable[Sealed], folder: Path, explaining: Explaining | None = None
) -> Mapping[date, Sequence[Sealed]]:
    """Return the days whose pack is missing or made from other seals or rules, each with its seals of now."""
    of = _by_day(seals)
    return {day: of[day] for day in sorted(of) if _noted(folder, day) != _note(day, of[day], explaining)}


def build_packs(seals: Seals, folder: Path, explaining: Explaining | None = None) -> tuple[date, ...]:
    """Make the packs of every dirty day; return those days.

    Parameters
    ----------
    seals
        The district's seals, of which the newest version of each week counts.
    folder
        Where the packs lie, with ``pupils.parquet`` and ``activities.parquet``; nothing else is kept there.
    explaining
        By what reasons explain minutes of services; without it none does.
    """
    with alone(folder):
        current = seals.current()
        dirty = dict(dirty_days(current, folder, explaining))
        if not dirty:
            return ()
        with connected() as connection:
            services = services_of(connection, current) if explaining else []
            # The days that make-ups name come first: killed before they are all written, it begins anew.
            dirty = {**_named(services, dirty, _by_day(current)), **dirty}
            _read(connection, {one.path: one for of in dirty.values() for one in of}.values())
            for name in NUMBERS:
                _number(connection, folder, name)
            put_explained(connection, services, explaining)
            for day, of in dirty.items():
                _pack(connection, folder, day, _note(day, of, explaining))
    return tuple(sorted(dirty))


def _by_day(seals: Iterable[Sealed]) -> Mapping[date, Sequence[Sealed]]:
    of: dict[date, list[Sealed]] = defaultdict(list)
    for sealed in seals:
        for day in sealed.head.days:
            of[day].append(sealed)
    return of


def services_of(connection: Connection, seals: Iterable[Sealed]) -> list[Entry]:
    """Return every entry of a service in some seals, with what corrects it."""
    listed = ", ".join(f"'{quoted(one.parquet)}'" for one in seals)
    chosen = ", ".join(f'"{name}"' for name in TYPES)
    query = f"SELECT {chosen} FROM read_parquet([{listed}]) WHERE kind = 'service' OR corrects <> ''"
    found = connection.execute(query).fetchall()
    return [entry_of(row) for row in found]


def _named(
    services: Iterable[Entry], dirty: Mapping[date, Sequence[Sealed]], of: Mapping[date, Sequence[Sealed]]
) -> dict[date, Sequence[Sealed]]:
    """Return the days of the meetings that make-ups of dirty days name: less of them is left to explain."""
    every = list(services)
    named = {makes_up(one) for one in every if one.day in dirty} - {""}
    days = sorted({one.day for one in every if one.id in named})
    return {day: of[day] for day in days if day in of and day not in dirty}


def put_explained(connection: Connection, services: Sequence[Entry], explaining: Explaining | None) -> None:
    """Make the table of the minutes that reasons explain, of those services whose rows were read."""
    asked = (
        "SELECT pupil, activity, day, MAX(minutes) FROM every WHERE kind = 'plan' AND activity IN ({}) "
        "GROUP BY ALL"
    )
    missed = sorted({one.activity for one in services if one.code in REASONS})
    plan = connection.execute(asked.format(", ".join("?" * len(missed)) or "NULL"), missed).fetchall()
    planned = {(who, what, day): int(most or 0) for who, what, day, most in plan}
    found = explaining.minutes(services, planned) if explaining else {}
    types = {"entry": "VARCHAR", "minutes": "INTEGER"}
    table(connection, "explained", types, {"entry": list(found), "minutes": list(found.values())})


def pack_of(folder: Path, day: date) -> Path:
    """Return the file of a day's pack."""
    return folder / f"{day.isoformat()}.parquet"


def _read(connection: Connection, seals: Iterable[Sealed]) -> None:
    """Make the tables of all rows of some seals, and of what their corrections name."""
    listed = ", ".join(f"'{quoted(one.parquet)}'" for one in seals)
    # Both teachers of a class seal its entries and its plan: what stands in two seals is one row.
    # Measures know from elsewhere who was enrolled: those rows of a seal are neither plan nor record.
    connection.execute(
        f"CREATE TABLE every AS SELECT DISTINCT * FROM read_parquet([{listed}]) WHERE kind <> '{ENROLLED}'"
    )
    # A correction may move an entry to another day, so those of the whole week are looked at.
    connection.execute("CREATE TABLE corrected AS SELECT DISTINCT corrects FROM every WHERE corrects <> ''")


def _number(connection: Connection, folder: Path, name: str) -> None:
    """Give a number to each id that has none yet, and write the file anew if there are such."""
    file = folder / f"{name}.parquet"
    known = {}
    if file.exists():
        rows = connection.execute(f"SELECT id, number FROM read_parquet('{quoted(file)}')").fetchall()
        known = {str(row[0]): int(row[1]) for row in rows}
    column = {"pupils": "pupil", "activities": "activity"}[name]
    new = connection.execute(f"SELECT DISTINCT {column} FROM every ORDER BY 1").fetchall()
    numbers = dict(known)
    for (one,) in new:
        numbers.setdefault(one, len(numbers))
    table(connection, name, _NUMBERED, {"number": list(numbers.values()), "id": list(numbers)})
    if numbers != known:
        part = part_of(file)
        copy(connection, f"SELECT number, id FROM {name} ORDER BY number", part)
        put(part, file)


def _pack(connection: Connection, folder: Path, day: date, note: Mapping[str, object]) -> None:
    connection.execute("CREATE OR REPLACE TABLE sealed AS SELECT * FROM every WHERE day = ?", [day])
    file = pack_of(folder, day)
    part = part_of(file)
    copy(connection, beside("packs.sql"), part, PACK_FORM)
    put(part, file)
    write_whole(folder / f"{day.isoformat()}.json", json.dumps(note, indent=1).encode() + b"\n")


def _note(day: date, seals: Iterable[Sealed], explaining: Explaining | None) -> dict[str, object]:
    """Return what a pack is made from: the digests of its seals, and how reasons explain on its day."""
    digests = sorted(sealed.digest for sealed in seals)
    return {"day": day.isoformat(), "seals": digests, "explains": explaining.mark(day) if explaining else ""}


def _noted(folder: Path, day: date) -> dict[str, object] | None:
    """Return what a day's pack was made from; None where there is no whole pack."""
    note = folder / f"{day.isoformat()}.json"
    if not note.exists() or not pack_of(folder, day).exists():
        return None
    found: dict[str, object] = json.loads(note.read_bytes())
    return found
