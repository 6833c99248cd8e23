"""A year's records at the terminal: checked, held against the rules, and each case explained."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from conftest import Run

EXAMPLE = Path(__file__).parents[3] / "examples" / "maple" / "records"
GOLDEN = Path(__file__).parent / "golden" / "records_audit.txt"


def test_an_audit_reads_as_it_did(run: Run) -> None:
    done = run("records", "audit", EXAMPLE)
    assert done.code == 1
    assert done.out.replace(str(EXAMPLE), "RECORDS") == GOLDEN.read_text(encoding="utf-8")


def test_json_and_csv_hold_the_same_counts(run: Run, tmp_path: Path) -> None:
    done = run("records", "audit", EXAMPLE, "--json", "--csv", tmp_path / "a.csv")
    by_rule = {one["rule"]: one for one in json.loads(done.out)["rules"]}
    assert by_rule["ca.continuity.contact"]["counts"] == {"met": 2, "broken": 1, "unverified": 1}
    assert by_rule["ca.annual_time.days"]["unrecorded"] == ["offered_days by year"]
    with (tmp_path / "a.csv").open(encoding="utf-8", newline="") as text:
        rows = {row["rule"]: row for row in csv.DictReader(text)}
    assert rows["ca.continuity.contact"]["broken"] == "1"
    assert set(rows) == set(by_rule)


def test_a_deadline_that_is_ahead_waits(run: Run) -> None:
    done = run("records", "audit", EXAMPLE, "--as-of", "2026-09-08", "--json")
    by_rule = {one["rule"]: one for one in json.loads(done.out)["rules"]}
    assert by_rule["ca.continuity.instruction"]["counts"]["waiting"] == 2


def test_a_case_is_explained_down_to_clause_dates_citation_and_inputs(run: Run) -> None:
    words = ("records", "explain", EXAMPLE, "ca.minimum_day.elementary", "maple-p004", "--on", "2026-09-11")
    found = json.loads(run(*words, "--json").out)
    assert found["found"] == "broken"
    assert found["inputs"]["no_day_under"] == 180
    assert found["inputs"]["values"][-2] == 165
    assert "46113" in json.dumps(found["sources"])
    told = run(*words).out
    for said in ("broken:", "no day under 180", "§§ 46113", "checked 2026-11-21", "law/ca/minimum_day.yaml"):
        assert said in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ca.minimum_day.elementary", "nobody", "--on", "2026-09-11"), "there is no 'nobody' in pupils"),
        (("ca.minimum_day.elementary", "maple-p004", "--on", "2026-09-12"), "is not the end of a day"),
        (("ca.minimum_dy", "maple-p004", "--on", "2026-09-11"), "no rule is called 'ca.minimum_dy'"),
        (("ca.annual_time.days", "maple-p004", "--on", "2026-09-25"), "nobody recorded offered_days by year"),
    ],
)
def test_what_cannot_be_explained_is_said_in_words(run: Run, words: tuple[str, ...], said: str) -> None:
    done = run("records", "explain", EXAMPLE, *words)
    assert (done.code, said in done.err) == (2, True), done.err


def test_a_faulty_file_is_named_and_nothing_is_audited(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "records"
    shutil.copytree(EXAMPLE, folder)
    (folder / "pupils.csv").write_text("id,grade,circumstances\nmaple-p001,22,\n", encoding="utf-8")
    done = run("records", "audit", folder)
    assert (done.code, done.out) == (2, "")
    assert "pupils.csv:2 [grade]" in done.err
    assert "pupils.total_minutes.day.csv:3 [id]" in done.err
    checked = run("records", "check", folder)
    assert checked.code == 1
    assert "the records are refused" in checked.out


def test_a_reading_that_no_rule_has_is_refused(run: Run) -> None:
    done = run("records", "audit", EXAMPLE, "--reading", "ca.chronic_absence.tenth=other")
    assert done.code == 2
    assert "no such rule has readings" in done.err


def test_a_made_up_year_can_be_audited_whole(run: Run, tmp_path: Path) -> None:
    assert run("records", "sample", tmp_path / "year", "--pupils", "14").code == 0
    found = json.loads(run("records", "audit", tmp_path / "year", "--json").out)["rules"]
    assert not [one["rule"] for one in found if one["unrecorded"] and "unverified" in one["counts"]]
    again = run("records", "sample", tmp_path / "year")
    assert (again.code, "holds something already" in again.err) == (2, True)
