"""A file of numbers, a row for each subject and a column for each period, read by blocks.

A block in which every cell is a plain number or blank is read at once. Any other is read cell by cell, so
that each fault has its row and column.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from schoolday.files.sheets.faults import Faults
from schoolday.files.sheets.table import Table, first_row, lines_of, split_rows
from schoolday.ground.spans import minute
from schoolday.measures.year.columns import Numbers
from schoolday.rules.measure import MOST

ID = "id"
AT_ONCE = 2048
"""Lines read together."""

_PLAIN = "0123456789.,"
_NUMBER = re.compile(r"\d{1,12}(\.\d{1,20})?", re.ASCII)
_CLOCK = re.compile(r"\d\d:\d\d", re.ASCII)


@dataclass
class Cells:
    """What a file holds: its ids, the number of each row in the file, its columns, and their numbers."""

    table: Table
    columns: Sequence[str] = ()
    ids: list[str] = field(default_factory=list)
    values: Numbers = field(default_factory=lambda: np.empty((0, 0)))


def read_cells(file: str, data: bytes, unit: str, faults: Faults) -> Cells:
    """Return a file's numbers, NaN where a cell is blank; whatever is wrong becomes a finding.

    Parameters
    ----------
    file, data
        The file's name and its bytes.
    unit
        The unit of the measure, a key of `schoolday.rules.measure.MOST`: it says how large a number can be.
        A ``minute_of_day`` may also be written as ``08:30``.
    faults
        Where the findings go.
    """
    cells = Cells(Table(file))
    lines = lines_of(cells.table, data, faults)
    header = first_row(cells.table, lines, faults)
    if header is None:
        return cells
    header = header or [""]
    if header[0] != ID:
        said, mend = f"the first column is called {header[0][:40]!r}", f"call it {ID}; dates follow it"
        faults.add("header", said, file, 1, mend=mend)
    cells.columns = header[1:]
    blocks = [_block(cells, lines, place, unit, faults) for place in range(1, len(lines), AT_ONCE)]
    cells.values = np.concatenate(blocks) if blocks else np.empty((0, len(header) - 1))
    _say_too_large(cells, unit, faults)
    return cells


def _block(cells: Cells, lines: list[str], start: int, unit: str, faults: Faults) -> Numbers:
    stop = min(start + AT_ONCE, len(lines))
    part = lines[start:stop]
    if stop == len(lines) and part[-1] == "":
        part = part[:-1]
    width = len(cells.columns)
    values = _at_once(cells, part, width)
    if values is not None:
        cells.table.rows += range(start + 1, start + 1 + len(part))
        return values
    first = len(cells.table.rows)
    rows = split_rows(cells.table, lines, width + 1, faults, start, stop)
    found = np.full((len(rows), width), np.nan)
    for place, (row, (name, *texts)) in enumerate(zip(cells.table.rows[first:], rows, strict=True)):
        cells.ids.append(name)
        for column, text in enumerate(texts):
            if text:
                found[place, column] = _number(cells, row, column, text, unit, faults)
    return found


def _at_once(cells: Cells, part: Sequence[str], width: int) -> Numbers | None:
    """Return the numbers of lines that are all plain; None, and nothing taken, where one is not."""
    pairs = [line.partition(",") for line in part]
    if not width or any('"' in name or "\r" in name for name, _, _ in pairs):
        return None
    if any(not comma or rest.count(",") != width - 1 for _, comma, rest in pairs):
        return None
    body = ",".join(rest for _, _, rest in pairs)
    if body.strip(_PLAIN):
        return None
    try:
        values = np.fromstring(_filled(body), sep=",") if pairs else np.empty(0)
    except ValueError:
        return None
    if values.size != len(pairs) * width:
        return None
    cells.ids += [name for name, _, _ in pairs]
    return values.reshape(len(pairs), width)


def _filled(body: str) -> str:
    """Return cells joined by commas with nan in the blank ones."""
    if ",," in body:
        body = body.replace(",,", ",nan,").replace(",,", ",nan,")
    first, last = "nan" * (body[:1] in ("", ",")), "nan" * (body[-1:] == ",")
    return f"{first}{body}{last}"


def _number(cells: Cells, row: int, column: int, text: str, unit: str, faults: Faults) -> float:
    if _NUMBER.fullmatch(text):
        return float(text)
    if unit == "minute_of_day" and _CLOCK.fullmatch(text):
        try:
            return float(minute(text))
        except ValueError:
            pass
    shown = repr(text) if len(text) <= 40 else f"{text[:40]!r}…"
    said = f"{shown} is not {_WANTED.get(unit, 'a number')}"
    mend = "write digits, with a point before decimals; leave the cell blank where nobody recorded it"
    faults.add("value", said, cells.table.file, row, cells.columns[column], mend=mend)
    return float("nan")


_WANTED: Mapping[str, str] = {"minute_of_day": "a time of day such as 08:30, or minutes since midnight"}


def _say_too_large(cells: Cells, unit: str, faults: Faults) -> None:
    most = MOST[unit]
    with np.errstate(invalid="ignore"):
        wrong = np.argwhere(cells.values > most)
    for place, column in wrong:
        value = cells.values[place, column]
        said = f"{value:,.10g} is more than {unit.replace('_', ' ')} can be, {most:,.10g}"
        mend = "correct the number, or its unit"
        row = cells.table.rows[place]
        faults.add("value", said, cells.table.file, row, cells.columns[column], mend=mend)
