"""Table: one CSV file as columns, with a finding for every fault in its form."""

from __future__ import annotations

import codecs
import csv
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from schoolday.files.sheets.columns import SECRET_FILES, Column
from schoolday.files.sheets.faults import Faults

LONGEST_ROW = 100_000
"""Characters of one row at the most."""

MOST_COLUMNS = 200
"""Columns of one file at the most, extensions among them."""

_SOUND = re.compile(r'(?:"(?:[^"]++|"")*+"|[^",]*+)(?:,(?:"(?:[^"]++|"")*+"|[^",]*+))*+')
_LOOK_AHEAD = 30
_SECRET = "pass"


@dataclass
class Table:
    """One file: the cells of each column by name, and the number of each row in the file.

    Columns that the file lacks are filled with blanks. `whole` is False where something of it could not
    be read, so that a missing id may only be unread. `added` holds the extension columns.
    """

    file: str
    rows: list[int] = field(default_factory=list)
    cells: dict[str, Sequence[str]] = field(default_factory=dict)
    added: dict[str, Sequence[str]] = field(default_factory=dict)
    whole: bool = True

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, column: str) -> Sequence[str]:
        return self.cells[column]


def read_table(file: str, data: bytes, columns: tuple[Column, ...], faults: Faults) -> Table:
    """Return a file's table; whatever is wrong with its form becomes a finding."""
    table = Table(file)
    lines = lines_of(table, data, faults)
    header = first_row(table, lines, faults)
    if header is None:
        blank: list[str] = []
        table.cells = {column.name: blank for column in columns}
        return table
    if not {column.name for column in columns} & set(header):
        table.whole = False
        said = f"the first row of {file} is not its header"
        mend = f"the first row must be: {','.join(column.name for column in columns)}"
        faults.add("header", said, file, 1, mend=mend)
        lines = lines[:1]
    else:
        check_header(table, header, columns, faults)
        _say_added(table, header, {column.name for column in columns}, faults)
    _rows(table, header, lines, columns, faults)
    if not table.rows and table.whole:
        mend = "leave the file out and say absent in the manifest, or export it anew"
        faults.add(
            "no_rows", f"{file} has a header and no rows; an empty file is not permitted", file, mend=mend
        )
    return table


def header_of(data: bytes) -> list[str]:
    """Return the header of a file as far as it can be read, without findings."""
    first = data.removeprefix(codecs.BOM_UTF8)[:LONGEST_ROW].replace(b"\r", b"\n").partition(b"\n")[0]
    line = first.decode("utf-8", "replace")
    return _cells(line) if _SOUND.fullmatch(line) else line.split(",")


def lines_of(table: Table, data: bytes, faults: Faults) -> list[str]:
    """Return a file's lines, the header first; what is no text becomes a finding."""
    text = _text(table, data, faults).replace("\r\n", "\n")
    if "\n" not in text:
        text = text.replace("\r", "\n")
    return text.split("\n")


def _text(table: Table, data: bytes, faults: Faults) -> str:
    file = table.file
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        mend = "save it as CSV UTF-8"
        faults.add("not_utf8", f"{file} is written in UTF-16, not in UTF-8", file, mend=mend)
    elif b"\0" in data:
        row = data.count(b"\n", 0, data.index(b"\0")) + 1
        said = f"{file} holds a NUL byte: it is no text, or it was damaged on the way"
        faults.add("not_text", said, file, row, mend="export it anew as CSV")
    else:
        return _decoded(table, data.removeprefix(codecs.BOM_UTF8), faults)
    table.whole = False
    return ""


def _decoded(table: Table, data: bytes, faults: Faults) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        table.whole = False
    for number, line in enumerate(data.split(b"\n"), 1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            said = f"byte {error.start + 1} of this row is not UTF-8"
            mend = "save the file as CSV UTF-8 (an older export may be in Windows-1252)"
            faults.add("not_utf8", said, table.file, number, mend=mend)
    return data.decode("utf-8", "replace")


def first_row(table: Table, lines: list[str], faults: Faults) -> list[str] | None:
    """Return the header's cells; None with a finding where there is none."""
    if len(lines[0]) > LONGEST_ROW or lines[0].count(",") >= MOST_COLUMNS:
        _too_long(table, 1, faults)
        return None
    if any(lines):
        # A header that is no sound CSV is split plainly; the check of its names says what is wrong.
        return _cells(lines[0]) if _SOUND.fullmatch(lines[0]) else lines[0].split(",")
    if table.whole:
        table.whole = False
        said = f"{table.file} is empty: it has no header and no rows"
        faults.add("empty_file", said, table.file, mend="export it anew; an empty file is never taken in")
    return None


def check_header(table: Table, header: list[str], columns: tuple[Column, ...], faults: Faults) -> None:
    """Compare a header with the binding's columns: names, case, order, and extensions at the end."""
    wanted = [column.name for column in columns]
    if header[: len(wanted)] != wanted:
        table.whole = _say_columns(table, header, wanted, faults) and table.whole
    times = Counter(header)
    for name in sorted(name for name, number in times.items() if number > 1):
        shown = _safe(table.file, name, wanted)
        said = f"the column {shown or 'without a name'} stands in the header {times[name]} times"
        faults.add("header", said, table.file, 1, shown, mend="keep one of them")


def _say_columns(table: Table, header: list[str], wanted: list[str], faults: Faults) -> bool:
    plain = {name.strip().casefold(): name for name in header}
    missing = [name for name in wanted if name not in header]
    for name in missing:
        other = plain.get(name.casefold())
        said = f"the column {name} is missing"
        mend = f"add the column {name} at its place, blank where nothing is known"
        if other is not None:
            said, mend = f"the column {name} is written {other.strip()}", f"write {name} exactly"
        faults.add("header", said, table.file, 1, name, mend=mend)
    given = [name for name in header if name in wanted]
    if given != [name for name in wanted if name in given]:
        said = "the columns stand in another order than the binding's"
        faults.add("header", said, table.file, 1, mend=f"put them in this order: {', '.join(wanted)}")
    return not missing


def _say_added(table: Table, header: list[str], wanted: set[str], faults: Faults) -> None:
    last = max((place for place, name in enumerate(header) if name in wanted), default=-1)
    plain = {name.casefold() for name in wanted}
    for place, name in enumerate(header):
        if name in wanted or name.strip().casefold() in plain:
            continue
        shown = _safe(table.file, name, wanted)
        if not name.startswith("metadata"):
            said = (
                f"column {place + 1} of the header, {shown or 'without a name'}, is not one of {table.file}"
            )
            mend = "take it out, or name it metadata.… and put it at the end"
            faults.add("header", said, table.file, 1, shown, mend=mend)
        elif place < last:
            said = f"the extension column {shown} stands among the file's own columns"
            faults.add("header", said, table.file, 1, shown, mend="put extension columns at the end")


def _rows(
    table: Table, header: list[str], lines: list[str], columns: tuple[Column, ...], faults: Faults
) -> None:
    names = {column.name for column in columns}
    found = split_rows(table, lines, len(header), faults)
    across = list(zip(*found, strict=True)) if found else [()] * len(header)
    blank = ("",) * len(found)
    for name, cells in zip(header, across, strict=True):
        if _secret(name, names):
            continue  # A password is let go here, and goes no further.
        if name in names:
            table.cells.setdefault(name, cells)
        elif name.startswith("metadata"):
            table.added.setdefault(name, cells)
    for name in names:
        table.cells.setdefault(name, blank)


def _secret(name: str, wanted: Collection[str]) -> bool:
    """Whether a column may hold passwords: by its name, but for one that is wanted, as ``impasse`` is."""
    folded = name.casefold()
    return "password" in folded or (_SECRET in folded and name not in wanted)


def split_rows(
    table: Table, lines: list[str], width: int, faults: Faults, start: int = 1, stop: int | None = None
) -> list[list[str]]:
    """Return the cells of the sound rows from the line `start` to before `stop`; the others are findings."""
    found: list[list[str]] = []
    place, stop = start, len(lines) if stop is None else stop
    while place < stop:
        line, row = lines[place], place + 1
        place += 1
        if not line:
            continue
        if '"' not in line and "\r" not in line and len(line) <= LONGEST_ROW:
            cells = line.split(",")
        elif len(line) > LONGEST_ROW:
            _too_long(table, row, faults)
            continue
        elif "\r" not in line and _SOUND.fullmatch(line):
            cells = _cells(line)
        else:
            place = _say_quotes(table, lines, place - 1, faults)
            continue
        if len(cells) != width:
            _wrong_width(table, row, len(cells), width, faults)
            continue
        found.append(cells)
        table.rows.append(row)
    return found


def _cells(line: str) -> list[str]:
    try:
        return next(csv.reader([line]), [])
    except csv.Error:  # A field longer than the csv module allows.
        return [line]


def _say_quotes(table: Table, lines: list[str], place: int, faults: Faults) -> int:
    """Add the finding for a row whose quotes don't come out even; return the place to go on from."""
    table.whole = False
    line = lines[place]
    if "\r" in line:
        said, mend = "a carriage return stands within this row", "take line breaks out of the fields"
        faults.add("line_break", said, table.file, place + 1, mend=mend)
        return place + 1
    if line.count('"') % 2:
        for after in range(place + 1, min(place + _LOOK_AHEAD, len(lines))):
            if lines[after].count('"') % 2:
                said = f"a field that starts in this row goes on to row {after + 1}"
                mend = "take the line break out of the field; OneRoster permits none"
                faults.add("line_break", said, table.file, place + 1, mend=mend)
                return after + 1
    said = "the quotes of this row don't come out even"
    mend = 'put a field with commas or quotes in quotes, and write a quote within it as ""'
    faults.add("quotes", said, table.file, place + 1, mend=mend)
    return place + 1


def _wrong_width(table: Table, row: int, cells: int, width: int, faults: Faults) -> None:
    table.whole = False
    said = f"the row has {cells} cells and the header {width} columns"
    mend = "the file may be cut short here; or a comma is missing, or a field with a comma needs quotes"
    faults.add("row_length", said, table.file, row, mend=mend)


def _too_long(table: Table, row: int, faults: Faults) -> None:
    table.whole = False
    said = f"the row is longer than {LONGEST_ROW:,} characters or, as a header, than {MOST_COLUMNS} columns"
    faults.add("long_row", said, table.file, row, mend="a quote may be missing above; export the file anew")


def _safe(file: str, name: str, wanted: Collection[str]) -> str:
    """Return a header's name fit to be shown; where passwords may lie, a stranger's name is not."""
    if file in SECRET_FILES and name not in wanted:
        return "(name not shown)"
    return name if len(name) <= 60 and name.isprintable() else f"{name[:40]!a}…"


Tables = Mapping[str, Table]
"""Tables by the name of their file without ``.csv``."""
