"""Write what positions do to real days: as plain values, as CSV, and each school's result as it comes."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import TypeAdapter, ValidationError

from schoolday.bargaining.compared import Consequences, Difference, numbers
from schoolday.bargaining.inquiry import Reached
from schoolday.files.kept import keep, kept

REACHED = "reached.jsonl"
KEPT = "kept"
"""The folder, within a run's, that nobody else on the machine can open: weeks name pupils."""
HEAD = ("position", "about", "id", "measure", "value")


def consequences_json(one: Consequences) -> dict[str, Any]:
    """Return one position's consequences as plain values."""
    return {**asdict(one), "numbers": numbers(one)}


def difference_json(one: Difference) -> dict[str, Any]:
    """Return one position against another as plain values."""
    return asdict(one)


def write_consequences(found: Sequence[Consequences], file: Path) -> None:
    """Write positions' consequences as CSV: a number a row, an empty value where nobody can say."""
    with file.open("w", newline="", encoding="utf-8") as opened:
        writer = csv.writer(opened)
        writer.writerow(HEAD)
        for one in found:
            writer.writerows((one.position, *row) for row in rows(one))


def rows(one: Consequences) -> Iterator[tuple[str, str, str, object]]:
    """Yield the rows of a position after its name: what about, of whom, the measure, the value."""
    for measure, value in numbers(one).items():
        yield "all", "", measure, "" if value is None else round(value, 3)
    for grade in one.by_grade:
        for name in ("pupils", "total", "live", "independent", "unbroken"):
            value = getattr(grade, name)
            yield "grade", f"{grade.grade} {grade.kind}", name, "" if value is None else value
    for row in one.teachers:
        for name in ("live", "day", "preparation", "over"):
            value = getattr(row, name)
            yield "teacher", f"{row.staff} {row.school}", name, "" if value is None else round(value, 3)
    for home in one.households:
        yield "household", home.household, "clash_minutes", home.minutes
    for service in one.services:
        yield "service", f"{service.pupil} {service.service}", "lost", 1
    for broken in one.broken:
        yield "broken", " ".join(broken.clauses), broken.said, broken.count


@cache
def _adapter() -> TypeAdapter[Reached]:
    return TypeAdapter(Reached)


def append_reached(file: BinaryIO, one: Reached, mark: str, district: str) -> None:
    """Write one school's result as one line, at once."""
    keep(file, mark, district, {"reached": _adapter().dump_python(one, mode="json")})


def read_reached(file: Path, mark: str, district: str) -> list[Reached]:
    """Return the whole lines of this stamp, each result once.

    Raises
    ------
    SchooldayError
        If the file is another district's: nothing of it is mixed with ours.
    """
    found = (_reached(line) for line in kept(file, mark, district))
    return list({one.key: one for one in found if one is not None}.values())


def _reached(line: dict[str, Any]) -> Reached | None:
    try:
        return _adapter().validate_python(line.get("reached"))
    except ValidationError:
        return None
