"""Side by side: the seeds' figures, and the word of the law on each cell."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from table_cases import maple, rulebook, table

from schoolday.bargaining.record import Table
from schoolday.bargaining.sides import FIGURES, Cell, SideBySide, Word, sides
from schoolday.bargaining.terms import TERMS
from schoolday.ground.grades import GRADES

DAY = date(2020, 9, 8)
ALL = ("law", "district/1", "district-plan", "union", "san-juan")


def _sides(here: Table, *names: str, day: date = DAY) -> SideBySide:
    return sides(here, rulebook(), day, names)


def _cells(found: SideBySide, name: str) -> dict[str, tuple[Cell, ...]]:
    return {grade: line.cells for line in found.lines if line.name == name for grade in line.grades}


def _figures(name: str) -> dict[str, list[float | None]]:
    cells = _cells(_sides(table(), *ALL), name)
    return {grade: [cell.low for cell in cells[grade]] for grade in ("K", "2", "5", "8", "11")}


def test_the_total_minutes_are_those_of_the_documents() -> None:
    # law, first offer, plan, union (counted), San Juan
    assert _figures("total_minutes") == {
        "K": [180, 252, 180, 180, 180],
        "2": [230, 252, 230, 230, 230],
        "5": [240, 272, 240, 240, 240],
        "8": [240, 278, 240, 240, 240],
        "11": [240, 295, 240, 240, 240],
    }


def test_the_live_minutes_are_those_of_the_documents_and_the_law_names_none() -> None:
    assert _figures("live_minutes") == {
        "K": [None, None, 90, 90, 45],
        "2": [None, None, 180, 110, 55],
        "5": [None, None, 180, 120, 65],
        "8": [None, None, 180, 120, 90],
        "11": [None, None, 180, 120, None],
    }


def test_independent_minutes_are_the_unions_own_and_counted_for_the_others() -> None:
    assert _figures("independent_minutes") == {
        "K": [None, None, 90, 90, 135],
        "2": [None, None, 50, 120, 175],
        "5": [None, None, 60, 120, 175],
        "8": [None, None, 60, 120, 150],
        "11": [None, None, 60, 120, None],
    }
    row = _cells(_sides(table(), *ALL), "independent_minutes")["2"]
    assert [cell.counted for cell in row] == [False, False, True, False, True]


def test_the_terms_that_are_no_minutes_are_told_or_silent() -> None:
    found = _sides(table(), "district-plan", "union", "san-juan")
    told = {name: [cell.word for cell in _cells(found, name)["5"]] for name in TERMS}
    lawful, silent = Word.LAWFUL, Word.SILENT
    assert told == {
        "live_per_course": [silent, silent, silent],
        "recordings": [lawful, lawful, silent],
        "common_assessments": [lawful, lawful, silent],
        "substitutes": [silent, lawful, silent],
        "screen_time": [silent, lawful, silent],
        "service_logs": [lawful, silent, silent],
    }
    assert _cells(found, "live_per_course")["7"][2].said == "15 minutes"


def test_all_positions_of_august_2020_were_lawful_for_the_law_names_no_live_minutes() -> None:
    found = _sides(table(), *ALL)
    assert not [cell for line in found.lines for cell in line.cells if cell.word is Word.UNLAWFUL]
    live = _cells(found, "live_minutes")["K"][4]
    assert live.why == "No rule of law in the books speaks of it."


def test_fewer_minutes_than_the_law_asks_for_are_unlawful_with_the_citation() -> None:
    cell = _cells(_sides(maple(), "reply"), "total_minutes")["4"][0]
    assert cell.word is Word.UNLAWFUL
    assert "California Education Code § 43501" in cell.why
    assert "ca.distance.total_minutes@2020-07-01" in cell.clauses
    assert _cells(_sides(maple(), "reply"), "total_minutes")["3"][0].word is Word.LAWFUL


def test_no_live_minutes_at_all_are_unlawful_for_the_law_wants_a_live_meeting() -> None:
    cells = _cells(_sides(maple(), "reply"), "live_minutes")
    assert cells["K"][0].word is Word.UNLAWFUL
    assert "43503" in cells["K"][0].why
    assert cells["1"][0].word is Word.LAWFUL


def test_a_document_that_nobody_has_read_is_unverified_and_not_silent() -> None:
    cells = _cells(_sides(table(), "district"), "total_minutes")
    assert {cell.word for row in cells.values() for cell in row} == {Word.UNVERIFIED}


def test_a_clause_outside_its_dates_says_nothing() -> None:
    cells = _cells(_sides(table(), "union", day=date(2021, 7, 1)), "live_minutes")
    assert {cell.word for row in cells.values() for cell in row} == {Word.SILENT}


def test_every_cell_that_says_something_names_where_it_is_written() -> None:
    for here, names in ((table(), ALL), (maple(), ("law", "reply"))):
        cells = [cell for line in _sides(here, *names).lines for cell in line.cells]
        assert all(cell.made or cell.sources for cell in cells if cell.said)
        assert all(cell.why and cell.law for cell in cells if cell.word is Word.UNLAWFUL)


@given(st.lists(st.sampled_from(ALL), min_size=1, max_size=4), st.dates(date(2020, 8, 31), date(2021, 6, 30)))
@settings(deadline=None)  # the books are read in the first run
def test_every_thing_has_every_grade_once_and_a_cell_for_each_column(names: list[str], day: date) -> None:
    found = sides(table(), rulebook(), day, names)
    for name in (*FIGURES, *TERMS):
        lines = [line for line in found.lines if line.name == name]
        assert [grade for line in lines for grade in line.grades] == list(GRADES)
        assert all(len(line.cells) == len(names) for line in lines)


def test_a_name_that_is_not_there_is_told() -> None:
    with pytest.raises(KeyError, match="no document is called"):
        _sides(table(), "reply")
    with pytest.raises(KeyError, match="union had no version on 2020-08-05"):
        _sides(table(), "union", day=date(2020, 8, 5))
