"""A district's own calendar from a file, and every mistake in one by its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from schoolday.calendar.days import DayKind
from schoolday.files.calendars import read_calendar
from schoolday.ground.errors import SchooldayError

GOOD = """\
first: 2026-08-13
last: 2027-06-10
holidays:
  2026-09-07: Labor Day
preparation:
  2026-08-13: Teachers prepare
short:
  2026-10-08: "Smoke: closed at ten"
"""


def _write(folder: Path, text: str) -> Path:
    path = folder / "year.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_district_has_its_own_holidays_preparation_days_and_short_days(tmp_path: Path) -> None:
    calendar = read_calendar(_write(tmp_path, GOOD))
    assert (calendar.first, calendar.last) == (date(2026, 8, 13), date(2027, 6, 10))
    assert calendar.kind(date(2026, 9, 7)) is DayKind.HOLIDAY
    assert calendar.kind(date(2026, 8, 13)) is DayKind.PREPARATION
    assert calendar.kind(date(2026, 10, 8)) is DayKind.SCHOOL
    assert calendar.reason(date(2026, 10, 8)) == "Smoke: closed at ten"


@pytest.mark.parametrize(
    ("was", "now", "line", "words"),
    [
        ("first: 2026-08-13\n", "", 1, "`first` is missing"),
        ("2027-06-10", "2025-06-10", 2, "no school year"),
        ("2027-06-10", "10 June", 2, "'10 June' is no date"),
        ("holidays", "holydays", 3, "did you mean `holidays`?"),
        ("holidays:\n  2026-09-07: Labor Day", "holidays: [2026-09-07]", 3, "dates with names"),
        ("2026-09-07", "2026-09-31", 4, "is no date"),
        ("2026-09-07", "2028-09-07", 4, "outside the year"),
        ("2026-09-07", "2026-09-06", 4, "Sunday"),
        ("2026-09-07", "2026-08-13", 6, "a holiday too"),
        ("2026-09-07: Labor Day", "2026-09-07: Labor Day\n  2026-09-07: Again", 5, "second time"),
        ("Labor Day", "", 4, "is empty"),
        (GOOD, "- 2026-08-13", 1, "write keys"),
        (GOOD, "", 0, "empty"),
    ],
)
def test_a_mistake_in_a_calendar_is_told_with_its_line(
    tmp_path: Path, was: str, now: str, line: int, words: str
) -> None:
    path = _write(tmp_path, GOOD.replace(was, now, 1))
    with pytest.raises(SchooldayError) as caught:
        read_calendar(path)
    assert str(caught.value).startswith(f"{path}:{line}: " if line else f"{path}: ")
    assert words in str(caught.value)


def test_a_calendar_in_another_encoding_is_refused_in_words(tmp_path: Path) -> None:
    path = tmp_path / "year.yaml"
    path.write_bytes(GOOD.replace("Labor", "Lab\u00f6r").encode("latin-1"))
    with pytest.raises(SchooldayError, match="not UTF-8"):
        read_calendar(path)
