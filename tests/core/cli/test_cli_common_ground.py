"""Common ground at the terminal: the front for all, private limits for the mediator, yes or no for a side."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[3]
TERMS = ROOT / "examples" / "maple" / "disputed.yaml"
GOLDEN = Path(__file__).parent / "golden"
WORDS = ("--day", "2020-09-08", "--workers", 1)
SCHOOL = ("--school", "maple-elementary")
SECRET = "234.5678"


@pytest.fixture(scope="session")
def judged(run: Any, maple: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which every package of Maple's table is judged."""
    out: Path = tmp_path_factory.mktemp("table")
    done = run("common-ground", maple.roster, TERMS, *WORDS, *SCHOOL, "--out", out)
    assert done.code == 0, done.err
    return out


@pytest.fixture
def table(judged: Path, tmp_path: Path) -> Path:
    """A copy of the judged folder, so that each test counts its own questions."""
    (tmp_path / "mediator").mkdir()
    kept = (judged / "mediator" / "packages.jsonl").read_bytes()
    (tmp_path / "mediator" / "packages.jsonl").write_bytes(kept)
    return tmp_path


def limits(folder: Path, side: str, *rows: str) -> Path:
    file = folder / f"{side}.yaml"
    file.write_text(f"side: {side}\nlimits:\n" + "".join(f"  - {{{row}}}\n" for row in rows))
    file.chmod(0o600)
    return file


def both(folder: Path, most: str) -> tuple[object, ...]:
    """Return both sides' limits; the union's is met by no package where `most` is small enough."""
    union = limits(folder, "union", f"measure: teacher_live, at_most: {most}")
    other = limits(folder, "district", "measure: live_minutes, at_least: 130")
    return ("--limits", union, "--limits", other)


def test_a_person_can_read_the_packages_that_none_betters(run: Any, maple: Any, table: Path) -> None:
    """Read `golden/front.csv` and `golden/common_ground.txt`: less than 240 minutes is unlawful in each."""
    done = run("common-ground", maple.roster, TERMS, *WORDS, *SCHOOL, "--out", table)
    assert done.out.replace(str(table), "OUT") == (GOLDEN / "common_ground.txt").read_text()
    assert (table / "front.csv").read_text() == (GOLDEN / "front.csv").read_text()


def test_as_json_it_counts_the_states_and_holds_the_front(run: Any, maple: Any, table: Path) -> None:
    done = run("common-ground", maple.roster, TERMS, *WORDS, *SCHOOL, "--out", table, "--json")
    told = json.loads(done.out)
    assert told["packages"] == {"unlawful": 27, "impossible": 0, "not_found": 0, "carried": 27}
    assert told["front"] == json.loads((table / "front.json").read_text())
    assert told["mediated"] is None


def test_a_second_run_judges_nothing_anew(run: Any, maple: Any, table: Path) -> None:
    before = (table / "mediator" / "packages.jsonl").read_bytes()
    run("common-ground", maple.roster, TERMS, *WORDS, *SCHOOL, "--out", table)
    assert (table / "mediator" / "packages.jsonl").read_bytes() == before


@pytest.mark.skipif(os.name != "posix", reason="only POSIX kills a process like a lost machine does")
@pytest.mark.parametrize("lines", [1, 30, 40])
def test_a_killed_run_goes_on_and_ends_with_the_very_same_front(
    run: Any, kill: Any, maple: Any, judged: Path, tmp_path: Path, lines: int
) -> None:
    words = ("common-ground", maple.roster, TERMS, *WORDS, *SCHOOL, "--out", tmp_path)
    file = tmp_path / "mediator" / "packages.jsonl"
    kill(words, file, lines)
    kept = file.read_bytes()
    file.write_bytes(kept + b'{"stamp": "cut in tw')
    done = run(*words)
    assert done.code == 0, done.err
    assert file.read_bytes().startswith(kept), "nothing that was judged is lost"
    assert (tmp_path / "front.json").read_bytes() == (judged / "front.json").read_bytes()
    assert len(set(file.read_bytes().splitlines())) == 54 + 1


def test_the_mediator_sees_what_each_side_s_limits_leave(run: Any, maple: Any, table: Path) -> None:
    words = ("common-ground", maple.roster, TERMS, *WORDS, *SCHOOL, "--out", table)
    done = run(*words, *both(table, SECRET))
    assert done.code == 0, done.err
    assert "the limits of union leave 18 packages" in done.out
    assert "the limits of district leave 18 packages" in done.out
    assert "within all limits: 9" in done.out
    none = run(*words, *both(table, "100"))
    assert none.code == 1
    assert "without union's teacher_live at most 100 there would be one" in none.out


def test_the_front_is_the_same_whatever_the_limits(run: Any, maple: Any, table: Path) -> None:
    run("common-ground", maple.roster, TERMS, *WORDS, *SCHOOL, "--out", table, *both(table, "100"))
    assert (table / "front.csv").read_text() == (GOLDEN / "front.csv").read_text()


@pytest.mark.parametrize("side", ["union", "district"])
@pytest.mark.parametrize(("most", "yes"), [(SECRET, True), ("100", False)])
def test_a_side_is_told_yes_or_no_and_the_counts_and_nothing_else(
    run: Any, maple: Any, table: Path, side: str, most: str, yes: bool
) -> None:
    words = ("common-ground", maple.roster, TERMS, *WORDS, *SCHOOL, "--out", table, "--asked-by", side)
    done = run(*words, *both(table, most), "--json")
    asked = {"union": 0, "district": 0} | {side: 1}
    assert json.loads(done.out) == {"common": yes, "questions": asked, "most": 2}
    assert done.code == (0 if yes else 1)
    assert run(*words, *both(table, most)).out == (
        f"{'yes' if yes else 'no'}: questions asked so far: union {2 * (side == 'union')}, "
        f"district {2 * (side == 'district')}; each side may ask 2\n"
    )


def test_no_file_for_both_sides_and_no_word_to_a_side_holds_a_private_number(
    run: Any, maple: Any, table: Path
) -> None:
    words = ("common-ground", maple.roster, TERMS, *WORDS, *SCHOOL, "--out", table)
    mediator = run(*words, *both(table, SECRET), "--json")
    side = run(*words, *both(table, SECRET), "--asked-by", "district")
    told = (mediator.err, side.out, side.err, *(file.read_text() for file in table.glob("front.*")))
    assert not any(SECRET in text for text in told)
    kept = (file.read_text() for file in (table / "mediator").iterdir())
    assert not any(SECRET in text for text in kept), "limits stay in their own files"


def test_a_wrong_limit_of_the_other_side_is_not_shown_to_the_one_who_asks(
    run: Any, maple: Any, table: Path
) -> None:
    union = limits(table, "union", f"measure: joy, at_most: {SECRET}")
    words = ("common-ground", maple.roster, TERMS, *WORDS, *SCHOOL, "--out", table, "--limits", union)
    asked = run(*words, "--asked-by", "district")
    assert (asked.code, asked.out) == (2, "")
    assert "joy" not in asked.err
    assert SECRET not in asked.err
    assert "limits 'joy'" in run(*words).err


def test_questions_are_counted_and_end(run: Any, maple: Any, table: Path) -> None:
    words = ("common-ground", maple.roster, TERMS, *WORDS, *SCHOOL, "--out", table, *both(table, SECRET))
    asked = (*words, "--asked-by", "union")
    assert [run(*asked).code for _ in range(3)] == [0, 0, 2]
    refused = run(*asked)
    assert (refused.code, refused.out) == (2, "")
    assert "union has asked all 2 questions it may" in refused.err
    assert run(*words, "--asked-by", "district").code == 0
    assert run(*asked, "--most-questions", 3).code == 0
    run(*words, "--stop-questions")
    assert "the mediator has stopped these questions" in run(*words, "--asked-by", "district").err


def test_halving_finds_one_of_three_values_as_docs_common_ground_says(
    run: Any, maple: Any, table: Path
) -> None:
    """The union's limit is 234; two questions tell the district that it lies from 210 to below 240."""
    union = limits(table, "union", "measure: teacher_live, at_most: 234")
    words = ("common-ground", maple.roster, TERMS, *WORDS, *SCHOOL, "--out", table, "--limits", union)
    told = []
    for least in (130, 150):
        own = limits(table, "district", f"measure: live_minutes, at_least: {least}")
        told.append(run(*words, "--limits", own, "--asked-by", "district").out.split(":")[0])
    assert told == ["yes", "no"]


def test_wrong_words_are_refused_in_words(run: Any, maple: Any, cedar: Path, table: Path) -> None:
    union = limits(table, "union", "measure: teacher_live, at_most: 1")
    wrong = {
        "'cedar' is no side of this table; the sides are union, district": ("--asked-by", "cedar"),
        "give every side's limits": ("--asked-by", "union"),
        "has no school 'cedar-elementary'": ("--school", "cedar-elementary"),
        "has no pupils": ("--day", "2020-09-07"),
        "no side": ("--limits", limits(table, "cedar", "measure: teacher_live, at_most: 1")),
        "is not a date": ("--day", "tomorrow", "--limits", union),
    }
    for said, words in wrong.items():
        done = run("common-ground", maple.roster, TERMS, *WORDS, *SCHOOL, "--out", table, *words)
        assert done.code == 2, said
        assert said in done.err
        assert "Traceback" not in done.err


def test_the_stranger_s_packages_are_never_mixed_in(run: Any, cedar: Path, table: Path) -> None:
    words = ("--school", "cedar-elementary", "--out", table)
    done = run("common-ground", cedar, TERMS, *WORDS, *words)
    assert done.code == 2
    assert "holds results of the district 'maple'" in done.err


def test_where_nothing_is_carried_it_ends_with_3_and_says_why(run: Any, maple: Any, tmp_path: Path) -> None:
    few = tmp_path / "few.yaml"
    text = TERMS.read_text().replace("values: [220, 240]", "values: [220]")
    few.write_text(text.replace("[120, 150, 180]", "[120]").replace("[45, 60, 90]", "[45]"))
    done = run("common-ground", maple.roster, few, *WORDS, *SCHOOL, "--out", tmp_path / "out")
    assert done.code == 3
    assert "3 packages: " in done.out
    assert "asks for at least 240" in done.out
