"""The account: every minute owed is given, made up, explained, to make up, or recorded by nobody."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from service_cases import BOOK, MONDAY, REASONS, YEAR, account, entry, parts, terms

from schoolday.files.rulebooks import load
from schoolday.ground.finding import Status
from schoolday.ledger.codes import CODES as ledger
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.reengage.known import CODES as ATTENDED
from schoolday.ledger.reengage.tiers import CODES as DEEDS
from schoolday.ledger.services.account import Ground
from schoolday.ledger.services.emergency import Closure
from schoolday.ledger.services.findings import check_accounts, check_entries
from schoolday.ledger.services.recorded import CODES, Reasons, of_group, rows, standing_of
from schoolday.ledger.services.terms import Mode

TUESDAY, WEDNESDAY = MONDAY + timedelta(days=1), MONDAY + timedelta(days=2)


def codes(some: list[Entry], one: object = None, **given_: object) -> list[str]:
    ground = Ground(REASONS, YEAR, date(2020, 9, 18), **given_)  # type: ignore[arg-type]
    return [found.code for found in check_entries(some, [one or terms()], ground)]  # type: ignore[list-item]


def test_what_nobody_recorded_is_not_known_and_neither_given_nor_missed() -> None:
    one = account([entry("a", MONDAY)])
    assert parts(one) == (60, 30, 0, 0, 0, 30)
    assert one.unaccounted == 30
    (found,) = check_accounts([one], BOOK, date(2020, 9, 18), YEAR.last)
    assert (found.code, found.status, found.value) == ("services.unrecorded", Status.UNVERIFIED, 30)


def test_while_the_week_lasts_nothing_unrecorded_is_a_finding() -> None:
    one = account([entry("a", MONDAY)], as_of=TUESDAY)
    assert (one.ended, check_accounts([one], BOOK, TUESDAY, YEAR.last)) == (False, [])


@pytest.mark.parametrize("reason", ["pupil_absent", "pupil_excused", "declined"])
def test_a_reason_that_lies_with_the_pupil_explains_with_its_clause(reason: str) -> None:
    one = account([entry("a", MONDAY), entry("b", WEDNESDAY, reason)])
    assert parts(one) == (60, 30, 0, 30, 0, 0)
    assert one.clauses == ("ca.guidance.services.explained@2020-07-01",)


@pytest.mark.parametrize("reason", ["provider_absent", "technical", "school_activity", "other"])
def test_a_reason_that_lies_with_the_school_is_to_be_made_up(reason: str) -> None:
    one = account([entry("a", MONDAY), entry("b", WEDNESDAY, reason)])
    assert parts(one) == (60, 30, 0, 0, 30, 0)
    (found,) = check_accounts([one], BOOK, date(2020, 9, 18), YEAR.last)
    assert (found.code, found.status) == ("services.to_make_up", Status.ADVICE)


def test_a_make_up_counts_for_the_week_of_the_meeting_that_it_names_and_for_no_more_than_it() -> None:
    missed = entry("b", WEDNESDAY, "provider_absent")
    later = entry("c", date(2020, 9, 23), "make_up", 45, start=900, makes_up="b")
    held = entry("a", MONDAY)
    one = account([held, missed, later], as_of=date(2020, 9, 25))
    assert parts(one) == (60, 30, 30, 0, 0, 0)
    next_week = account([held, missed, later], as_of=date(2020, 9, 25), day=date(2020, 9, 21))
    assert parts(next_week) == (60, 0, 0, 0, 0, 60)
    assert codes([held, missed, later]) == ["services.made_up_over"]


def test_a_make_up_that_names_a_meeting_that_was_held_makes_up_nothing() -> None:
    some = [entry("a", MONDAY), entry("c", WEDNESDAY, "make_up", start=900, makes_up="a")]
    assert parts(account(some)) == (60, 30, 0, 0, 0, 30)
    assert codes(some) == ["services.makes_up"]


def test_a_meeting_recorded_twice_is_counted_once_and_named() -> None:
    some = [entry("a", MONDAY), entry("b", MONDAY)]
    assert account(some).delivered == 30
    assert codes(some) == ["services.twice"]


def test_minutes_beyond_what_is_owed_pay_for_no_other_week() -> None:
    some = [entry("a", MONDAY, minutes=60), entry("b", WEDNESDAY)]
    one = account(some)
    assert (one.delivered, one.extra, one.unaccounted) == (60, 30, 0)


def test_no_school_explains_only_where_the_calendar_or_a_closure_says_so() -> None:
    some = [entry("a", MONDAY), entry("b", WEDNESDAY, "no_school")]
    assert parts(account(some)) == (60, 30, 0, 0, 30, 0)
    assert codes(some) == ["services.no_closure"]
    closed = (Closure("elm", WEDNESDAY, WEDNESDAY, "a burst pipe"),)
    assert parts(account(some, closures=closed)) == (60, 30, 0, 30, 0, 0)
    assert codes(some, closures=closed) == []


def test_a_consult_is_not_explained_by_a_pupil_who_need_not_be_there() -> None:
    consult = terms(mode=Mode.CONSULT)
    some = [entry("a", MONDAY), entry("b", WEDNESDAY, "pupil_absent")]
    assert parts(account(some, consult)) == (60, 30, 0, 0, 30, 0)
    assert codes(some, consult) == ["services.consult"]


def test_a_meeting_whose_minutes_nobody_knows_is_unverified_and_not_zero() -> None:
    blank = replace(entry("a", MONDAY, start=None), minutes=None)
    assert account([blank]).unrecorded == 60
    assert codes([blank]) == ["services.no_minutes"]


def test_a_correction_takes_the_place_of_what_it_names() -> None:
    some = [entry("a", MONDAY), entry("b", MONDAY, "provider_absent", corrects="a")]
    assert parts(account(some)) == (60, 0, 0, 0, 30, 30)
    back = [entry("a", MONDAY), entry("b", MONDAY, "withdrawn", corrects="a")]
    assert (parts(account(back)), codes(back)) == ((60, 0, 0, 0, 0, 60), [])
    rivals = [*some, entry("c", MONDAY, corrects="a")]
    assert account(rivals).delivered == 30
    stranger = [entry("a", MONDAY), replace(entry("b", MONDAY, "technical", corrects="a"), pupil="p9")]
    assert account(stranger).delivered == 30


def test_at_the_years_end_the_rule_decides_and_what_nobody_recorded_stays_unverified() -> None:
    missed = account([entry("a", MONDAY), entry("b", WEDNESDAY, "technical")])
    silent = account([entry("a", MONDAY)])
    found = [check_accounts([one], BOOK, YEAR.last, YEAR.last)[-1] for one in (missed, silent)]
    assert [(one.code, one.status) for one in found] == [
        ("services.year", Status.BROKEN), ("services.year", Status.UNVERIFIED),
    ]  # fmt: skip
    whole = account([entry("a", MONDAY), entry("b", WEDNESDAY)])
    assert check_accounts([whole], BOOK, YEAR.last, YEAR.last) == []


def test_a_districts_own_policy_decides_alone_which_reasons_explain(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(
        "book: elm.services\ntitle: Our policy on missed services\nlayer: policy\nplace: elm\nrules:\n"
        "  - rule: elm.services.explained\n    title: Only an excused absence explains\n    kind: trigger\n"
        "    clauses:\n      - from: 2020-07-01\n        when:\n"
        "          - {measure: missed_pupil_excused, period: day, reaches: 1}\n"
        "        then: [explain_minutes]\n        cite: {source: Board policy 9}\n"
        "        confidence: secondary\n        checked: 2026-11-29\n        note: Made up for a test.\n"
    )
    own = Reasons(BOOK.with_(load([file]).rules), frozenset({"CA", "elm"}))
    some = [entry("a", MONDAY, "pupil_absent"), entry("b", WEDNESDAY, "pupil_excused")]
    assert parts(account(some, reasons=own)) == (60, 0, 0, 30, 30, 0)
    assert parts(account(some)) == (60, 0, 0, 60, 0, 0)
    stranger = Reasons(BOOK.with_(load([file]).rules), frozenset({"CA", "oak"}))
    assert parts(account(some, reasons=stranger)) == (60, 0, 0, 60, 0, 0)


def test_a_groups_meeting_is_one_entry_for_each_pupil_and_sending_it_twice_changes_nothing() -> None:
    made = of_group(entry("m", MONDAY), {"p1": "v1", "p2": "v2", "p3": "v3"}, {"p2": "pupil_absent"})
    assert [(one.pupil, one.activity, one.code, one.minutes) for one in made] == [
        ("p1", "v1", "delivered", 30), ("p2", "v2", "pupil_absent", None), ("p3", "v3", "delivered", 30),
    ]  # fmt: skip
    assert len({one.id for one in made}) == 3
    again = of_group(entry("m", MONDAY), {"p1": "v1", "p2": "v2", "p3": "v3"}, {"p2": "pupil_absent"})
    assert made == again
    assert [(row.pupil, row.minutes, row.origin) for row in sorted(rows([*made, *again]), key=str)] == [
        ("p1", 30, "service"), ("p3", 30, "service"),
    ]  # fmt: skip


def test_the_codes_of_services_and_contacts_are_those_of_the_ledger() -> None:
    assert ledger[EntryKind.SERVICE] == frozenset(CODES)
    assert frozenset(DEEDS) <= ledger[EntryKind.CONTACT]
    assert ledger[EntryKind.ATTENDANCE] == frozenset(ATTENDED)


@st.composite
def logs(draw: st.DrawFn) -> list[Entry]:
    """Anything that people may record in three weeks, sense or nonsense."""
    made: list[Entry] = []
    for number in range(draw(st.integers(0, 9))):
        day = MONDAY + timedelta(days=draw(st.integers(-3, 18)))
        code = draw(st.sampled_from([*sorted(CODES), "withdrawn"]))
        names = [one.id for one in made] or ["gone"]
        minutes = draw(st.none() | st.integers(1, 90)) if code in ("delivered", "make_up") else None
        one = entry(
            str(number), day, code, start=draw(st.sampled_from([None, 540, 600])),
            makes_up=draw(st.sampled_from(names)) if code == "make_up" else "",
            corrects=draw(st.sampled_from(["", "", *names])),
        )  # fmt: skip
        made.append(replace(one, minutes=minutes))
    return made


@settings(deadline=None)
@given(logs(), st.sampled_from(list(Mode)), st.integers(0, 20))
def test_whatever_is_recorded_the_parts_make_up_what_is_owed(
    some: list[Entry], mode: Mode, later: int
) -> None:
    one = account(some, terms(mode=mode), as_of=MONDAY + timedelta(days=later))
    assert sum(parts(one)[1:]) == one.owed.minutes
    assert min(parts(one)) >= 0
    assert (
        one.unaccounted == one.owed.minutes - one.provided - one.explained == one.to_make_up + one.unrecorded
    )


def test_a_make_up_follows_the_latest_of_two_corrections_in_whatever_order_they_come() -> None:
    named = entry("0", MONDAY, "declined")
    again = replace(named, id="2", corrects="0")
    later = replace(named, id="4", corrects="2")
    other = replace(named, id="5", corrects="0")
    make_up = entry("3", WEDNESDAY, "make_up", start=900, makes_up="0")
    some = [named, again, make_up, later, other]
    assert len({standing_of(list(mixed))["0"] for mixed in permutations(some)}) == 1


@settings(deadline=None)
@given(logs(), st.randoms(use_true_random=False))
def test_the_order_of_entries_and_sending_them_twice_change_nothing(
    some: list[Entry], chance: object
) -> None:
    mixed = [*some, *some]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    later = MONDAY + timedelta(days=20)
    assert account(mixed, as_of=later) == account(some, as_of=later)


def test_a_make_up_goes_on_making_up_a_meeting_whose_reason_was_put_right() -> None:
    """The make-up named the first entry, and was lost when its reason was corrected."""
    some = [
        entry("a", MONDAY),
        entry("b", WEDNESDAY, "provider_absent"),
        entry("c", date(2020, 9, 23), "make_up", makes_up="b"),
        entry("d", WEDNESDAY, "technical", corrects="b"),
    ]
    assert parts(account(some, as_of=date(2020, 9, 25))) == (60, 30, 30, 0, 0, 0)
    assert codes(some) == []
    held = [*some, entry("e", WEDNESDAY, corrects="d")]
    assert parts(account(held, as_of=date(2020, 9, 25))) == (60, 60, 0, 0, 0, 0)
    assert codes(held) == ["services.makes_up"]


def test_one_time_is_given_once_whatever_it_is_called() -> None:
    """A meeting told again ten minutes later, or as a make-up of another, paid twice."""
    again = [entry("a", MONDAY), entry("b", MONDAY, start=610)]
    assert (parts(account(again)), codes(again)) == ((60, 30, 0, 0, 0, 30), ["services.twice"])
    missed = [entry("m", TUESDAY, "provider_absent"), entry("n", WEDNESDAY, "provider_absent")]
    both = [*missed, entry("x", date(2020, 9, 17)), entry("y", date(2020, 9, 17), "make_up", makes_up="m")]
    assert parts(account(both, terms(times=3))) == (90, 30, 0, 0, 60, 0)
    twice = [*missed, *(entry(f"y{one}", date(2020, 9, 17), "make_up", makes_up=one) for one in "mn")]
    assert parts(account(twice)) == (60, 0, 30, 0, 30, 0)
    assert "services.twice" in codes(twice)


def test_one_long_make_up_may_make_up_two_meetings() -> None:
    missed = [entry("m", TUESDAY, "provider_absent"), entry("n", WEDNESDAY, "provider_absent")]
    long = [
        replace(entry(f"y{one}", date(2020, 9, 17), "make_up", 30, makes_up=one), last=660) for one in "mn"
    ]
    assert parts(account([*missed, *long])) == (60, 0, 60, 0, 0, 0)
    assert codes([*missed, *long]) == []


def test_one_long_absence_does_not_explain_a_week() -> None:
    one = replace(entry("a", MONDAY, "pupil_absent"), last=900)
    assert parts(account([one], terms(times=4))) == (120, 0, 0, 30, 0, 90)
