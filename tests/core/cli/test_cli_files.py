"""Rosters in and out, feeds and rows: what the terminal reads and writes."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import icalendar
import pytest

from schoolday.files.plans import read_plan, write_plan
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.timetable import Timetable

DAY = "2020-09-08"
WEEK = ("--from", "2020-09-08", "--until", "2020-09-11")


def _events(file: Path) -> dict[str, Any]:
    return {str(one["UID"]): one for one in icalendar.Calendar.from_ical(file.read_bytes()).walk("VEVENT")}


def _without_one(plan: Path, to: Path) -> None:
    """Write the plan without one activity of a pupil of the first household."""
    made = read_plan(plan)
    week = made.weeks["maple-elementary"]
    gone = next(one.id for one in week.problem.activities if "maple-p01" in one.pupils)
    left = tuple(one for one in week.timetable.placements if one.activity != gone)
    weeks = {**made.weeks, "maple-elementary": SchoolWeek(week.problem, Timetable("maple-elementary", left))}
    write_plan(replace(made, weeks=weeks), to)


def test_every_household_has_a_feed_that_a_calendar_reads(run: Any, maple: Any, tmp_path: Path) -> None:
    done = run("feeds", maple.roster, maple.plan, *WEEK, "--out", tmp_path)
    assert done.code == 0
    assert "42 feeds for 4 dates, 42 written" in done.out
    assert len(list(tmp_path.glob("*.ics"))) == 42
    # Two pupils with six live meetings on each of four days.
    assert len(_events(tmp_path / "maple-h01.ics")) >= 48


def test_feeds_that_did_not_change_keep_their_bytes(run: Any, maple: Any, tmp_path: Path) -> None:
    run("feeds", maple.roster, maple.plan, *WEEK, "--out", tmp_path)
    before = {file.name: file.read_bytes() for file in tmp_path.glob("*.ics")}
    done = run("feeds", maple.roster, maple.plan, *WEEK, "--out", tmp_path, "--moment", "2030-01-01T00:00")
    assert "0 written" in done.out
    assert {file.name: file.read_bytes() for file in tmp_path.glob("*.ics")} == before


def test_a_meeting_that_is_gone_stays_as_cancelled_with_a_higher_sequence(
    run: Any, maple: Any, tmp_path: Path
) -> None:
    out = tmp_path / "feeds"
    run("feeds", maple.roster, maple.plan, *WEEK, "--out", out)
    before = _events(out / "maple-h01.ics")
    _without_one(maple.plan, tmp_path / "plan")
    run("feeds", maple.roster, tmp_path / "plan", *WEEK, "--out", out)
    after = _events(out / "maple-h01.ics")
    assert after.keys() == before.keys()
    cancelled = [one for one in after.values() if one["STATUS"] == "CANCELLED"]
    assert len(cancelled) == 4
    assert {one["SEQUENCE"] for one in cancelled} == {1}
    run("feeds", maple.roster, tmp_path / "plan", *WEEK, "--out", out)
    assert _events(out / "maple-h01.ics") == after


def test_feeds_of_another_district_are_never_mixed_in(
    run: Any, maple: Any, cedar: Path, tmp_path: Path
) -> None:
    run("feeds", maple.roster, maple.plan, *WEEK, "--out", tmp_path / "feeds")
    words = ("--day", DAY, "--out", tmp_path / "plan", "--workers", 1, "--sweeps", 0)
    assert run("plan", cedar, *words).code == 0
    done = run("feeds", cedar, tmp_path / "plan", *WEEK, "--out", tmp_path / "feeds")
    assert done.code == 2
    assert "holds the feeds of the district 'maple'" in done.err


def test_a_state_that_is_not_ours_is_named(run: Any, maple: Any, tmp_path: Path) -> None:
    run("feeds", maple.roster, maple.plan, *WEEK, "--out", tmp_path)
    (tmp_path / ".state" / "maple-h01.json").write_text("[1, 2")
    done = run("feeds", maple.roster, maple.plan, *WEEK, "--out", tmp_path)
    assert done.code == 2
    assert "maple-h01.json: this is no state of a feed" in done.err


def test_rows_add_up_to_what_each_pupil_is_due(run: Any, maple: Any, tmp_path: Path) -> None:
    out = tmp_path / "rows.csv"
    done = run("export", maple.roster, maple.plan, "--from", DAY, "--until", DAY, "--out", out)
    assert done.code == 0
    with out.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["pupil"] == "maple-p01"]
    assert sum(int(row["minutes"]) for row in rows) == 230
    assert {row["origin"] for row in rows} == {"plan"}


def test_rows_go_whole_or_not_at_all(run: Any, maple: Any, tmp_path: Path) -> None:
    done = run("export", maple.roster, maple.plan, *WEEK, "--out", tmp_path / "none" / "rows.csv")
    assert done.code == 2
    assert "look at the path" in done.err
    assert list(tmp_path.iterdir()) == []


def test_a_roster_is_checked_written_and_read_again(run: Any, maple: Any, tmp_path: Path) -> None:
    assert "60 pupils" in run("roster", "check", maple.roster, "--on", DAY).out
    assert run("roster", "write", maple.roster, tmp_path / "again", "--on", DAY).code == 0
    told = json.loads(run("roster", "check", tmp_path / "again", "--on", DAY, "--json").out)
    assert told["taken"] is True
    assert told["counts"]["pupils"] == 60


def test_side_files_may_lie_elsewhere(run: Any, maple: Any, tmp_path: Path) -> None:
    with zipfile.ZipFile(maple.roster) as file:
        file.extractall(tmp_path / "roster")
    shutil.move(tmp_path / "roster" / "schoolday", tmp_path / "sides")
    without = json.loads(run("roster", "check", tmp_path / "roster", "--on", DAY, "--json").out)
    words = (tmp_path / "roster", "--on", DAY, "--sides", tmp_path / "sides", "--json")
    beside = json.loads(run("roster", "check", *words).out)
    assert beside["counts"]["services"] == 7
    assert without["counts"]["services"] == 0


def test_a_broken_roster_is_refused_with_every_fault_and_planning_does_not_start(
    run: Any, maple: Any, tmp_path: Path
) -> None:
    with zipfile.ZipFile(maple.roster) as file:
        file.extractall(tmp_path / "roster")
    users = tmp_path / "roster" / "users.csv"
    users.write_text(users.read_text().replace("maple-elementary", "maple-nowhere"))
    done = run("roster", "check", tmp_path / "roster", "--on", DAY)
    assert done.code == 1
    assert "users.csv:" in done.out
    assert "is refused; nothing was changed" in done.out
    planned = run("plan", tmp_path / "roster", "--day", DAY, "--out", tmp_path / "plan")
    assert planned.code == 2
    assert "users.csv:" in planned.err
    assert not (tmp_path / "plan").exists()


def test_a_roster_cut_short_is_broken_and_only_advice_when_forced(run: Any, maple: Any, cedar: Path) -> None:
    done = run("roster", "compare", maple.roster, cedar, "--on", DAY)
    assert done.code == 1
    assert "60 of 60 pupils are missing" in done.out
    assert run("roster", "compare", maple.roster, cedar, "--on", DAY, "--force").code == 0
    same = run("roster", "compare", maple.roster, maple.roster, "--on", DAY)
    assert (same.code, "Nothing of weight is missing." in same.out) == (0, True)


@pytest.mark.parametrize("words", [("roster", "check"), ("roster", "write", "out")])
def test_a_roster_that_is_not_there_is_wrong_input(run: Any, tmp_path: Path, words: tuple[str, ...]) -> None:
    done = run(*words[:2], tmp_path / "none.zip", *words[2:], "--on", DAY)
    assert done.code == 2
    assert "does not exist" in done.err


def test_an_unknown_sample_is_refused_with_the_names_there_are(run: Any, tmp_path: Path) -> None:
    done = run("sample", "birch", tmp_path / "birch")
    assert done.code == 2
    assert "sacramento, maple, cedar" in done.err


def test_findings_say_what_their_codes_mean(run: Any) -> None:
    assert run("findings", "day.unlaid").out.startswith("day.unlaid: Minutes of independent work")
    assert run("findings", "day.nothing").code == 2


def test_a_reader_that_stops_reading_ends_it_without_a_word() -> None:
    code = "import sys; from schoolday.cli import main; main(sys.argv[1:])"
    words = [sys.executable, "-c", code, "rules", "list", "--on", DAY]
    process = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    assert process.wait(60) == 141
    assert process.stderr.read() == b""
    process.stderr.close()


def test_letters_of_control_in_a_file_never_reach_the_terminal(run: Any, noon: Path, tmp_path: Path) -> None:
    book = tmp_path / "bell.yaml"
    book.write_text(noon.read_text().replace("The day ends at noon (made up)", '"\\e[31mred (made up)"'))
    done = run("rules", "show", "what-if.noon.day_end", "--rules", book)
    assert "\x1b" not in done.out
    assert "red" in done.out + done.err
