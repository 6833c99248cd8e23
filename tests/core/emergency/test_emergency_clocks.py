"""After an emergency: the five-day and the ten-day clock, as a clerk counts them on a wall calendar."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolday.calendar.days import Calendar
from schoolday.emergency.clocks import Contact, Emergency, Followed, Offer, clocks, counted, follow
from schoolday.files.rulebooks import load
from schoolday.measures.verdict import Found
from schoolday.roster import Pupil

ZONE = ZoneInfo("America/Los_Angeles")
BOOK = load()
YEAR = Calendar(
    date(2026, 8, 13),
    date(2027, 6, 4),
    {
        date(2026, 9, 7): "Labor Day",
        **{date(2026, 11, day): "Thanksgiving" for day in range(23, 28)},
        **{date(2026, 12, 21) + timedelta(day): "Winter break" for day in range(12)},
    },
    short={date(2026, 10, 14): "Smoke: sent home at ten"},
)
ANA, LUIS = Pupil("ana", "Ana", "A", "3", "north"), Pupil("luis", "Luis", "B", "8", "south")


def flood(began: date | datetime, **more: object) -> Emergency:
    return Emergency("flood", "flood", began, "made up", **more)  # type: ignore[arg-type]


def after(
    emergency: Emergency,
    *kept: Contact | Offer,
    now: date | datetime = date(2027, 6, 1),
    calendar: Calendar = YEAR,
    **more: frozenset[str],
) -> dict[str, Followed]:
    followed = follow(
        emergency,
        (ANA, LUIS),
        [one for one in kept if isinstance(one, Contact)],
        [one for one in kept if isinstance(one, Offer)],
        rules=clocks(BOOK, ("CA",), emergency, ZONE),
        calendar=calendar,
        now=now,
        zone=ZONE,
        **more,
    )
    return {one.pupil.id: one for one in followed}


def call(at: date | datetime, answered: bool = True) -> Contact:
    return Contact("ana", at, "phone", "clerk", answered)


def found(followed: Followed, rule: str) -> Found:
    return next(one.found for one in followed.verdicts if one.rule.id == rule)


CONTACT, INSTRUCTION = "ca.continuity.contact", "ca.continuity.instruction"


@pytest.mark.parametrize(
    ("began", "last"),
    [
        (date(2026, 9, 30), date(2026, 10, 5)),  # over a weekend and a month's end
        (date(2026, 9, 3), date(2026, 9, 8)),  # over Labor Day: a holiday counts
        (date(2026, 12, 29), date(2027, 1, 3)),  # over the year's end, in the winter break, to a Sunday
        (date(2027, 2, 26), date(2027, 3, 3)),  # over the end of February
        (date(2028, 2, 26), date(2028, 3, 2)),  # of a leap year
        (date(2026, 10, 30), date(2026, 11, 4)),  # over the night on which clocks go back
        (date(2027, 3, 12), date(2027, 3, 17)),  # and the one on which they go forward
    ],
)
def test_the_family_is_reached_in_time_up_to_the_fifth_day_and_late_on_the_sixth(
    began: date, last: date
) -> None:
    for day, how in ((last, Found.MET), (last + timedelta(1), Found.BROKEN)):
        night = datetime(day.year, day.month, day.day, 23, 59, tzinfo=ZONE)
        for at in (day, night):
            assert found(after(flood(began), call(at), now=at)["ana"], CONTACT) is how, (day, at)


def test_an_emergency_in_the_evening_is_counted_from_its_own_local_date() -> None:
    began = datetime(2026, 9, 3, 23, 30, tzinfo=ZONE)  # the 4th in universal time
    on = date(2026, 9, 8)
    assert found(after(flood(began), call(on))["ana"], CONTACT) is Found.MET
    assert found(after(flood(began), call(on + timedelta(1)))["ana"], CONTACT) is Found.BROKEN


def test_instruction_counts_instructional_days_alone() -> None:
    # Ten instructional days after the 7th are 8, 9, 12, 13, 15, 16 and 19 to 22: the 14th was cut short.
    began = date(2026, 10, 7)
    for day, how in ((date(2026, 10, 22), Found.MET), (date(2026, 10, 23), Found.BROKEN)):
        assert found(after(flood(began), Offer("ana", day, "distance", "t"))["ana"], INSTRUCTION) is how


def test_thanksgivings_week_is_no_instruction_but_its_days_count_for_contact() -> None:
    began = date(2026, 11, 20)
    one = after(flood(began), now=began)["ana"]
    lasts = {verdict.rule.due: verdict.inputs["last"] for verdict in one.verdicts}
    assert lasts == {"contact": date(2026, 11, 25), "instruction": date(2026, 12, 11)}


def test_what_is_not_on_record_waits_and_then_is_unverified_and_never_late() -> None:
    began = date(2026, 9, 3)
    assert found(after(flood(began), now=date(2026, 9, 8))["ana"], CONTACT) is Found.WAITING
    assert found(after(flood(began), now=date(2026, 9, 9))["ana"], CONTACT) is Found.UNVERIFIED


def test_a_try_that_nobody_answered_is_no_contact_and_one_before_the_emergency_is_none() -> None:
    began = date(2026, 9, 3)
    tried = after(flood(began), call(date(2026, 9, 4), answered=False), call(date(2026, 9, 2)))["ana"]
    assert (tried.tries, tried.reached) == (1, None)
    late = after(flood(began), call(date(2026, 9, 4), False), call(date(2026, 9, 9)), call(date(2026, 9, 8)))
    assert late["ana"].reached == call(date(2026, 9, 8))
    assert found(late["ana"], CONTACT) is Found.MET


def test_what_comes_after_the_question_is_not_on_record_yet() -> None:
    began = date(2026, 9, 3)
    noon = datetime(2026, 9, 8, 12, tzinfo=ZONE)
    later = call(noon + timedelta(hours=1)), call(date(2026, 9, 20))
    assert found(after(flood(began), *later, now=noon)["ana"], CONTACT) is Found.WAITING
    assert found(after(flood(began), later[0], now=date(2026, 9, 8))["ana"], CONTACT) is Found.MET
    offer = Offer("ana", date(2026, 9, 14), "distance", "t")
    assert found(after(flood(began), offer, now=noon)["ana"], INSTRUCTION) is Found.WAITING


def test_only_pupils_of_the_schools_it_concerns_are_followed_and_the_soonest_comes_first() -> None:
    began = date(2026, 9, 3)
    assert list(after(flood(began, schools=("south",)))) == ["luis"]
    assert list(after(flood(began), call(date(2026, 9, 4)))) == ["luis", "ana"]


def test_the_old_laws_clock_began_with_the_closure_and_the_new_ones_with_the_emergency() -> None:
    old = flood(date(2026, 3, 2), closed=date(2026, 3, 4))
    year = Calendar(date(2025, 8, 14), date(2026, 6, 5))
    rules = {rule.id: rule.due for rule in clocks(BOOK, ("CA",), old, ZONE)}
    assert rules == {CONTACT: "contact", "ca.relief.study": "instruction", INSTRUCTION: "instruction"}
    on = Offer("ana", date(2026, 3, 18), "distance", "t")
    one = after(old, on, calendar=year)["ana"]
    assert (found(one, "ca.relief.study"), found(one, INSTRUCTION)) == (Found.MET, Found.BROKEN)
    new = {rule.id for rule in clocks(BOOK, ("CA",), flood(date(2026, 7, 1)), ZONE)}
    assert new == {CONTACT, INSTRUCTION, "ca.relief.contact", "ca.relief.instruction"}
    assert clocks(BOOK, ("CA",), flood(date(2020, 9, 8)), ZONE) == []
    assert clocks(BOOK, ("KS",), flood(date(2026, 9, 8)), ZONE) == []


def test_what_the_affidavit_excuses_is_not_what_the_plan_asks() -> None:
    one = after(flood(date(2026, 9, 3)), call(date(2026, 9, 20)), circumstances=frozenset({"extenuating"}))
    assert found(one["ana"], "ca.relief.contact") is Found.NOT_BOUND
    assert found(one["ana"], CONTACT) is Found.BROKEN


@given(
    began=st.dates(date(2026, 8, 13), date(2027, 5, 1)),
    days=st.lists(st.tuples(st.integers(-3, 40), st.booleans()), max_size=6),
    passed=st.integers(0, 60),
)
def test_every_pupil_stands_once_in_each_count_and_more_tries_never_make_it_worse(
    began: date, days: list[tuple[int, bool]], passed: int
) -> None:
    now = began + timedelta(passed)
    kept = [call(began + timedelta(day), answered) for day, answered in days]
    some = after(flood(began), *kept, now=now)
    assert all(sum(one.values()) == 2 for one in counted(some.values()).values())
    more = after(flood(began), *kept, call(began), now=now)
    assert found(more["ana"], CONTACT) is Found.MET
    assert isinstance(counted(more.values())[CONTACT], Counter)
