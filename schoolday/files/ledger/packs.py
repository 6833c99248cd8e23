"""Day packs: for measures, one derived Parquet file per school day, made from the seals and remade at will.

A pack's note keeps the digests of the seals that it was made from. A new seal, or a new version of one,
makes its days differ from their notes: those days are dirty, and only they are made again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from schoolday.files.ledger.engine import Connection, beside, connected, copy, quoted, table
from schoolday.files.ledger.seal import Sealed, Seals
from schoolday.files.ledger.whole import alone, part_of, put, write_whole

_NUMBERED = {"number": "INTEGER", "id": "VARCHAR"}
NUMBERS = ("pupils", "activities")
"""The files that give each pupil and each activity its number; numbers are only ever added."""


def dirty_days(seals: Iterable[Sealed], folder: Path) -> Mapping[date, Sequence[Sealed]]:
    """Return the days whose pack is missing or was made from other seals, each with its seals of now."""
    of: dict[date, list[Sealed]] = defaultdict(list)
    for sealed in seals:
        for day in sealed.head.days:
            of[day].append(sealed)
    return {day: of[day] for day in sorted(of) if _noted(folder, day) != _digests(of[day])}


def build_packs(seals: Seals, folder: Path) -> tuple[date, ...]:
    """Make the packs of every dirty day; return those days.

    Parameters
    ----------
    seals
        The district's seals, of which the newest version of each week counts.
    folder
        Where the packs lie, with ``pupils.parquet`` and ``activities.parquet``; nothing else is kept there.
    """
    with alone(folder):
        current = seals.current()
        dirty = dirty_days(current, folder)
        if not dirty:
            return ()
        with connected() as connection:
            _read(connection, {one.path: one for of in dirty.values() for one in of}.values())
            for name in NUMBERS:
                _number(connection, folder, name)
            for day, of in dirty.items():
                _pack(connection, folder, day, of)
    return tuple(dirty)


def pack_of(folder: Path, day: date) -> Path:
    """Return the file of a day's pack."""
    return folder / f"{day.isoformat()}.parquet"


def _read(connection: Connection, seals: Iterable[Sealed]) -> None:
    """Make the tables of all rows of some seals, and of what their corrections name."""
    listed = ", ".join(f"'{quoted(one.parquet)}'" for one in seals)
    connection.execute(f"CREATE TABLE every AS SELECT * FROM read_parquet([{listed}])")
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


def _pack(connection: Connection, folder: Path, day: date, seals: Sequence[Sealed]) -> None:
    connection.execute("CREATE OR REPLACE TABLE sealed AS SELECT * FROM every WHERE day = ?", [day])
    file = pack_of(folder, day)
    part = part_of(file)
    copy(connection, beside("packs.sql"), part)
    put(part, file)
    note = {"day": day.isoformat(), "seals": _digests(seals)}
    write_whole(folder / f"{day.isoformat()}.json", json.dumps(note, indent=1).encode() + b"\n")


def _digests(seals: Iterable[Sealed]) -> list[str]:
    return sorted(sealed.digest for sealed in seals)


def _noted(folder: Path, day: date) -> list[str] | None:
    """Return the seals that a day's pack was made from; None where there is no whole pack."""
    note = folder / f"{day.isoformat()}.json"
    if not note.exists() or not pack_of(folder, day).exists():
        return None
    found: list[str] = json.loads(note.read_bytes())["seals"]
    return found
