"""Every number of a pupil's day beside the clause that it follows from."""

from datetime import date

from schoolday.day import Block, BlockKind
from schoolday.day.measured import measured, unbroken
from schoolday.day.reasons import Reasons
from schoolday.files.rulebooks import load
from schoolday.rules import Standing

DAY = date(2020, 9, 8)
LIVE, ALONE, LUNCH = BlockKind.LIVE, BlockKind.INDEPENDENT, BlockKind.LUNCH
BLOCKS = (
    Block(480, 510, LIVE, "Math", "Mathematics", uid="a"),
    Block(510, 540, LIVE, "Small group 1", "Small group", uid="b"),
    Block(545, 575, LIVE, "Science", "Science", uid="c"),
    Block(600, 620, ALONE, "Science", "Science", uid="c"),
    Block(720, 750, LUNCH),
    Block(780, 810, LIVE, "Art", "Art", uid="d"),
)


def standing(*places: str) -> Standing:
    return load(None).on(DAY, frozenset(places))


def whole(least_break: int = 10) -> dict[str, int]:
    return measured(BLOCKS, total=140, live=120, least_break=least_break)


def test_a_day_is_counted_as_its_reader_would_count_it() -> None:
    assert whole() == {
        "total_minutes": 140,
        "live_minutes": 120,
        "independent_minutes": 20,
        "live_share": 86,
        "live_meetings": 4,
        "group_minutes": 30,
        "unbroken_live": 95,
        "least_break": 10,
        "lunch_minutes": 30,
        "lunch_from": 720,
        "lunch_until": 750,
        "day_start": 480,
        "day_end": 810,
    }


def test_a_pause_too_short_to_be_a_break_is_part_of_the_stretch() -> None:
    live = [block for block in BLOCKS if block.kind is LIVE]
    assert unbroken(live, 5) == 60
    assert unbroken(live, 6) == 95
    assert unbroken([], 10) == 0


def test_a_day_with_nothing_in_it_has_no_lunch_and_no_first_meeting() -> None:
    assert set(measured((), total=0, live=0, least_break=10)) == {
        "total_minutes",
        "live_minutes",
        "independent_minutes",
        "live_meetings",
    }


def test_lunch_breaks_and_the_longest_stretch_name_the_clauses_that_limit_them() -> None:
    found = Reasons(standing("CA", "ca-scusd", "ca-scusd-demo")).of(whole(), "3")
    told = {one.measure: one for one in found}
    assert told["unbroken_live"].high == 60
    assert told["unbroken_live"].clauses == ("ca-scusd-demo.day.unbroken_live@2020-07-01",)
    assert told["lunch_minutes"].low == 30
    assert (told["lunch_from"].low, told["lunch_until"].high) == (660, 810)
    assert told["least_break"].low == 10
    assert all(one.made_up for name in ("lunch_from", "day_end") for one in told[name].cited)
    assert told["live_meetings"].cited[0].source == "California Education Code § 43503(b)(6)"


def test_what_no_rule_limits_is_left_out_but_for_the_minutes_themselves() -> None:
    found = Reasons(standing("nowhere")).of(whole(), "3")
    assert [one.measure for one in found] == ["total_minutes", "live_minutes", "independent_minutes"]


def test_a_clause_brings_its_sentence_how_sure_we_are_and_when_it_was_read() -> None:
    total = Reasons(standing("CA")).of(whole(), "3")[0].cited[0]
    assert total.said.startswith("At least 180 minutes of instruction a day")
    assert total.confidence == "secondary"
    assert total.checked == date(2026, 11, 21)
    assert "Read through a compiled summary" in total.note


def test_equal_days_share_their_reasons() -> None:
    found = Reasons(standing("CA"))
    assert found.of(whole(), "3") is found.of(whole(), "3")
    assert found.of(whole(), "3") is not found.of(whole(), "4")
