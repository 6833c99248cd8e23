"""A household's day: blocks in order, minutes with reasons, and where devices run short."""

from dataclasses import replace

from day_sample import (
    ANA,
    DAY,
    ELEMENTARY,
    HOUSE,
    LUIS,
    MAPLE,
    MIA,
    NAMES,
    RIVER,
    STANDING,
    at,
    family,
    rule,
)

from schoolday.calendar.days import DayKind
from schoolday.day import BlockKind, Composer, household_day, now_next, people_index, school_week, teacher_day
from schoolday.roster import Household
from schoolday.rules import Layer, Rulebook, Way


def test_a_childs_day_is_in_order_with_breaks_where_nothing_lies() -> None:
    ana = family().pupils[0]
    told = [(block.kind.value, block.start, block.end) for block in ana.blocks]
    assert told == [
        ("live", 540, 570),
        ("break", 570, 600),
        ("independent", 600, 620),
        ("break", 620, 630),
        ("live", 630, 660),
        ("break", 660, 720),
        ("lunch", 720, 750),
    ]


def test_the_minutes_are_those_of_the_blocks_and_those_without_a_time() -> None:
    ana = family().pupils[0]
    assert (ana.live, ana.independent, ana.unlaid, ana.total) == (60, 35, 15, 95)


def test_children_come_in_the_order_of_the_household_with_their_schools() -> None:
    told = [(pupil.given, pupil.grade, pupil.school) for pupil in family().pupils]
    assert told == [("Ana", "3", "Maple Elementary"), ("Luis", "9", "River High")]


def test_a_live_block_says_who_teaches_and_where() -> None:
    first = family().pupils[0].blocks[0]
    assert (first.teacher, first.place, first.source) == ("Ms. Garcia", "https://meet.example/m3", "m3")
    assert first.uid == "m3/math-20200908@schoolday"


def test_total_and_live_minutes_carry_their_limits_and_the_clauses_that_set_them() -> None:
    total, live, *_ = family().pupils[0].reasons
    assert (total.measure, total.value, total.low, total.high) == ("total_minutes", 95, 95, None)
    assert total.clauses == ("ca.total@2020-09-01",)
    assert total.cited[0].source == "Education Code 43501"
    assert (live.value, live.low, live.high) == (60, 30, 180)
    assert live.clauses == ("ca.live_floor@2020-09-01", "ca.live@2020-09-01")


def test_what_counts_as_a_break_is_what_the_pupils_own_way_of_schooling_says() -> None:
    rules = (
        rule("live", "unbroken_live", high=200, ways=frozenset(Way)),
        rule("short", "least_break", low=5, ways=frozenset({Way.DISTANCE})),
        rule("long", "least_break", low=90, ways=frozenset({Way.INDEPENDENT_STUDY})),
    )
    standing = Rulebook(rules).on(DAY, frozenset({"CA"}), frozenset(Layer))
    for way, pause, longest in ((Way.DISTANCE, 5, 30), (Way.INDEPENDENT_STUDY, 90, 120)):
        maple = replace(MAPLE, plans={("3", "homeroom"): replace(ELEMENTARY, way=way)})
        laid = people_index([maple]).pupils["ana"]
        day = Composer(DAY, DayKind.SCHOOL, "", NAMES, standing).pupil(ANA, laid)
        told = {reason.measure: reason.value for reason in day.reasons}
        assert (told["least_break"], told["unbroken_live"]) == (pause, longest)


def test_a_teachers_reasons_are_those_of_the_way_that_is_taught() -> None:
    prepared = rule("study", "teacher_preparation", low=60, ways=frozenset({Way.INDEPENDENT_STUDY}))
    standing = Rulebook((prepared,)).on(DAY, frozenset({"CA"}), frozenset(Layer))
    for way, limit in ((Way.DISTANCE, None), (Way.INDEPENDENT_STUDY, 60)):
        view = teacher_day(
            "t1",
            MAPLE.meetings,
            day=DAY,
            kind=DayKind.SCHOOL,
            window=at("08:00-15:00"),
            names=NAMES,
            preparation=60,
            standing=standing,
            way=way,
        )
        assert next((one.low for one in view.reasons), None) == limit


def test_guidance_gives_no_reason() -> None:
    clauses = [clause for reason in family().pupils[0].reasons for clause in reason.clauses]
    assert not any(clause.startswith("ca.advice") for clause in clauses)


def test_one_device_and_two_live_children_are_a_clash_for_as_long_as_both_are_live() -> None:
    view = family()
    told = [(clash.start, clash.end, clash.names, clash.devices) for clash in view.clashes]
    assert told == [(555, 570, ("Ana", "Luis"), 1)]
    shared = [(pupil.given, block.start) for pupil in view.pupils for block in pupil.blocks if block.shared]
    assert shared == [("Ana", 540), ("Luis", 555)]


def test_enough_devices_or_devices_nobody_asked_about_make_no_clash() -> None:
    for devices in (2, None):
        assert family(house=replace(HOUSE, devices=devices)).clashes == ()


def test_no_device_at_all_is_short_for_one_child_alone() -> None:
    alone = family(house=Household("h1", ("ana",), devices=0))
    assert [(clash.start, clash.names) for clash in alone.clashes] == [(540, ("Ana",)), (630, ("Ana",))]


def test_a_day_without_school_has_its_reason_and_no_blocks() -> None:
    view = household_day(
        HOUSE,
        [ANA, LUIS],
        people_index([MAPLE, RIVER]).pupils,
        day=DAY,
        kind=DayKind.HOLIDAY,
        reason="Labor Day",
        names=NAMES,
        standing=STANDING,
    )
    assert (view.reason, [pupil.blocks for pupil in view.pupils], view.clashes) == ("Labor Day", [(), ()], ())


def test_a_child_nobody_planned_for_has_an_empty_day_and_an_honest_zero() -> None:
    view = household_day(HOUSE, [ANA, LUIS], {}, day=DAY, kind=DayKind.SCHOOL, names=NAMES, standing=STANDING)
    assert [pupil.total for pupil in view.pupils] == [0, 0]
    assert view.pupils[0].reasons[0].low == 95


def test_a_few_rows_give_the_same_day_as_the_whole_district() -> None:
    few = {
        name: laid for name, laid in people_index([RIVER, MAPLE]).pupils.items() if name in ("ana", "luis")
    }
    view = household_day(
        HOUSE, [ANA, LUIS], few, day=DAY, kind=DayKind.SCHOOL, names=NAMES, standing=STANDING
    )
    assert view == family()


def test_classmates_share_the_very_same_blocks() -> None:
    composer = Composer(DAY, DayKind.SCHOOL, "", NAMES, STANDING)
    laid = people_index([MAPLE]).pupils
    ana, mia = composer.pupil(ANA, laid["ana"]), composer.pupil(MIA, laid["mia"])
    assert ana.blocks[0] is mia.blocks[0]
    twin = composer.pupil(replace(ANA, id="bea"), laid["ana"])
    assert twin.blocks is ana.blocks


def test_now_is_what_holds_the_minute_and_next_is_what_starts_after_it_breaks_left_out() -> None:
    ana, luis = now_next(family(), 560)
    assert ([block.start for block in ana.now], ana.next and ana.next.start) == ([540], 600)
    assert ([block.start for block in luis.now], luis.next and luis.next.start) == ([555], 600)
    assert now_next(family(), 570)[0].now[0].kind is BlockKind.BREAK
    over = now_next(family(), 900)[0]
    assert (over.now, over.next) == ((), None)


def test_a_teachers_day_lays_lunch_and_preparation_in_free_time_within_the_contract() -> None:
    index = people_index([MAPLE, RIVER])
    view = teacher_day(
        "t1",
        index.teachers["t1"],
        day=DAY,
        kind=DayKind.SCHOOL,
        window=at("08:00-15:00"),
        names=NAMES,
        lunch=at("11:00-13:00"),
        preparation=45,
    )
    told = [(block.kind.value, block.start, block.end) for block in view.blocks]
    assert ("preparation", 480, 525) in told
    assert ("lunch", 690, 720) in told
    assert (view.name, view.live, view.pupils) == ("Ms. Garcia", 90, 2)


def test_preparation_that_fits_nowhere_is_not_shown() -> None:
    view = teacher_day(
        "t1",
        people_index([MAPLE]).teachers["t1"],
        day=DAY,
        kind=DayKind.SCHOOL,
        window=at("09:00-11:30"),
        names=NAMES,
        preparation=61,
    )
    assert view.preparation == 0


def test_a_schools_week_is_by_class_and_leaves_services_out() -> None:
    week = school_week("river", [RIVER], names=NAMES, leave_out=frozenset({"bio"}))
    assert [(row.title, row.teacher) for row in week.rows] == [("Algebra 1", "Mr. Lee")]
    assert [cell.start for cell in week.rows[0].cells[0]] == [555]
