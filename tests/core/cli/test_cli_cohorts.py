"""Cohorts at the terminal: made from files, checked, with reasons, and told as a child's days."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from conftest import District, Run

PHASES = Path(__file__).parents[3] / "examples" / "sanjuan" / "phases.csv"


@pytest.fixture(scope="module")
def asked(run: Run, maple: District, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("asked")
    done = run("cohorts", "sample", maple.roster, "--on", "2020-10-01", "--out", folder, "--seed", 3)
    assert done.code == 0, done.err
    (folder / "phases.csv").write_bytes(PHASES.read_bytes())
    return folder


def test_cohorts_are_made_from_choices_and_seats_and_the_same_seed_makes_them_again(
    run: Run, maple: District, asked: Path, tmp_path: Path
) -> None:
    words = ("cohorts", "make", maple.roster, asked, "--on", "2020-10-01", "--seed", 5)
    done = run(*words, "--out", tmp_path / "one")
    assert done.code == 0, done.err
    assert "at school on Mon, Tue" in done.out
    assert "0 bonds apart" in done.out
    told = json.loads(run(*words, "--out", tmp_path / "other", "--json").out)
    assert told["findings"] == []
    one, other = (tmp_path / name / "cohorts.csv" for name in ("one", "other"))
    assert one.read_bytes() == other.read_bytes()


def test_a_childs_days_follow_the_phases(run: Run, maple: District, asked: Path, tmp_path: Path) -> None:
    run("cohorts", "make", maple.roster, asked, "--on", "2020-10-01", "--out", tmp_path)
    with (tmp_path / "cohorts.csv").open(newline="") as file:
        of = {row["pupilId"]: row["cohort"] for row in csv.DictReader(file)}
    pupil = next(pupil for pupil, cohort in of.items() if cohort == "A")
    words = ("cohorts", "calendar", maple.roster, asked, tmp_path / "cohorts.csv", "--pupil", pupil)
    done = run(*words, "--from", "2021-01-04", "--until", "2021-01-08")
    assert done.code == 0, done.err
    assert "Mon 2021-01-04  at home" in done.out
    assert "Tue 2021-01-05  at school" in done.out
    assert "Thu 2021-01-07  at home" in done.out


def test_too_few_seats_refuse_some_and_say_why(
    run: Run, maple: District, asked: Path, tmp_path: Path
) -> None:
    few = tmp_path / "few"
    few.mkdir()
    (few / "choices.csv").write_bytes((asked / "choices.csv").read_bytes())
    rows = (asked / "seats.csv").read_text().splitlines()
    (few / "seats.csv").write_text(
        "\n".join([rows[0], *(row.replace(",16,", ",1,") for row in rows[1:])]) + "\n"
    )
    done = run(
        "cohorts", "make", maple.roster, few, "--on", "2020-10-01", "--out", tmp_path / "out", "--json"
    )
    assert done.code == 0, done.err
    told = json.loads(done.out)
    assert told["refused"] > 0
    assert all(
        "in both cohorts together" in row["why"] for row in told["reasons"] if row["what"] == "refused"
    )


def test_every_fault_of_the_files_is_named_by_file_row_and_column(
    run: Run, maple: District, tmp_path: Path
) -> None:
    (tmp_path / "choices.csv").write_text(
        "pupilId,program,date,by,wish,beside\nnobody,on_site,2020-10-01,x,,\nnobody,by_bus,2020-13-01,,Z,\n"
    )
    (tmp_path / "seats.csv").write_text("sectionId,seats,wholeWeek\nnowhere,-2,maybe\n")
    (tmp_path / "phases.csv").write_text(
        "date,grades,groups,schools,cohorts,source\n2021-01-05,6-TK,,x,Q,y\n"
    )
    done = run("cohorts", "make", maple.roster, tmp_path, "--on", "2020-10-01", "--out", tmp_path / "out")
    assert done.code == 2
    for said in (
        "'by_bus' is no program",
        "2020-13-01",
        "'Z' is no wish",
        "'-2'",
        "'maybe' is no wholeWeek",
        "'6-TK' names no grades",
        "'Q' is none of the cohorts",
        "nowhere",
    ):
        assert said in done.err, said
    assert not (tmp_path / "out").exists()
