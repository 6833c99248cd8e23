"""What an engine says of a year, and what the plain reference says of it; nothing here is a test."""

from __future__ import annotations

from collections import Counter
from typing import Any

from schoolday.measures.given import MeasuredYear, PackRow
from schoolday.measures.portable import PACK_COLUMNS, PORTABLE, Engine, answer, prepare, run
from schoolday.measures.reference import reference
from tests.core.measures.measured_years import limits_of

Rows = list[PackRow]


def said(engine: Engine, year: MeasuredYear, rows: Rows) -> dict[str, Counter[Any]]:
    engine.put("pack_rows", PACK_COLUMNS, rows)
    prepare(engine, year, limits_of(year))
    run(engine)
    return {name: Counter(answer(engine, name)) for name in PORTABLE}


def due(year: MeasuredYear, rows: Rows) -> dict[str, Counter[Any]]:
    return {name: Counter(some) for name, some in reference(year, limits_of(year), rows).items()}
