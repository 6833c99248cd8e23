"""A provider's signature locks a period: it is changed by a correction that names it, or it is found."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from service_cases import MONDAY, entry

from schoolday.ground.finding import Status
from schoolday.ledger.services.signed import check_signed, refused, sign

FRIDAY = date(2020, 9, 18)
SIGNED_AT, LATER = datetime(2020, 9, 18, 23, 30, tzinfo=UTC), datetime(2020, 9, 21, 18, tzinfo=UTC)
HELD = [entry("a", MONDAY), entry("b", date(2020, 9, 16), "pupil_absent")]
WORD = sign(HELD, "t1", MONDAY, FRIDAY, at=SIGNED_AT, words="I gave these services as recorded.")


def test_what_was_signed_and_left_alone_is_in_order() -> None:
    assert (WORD.number, check_signed(HELD, [WORD])) == (2, [])


@pytest.mark.parametrize(
    "change",
    [{"minutes": 60}, {"code": "technical", "minutes": None}, {"detail": "other words"}, {"first": 601}],
)
def test_a_signed_entry_that_was_changed_in_place_is_found(change: dict[str, object]) -> None:
    some = [replace(HELD[0], **change), HELD[1]]  # type: ignore[arg-type]
    assert [one.code for one in check_signed(some, [WORD])] == ["services.changed"]
    assert [one.code for one in check_signed(HELD[:1], [WORD])] == ["services.changed"]


def test_a_correction_names_the_signed_entry_and_the_period_is_signed_again() -> None:
    fix = entry("c", MONDAY, "provider_absent", corrects="a", at=LATER)
    assert refused(fix, HELD, [WORD]) is None
    (found,) = check_signed([*HELD, fix], [WORD])
    assert (found.code, found.status) == ("services.corrected", Status.ADVICE)
    anew = sign([*HELD, fix], "t1", MONDAY, FRIDAY, at=LATER, words="Again.")
    assert check_signed([*HELD, fix], [WORD, anew]) == []


def test_another_word_on_a_signed_meeting_that_corrects_nothing_is_refused() -> None:
    other = entry("c", MONDAY, "provider_absent", at=LATER)
    found = refused(other, HELD, [WORD])
    assert found is not None
    assert (found.code, found.mend) == ("services.locked", "record it as a correction of a")
    assert [one.code for one in check_signed([*HELD, other], [WORD])] == ["services.locked"]


def test_a_meeting_that_was_forgotten_may_be_added_and_waits_for_another_signature() -> None:
    late = entry("c", date(2020, 9, 17), at=LATER)
    assert refused(late, HELD, [WORD]) is None
    (found,) = check_signed([*HELD, late], [WORD])
    assert (found.code, found.status) == ("services.unsigned", Status.UNVERIFIED)


def test_another_providers_entries_and_other_dates_are_not_locked() -> None:
    some = [entry("c", MONDAY, at=LATER, by="t2", start=720), entry("d", date(2020, 9, 21), at=LATER)]
    assert check_signed([*HELD, *some], [WORD]) == []


def test_nobody_signs_for_dates_to_come_or_without_words() -> None:
    for at, words in ((datetime(2020, 9, 17, 12, tzinfo=UTC), "Yes."), (SIGNED_AT, " ")):
        with pytest.raises(ValueError):
            sign(HELD, "t1", MONDAY, FRIDAY, at=at, words=words)


@settings(deadline=None)
@given(st.lists(st.tuples(st.sampled_from(["a", "b", "z", ""]), st.sampled_from(["delivered", "technical"]),
                          st.integers(0, 4)), max_size=6))  # fmt: skip
def test_nothing_that_is_added_after_signing_passes_in_silence(more: list[tuple[str, str, int]]) -> None:
    some = [
        entry(f"n{place}", MONDAY.replace(day=14 + day), code, corrects=corrects, at=LATER)
        for place, (corrects, code, day) in enumerate(more)
    ]
    found = {one.where[-1] for one in check_signed([*HELD, *some], [WORD])}
    silent = [one for one in some if one.day.isoformat() not in found]
    assert all(one.corrects == "z" for one in silent)


def test_a_signed_entry_is_corrected_by_nobody_but_who_signed_it() -> None:
    """A correction by another person was of nobody's signed dates, and passed in silence."""
    other = entry("c", MONDAY, "technical", corrects="a", at=LATER, by="t2")
    found = refused(other, HELD, [WORD])
    assert found is not None
    assert found.code == "services.locked"
    assert [one.status for one in check_signed([*HELD, other], [WORD])] == [Status.BROKEN]


def test_a_signed_meeting_that_is_moved_out_of_the_signed_dates_is_told() -> None:
    moved = entry("c", date(2020, 9, 21), corrects="a", at=LATER)
    assert [one.code for one in check_signed([*HELD, moved], [WORD])] == ["services.corrected"]
    anew = sign([*HELD, moved], "t1", MONDAY, date(2020, 9, 21), at=LATER, words="Again.")
    assert check_signed([*HELD, moved], [WORD, anew]) == []


def test_a_signed_meeting_told_again_some_minutes_later_is_locked() -> None:
    found = refused(entry("c", MONDAY, at=LATER, start=610), HELD, [WORD])
    assert found is not None
    assert found.code == "services.locked"
