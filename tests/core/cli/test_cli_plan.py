"""Plan, improve and check at the terminal."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from schoolday.files.plans import read_plan
from schoolday.timetable.check import check

DAY = "2020-09-08"
WEEK = ("--from", "2020-09-08", "--until", "2020-09-11")


def test_maple_s_plan_is_lawful_and_the_check_of_its_first_dates_ends_well(run: Any, maple: Any) -> None:
    done = run("check", maple.roster, maple.plan, "--from", "2020-09-01", "--until", "2020-09-11")
    assert done.code == 0
    assert "2 schools checked on 6 dates" in done.out
    assert "0 hard findings" in done.out
    assert all(not check(week.problem, week.timetable) for week in read_plan(maple.plan).weeks.values())


def test_what_a_short_week_owes_is_told_with_the_first_school_day_of_that_week(run: Any, maple: Any) -> None:
    done = run("check", maple.roster, maple.plan, "--from", "2020-09-01", "--until", "2020-09-11")
    weeks = re.findall(
        r"maple-p01 is owed 60 minutes of speech a week; in the week of (\S+) \d+ are", done.out
    )
    assert weeks[0] == "2020-09-03"
    assert weeks[1:] in ([], ["2020-09-08"])
    assert done.out.count("is owed") == done.out.count("in the week of")


def test_the_check_as_json_is_a_list_of_findings(run: Any, maple: Any) -> None:
    found = json.loads(run("check", maple.roster, maple.plan, *WEEK, "--json").out)
    assert all({"code", "said", "status"} <= one.keys() for one in found)


def test_a_plan_that_breaks_a_what_if_ends_with_1_and_names_the_clause(
    run: Any, maple: Any, noon: Path
) -> None:
    done = run("check", maple.roster, maple.plan, *WEEK, "--what-if", noon)
    assert done.code == 1
    assert "what-if.noon.day_end@2020-07-01" in done.out


def test_where_nothing_fits_the_clauses_in_conflict_are_told_with_their_words_and_the_code_is_3(
    run: Any, maple: Any, noon: Path, tmp_path: Path
) -> None:
    words = ("--day", DAY, "--out", tmp_path / "plan", "--what-if", noon, "--workers", 1)
    done = run("plan", maple.roster, *words)
    assert done.code == 3
    assert "no lawful week was found" in done.err
    assert "without any one of these they fit" in done.err
    assert "what-if.noon.day_end@2020-07-01 (policy, ca-scusd-demo)" in done.out
    assert "quote: home for lunch" in done.out
    assert "made_up; checked 2026-11-21" in done.out
    assert not (tmp_path / "plan" / "plan.json").exists()


def test_clauses_that_leave_no_plan_of_minutes_are_told_and_the_code_is_3(
    run: Any, maple: Any, noon: Path, tmp_path: Path
) -> None:
    book = tmp_path / "much.yaml"
    text = noon.read_text().replace("noon", "much").replace("day_end", "live_minutes")
    text = text.replace("minute_of_day", "minutes").replace('at_most: "12:00"', "at_least: 400")
    book.write_text(text)
    done = run("plan", maple.roster, "--day", DAY, "--out", tmp_path / "plan", "--what-if", book)
    assert done.code == 3
    assert "what-if.much.live_minutes@2020-07-01 (policy" in done.out


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2020-09-07", "2020-09-07 is a holiday (Labor Day)"),
        ("2020-09-05", "2020-09-05 is on a weekend"),
        ("2020-09-01", "2020-09-01 is a day of preparation, without pupils"),
        ("2026-09-08", "2026-09-08 lies outside the school year"),
        ("soon", "'soon' is not a date; write it as 2020-09-08"),
    ],
)
def test_a_date_without_pupils_is_refused_in_words(
    run: Any, maple: Any, tmp_path: Path, day: str, said: str
) -> None:
    done = run("plan", maple.roster, "--day", day, "--out", tmp_path / "plan")
    assert done.code == 2
    assert said in done.err
    assert not (tmp_path / "plan").exists()


def test_a_date_without_rules_is_refused_in_words(run: Any, maple: Any, noon: Path, tmp_path: Path) -> None:
    done = run("plan", maple.roster, "--day", DAY, "--out", tmp_path / "plan", "--rules", noon)
    assert done.code == 2
    assert "is not in force on 2020-09-08" in done.err


def test_a_plan_for_another_roster_is_refused(run: Any, maple: Any, cedar: Path) -> None:
    done = run("check", cedar, maple.plan, *WEEK)
    assert done.code == 2
    assert "is of the district 'maple', the roster in" in done.err


def test_a_plan_whose_pupils_have_left_is_refused(run: Any, maple: Any, tmp_path: Path) -> None:
    plan = tmp_path / "plan"
    (plan / "schools").mkdir(parents=True)
    for file in (maple.plan / "plan.json", *(maple.plan / "schools").glob("*.json")):
        text = file.read_text().replace("maple-p01", "maple-p99")
        (plan / file.relative_to(maple.plan)).write_text(text)
    done = run("check", maple.roster, plan, *WEEK)
    assert done.code == 2
    assert "was made for another roster: 1 of its schools, classes or people" in done.err


def test_another_district_s_plan_is_never_written_over(
    run: Any, maple: Any, cedar: Path, tmp_path: Path
) -> None:
    done = run("plan", cedar, "--day", DAY, "--out", maple.plan)
    assert done.code == 2
    assert "holds the plan of the district 'maple'" in done.err


@pytest.mark.parametrize("command", ["check", "explain", "export"])
def test_a_plan_that_is_not_there_is_said_to_be_missing(
    run: Any, maple: Any, tmp_path: Path, command: str
) -> None:
    words = {
        "check": WEEK,
        "explain": ("maple-p01", "--on", DAY),
        "export": (*WEEK, "--out", tmp_path / "rows.csv"),
    }
    done = run(command, maple.roster, tmp_path / "none", *words[command])
    assert done.code == 2
    assert "there is no such file; make the plan with `schoolday plan`" in done.err


def test_a_folder_that_nobody_may_write_is_said_before_any_work(run: Any, maple: Any) -> None:
    done = run("plan", maple.roster, "--day", DAY, "--out", "/proc/plan")
    assert done.code == 2
    assert done.err.startswith("/proc/plan: ")


def test_progress_off_a_terminal_is_plain_lines_on_standard_error(
    run: Any, maple: Any, tmp_path: Path
) -> None:
    plan = tmp_path / "plan"
    done = run("plan", maple.roster, "--day", DAY, "--out", plan, "--sweeps", 0, "--workers", 1, "--json")
    assert "lawful: 2 of 2 schools" in done.err
    told = json.loads(done.out)
    assert (told["schools"], told["broken"]) == (2, 0)


def test_the_same_seed_and_steps_give_the_same_plan(run: Any, maple: Any, tmp_path: Path) -> None:
    words = ("--day", DAY, "--steps", 20, "--workers", 2)
    run("plan", maple.roster, "--out", tmp_path / "again", *words)
    assert read_plan(tmp_path / "again") == read_plan(maple.plan)


@pytest.mark.parametrize("group", [True, False], ids=["the whole group", "the parent alone"])
def test_ctrl_c_ends_with_a_plain_word_and_the_last_whole_plan_stands(
    run: Any, maple: Any, tmp_path: Path, group: bool
) -> None:
    plan = tmp_path / "plan"
    assert run("plan", maple.roster, "--day", DAY, "--out", plan, "--sweeps", 0, "--workers", 1).code == 0
    # Started by a job in the background, the tests would hand on that Ctrl-C is ignored.
    hears = "import signal; signal.signal(signal.SIGINT, signal.default_int_handler)"
    code = f"{hears}; import sys; from schoolday.cli import main; main(sys.argv[1:])"
    words = ["improve", str(maple.roster), str(plan), "--sweeps", "500", "--steps", "50", "--workers", "1"]
    process = subprocess.Popen(
        [sys.executable, "-c", code, *words], stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert process.stderr is not None
    said = ""
    while "sweep 1 of 500" not in said:
        line = process.stderr.readline()
        assert line, said
        said += line
    time.sleep(0.2)
    (os.killpg if group else os.kill)(process.pid, signal.SIGINT)
    said += process.communicate(timeout=60)[1]
    assert process.returncode == 130
    assert "stopped; what stood before stands" in said
    assert "Traceback" not in said
    assert run("check", maple.roster, plan, *WEEK).code == 0
