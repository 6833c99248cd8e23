"""A district's plan on disk: whole or not there, and never a mix of two."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from schoolday.files import plans
from schoolday.files.plans import read_plan, write_plan
from schoolday.ground.errors import SchooldayError
from schoolday.ground.spans import Span
from schoolday.rules import Way
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.plan import Plan
from schoolday.timetable.problem import Activity, Grid, Limits, TimetableProblem, What
from schoolday.timetable.timetable import Placement, Timetable

DAYS = (0, 1, 2, 3, 4)


def _week(school: str, slot: int = 0) -> SchoolWeek:
    math = Activity("c/math", "c", "math", What.WHOLE, "math", ("t",), ("p",), 30, DAYS, 5)
    limits = {"all": Limits("all", Span(480, 930), clauses={"window": "day@2020-08-01"})}
    problem = TimetableProblem(school, Grid(480, 30, 15), (math,), limits, {"p": "all"}, {"t": ("all",) * 5})
    return SchoolWeek(problem, Timetable(school, tuple(Placement("c/math", day, slot) for day in DAYS)))


def _plan(*schools: str, slot: int = 0, seed: int = 1) -> Plan:
    return Plan("d", date(2020, 9, 8), seed, {school: _week(school, slot) for school in schools})


def test_a_plan_is_read_as_it_was_written(tmp_path: Path) -> None:
    write_plan(_plan("a", "b"), tmp_path)
    assert read_plan(tmp_path) == _plan("a", "b")


def test_a_school_id_that_is_no_file_name_stays_inside_the_folder(tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    write_plan(_plan("../../out", "a/b", ".", "con:"), folder)
    assert read_plan(folder) == _plan("../../out", "a/b", ".", "con:")
    assert {file.name for file in tmp_path.iterdir()} == {"plan"}
    assert all(file.name.startswith("school-") for file in (folder / "schools").iterdir())


def test_a_write_broken_off_over_an_older_plan_leaves_no_mix_of_two(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_plan(_plan("a", "b"), tmp_path)
    whole = plans._write

    def broken(file: Path, content: bytes) -> None:
        if file.name == "b.json":
            raise KeyboardInterrupt
        whole(file, content)

    monkeypatch.setattr(plans, "_write", broken)
    with pytest.raises(KeyboardInterrupt):
        write_plan(_plan("a", "b", slot=3), tmp_path)
    with pytest.raises(SchooldayError, match="make the plan"):
        read_plan(tmp_path)


def test_the_way_of_schooling_is_kept_and_a_plan_that_says_none_is_for_distance(tmp_path: Path) -> None:
    write_plan(replace(_plan("a"), way=Way.INDEPENDENT_STUDY), tmp_path)
    assert read_plan(tmp_path).way is Way.INDEPENDENT_STUDY
    head = json.loads((tmp_path / "plan.json").read_text())
    del head["way"]
    (tmp_path / "plan.json").write_text(json.dumps(head))
    assert read_plan(tmp_path) == _plan("a")


def test_a_plan_of_another_format_is_refused_in_words(tmp_path: Path) -> None:
    write_plan(_plan("a"), tmp_path)
    head = tmp_path / "plan.json"
    head.write_text(
        head.read_text().replace('"format": 1', '"format": 9').replace('"format":1', '"format":9')
    )
    with pytest.raises(SchooldayError, match="format 9"):
        read_plan(tmp_path)
