"""A plan changed at the terminal: distance to hybrid, with most of the old week kept and who is touched."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from conftest import District, Run

from schoolday.files.plans import read_plan
from schoolday.rules import Way

DAY = "2020-10-05"


@pytest.fixture(scope="module")
def asked(run: Run, maple: District, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("asked")
    run("cohorts", "sample", maple.roster, "--on", DAY, "--out", folder, "--seed", 3)
    done = run("cohorts", "make", maple.roster, folder, "--on", DAY, "--out", folder)
    assert done.code == 0, done.err
    return folder / "cohorts.csv"


def _hybrid(cohorts: Path, out: Path) -> tuple[object, ...]:
    return ("--day", DAY, "--way", "hybrid", "--cohorts", cohorts, "--out", out, "--workers", 1)


def test_a_change_keeps_the_old_plan_and_says_who_is_touched(
    run: Run, maple: District, asked: Path, tmp_path: Path
) -> None:
    before = read_plan(maple.plan)
    words = (*_hybrid(asked, tmp_path / "new"), "--touched", tmp_path / "touched.csv", "--json")
    done = run("change", maple.roster, maple.plan, *words)
    assert done.code == 0, done.err
    figures = {one["school"]: one for one in json.loads(done.out)["schools"]}
    assert read_plan(maple.plan) == before
    made = read_plan(tmp_path / "new")
    assert made.way is Way.HYBRID
    assert made.cohorts is not None
    with (tmp_path / "touched.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    for school, one in figures.items():
        assert one["must"] <= one["moved"]
        pupils = {
            row["personId"] for row in rows if (row["schoolId"], row["personType"]) == (school, "pupil")
        }
        assert len(pupils) == one["pupils"]


def test_the_changed_plan_is_lawful_on_its_dates_and_splits_each_class_between_room_and_link(
    run: Run, maple: District, asked: Path, tmp_path: Path
) -> None:
    done = run("change", maple.roster, maple.plan, *_hybrid(asked, tmp_path / "new"))
    assert done.code == 0, done.err
    assert "could not stay" in done.out
    done = run("check", maple.roster, tmp_path / "new", "--from", DAY, "--until", "2020-10-09")
    assert done.code == 0, done.out
    assert "0 hard findings" in done.out


def test_a_change_to_the_same_rules_moves_nothing(run: Run, maple: District, tmp_path: Path) -> None:
    words = ("--day", "2020-09-08", "--out", tmp_path / "new", "--workers", 1, "--json")
    done = run("change", maple.roster, maple.plan, *words)
    assert [one["moved"] for one in json.loads(done.out)["schools"]] == [0, 0]


def test_a_change_never_writes_over_the_plan_that_stands(run: Run, maple: District) -> None:
    done = run("change", maple.roster, maple.plan, "--day", DAY, "--out", maple.plan)
    assert done.code == 2
    assert "give another --out" in done.err


def test_hybrid_without_cohorts_is_refused_before_any_work(run: Run, maple: District, tmp_path: Path) -> None:
    words = ("--day", DAY, "--way", "hybrid", "--out", tmp_path / "new")
    done = run("change", maple.roster, maple.plan, *words)
    assert done.code == 2
    assert "needs its cohorts" in done.err
    assert not (tmp_path / "new").exists()
