"""By student group: no small number is told, none can be had by taking away, and hidden is never zero."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from schoolday.learning.watch import COLUMNS, EVERYBODY, Line, Seen, watched
from schoolday.roster import Pupil

LEAST = 10


def _pupils(number: int, grades: Sequence[str] = ("3",), el: int = 0) -> list[Pupil]:
    groups = [frozenset({"el"}) if n < el else frozenset() for n in range(number)]
    return [Pupil(f"p{n}", "", "", grades[n % len(grades)], "elm", None, groups[n]) for n in range(number)]


def _seen(needing: int, grouped: int = 0, judged: int = 0, higher: int = 0) -> Seen:
    return Seen(*(frozenset(f"p{n}" for n in range(m)) for m in (needing, grouped, judged, higher)))


def _line(lines: Sequence[Line], kind: str, name: str) -> tuple[int | None, ...]:
    return next(one.numbers for one in lines if (one.kind, one.name) == (kind, name))


def test_large_numbers_are_told() -> None:
    assert _line(watched(_pupils(100), _seen(60, 40, 30, 20), LEAST), EVERYBODY, EVERYBODY) == (
        100,
        60,
        40,
        30,
        20,
    )


def test_a_small_number_and_a_small_remainder_are_hidden_and_no_zero() -> None:
    assert _line(watched(_pupils(100), _seen(9), LEAST), EVERYBODY, EVERYBODY)[1] is None
    assert _line(watched(_pupils(100), _seen(95), LEAST), EVERYBODY, EVERYBODY)[1] is None
    assert _line(watched(_pupils(100), _seen(0), LEAST), EVERYBODY, EVERYBODY)[1] == 0


def test_a_group_whose_rest_is_small_is_hidden_too() -> None:
    lines = watched(_pupils(100, el=95), _seen(0), LEAST)
    assert _line(lines, "group", "el")[0] is None


def test_a_single_small_part_takes_a_second_with_it() -> None:
    grades = ["3"] * 45 + ["4"] * 45 + ["5"] * 5
    pupils = [Pupil(f"p{n}", "", "", grade, "elm") for n, grade in enumerate(grades)]
    lines = watched(pupils, _seen(0), LEAST)
    told = [_line(lines, "grade", grade)[0] for grade in ("3", "4", "5")]
    assert told.count(None) == 2
    assert told[2] is None


@st.composite
def schools(draw: st.DrawFn) -> tuple[list[Pupil], Seen]:
    number = draw(st.integers(1, 80))
    pupils = [
        Pupil(f"p{n}", "", "", draw(st.sampled_from("345")), draw(st.sampled_from(("elm", "oak"))), None,
              frozenset(draw(st.sets(st.sampled_from(("el", "iep"))))))
        for n in range(number)
    ]  # fmt: skip
    names = [one.id for one in pupils]
    sets: list[frozenset[str]] = []
    for _ in range(4):
        names = [name for name in names if draw(st.integers(0, 9)) < 8]
        sets.append(frozenset(names))
    return pupils, Seen(*sets)


@settings(max_examples=150, deadline=None)
@given(schools())
def test_nothing_small_is_told_and_nothing_small_is_left_by_taking_away(
    made: tuple[list[Pupil], Seen],
) -> None:
    lines = watched(*made, LEAST)
    whole = _line(lines, EVERYBODY, EVERYBODY)
    for one in lines:
        told = [number for number in one.numbers if number is not None]
        assert all(number == 0 or number >= LEAST for number in told)
        assert all(a - b == 0 or a - b >= LEAST for a, b in pairwise(told))
    for kind in ("grade", "school"):
        parts = [one.numbers for one in lines if one.kind == kind]
        for column in range(len(COLUMNS)):
            hidden = [numbers for numbers in parts if numbers[column] is None]
            if whole[column] is not None and hidden:
                rest = whole[column] - sum(numbers[column] or 0 for numbers in parts)
                assert len(hidden) > 1 or len(hidden) == len(parts)
                assert rest >= LEAST or len(hidden) == len(parts)
    for one in lines:
        if one.kind == "group":
            for mine, everybody in zip(one.numbers, whole, strict=True):
                if mine is not None and everybody is not None:
                    assert everybody - mine == 0 or everybody - mine >= LEAST


def test_a_hidden_grade_is_not_what_a_school_and_its_other_grades_tell() -> None:
    """A middle school is its three grades: less two of them it told the third."""
    grades = [("elm", "2", 3), ("oak", "6", 8), ("oak", "7", 40), ("oak", "8", 50), ("elm", "3", 60)]
    many = [(school, grade) for school, grade, number in grades for _ in range(number)]
    pupils = [Pupil(f"p{n}", "", "", grade, school) for n, (school, grade) in enumerate(many)]
    lines = watched(pupils, _seen(0), LEAST)
    told = {one.name: one.numbers[0] for one in lines}
    assert told["6"] is None
    assert None in (told["oak"], told["7"], told["8"])


def test_what_hidden_numbers_leave_over_together_is_not_small_either() -> None:
    """Grade 3 has three in need who are in no group; a second grade without such a rest hid nothing."""
    grades = ["3"] * 40 + ["4"] * 40 + ["5"] * 120
    pupils = [Pupil(f"p{n}", "", "", grade, "elm") for n, grade in enumerate(grades)]
    grouped = frozenset(f"p{n}" for n in range(200) if not (37 <= n < 40 or 80 <= n < 100))
    everybody = frozenset(one.id for one in pupils)
    lines = watched(pupils, Seen(everybody, grouped, frozenset(), frozenset()), LEAST)
    hidden = {one.name for one in lines if one.kind == "grade" and one.numbers[2] is None}
    assert "3" in hidden
    assert sum({"3": 3, "4": 0, "5": 20}[one] for one in hidden) >= LEAST
