"""A column of grades: one grade, or a span such as ``TK-6``; blank means all."""

from __future__ import annotations

from schoolday.files.sheets.checks import rows_with
from schoolday.files.sheets.faults import Faults
from schoolday.files.sheets.table import Table
from schoolday.ground.grades import span


def check_grades(table: Table, faults: Faults) -> None:
    """Add a fault for each cell of the column ``grades`` that names none."""
    wrong = {text for text in table["grades"] if text and not grades_of(text)}
    for row, text in rows_with(table, "grades", wrong):
        mend = "write a grade or a span of grades, TK-6; leave it blank for all"
        faults.add("value", f"{text[:40]!r} names no grades", table.file, row, "grades", mend=mend)


def grades_of(text: str) -> tuple[str, ...]:
    """Return the grades of a span; none where it is blank or no span."""
    try:
        return span(text) if text else ()
    except ValueError:
        return ()
