from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from schoolday.timetable.lay import MOST, Task, Times, free, lay, lunch_time

DAY = (480, 930)

spans = st.tuples(st.integers(94, 185), st.integers(1, 12)).map(lambda at: (at[0] * 5, (at[0] + at[1]) * 5))
tasks = st.builds(Task, st.integers(0, 90), st.integers(96, 180).map(lambda at: at * 5))


def test_work_follows_its_live_meeting_and_leaves_a_break_of_ten_minutes() -> None:
    found = lay((Task(40, 540),), ((510, 540),), DAY)
    assert found.pieces == ((0, (540, 560)), (0, (570, 590)))
    assert found.unlaid == 0


def test_two_short_works_share_a_half_hour() -> None:
    found = lay((Task(10, 540), Task(10, 540)), ((480, 540),), DAY)
    assert found.pieces == ((0, (540, 550)), (1, (550, 560)))


def test_work_comes_before_its_meeting_only_where_nothing_is_free_after_it() -> None:
    found = lay((Task(20, 900),), ((600, 930),), DAY)
    assert found.pieces == ((0, (570, 590)),)


def test_what_finds_no_time_is_said_and_not_lost() -> None:
    found = lay((Task(50, 480),), ((540, 930),), DAY)
    assert found.unlaid == 10


def test_the_rest_of_a_shortened_meetings_half_hour_is_used_in_part() -> None:
    found = lay((Task(10, 495),), ((480, 495), (510, 930)), DAY)
    assert found.pieces == ((0, (495, 505)),)


def test_lunch_lies_on_a_half_hour_nearest_the_middle() -> None:
    assert lunch_time(((690, 720),), (660, 780), 30) == (720, 750)
    assert lunch_time(((660, 770),), (660, 780), 30) is None


@given(st.lists(tasks, max_size=8), st.lists(spans, max_size=10))
def test_work_never_overlaps_anything_and_every_minute_is_kept(wanted: list[Task], busy: list[Times]) -> None:
    found = lay(tuple(wanted), tuple(busy), DAY)
    laid = [times for _, times in found.pieces]
    assert sum(end - start for start, end in laid) + found.unlaid == sum(task.minutes for task in wanted)
    for number, task in enumerate(wanted):
        assert sum(end - start for which, (start, end) in found.pieces if which == number) <= task.minutes
    taken = sorted([*laid, *busy])
    for start, end in laid:
        assert DAY[0] <= start < end <= DAY[1]
        assert not any(start < b and a < end for a, b in taken if (a, b) != (start, end))
    assert len(laid) == len(set(laid))


@given(st.lists(tasks, max_size=8), st.lists(spans, max_size=10))
def test_no_half_hour_holds_more_work_than_leaves_a_break(wanted: list[Task], busy: list[Times]) -> None:
    by_cell: dict[int, int] = {}
    for _, (start, end) in lay(tuple(wanted), tuple(busy), DAY).pieces:
        assert start // 30 == (end - 1) // 30
        by_cell[start // 30] = by_cell.get(start // 30, 0) + end - start
    assert all(minutes <= MOST for minutes in by_cell.values())


@given(st.lists(spans, max_size=10))
def test_free_time_and_busy_time_make_up_the_day(busy: list[Times]) -> None:
    open_ = {minute for start, end in free(tuple(busy), DAY) for minute in range(start, end)}
    taken = {minute for start, end in busy for minute in range(start, end)} & set(range(*DAY))
    assert open_ | taken == set(range(*DAY))
    assert not open_ & taken
