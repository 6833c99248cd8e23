"""The record: days between proposals, meetings, and claims that conflict."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st
from table_cases import maple, table

from schoolday.bargaining.proposals import Source
from schoolday.bargaining.record import SittingState, Table, counted, exchanges, topics

DAY = date(2020, 9, 8)


def _days(here: Table, day: date | None = None) -> dict[str, tuple[str, int | None, int | None]]:
    return {
        one.passed.id: (one.answer.id if one.answer else "", one.days, one.waiting)
        for one in exchanges(here, day)
    }


def test_the_days_between_a_proposal_and_its_answer_are_counted() -> None:
    found = _days(table())
    assert found["district/1"] == ("union/1", 21, None)
    assert found["district/2"] == ("union/2", 11, None)
    assert found["union/1"] == ("district/2", 7, None)


def test_a_proposal_without_an_answer_waits_up_to_the_date_of_the_question() -> None:
    assert _days(table(), date(2020, 8, 5))["district/1"] == ("", None, 20)
    assert _days(table(), date(2020, 8, 6))["district/1"] == ("union/1", 21, None)
    assert _days(table(), date(2020, 8, 23))["district/2"] == ("", None, 10)


def test_what_was_put_in_force_waits_for_no_answer_and_neighbours_pass_nothing_here() -> None:
    passed = _days(table(), DAY)
    assert not {"district-plan/1", "start-of-year/1", "san-juan/1"} & set(passed)


@given(st.dates(date(2020, 7, 1), date(2020, 12, 31)))
@settings(deadline=None)
def test_no_answer_is_older_than_what_it_answers(day: date) -> None:
    for here in (table(), maple()):
        for one in exchanges(here, day):
            assert (one.days is None) == (one.answer is None)
            assert (one.days or one.waiting or 0) >= 0


def test_claims_on_one_thing_stand_side_by_side_and_the_figures_that_differ_are_named() -> None:
    found = {topic.name: topic for topic in topics(table().assertions)}
    met = found["How often the parties met"]
    assert met.disputed == ("bargaining sessions",)
    figures = [(one.by, name, value) for one in met.assertions for name, value in one.figures.items()]
    assert ("district", "dates offered", 28) in figures
    assert ("district", "dates accepted", 8) in figures
    assert ("district", "bargaining sessions", 10) in figures
    assert ("union", "bargaining sessions", 20) in figures
    assert ("union", "meetings of work groups", 11) in figures


def test_a_claim_without_a_date_is_not_told_before_it_can_have_been_made() -> None:
    (turned_down,) = (one for one in table().assertions if "dates declined" in one.figures)
    assert turned_down.day is None
    assert [turned_down.made(date(2020, 9, day)) for day in (22, 23)] == [False, True]


def test_equal_figures_are_not_in_dispute() -> None:
    (pupils,) = topics(maple().assertions)
    assert pupils.disputed == ()


def test_sittings_are_counted_as_they_were_entered() -> None:
    assert counted(table()) == {
        SittingState.OFFERED: 1,
        SittingState.ACCEPTED: 0,
        SittingState.DECLINED: 3,
        SittingState.HELD: 9,
    }
    assert counted(table(), date(2020, 8, 28))[SittingState.HELD] == 6
    assert counted(maple(), DAY)[SittingState.ACCEPTED] == 1


def _sources(here: Table) -> list[Source]:
    documents = [one for proposal in here.proposals for one in (*proposal.versions, *proposal.changes)]
    stances = [one for proposal in here.proposals for version in proposal.versions for one in version.stances]
    rows = (*documents, *stances, *here.sittings, *here.events, *here.assertions)
    return [row.source for row in rows]


def test_every_entry_names_its_document_with_a_date_and_when_it_was_read() -> None:
    for source in (*_sources(table()), *_sources(maple())):
        assert "20" in source.cite.source.rpartition(", ")[2], source
        assert source.checked.year == 2026


def test_every_claim_names_a_party_of_its_own_table() -> None:
    for here in (table(), maple()):
        assert {one.by for one in here.assertions} <= set(here.parties)
    assert not set(table().parties) & set(maple().parties)
