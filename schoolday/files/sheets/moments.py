"""Moments in a file: a date and a time, with its zone or in the district's."""

from __future__ import annotations

from datetime import date, datetime, tzinfo

from schoolday.files.sheets.checks import rows_with
from schoolday.files.sheets.faults import Faults
from schoolday.files.sheets.table import Table

_MOMENT = "write a date and time with its zone, such as 2020-09-09T14:05:00-07:00"


def check_moments(table: Table, column: str, faults: Faults) -> None:
    """Add a fault for each cell of a column that is no moment."""
    wrong = {text for text in table[column] if text and not is_moment(text)}
    for row, text in rows_with(table, column, wrong):
        faults.add("value", f"{text[:40]!r} is no moment", table.file, row, column, mend=_MOMENT)


def is_moment(text: str) -> bool:
    """Whether a cell is a date with a time."""
    try:
        return len(text) >= 16 and bool(datetime.fromisoformat(text))
    except ValueError:
        return False


def moment(text: str, zone: tzinfo) -> datetime:
    """Return the moment of a cell; one without a zone is in the district's."""
    found = datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=zone)


def date_of(text: str) -> date | None:
    """Return the date of a cell that may be blank."""
    return date.fromisoformat(text) if text else None
