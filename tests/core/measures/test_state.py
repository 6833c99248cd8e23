"""Districts laid together say of each what it says alone, and what is told of a state gives nobody away."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolday.files.engines.duck import Duck
from schoolday.ground.errors import SchooldayError
from schoolday.measures.disclosure import SUPPRESSED
from schoolday.measures.given import GROUPS, MeasuredPupil, MeasuredYear, PackRow
from schoolday.measures.hiding import ALL, few
from schoolday.measures.portable import PACK_COLUMNS, PORTABLE, run, sql
from schoolday.measures.reference import _by_groups, reference
from schoolday.measures.state import CLASSES, District, State, rows_text
from schoolday.measures.state_told import StateCell, told_state
from schoolday.measures.told import in_words
from tests.core.measures.hard_year import CHANGE_2021, CHANGE_2022, hard_year
from tests.core.measures.measured_years import FALL_2020, limits_of, years
from tests.core.measures.ranks import rank_of

Made = tuple[MeasuredYear, list[PackRow]]
LEAST = 4


def state_of(made: Sequence[Made]) -> State:
    return State([District(f"d{place}", year, limits_of(year)) for place, (year, _rows) in enumerate(made)])


def laid_together(made: Sequence[Made], folder: Path) -> Duck:
    """DuckDB over the districts' packs, with every measure worked out."""
    parts, duck, state = [], Duck(), state_of(made)
    for place, (_year, rows) in enumerate(made):
        duck.put("own", PACK_COLUMNS, rows)
        duck.export("SELECT * FROM own", folder / f"{place}.parquet")
        parts.append((state.starts["pupils"][place], [folder / f"{place}.parquet"]))
    duck.look_together(parts)
    for name, columns, some in state.tables():
        duck.put(name, columns, some)
    run(duck)
    return duck


def holds(made: Sequence[Made]) -> None:
    with TemporaryDirectory() as folder:
        duck = laid_together(made, Path(folder))
        for name in PORTABLE:
            if name == "by_groups":
                continue
            source = name if PORTABLE[name].kept else f"({sql(name)})"
            due: Counter[Any] = Counter()
            for place, (year, rows) in enumerate(made):
                plain = reference(year, limits_of(year), rows)[name]
                due.update((f"d{place}", *cells) for cells in in_words(year, name, plain))
            assert Counter(duck.ask(rows_text(name, source))) == due, name
        duck.close()


def test_districts_of_other_calendars_and_laws_keep_their_own_rows_when_laid_together() -> None:
    holds([hard_year(CHANGE_2021), hard_year(CHANGE_2022), hard_year(CHANGE_2021)])


@settings(max_examples=15, deadline=None)
@given(st.lists(years(), min_size=1, max_size=3))
def test_a_state_says_of_each_district_what_the_district_says_alone(made: list[Made]) -> None:
    holds(made)


def test_a_states_figures_are_the_sums_of_its_districts() -> None:
    made = [hard_year(CHANGE_2021), hard_year(CHANGE_2021)]
    with TemporaryDirectory() as folder:
        duck = laid_together(made, Path(folder))
        lines, ways = duck.ask("SELECT * FROM by_groups"), duck.ask(CLASSES)
        duck.close()
    belonging = {rate: sorted(own for name, own, _many in ways if name == rate) for rate, *_ in ways}
    cells = told_state(state_of(made), lines, belonging, 0, groups=True)
    alone = reference(made[0][0], limits_of(made[0][0]), made[0][1])["by_groups"]
    for rate, kind, value, pupils, _affected, part, whole, unknown in alone:
        told = {one.district: one.cell for one in cells
                if (one.cell.rate, one.cell.kind, one.cell.value) == (rate, kind, value)}  # fmt: skip
        for name in ("d0", "d1"):
            own = told[name]
            assert (own.pupils, own.part, own.whole, own.unknown) == (pupils, part, whole, unknown)
        # A state's schools are told with their districts.
        assert ("all" in told) == (kind != "school")
        if kind != "school":
            assert (told["all"].pupils, told["all"].part) == (2 * pupils, 2 * part)


@st.composite
def states(draw: st.DrawFn) -> tuple[State, list[Any], dict[str, list[int]]]:
    """Some small districts, with a pupil's rate each, as the texts give it."""
    one = st.builds(
        lambda school, grade, language: MeasuredPupil(
            "p", grade, school, "distance", groups={"language": language}, enrolled=()
        ),
        st.sampled_from(["maple", "cedar"]), st.sampled_from(["1", "2"]), st.sampled_from(["en", "en", "el"]),
    )  # fmt: skip
    districts, lines = [], []
    for place in range(draw(st.integers(1, 4))):
        year = MeasuredYear(FALL_2020, tuple(draw(st.lists(one, min_size=1, max_size=25))))
        parts = draw(st.lists(st.integers(0, 1), min_size=len(year.pupils), max_size=len(year.pupils)))
        own = [(who, "chronic_absence", part, 1, 0) for who, part in enumerate(parts)]
        lines += [
            (rate, kind, f"{place}:{value}", *more) for rate, kind, value, *more in _by_groups(year, own)
        ]
        districts.append(District(f"d{place}", year, limits_of(year)))
    state = State(districts)
    return state, lines, {"chronic_absence": list(range(len(state.belonging)))}


@settings(max_examples=60, deadline=None)
@given(states(), st.booleans())
def test_no_shown_figure_of_a_state_is_of_few_pupils_nor_a_rest_of_others(
    made: tuple[State, list[Any], dict[str, list[int]]], groups: bool
) -> None:
    state, lines, belonging = made
    cells = told_state(state, lines, belonging, LEAST, groups)
    shown = [one for one in cells if one.cell.percent != SUPPRESSED]
    for one in shown:
        counts = (one.cell.pupils, one.cell.part, int(one.cell.pupils) - int(one.cell.part))
        assert not any(few(int(number), LEAST) for number in counts)
    ways = list(state.belonging)

    def member(one: StateCell) -> list[Fraction]:
        return [
            Fraction(
                int(
                    one.district in (ALL, state.districts[place].name)
                    and (one.cell.kind == ALL or values[GROUPS.index(one.cell.kind)] == one.cell.value)
                )
            )
            for place, values in ways
        ]

    known = [member(one) for one in shown]
    rank = rank_of(known)
    for one in cells:
        if one.cell.percent == SUPPRESSED:
            assert not known or rank_of([*known, member(one)]) == rank + 1, one
    for kind in GROUPS:  # What the state's figure leaves over is of many pupils, and of several districts.
        if kind == "school":
            continue
        for whole in [one for one in shown if (one.district, one.cell.kind) == (ALL, kind)]:
            own = [one for one in cells if one.district != ALL
                   and (one.cell.kind, one.cell.value) == (kind, whole.cell.value)]  # fmt: skip
            rest = int(whole.cell.pupils) - sum(int(one.cell.pupils) for one in own if one in shown)
            assert not own or not few(rest, LEAST)


def test_districts_under_different_limits_of_service_minutes_are_not_laid_together() -> None:
    from dataclasses import replace  # noqa: PLC0415

    one, other = state_of([hard_year(CHANGE_2021), hard_year(CHANGE_2021)]).districts
    second = replace(other, limits=replace(other.limits, amounts=(("service_minutes_unaccounted", 30),)))
    with pytest.raises(SchooldayError, match="d0 and d1 end under different limits"):
        list(State([one, second]).tables())
