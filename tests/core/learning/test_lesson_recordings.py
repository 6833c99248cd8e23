"""Recordings: who may see one, what hides it, what is listed first, and what watching it counts as."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from learning_cases import DAY, bound, district, standing

from schoolday.files.rulebooks import load
from schoolday.ground.finding import Status
from schoolday.learning.counted import Viewing, counted
from schoolday.learning.recordings import (
    Consent,
    Presence,
    Recording,
    check_posted,
    check_recordings,
    may_see,
    presences,
    shelf,
)
from schoolday.ledger.codes import ABSENT, PRESENT
from schoolday.ledger.entry import EntryKind
from schoolday.roster import Enrollment
from schoolday.rules import Way

ROSTER = district()
LESSON = Recording(
    "r1", "a", DAY, "Fractions", "https://recordings.example/r1", 40, (), "t-a", DAY,
    DAY + timedelta(days=90), captions=("en",),
)  # fmt: skip
YES = [Consent("t-a", "", True, "t-a", DAY), Consent("head", "a", True, "head", DAY)]


@dataclass(frozen=True)
class Row:
    id: str
    kind: str
    pupil: str = "p1"
    day: date = DAY
    activity: str = "a"
    code: str = ""
    corrects: str = ""


def _sees(who: str, lesson: Recording = LESSON, words: list[Consent] = YES, day: date = DAY) -> bool:
    return may_see(who, lesson, words, ROSTER, day)


@pytest.mark.parametrize(
    ("who", "sees"),
    [
        ("p1", True),
        ("p2", True),
        ("t-a", True),
        ("p3", False),
        ("t-b", False),
        ("head", False),
        ("nobody", False),
    ],
)
def test_the_pupils_and_teachers_of_the_section_see_it_and_nobody_else(who: str, sees: bool) -> None:
    assert _sees(who) is sees


def test_a_pupil_of_another_district_with_the_same_class_does_not_see_it() -> None:
    cedar = district({"a": ("c1",), "b": ("c2",)}, name="cedar")
    assert may_see("p1", LESSON, YES, cedar, DAY) is False
    assert _sees("c1") is False


def test_who_left_the_class_still_sees_the_lessons_held_while_there() -> None:
    left = replace(
        ROSTER, enrollments=(Enrollment("a", "p1", None, DAY), Enrollment("a", "p2", DAY + timedelta(days=5)))
    )
    later = DAY + timedelta(days=3)
    assert may_see("p1", LESSON, YES, left, later)
    assert not may_see("p1", replace(LESSON, day=later), YES, left, later)
    assert not may_see("p2", LESSON, YES, left, later)
    assert may_see("p2", LESSON, YES, left, DAY + timedelta(days=5))


def test_nobody_sees_it_before_it_is_posted_after_its_end_or_without_an_end() -> None:
    assert not _sees("p1", day=DAY - timedelta(days=1))
    assert _sees("p1", day=DAY + timedelta(days=90))
    assert not _sees("p1", day=DAY + timedelta(days=91))
    assert not _sees("p1", replace(LESSON, keep_until=None))


def test_nobody_sees_it_while_a_consent_is_missing_refused_or_taken_back() -> None:
    assert not _sees("p1", words=YES[:1])
    assert not _sees("p1", words=[*YES, Consent("t-a", "a", False, "t-a", DAY)][::-1])
    recorded = replace(LESSON, recorded=("p2",))
    assert not _sees("p1", recorded)
    assert _sees("p1", recorded, [*YES, Consent("p2", "", True, "her father", DAY)])
    assert not _sees("p1", recorded, [*YES, Consent("p2", "b", True, "her father", DAY)])


def test_what_stands_against_a_recording_is_named_with_its_law() -> None:
    bare = replace(LESSON, keep_until=None, captions=(), recorded=("p2",))
    found = check_recordings([bare], YES, ROSTER, load().on(date(2026, 10, 5), frozenset({"CA"})))
    assert [(one.code, one.status) for one in found] == [
        ("learning.recording_consent", Status.BROKEN),
        ("learning.recording_end", Status.BROKEN),
        ("learning.recording_captions", Status.ADVICE),
    ]
    assert found[0].clauses == ("ca.records.recording_consent@2020-07-01",)
    assert found[1].clauses == ("ca.records.limit@2026-04-22",)


def test_a_recording_kept_too_long_is_named_with_the_days() -> None:
    (found,) = check_recordings([LESSON], YES, ROSTER, standing(day=DAY + timedelta(days=92)))
    assert (found.code, found.value) == ("learning.recording_over", 2.0)


def test_entries_say_who_missed_a_lesson_and_a_missing_entry_says_nothing() -> None:
    known = presences(
        [
            Row("1", "joined"),
            Row("2", "failure", "p2"),
            Row("3", "attendance", "p3", code="absent"),
            Row("4", "attendance", "p4", code="present"),
            Row("5", "contact", "p5"),
        ]
    )
    said = {pupil: presence for (pupil, _, _), presence in known.items()}
    assert said == {
        "p1": Presence.THERE, "p2": Presence.MISSED, "p3": Presence.MISSED, "p4": Presence.THERE
    }  # fmt: skip


def test_a_certifiers_word_outweighs_joining_and_joining_outweighs_a_failure() -> None:
    assert set(presences([Row("1", "failure"), Row("2", "joined")]).values()) == {Presence.THERE}
    both = [Row("1", "joined"), Row("2", "attendance", code="absent")]
    assert set(presences(both).values()) == {Presence.MISSED}
    assert set(presences([*both, Row("3", "attendance", code="present", corrects="2")]).values()) == {
        Presence.THERE
    }


def test_lessons_that_were_missed_come_first_then_the_unknown_then_the_newest() -> None:
    days = [DAY - timedelta(days=n) for n in range(4)]
    lessons = [replace(LESSON, id=f"r{n}", day=day, posted=day) for n, day in enumerate(days)]
    known = presences([Row("1", "joined", day=days[0]), Row("2", "failure", day=days[3])])
    words = [replace(one, day=days[3]) for one in YES]
    listed = shelf("p1", lessons, words, ROSTER, known, DAY)
    assert [(one.recording.id, one.presence.name) for one in listed] == [
        ("r3", "MISSED"), ("r1", "UNKNOWN"), ("r2", "UNKNOWN"), ("r0", "THERE")
    ]  # fmt: skip


def test_what_was_withdrawn_says_nothing_and_a_day_present_says_nothing_of_one_lesson() -> None:
    rows = [Row("1", "joined"), Row("2", "joined", code="withdrawn", corrects="1")]
    assert presences(rows) == {}
    absent = [Row("1", "attendance", code="absent"), Row("2", "attendance", code="withdrawn", corrects="1")]
    assert presences(absent) == {}
    assert presences([Row("1", "attendance", activity="", code="late_30")]) == {}


def test_the_codes_of_absence_and_presence_are_the_ledgers() -> None:
    for code in (*PRESENT, *ABSENT):
        known = presences([Row("1", EntryKind.ATTENDANCE, code=code)])
        assert set(known.values()) == {Presence.MISSED if code in ABSENT else Presence.THERE}


def test_a_certified_day_of_absence_makes_all_its_lessons_missed() -> None:
    known = presences([Row("1", "attendance", activity="", code="excused")])
    assert shelf("p1", [LESSON], YES, ROSTER, known, DAY)[0].presence is Presence.MISSED


def test_whether_lessons_must_be_posted_is_a_rule() -> None:
    held = [("a", DAY), ("b", DAY)]
    assert [one.code for one in check_posted(held, [LESSON], standing())] == ["learning.lessons_free"]
    (found,) = check_posted(held, [LESSON], standing(bound("unposted_lessons", high=0)))
    assert (found.code, found.where, found.status) == (
        "learning.lesson_unposted",
        ("b", "2020-10-01"),
        Status.BROKEN,
    )


def _counts(day: date, way: Way, certified: int | None = 25) -> tuple[Status, int | None, tuple[str, ...]]:
    viewing = Viewing("p1", "r1", day, 40, certified, "t-a" if certified is not None else "")
    found = counted(viewing, load().on(day, frozenset({"CA"})), way)
    return found.participation, found.minutes, found.clauses


def test_in_2020_a_certified_viewing_is_participation_and_its_certified_time_never_live() -> None:
    status, minutes, clauses = _counts(date(2020, 10, 1), Way.DISTANCE)
    assert (status, minutes) == (Status.MET, 25)
    assert "ca.distance.participation@2020-07-01" in clauses
    assert "ca.distance.certified_time@2020-07-01" in clauses


def test_without_a_certifier_it_counts_as_nothing() -> None:
    assert _counts(date(2020, 10, 1), Way.DISTANCE, None)[:2] == (Status.UNVERIFIED, None)
    viewing = Viewing("p1", "r1", DAY, 40, 25, "")
    assert counted(viewing, load().on(DAY, frozenset({"CA"}))).minutes is None


def test_in_independent_study_today_it_is_work_with_a_certified_time_value_and_no_live_minute() -> None:
    status, minutes, clauses = _counts(date(2026, 10, 5), Way.INDEPENDENT_STUDY)
    assert (status, minutes) == (Status.UNVERIFIED, 25)
    assert [one.partition("@")[0] for one in clauses] == ["ca.independent_study.certified_time"]


def test_where_no_rule_speaks_it_is_unverified() -> None:
    assert _counts(date(2022, 10, 3), Way.DISTANCE) == (Status.UNVERIFIED, None, ())


def test_consent_that_is_taken_back_on_the_same_day_is_taken_back() -> None:
    """The first of two words of one day stood, and the recording was shown on."""
    back = Consent("t-a", "", False, "t-a", DAY)
    assert not _sees("p1", words=[*YES, back])
    assert not _sees("p1", words=[back, *YES])
