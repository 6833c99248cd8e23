"""A day of independent study as far as it is certified, its work samples, and the ratio with its source."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest

from schoolday.calendar.row import Minutes, Row
from schoolday.ledger.daily_study import work_products
from schoolday.ledger.entry import EntryKind as K
from schoolday.ledger.samples import Sample, as_entries, chosen, kept, lost, wanting
from schoolday.ledger.study_judged import Judged, Sure, credited, judged
from schoolday.ledger.study_ratio import Ratio, RatioKind, held, largest_fixed
from schoolday.measures.verdict import Found
from tests.core.ledger.ledger_cases import FRIDAY_EVENING, book
from tests.core.ledger.test_ledger_records import YEAR, study_entry, study_week

MONDAY = study_week().days[0]


def one(*listed: object, sure: Sure | None = None, **more: object) -> Judged:
    week = replace(study_week(*listed), **more)  # type: ignore[arg-type]
    mine = week.pupils[0].pupil
    return judged(week, MONDAY, book(), {mine: sure} if sure else {})[0]


def test_certified_minutes_earn_a_day_although_another_teacher_has_not_certified_yet() -> None:
    entries = (study_entry("w", K.WORK, 240), study_entry("x", K.WORK, 30))
    found = one(*entries, sure=Sure(frozenset({"w"})))
    assert (found.day.verdict.found, found.day.total.value, found.certified) == (Found.MET, 270, False)


def test_that_a_day_falls_short_is_known_only_once_all_of_it_is_certified() -> None:
    entries = (study_entry("w", K.WORK, 100), study_entry("x", K.WORK, 30))
    assert one(*entries, sure=Sure(frozenset({"w"}), True)).day.credited is None
    found = one(*entries, sure=Sure(frozenset({"w", "x"}), True))
    assert found.day.credited == 0
    assert found.short == found.day.owed.value - 130  # type: ignore[operator]
    assert found.verdicts[0].clause is not None
    assert "51747.5(b)" in found.verdicts[0].clause.cite.source


def test_before_anything_is_certified_nothing_is_earned_and_evidence_is_unverified() -> None:
    found = one(study_entry("w", K.WORK, 400), study_entry("j", K.JOINED, 30))
    assert found.day.credited is None
    evidence = next(one for one in found.verdicts if one.rule.id.endswith("live_evidence"))
    assert evidence.found is Found.UNVERIFIED


def test_work_that_nobody_judged_breaks_the_rule_on_certified_time_and_leaves_the_rest_unknown() -> None:
    found = one(study_entry("w", K.WORK, None), study_entry("v", K.WORK, 30))
    broken = [verdict.rule.id for verdict in found.broken]
    assert broken == ["ca.independent_study.certified_time"]
    assert found.short is None
    assert [entry.id for entry in found.unjudged] == ["w"]


def test_live_times_are_those_planned_or_joined_and_none_of_either_is_not_known() -> None:
    def live(found: Judged) -> set[Found]:
        return {one.found for one in found.verdicts if one.rule.measure == "live_meetings"}

    assert live(one()) == {Found.UNVERIFIED}
    assert live(one(study_entry("j", K.JOINED, 30))) == {Found.MET}
    week = study_week()
    plan = (Row(week.pupils[0].pupil, MONDAY, "class", Minutes.LIVE, 30),)
    found = one(plan=plan)
    assert live(found) == {Found.MET}
    assert found.unplanned == (Minutes.LIVE,)


def test_what_was_planned_for_a_classmate_is_no_live_time_of_a_pupil() -> None:
    week = study_week()
    mate = replace(week.pupils[0], pupil="bo")
    plan = (Row("bo", MONDAY, "class", Minutes.LIVE, 30),)
    found = judged(replace(week, pupils=(*week.pupils, mate), plan=plan), MONDAY, book(), {})
    assert [
        next(each.found for each in one.verdicts if each.rule.measure == "live_meetings") for one in found
    ] == [Found.UNVERIFIED, Found.MET]


def test_credited_days_are_those_that_certified_entries_earn() -> None:
    week = study_week(study_entry("w", K.WORK, 240), study_entry("x", K.WORK, 240, 1))
    mine = week.pupils[0].pupil
    assert credited(week, book(), {mine: Sure(frozenset({"w"}))}) == 1
    assert credited(week, book(), {mine: Sure(frozenset({"w", "x"}))}) == 2
    assert credited(week, book(), {}) == 0


def sample(name: str, entry: str, subject: str = "english", replaces: str = "") -> Sample:
    return Sample(name, entry, subject, "tess", FRIDAY_EVENING, replaces)


WORKS = (study_entry("w", K.WORK, 60), study_entry("v", K.WORK, 60, 1))


def test_a_sample_is_replaced_and_taken_back_by_another_choice() -> None:
    first, second, back = sample("1", "w"), sample("2", "v", replaces="1"), sample("3", "", replaces="2")
    assert [one.entry.id for one in kept(WORKS, [first])] == ["w"]
    assert chosen([first, second]) == (second,)
    assert [one.entry.id for one in kept(WORKS, [first, second])] == ["v"]
    assert kept(WORKS, [first, second, back]) == ()


def test_a_sample_follows_the_corrections_of_its_work_and_is_lost_with_it() -> None:
    corrected = replace(WORKS[0], id="w2", minutes=50, corrects="w", at=WORKS[0].at + timedelta(hours=1))
    gone = replace(corrected, id="w3", code="missing", corrects="w2", at=corrected.at + timedelta(hours=1))
    assert [one.entry.id for one in kept([*WORKS, corrected], [sample("1", "w")])] == ["w2"]
    assert kept([*WORKS, corrected, gone], [sample("1", "w")]) == ()
    assert [one.id for one in lost([*WORKS, corrected, gone], [sample("1", "w")])] == ["1"]


def test_samples_are_counted_in_their_period_with_what_is_still_lacking() -> None:
    samples = [sample("1", "w"), sample("2", "v", "science")]
    found = work_products(
        as_entries(kept(WORKS, samples)), YEAR, book(), since=YEAR.first, as_of=MONDAY + timedelta(days=4)
    )
    assert found[0].kept.value == 2
    assert found[0].verdict.found is Found.UNVERIFIED, "its period has not ended"
    assert wanting(found[0]) == (2, ("mathematics", "history"))


def test_a_kept_code_of_the_record_counts_as_a_sample_without_a_choice() -> None:
    found = kept([study_entry("k", K.WORK, 30, 0, "kept_history")], [])
    assert [(one.subject, one.sample) for one in found] == [("history", None)]


def test_without_the_districts_own_figure_the_ratio_is_unverified_and_nothing_is_assumed() -> None:
    found = held(2500, 100, None, book(), date(2026, 10, 1))
    assert (found.attendance, found.found) == (Fraction(25), None)
    assert {one.found for one in found.verdicts} == {Found.UNVERIFIED}


@pytest.mark.parametrize(("teachers", "how"), [(1, Found.MET), (Fraction(9, 10), Found.BROKEN)])
def test_a_fixed_ratio_is_held_against_the_laws_number(teachers: Fraction, how: Found) -> None:
    stated = Ratio(RatioKind.FIXED, Fraction(25), "Board, 2026-08-06", Fraction(teachers), "Staffing list")
    found = held(2500, 100, stated, book(), date(2026, 10, 1))
    assert [one.found for one in found.verdicts] == [how, how]
    assert largest_fixed(book(), date(2026, 10, 1)) == 25
    assert largest_fixed(book(), date(2026, 7, 1)) is None


def test_a_bargained_ratio_is_judged_by_its_share_and_not_by_the_fixed_number() -> None:
    stated = Ratio(RatioKind.BARGAINED, Fraction(28), "Agreement, article 9", Fraction(1), "Staffing list")
    found = held(2600, 100, stated, book(), date(2026, 10, 1))
    assert [(one.rule.id, one.found) for one in found.verdicts] == [("ca.independent_study.ratio", Found.MET)]
