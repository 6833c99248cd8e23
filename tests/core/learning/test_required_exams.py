"""Which exams are required is a rule: under others the same exams are enough, too many or free."""

from __future__ import annotations

from datetime import date

from learning_cases import DAY, bound, district, exam, score, standing, uuid

from schoolday.files.rulebooks import load
from schoolday.ground.finding import Status
from schoolday.learning.exams import Chooser, Grading, Score
from schoolday.learning.required import asked_of, check_required
from schoolday.rules import Period

ONE = standing(bound("district_exams", low=1, period=Period.YEAR))
MOST = standing(bound("district_exams", high=1, period=Period.YEAR))
FALL = {"e-a": exam("e-a", uuid(1), common="fall"), "e-b": exam("e-b", uuid(1), section="b", common="fall")}
ALL = [score("e-a", "p1", 1.0), score("e-a", "p2", 0.5), score("e-b", "p3", 0.0)]


def _said(exams: dict, scores: list, rules: object) -> list[tuple[str, Status, float | None]]:
    found = check_required(district(), exams, scores, rules)
    return [(one.code, one.status, one.value) for one in found]


def test_one_exam_in_two_classes_is_one_exam() -> None:
    assert _said(FALL, ALL, ONE) == [("learning.exams_few", Status.MET, 1.0)]


def test_too_few_exams_are_unverified_since_the_year_is_not_over() -> None:
    assert _said({}, [], ONE) == [("learning.exams_few", Status.UNVERIFIED, 0.0)]


def test_an_exam_of_a_teacher_or_of_nobody_is_not_the_districts() -> None:
    for chooser in (Chooser.TEACHER, Chooser.UNKNOWN):
        assert _said({"q": exam("q", uuid(1), chooser=chooser)}, [], ONE)[0][2] == 0.0


def test_a_pupil_without_a_score_is_unverified_and_an_exempt_one_is_not_missing() -> None:
    found = _said(FALL, ALL[:2], ONE)
    assert found[1:] == [("learning.exam_untaken", Status.UNVERIFIED, 1.0)]
    assert _said(FALL, [*ALL[:2], Score("e-b", "p3", DAY, None, Grading.EXEMPT)], ONE)[1:] == []


def test_a_class_that_was_not_given_it_is_named() -> None:
    found = _said({"e-a": FALL["e-a"]}, ALL[:2], ONE)
    assert found[1:] == [("learning.exam_not_given", Status.UNVERIFIED, 1.0)]


def test_where_no_rule_speaks_the_teacher_chooses() -> None:
    assert _said(FALL, [], standing()) == [("learning.exams_free", Status.ADVICE, 1.0)]


def test_a_rule_may_as_well_limit_them() -> None:
    more = {**FALL, "w": exam("w", uuid(1), common="winter")}
    assert ("learning.exams_many", Status.BROKEN, 2.0) in _said(more, ALL, MOST)
    assert "learning.exams_many" not in [code for code, *_ in _said(FALL, ALL, MOST)]


def test_exams_after_the_date_are_not_counted_yet() -> None:
    later = {"l": exam("l", uuid(1), day=date(2020, 12, 1))}
    assert _said(later, [], ONE) == [("learning.exams_few", Status.UNVERIFIED, 0.0)]


def test_in_sacramento_the_district_asks_for_one_from_8_september_2020_and_san_juan_for_none() -> None:
    book = load()

    def low(day: date, place: str) -> float | None:
        return asked_of(book.on(day, frozenset({"CA", place})), "3").low

    assert low(date(2020, 9, 4), "ca-scusd") is None
    assert low(date(2020, 9, 8), "ca-scusd") == 1
    assert low(date(2020, 9, 8), "ca-sanjuan") is None
