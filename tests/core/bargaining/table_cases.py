"""Two tables for tests: Sacramento's of the examples, and Maple's, which is made up."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from schoolday.bargaining.record import Table
from schoolday.files.rulebooks import load, shelf
from schoolday.files.tables import read_table
from schoolday.rules import Rulebook

HERE = Path(__file__).parent
SACRAMENTO = HERE.parents[2] / "examples" / "sacramento" / "table"
MAPLE = HERE / "tables" / "maple"
MAPLE_BOOK = HERE / "tables" / "maple_positions.yaml"


@cache
def rulebook() -> Rulebook:
    return load([shelf(), MAPLE_BOOK])


@cache
def table(path: Path = SACRAMENTO) -> Table:
    reading = read_table(path, rulebook())
    assert reading.table is not None, reading.findings
    return reading.table


def maple() -> Table:
    return table(MAPLE)
