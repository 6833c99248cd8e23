"""Two hundred generated broken books: every one is refused with file and line, in words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from broken_books import WAYS, Broken, broken_books
from typer.testing import CliRunner

from schoolday.cli import app
from schoolday.files.rulebooks import load, problems, shelf
from schoolday.ground.errors import RulebookError

HERE = Path(__file__).parent
SOURCES = [*sorted(shelf().rglob("*.yaml")), HERE / "good.yaml", HERE / "good_kinds.yaml"]
NUMBER = 200
BROKEN = list(broken_books(SOURCES, 2020, NUMBER))


def _written(folder: Path, book: Broken) -> Path:
    path = folder / book.name
    path.write_bytes(book.data)
    return path


def test_the_books_that_are_broken_here_were_whole() -> None:
    for source in SOURCES:
        assert problems([source]) == []


def test_there_are_two_hundred_all_different_and_every_way_is_taken() -> None:
    assert len({book.data for book in BROKEN}) == NUMBER
    ways = Counter(book.way for book in BROKEN)
    assert set(ways) == set(WAYS)
    assert len({book.source for book in BROKEN}) > 20


@pytest.mark.parametrize("book", BROKEN, ids=lambda book: book.name)
def test_a_broken_book_is_refused_with_file_and_line(book: Broken, tmp_path: Path) -> None:
    path = _written(tmp_path, book)
    with pytest.raises(RulebookError) as caught:
        load([path])
    error = caught.value
    assert error.file == str(path)
    assert 1 <= error.line <= book.data.count(b"\n") + 1, error
    assert str(error).startswith(f"{path}:{error.line}: ")
    assert len(error.said) > 10


@pytest.mark.parametrize("seed", [1, 2])
def test_other_seeds_break_other_books_and_none_gets_through(seed: int, tmp_path: Path) -> None:
    for book in broken_books(SOURCES, seed, NUMBER):
        found = problems([_written(tmp_path, book)])
        assert found, (book.way, book.source)
        assert all(1 <= error.line <= book.data.count(b"\n") + 1 for error in found), (book, found)


def test_the_command_names_every_one_of_them_and_shows_no_traceback(tmp_path: Path) -> None:
    for book in BROKEN:
        _written(tmp_path, book)
    ran = CliRunner().invoke(app, ["rules", "check", str(tmp_path)])
    assert ran.exit_code == 2
    assert isinstance(ran.exception, SystemExit)
    assert "Traceback" not in ran.output
    assert [book.name for book in BROKEN if f"{tmp_path / book.name}:" not in ran.output] == []
