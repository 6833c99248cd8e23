"""Read and write a district's plan: a folder with a JSON file a school, each written whole or not at all."""

from __future__ import annotations

import os
import re
from datetime import date
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from schoolday.cohorts import Cohorts
from schoolday.ground.errors import SchooldayError
from schoolday.ground.ids import stable_id
from schoolday.rules import Way
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.plan import Plan

FORMAT = 1

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,99}")
"""School ids that are safe as file names on every system."""


@dataclass(frozen=True)
class _Head:
    format: int
    district: str
    day: date
    seed: int
    schools: tuple[str, ...]
    way: Way = Way.DISTANCE  # a plan written before there was a choice says none
    cohorts: Cohorts | None = None


@cache
def _adapter(kind: type) -> TypeAdapter[object]:
    return TypeAdapter(kind)


def write_plan(plan: Plan, folder: Path) -> None:
    """Write a plan, over an older one too.

    The head goes first and is written last, so that a broken-off write is never read as a plan, nor as
    a mix of two.
    """
    (folder / "schools").mkdir(parents=True, exist_ok=True)
    (folder / "plan.json").unlink(missing_ok=True)
    for school, week in plan.weeks.items():
        _write(_file(folder, school), _adapter(SchoolWeek).dump_json(week))
    head = _Head(FORMAT, plan.district, plan.day, plan.seed, tuple(plan.weeks), plan.way, plan.cohorts)
    _write(folder / "plan.json", _adapter(_Head).dump_json(head, indent=1))


def read_plan(folder: Path) -> Plan:
    """Read a plan.

    Raises
    ------
    SchooldayError
        If the folder holds no whole plan, naming the file and what to do.
    """
    head = _read(folder / "plan.json", _Head)
    assert isinstance(head, _Head)
    if head.format != FORMAT:
        raise SchooldayError(
            f"{folder}: the plan is written in format {head.format}, and this schoolday reads {FORMAT}; "
            "make the plan again"
        )
    weeks = {school: _week(_file(folder, school)) for school in head.schools}
    return Plan(head.district, head.day, head.seed, weeks, head.way, head.cohorts)


def _file(folder: Path, school: str) -> Path:
    """Return a school's file; an id that is no plain name (``../x``) gets a name made from it."""
    name = school if _PLAIN.fullmatch(school) else f"school-{stable_id(school)}"
    return folder / "schools" / f"{name}.json"


def _week(file: Path) -> SchoolWeek:
    week = _read(file, SchoolWeek)
    assert isinstance(week, SchoolWeek)
    return week


def _read(file: Path, kind: type) -> object:
    try:
        return _adapter(kind).validate_json(file.read_bytes())
    except FileNotFoundError:
        raise SchooldayError(f"{file}: there is no such file; make the plan with `schoolday plan`") from None
    except ValidationError as error:
        first = error.errors()[0]
        spot = ".".join(str(part) for part in first["loc"])
        raise SchooldayError(f"{file}: {spot}: {first['msg']}; make the plan again") from None


def _write(file: Path, content: bytes) -> None:
    part = file.with_suffix(".part")
    part.write_bytes(content)
    os.replace(part, file)
