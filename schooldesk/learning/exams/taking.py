"""Read files of learning that were sent, through the one door of the files: what a person may bring."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from tempfile import TemporaryDirectory

from django.core.files.uploadedfile import UploadedFile

from schoolday.files.learning import Learned, read_learning
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding
from schooldesk.learning.reads import framework, sections
from schooldesk.learning.writes import Row
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District

MOST_BYTES = 20_000_000
"""The most that is read at once: the gradebook of a large school."""


def sent(
    home: District, files: Collection[UploadedFile], taught: str = ""
) -> tuple[list[Row], tuple[Finding, ...]]:
    """Return the rows of files that were sent, none where a finding is broken; and the findings.

    Parameters
    ----------
    home, files
        Whose, and the CSV files by their names, or one zip of them.
    taught
        The teacher who sends them, and may bring what is of their own sections alone; empty is a planner.

    Raises
    ------
    SchooldayError
        If nothing was sent, too much, or what somebody may not bring.
    """
    if not files:
        raise SchooldayError("choose the files to take in; docs/learning.md says what they are called")
    if sum(one.size or 0 for one in files) > MOST_BYTES:
        raise SchooldayError(f"these files have more than {MOST_BYTES:,} bytes; send them school by school")
    named = {Path(one.name or "file").name: one.read() for one in files}
    if len(named) < len(files):
        raise SchooldayError("two of the files have the same name; send each file once")
    mine = sections(home, taught=taught) if taught else []
    there = roster.of_schools(home, {one.school for one in mine}) if taught else roster.whole(home)
    with TemporaryDirectory() as folder:
        reading = read_learning(_laid(Path(folder), named), there, framework())
    if reading.learned is None:
        return [], reading.findings
    return _rows(reading.learned, {one.id for one in mine} if taught else None), reading.findings


def _laid(folder: Path, files: dict[str, bytes]) -> Path:
    for name, data in files.items():
        (folder / name).write_bytes(data)
    alone = next(iter(files)) if len(files) == 1 else ""
    return folder / alone if alone.casefold().endswith(".zip") else folder


def _rows(learned: Learned, mine: Collection[str] | None) -> list[Row]:
    if learned.entries:
        raise SchooldayError("entries.csv belongs to the record and is taken in there; leave it out here")
    if mine is not None:
        _refuse_others(learned, mine)
    rows: list[Row] = [
        *learned.essentials, *learned.exams.values(), *learned.scores, *learned.recordings,
        *learned.consents, *learned.viewings,
    ]  # fmt: skip
    if not rows:
        raise SchooldayError("these files have no rows that are kept here; nothing was kept")
    return rows


def _refuse_others(learned: Learned, mine: Collection[str]) -> None:
    """Refuse what a teacher may not bring: what is the district's to say, and other teachers' sections."""
    if learned.essentials or learned.consents:
        raise SchooldayError("essentials.csv and consents.csv are brought by the district's planners")
    of = [one.section for one in (*learned.exams.values(), *learned.recordings)]
    if strangers := [one for one in of if one not in mine]:
        raise SchooldayError(f"{strangers[0]!r} is a section that you do not teach; nothing was kept")
