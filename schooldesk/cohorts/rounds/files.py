"""A file of choices, seats or phases as somebody sent it in, read by the core's own reader."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from schoolday.files.cohorts import AskedReading, Terms, read_asked
from schoolday.roster import Roster

MOST_BYTES = 4_000_000
"""The largest file that is read: a line for each of 80,000 pupils fits."""


def parsed(kind: str, data: bytes, roster: Roster, terms: Terms | None = None) -> AskedReading:
    """Return what a file says, or every fault of it by row and column."""
    # The reader takes a folder, as the terminal does, and names its files in what it finds.
    with TemporaryDirectory() as folder:
        (Path(folder) / f"{kind}.csv").write_bytes(data)
        return read_asked(Path(folder), roster, terms=terms)
