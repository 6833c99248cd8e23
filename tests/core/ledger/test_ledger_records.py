"""The weekly engagement record of 2020-21 and today's day of independent study, every figure opened."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction

import pytest

from schoolday.calendar.days import Calendar
from schoolday.calendar.row import Minutes
from schoolday.ground.errors import NotInForce
from schoolday.ledger.certify import CertificationRefused, certify
from schoolday.ledger.daily_study import ratio, study_days, work_products
from schoolday.ledger.day_record import Took
from schoolday.ledger.engagement import Engagement, engagement
from schoolday.ledger.entry import EntryKind
from schoolday.ledger.week import Expected, Week
from schoolday.measures.verdict import Found
from schoolday.rules.rule import Way
from tests.core.ledger.ledger_cases import (
    DAYS,
    FRIDAY_EVENING,
    PACIFIC,
    book,
    entries,
    entry,
    joined,
    week,
)

K = EntryKind


def of(pupil: str, made: Week | None = None) -> Engagement:
    return next(one for one in engagement(made or week(), book()) if one.pupil.pupil == pupil)


def test_a_whole_day_is_met_with_its_entries_and_clauses() -> None:
    day = of("ana").days[0]
    live, work = day.record.minutes[Minutes.LIVE], day.record.minutes[Minutes.INDEPENDENT]
    assert (live.value, live.entries) == (180, ("a1", "a2"))
    assert (work.value, work.entries, work.clauses) == (
        60,
        ("a3",),
        ("ca.distance.certified_time@2020-07-01",),
    )
    assert (day.record.total.value, day.owed.value) == (240, 230)
    assert day.owed.clauses == ("ca.distance.total_minutes@2020-07-01",)
    assert day.whole.found is Found.MET
    assert "230" in day.whole.said
    assert (day.participation.value, day.participation.entries) == (1, ("a1", "a2", "a3"))


def test_the_correction_counts_and_the_assignments_are_tracked() -> None:
    record = of("ana").days[1].record
    assert record.minutes[Minutes.INDEPENDENT].value == 40
    assert (record.done.value, record.missing.value) == (1, 1)
    assert record.missing.entries == ("a6",)
    assert of("ana").days[1].whole.found is Found.BROKEN


def test_a_technical_failure_and_silence_are_unverified_and_only_a_certified_word_is_an_absence() -> None:
    took = [day.record.took for day in of("bo").days]
    assert took == [Took.UNVERIFIED, Took.ABSENT, Took.EXCUSED, Took.PART, Took.UNVERIFIED]
    assert of("bo").days[0].record.failures == ("b1",)
    assert {day.record.took for day in of("dee").days} == {Took.UNVERIFIED}
    assert [day.record.total.value for day in of("dee").days] == [None] * 5
    assert (of("bo").unverified, of("dee").unverified) == (2, 5)


def test_evidence_may_be_work_an_assessment_presence_or_a_service_given() -> None:
    took = [day.record.took for day in of("cruz").days]
    assert took == [Took.PART, Took.PART, Took.PART, Took.PART, Took.UNVERIFIED]


def test_a_call_about_an_absence_is_no_evidence_and_a_late_pupil_was_there() -> None:
    more = (
        entry("r1", K.CONTACT, "bo", 1, code="reached", activity=""),
        entry("r2", K.ATTENDANCE, "dee", 0, code="late_30"),
    )
    made = week(entries=(*entries(), *more))
    assert of("bo", made).days[1].record.took is Took.ABSENT
    assert of("dee", made).days[0].record.took is Took.PART
    assert certify(made, book(), by="tess", at=FRIDAY_EVENING).unverified == 10


def test_work_that_nobody_has_judged_leaves_the_day_unverified() -> None:
    day = of("cruz").days[0]
    assert day.record.minutes[Minutes.INDEPENDENT].unknown == ("c1",)
    assert day.whole.found is Found.UNVERIFIED


def test_a_record_of_part_of_the_plan_does_not_break_the_day() -> None:
    part = tuple(row for row in week().plan if row.kind is Minutes.LIVE)
    assert of("ana", week(plan=part)).days[1].whole.found is Found.UNVERIFIED
    assert of("ana", week(plan=part)).days[0].whole.found is Found.MET


def test_a_day_with_no_recorded_live_meeting_is_unverified_and_not_broken() -> None:
    assert [day.live.found for day in of("ana").days[:2]] == [Found.MET, Found.UNVERIFIED]


def test_a_continuation_pupil_is_not_held_to_the_other_pupils_day() -> None:
    found = engagement(week(), book(), {"ana": frozenset({"continuation"})})
    assert found[0].days[1].whole.found is Found.NOT_BOUND


def test_a_week_of_another_year_is_refused_and_never_judged_by_the_old_law() -> None:
    move = timedelta(days=7 * 52 * 6)
    made = week(monday=week().monday + move, days=tuple(day + move for day in DAYS), entries=(), plan=())
    with pytest.raises(NotInForce):
        engagement(made, book())


def test_contradictions_strangers_and_weekends_keep_a_week_from_being_certified() -> None:
    wrong = (
        entry("w1", K.ATTENDANCE, "ana", code="absent"),
        entry("w2", pupil="zoe"),
        replace(entry("w3"), day=date(2020, 9, 19)),
        entry("w4", corrects="nothing"),
    )
    with pytest.raises(CertificationRefused) as refused:
        certify(week(entries=(*entries(), *wrong)), book(), by="tess", at=FRIDAY_EVENING)
    assert {one.code for one in refused.value.findings} == {
        "ledger.contradiction",
        "ledger.not_expected",
        "ledger.no_school_day",
        "ledger.corrects_nothing",
    }
    assert all(one.mend for one in refused.value.findings)


def test_a_week_is_not_certified_before_its_last_day() -> None:
    with pytest.raises(CertificationRefused, match="ends on 2020-09-18"):
        certify(week(), book(), by="tess", at=FRIDAY_EVENING - timedelta(days=1))


def test_a_certificate_names_its_clauses_and_counts_what_is_not_verified() -> None:
    made = certify(week(), book(), by="tess", at=FRIDAY_EVENING)
    assert made.unverified == 2 + 1 + 5 + 3  # Bo, Cruz, Dee, Ana.
    assert "ca.distance.engagement_record@2020-09-01" in made.clauses
    assert "what is not recorded here is not known to me" in made.words


STUDY_MONDAY = date(2026, 9, 14)


def study_week(*listed: object) -> Week:
    days = tuple(STUDY_MONDAY + timedelta(days=place) for place in range(5))
    pupils = (Expected("ana", "3", ("class",)),)
    return Week(
        "maple-union",
        "maple",
        "tess",
        STUDY_MONDAY,
        Way.INDEPENDENT_STUDY,
        days,
        pupils,
        listed,  # type: ignore[arg-type]
    )


def study_entry(name: str, kind: EntryKind, minutes: int | None, place: int = 0, code: str = ""):  # noqa: ANN201
    at = datetime(2026, 9, 14 + place, 12, 0, tzinfo=PACIFIC)
    return replace(
        entry(name, kind, minutes=minutes, code=code), day=STUDY_MONDAY + timedelta(days=place), at=at
    )


def test_work_and_synchronous_minutes_together_earn_one_day_and_never_more() -> None:
    made = study_week(
        study_entry("w", K.WORK, 200),
        study_entry("j", K.JOINED, 30),
        study_entry("w1", K.WORK, 400, 1),
        study_entry("w2", K.WORK, 100, 2),
        study_entry("w3", K.WORK, None, 3),
    )
    found = study_days(made, book(), certified=True)
    assert [day.credited for day in found] == [1, 1, 0, None, None]
    assert (found[0].work.value, found[0].synchronous.value, found[0].total.value) == (200, 30, 230)
    assert found[0].owed.value == 230
    assert found[0].total.entries == ("w", "j")
    assert {clause.partition("@")[0] for clause in found[0].total.clauses} == {
        "ca.independent_study.certified_time",
        "ca.independent_study.live_evidence",
    }


def test_nothing_is_earned_before_the_week_is_certified() -> None:
    made = study_week(study_entry("w", K.WORK, 400))
    assert study_days(made, book(), certified=False)[0].credited is None


def test_independent_study_is_refused_before_a_clause_says_how_long_its_day_is() -> None:
    with pytest.raises(NotInForce):
        study_days(week(way=Way.INDEPENDENT_STUDY), book(), certified=True)


YEAR = Calendar(date(2026, 8, 31), date(2027, 6, 11))


def test_a_sample_of_each_subject_is_kept_in_each_period_since_the_study_began() -> None:
    kept = [study_entry(f"k{code}", K.WORK, 30, place, f"kept_{code}") for place, code in
            enumerate(("english", "mathematics", "history", "science"))]  # fmt: skip
    found = work_products(kept, YEAR, book(), since=STUDY_MONDAY, as_of=date(2027, 6, 11))
    assert [one.verdict.found for one in found] == [Found.MET, Found.BROKEN, Found.BROKEN]
    assert found[0].kept.entries == ("kenglish", "kmathematics", "khistory", "kscience")
    assert found[0].kept.clauses == ("ca.independent_study.work_products@2026-07-09",)
    running = work_products(kept[:2], YEAR, book(), since=STUDY_MONDAY, as_of=date(2026, 10, 1))
    assert [one.verdict.found for one in running] == [Found.UNVERIFIED]
    twice = [kept[0], replace(kept[0], id="other")]
    assert work_products(twice, YEAR, book(), since=STUDY_MONDAY, as_of=date(2026, 10, 1))[0].kept.value == 1


def test_a_study_that_begins_late_owes_no_samples_of_the_periods_before() -> None:
    found = work_products([], YEAR, book(), since=date(2027, 5, 1), as_of=date(2027, 6, 11))
    assert len(found) == 1


def test_the_ratio_is_attendance_for_each_full_time_teacher() -> None:
    found, verdict = ratio(26 * 20, 20, Fraction(1), book(), date(2026, 10, 30))
    assert (found, verdict.found) == (26, Found.BROKEN)
    assert ratio(25 * 20, 20, Fraction(1), book(), date(2026, 10, 30))[1].found is Found.MET
    assert joined("x", 1, 2).minutes == 1
