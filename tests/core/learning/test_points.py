"""Results in points: what is written is read again, and what results say of whether an exam was taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from learning_cases import DAY, district, exam, score, uuid

from schoolday.ground.finding import Status
from schoolday.learning.days import check_recorded
from schoolday.learning.exams import Exam, Grading, Score
from schoolday.learning.points import (
    PART,
    WHOLE,
    Taken,
    grading_of,
    is_points,
    says_not,
    share_of,
    taken,
    written,
)

TEN = exam("quiz", uuid(1))
EXAMS = st.builds(
    lambda least, more: replace(TEN, least=least, most=round(least + more, 2)),
    st.sampled_from([0.0, 1.0, 10.0]),
    st.integers(1, 40000).map(lambda cents: cents / 100),
)


@given(EXAMS, st.integers(0, 9999).map(lambda parts: parts / 9999))
def test_what_is_written_is_read_as_what_is_written_again(one: Exam, share: float) -> None:
    again = share_of(written(one, share), one)
    assert written(one, again) == written(one, share)
    assert abs(again - share) * ((one.most or 0) - one.least) <= 0.0051


@given(st.sampled_from([WHOLE, PART]), st.one_of(st.none(), st.integers(0, 10)))
def test_what_is_entered_of_an_exam_is_what_its_result_says(how: str, points: int | None) -> None:
    share = None if points is None else points / 10
    made = Score("quiz", "p1", DAY, share, grading_of(how, share))
    assert taken(TEN, [made]) == Taken(how, "" if points is None else f"{points}/10")


@pytest.mark.parametrize(("text", "share"), [("7", 0.7), ("7,5", 0.75), ("7/10", 0.7), (" 10 / 10 ", 1.0)])
def test_points_are_read(text: str, share: float) -> None:
    assert share_of(text, TEN) == pytest.approx(share)


@pytest.mark.parametrize("text", ["", "good", "11", "-1", "7/20", "7 of 10", "nan", "7/"])
def test_a_note_is_no_points(text: str) -> None:
    assert not is_points(text, TEN)


def test_what_was_excused_or_not_handed_in_was_not_taken() -> None:
    for grading in (Grading.EXEMPT, Grading.NOT_SUBMITTED):
        one = Score("quiz", "p1", DAY, None, grading)
        assert taken(TEN, [one]) is None
        assert says_not([one])
    emptied = Score("quiz", "p1", DAY, None, Grading.OTHER)
    assert taken(TEN, [emptied]) is None
    assert not says_not([emptied])


def test_results_by_standard_alone_say_that_it_was_taken_and_no_result_of_the_whole() -> None:
    finer = score("quiz", "p1", 0.5, standard=uuid(1))
    assert taken(TEN, [finer]) == Taken(WHOLE)
    assert taken(TEN, [finer, score("quiz", "p1", 0.7)]) == Taken(WHOLE, "7/10")
    assert taken(TEN, []) is None


def test_results_of_days_without_school_or_to_come_or_of_no_class_are_named_once_an_exam_and_day() -> None:
    year, gone = district().calendar, replace(TEN, id="gone", section="z")
    saturday = date(2020, 10, 3)
    scores = [
        score("quiz", "p1", 1.0), score("quiz", "p2", 1.0, day=saturday),
        score("quiz", "p3", 1.0, day=saturday), Score("quiz", "p4", saturday, None, Grading.EXEMPT),
        score("gone", "p1", 0.5), score("other", "p1", 0.5),
    ]  # fmt: skip
    found = check_recorded({"quiz": TEN, "gone": gone}, scores, year, DAY + timedelta(days=9), {"a"})
    assert [(one.code, one.status, one.where, one.value) for one in found] == [
        ("learning.not_recorded", Status.UNVERIFIED, ("section z", DAY.isoformat()), 1),
        ("learning.not_recorded", Status.UNVERIFIED, ("section a", "2020-10-03"), 2),
    ]
    early = check_recorded({"quiz": TEN}, scores[:1], year, DAY - timedelta(days=1), {"a"})
    assert ["not come yet" in one.said for one in early] == [True]
    assert check_recorded({"quiz": TEN}, scores[:1], year, DAY, {"a"}) == []
