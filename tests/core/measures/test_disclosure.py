"""Groups are told without small cells, and nothing hidden can be had back from what is shown."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolday.calendar.days import Calendar
from schoolday.files.rulebooks import load
from schoolday.measures.dense.groups import by_groups
from schoolday.measures.disclosure import (
    SUPPRESSED,
    ToldCell,
    classes,
    smallest_cell,
    told,
    told_together,
)
from schoolday.measures.given import GROUPS, MeasuredPupil, MeasuredYear
from schoolday.measures.hiding import ALL, few
from schoolday.measures.portable import Cells
from schoolday.measures.reference import _by_groups
from schoolday.rules.book import Rulebook
from tests.core.measures.ranks import rank_of

YEAR = Calendar(date(2020, 9, 3), date(2020, 9, 4))
LEAST = 4


def pupil(school: str, grade: str, language: str, foster: str) -> MeasuredPupil:
    return MeasuredPupil("p", grade, school, "distance", groups={"language": language, "foster": foster})


@st.composite
def districts(draw: st.DrawFn) -> tuple[MeasuredYear, list[Cells]]:
    one = st.builds(
        pupil,
        st.sampled_from(["maple", "cedar", "oak"]),
        st.sampled_from(["1", "2", "9"]),
        st.sampled_from(["en", "en", "el"]),
        st.sampled_from(["no", "no", "no", "yes"]),
    )
    some = draw(st.lists(one, min_size=1, max_size=40))
    parts = draw(st.lists(st.integers(0, 1), min_size=len(some), max_size=len(some)))
    return MeasuredYear(YEAR, tuple(some)), [
        (who, "chronic_absence", part, 1, 0) for who, part in enumerate(parts)
    ]


def shown_of(year: MeasuredYear, lines: list[Cells]) -> list[ToldCell]:
    return told(_by_groups(year, lines), {"chronic_absence": classes(year, range(len(year.pupils)))}, LEAST)


@settings(max_examples=60, deadline=None)
@given(districts())
def test_no_shown_number_is_of_few_pupils(made: tuple[MeasuredYear, list[Cells]]) -> None:
    for cell in shown_of(*made):
        if cell.percent != SUPPRESSED:
            assert isinstance(cell.pupils, int)
            assert isinstance(cell.part, int)
            assert not any(few(number, LEAST) for number in (cell.pupils, cell.part, cell.pupils - cell.part))


@settings(max_examples=60, deadline=None)
@given(districts())
def test_no_hidden_cell_is_a_sum_and_difference_of_shown_ones(made: tuple[MeasuredYear, list[Cells]]) -> None:
    year, lines = made
    cells = shown_of(year, lines)
    belonging = sorted(classes(year, range(len(year.pupils))))

    def member(cell: ToldCell) -> list[Fraction]:
        return [
            Fraction(int(cell.kind == ALL or one[GROUPS.index(cell.kind)] == cell.value)) for one in belonging
        ]

    known = [member(cell) for cell in cells if cell.percent != SUPPRESSED]
    rank = rank_of(known)
    for cell in cells:
        if cell.percent == SUPPRESSED:
            assert not known or rank_of([*known, member(cell)]) == rank + 1, cell


@settings(max_examples=60, deadline=None)
@given(districts())
def test_what_a_total_leaves_over_is_of_many_pupils_and_of_more_than_one_group(
    made: tuple[MeasuredYear, list[Cells]],
) -> None:
    total, *cells = shown_of(*made)
    if total.percent == SUPPRESSED:
        return
    assert isinstance(total.pupils, int)
    for kind in GROUPS:
        own = [cell for cell in cells if cell.kind == kind]
        hidden = [cell for cell in own if cell.percent == SUPPRESSED]
        rest = total.pupils - sum(cell.pupils for cell in own if isinstance(cell.pupils, int))
        assert len(hidden) != 1
        assert not few(rest, LEAST)


def test_a_suppressed_cell_has_the_word_everywhere_and_never_a_zero() -> None:
    year = MeasuredYear(YEAR, tuple(pupil("maple", "1", "en", "no") for _ in range(3)))
    cells = shown_of(year, [(who, "chronic_absence", 1, 1, 0) for who in range(3)])
    assert {(one.pupils, one.part, one.whole, one.unknown, one.percent) for one in cells} == {
        (SUPPRESSED,) * 5
    }


def test_nobody_is_shown_as_nobody() -> None:
    year = MeasuredYear(YEAR, tuple(pupil("maple", "1", "en", "no") for _ in range(9)))
    cells = shown_of(year, [(who, "chronic_absence", 0, 1, 0) for who in range(9)])
    assert {(one.pupils, one.part, one.percent) for one in cells} == {(9, 0, "0.0")}


def test_shares_are_cut_off_in_whole_numbers() -> None:
    year = MeasuredYear(YEAR, tuple(pupil("maple", "1", "en", "no") for _ in range(12)))
    cells = told(_by_groups(year, [(who, "absent_days", 2, 3, 0) for who in range(12)]),
                 {"absent_days": classes(year, range(12))}, LEAST)  # fmt: skip
    assert {one.percent for one in cells} == {"66.6"}


def test_the_smallest_cell_is_a_rules_and_without_one_nothing_is_told() -> None:
    assert smallest_cell(load(), date(2020, 9, 8)) == (11, "ca.guidance.small_cells@2012-07-01")
    with pytest.raises(LookupError, match="no rule says on 2020-09-08"):
        smallest_cell(Rulebook(()), date(2020, 9, 8))


@pytest.mark.parametrize("seed", range(6))
def test_a_group_hidden_in_one_month_is_hidden_in_the_year_and_every_other(seed: int) -> None:
    chance = np.random.default_rng(seed)
    people = [
        MeasuredPupil(
            f"p{number}", "3" if chance.random() < 0.3 else "4", f"s{chance.integers(4)}", "distance"
        )
        for number in range(70)
    ]
    year = MeasuredYear(Calendar(date(2020, 9, 1), date(2020, 9, 30)), people)
    months = {name: [(who, int(chance.random() < 0.5), 1, 0) for who in range(70)] for name in ("sep", "oct")}
    every = [
        (who, one[1] + other[1], 2, 0) for who, (one, other) in enumerate(zip(*months.values(), strict=True))
    ]
    periods = {name: lines_by_groups(year, lines) for name, lines in {**months, "year": every}.items()}
    own = {"short_days": classes(year, range(70))}
    found = told_together(periods, dict.fromkeys(periods, own), 11)
    hidden = [
        {(cell.kind, cell.value) for cell in cells if cell.part == SUPPRESSED} for cells in found.values()
    ]
    assert hidden[0] == hidden[1] == hidden[2]
    alone = {
        (cell.kind, cell.value)
        for cells in periods.values()
        for cell in told(cells, own, 11)
        if cell.part == SUPPRESSED
    }
    assert alone <= hidden[0]


def lines_by_groups(year: MeasuredYear, lines: list[tuple[int, int, int, int]]) -> list[tuple[object, ...]]:
    """Return ``by_groups`` of one rate, by the dense way."""
    return list(by_groups(year, {"short_days": np.array(lines)}))


def shared(year: MeasuredYear, lines: dict[str, list[tuple[int, int, int, int]]]) -> list[ToldCell]:
    rates = {name: np.array(some) for name, some in lines.items()}
    own = classes(year, range(len(year.pupils)))
    return told(by_groups(year, rates), dict.fromkeys(rates, own), 11)


def hidden_in(cells: list[ToldCell], rate: str) -> set[tuple[str, str]]:
    return {(one.kind, one.value) for one in cells if one.rate == rate and one.part == SUPPRESSED}


def test_minutes_hidden_in_one_figure_are_not_the_whole_of_another() -> None:
    """Five pupils of a school were given minutes, none of them live: the live share's whole told them."""
    people = [MeasuredPupil(f"p{n}", "3", f"s{n // 20}", "distance") for n in range(80)]
    year = MeasuredYear(YEAR, people)
    given = [0 if 5 <= n < 20 else 100 for n in range(80)]
    cells = shared(year, {
        "given_of_planned": [(n, given[n], 200, 0) for n in range(80)],
        "live_share": [(n, 50 if n >= 20 else 0, given[n], 0) for n in range(80)],
        "planned_live_share": [(n, 100, 200, 0) for n in range(80)],
    })  # fmt: skip
    hidden = hidden_in(cells, "given_of_planned")
    assert ("school", "s0") in hidden
    assert hidden == hidden_in(cells, "live_share") == hidden_in(cells, "planned_live_share")


def test_how_many_pupils_a_small_group_has_is_not_what_two_figures_leave_over() -> None:
    """One figure hid a second school, another a third: together they told the first."""
    people = [
        MeasuredPupil("p", "3", school, "distance")
        for school, many in (("a", 3), ("b", 20), ("c", 30), ("d", 40))
        for _ in range(many)
    ]
    year = MeasuredYear(YEAR, people)
    cells = shared(year, {
        "absent_days": [(n, 1, 9, 0) for n in range(93)],
        "chronic_absence": [(n, int(23 <= n < 28), 1, 0) for n in range(93)],
    })  # fmt: skip
    told_of = {one.value: one.pupils for one in cells if one.kind == "school" and one.pupils != SUPPRESSED}
    assert set(told_of) <= {"c", "d"}


def test_pupils_of_whom_it_is_not_verified_are_not_few_either_nor_what_is_left_of_them() -> None:
    year = MeasuredYear(YEAR, tuple(pupil("maple", "1", "en", "no") for _ in range(30)))
    lines = [(who, "chronic_absence", int(who < 14), 1, int(14 <= who < 28)) for who in range(30)]
    assert {one.part for one in shown_of(year, lines)} == {SUPPRESSED}


def test_a_grade_that_is_nearly_a_school_does_not_tell_the_rest_of_it() -> None:
    people = [
        MeasuredPupil("p", grade, school, "distance")
        for school, grade, many in (("a", "9", 40), ("a", "8", 3), ("b", "8", 60))
        for _ in range(many)
    ]
    year = MeasuredYear(YEAR, people)  # fmt: skip
    cells = shared(year, {"absent_days": [(n, 1, 9, 0) for n in range(103)]})
    shown = {(one.kind, one.value) for one in cells if one.pupils != SUPPRESSED}
    assert not {("grade", "9"), ("school", "a")} <= shown
