"""Warnings about clauses that lapse soon and sources that nobody has read lately."""

from __future__ import annotations

from datetime import date, timedelta

from rule_cases import clause, rule

from schoolday.ground.finding import Status
from schoolday.rules import Rulebook
from schoolday.rules.warn import warnings

LAST = date(2021, 6, 30)


def _codes(book: Rulebook, day: date) -> list[str]:
    return [finding.code for finding in warnings(book, day)]


def test_a_clause_is_said_to_lapse_from_sixty_days_before_its_last_date_until_it_is_over() -> None:
    book = Rulebook((rule("r", clause("r", last=LAST, at_least=1)),))
    said = {days: _codes(book, LAST - timedelta(days=days)) for days in (61, 60, 0, -1)}
    assert said == {61: [], 60: ["rules.lapses_soon"], 0: ["rules.lapses_soon"], -1: []}


def test_a_clause_with_a_successor_does_not_lapse() -> None:
    after = clause("r", LAST + timedelta(days=1), None, at_least=2)
    book = Rulebook((rule("r", clause("r", last=LAST, at_least=1), after),))
    assert _codes(book, LAST) == []


def test_a_source_read_more_than_a_year_ago_is_said_to_be_old() -> None:
    checked = date(2020, 8, 1)
    book = Rulebook((rule("r", clause("r", last=None, at_least=1, checked=checked)),))
    assert _codes(book, checked + timedelta(days=365)) == []
    (finding,) = warnings(book, checked + timedelta(days=366))
    assert finding.code == "rules.checked_long_ago"
    assert (finding.status, finding.value, finding.clauses) == (Status.ADVICE, 366, ("r@2020-07-01",))
    assert "2020-08-01" in finding.said
    assert "Source of r" in finding.mend
