"""What a missing side file leaves unknown is said wherever a number would rest on it: never a silent zero."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

DAY = "2020-09-08"
WEEK = ("--from", "2020-09-08", "--until", "2020-09-11")


def _without(folder: Path, side: str) -> Path:
    (folder / "schoolday" / f"{side}.csv").unlink()
    return folder


def _plan(run: Any, roster: Path, out: Path, *more: str) -> Any:
    return run("plan", roster, "--day", DAY, "--out", out, "--workers", 1, "--sweeps", 0, *more)


def test_without_a_place_the_planner_is_told_of_district_csv_and_of_no_rule(
    run: Any, folder: Path, tmp_path: Path
) -> None:
    done = _plan(run, _without(folder, "district"), tmp_path / "plan")
    assert done.code == 2
    assert "nobody says where the district maple lies, so no rule can be applied" in done.err
    assert "add schoolday/district.csv" in done.err
    assert "not in force" not in done.err


@pytest.mark.parametrize("side", ["bells", "services", "contracts", "calendar"])
def test_what_a_missing_side_file_would_say_is_counted_unverified_by_plan_and_named_by_check(
    run: Any, folder: Path, tmp_path: Path, side: str
) -> None:
    roster = _without(folder, side)
    made = _plan(run, roster, tmp_path / "plan")
    assert made.code == 0, made.err
    assert "0 hard findings, 1 unverified" in made.out.splitlines()[-1]
    done = run("check", roster, tmp_path / "plan", *WEEK, "--json")
    named = [one for one in json.loads(done.out) if one["code"] == "day.no_evidence"]
    assert [one["status"] for one in named] == ["unverified"]
    assert f"add schoolday/{side}.csv" in named[0]["mend"]


def test_a_plan_that_rests_on_no_missing_file_has_nothing_unverified(run: Any, maple: Any) -> None:
    words = ("--sweeps", 0, "--workers", 1)
    assert "0 hard findings, 0 unverified" in run("improve", maple.roster, maple.plan, *words).out
    assert json.loads(run("improve", maple.roster, maple.plan, *words, "--json").out)["unverified"] == 0
