"""Read what was sent or typed through the one door of the files: every fault by file, row and column."""

from __future__ import annotations

import csv
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import UploadedFile

from schoolday.files.readings import ASSIGNED, EVENTS, FILES, PLACES, READINGS, SITES, read_outside
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding, broken, by_row
from schooldesk.conditions.facts import Draft, drafts
from schooldesk.conditions.models import Kind

MOST_BYTES = 5_000_000
"""The most that is read at once: years of readings of every county."""

FILE_OF = {
    Kind.READING: READINGS,
    Kind.STEP: ASSIGNED,
    Kind.EVENT: EVENTS,
    Kind.SITE: SITES,
    Kind.PLACE: PLACES,
}


@dataclass(frozen=True)
class Taken:
    """What was read: the facts, none where a finding is broken; and the findings."""

    drafts: tuple[Draft, ...]
    findings: tuple[Finding, ...]

    @property
    def refused(self) -> bool:
        """Whether something is wrong, so that nothing may be stored."""
        return bool(broken(self.findings))


def columns(kind: str) -> tuple[str, ...]:
    """Return the columns of a kind's file, which are the fields of its form."""
    return tuple(column.name for column in FILES[FILE_OF[Kind(kind)]])


def typed(kind: str, cells: Mapping[str, str], schools: Collection[str]) -> Taken:
    """Return the fact that somebody typed, checked as a row of a file is."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(columns(kind))
    # A line of a file has no line breaks; what is pasted may have some.
    writer.writerow(" ".join(cells.get(name, "").split()) for name in columns(kind))
    return read({FILE_OF[Kind(kind)]: text.getvalue().encode()}, schools)


def sent(files: Collection[UploadedFile], schools: Collection[str]) -> Taken:
    """Return the facts of files that were sent: CSV files by their names, or one zip of them.

    Raises
    ------
    SchooldayError
        If nothing was sent, or more than a desk should read at once.
    """
    if not files:
        raise SchooldayError("choose the files to take in; docs/conditions.md says what they are called")
    if sum(one.size or 0 for one in files) > MOST_BYTES:
        raise SchooldayError(f"these files have more than {MOST_BYTES:,} bytes; send them one by one")
    named = {Path(one.name or "file").name: one.read() for one in files}
    if len(named) < len(files):
        raise SchooldayError("two of the files have the same name; send each file once")
    return read(named, schools)


def read(files: Mapping[str, bytes], schools: Collection[str]) -> Taken:
    """Return the facts of some files by name; with one fault none of them."""
    with TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        alone = next(iter(files)) if len(files) == 1 else ""
        path = Path(folder) / alone if alone.casefold().endswith(".zip") else Path(folder)
        reading = read_outside(path, schools=schools, some=True)
    return Taken(tuple(drafts(reading.outside)) if reading.outside else (), tuple(by_row(reading.findings)))
