"""The command that measures a state: two made-up districts in one folder."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import duckdb
import pytest

from schoolday.cli import main
from schoolday.cli.measures_state import ROWS

Said = pytest.CaptureFixture[str]


def ended(*words: object) -> int:
    with pytest.raises(SystemExit) as ending:
        main([str(word) for word in words])
    return int(ending.value.code or 0)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    state = tmp_path_factory.mktemp("state")
    for name, pupils, seed in (("maple", 40, 1), ("cedar", 50, 2)):
        assert ended("measures", "sample", state / name, "--pupils", pupils, "--seed", seed) == 0
    return state


@pytest.fixture
def state(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "state"))


def figures(out: Path) -> list[dict[str, str]]:
    with (out / "figures.csv").open() as text:
        return list(csv.DictReader(text))


def test_figures_are_told_of_the_state_and_of_each_district_and_small_ones_are_suppressed(
    made: Path, tmp_path: Path, capsys: Said
) -> None:
    out = tmp_path / "out"
    assert ended("measures", "state", made, "--on", "duckdb", "--out", out) == 0
    said = capsys.readouterr()
    assert "2 districts, 90 pupils, all files whole." in said.out
    assert "read: 2 of 2 districts" in said.err
    rows = figures(out)
    assert {row["district"] for row in rows} == {"all", "cedar", "maple"}
    own = {row["district"]: row for row in rows if (row["rate"], row["kind"]) == ("live_share", "all")}
    assert {name: row["pupils"] for name, row in own.items()} == {"all": "90", "cedar": "50", "maple": "40"}
    assert int(own["all"]["whole"]) == int(own["cedar"]["whole"]) + int(own["maple"]["whole"])
    foster = [
        row for row in rows if (row["kind"], row["value"], row["district"]) == ("foster", "yes", "maple")
    ]
    assert {row["pupils"] for row in foster} == {"suppressed"}
    about = json.loads((out / "about.json").read_text())
    assert about["districts"]["cedar"]["days"] == 180
    assert len(about["districts"]["cedar"]["packs_sha256"]) == 64


def test_rows_of_single_pupils_are_written_only_where_they_are_asked_for(made: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    words = ("measures", "state", made, "--on", "duckdb", "--out", out)
    assert ended(*words, "--rows", "engagement_weeks") == 0
    assert sorted(one.name for one in out.iterdir()) == [
        "about.json",
        "engagement_weeks.parquet",
        "figures.csv",
    ]
    found = duckdb.sql(f"SELECT DISTINCT district, week FROM '{out}/engagement_weeks.parquet'").fetchall()
    assert ("maple", "2020-09-08") in found  # A week is named by its first school day.
    assert {name for name, _week in found} == {"cedar", "maple"}


def test_every_fault_of_every_district_is_named_by_its_file_and_nothing_is_written(
    state: Path, tmp_path: Path, capsys: Said
) -> None:
    pack = state / "maple" / "days" / "2020-09-08.parquet"
    pack.write_bytes(pack.read_bytes()[:-200])
    damaged = state / "cedar" / "days" / "2020-09-09.parquet"
    content = bytearray(damaged.read_bytes())
    content[40:140] = bytes(100)
    damaged.write_bytes(content)
    with (state / "cedar" / "pupils.csv").open("a") as text:
        text.write("x,99,maple,distance,,no,en,no,no,no\r\n")
    out = tmp_path / "out"
    assert ended("measures", "state", state, "--on", "duckdb", "--out", out) == 2
    said = capsys.readouterr().err
    assert "maple/days/2020-09-08.parquet" in said
    assert "cedar/days/2020-09-09.parquet" in said
    assert "cedar/pupils.csv:52 [grade]" in said
    assert "3 faults are named above" in said
    assert not out.exists()


def test_a_pack_of_other_pupils_is_not_taken_for_the_next_districts(
    state: Path, tmp_path: Path, capsys: Said
) -> None:
    shutil.copy(
        state / "cedar" / "days" / "2020-09-08.parquet", state / "maple" / "days" / "2020-09-08.parquet"
    )
    assert ended("measures", "state", state, "--on", "duckdb", "--out", tmp_path / "out") == 2
    said = capsys.readouterr().err
    assert "maple/days/2020-09-08.parquet" in said
    assert "it has rows of pupil 49" in said


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--rows", "happiness"), "no measure of single pupils is called happiness"),
        (("--rows", "by_groups"), "no measure of single pupils is called by_groups"),
    ],
)
def test_a_wrong_word_is_refused(
    made: Path, tmp_path: Path, capsys: Said, words: tuple[str, ...], said: str
) -> None:
    assert ended("measures", "state", made, "--on", "duckdb", "--out", tmp_path / "out", *words) == 2
    assert said in capsys.readouterr().err


def test_a_folder_without_districts_and_one_that_holds_something_are_refused(
    made: Path, tmp_path: Path, capsys: Said
) -> None:
    (tmp_path / "empty").mkdir()
    assert ended("measures", "state", tmp_path / "empty", "--out", tmp_path / "out") == 2
    assert "no district's folder is in it" in capsys.readouterr().err
    assert ended("measures", "state", made, "--out", made) == 2
    assert "holds something already" in capsys.readouterr().err


def test_a_district_without_a_calendar_or_without_packs_is_named(
    state: Path, tmp_path: Path, capsys: Said
) -> None:
    (state / "cedar" / "calendar.yaml").unlink()
    for pack in (state / "maple" / "days").glob("2*.parquet"):
        pack.unlink()
    assert ended("measures", "state", state, "--on", "duckdb", "--out", tmp_path / "out") == 2
    said = capsys.readouterr().err
    assert "cedar/calendar.yaml" in said
    assert "maple/days" in said
    assert "there is no pack of any day" in said


@pytest.mark.spark
def test_spark_and_duckdb_write_the_same_rows_and_figures(made: Path, tmp_path: Path) -> None:
    for on in ("duckdb", "spark"):
        words = ("measures", "state", made, "--on", on, "--out", tmp_path / on, "--rows", "all")
        assert ended(*words) == 0
    assert figures(tmp_path / "duckdb") == figures(tmp_path / "spark")
    for name in ROWS:
        one = f"SELECT * FROM '{tmp_path}/duckdb/{name}.parquet'"
        other = f"SELECT * FROM '{tmp_path}/spark/{name}.parquet/*.parquet'"
        assert duckdb.sql(f"({one} EXCEPT ALL {other}) UNION ALL ({other} EXCEPT ALL {one})").fetchall() == []
