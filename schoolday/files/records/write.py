"""Write a year's records as the files that `read_records` reads back."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from schoolday.files.calendars import calendar_text
from schoolday.files.records.read import CALENDAR, EVENTS_WORD, measure_file
from schoolday.ground.errors import SchooldayError
from schoolday.measures.year import Columns, Episodes
from schoolday.measures.year.columns import Numbers


def write_records(tables: Sequence[Columns], folder: Path) -> int:
    """Write tables of one year into a new or empty folder, and return how many files there are.

    Raises
    ------
    SchooldayError
        If the folder holds something already: records are never written over.
    """
    if folder.exists() and any(folder.iterdir()):
        raise SchooldayError(f"{folder} holds something already; name a new folder")
    folder.mkdir(parents=True, exist_ok=True)
    number = 0
    for name, text in _files(tables):
        (folder / name).write_text(text, encoding="utf-8", newline="")
        number += 1
    return number


def _files(tables: Sequence[Columns]) -> Iterator[tuple[str, str]]:
    yield CALENDAR, calendar_text(tables[0].calendar)
    for table in tables:
        yield f"{table.name}.csv", _subjects(table)
        for measure, period in sorted(table.values):
            days = [day.isoformat() for day in table.ends(period)]
            rows = _numbers(table.subjects, table.column(measure, period))
            yield measure_file(table.name, measure, period), _csv(["id", *days], rows)
        for number, some in enumerate(table.episodes, 1):
            yield f"{table.name}.episodes_{number}.{EVENTS_WORD}.csv", _episodes(table, some)


def _subjects(table: Columns) -> str:
    grades = table.grades or [""] * len(table.subjects)
    true = (" ".join(sorted(table.circumstances_of(row))) for row in range(len(table.subjects)))
    return _csv(["id", "grade", "circumstances"], zip(table.subjects, grades, true, strict=True))


def _numbers(subjects: Sequence[str], values: Numbers) -> Iterator[list[str]]:
    for subject, row in zip(subjects, values, strict=True):
        yield [subject, *["" if np.isnan(one) else f"{one:.10g}" for one in row]]


def _episodes(table: Columns, some: Episodes) -> str:
    columns = [np.datetime_as_string(dates.astype("M8[D]")) for dates in some.dates.values()]
    told = ([("" if one == "NaT" else str(one)) for one in row] for row in zip(*columns, strict=True))
    rows = ([table.subjects[row], *dates] for row, dates in zip(some.subject, told, strict=True))
    return _csv(["id", *some.dates], rows)


def _csv(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return text.getvalue()
