"""Re-engagement at the terminal: the work list, one pupil's case, the notices home."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path

import pytest
from conftest import Run

MAPLE = Path(__file__).parents[3] / "examples" / "maple"
ROSTER, RECORD = MAPLE / "roster", MAPLE / "reengagement"
GOLDEN = Path(__file__).parent / "golden"
LAW = "ca.distance.reengagement"
AS_OF = ("--as-of", "2020-09-25")


@pytest.fixture
def record(tmp_path: Path) -> Path:
    """Maple's record, for a test to change."""
    return Path(shutil.copytree(RECORD, tmp_path / "record"))


def add(folder: Path, name: str, *lines: str) -> Path:
    with (folder / name).open("a", encoding="utf-8", newline="") as text:
        text.write("".join(f"{line}\r\n" for line in lines))
    return folder


def test_the_work_list_reads_as_it_did(run: Run) -> None:
    done = run("reengage", "list", ROSTER, RECORD, *AS_OF)
    assert done.code == 1
    assert done.out == (GOLDEN / "reengage_list.txt").read_text(encoding="utf-8")


def test_a_case_reads_as_it_did(run: Run) -> None:
    done = run("reengage", "case", ROSTER, RECORD, "maple-p09", *AS_OF)
    assert done.code == 0
    assert done.out == (GOLDEN / "reengage_case.txt").read_text(encoding="utf-8")


def test_json_and_csv_have_the_whole_list(run: Run, tmp_path: Path) -> None:
    done = run("reengage", "list", ROSTER, RECORD, *AS_OF, "--json", "--csv", tmp_path / "list.csv")
    told = json.loads(done.out)
    with (tmp_path / "list.csv").open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert len(rows) == len(told["tasks"]) > 5
    assert [row["due"] for row in rows if row["due"]] == sorted(row["due"] for row in rows if row["due"])
    case = next(one for one in told["cases"] if one["pupil"] == "maple-p09" and one["recoded"])
    assert case["recoded"] == ["relabelled-1"]


def test_relabelling_every_absence_leaves_the_list_as_it_was(run: Run, record: Path) -> None:
    before = json.loads(run("reengage", "list", ROSTER, record, *AS_OF, "--json").out)["tasks"]
    with (record / "attendance.csv").open(encoding="utf-8", newline="") as text:
        away = [row for row in csv.DictReader(text) if row["code"] in ("absent", "excused")]
    lines = [
        f"re-{row['entryId']},{row['pupilId']},{row['date']},present,t,2020-09-25T23:00,{row['entryId']},"
        for row in away
    ]
    add(record, "attendance.csv", *lines)
    after = json.loads(run("reengage", "list", ROSTER, record, *AS_OF, "--json").out)
    in_time = [one for one in before if one["what"] == "notice" and one["due"] >= "2020-09-25"]
    assert [one for one in before if one not in in_time] == after["tasks"]
    assert "reengage.recoded" in {one["code"] for one in after["findings"]}


def test_by_the_other_reading_of_the_law_a_case_opens_a_day_later(run: Run) -> None:
    either, strict = (
        json.loads(run("reengage", "list", ROSTER, RECORD, *AS_OF, "--json", "--sense", sense).out)["cases"]
        for sense in ("either", "days_alone")
    )
    opened = [
        next(one["opened"] for one in some if (one["pupil"], one["rule"]) == ("maple-p09", LAW))
        for some in (either, strict)
    ]
    assert opened == ["2020-09-17", "2020-09-18"]
    wrong = run("reengage", "list", ROSTER, RECORD, *AS_OF, "--sense", "neither")
    assert (wrong.code, "no rule here is read in a way called 'neither'" in wrong.err) == (2, True)


def test_notices_are_written_in_the_homes_language_and_a_missing_translation_is_said(
    run: Run, record: Path, tmp_path: Path
) -> None:
    add(record, "attendance.csv", "new-1,maple-p10,2020-09-03,absent,t,2020-09-25T15:30,,")
    done = run("reengage", "notices", ROSTER, record, *AS_OF, "--out", tmp_path / "out")
    assert done.code == 0
    spanish = (tmp_path / "out" / "maple-p45.es.txt").read_text(encoding="utf-8")
    assert "Estimada familia de Tadeo Mendoza" in spanish
    hmong = (tmp_path / "out" / "maple-p10.hmn.txt").read_text(encoding="utf-8")
    assert "Dear family of" in hmong
    assert "Estimada familia" in hmong
    assert "no notice is written in hmn, which the home of pupil maple-p10 speaks" in done.out
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "absence.hmn.txt").write_text("$district $school: Nyob zoo, $pupil. $days", encoding="utf-8")
    again = run("reengage", "notices", ROSTER, record, *AS_OF, "--out", tmp_path / "own", "--texts", texts)
    assert "no notice is written" not in again.out
    assert (tmp_path / "own" / "maple-p10.hmn.txt").read_text(encoding="utf-8").endswith("2020-09-03\n")
    (texts / "absence.hmn.txt").write_text("$district: $pupil", encoding="utf-8")
    bad = run("reengage", "notices", ROSTER, record, *AS_OF, "--out", tmp_path / "bad", "--texts", texts)
    assert (bad.code, "absence.hmn.txt" in bad.err) == (2, True)


def test_today_given_measures_open_cases_and_short_studies_have_none(run: Run, tmp_path: Path) -> None:
    for file in ROSTER.rglob("*.csv"):
        later = tmp_path / "roster" / file.relative_to(ROSTER)
        later.parent.mkdir(parents=True, exist_ok=True)
        text = file.read_text(encoding="utf-8")
        later.write_text(text.replace("2021", "2027").replace("2020", "2026"), encoding="utf-8")
    folder = tmp_path / "record"
    folder.mkdir()
    head = "pupilId,measure,period,until,value"
    add(
        folder,
        "measures.csv",
        head,
        "maple-p01,uncredited_share,four_weeks,2026-10-02,12.5",
        "maple-p02,missed_live_share,school_month,2026-10-02,60",
    )
    add(
        folder,
        "circumstances.csv",
        "pupilId,circumstance,first,last,source",
        "maple-p02,short_study,,,agreement",
    )
    words = (
        "reengage",
        "list",
        tmp_path / "roster",
        folder,
        "--as-of",
        "2026-10-05",
        "--way",
        "independent_study",
    )
    told = json.loads(run(*words, "--json").out)
    assert [(one["pupil"], one["clause"]) for one in told["cases"]] == [
        ("maple-p01", "ca.independent_study.reengagement@2022-06-30")
    ]
    assert [one["what"] for one in told["tasks"]] == [
        "conference",
        "notify_parent",
        "outreach",
        "verify_contacts",
    ]
    assert "reengage.no_plan" in {one["code"] for one in told["findings"]}


def test_the_same_seed_makes_the_same_record(run: Run, tmp_path: Path) -> None:
    for name in ("one", "two"):
        words = ("reengage", "sample", ROSTER, "--from", "2020-09-08", "--until", "2020-09-11")
        assert run(*words, "--out", tmp_path / name, "--seed", 5).code == 0
    one, two = ((tmp_path / name / "attendance.csv").read_bytes() for name in ("one", "two"))
    assert one == two


MEASURED = "pupilId,measure,period,until,value\r\nmaple-p05,"
TRUE = "pupilId,circumstance,first,last,source\r\nmaple-p05,"
DAY = "x1,maple-p05,2020-09-25,absent,t,2020-09-25T15:30,,"
CALL = "x1,maple-p05,2020-09-25,reached,,,t,2020-09-25T15:30,,"
TIER = "ca.distance.reengagement,evaluate,4,clerk,2,school_days,,Plan"


@pytest.mark.parametrize(
    ("name", "line", "said"),
    [
        ("attendance.csv", DAY.replace("maple-p05", "nobody"), "[pupilId]"),
        ("attendance.csv", DAY.replace("absent", "ill"), "[code]"),
        ("attendance.csv", DAY.replace("T15:30", ""), "[at]"),
        ("attendance.csv", DAY.replace("30,,", "30,gone,"), "[corrects]"),
        ("attendance.csv", DAY.replace("absent", "withdrawn"), "[corrects]: a withdrawal"),
        ("contacts.csv", CALL.replace("reached", "called"), "[code]"),
        ("contacts.csv", CALL.replace("reached", "notice_sent"), "[language]"),
        ("contacts.csv", CALL.replace("reached,,", "notice_sent,es,"), "[about]: a notice without its about"),
        ("contacts.csv", CALL.replace("reached,,", "notice_sent,es,yesterday"), "[about]: 'yesterday'"),
        ("tiers.csv", TIER.replace("ca.distance.re", "ca.re"), "[rule]"),
        ("tiers.csv", TIER.replace("evaluate", "shout"), "[step]"),
        ("tiers.csv", TIER.replace("school_days", "hours"), "[unit]"),
        ("tiers.csv", TIER.replace("evaluate", "outreach"), "[rule]"),
        ("measures.csv", MEASURED + "absent_days,week,2020-09-25,3", "[measure]"),
        ("measures.csv", MEASURED + "uncredited_share,term,2020-09-25,3", "[period]"),
        ("measures.csv", MEASURED + "uncredited_share,year,2020-09-25,-3", "[value]"),
        ("circumstances.csv", TRUE + "tired,,,me", "[circumstance]"),
    ],
)  # fmt: skip
def test_a_fault_of_a_record_is_named_by_file_row_and_column(
    run: Run, record: Path, name: str, line: str, said: str
) -> None:
    add(record, name, line)
    done = run("reengage", "list", ROSTER, record, *AS_OF)
    assert (done.code, done.out) == (2, "")
    assert f"{name}:" in done.err
    assert said in done.err


def test_another_districts_record_is_refused_and_its_pupils_are_nobody_here(run: Run, cedar: Path) -> None:
    done = run("reengage", "list", cedar, RECORD, *AS_OF)
    assert (done.code, done.out) == (2, "")
    assert "attendance.csv:2 [pupilId]" in done.err
    stranger = run("reengage", "case", ROSTER, RECORD, "cedar-p01", *AS_OF)
    assert (stranger.code, "no pupil has the id 'cedar-p01'" in stranger.err) == (2, True)
    quiet = run("reengage", "case", ROSTER, RECORD, "maple-p01", *AS_OF)
    assert "has no case" in quiet.out
