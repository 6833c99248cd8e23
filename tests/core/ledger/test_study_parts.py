"""The parts of the ratio of independent study add up to the whole, whoever looks and whatever is said."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolday.ground.grades import GRADES
from schoolday.ledger.study_parts import OTHERS, SPANS, Part, narrowed, parts, span_of

SCHOOLS = ("elm", "oak", "pine")
DAYS = st.dictionaries(
    st.tuples(st.sampled_from(SCHOOLS), st.sampled_from([*GRADES, ""])), st.integers(0, 5000), max_size=12
)
TEACHERS = st.dictionaries(
    st.tuples(st.sampled_from(SCHOOLS), st.sampled_from(SPANS)),
    st.integers(1, 400).map(lambda tenths: Fraction(tenths, 10)),
    max_size=6,
)
SEEN = st.sets(st.sampled_from(SCHOOLS))


@given(DAYS, st.integers(0, 180), TEACHERS, st.integers(0, 50), SEEN)
def test_days_attendance_and_teachers_add_up_to_the_whole(
    days: dict[tuple[str, str], int],
    taught: int,
    teachers: dict[tuple[str, str], Fraction],
    more: int,
    seen: set[str],
) -> None:
    whole = sum(teachers.values(), Fraction(0)) + more
    some = parts(days, taught, teachers, whole)
    for found in (some, narrowed(some, seen)):
        assert sum(one.days for one in found) == sum(days.values())
        assert sum((one.teachers or Fraction(0) for one in found), Fraction(0)) == whole
        if taught:
            attendance = sum((one.attendance or Fraction(0) for one in found), Fraction(0))
            assert attendance == Fraction(sum(days.values()), taught)


@given(DAYS, TEACHERS, SEEN)
def test_whoever_sees_some_schools_sees_no_other_by_name(
    days: dict[tuple[str, str], int], teachers: dict[tuple[str, str], Fraction], seen: set[str]
) -> None:
    whole = sum(teachers.values(), Fraction(0))
    found = narrowed(parts(days, 10, teachers, whole), seen)
    assert {one.school for one in found} <= {*seen, "", OTHERS}
    assert sum(one.school == OTHERS for one in found) <= 1


def test_every_grade_lies_in_one_span_and_nothing_else_in_any() -> None:
    assert [span_of(grade) for grade in ("TK", "K", "3", "4", "8", "9", "12")] == [
        "TK-3", "TK-3", "TK-3", "4-8", "4-8", "9-12", "9-12",
    ]  # fmt: skip
    assert all(span_of(grade) for grade in GRADES)
    assert span_of("") == ""


def test_a_part_has_a_ratio_where_its_teachers_are_known() -> None:
    found = parts({("elm", "2"): 100, ("elm", "5"): 50}, 10, {("elm", "TK-3"): Fraction(1, 2)}, Fraction(2))
    assert [(one.school, one.span, one.attendance, one.teachers, one.found) for one in found] == [
        ("elm", "TK-3", 10, Fraction(1, 2), 20),
        ("elm", "4-8", 5, None, None),
        ("", "", 0, Fraction(3, 2), 0),
    ]
    assert Part("elm", "4-8", 3, 0, Fraction(1)).found is None


def test_schools_cannot_have_more_teachers_than_there_are() -> None:
    with pytest.raises(ValueError, match="more than all"):
        parts({}, 10, {("elm", "4-8"): Fraction(2)}, Fraction(1))
