"""The law of re-engagement: no sequence of relabellings takes anything off the work list."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from reengage_cases import (
    CHRONIC,
    MONDAY,
    PLAN,
    THEN,
    TRUANT,
    WATCH,
    YEAR,
    attended,
    contact,
    found,
    moment,
    notice,
    weeks,
)  # fmt: skip

from schoolday.calendar.counting import Count
from schoolday.ledger.codes import WITHDRAWN
from schoolday.ledger.entry import Entry
from schoolday.ledger.reengage import known
from schoolday.ledger.reengage.cases import Case
from schoolday.ledger.reengage.tiers import CODES, Tier, WrittenPlan
from schoolday.ledger.reengage.watch import Watch
from schoolday.ledger.reengage.work import work_list

AS_OF = date(2020, 10, 2)
LATE = moment(AS_OF, 23)
EVERY = WrittenPlan(
    (*PLAN.tiers, Tier(TRUANT, "tell_truancy", 1, "clerk", 3, Count.SCHOOL),
     Tier(CHRONIC, "conference", 1, "counselor", 5, Count.SCHOOL))
)  # fmt: skip
PAST = st.lists(
    st.tuples(st.integers(0, 18), st.sampled_from(sorted(CODES))).filter(lambda one: one[1] != "notice_sent"),
    max_size=4,
)


@st.composite
def histories(draw: st.DrawFn) -> list[Entry]:
    """Three weeks of attendance, more away than not, with a few contacts that were really made."""
    letters = st.sampled_from("AAAE.L?")
    some = weeks(" ".join("".join(draw(letters) for _ in range(5)) for _ in range(3)))
    for place, (day, code) in enumerate(draw(PAST)):
        some.append(contact(f"c{place}", MONDAY + timedelta(days=day), code))
    if draw(st.booleans()):
        some.append(notice("n", MONDAY + timedelta(days=draw(st.integers(0, 18))), [MONDAY]))
    return some


@st.composite
def relabelled(draw: st.DrawFn, some: list[Entry]) -> list[Entry]:
    """Any corrections of what is there, again and again, and other codes beside those of certified days."""
    made: list[Entry] = []
    for number in range(draw(st.integers(1, 8))):
        named = draw(st.sampled_from([*some, *made]))
        at = LATE + timedelta(seconds=number)
        corrects = draw(st.sampled_from([named.id, ""]))
        if named.kind == "attendance":
            code = draw(st.sampled_from([*sorted(known.CODES), *([WITHDRAWN] if corrects else [])]))
            made.append(attended(f"r{number}", named.day, code, at=at, corrects=corrects))
        else:
            # A contact that corrects nothing would be a new deed, not another word for an old one.
            code = draw(st.sampled_from([*sorted(CODES), WITHDRAWN]))
            made.append(contact(f"r{number}", named.day, code, at=at, corrects=named.id, detail=named.detail))
    return made


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_no_sequence_of_relabellings_empties_the_list(data: st.DataObject) -> None:
    some = data.draw(histories())
    words = data.draw(relabelled(some)) if some else []
    for rule in (THEN, TRUANT, CHRONIC):
        before, after = (found(entries, AS_OF, rule, plan=EVERY) for entries in (some, [*some, *words]))
        assert _to_do(before) <= _to_do(after)
        assert len(work_list(before, [])) <= len(work_list(after, []))
        assert {one.id for one in before if one.open} <= {one.id for one in after if one.open}


def _to_do(cases: list[Case]) -> set[tuple[str, str]]:
    return {(one.case, one.what) for one in work_list(cases, [])}


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_relabelled_day_is_said_wherever_it_counted_in_an_open_case(data: st.DataObject) -> None:
    some = data.draw(histories())
    open_ = [one for one in found(some, AS_OF) if one.open]
    if not open_:
        return
    day = data.draw(st.sampled_from(open_[-1].absent))
    last = attended("r", day, "present", at=LATE, corrects=str(day))
    after = found([*some, last], AS_OF)[-1]
    assert (after.open, last in after.recoded) == (True, True)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_case_exists_if_and_only_if_a_week_once_reached_the_law_as_it_was_known(
    data: st.DataObject,
) -> None:
    some = [one for one in data.draw(histories()) if one.kind == "attendance"]
    words = data.draw(relabelled(some)) if some else []
    made = found([*some, *words], AS_OF)
    assert bool(made) == _ever_reached([*some, *words])


def _ever_reached(entries: list[Entry]) -> bool:
    """Count by hand, after each entry: does any week have 3 days away of 5?"""
    order = sorted(entries, key=lambda one: (one.at, one.id))
    return any(_reached(order[: place + 1]) for place in range(len(order)))


def _reached(entries: list[Entry]) -> bool:
    replaced = {one.corrects for one in entries}
    newest = {one.corrects: one.id for one in entries if one.corrects}
    best: dict[date, int] = {}
    rank = {"present": 0, "late_30": 1, "excused": 2, "absent": 3}
    for one in entries:
        stands = one.id not in replaced and newest.get(one.corrects, one.id) == one.id
        if stands and one.code in rank:
            best[one.day] = min(best.get(one.day, 9), rank[one.code])
    weeks_away: dict[date, int] = {}
    for day, code in best.items():
        monday = day - timedelta(days=day.weekday())
        weeks_away[monday] = weeks_away.get(monday, 0) + (code >= 2)
    return any(number >= 3 for number in weeks_away.values())


@settings(max_examples=100, deadline=None)
@given(st.data(), st.randoms(use_true_random=False))
def test_the_order_in_which_files_come_and_sending_twice_change_nothing(
    data: st.DataObject, chance: object
) -> None:
    some = data.draw(histories())
    mixed = [*some, *some]
    chance.shuffle(mixed)  # type: ignore[attr-defined]
    assert found(mixed, AS_OF) == found(some, AS_OF)
    assert WATCH.calendar.first < AS_OF
    assert isinstance(LATE, datetime)


def test_enrollment_that_is_dated_anew_takes_no_certified_absence_away() -> None:
    """A pupil enrolled from the week after, by a roster brought later, had no absences to count."""
    later = Watch(YEAR, lambda pupil, day: day >= MONDAY + timedelta(days=7))
    assert [one.open for one in found(weeks("AAAA."), AS_OF, watch=later)] == [True]


def test_a_word_on_another_schools_refused_correction_is_a_word_of_that_schools_own() -> None:
    """The correction of another school does not stand: there was nothing to take off, and a traceback."""
    tuesday = MONDAY + timedelta(days=1)
    told = known.Known()
    told.tell(attended("a", MONDAY, "absent"))
    told.tell(replace(attended("b", tuesday, "present", corrects="a"), school="oak"))
    told.tell(replace(attended("c", tuesday, "absent", corrects="b"), school="oak"))
    assert told.codes == {MONDAY: "absent", tuesday: "absent"}
