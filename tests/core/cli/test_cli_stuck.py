"""Where no lawful week exists, a script is told of the conflict as fully as a person is."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

DAY = "2020-09-08"
LUNCH = "ca-scusd-demo.day.teacher_lunch@2020-07-01"


def _short_contract(folder: Path) -> Path:
    file = folder / "schoolday" / "contracts.csv"
    file.write_text(file.read_text().replace("maple-t0002,08:00,15:30", "maple-t0002,08:00,12:00"))
    return folder


def test_a_conflict_as_json_holds_the_school_its_sentence_and_each_clause_with_its_citation(
    run: Any, folder: Path, tmp_path: Path
) -> None:
    words = ("--day", DAY, "--out", tmp_path / "plan", "--workers", 1)
    done = run("plan", _short_contract(folder), *words, "--json")
    assert done.code == 3
    (told,) = json.loads(done.out)["conflicts"]
    assert told["school"] == "maple-elementary"
    assert "teacher maple-t0002: 30 meetings a week do not fit" in told["sentence"]
    assert told["unplaced"]
    clauses = {one["clause"]: one for one in told["clauses"]}
    assert clauses[LUNCH]["confidence"] == "made_up"
    assert clauses[LUNCH]["says"].startswith("At least 30 minutes for a teacher's lunch")
    assert "contract:maple-t0002" in clauses
    assert all(one["source"] for one in clauses.values())


def test_clauses_that_leave_no_plan_of_minutes_are_told_as_json_of_the_whole_district(
    run: Any, maple: Any, noon: Path, tmp_path: Path
) -> None:
    book = tmp_path / "much.yaml"
    text = noon.read_text().replace("noon", "much").replace("day_end", "live_minutes")
    book.write_text(text.replace("minute_of_day", "minutes").replace('at_most: "12:00"', "at_least: 400"))
    words = ("--day", DAY, "--out", tmp_path / "plan", "--what-if", book)
    done = run("plan", maple.roster, *words, "--json")
    assert done.code == 3
    (told,) = json.loads(done.out)["conflicts"]
    assert told["school"] is None
    assert told["sentence"].startswith("no plan of minutes for grade")
    cited = {one["clause"]: one["source"] for one in told["clauses"]}
    assert cited["what-if.much.live_minutes@2020-07-01"] == "Made up for a test"
