"""A change is seen before it takes effect, with whom it touches; a year is run through the rules again."""

from __future__ import annotations

from datetime import date

from schoolday.conditions import BLUEPRINT, Memory, Reading
from schoolday.conditions.allowed import Outlook, State
from schoolday.conditions.course import led, led_together
from schoolday.conditions.effects import Opening
from schoolday.conditions.known import Known
from schoolday.conditions.preview import Group, turns
from schoolday.conditions.readings import Assigned
from schoolday.conditions.sites import Happening, Site
from schoolday.conditions.year import Share, mondays, parted, share, tally, weeks_of
from tests.core.conditions.allowed_cases import COUNTY, OPENERS, SITE, STEPS, happened

OAK = Site("oak", ("oak", COUNTY))
GROUPS = (
    Group(SITE, "3", 60, frozenset({"ana", "ben"})),
    Group(SITE, "4", 50, frozenset({"ben", "cy"})),
    Group(OAK, "9", 200, frozenset({"dee"})),
)
OPENED = happened(Happening.OPENED, date(2020, 10, 20))


def outlook(day: date, steps: tuple[Assigned, ...] = STEPS) -> Outlook:
    return Outlook(OPENERS, Known((), steps, (OPENED,), by=day))


def test_a_planner_sees_on_10_november_who_must_leave_on_the_13th() -> None:
    found = turns(outlook(date(2020, 11, 10)), GROUPS, date(2020, 11, 12), date(2020, 11, 13))
    assert {(one.school, one.way) for one in found} == {("oak", Opening.IN_PERSON), ("oak", Opening.HYBRID)}
    (one,) = [one for one in found if one.way is Opening.IN_PERSON]
    assert (one.grades, one.before, one.after) == (("9",), State.ALLOWED, State.CLOSED)
    assert (one.pupils, one.teachers) == (200, 1)


def test_grades_that_turn_alike_are_told_together_and_a_teacher_of_both_is_counted_once() -> None:
    found = turns(outlook(date(2020, 10, 12)), GROUPS, date(2020, 10, 12), date(2020, 10, 13))
    (one,) = [one for one in found if one.school == "elm" and one.way is Opening.IN_PERSON]
    assert (one.grades, one.pupils, one.teachers) == (("3", "4"), 110, 3)
    assert [why.verdict.rule.id for why in one.whys] == ["ca.reopening.red"]


def test_nothing_turns_between_two_days_on_which_the_same_is_allowed() -> None:
    assert turns(outlook(date(2020, 9, 8)), GROUPS, date(2020, 9, 8), date(2020, 9, 9)) == ()


def test_a_week_says_on_how_many_of_its_days_something_was_allowed() -> None:
    allowed, closed, unknown = State.ALLOWED, State.CLOSED, State.UNVERIFIED
    assert share((allowed,) * 5) is Share.ALL
    assert share((closed, allowed, allowed, allowed, allowed)) is Share.SOME
    assert share((closed,) * 5) is Share.NONE
    assert share((allowed, unknown, allowed, allowed, allowed)) is Share.UNVERIFIED


def test_the_autumn_of_2020_by_week() -> None:
    days = list(mondays(date(2020, 9, 30), date(2020, 11, 20)))
    assert days[0] == date(2020, 9, 28)
    found = weeks_of(outlook, GROUPS, days)
    told = {
        week.monday: [
            (one.share.value, one.pupils, one.schools)
            for one in tally(week, GROUPS)
            if one.way is Opening.IN_PERSON
        ]
        for week in found
    }
    assert told == {
        date(2020, 9, 28): [("none", 310, 2)],
        date(2020, 10, 5): [("none", 310, 2)],
        date(2020, 10, 12): [("some", 310, 2)],
        date(2020, 10, 19): [("all", 310, 2)],
        date(2020, 10, 26): [("all", 310, 2)],
        date(2020, 11, 2): [("all", 310, 2)],
        date(2020, 11, 9): [("all", 110, 1), ("some", 200, 1)],
        date(2020, 11, 16): [("all", 110, 1), ("none", 200, 1)],
    }
    young = tally(found[-1], GROUPS, frozenset({"3"}))
    assert [(one.share.value, one.pupils) for one in young if one.way is Opening.IN_PERSON] == [("all", 60)]


def test_two_sets_of_rules_part_in_the_weeks_in_which_a_school_could_do_something_else() -> None:
    days = list(mondays(date(2020, 10, 5), date(2020, 11, 20)))
    mine = weeks_of(outlook, GROUPS, days)
    never = weeks_of(lambda day: outlook(day, STEPS[:1]), GROUPS, days)
    assert parted(mine, mine) == ()
    assert parted(mine, never)[0] == date(2020, 10, 12)
    assert date(2020, 11, 16) not in parted(mine, never)


def test_a_campus_out_of_use_and_smoke_lead_no_place_to_a_step() -> None:
    day, start = date(2020, 9, 9), Memory("purple", date(2020, 8, 31))
    told = [
        Reading("elm", "campus_out_of_use", 1.0, day, day, day, "Board"),
        Reading(COUNTY, "air_quality_index", 170.0, day, day, day, "Air district"),
        Reading("zip", "county_case_rate", 9.0, day, day, day, "County"),
    ]
    found = led(BLUEPRINT, OPENERS.book, ["elm", COUNTY, "zip"], told, start, {})
    assert {one.place for one in found} == {"zip"}
    together = led_together(BLUEPRINT, OPENERS.book, "all", ["elm", "zip"], told, start, {})
    assert [one.step for one in together] == ["purple"]
