"""Write an emergency's record as the CSV files that `read_emergency` takes."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from pathlib import Path

from schoolday.calendar.counting import Moment
from schoolday.files.emergencies import (
    AGREEMENTS,
    CONTACTS,
    EMERGENCY,
    FILES,
    OFFERS,
    RETURNS,
    SIGNATURES,
    Recorded,
)


def write_recorded(folder: Path, recorded: Recorded, zone: tzinfo) -> tuple[Path, ...]:
    """Write a record into a folder and return its files; what nothing was recorded of has none.

    Times are written to the minute by the district's clocks, as the files are read.
    """
    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, rows in _tables(recorded, zone):
        if rows:
            files.append(folder / name)
            with files[-1].open("w", encoding="utf-8", newline="") as text:
                writer = csv.writer(text, lineterminator="\n")
                writer.writerow(column.name for column in FILES[name])
                writer.writerows(rows)
    return tuple(files)


def _tables(recorded: Recorded, zone: tzinfo) -> Iterator[tuple[str, list[Sequence[object]]]]:
    one = recorded.emergency
    closed = one.closed.isoformat() if one.closed else ""
    schools = " ".join(one.schools)
    yield EMERGENCY, [(one.id, one.cause, written(one.began, zone), closed, schools, _line(one.source))]
    yield (
        CONTACTS,
        [
            (c.pupil, written(c.at, zone), c.how, _line(c.by), "yes" if c.answered else "no", _line(c.note))
            for c in recorded.contacts
        ],
    )
    yield OFFERS, [(o.pupil, o.day.isoformat(), o.way, _line(o.by)) for o in recorded.offers]
    yield AGREEMENTS, [(a.id, a.pupil, a.first, a.last, a.sha256) for a in recorded.agreements]
    yield (
        SIGNATURES,
        [
            (a.id, s.signer.value, _line(s.name), written(s.at, zone), s.sha256)
            for a in recorded.agreements
            for s in a.signatures
        ],
    )
    yield (
        RETURNS,
        [(r.pupil, written(r.asked, zone), _line(r.by), r.returned or "") for r in recorded.returns],
    )


def written(moment: Moment, zone: tzinfo) -> str:
    """Return a moment as the files have it: a date, or a date and local time to the minute."""
    if isinstance(moment, datetime):
        return moment.astimezone(zone).replace(tzinfo=None).isoformat(timespec="minutes")
    return moment.isoformat()


def _line(text: str) -> str:
    """Return a text as one line: the files hold no line breaks within a cell."""
    return " ".join(text.split())
