"""Documents: their versions, their state, and what is in force where nothing is agreed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from table_cases import maple, rulebook, table

from schoolday.bargaining.in_force import impasse_on, in_force
from schoolday.bargaining.proposals import State
from schoolday.bargaining.record import Table, state

DAYS = st.dates(date(2020, 1, 1), date(2022, 12, 31))


def _state(here: Table, name: str, day: date) -> State | None:
    found = state(here, here.proposal(name), day)
    return found.state if found else None


def _clauses(here: Table, day: date) -> set[str]:
    return {clause.id for _, clause in in_force(here, rulebook(), day).clauses}


def test_every_version_is_kept_with_its_date_and_the_last_one_is_on_the_table() -> None:
    district = table().proposal("district")
    assert [(one.number, one.day) for one in district.versions] == [
        (1, date(2020, 7, 16)),
        (2, date(2020, 8, 13)),
        (3, date(2020, 8, 25)),
    ]
    assert district.latest(date(2020, 7, 15)) is None
    latest = district.latest(date(2020, 8, 24))
    assert latest is not None
    assert latest.id == "district/2"


def test_a_document_that_was_passed_is_proposed_until_it_is_answered() -> None:
    days = [date(2020, 7, 15), date(2020, 7, 16), date(2020, 8, 6), date(2020, 8, 13), date(2020, 8, 24)]
    told = [_state(table(), "district", day) for day in days]
    assert told == [None, State.PROPOSED, State.COUNTERED, State.PROPOSED, State.COUNTERED]


def test_a_document_is_withdrawn_agreed_and_ratified_from_the_day_the_record_says() -> None:
    assert _state(maple(), "reply", date(2020, 8, 18)) is State.WITHDRAWN
    days = [date(2020, 9, 28), date(2020, 10, 5), date(2020, 10, 9)]
    told = [_state(maple(), "offer", day) for day in days]
    assert told == [State.TENTATIVELY_AGREED, State.AGREED, State.RATIFIED]


@pytest.mark.parametrize(
    ("day", "document", "words"),
    [
        (date(2020, 7, 15), "", ["No document had been passed", "The law binds"]),
        (date(2020, 8, 20), "", ["Nothing is agreed", "2020-08-13"]),
        (
            date(2020, 8, 31),
            "",
            ["Impasse was declared on 2020-08-31 by Sacramento City Teachers Association"],
        ),
        (
            date(2020, 9, 2),
            "start-of-year",
            ["from 1 September 2020 to 2 September 2020", "for these dates alone"],
        ),
        (
            date(2020, 9, 3),
            "start-of-year",
            ["from 3 September 2020 to 4 September 2020", "for these dates alone"],
        ),
        (date(2020, 9, 4), "start-of-year", ["no agreement on record has ended it"]),
        (date(2020, 9, 5), "", ["Nothing is agreed or put in force for this date", "Impasse"]),
        (date(2020, 9, 8), "district-plan", ["without an agreement by Sacramento City Unified", "Impasse"]),
    ],
)
def test_what_is_in_force_in_sacramento_is_told_with_its_reason(
    day: date, document: str, words: list[str]
) -> None:
    found = in_force(table(), rulebook(), day)
    assert [one.proposal.id for one in found.holdings] == ([document] if document else [])
    for word in words:
        assert word in found.reason


def test_the_law_stands_under_whatever_is_in_force_and_alone_where_nothing_is() -> None:
    law = {"ca.distance.total_minutes@2020-07-01", "ca.distance.live_interaction@2020-07-01"}
    assert _clauses(table(), date(2020, 8, 31)) == law
    temporary = {"ca-scusd.start_of_year.temporary_schedule@2020-09-03"}
    assert _clauses(table(), date(2020, 9, 3)) == law | temporary
    imposed = _clauses(table(), date(2020, 9, 8))
    assert "ca-scusd.district_plan.live_minutes@2020-09-08" in imposed
    assert law < imposed


def test_a_document_whose_clauses_have_lapsed_is_not_told_as_binding() -> None:
    plan = table().proposal("district-plan")
    change = replace(plan.changes[0], last=None)
    here = replace(table(), proposals=(replace(plan, changes=(change,)),))
    found = in_force(here, rulebook(), date(2026, 9, 8))
    assert [one.proposal.id for one in found.holdings] == ["district-plan"]
    assert found.reason.endswith("no clause of its books stands on this date, so it binds nobody.")
    assert found.clauses == ()
    assert in_force(table(), rulebook(), date(2021, 7, 1)).holdings == ()


def test_a_neighbours_agreement_is_never_in_force_here() -> None:
    assert in_force(table(), rulebook(), date(2020, 8, 12)).holdings == ()


def test_an_agreement_holds_from_its_first_date_and_its_ratification_takes_its_place() -> None:
    found = {day: in_force(maple(), rulebook(), day) for day in (date(2020, 10, 5), date(2020, 10, 6))}
    assert [len(one.holdings) for one in found.values()] == [0, 1]
    ratified = in_force(maple(), rulebook(), date(2020, 10, 12))
    assert [one.change.state for one in ratified.holdings] == [State.RATIFIED]


def test_an_agreement_ends_an_impasse_and_a_temporary_one_does_not() -> None:
    assert impasse_on(maple(), date(2020, 10, 4)) is not None
    assert impasse_on(maple(), date(2020, 10, 5)) is None
    assert impasse_on(table(), date(2020, 9, 30)) is not None


@given(DAYS, st.booleans())
@settings(deadline=None)
def test_there_is_an_answer_on_every_date(day: date, here: bool) -> None:
    found = in_force(table() if here else maple(), rulebook(), day)
    assert found.reason.endswith(".")
    assert all(one.change.holds(day) for one in found.holdings)


@given(DAYS)
@settings(deadline=None)
def test_a_state_never_comes_before_its_day(day: date) -> None:
    for proposal in (*table().own(), *maple().own()):
        here = table() if proposal in table().own() else maple()
        found = state(here, proposal, day)
        assert (found is None) == (day < proposal.versions[0].day)
        assert found is None or found.day <= day


def test_a_version_that_is_not_there_is_told_with_those_that_are() -> None:
    with pytest.raises(KeyError, match="district has no version 9; there are 1, 2, 3"):
        table().version("district/9")
    with pytest.raises(KeyError, match="no document is called 'offer'"):
        table().proposal("offer")
    with pytest.raises(KeyError, match="write the document and the number"):
        table().version("district")
