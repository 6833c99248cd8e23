"""Other ways of schooling at the terminal: independent study planned, kept and judged; the rest refused."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from schoolday.calendar.days import Calendar
from schoolday.files.plans import read_plan
from schoolday.files.rosters import write_roster
from schoolday.rules import Way
from schoolday.sample.write import sample

DAY = "2022-09-13"
WEEK = ("--from", "2022-09-12", "--until", "2022-09-16")
STUDY = ("--way", "independent_study")
LIVE = "ca.independent_study.synchronous_daily@2021-07-09"
TOTAL = "ca.independent_study.total_minutes@2022-06-30"


class Studied(NamedTuple):
    """A roster's file and the folder of its plan for independent study."""

    roster: Path
    plan: Path


def _maple_in(first: date, last: date, file: Path) -> Path:
    """Write Maple's people in another school year; its promised services were for 2020-21 only."""
    roster = sample("maple")
    enrollments = tuple(replace(row, first=None, last=None) for row in roster.enrollments)
    moved = replace(roster, calendar=Calendar(first, last), enrollments=enrollments, services={})
    write_roster(moved, file)
    return file


@pytest.fixture(scope="module")
def studied(run: Any, tmp_path_factory: pytest.TempPathFactory) -> Studied:
    folder = tmp_path_factory.mktemp("study")
    roster = _maple_in(date(2022, 8, 15), date(2023, 6, 9), folder / "maple.zip")
    words = ("--day", DAY, "--out", folder / "plan", "--workers", 1, "--steps", 5)
    done = run("plan", roster, *words, *STUDY)
    assert done.code == 0, done.err
    assert "plan (independent study): 2 schools" in done.out
    return Studied(roster, folder / "plan")


def test_the_way_is_kept_with_the_plan_and_judged_by_its_own_law(run: Any, studied: Studied) -> None:
    assert read_plan(studied.plan).way is Way.INDEPENDENT_STUDY
    done = run("check", studied.roster, studied.plan, *WEEK)
    assert done.code == 0, done.out
    assert "2 schools checked on 5 dates" in done.out
    assert "0 hard findings" in done.out


def _book(measure: str, file: Path, least: int = 90) -> Path:
    """Write a made-up book that asks for so many minutes of something in independent study alone."""
    file.write_text(
        f"""
book: what-if.more
title: Made up for a test - more minutes of independent study
layer: policy
place: ca-scusd-demo
rules:
  - rule: what-if.more.{measure}
    title: More minutes of independent study (made up)
    measure: {measure}
    unit: minutes
    ways: [independent_study]
    clauses:
      - from: 2022-07-01
        at_least: {least}
        cite: {{source: Made up for a test}}
        confidence: made_up
        checked: 2026-11-21
"""
    )
    return file


def test_a_what_if_for_independent_study_reaches_the_check(
    run: Any, studied: Studied, tmp_path: Path
) -> None:
    book = _book("teacher_preparation", tmp_path / "more.yaml", 400)
    done = run("check", studied.roster, studied.plan, *WEEK, "--what-if", book)
    assert done.code == 1
    assert "what-if.more.teacher_preparation@2022-07-01" in done.out


def test_a_teacher_s_day_is_laid_by_the_rules_of_independent_study(
    run: Any, studied: Studied, tmp_path: Path
) -> None:
    teacher = next(iter(sample("maple").teaching)).staff
    book = _book("teacher_lunch", tmp_path / "more.yaml")
    done = run("explain", studied.roster, studied.plan, teacher, "--on", DAY, "--what-if", book)
    assert " 90 lunch" in done.out


def test_a_day_of_independent_study_is_explained_with_the_clauses_of_independent_study(
    run: Any, studied: Studied
) -> None:
    done = run("explain", studied.roster, studied.plan, "maple-p01", "--on", DAY)
    assert done.code == 0
    assert LIVE in done.out
    assert TOTAL in done.out
    assert "ca.distance" not in done.out


def test_planning_on_keeps_the_way(run: Any, studied: Studied) -> None:
    done = run("improve", studied.roster, studied.plan, "--sweeps", 1, "--steps", 5, "--workers", 1, "--json")
    assert json.loads(done.out)["way"] == "independent_study"
    assert read_plan(studied.plan).way is Way.INDEPENDENT_STUDY


def test_feeds_and_rows_of_independent_study_need_no_word_of_the_way(
    run: Any, studied: Studied, tmp_path: Path
) -> None:
    done = run("feeds", studied.roster, studied.plan, *WEEK, "--out", tmp_path / "feeds")
    assert "42 feeds for 5 dates" in done.out
    done = run("export", studied.roster, studied.plan, *WEEK, "--out", tmp_path / "rows.csv")
    assert done.code == 0, done.err


def test_a_plan_for_distance_says_so(run: Any, maple: Any) -> None:
    assert read_plan(maple.plan).way is Way.DISTANCE


def test_distance_is_refused_once_its_law_has_lapsed(run: Any, studied: Studied, tmp_path: Path) -> None:
    done = run("plan", studied.roster, "--day", DAY, "--out", tmp_path / "plan")
    assert done.code == 2
    assert "in the way distance" in done.err


def test_independent_study_is_refused_for_a_date_on_which_no_clause_says_how_long_its_day_is(
    run: Any, tmp_path: Path
) -> None:
    roster = _maple_in(date(2021, 8, 16), date(2022, 6, 10), tmp_path / "maple.zip")
    done = run("plan", roster, "--day", "2021-10-12", "--out", tmp_path / "plan", *STUDY)
    assert done.code == 2
    assert "total_minutes is not in force on 2021-10-12" in done.err
    assert "owes in the way independent_study" in done.err
    assert not (tmp_path / "plan").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (
            ("--way", "hybrid"),
            "a hybrid program needs its cohorts: give --way hybrid and --cohorts FILE together",
        ),
        (STUDY, "--asked says who stays at home in person: give it with --way in_person"),
    ],
)
def test_files_that_do_not_go_with_the_way_are_refused_in_words(
    run: Any, studied: Studied, tmp_path: Path, words: tuple[str, ...], said: str
) -> None:
    asked = ("--asked", tmp_path) if words is STUDY else ()
    done = run("plan", studied.roster, "--day", DAY, "--out", tmp_path / "plan", *words, *asked)
    assert done.code == 2
    assert said in done.err
    assert not (tmp_path / "plan").exists()


def test_a_week_in_person_is_planned_under_the_minimum_day_of_its_date(
    run: Any, studied: Studied, tmp_path: Path
) -> None:
    words = ("--day", DAY, "--way", "in_person", "--out", tmp_path / "plan", "--workers", 1, "--steps", 5)
    done = run("plan", studied.roster, *words)
    assert done.code == 0, done.err
    assert "plan (in person): 2 schools" in done.out
    done = run("check", studied.roster, tmp_path / "plan", *WEEK)
    assert "0 hard findings" in done.out
    done = run("explain", studied.roster, tmp_path / "plan", "maple-p01", "--on", DAY)
    assert "ca.minimum_day.primary@2021-07-01" in done.out


def test_the_table_of_minutes_refuses_hybrid_where_no_rule_counts_a_day_at_home(run: Any) -> None:
    done = run("rules", "table", "--on", "2026-09-08", "--place", "CA", "--way", "hybrid")
    assert done.code == 2
    assert "days at home pupils are in distance learning, and no rule says how long" in done.err


def test_a_way_that_nobody_knows_is_refused_with_the_ways_there_are(
    run: Any, maple: Any, tmp_path: Path
) -> None:
    done = run("plan", maple.roster, "--day", "2020-09-08", "--out", tmp_path / "plan", "--way", "remote")
    assert done.code == 2
    assert "independent_study" in done.err
