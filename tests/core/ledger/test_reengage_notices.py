"""Notices: each certified absence is told at home within one school day, in the home's language."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from reengage_cases import BOOK, MONDAY, TODAY, YEAR, attended, moment, notice, weeks

from schoolday.ground.finding import Status
from schoolday.ledger.entry import Entry
from schoolday.ledger.reengage.notices import (
    Home,
    Notice,
    check_notices,
    dates_told,
    deadlines_of,
    language_told,
    notices,
)  # fmt: skip
from schoolday.ledger.reengage.work import work_list
from schoolday.measures.verdict import Found
from schoolday.rules import Way

TUESDAY, FRIDAY = MONDAY + timedelta(days=1), date(2020, 9, 18)
RULES = deadlines_of(BOOK, ["CA"], Way.DISTANCE)
HOME = Home({"p1": "es"})


def of(entries: list[Entry], as_of: date, home: Home = HOME) -> list[Notice]:
    return notices(entries, RULES, YEAR, home, as_of)


@pytest.mark.parametrize(
    ("sent", "as_of", "how"),
    [(MONDAY, FRIDAY, Found.MET), (TUESDAY, FRIDAY, Found.MET), (date(2020, 9, 16), FRIDAY, Found.BROKEN),
     (None, TUESDAY, Found.WAITING), (None, FRIDAY, Found.UNVERIFIED)],
)  # fmt: skip
def test_the_parent_is_told_within_one_school_day_of_the_recording(
    sent: date | None, as_of: date, how: Found
) -> None:
    some = weeks("A....")[:1] + ([notice("n", sent, [MONDAY])] if sent else [])
    (one,) = of(some, as_of)
    assert (one.verdict.found, one.last, one.language) == (how, TUESDAY, "es")
    assert len(work_list([], [one], "clerk")) == (sent is None)


def test_fridays_absence_may_be_told_on_monday() -> None:
    (one,) = of([attended("a", FRIDAY, "absent")], FRIDAY)
    assert one.last == date(2020, 9, 21)


def test_one_notice_may_tell_of_several_days_and_tells_of_no_other() -> None:
    some = [*weeks("AA..."), notice("n", TUESDAY, [MONDAY, TUESDAY])]
    assert [one.verdict.found for one in of(some, FRIDAY)] == [Found.MET, Found.MET]
    other = [*weeks("AA..."), notice("n", TUESDAY, [TUESDAY])]
    assert [one.verdict.found for one in of(other, FRIDAY)] == [Found.UNVERIFIED, Found.MET]


def test_an_excused_absence_is_told_and_a_day_that_nobody_certified_is_not() -> None:
    assert [one.code for one in of(weeks("E?..."), FRIDAY)] == ["excused"]


def test_a_mistake_put_right_in_time_needs_no_notice_and_another_word_later_does_not_undo_it() -> None:
    absent = attended("a", MONDAY, "absent")
    in_time = attended("b", MONDAY, "present", corrects="a", at=moment(TUESDAY))
    assert of([absent, in_time], FRIDAY) == []
    too_late = attended("b", MONDAY, "present", corrects="a", at=moment(date(2020, 9, 16)))
    (one,) = of([absent, too_late], FRIDAY)
    assert one.verdict.found is Found.UNVERIFIED


def test_a_notice_in_another_language_than_the_homes_is_a_fault_and_stays_to_do() -> None:
    some = [*weeks("A....")[:1], notice("n", MONDAY, [MONDAY], "en")]
    (one,) = of(some, FRIDAY)
    (fault,) = check_notices([one])
    assert (fault.code, fault.status, fault.mend) == (
        "reengage.language", Status.BROKEN, "send it in es, and record that",
    )  # fmt: skip
    assert len(work_list([], [one])) == 1
    assert check_notices(of(some, FRIDAY, Home({"p1": "en-US"}))) == []


def test_the_law_of_then_is_read_and_the_law_of_today_spares_short_studies() -> None:
    assert [rule.id for rule in RULES] == ["ca.distance.parent_notice"]
    today = deadlines_of(BOOK, ["CA"], Way.INDEPENDENT_STUDY)
    some = [attended("a", date(2026, 10, 5), "absent")]
    assert len(notices(some, today, TODAY, HOME, date(2026, 10, 9))) == 1
    short = Home({}, lambda pupil, day: frozenset({"short_study"}))
    assert notices(some, today, TODAY, short, date(2026, 10, 9)) == []


def test_what_a_notice_told_is_read_back_from_its_entry() -> None:
    one = notice("n", FRIDAY, [TUESDAY, MONDAY], "hmn")
    assert (language_told(one), dates_told(one)) == ("hmn", {MONDAY, TUESDAY})
    assert one.detail == "hmn 2020-09-14 2020-09-15"


def test_a_second_notice_in_the_homes_language_takes_the_day_off_the_list() -> None:
    """The first notice, in another language, stood for the day for ever."""
    wrong = [*weeks("A....")[:1], notice("n", MONDAY, [MONDAY], "en")]
    (one,) = of([*wrong, notice("m", TUESDAY, [MONDAY], "es")], FRIDAY)
    assert (one.verdict.found, one.other_language, work_list([], [one])) == (Found.MET, False, [])
    (late,) = of([*wrong, notice("m", FRIDAY, [MONDAY], "es")], FRIDAY)
    assert late.verdict.found is Found.BROKEN
