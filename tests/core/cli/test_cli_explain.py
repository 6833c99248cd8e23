"""Explain a day down to the clause, and the rules that make it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

DAY = "2020-09-08"


def test_each_minute_of_a_pupil_is_shown_with_clause_source_confidence_and_date(run: Any, maple: Any) -> None:
    done = run("explain", maple.roster, maple.plan, "maple-p01", "--on", DAY)
    assert done.code == 0
    assert "180 live and 50 independent: 230 minutes in all" in done.out
    blocks = re.findall(r"^  \d\d:\d\d-\d\d:\d\d +(\d+) (live|independent) ", done.out, re.MULTILINE)
    assert sum(int(minutes) for minutes, _ in blocks) == 230
    assert "[ca.distance.total_minutes@2020-07-01]" in done.out
    assert "ca.distance.total_minutes@2020-07-01 (law, CA)" in done.out
    assert "California Education Code § 43501 https://" in done.out
    assert "quote: TK-K: Reduced from 252 to 180" in done.out
    assert "note: Read through a compiled summary" in done.out
    assert "secondary; checked 2026-11-21; law/ca/distance_2020.yaml:" in done.out


def test_every_clause_of_a_pupil_s_findings_is_cited_as_json(run: Any, maple: Any) -> None:
    told = json.loads(run("explain", maple.roster, maple.plan, "maple-p01", "--on", DAY, "--json").out)
    named = {clause for finding in told["findings"] for clause in finding.get("clauses", ())}
    named |= {clause for reason in told["reasons"]["maple-p01"] for clause in reason["clauses"]}
    assert named | set(told["plan"]["maple-p01"]) == {source["clause"] for source in told["sources"]}
    assert all(source["source"] for source in told["sources"])


def test_a_pupil_is_shown_the_reasons_of_the_page_breaks_and_small_group_among_them(
    run: Any, maple: Any
) -> None:
    done = run("explain", maple.roster, maple.plan, "maple-p01", "--on", DAY)
    demo = "ca-scusd-demo.day"
    for line in (
        "30 live minutes in a small group; at least 15; at most 30",
        f"10 minutes between meetings to count as a break [{demo}.least_break@2020-07-01]",
    ):
        assert f"\n  {line}" in done.out
    assert re.search(r"\n  lunch begins at \d\d:\d\d; not before 11:00 \[", done.out)
    assert "What counts as a break" not in done.out.partition("Where it is written:")[0]
    assert f"  {demo}.least_break@2020-07-01 (policy, ca-scusd-demo)" in done.out
    told = json.loads(run("explain", maple.roster, maple.plan, "maple-p01", "--on", DAY, "--json").out)
    (small,) = [one for one in told["reasons"]["maple-p01"] if one["measure"] == "group_minutes"]
    assert (small["value"], small["at_least"], small["at_most"], small["unit"]) == (30, 15, 30, "minutes")


def test_a_teacher_is_shown_the_reasons_of_the_page(run: Any, maple: Any) -> None:
    done = run("explain", maple.roster, maple.plan, "maple-t0003", "--on", DAY)
    assert (
        "\n  60 minutes for a teacher's preparation; at least 60 [ca-scusd-demo.day.teacher_prep" in done.out
    )


def test_a_pupil_s_findings_are_not_those_of_one_with_a_longer_id(run: Any, maple: Any) -> None:
    told = json.loads(run("explain", maple.roster, maple.plan, "maple-p01", "--on", DAY, "--json").out)
    assert {finding["where"][1] for finding in told["findings"]} == {"pupil maple-p01"}


def test_services_are_judged_by_the_whole_week_of_the_date(run: Any, maple: Any) -> None:
    done = run("explain", maple.roster, maple.plan, "maple-p01", "--on", "2020-09-16")
    assert "is owed 60 minutes of speech a week; in the week of 2020-09-14 60 are placed" in done.out


def test_a_household_shows_all_its_children_and_where_devices_run_short(run: Any, maple: Any) -> None:
    done = run("explain", maple.roster, maple.plan, "maple-h01", "--on", DAY)
    assert done.code == 0
    assert "household maple-h01, pupils: 2, devices: 1" in done.out
    assert "maple-p01: " in done.out
    assert "maple-p02: " in done.out
    told = json.loads(run("explain", maple.roster, maple.plan, "maple-h01", "--on", DAY, "--json").out)
    assert all("are live at once, devices: 1" in note for note in told["notes"])


def test_a_teacher_shows_meetings_lunch_and_preparation(run: Any, maple: Any) -> None:
    done = run("explain", maple.roster, maple.plan, "maple-t0003", "--on", DAY)
    assert "live minutes within 08:00-15:30" in done.out
    lunch = re.search(r"(\d\d:\d\d)-(\d\d:\d\d)  30 lunch", done.out)
    assert lunch is not None
    assert "11:00" <= lunch[1] < lunch[2] <= "13:30"
    assert "60 preparation" in done.out
    assert "[ca-scusd-demo.day.teacher_preparation@2020-07-01]" in done.out


def test_a_school_counts_what_is_met(run: Any, maple: Any) -> None:
    done = run("explain", maple.roster, maple.plan, "maple-elementary", "--on", DAY)
    assert "met: 36 times [ca.distance.total_minutes@2020-07-01] (day.total_minutes)" in done.out


@pytest.mark.parametrize("name", ["ca.distance.total_minutes", "ca.distance.total_minutes@2020-07-01"])
def test_a_clause_is_explained_for_everybody(run: Any, maple: Any, name: str) -> None:
    done = run("explain", maple.roster, maple.plan, "--on", DAY, "--clause", name)
    assert done.code == 0
    assert "60 findings, 0 broken." in done.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nobody", "--on", DAY), "'nobody' is no pupil, teacher, household or school"),
        (("--on", DAY), "say whom to explain by an id, or which clause with --clause"),
        (("--on", DAY, "--clause", "ca.nothing"), "no clause or rule is called 'ca.nothing'"),
        (("maple-p01", "--on", "2020-09-07"), "2020-09-07 is a holiday (Labor Day)"),
    ],
)
def test_what_cannot_be_explained_is_refused_in_words(
    run: Any, maple: Any, words: tuple[str, ...], said: str
) -> None:
    done = run("explain", maple.roster, maple.plan, *words)
    assert done.code == 2
    assert said in done.err


PLACES = ("--place", "CA", "--place", "ca-scusd", "--place", "ca-scusd-demo")


def test_the_table_makes_the_minutes_of_each_grade_from_the_standing_rules(run: Any) -> None:
    told = json.loads(run("rules", "table", "--on", DAY, *PLACES, "--json").out)
    made = {row["grade"]: (row["total"], row["live"], row["independent"]) for row in told["grades"]}
    assert made["K"] == (180, 90, 90)
    assert made["3"] == (230, 180, 50)
    assert made["9"] == (240, 180, 60)
    cited = {clause for row in told["grades"] for clause in row["clauses"]}
    assert cited == {source["clause"] for source in told["sources"]}


def test_the_table_is_readable_and_follows_a_proposal_taken_as_agreed(run: Any) -> None:
    done = run("rules", "table", "--on", DAY, *PLACES, "--adopt", "ca-scusd.scta_position")
    assert done.code == 0
    assert done.out.startswith("grade  total  live  independent")
    assert "ca-scusd.scta_position" in done.out
    assert done.out != run("rules", "table", "--on", DAY, *PLACES).out


def test_a_table_of_a_date_without_rules_is_refused(run: Any) -> None:
    done = run("rules", "table", "--on", "2022-09-08", "--place", "CA")
    assert done.code == 2
    assert "is not in force on 2022-09-08" in done.err


def test_a_table_of_a_day_without_pupils_says_why(run: Any) -> None:
    done = run("rules", "table", "--on", "2020-09-01", *PLACES)
    assert done.code == 0
    assert "SCTA members will receive paid professional development" in done.out


def test_a_table_of_clauses_in_conflict_ends_with_3(run: Any, noon: Path, tmp_path: Path) -> None:
    text = noon.read_text().replace("noon", "much").replace("day_end", "live_minutes")
    text = text.replace("minute_of_day", "minutes").replace('at_most: "12:00"', "at_least: 400")
    (tmp_path / "much.yaml").write_text(text)
    done = run("rules", "table", "--on", DAY, *PLACES, "--what-if", tmp_path / "much.yaml")
    assert done.code == 3
    assert "grade 3: no plan of minutes" in done.out


def test_rules_are_checked_listed_and_shown(run: Any, noon: Path) -> None:
    assert "every one is cited" in run("rules", "check").out
    assert json.loads(run("rules", "check", "--json").out) == {"faults": [], "findings": []}
    listed = run("rules", "list", "--on", DAY, "--place", "CA").out
    assert "ca.distance.total_minutes@2020-07-01" in listed
    assert "clauses stand on 2020-09-08" in listed
    assert "§ 43501" in run("rules", "show", "ca.distance.total_minutes").out
    lapsed = run("rules", "show", "ca.distance.total_minutes", "--on", "2026-01-01")
    assert (lapsed.code, "is not in force on 2026-01-01" in lapsed.err) == (2, True)
    assert run("rules", "show", "ca.nothing").code == 2
    assert run("rules", "list", "--on", DAY, "--place", "Atlantis").code == 2
    assert run("rules", "check", "/no/such.yaml").code == 2


def test_a_broken_book_is_refused_with_file_line_and_clause(run: Any, noon: Path, tmp_path: Path) -> None:
    book = tmp_path / "broken.yaml"
    book.write_text(noon.read_text().replace("cite: {source: Made up for a test, quote: home for lunch}", ""))
    done = run("rules", "check", book)
    assert done.code == 2
    assert f"{book}:" in done.err
    assert "what-if.noon.day_end@2020-07-01" in done.err
    told = json.loads(run("rules", "check", book, "--json").out)
    assert told["faults"][0]["clause"] == "what-if.noon.day_end@2020-07-01"
