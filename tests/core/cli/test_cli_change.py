"""A plan changed at the terminal: distance to hybrid, with most of the old week kept and who is touched."""

from __future__ import annotations

import csv
import json
import re
import shutil
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


@pytest.fixture(scope="module")
def chosen(run: Run, maple: District, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What families chose, and a seat for everybody in each class."""
    folder = tmp_path_factory.mktemp("chosen")
    done = run("cohorts", "sample", maple.roster, "--on", DAY, "--out", folder, "--seed", 3)
    assert done.code == 0, done.err
    _seats(folder, 40)
    return folder


def _seats(folder: Path, number: int) -> None:
    file = folder / "seats.csv"
    file.write_text(re.sub(r",\d+,", f",{number},", file.read_text()))


def _whole(asked: Path, out: Path) -> tuple[object, ...]:
    return ("--day", DAY, "--way", "in_person", "--asked", asked, "--out", out, "--workers", 1)


def test_a_change_to_everybody_at_school_is_told_as_a_person_can_read_it(
    run: Run, maple: District, chosen: Path, tmp_path: Path
) -> None:
    new = tmp_path / "new"
    done = run("change", maple.roster, maple.plan, *_whole(chosen, new))
    assert done.code == 0, done.err
    said = done.out.replace(str(tmp_path), "OUT")
    for who in ("maple-p01", "maple-p18"):
        day = run("explain", maple.roster, new, who, "--on", DAY).out
        said += "\n" + "\n".join(
            line for line in day.splitlines() if line.startswith(("pupil", who, "  0", "  1"))
        )
        said += "\n"
    golden = Path(__file__).parent / "golden" / "change_in_person.txt"
    assert said == golden.read_text()
    done = run("check", maple.roster, new, "--from", DAY, "--until", "2020-10-09")
    assert done.code == 0, done.out
    assert "0 hard findings" in done.out
    assert read_plan(new).way is Way.IN_PERSON


def test_minutes_of_everybody_at_school_are_exported_as_in_person(
    run: Run, maple: District, chosen: Path, tmp_path: Path
) -> None:
    run("change", maple.roster, maple.plan, *_whole(chosen, tmp_path / "new"))
    dates = ("--from", DAY, "--until", DAY)
    done = run("export", maple.roster, tmp_path / "new", *dates, "--out", tmp_path / "rows.csv")
    assert done.code == 0, done.err
    with (tmp_path / "rows.csv").open(newline="") as file:
        kinds = {(row["pupil"], row["kind"]) for row in csv.DictReader(file)}
    assert ("maple-p01", "in_person") in kinds
    assert ("maple-p01", "live") not in kinds
    assert ("maple-p18", "in_person") not in kinds


def test_everybody_at_school_is_refused_where_a_class_has_too_few_seats(
    run: Run, maple: District, chosen: Path, tmp_path: Path
) -> None:
    few = tmp_path / "few"
    shutil.copytree(chosen, few)
    _seats(few, 4)
    done = run("change", maple.roster, maple.plan, *_whole(few, tmp_path / "new"))
    assert done.code == 2
    assert "pupils at school on one day and 4 seats (cohorts.seats)" in done.err
    assert "fewer seats than pupils who come" in done.err
    assert not (tmp_path / "new").exists()


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
