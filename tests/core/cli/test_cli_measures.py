"""The measures' commands, on a made-up year in a folder."""

from __future__ import annotations

import csv
import json
import shutil
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from schoolday.cli import main
from schoolday.files.engines.duck import Duck
from schoolday.files.engines.kept import KeptYear
from schoolday.files.engines.packs import read_dense
from schoolday.files.engines.year import read_year
from schoolday.files.rulebooks import load
from schoolday.ground.errors import SchooldayError
from schoolday.measures.limits import spread
from schoolday.measures.portable import PORTABLE

Said = pytest.CaptureFixture[str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("measures") / "year"
    main_ok("measures", "sample", str(folder), "--pupils", "30")
    return folder


@pytest.fixture
def year(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "year"))


def main_ok(*words: str) -> None:
    assert ended(*words) == 0


def ended(*words: str) -> int:
    with pytest.raises(SystemExit) as ending:
        main(words)
    return int(ending.value.code or 0)


def asked(capsys: Said, *words: str) -> dict[str, object]:
    capsys.readouterr()
    assert ended(*words, "--json") in (0, 1)
    found: dict[str, object] = json.loads(capsys.readouterr().out)
    return found


def test_dense_and_duckdb_print_the_same(made: Path, capsys: Said) -> None:
    first, second = (asked(capsys, "measures", "run", str(made), "--on", on) for on in ("dense", "duckdb"))
    for name, rows in first["measures"].items():  # type: ignore[attr-defined]
        assert sorted(map(str, rows)) == sorted(map(str, second["measures"][name])), name  # type: ignore[index]


def test_every_measure_can_be_written_as_csv(made: Path, tmp_path: Path) -> None:
    main_ok(
        "measures", "run", str(made), "minutes_by_day", "engagement_weeks", "--csv", str(tmp_path / "out")
    )
    with (tmp_path / "out" / "minutes_by_day.csv").open() as text:
        rows = list(csv.DictReader(text))
    assert tuple(rows[0]) == PORTABLE["minutes_by_day"].columns
    assert len(rows) == 30 * 180
    assert {row["state"] for row in rows} <= {"met", "short", "unverified", "absent"}


def test_list_names_every_measure(capsys: Said) -> None:
    main_ok("measures", "list")
    said = capsys.readouterr().out
    assert all(name in said for name in PORTABLE)


def test_an_audit_names_its_clauses_and_ends_with_1_where_something_is_broken(
    made: Path, capsys: Said
) -> None:
    assert ended("measures", "audit", str(made)) == 1
    assert "[ca.distance.total_minutes@2020-07-01] (measures.short_day)" in capsys.readouterr().out


def test_groups_of_few_pupils_are_suppressed_in_words(made: Path, capsys: Said) -> None:
    main_ok("measures", "groups", str(made))
    said = capsys.readouterr().out
    assert "absent_days, foster yes: suppressed" in said
    assert "fewer than 11 pupils" in said


@pytest.mark.parametrize(
    ("file", "line", "code", "spot"),
    [
        ("pupils.csv", "x,99,maple,distance,,no,en,no,no,no", "measures.value", "pupils.csv:32 [grade]"),
        ("pupils.csv", "x,2,maple,by_post,,no,en,no,no,no", "measures.value", "pupils.csv:32 [way]"),
        ("enrolled.csv", "nobody,2020-09-03,2020-09-04", "measures.unknown_id", "enrolled.csv:32 [pupil]"),
        ("enrolled.csv", "pupil-00001,2020-10-01,2020-10-02", "measures.dates", "enrolled.csv:32 [first]"),
        ("promises.csv", "twice,pupil-00000,service-0", "measures.duplicate_id", "promises.csv:6 [activity]"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_is_measured(
    year: Path, capsys: Said, file: str, line: str, code: str, spot: str
) -> None:
    with (year / file).open("a") as text:
        text.write(line + "\r\n")
    assert ended("measures", "run", str(year)) == 2
    said = capsys.readouterr().err
    assert code in said
    assert spot in said


def test_a_file_among_the_packs_that_is_no_day_is_named(year: Path, capsys: Said) -> None:
    (year / "days" / "yesterday.parquet").write_bytes(b"")
    assert ended("measures", "run", str(year)) == 2
    assert "measures.unknown_file" in capsys.readouterr().err


def test_a_measure_that_is_not_there_is_refused_in_words(made: Path, capsys: Said) -> None:
    assert ended("measures", "run", str(made), "happiness") == 2
    assert "no measure is called happiness" in capsys.readouterr().err


def test_a_changed_day_is_renewed_as_if_the_whole_year_were_read(year: Path) -> None:
    day = date(2020, 9, 8)
    reading = read_year(year)
    assert reading.year is not None
    limits = spread(load(), reading.year)
    kept = KeptYear(year, reading.year, limits)
    kept.make(reading.packs)
    pack = reading.packs[day]
    duck = Duck([pack])
    changed = "SELECT * FROM pack_rows WHERE NOT (pupil = 3 AND origin <> 'plan')"
    duck.export(changed, year / "new.parquet")
    duck.close()
    (year / "new.parquet").replace(pack)
    facts = kept.open()
    found = kept.renew(facts, day, pack)
    whole = read_dense(reading.packs, reading.year, limits)
    assert found.pupils.tolist() == [3]
    assert np.array_equal(facts.facts, whole.facts)
    again = kept.open()
    for name in ("short_days", "engagement_weeks", "chronic_absence", "service_minutes"):
        assert np.array_equal(again.answer(name), whole.answer(name))


def test_facts_of_other_pupils_are_not_gone_on_from(year: Path) -> None:
    reading = read_year(year)
    assert reading.year is not None
    kept = KeptYear(year, reading.year, spread(load(), reading.year))
    kept.make(reading.packs)
    text = (year / "pupils.csv").read_text().replace("distance", "independent_study", 1)
    (year / "pupils.csv").write_text(text)
    other = read_year(year).year
    assert other is not None
    with pytest.raises(SchooldayError, match="no facts are kept of these pupils"):
        KeptYear(year, other, spread(load(), other)).open()
