"""Write rows as CSV, whole or not at all."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from pathlib import Path


def write_csv(file: Path, head: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a file of rows under a head; what stood there before stands until the last row is written."""
    part = file.with_name(f"{file.name}.part")
    with part.open("w", encoding="utf-8", newline="") as text:
        writer = csv.writer(text)
        writer.writerow(head)
        writer.writerows(rows)
    part.replace(file)
