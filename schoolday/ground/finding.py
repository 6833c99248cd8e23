"""Finding: one named thing met, broken, unverified or advised."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Status(StrEnum):
    """How a finding stands. Missing evidence is `UNVERIFIED`, never zero."""

    MET = "met"
    BROKEN = "broken"
    UNVERIFIED = "unverified"
    ADVICE = "advice"


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in a file: rows are counted from 1 with the header as row 1; 0 means the whole file."""

    file: str
    row: int = 0
    column: str = ""

    def __str__(self) -> str:
        row = f":{self.row}" if self.row else ""
        return f"{self.file}{row}" + (f" [{self.column}]" if self.column else "")


@dataclass(frozen=True, slots=True)
class Finding:
    """One named thing met, broken or unverified.

    Parameters
    ----------
    code
        The kind of finding, dotted: ``timetable.pupil_clash``.
    said
        One sentence that a person understands without this program.
    status
        Met, broken, unverified or advice.
    where
        Who or what it concerns, from wide to narrow: ``("school 12", "pupil 99", "Mon")``.
    value, limit
        The measured value and the limit, both in `unit`; None where there is no number.
    clauses
        Ids of the clauses that it follows from.
    spot
        The place in a file, for findings about files.
    mend
        What to do about it; empty where nothing is wrong.
    """

    code: str
    said: str
    status: Status = Status.BROKEN
    where: tuple[str, ...] = ()
    value: float | None = None
    limit: float | None = None
    unit: str = ""
    clauses: tuple[str, ...] = ()
    spot: Spot | None = None
    mend: str = ""


def broken(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that are broken."""
    return [finding for finding in findings if finding.status is Status.BROKEN]


def by_row(findings: Iterable[Finding]) -> list[Finding]:
    """Return findings in the order of a file's rows, files in the order in which they come first."""
    some = list(findings)
    files = {one.spot.file: None for one in some if one.spot}
    place = {file: number for number, file in enumerate(files)}
    return sorted(some, key=lambda one: (place[one.spot.file], one.spot.row) if one.spot else (-1, 0))
