"""Packages on disk: one line each, so that a run that was killed goes on and says what a whole one would."""

from __future__ import annotations

import stat
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolday.bargaining.disputed import Aim, Disputed, Side, Term
from schoolday.bargaining.front import USUAL_QUESTIONS, front
from schoolday.bargaining.ground import Package, State
from schoolday.files.kept import mend, stamp
from schoolday.files.packages import (
    append,
    mediator_folder,
    note_question,
    read_packages,
    read_questions,
)
from schoolday.ground.errors import SchooldayError

SIDES = tuple(
    Side(name, name, (Aim("live_minutes", more=more), Aim("term:b", more=not more)))
    for name, more in (("union", False), ("district", True))
)
TABLE = Disputed("A table", "", (Term("a", "A", (1.0, 2.0, 3.0)), Term("b", "B", ("none", "all"))), SIDES)
MARK, DISTRICT = "mark", "maple"

PACKAGES = tuple(
    Package(
        choice,
        State.CARRIED if choice[0] else State.UNLAWFUL,
        {"live_minutes": 1.0 / 3 + choice[0], "over_contract": None, "term:b": float(choice[1])},
        said="zu spät — «no»\nbecause",
        clauses=("one@2020-07-01",),
        question=f"q{choice[0]}",
    )
    for choice in TABLE.packages()
)


def write(file: Path, packages: tuple[Package, ...], mark: str = MARK, district: str = DISTRICT) -> None:
    mend(file)
    with file.open("ab") as opened:
        for one in packages:
            append(opened, one, mark, district)


def again(file: Path, mark: str = MARK, district: str = DISTRICT) -> list[Package]:
    return read_packages(file, mark, district, TABLE)


@cache
def content() -> bytes:
    with TemporaryDirectory() as folder:
        write(Path(folder) / "whole", PACKAGES)
        return (Path(folder) / "whole").read_bytes()


def test_packages_are_read_as_they_were_written_numbers_to_the_last_digit(tmp_path: Path) -> None:
    write(tmp_path / "some", PACKAGES)
    assert again(tmp_path / "some") == list(PACKAGES)
    assert again(tmp_path / "none") == []


@given(st.integers(0, len(content())))
def test_a_run_killed_at_any_byte_loses_at_most_the_package_it_was_writing(at: int) -> None:
    """Whatever the byte: what stands is whole, the rest is judged again, as if nothing had been."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "some"
        file.write_bytes(content()[:at])
        kept = again(file)
        assert kept == list(PACKAGES[: len(kept)])
        assert len(kept) >= content()[:at].count(b"\n")
        write(file, PACKAGES[len(kept) :])
        assert again(file) == list(PACKAGES)
        assert front(again(file), TABLE) == front(PACKAGES, TABLE)


@given(st.binary(max_size=60))
def test_a_line_of_rubbish_hides_no_package(rubbish: bytes) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "some"
        file.write_bytes(rubbish)
        write(file, PACKAGES)
        assert again(file) == list(PACKAGES)


def test_lines_of_another_question_are_not_ours(tmp_path: Path) -> None:
    write(tmp_path / "some", PACKAGES[:3], mark="other")
    assert again(tmp_path / "some") == []
    write(tmp_path / "some", PACKAGES[3:])
    assert again(tmp_path / "some") == list(PACKAGES[3:])


def test_another_district_s_file_is_refused_and_nothing_of_it_read(tmp_path: Path) -> None:
    write(tmp_path / "some", PACKAGES, district="cedar")
    with pytest.raises(SchooldayError, match=r"of the district 'cedar'.*choose another --out"):
        again(tmp_path / "some")


def test_a_package_that_the_grid_does_not_have_is_passed_over(tmp_path: Path) -> None:
    write(tmp_path / "some", (Package((9, 0), State.CARRIED), Package((0,), State.CARRIED), PACKAGES[0]))
    assert again(tmp_path / "some") == [PACKAGES[0]]


def test_a_stamp_is_of_the_content_and_the_words_and_not_of_the_place(tmp_path: Path) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    for folder in (here, there):
        (folder / "inner").mkdir(parents=True)
        (folder / "inner" / "a.csv").write_text("a")
    assert stamp([here], 1) == stamp([there], 1)
    assert stamp([here], 1) != stamp([here], 2)
    (there / "inner" / "a.csv").write_text("b")
    assert stamp([here], 1) != stamp([there], 1)
    (there / "inner" / "a.csv").rename(there / "inner" / "b.csv")
    assert stamp([here], 1) != stamp([there], 1)


def test_nobody_but_the_mediator_opens_the_folder_of_packages(tmp_path: Path) -> None:
    folder = mediator_folder(tmp_path)
    folder.chmod(0o755)
    assert stat.S_IMODE(mediator_folder(tmp_path).stat().st_mode) == 0o700


def test_questions_are_remembered_and_the_last_number_given_counts(tmp_path: Path) -> None:
    assert read_questions(tmp_path).most == USUAL_QUESTIONS
    for line in ({"asked": "union"}, {"most": 5}, {"asked": "district"}, {"asked": "union"}, {"most": 3}):
        note_question(tmp_path, **line)
    found = read_questions(tmp_path)
    assert found.counts == {"union": 2, "district": 1}
    assert (found.most, found.stopped) == (3, False)
    note_question(tmp_path, stopped=True)
    assert read_questions(tmp_path).stopped
