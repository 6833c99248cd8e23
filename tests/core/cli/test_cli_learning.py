"""Standards and learning at the terminal: golden answers on Maple, groups made and followed, refusals."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from conftest import District, Run

from schoolday.files.standards import NOTICE

ROOT = Path(__file__).parents[3]
ROSTER, EXAMPLE = ROOT / "examples" / "maple" / "roster", ROOT / "examples" / "maple" / "learning"
GOLDEN = Path(__file__).parent / "golden"
ON = ("--on", "2020-10-02")
GRADE = ("--grade", "3", "--subject", "math")
STRETCH = ("--from", "2020-10-05", "--until", "2020-11-20")


@pytest.mark.parametrize(
    ("words", "golden", "code"),
    [
        (("learning", "exams", ROSTER, EXAMPLE, "--on", "2020-12-11"), "learning_exams", 0),
        (("learning", "mastery", ROSTER, EXAMPLE, *ON, "--pupil", "maple-p06"), "learning_mastery", 0),
        (("learning", "watch", ROSTER, EXAMPLE, *ON), "learning_watch", 0),
        (("learning", "recordings", ROSTER, EXAMPLE, *ON), "learning_recordings", 1),
        (("standards", "essential", ROSTER, EXAMPLE, *ON, *GRADE), "standards_essential", 0),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)  # fmt: skip
def test_an_answer_reads_as_it_did(run: Run, words: tuple, golden: str, code: int) -> None:
    done = run(*words)
    assert done.out == (GOLDEN / f"{golden}.txt").read_text(encoding="utf-8")
    assert done.code == code, done.err


def test_the_example_is_what_the_sample_makes(run: Run, tmp_path: Path) -> None:
    done = run(
        "learning",
        "sample",
        ROSTER,
        "--on",
        "2020-10-01",
        "--after",
        "2020-12-10",
        "--out",
        tmp_path,
        "--seed",
        3,
    )
    assert done.code == 0, done.err
    for file in tmp_path.iterdir():
        assert file.read_bytes() == (EXAMPLE / file.name).read_bytes(), file.name


def test_standards_are_listed_and_shown_with_their_notice(run: Run) -> None:
    done = run("standards", "list", "--grade", "3", "--subject", "math")
    assert "CCSS.Math.Content.3.OA.A.1: Interpret products of whole numbers" in done.out
    assert NOTICE in done.out
    assert NOTICE in run("standards", "show", "3.OA.A.1").out
    told = json.loads(run("standards", "list", "--grade", "3", "--subject", "math", "--json").out)
    assert told["notice"] == NOTICE
    assert all("3" in one["grades"] for one in told["standards"])


def test_what_is_no_standard_or_no_grade_is_refused_in_words(run: Run) -> None:
    done = run("standards", "show", "3.OA.Z.9")
    assert (done.code, "no standard is called '3.OA.Z.9'" in done.err) == (2, True)
    assert "'13' is no grade" in run("standards", "list", "--grade", "13").err


def test_a_case_file_is_checked_and_each_fault_named(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "state.json"
    file.write_text('{"CFDocument": {}, "CFItems": [{"identifier": "x"}]}')
    done = run("standards", "check", file)
    assert done.code == 1
    for said in ("CFDocument", "state.json:1 [identifier]", "state.json:1 [fullStatement]"):
        assert said in done.out, said


@pytest.fixture(scope="module")
def made(run: Run, maple: District, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict]:
    out = tmp_path_factory.mktemp("groups")
    words = (
        "learning",
        "groups",
        maple.roster,
        maple.plan,
        EXAMPLE,
        "--school",
        "maple-elementary",
        *STRETCH,
    )
    done = run(*words, "--effort", 1, "--out", out, "--json")
    assert done.code == 0, done.err
    return out / "groups.csv", json.loads(done.out)


def test_groups_fit_the_week_on_every_date_and_say_what_is_proved(made: tuple[Path, dict]) -> None:
    _, told = made
    assert told["findings"] == []
    assert 0 < told["helped"] <= told["bound"] <= told["needing"]
    assert told["helped"] + len(told["alone"]) == told["needing"]
    assert all(2 <= len(one["pupils"]) <= 6 for one in told["groups"])
    assert told["clauses"] == [
        "ca-scusd-demo.learning.intervention_pupils@2020-07-01",
        "ca-scusd-demo.learning.intervention_times@2020-07-01",
    ]


def test_groups_are_told_in_words(run: Run, maple: District) -> None:
    words = ("learning", "groups", maple.roster, maple.plan, EXAMPLE, "--school", "maple-secondary", *STRETCH)
    done = run(*words, "--effort", 1)
    assert done.code == 0, done.err
    assert "pupils are in a group" in done.out
    assert "uncertain or unknown: ask them about those first" in done.out
    assert NOTICE in done.out


def test_groups_are_followed_without_a_cause(run: Run, made: tuple[Path, dict]) -> None:
    done = run("learning", "helped", ROSTER, EXAMPLE, made[0], "--on", "2020-12-20")
    assert done.code == 0, done.err
    assert done.out.count("Group ") == len(made[1]["groups"])
    assert "This says what changed, not why" in done.out
    told = json.loads(run("learning", "helped", ROSTER, EXAMPLE, made[0], "--on", "2020-10-20", "--json").out)
    assert {one["mean"] for one in told["groups"]} == {None}


def test_watching_never_shows_hidden_as_zero(run: Run, made: tuple[Path, dict]) -> None:
    words = ("learning", "watch", ROSTER, EXAMPLE, "--groups", made[0], "--on", "2020-12-20", "--json")
    told = json.loads(run(*words).out)
    numbers = {value for line in told["lines"] for key, value in line.items() if key not in ("kind", "name")}
    assert "hidden" in numbers
    assert all(number == "hidden" or number == 0 or number >= 10 for number in numbers)


def test_recordings_of_missed_lessons_come_first(run: Run) -> None:
    told = json.loads(
        run("learning", "recordings", ROSTER, EXAMPLE, *ON, "--pupil", "maple-p06", "--json").out
    )
    assert [(one["day"], one["presence"]) for one in told] == [
        ("2020-09-29", "missed"),
        ("2020-09-30", "there"),
    ]


def test_without_the_districts_rule_exams_are_the_teachers_to_choose(run: Run) -> None:
    words = ("learning", "exams", ROSTER, EXAMPLE, "--on", "2020-12-11", "--json")
    clause = "ca-scusd.learning.district_exams@2020-09-08"
    told = json.loads(run(*words, "--without", clause).out)
    assert {one["code"] for one in told} == {"learning.exams_free"}


def test_every_fault_of_the_files_is_named_and_nothing_is_taken_in(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "learning"
    shutil.copytree(EXAMPLE, folder)
    (folder / "consents.csv").write_text("personId,sectionId,given,by,date\nnobody,,maybe,x,2020-13-01\n")
    done = run("learning", "check", ROSTER, folder, *ON)
    assert done.code == 1
    for said in (
        "consents.csv:2 [personId]",
        "consents.csv:2 [given]",
        "consents.csv:2 [date]",
        "nothing was taken in",
    ):
        assert said in done.out, said
    done = run("learning", "mastery", ROSTER, folder, *ON)
    assert (done.code, "3 faults are named above" in done.err) == (2, True)


def test_another_district_is_told_that_it_is_none_of_theirs(run: Run, cedar: Path) -> None:
    done = run("learning", "mastery", cedar, EXAMPLE, *ON)
    assert done.code == 2
    assert "lineItems.csv:2 [classSourcedId]" in done.err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("mastery", ROSTER, EXAMPLE, *ON, "--pupil", "x"), "the roster has no pupil x"),
        (("mastery", ROSTER, EXAMPLE, *ON, "--school", "x"), "the roster has no school x"),
        (("recordings", ROSTER, EXAMPLE, *ON, "--pupil", "x"), "the roster has no pupil x"),
    ],
)
def test_who_is_not_there_is_said(run: Run, words: tuple, said: str) -> None:
    done = run("learning", *words)
    assert (done.code, said in done.err) == (2, True)


def test_where_no_rule_says_what_is_learned_nobody_is_judged(run: Run, tmp_path: Path) -> None:
    book = tmp_path / "books"
    book.mkdir()
    shutil.copy(ROOT / "rules" / "law" / "ca" / "pupil_records.yaml", book)
    done = run("learning", "mastery", ROSTER, EXAMPLE, *ON, "--rules", book)
    assert done.code == 2
    assert "no rule in force on 2020-10-02 says what counts as learned" in done.err


def test_a_school_or_a_teacher_whom_the_plan_does_not_know_is_said(run: Run, maple: District) -> None:
    words = ("learning", "groups", maple.roster, maple.plan, EXAMPLE, *STRETCH)
    assert "the plan has no school x" in run(*words, "--school", "x").err
    assert "does not know the teacher x" in run(*words, "--school", "maple-elementary", "--teacher", "x").err
