"""What conditions allow, at the terminal: on a date, before it takes effect, and over a whole year."""

from __future__ import annotations

import csv
import json
from pathlib import Path

from conftest import District, Run

SACRAMENTO = Path(__file__).parents[3] / "examples" / "sacramento" / "conditions"
GOLDEN = Path(__file__).parent / "golden" / "sacramento-autumn-2020.txt"


def test_a_date_says_what_is_allowed_and_why(run: Run, maple: District) -> None:
    done = run("conditions", "allowed", maple.roster, SACRAMENTO, "--on", "2020-10-13")
    assert done.code == 0, done.err
    assert "in person allowed" in done.out
    assert "14 days in the red tier" in done.out
    told = json.loads(
        run("conditions", "allowed", maple.roster, SACRAMENTO, "--on", "2020-10-12", "--json").out
    )
    assert {one["states"]["in_person"] for one in told["allowed"]} == {"closed"}
    assert {why["effect"] for one in told["allowed"] for why in one["whys"]} == {"waits", "opens"}


def test_a_preview_names_schools_grades_and_how_many_it_touches(run: Run, maple: District) -> None:
    words = (
        "conditions",
        "preview",
        maple.roster,
        SACRAMENTO,
        "--from",
        "2020-11-12",
        "--until",
        "2020-11-13",
    )
    done = run(*words, "--known-by", "2020-11-10")
    assert "in person allowed to closed" in done.out
    assert " pupils, " in done.out
    nothing = run(*words, "--known-by", "2020-11-09")
    assert nothing.out.startswith("Nothing changes from 2020-11-12 to 2020-11-13")
    told = json.loads(run(*words, "--known-by", "2020-11-10", "--json").out)
    assert {one["after"] for one in told["turns"]} == {"closed"}


def test_the_autumn_of_2020_in_sacramento_can_be_read_week_by_week(run: Run, maple: District) -> None:
    done = run(
        "conditions", "year", maple.roster, SACRAMENTO, "--from", "2020-08-31", "--until", "2020-11-27"
    )
    assert done.code == 0, done.err
    assert done.out == GOLDEN.read_text(encoding="utf-8")


def test_the_unions_rule_runs_beside_the_counties_and_the_weeks_in_which_they_part_are_named(
    run: Run, maple: District, tmp_path: Path
) -> None:
    folder = tmp_path / "zips"
    folder.mkdir()
    rows = ["place,measure,value,first,last,told,source"]
    for number in range(8):
        told = f"2020-09-{8 + 7 * number:02d}" if number < 4 else f"2020-10-{6 + 7 * (number - 4):02d}"
        for place, rate in (("zip-a", 3), ("zip-b", 9)):
            for measure, value in (("county_case_rate", rate), ("county_positivity", 3)):
                rows.append(
                    f"{place},{measure},{value},2020-08-{1 + number:02d},2020-08-{7 + number:02d},{told},x"
                )
    (folder / "readings.csv").write_text("\n".join(rows) + "\n")
    (folder / "places.csv").write_text("place,circumstances\nzip-a,small_county\nzip-b,small_county\n")
    out = tmp_path / "weeks.csv"
    words = ("conditions", "year", maple.roster, folder, "--from", "2020-09-07", "--until", "2020-10-30")
    done = run(*words, "--everywhere", "zips", "--csv", out)
    assert done.code == 0, done.err
    assert "PARTS" in done.out
    assert "The two sets of rules part in " in done.out
    with out.open(newline="") as file:
        rows_ = list(csv.DictReader(file))
    assert any((row["days"], row["by_other_rules"]) == ("all", "none") for row in rows_)


def test_a_school_that_the_roster_has_not_is_named(run: Run, maple: District) -> None:
    done = run("conditions", "allowed", maple.roster, SACRAMENTO, "--on", "2020-10-13", "--school", "nowhere")
    assert done.code == 2
    assert "no school nowhere" in done.err


def test_wrong_events_and_sites_are_named_by_file_row_and_column(
    run: Run, maple: District, tmp_path: Path
) -> None:
    (tmp_path / "assigned.csv").write_text("place,step,told,effective,source\nc,red,2020-09-29,,x\n")
    (tmp_path / "events.csv").write_text(
        "school,event,day,grades,source\na,opened,2020-13-01,TK-6,x\nb,exploded,2020-10-01,6-TK,x\n"
    )
    (tmp_path / "sites.csv").write_text("school,places\na,\n")
    done = run("conditions", "allowed", maple.roster, tmp_path, "--on", "2020-10-13")
    assert done.code == 2
    for said in ("events.csv", "2020-13-01", "'exploded' is no event", "'6-TK' names no grades", "sites.csv"):
        assert said in done.err
