"""What a position does to real days, at the terminal."""

from __future__ import annotations

import csv
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

GOLDEN = Path(__file__).parent / "golden"
WORDS = ("--day", "2020-09-08", "--workers", 1, "--steps", 5)
UNION = ("--position", "ca-scusd.scta_position")


def test_a_position_is_shown_against_what_is_in_force_grade_by_grade(run: Any, maple: Any) -> None:
    done = run("consequences", maple.roster, *WORDS, *UNION)
    assert done.code == 0, done.err
    assert "ca-scusd.scta_position, against in force; 2 schools, 2020-09-08" in done.out
    assert "grade  2:  110 and 120, against  180 and  50" in done.out
    assert "homes that gain a clash" in done.out
    assert "not known: nobody has asked 1 home " in done.out
    assert "weeks: 8 of 8 weeks" in done.err


def test_a_person_can_read_what_the_union_s_position_does_to_maple(run: Any, maple: Any) -> None:
    """Read `golden/consequences.txt`: the minutes of each grade are those of the documents."""
    words = ("--day", "2020-09-08", "--workers", 1, *UNION)
    done = run("consequences", maple.roster, *words)
    assert done.out == (GOLDEN / "consequences.txt").read_text(encoding="utf-8")


@pytest.mark.skipif(os.name != "posix", reason="only POSIX kills a process like a lost machine does")
@pytest.mark.parametrize("lines", [1, 5])
def test_a_killed_run_goes_on_where_it_was_and_says_what_a_whole_one_says(
    run: Any, kill: Any, maple: Any, tmp_path: Path, lines: int
) -> None:
    words = ("consequences", maple.roster, *WORDS, *UNION, "--json")
    file = tmp_path / "kept" / "reached.jsonl"
    kill((*words, "--out", tmp_path), file, lines)
    kept = file.read_bytes()
    file.write_bytes(kept + b'{"stamp": "cut in tw')
    done = run(*words, "--out", tmp_path)
    assert done.code == 0, done.err
    assert file.read_bytes().startswith(kept), "nothing that was done is lost"
    assert len(file.read_bytes().splitlines()) == 8 + 1
    assert done.out == run(*words).out
    assert "weeks: 8 of 8 weeks" in run(*words, "--out", tmp_path).err
    assert len(file.read_bytes().splitlines()) == 8 + 1, "nothing is done a second time"


def test_another_question_starts_anew_and_another_district_s_folder_is_refused(
    run: Any, maple: Any, cedar: Path, tmp_path: Path
) -> None:
    one = ("--school", "maple-elementary", "--out", tmp_path)
    for steps in (5, 6, 5):
        assert run("consequences", maple.roster, *WORDS, *UNION, *one, "--steps", steps).code == 0
    assert len((tmp_path / "kept" / "reached.jsonl").read_bytes().splitlines()) == 4
    assert stat.S_IMODE((tmp_path / "kept").stat().st_mode) == 0o700, "services name pupils"
    done = run("consequences", cedar, *WORDS, *UNION, "--out", tmp_path)
    assert done.code == 2
    assert "of the district 'maple'" in done.err


def test_one_position_can_stand_against_another(run: Any, maple: Any) -> None:
    other = ("--against", "ca-scusd.district_first_offer", "--school", "maple-elementary")
    done = run("consequences", maple.roster, *WORDS, *UNION, *other)
    assert "against ca-scusd.district_first_offer; 1 schools" in done.out


def test_as_json_it_holds_both_positions_the_difference_and_the_sources(run: Any, maple: Any) -> None:
    told = json.loads(run("consequences", maple.roster, *WORDS, *UNION, "--json").out)
    assert told.keys() == {"position", "against", "difference", "sources"}
    assert told["position"]["numbers"]["live_minutes"] < told["against"]["numbers"]["live_minutes"]
    assert {row["grade"] for row in told["position"]["by_grade"]} == {"K", *map(str, range(1, 13))}
    assert told["difference"]["live"]["2 homeroom"] == -70


def test_as_csv_it_is_one_number_a_row_and_empty_where_nobody_can_say(
    run: Any, maple: Any, tmp_path: Path
) -> None:
    run("consequences", maple.roster, *WORDS, *UNION, "--csv", tmp_path / "days.csv")
    rows = list(csv.DictReader((tmp_path / "days.csv").open(encoding="utf-8")))
    assert {row["position"] for row in rows} == {"ca-scusd.scta_position", "in force"}
    live = {
        (row["position"], row["value"])
        for row in rows
        if (row["about"], row["id"], row["measure"]) == ("grade", "2 homeroom", "live")
    }
    assert live == {("ca-scusd.scta_position", "110"), ("in force", "180")}


def test_a_position_that_leaves_no_lawful_week_ends_with_3_and_names_the_clauses(
    run: Any, maple: Any, noon: Path
) -> None:
    words = ("--position", "", "--what-if", noon, "--school", "maple-elementary")
    done = run("consequences", maple.roster, *WORDS, *words)
    assert done.code == 3
    assert "no lawful week at maple-elementary" in done.out
    assert "what-if.noon.day_end@2020-07-01" in done.out
    assert "quote: home for lunch" in done.out
    assert "unknown" in done.out


def test_wrong_words_are_refused_in_words(run: Any, maple: Any, cedar: Path) -> None:
    wrong = {
        "the proposals are": ("--position", "nobody"),
        "is no proposal": ("--position", "ca-scusd.district_plan"),
        "has no school 'cedar-elementary'": (*UNION, "--school", "cedar-elementary"),
        "has no pupils": (*UNION, "--day", "2020-09-07"),
    }
    for said, words in wrong.items():
        done = run("consequences", maple.roster, *WORDS, *words)
        assert done.code == 2
        assert said in done.err
        assert "Traceback" not in done.err


def test_the_stranger_s_consequences_name_nobody_of_maple(run: Any, cedar: Path) -> None:
    done = run("consequences", cedar, *WORDS, *UNION, "--json")
    assert done.code == 0, done.err
    assert "maple" not in done.out
