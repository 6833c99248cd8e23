"""Warnings about clauses that lapse soon and sources that nobody has read lately."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from rule_cases import clause, rule

from schoolday.files.rulebooks import load
from schoolday.ground.finding import Status
from schoolday.rules import Rulebook, Silence
from schoolday.rules.warn import warnings

LAST = date(2021, 6, 30)
BOOKS = load(None)


def _codes(book: Rulebook, day: date) -> list[str]:
    return [finding.code for finding in warnings(book, day)]


def test_a_clause_is_said_to_lapse_from_sixty_days_before_its_last_date_until_it_is_over() -> None:
    book = Rulebook((rule("r", clause("r", last=LAST, at_least=1)),))
    said = {days: _codes(book, LAST - timedelta(days=days)) for days in (61, 60, 0, -1)}
    assert said == {61: [], 60: ["rules.lapses_soon"], 0: ["rules.lapses_soon"], -1: []}


def test_a_clause_with_a_successor_does_not_lapse_but_its_rule_changes_soon() -> None:
    after = clause("r", LAST + timedelta(days=1), None, at_least=2)
    book = Rulebook((rule("r", clause("r", last=LAST, at_least=1), after),))
    assert _codes(book, LAST - timedelta(days=60)) == []
    (finding,) = warnings(book, LAST - timedelta(days=59))
    assert (finding.code, finding.value, finding.clauses) == ("rules.changes_soon", 60, ("r@2021-07-01",))
    assert "changes on 2021-07-01" in finding.said


def test_a_rule_that_is_not_in_force_yet_begins_soon() -> None:
    book = Rulebook((rule("r", clause("r", at_least=1)),))
    assert _codes(book, date(2020, 5, 1)) == []
    (finding,) = warnings(book, date(2020, 5, 2))
    assert finding.code == "rules.changes_soon"
    assert "begins on 2020-07-01" in finding.said


def test_a_gap_between_clauses_is_told_with_its_reason_or_that_there_is_none() -> None:
    clauses = clause("r", last=LAST, at_least=1), clause("r", date(2022, 7, 1), None, at_least=2)
    bare = rule("r", *clauses)
    told = replace(bare, silences=(Silence(LAST + timedelta(days=1), date(2022, 6, 30), "A year off."),))
    within = date(2022, 1, 1)
    for book, words in ((bare, "Nobody wrote why."), (told, "A year off.")):
        (finding,) = warnings(Rulebook((book,)), within)
        assert finding.code == "rules.gap"
        assert f"from 2021-07-01 to 2022-06-30. {words}" in finding.said
    assert _codes(Rulebook((told,)), LAST) == ["rules.lapses_soon"]
    assert _codes(Rulebook((told,)), date(2022, 6, 30)) == ["rules.gap", "rules.changes_soon"]


def test_a_rule_that_is_over_for_good_has_no_gap() -> None:
    assert _codes(Rulebook((rule("r", clause("r", at_least=1)),)), date(2022, 1, 1)) == []


@given(st.dates(date(2013, 1, 1), date(2030, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_every_warning_of_the_books_has_a_place_a_clause_and_what_to_do(day: date) -> None:
    for finding in warnings(BOOKS, day):
        assert finding.status is Status.ADVICE
        assert finding.spot is not None
        assert finding.spot.file
        assert finding.spot.row > 0
        assert finding.clauses
        assert finding.mend


def test_the_years_end_of_2021_warns_of_the_law_that_lapses() -> None:
    found = [one for one in warnings(BOOKS, date(2021, 6, 1)) if one.code == "rules.lapses_soon"]
    assert "ca.distance.total_minutes@2020-07-01" in {one.clauses[0] for one in found}


def test_a_source_read_more_than_a_year_ago_is_said_to_be_old() -> None:
    checked = date(2020, 8, 1)
    book = Rulebook((rule("r", clause("r", last=None, at_least=1, checked=checked)),))
    assert _codes(book, checked + timedelta(days=365)) == []
    (finding,) = warnings(book, checked + timedelta(days=366))
    assert finding.code == "rules.checked_long_ago"
    assert (finding.status, finding.value, finding.clauses) == (Status.ADVICE, 366, ("r@2020-07-01",))
    assert "2020-08-01" in finding.said
    assert "Source of r" in finding.mend
