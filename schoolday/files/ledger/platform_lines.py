"""The lines of a platform's participation file: its header found and known, each line by our names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from schoolday.files.ledger.platforms import Platform
from schoolday.files.sheets.faults import Faults
from schoolday.files.sheets.table import Table, first_row, lines_of, split_rows
from schoolday.ground.finding import broken

_APART = {";": "semicolons", "\t": "tabs"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its number in the file, its cells by our names, and how the file spells those names."""

    number: int
    cells: Mapping[str, str]
    headings: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """Return a cell, blank where the file has no such column."""
        return self.cells.get(name, "").strip()

    def first_of(self, *names: str) -> str:
        """Return the first of some names whose cell is filled, or the last of them."""
        return next((name for name in names if self[name]), names[-1])


def lines_of_platform(file: str, data: bytes, platform: Platform, faults: Faults) -> Iterator[Line]:
    """Yield the lines of a file that say something; what is wrong with its form becomes findings.

    Parameters
    ----------
    file, data
        The file's name for the findings, and its bytes.
    platform
        Whose file it is.
    faults
        Where findings are added.
    """
    table = Table(file)
    lines = lines_of(table, data, faults)
    start = _header_line(lines, platform)
    header = first_row(table, lines[start:], faults) if start < len(lines) else None
    if header is None or _stands_apart(file, start + 1, header, faults):
        return
    names = [platform.name_of(heading) for heading in header]
    if not _sound_header(file, start + 1, header, names, platform, faults):
        return
    headings = {ours: heading for ours, heading in zip(names, header, strict=True) if ours}
    found = split_rows(table, lines, len(header), faults, start + 1)
    for number, cells in zip(table.rows, found, strict=True):
        if any(cell.strip() for cell in cells):  # A spreadsheet writes the commas of rows that it cleared.
            yield Line(
                number, {ours: cell for ours, cell in zip(names, cells, strict=True) if ours}, headings
            )


def _header_line(lines: Sequence[str], platform: Platform) -> int:
    """Return where the header stands: below a spreadsheet's hint and the meeting's table, if any."""
    begin = 1 if lines[0].strip().casefold() == "sep=," and len(lines) > 1 else 0
    first = lines[begin].split(",")[0].strip().strip('"').casefold()
    blank = next((place for place in range(begin, len(lines)) if not lines[place].strip(', "')), len(lines))
    if first not in platform.meeting or blank == len(lines):
        return begin
    return next((place for place in range(blank, len(lines)) if lines[place].strip(', "')), len(lines))


def _stands_apart(file: str, row: int, header: Sequence[str], faults: Faults) -> bool:
    """Whether the cells are kept apart by something else than commas, as some spreadsheets do."""
    mark = next((mark for mark in _APART if len(header) == 1 and mark in header[0]), None)
    if mark is None:
        return False
    said = f"the cells of this file are kept apart by {_APART[mark]}, and commas are needed"
    mend = "save it as CSV with commas, or take the file just as the platform exports it"
    faults.add("separator", said, file, row, mend=mend)
    return True


def _sound_header(
    file: str,
    row: int,
    header: Sequence[str],
    names: Sequence[str | None],
    platform: Platform,
    faults: Faults,
) -> bool:
    known = ", ".join(spelled[0] for ours, spelled in platform.columns.items() if ours)
    for heading, ours in zip(header, names, strict=True):
        if ours is None:
            said = f"the column {heading[:60]!r} is none that {platform.name} files have here"
            faults.add("header", said, file, row, heading[:60], mend=f"take it out; known are {known}")
        elif ours and names.count(ours) > 1:
            said = f"the column {heading[:60]!r} stands there twice, or beside another of its meaning"
            faults.add("header", said, file, row, heading[:60], mend="keep one of them")
    for group in platform.needed:
        if not set(group) & set(names):
            wanted = " or ".join(platform.columns[ours][0] for ours in group)
            said = f"the column {wanted} is missing"
            faults.add("header", said, file, row, mend=f"export the report that has it; known are {known}")
    return not broken(faults.all())
