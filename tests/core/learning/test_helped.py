"""Before and after: how sure a change is, nothing said without both, and never a cause."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from learning_cases import BARS, at, shown

from schoolday.learning.groups import SmallGroup
from schoolday.learning.helped import CAVEAT, Followed, Turned, followed

FIRST, LAST = date(2020, 10, 5), date(2020, 11, 20)
BEFORE, WITHIN, AFTER = FIRST - timedelta(days=4), FIRST + timedelta(days=4), LAST + timedelta(days=20)
GROUP = SmallGroup(1, "s", at(0), "t", ("p1", "p2"))


def _follow(*some: tuple[str, float, float, date]) -> Followed:
    rows = [shown(pupil, "s", share, trials, day) for pupil, share, trials, day in some]
    return followed([GROUP], rows, {"p1": BARS, "p2": BARS}, FIRST, LAST)[0]


def test_a_clear_rise_is_higher_and_a_small_one_is_unclear() -> None:
    found = _follow(
        ("p1", 0.2, 10, BEFORE), ("p1", 0.9, 10, AFTER), ("p2", 0.4, 10, BEFORE), ("p2", 0.5, 10, AFTER)
    )
    assert [one.turned for one in found.changes] == [Turned.HIGHER, Turned.UNCLEAR]
    assert found.mean is not None
    assert found.low is not None
    assert found.high is not None
    assert found.low < found.mean < found.high


def test_who_was_not_asked_before_or_not_after_is_unknown_and_not_zero() -> None:
    found = _follow(("p1", 0.2, 10, BEFORE), ("p2", 0.9, 10, AFTER))
    assert [one.turned for one in found.changes] == [Turned.UNKNOWN, Turned.UNKNOWN]
    assert (found.mean, found.low, found.high) == (None, None, None)
    assert found.without == ("p1", "p2")


@pytest.mark.parametrize("day", [FIRST, WITHIN, LAST])
def test_what_was_asked_while_the_group_met_counts_on_neither_side(day: date) -> None:
    assert _follow(("p1", 0.2, 10, BEFORE), ("p1", 0.9, 10, day)).mean is None


def test_a_fall_is_told_as_plainly_as_a_rise() -> None:
    found = _follow(("p1", 0.9, 10, BEFORE), ("p1", 0.1, 10, AFTER))
    assert found.changes[0].turned is Turned.LOWER
    assert found.mean is not None
    assert found.mean < 0


def test_a_rise_that_hangs_on_how_answers_were_divided_is_unclear() -> None:
    wide = replace(shown("p1", "s", 0.3, 10, BEFORE), least=0.0, most=0.9)
    rows = [wide, shown("p1", "s", 0.9, 10, AFTER)]
    found = followed([GROUP], rows, {"p1": BARS, "p2": BARS}, FIRST, LAST)[0]
    assert found.changes[0].turned is Turned.UNCLEAR
    assert found.low is not None
    assert found.low < 0.1


@settings(deadline=None)
@given(st.floats(0, 1), st.floats(0, 1), st.floats(1, 20))
def test_turned_round_it_is_the_other_way_round(before: float, after: float, trials: float) -> None:
    one = _follow(("p1", before, trials, BEFORE), ("p1", after, trials, AFTER)).changes[0]
    back = _follow(("p1", after, trials, BEFORE), ("p1", before, trials, AFTER)).changes[0]
    assert one.mean == pytest.approx(-back.mean)
    assert one.rose + back.rose == pytest.approx(1, abs=0.02)


def test_the_sentence_beside_it_claims_no_cause() -> None:
    assert "not why" in CAVEAT
    assert "regression to the mean" in CAVEAT
