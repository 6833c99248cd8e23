"""Write rows as CSV, whole or not at all, to files whose names are safe."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path

from schoolday.ground.ids import stable_id


def write_csv(file: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a file of rows under a head; what stood there before stands until the last row is written."""
    part = file.with_name(f"{file.name}.part")
    with part.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(head)
        writer.writerows(rows)
    part.replace(file)


def file_name(name: str) -> str:
    """Return an id as a file's name that is safe on every system; an odd id becomes another name."""
    plain = name.isascii() and len(name) < 100 and name.replace("-", "").replace("_", "").isalnum()
    return name if plain else stable_id(name)
