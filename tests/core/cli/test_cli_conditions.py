"""Readings are replayed through the rules at the terminal, beside what really happened."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from conftest import Run

SACRAMENTO = Path(__file__).parents[3] / "examples" / "sacramento" / "conditions"
HEAD = "place,measure,value,first,last,told,source"
LATER = """
book: maple.looser
title: A made-up looser limit
layer: order
place: CA
rules:
  - rule: ca.blueprint.purple
    title: In the range of the purple tier
    kind: trigger
    clauses:
      - from: 2020-08-31
        until: 2021-06-15
        when:
          - {measure: county_case_rate, period: week, over: 10}
          - {measure: county_positivity, period: week, over: 8}
        then: [tier_purple]
        cite: {source: made up}
        confidence: made_up
        checked: 2026-11-21
"""


def county(folder: Path, *rates: float | str, place: str = "maple") -> Path:
    """Write weeks of a small county from 8 September on; its positive tests are 3 percent."""
    folder.mkdir(exist_ok=True)
    rows = [HEAD] if not (folder / "readings.csv").exists() else []
    for number, rate in enumerate(rates):
        told = f"2020-09-{8 + 7 * number:02d}" if number < 4 else f"2020-10-{6 + 7 * (number - 4):02d}"
        for measure, value in (("county_case_rate", rate), ("county_positivity", 3)):
            rows.append(
                f"{place},{measure},{value},2020-08-{1 + number:02d},2020-08-{7 + number:02d},{told},x"
            )
    with (folder / "readings.csv").open("a", encoding="utf-8") as file:
        file.write("\n".join(rows) + "\n")
    (folder / "places.csv").write_text(f"place,circumstances\n{place},small_county\n", encoding="utf-8")
    return folder


def test_sacramentos_dates_follow_from_the_rules(run: Run) -> None:
    done = run("conditions", "replay", SACRAMENTO)
    assert done.code == 0
    assert "2020-11-10  purple assigned, kept from 2020-11-13" in done.out
    assert "left the strictest step on 2020-09-29" in done.out
    assert "schools may open from 2020-10-13" in done.out


def test_a_county_is_replayed_week_by_week(run: Run, tmp_path: Path) -> None:
    folder = county(tmp_path / "c", 9, 5, 5, 5)
    done = run("conditions", "replay", folder, "--json", "--csv", tmp_path / "out.csv")
    (maple,) = json.loads(done.out)["places"]
    assert [week["after"] for week in maple["weeks"]] == ["purple", "purple", "red", "red"]
    assert maple["weeks"][2]["effective"] == "2020-09-25"
    assert maple["opened"] == [
        {"assigned": "2020-09-22", "effective": "2020-09-25", "eligible": "2020-10-06"}
    ]
    with (tmp_path / "out.csv").open(encoding="utf-8", newline="") as text:
        assert [row["after"] for row in csv.DictReader(text)] == ["purple", "purple", "red", "red"]


def test_two_sets_of_rules_are_replayed_side_by_side_and_part_where_it_is_said(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "later.yaml").write_text(LATER, encoding="utf-8")
    folder = county(tmp_path / "c", 9, 9, 9, 9)
    done = run("conditions", "replay", folder, "--against", tmp_path / "later.yaml")
    assert "stays purple; by the other rules red" in done.out
    assert "the two sets of rules part in 2 of 4 weeks" in done.out


def test_every_one_of_several_places_must_meet_it(run: Run, tmp_path: Path) -> None:
    folder = county(tmp_path / "c", 5, 5, 5, 5, place="zip-1")
    county(tmp_path / "c", 5, 9, 5, 5, place="zip-2")
    (folder / "places.csv").write_text(
        "place,circumstances\nzip-1,small_county\nzip-2,small_county\n", encoding="utf-8"
    )
    alone = run("conditions", "replay", folder, "--place", "zip-1")
    assert "purple to red" in alone.out
    both = json.loads(run("conditions", "replay", folder, "--everywhere", "zips", "--json").out)["places"][0]
    assert [week["after"] for week in both["weeks"]] == ["purple", "purple", "purple", "red"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("maple,county_case_rat,5,2020-08-01,2020-08-07,2020-09-08,x", "readings.csv:2 [measure]"),
        ("maple,county_case_rate,nan,2020-08-01,2020-08-07,2020-09-08,x", "readings.csv:2 [value]"),
        ("maple,county_case_rate,5,2020-08-09,2020-08-07,2020-09-08,x", "readings.csv:2 [last]"),
        ("maple,county_case_rate,5,2020-08-01,2020-08-07,8 Sep,x", "readings.csv:2 [told]"),
        ("maple,county_case_rate,5,2020-08-01,2020-08-07,2020-09-08,", "readings.csv:2 [source]"),
    ],
)
def test_a_faulty_reading_is_named_by_file_row_and_column(
    run: Run, tmp_path: Path, row: str, said: str
) -> None:
    (tmp_path / "readings.csv").write_text(f"{HEAD}\n{row}\n", encoding="utf-8")
    done = run("conditions", "replay", tmp_path)
    assert (done.code, done.out) == (2, "")
    assert said in done.err


def test_a_folder_without_readings_and_a_place_that_is_not_there_are_refused_in_words(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    assert "neither readings.csv nor assigned.csv" in run("conditions", "replay", tmp_path / "empty").err
    done = run("conditions", "replay", SACRAMENTO, "--place", "nowhere")
    assert (done.code, "nothing is known of nowhere" in done.err) == (2, True)
