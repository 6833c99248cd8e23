"""What a planned week means for people, counted by hand on a small school."""

from __future__ import annotations

from dataclasses import replace

import pytest
from bargaining_cases import SCHOOLS, ask, found, package, position, roster
from hypothesis import given
from hypothesis import strategies as st

from schoolday.bargaining.compared import numbers
from schoolday.bargaining.measured import homes
from schoolday.ground.spans import Span
from schoolday.roster import Household

Day = list[Span]
SPANS = st.lists(st.integers(0, 20).map(lambda at: Span(480 + 15 * at, 495 + 15 * at)), unique=True)


def clash(devices: int | None, *children: Day) -> tuple[list[int], int]:
    """Return the minutes of a home with so many devices, its children live on one day, and who is unasked."""
    names = tuple(f"p{at}" for at in range(len(children)))
    house = Household("h", names, devices=devices)
    week = {name: {0: day} for name, day in zip(names, children, strict=True)}
    found_, unasked = homes(replace(roster(), households={"h": house}), [week])
    return [one.minutes for one in found_], unasked


def test_two_children_live_at_once_on_one_device_clash_for_the_minutes_they_share() -> None:
    assert clash(1, [Span(480, 540)], [Span(510, 570)]) == ([30], 0)


def test_three_children_on_two_devices_clash_only_where_all_three_are_live() -> None:
    days = ([Span(480, 540)], [Span(500, 540)], [Span(520, 600)])
    assert clash(2, *days) == ([20], 0)


def test_meetings_that_only_touch_do_not_clash() -> None:
    assert clash(1, [Span(480, 510)], [Span(510, 540)]) == ([0], 0)


def test_a_home_that_nobody_asked_is_counted_apart_and_one_with_enough_devices_not_at_all() -> None:
    assert clash(None, [Span(480, 510)], [Span(480, 510)]) == ([], 1)
    assert clash(2, [Span(480, 510)], [Span(480, 510)]) == ([], 0)


def test_one_child_alone_never_clashes() -> None:
    assert clash(0, [Span(480, 510)]) == ([], 0)


@given(st.integers(0, 3), st.lists(SPANS, min_size=2, max_size=4))
def test_clash_is_the_minutes_in_which_more_are_live_than_can_be(devices: int, days: list[Day]) -> None:
    live = [sum(any(one.start <= at < one.end for one in day) for day in days) for at in range(480, 800)]
    minutes, _ = clash(devices, *days)
    if minutes:
        assert minutes == [sum(number > max(devices, 1) for number in live)]


@pytest.mark.parametrize("least", [60, 120])
def test_minutes_over_the_contract_are_duties_less_hours(least: int) -> None:
    (one,) = found(package(ask("teacher_preparation", least)), schools=SCHOOLS[:1])
    contracts = roster().contracts
    for row in one.teachers:
        hours = contracts[row.staff].end - contracts[row.staff].start
        # 30 minutes of lunch are in the made-up policy of the demonstration.
        assert row.over == pytest.approx(max(0.0, row.live + 30 + least - hours))


def test_without_contracts_nobody_can_say_what_is_over_them() -> None:
    (one,) = found(position(), schools=SCHOOLS[:1])
    some = replace(one.teachers[0], over=None)
    assert numbers(replace(one, teachers=(some, *one.teachers[1:])))["over_contract"] is None
