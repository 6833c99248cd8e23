"""Cases: opened by what was certified then, closed by deeds, and never by other words on older days."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from reengage_cases import (
    BOOK,
    CHRONIC,
    MONDAY,
    NOW,
    PLAN,
    THEN,
    TODAY,
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
from schoolday.ground.finding import Status
from schoolday.ledger.reengage.cases import BACK, DONE
from schoolday.ledger.reengage.tiers import Tier, WrittenPlan
from schoolday.ledger.reengage.watch import Given, Watch, watched
from schoolday.ledger.reengage.work import DECIDE, check_cases, check_certified, uncertified, work_list
from schoolday.rules import Way
from schoolday.rules.rule import Period

FRIDAY, NEXT_FRIDAY = date(2020, 9, 18), date(2020, 9, 25)
ALL_FOUR = (
    contact("c1", FRIDAY, "contacts_verified"),
    notice("c2", FRIDAY, [MONDAY]),
    contact("c3", FRIDAY, "reached"),
    contact("c4", FRIDAY, "return_not_feasible", detail="no bus"),
)


@pytest.mark.parametrize(
    ("week", "opened"),
    [("AA...", None), ("AAA..", "2020-09-16"), ("A?A?A", "2020-09-18"), ("EE.E.", "2020-09-17"),
     ("AA???", None), ("?????", None), ("LLLLL", None)],
)  # fmt: skip
def test_a_case_opens_on_the_day_on_which_the_trigger_is_reached_and_never_by_missing_data(
    week: str, opened: str | None
) -> None:
    made = found(weeks(week), FRIDAY)
    assert [str(one.opened) for one in made] == ([opened] if opened else [])


def test_a_week_cut_short_reaches_its_share_sooner_and_the_other_reading_later() -> None:
    short = Watch(YEAR, enrolled=lambda pupil, day: day.weekday() < 3)
    assert [one.opened for one in found(weeks("AA.??"), FRIDAY, watch=short)] == [MONDAY + timedelta(days=1)]
    strict = Watch(YEAR, senses={THEN: "days_alone"})
    assert found(weeks("AAA.."), FRIDAY, watch=strict) == []
    assert len(found(weeks("AAAA."), FRIDAY, watch=strict)) == 1


def test_excused_days_count_for_the_law_and_are_told_apart() -> None:
    (one,) = found(weeks("AEA.."), FRIDAY)
    assert (len(one.absent), one.excused) == (3, (date(2020, 9, 15),))


def test_each_step_has_its_tier_owner_and_last_date_by_the_written_plan() -> None:
    (one,) = found(weeks("AAA.."), FRIDAY)
    assert [(step.name, step.tier, step.owner, str(step.due)) for step in one.steps] == [
        ("verify_contacts", 1, "clerk", "2020-09-18"), ("notify_parent", 2, "clerk", "2020-09-22"),
        ("outreach", 3, "clerk", "2020-09-24"), ("return_in_person", 4, "clerk", "2020-09-28"),
    ]  # fmt: skip
    late = check_cases([one], date(2020, 9, 23))
    assert [(found_.code, found_.status) for found_ in late] == [("reengage.late", Status.BROKEN)] * 2
    bare = found(weeks("AAA.."), FRIDAY, plan=WrittenPlan())
    assert {one.code for one in check_cases(bare, FRIDAY)} == {"reengage.no_plan"}


def test_a_case_is_closed_when_each_step_has_an_entry_of_its_own() -> None:
    for left in range(4):
        some = [one for place, one in enumerate(ALL_FOUR) if place != left]
        (one,) = found([*weeks("AAA.."), *some], FRIDAY)
        assert (one.open, len(one.to_do)) == (True, 1)
    (one,) = found([*weeks("AAA.."), *ALL_FOUR], FRIDAY)
    assert (one.closed, one.why) == (FRIDAY, DONE)
    assert work_list([one], []) == []


def test_a_step_done_before_the_case_does_not_count() -> None:
    early = contact("c3", MONDAY, "reached")
    (one,) = found([*weeks("AAA.."), early], FRIDAY)
    assert "outreach" in [step.name for step in one.to_do]


def test_a_notice_that_names_none_of_the_days_is_no_notice_of_them() -> None:
    (one,) = found([*weeks("AAA.."), notice("n", FRIDAY, [FRIDAY])], FRIDAY)
    assert "notify_parent" in [step.name for step in one.to_do]


def test_a_try_is_told_and_does_nothing_and_its_correction_to_reached_does_nothing_either() -> None:
    tried = contact("c3", FRIDAY, "tried")
    renamed = contact("c5", FRIDAY, "reached", corrects="c3", at=moment(FRIDAY, 21))
    (one,) = found([*weeks("AAA.."), tried], FRIDAY)
    assert [len(step.tries) for step in one.steps if step.name == "outreach"] == [1]
    (one,) = found([*weeks("AAA.."), tried, renamed], FRIDAY)
    assert "outreach" in [step.name for step in one.to_do]


def test_a_step_whose_entry_is_corrected_to_a_try_is_open_again() -> None:
    undone = contact("c5", FRIDAY, "tried", corrects="c3", at=moment(FRIDAY, 21))
    (one,) = found([*weeks("AAA.."), *ALL_FOUR, undone], FRIDAY)
    assert [step.name for step in one.to_do] == ["outreach"]
    words = contact("c5", FRIDAY, "reached", detail="spoke to the aunt", corrects="c3", at=moment(FRIDAY, 21))
    (one,) = found([*weeks("AAA.."), *ALL_FOUR, words], FRIDAY)
    assert one.why == DONE


def test_a_later_week_in_which_the_pupil_takes_part_closes_the_case_once_it_is_certified_whole() -> None:
    for second, why in ((".....", BACK), ("A....", BACK), ("....?", ""), ("AAA..", "")):
        (one,) = found(weeks(f"AAA.. {second}"), NEXT_FRIDAY)
        assert one.why == why, second
    (again,) = found(weeks("AAA.. AAA.."), NEXT_FRIDAY)
    assert again.again == ("week of 2020-09-21",)


def test_other_codes_on_older_days_close_nothing_and_are_said() -> None:
    later = [
        attended(f"r{day}", day, "present", corrects=str(day), at=moment(FRIDAY, 22))
        for day in (MONDAY + timedelta(days=place) for place in range(3))
    ]
    (one,) = found([*weeks("AAA.. ?????"), *later], NEXT_FRIDAY)
    assert (one.open, len(one.recoded), len(one.to_do)) == (True, 3, 4)
    told = check_cases([one], FRIDAY)
    assert [(found_.code, found_.status) for found_ in told] == [("reengage.recoded", Status.ADVICE)]
    anew = [attended("x", MONDAY, "present", at=moment(FRIDAY, 22))]
    assert len(found([*weeks("AAA.. ?????"), *anew], NEXT_FRIDAY)[0].recoded) == 1


def test_an_absence_that_is_withdrawn_leaves_its_day_to_nobody_and_closes_nothing() -> None:
    back = attended("w", MONDAY, "withdrawn", corrects=str(MONDAY), at=moment(FRIDAY, 22))
    (one,) = found([*weeks("AAA.."), back], FRIDAY)
    assert (one.open, len(one.absent), one.recoded) == (True, 3, (back,))
    early = attended("w", MONDAY, "withdrawn", corrects=str(MONDAY), at=moment(MONDAY, 20))
    assert found([*weeks("AAA.."), early], FRIDAY) == []


def test_a_mistake_put_right_before_the_trigger_was_reached_opens_nothing() -> None:
    fixed = attended("r", MONDAY, "present", corrects=str(MONDAY), at=moment(date(2020, 9, 15), 20))
    assert found([*weeks("AAA.."), fixed], FRIDAY) == []


def test_a_case_closed_by_its_steps_opens_anew_with_the_next_absence_alone() -> None:
    some = [*weeks("AAA.. AAA.."), *ALL_FOUR]
    first, second = found(some, NEXT_FRIDAY)
    assert (first.why, second.opened, second.open) == (DONE, date(2020, 9, 23), True)


def test_days_certified_late_open_a_case_even_after_another_was_closed() -> None:
    late = [
        attended(
            f"late{day}", date(2020, 9, 21) + timedelta(days=day), "absent", at=moment(date(2020, 10, 5))
        )
        for day in range(3)
    ]
    made = found([*weeks("AAA.. ???.. ....."), *late], date(2020, 10, 5))
    assert [(one.why, str(one.opened)) for one in made] == [(BACK, "2020-09-16"), ("", "2020-10-05")]


def test_truancy_counts_unexcused_days_and_lateness_and_an_excuse_that_comes_later_leaves_the_case_open() -> (
    None
):
    plan = WrittenPlan((Tier(TRUANT, "tell_truancy", 1, "clerk", 3, Count.SCHOOL),))
    assert found(weeks("AEEEL"), FRIDAY, TRUANT, plan=plan) == []
    (one,) = found(weeks("A.L.A"), FRIDAY, TRUANT, plan=plan)
    assert (one.opened, one.marks) == (FRIDAY, ("truant",))
    excuse = attended("e", MONDAY, "excused", corrects=str(MONDAY), at=moment(FRIDAY, 22))
    (one,) = found([*weeks("A.L.A"), excuse], FRIDAY, TRUANT, plan=plan)
    assert (one.open, one.excused, len(one.recoded)) == (True, (MONDAY,), 1)


def test_chronic_absence_is_watched_from_the_day_that_the_plan_names_and_ends_when_the_share_falls() -> None:
    history = weeks("A.... ..A.. ..... ..... ..... .....")
    plan = WrittenPlan((Tier(CHRONIC, "conference", 1, "counselor", 5, Count.SCHOOL),), {CHRONIC: 10})
    calendar = Watch(type(YEAR)(MONDAY, YEAR.last))
    (one,) = found(history, date(2020, 9, 25), CHRONIC, plan=plan, watch=calendar)
    assert (str(one.opened), one.open) == ("2020-09-25", True)
    (one,) = found(history, date(2020, 10, 23), CHRONIC, plan=plan, watch=calendar)
    assert (str(one.closed), one.why) == ("2020-10-16", BACK)


def test_a_case_without_any_step_is_never_closed_by_having_none() -> None:
    (one,) = found(weeks("AA... ....."), FRIDAY, CHRONIC, plan=WrittenPlan())
    assert (one.open, one.steps) == (True, ())
    assert [task.what for task in work_list([one], [])] == [DECIDE]
    assert [found_.code for found_ in check_cases([one], FRIDAY)] == ["reengage.no_steps"]


def test_today_the_triggers_of_independent_study_rest_on_measures_that_are_given() -> None:
    day, later = date(2026, 10, 2), date(2026, 10, 30)
    given = [Given("p1", "uncredited_share", Period.FOUR_WEEKS, day, 12.0)]
    (one,) = found([], later, NOW, watch=Watch(TODAY), given=given)
    assert (one.opened, one.open) == (day, True)
    assert [step.name for step in one.steps] == ["verify_contacts", "notify_parent", "outreach", "conference"]
    at_ten = [Given("p1", "uncredited_share", Period.FOUR_WEEKS, day, 10.0)]
    assert found([], later, NOW, watch=Watch(TODAY), given=at_ten) == []
    better = [
        *given,
        Given("p1", "uncredited_share", Period.FOUR_WEEKS, later, 2.0),
        Given("p1", "missed_live_share", Period.MONTH, later, 2.0),
        Given("p1", "agreement_violations", Period.YEAR, later, 0.0),
    ]
    assert [one.why for one in found([], later, NOW, watch=Watch(TODAY), given=better)] == [BACK]
    short = Watch(TODAY, circumstances=lambda pupil, on: frozenset({"short_study"}))
    assert found([], later, NOW, watch=short, given=given) == []


def test_then_and_now_are_watched_by_their_own_rules() -> None:
    then = {rule.id for rule in watched(BOOK, ["CA"], Way.DISTANCE)}
    now = {rule.id for rule in watched(BOOK, ["CA"], Way.INDEPENDENT_STUDY)}
    assert then == {THEN, TRUANT, CHRONIC}
    assert now == {NOW, TRUANT, CHRONIC, "ca.independent_study.evaluation"}
    assert watched(BOOK, ["KS"], Way.DISTANCE) == ()


def test_days_that_nobody_certified_are_counted_apart_and_are_no_absences() -> None:
    open_ = uncertified(weeks("A.?.?"), ["p1"], Watch(type(YEAR)(MONDAY, YEAR.last)), FRIDAY)
    assert open_ == {"p1": [date(2020, 9, 16), FRIDAY]}
    (one,) = check_certified(open_, {"p1": "elm"})
    assert (one.code, one.status, one.value) == ("reengage.uncertified", Status.UNVERIFIED, 2)


def test_the_plan_may_add_a_step_to_a_rule_that_has_none() -> None:
    assert PLAN.of(THEN).keys() == {"verify_contacts", "notify_parent", "outreach", "return_in_person"}
    assert WATCH.week_of(date(2020, 9, 19)) is None


def test_a_deed_that_is_still_to_come_does_no_step() -> None:
    some = [*weeks("AAAA."), contact("c", date(2020, 9, 30), "reached", at=moment(date(2020, 9, 18)))]
    (one,) = found(some, date(2020, 9, 25))
    assert "outreach" in {step.name for step in one.to_do}
