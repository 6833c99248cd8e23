"""Entries: append-only, sent twice and entered once, corrected by naming."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolday.calendar.row import Minutes, Row
from schoolday.ledger.codes import CODES
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.rows import counted, rows
from schoolday.ledger.standing import faults, standing, take
from schoolday.ledger.week import belonging
from tests.core.ledger.ledger_cases import DAYS, MONDAY, entries, entry, joined

K = EntryKind


def codes(*listed: Entry) -> list[str]:
    return [one.code for one in faults(listed)]


def ids(*listed: Entry) -> list[str]:
    return [one.id for one in standing(listed)]


def test_a_correction_stands_and_what_it_names_does_not() -> None:
    assert ids(entry("a"), entry("b", corrects="a"), entry("c", corrects="b")) == ["c"]
    assert codes(entry("a"), entry("b", corrects="a"), entry("c", corrects="b")) == []


def test_a_withdrawal_takes_an_entry_back_and_puts_nothing_in_its_place() -> None:
    assert ids(entry("a"), entry("b", corrects="a", code="withdrawn")) == []
    assert codes(entry("a", code="withdrawn")) == ["ledger.code"]


def test_a_withdrawal_can_be_withdrawn_by_entering_anew() -> None:
    listed = (entry("a"), entry("b", corrects="a", code="withdrawn"), entry("c", corrects="b"))
    assert ids(*listed) == ["c"]


def test_entries_that_correct_each_other_in_a_circle_are_named_and_none_stands() -> None:
    listed = (entry("a", corrects="c"), entry("b", corrects="a"), entry("c", corrects="b"), entry("d"))
    assert ids(*listed) == ["d"]
    assert codes(*listed) == ["ledger.circle"]
    assert codes(entry("e", corrects="e")) == ["ledger.circle"]


def test_a_correction_of_another_pupils_or_schools_entry_corrects_nothing_and_is_named() -> None:
    for stranger in (entry("b", pupil="bo", corrects="a"), entry("b", school="oak", corrects="a")):
        assert ids(entry("a"), stranger) == ["a"]
        assert codes(entry("a"), stranger) == ["ledger.stranger"]


def test_a_correction_of_what_nobody_entered_is_named() -> None:
    assert codes(entry("b", corrects="a")) == ["ledger.corrects_nothing"]


def test_of_two_corrections_of_one_entry_the_last_entered_counts_and_both_are_named() -> None:
    early, late = entry("b", corrects="a"), entry("c", corrects="a", day=1)
    assert ids(entry("a"), late, early) == ["c"]
    assert codes(entry("a"), late, early) == ["ledger.corrected_twice"]


def test_sending_twice_enters_once_and_other_content_under_the_same_id_enters_nothing() -> None:
    first = take((), [entry("a"), entry("a"), entry("b")])
    assert [one.id for one in first.new] == ["a", "b"]
    assert first.findings == ()
    again = take(first.new, [entry("a"), entry("b")])
    assert (again.new, len(again.again), again.findings) == ((), 2, ())
    other = take(first.new, [entry("a", minutes=20)])
    assert [one.code for one in other.findings] == ["ledger.same_id"]
    within = take((), [entry("a"), entry("a", minutes=20)])
    assert [one.code for one in within.findings] == ["ledger.same_id"]


def test_an_old_fault_is_no_fault_of_what_is_sent_now() -> None:
    assert take([entry("b", corrects="gone")], [entry("c")]).findings == ()


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        (entry("a", K.FAILURE, code="bored"), "ledger.code"),
        (entry("a", first=600, last=590), "ledger.times"),
        (entry("a", first=600, last=1500), "ledger.times"),
        (entry("a", K.WORK, minutes=-1), "ledger.minutes"),
        (entry("a", first=600, last=610, minutes=30), "ledger.minutes"),
        (replace(entry("a"), at=entry("a").at.replace(tzinfo=None)), "ledger.moment"),
    ],
)
def test_what_an_entry_by_itself_may_not_say_is_named(wrong: Entry, code: str) -> None:
    assert codes(wrong) == [code]


def test_every_kind_has_codes_and_none_of_them_means_withdrawn() -> None:
    assert set(CODES) == set(EntryKind)
    assert not any("withdrawn" in known for known in CODES.values())


def test_a_minute_on_two_devices_counts_once_and_for_the_entry_that_begins_first() -> None:
    assert counted([joined("b", 590, 690), joined("a", 510, 600), joined("c", 520, 530)]) == {
        "a": 90,
        "c": 0,
        "b": 90,
    }


def test_unknown_minutes_are_no_row_and_never_zero() -> None:
    listed = [entry("a", K.WORK, code="submitted"), entry("b", K.WORK, minutes=20), entry("c", first=500)]
    assert list(rows(listed)) == [Row("ana", MONDAY, "class", Minutes.INDEPENDENT, 20, "work")]


def test_a_service_that_was_not_delivered_gives_no_minutes() -> None:
    listed = [entry("a", K.SERVICE, minutes=30, code="provider_absent"), entry("b", K.WORK, code="missing")]
    assert counted(listed) == {}


spans = st.lists(st.tuples(st.integers(0, 1440), st.integers(0, 1440)).map(sorted).map(tuple), max_size=8)


@given(spans)
def test_counted_minutes_are_the_minutes_that_lie_in_any_span(found: list[tuple[int, int]]) -> None:
    listed = [joined(f"e{place}", first, last) for place, (first, last) in enumerate(found)]
    minutes = {minute for first, last in found for minute in range(first, last)}
    assert sum(value or 0 for value in counted(listed).values()) == len(minutes)


corrections = st.lists(st.integers(-1, 7), min_size=1, max_size=8)


@given(corrections)
def test_whatever_corrects_whatever_without_a_fault_one_entry_of_each_chain_stands(found: list[int]) -> None:
    listed = [
        entry(f"e{place}", corrects=f"e{other}" if other >= 0 else "") for place, other in enumerate(found)
    ]
    if not faults(listed):
        assert len(standing(listed)) == sum(not one.corrects for one in listed)


def test_a_teachers_week_holds_its_classes_its_own_words_and_their_corrections_by_others() -> None:
    others = (
        entry("x1", activity="other class"),
        entry("x2", activity="", by="somebody"),
        entry("x3", school="oak"),
    )
    found = belonging(
        [*entries(), *others], school="maple", teacher="tess", monday=MONDAY, activities={"class"}
    )
    assert {one.id for one in found} == {one.id for one in entries()} - {"c4", "c5"}
    own = entry("o1", activity="", day=4)
    assert belonging([own], school="maple", teacher="tess", monday=MONDAY, activities=()) == (own,)
    assert DAYS[0] == MONDAY
