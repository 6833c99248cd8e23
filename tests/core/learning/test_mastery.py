"""What is known of a child: little evidence is uncertain, none is unknown, and neither is ever failing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from learning_cases import BARS, DAY, bound, exam, framework, score, shown, standing, uuid

from schoolday.learning.exams import Grading, Score, evidence, in_dates
from schoolday.learning.mastery import Level, bars_of, masteries, mastery

SHARE = st.floats(0.0, 1.0)


def _level(right: float, trials: float) -> Level:
    return mastery("p", "s", [shown("p", "s", right / trials, trials)], BARS).level


@pytest.mark.parametrize(
    ("right", "trials", "level"),
    [
        (0, 1, Level.UNCERTAIN),
        (0, 3, Level.UNCERTAIN),
        (0, 4, Level.NEEDS),
        (2, 4, Level.UNCERTAIN),
        (4, 4, Level.SECURE),
        (6, 10, Level.UNCERTAIN),
        (4, 10, Level.NEEDS),
        (9, 10, Level.SECURE),
        (70, 100, Level.UNCERTAIN),
        (60, 100, Level.NEEDS),
    ],
)
def test_golden_levels(right: float, trials: float, level: Level) -> None:
    assert _level(right, trials) is level


def test_golden_interval_of_seven_in_ten() -> None:
    # The middle 90 percent of beta(7.5, 3.5), by summing its density at four million points.
    one = mastery("p", "s", [shown("p", "s", 0.7, 10)], BARS)
    assert (round(one.low, 4), round(one.high, 4), round(one.mean, 4)) == (0.4419, 0.8827, 0.6818)


def test_without_evidence_a_child_is_unknown_and_nothing_else() -> None:
    (one,) = masteries((), [("p", "s")], BARS)
    assert (one.level, one.trials, one.exams, one.last) == (Level.UNKNOWN, 0, (), None)


@settings(deadline=None)
@given(st.lists(st.tuples(SHARE, st.floats(0.1, 1.0)), max_size=3))
def test_fewer_questions_than_the_rule_asks_for_never_say_anything(some: list[tuple[float, float]]) -> None:
    one = mastery("p", "s", [shown("p", "s", share, trials) for share, trials in some], BARS)
    assert one.level in (Level.UNKNOWN, Level.UNCERTAIN)


@settings(deadline=None)
@given(st.lists(st.tuples(SHARE, st.floats(0.5, 20.0)), min_size=1, max_size=5))
def test_the_mean_lies_in_the_interval_and_the_order_of_exams_does_not_matter(
    some: list[tuple[float, float]],
) -> None:
    rows = [shown("p", "s", share, trials) for share, trials in some]
    one, other = mastery("p", "s", rows, BARS), mastery("p", "s", rows[::-1], BARS)
    assert 0 <= one.low <= one.high <= 1
    assert one.secure == pytest.approx(other.secure, abs=1e-9)


@settings(deadline=None)
@given(st.floats(0.0, 0.9), st.floats(1.0, 30.0))
def test_a_better_score_never_makes_a_child_less_secure(share: float, trials: float) -> None:
    worse = mastery("p", "s", [shown("p", "s", share, trials)], BARS)
    better = mastery("p", "s", [shown("p", "s", share + 0.1, trials)], BARS)
    assert better.secure >= worse.secure - 1e-12


@settings(deadline=None)
@given(st.integers(1, 30), SHARE)
def test_more_questions_of_the_same_share_make_the_interval_narrower(trials: int, share: float) -> None:
    few, many = (mastery("p", "s", [shown("p", "s", share, n)], BARS) for n in (trials, trials * 4))
    assert many.high - many.low <= few.high - few.low + 1e-9


def test_a_score_of_the_whole_exam_is_divided_among_its_standards() -> None:
    some = evidence({"e": exam("e", uuid(1), uuid(2))}, [score("e", "p1", 0.8)], framework("A", "B"))
    assert [(one.standard, one.share, one.trials) for one in some] == [
        (uuid(1), 0.8, 5.0),
        (uuid(2), 0.8, 5.0),
    ]


def test_what_is_said_from_a_whole_exam_holds_however_the_right_answers_were_divided() -> None:
    both = framework("A", "B")
    half = evidence({"e": exam("e", uuid(1), uuid(2), items=20)}, [score("e", "p1", 0.5)], both)
    one = mastery("p1", uuid(1), [row for row in half if row.standard == uuid(1)], BARS)
    assert (one.trials, one.right, one.least, one.most, one.level) == (10.0, 5.0, 0.0, 10.0, Level.UNCERTAIN)
    assert (one.low < 0.05, one.high > 0.95) == (True, True)
    none = evidence({"e": exam("e", uuid(1), uuid(2), items=20)}, [score("e", "p1", 0.1)], both)
    assert mastery("p1", uuid(1), none[:1], BARS).level is Level.NEEDS
    most = evidence({"e": exam("e", uuid(1), uuid(2), items=20)}, [score("e", "p1", 0.95)], both)
    assert mastery("p1", uuid(1), most[:1], BARS).level is Level.SECURE


@settings(deadline=None)
@given(st.integers(1, 5), st.integers(1, 8), st.data())
def test_the_ends_are_what_some_division_reaches_and_none_goes_beyond(
    number: int, each: int, data: st.DataObject
) -> None:
    rights = [data.draw(st.integers(0, each)) for _ in range(number)]
    names = [uuid(n) for n in range(1, number + 1)]
    made = framework(*(f"S{n}" for n in range(number)))
    whole = score("e", "p1", sum(rights) / (number * each))
    some = evidence({"e": exam("e", *names, items=number * each)}, [whole], made)
    for row, right in zip(some, rights, strict=True):
        assert row.least * each - 1e-9 <= right <= row.most * each + 1e-9
    assert some[0].least * each == pytest.approx(max(0, sum(rights) - (number - 1) * each))
    assert some[0].most * each == pytest.approx(min(each, sum(rights)))


def test_a_score_of_one_standard_takes_the_place_of_the_whole() -> None:
    scores = [score("e", "p1", 0.8), score("e", "p1", 0.2, standard=uuid(2))]
    some = evidence({"e": exam("e", uuid(1), uuid(2))}, scores, framework("A", "B"))
    assert [(one.standard, one.share) for one in some] == [(uuid(2), 0.2)]


def test_a_score_that_came_twice_makes_nothing_surer_and_a_retake_is_evidence_of_its_own() -> None:
    """The same row under two ids doubled the questions, and with them the certainty."""
    twice = [score("e", "p1", 0.4), score("e", "p1", 0.4), score("e", "p1", 0.5)]
    known = {"e": exam("e", uuid(1))}
    assert [(one.share, one.trials) for one in evidence(known, twice, framework("A"))] == [(0.5, 10.0)]
    later = score("e", "p1", 0.9, day=DAY + timedelta(days=30))
    finer = score("e", "p1", 0.2, standard=uuid(1))
    some = evidence(known, [*twice, finer, later], framework("A"))
    assert [one.share for one in some] == [0.2, 0.9]


def test_evidence_on_a_part_is_evidence_on_the_whole_but_is_not_counted_twice() -> None:
    both = framework("A", "A.1", parents={"A.1": "A"})
    some = evidence({"e": exam("e", uuid(2))}, [score("e", "p1", 0.5)], both)
    assert {(one.standard, one.trials) for one in some} == {(uuid(2), 10.0), (uuid(1), 10.0)}
    twice = evidence({"e": exam("e", uuid(1), uuid(2))}, [score("e", "p1", 0.5)], both)
    assert [(one.standard, one.trials) for one in twice] == [(uuid(1), 5.0), (uuid(2), 5.0)]


def test_an_exam_of_unknown_length_counts_as_one_question() -> None:
    some = evidence({"e": exam("e", uuid(1), items=None)}, [score("e", "p1", 0.1)], framework("A"))
    assert [one.trials for one in some] == [1.0]


@pytest.mark.parametrize("grading", [one for one in Grading if one is not Grading.GRADED])
def test_what_is_not_graded_whole_is_no_evidence(grading: Grading) -> None:
    ungraded = Score("e", "p1", DAY, 0.0, grading)
    assert evidence({"e": exam("e", uuid(1))}, [ungraded, score("e", "p2", None)], framework("A")) == ()


def test_evidence_of_a_stretch_of_dates_has_both_ends() -> None:
    some = [shown("p", "s", 1, 1, DAY + timedelta(days=n)) for n in range(4)]
    assert in_dates(some, DAY + timedelta(days=1), DAY + timedelta(days=2)) == tuple(some[1:3])
    assert in_dates(some, None, None) == tuple(some)


def test_what_counts_as_learned_is_a_rule_and_without_it_nobody_is_judged() -> None:
    rules = [bound("mastery_share", 70), bound("mastery_certainty", 90), bound("mastery_trials", 4)]
    bars = bars_of(standing(*rules), "3")
    assert bars is not None
    assert (bars.share, bars.certainty, bars.trials) == (0.7, 0.9, 4)
    assert len(bars.clauses) == 3
    assert bars_of(standing(*rules[:2]), "3") is None
