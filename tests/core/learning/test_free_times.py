"""When people are free: nothing else lies there, and the day with it still holds to their limits."""

from __future__ import annotations

from datetime import date

import pytest

from schoolday.calendar.row import Minutes
from schoolday.ground.spans import Span
from schoolday.learning.check import check_date
from schoolday.learning.free import fits, free_pupils, free_teachers, times_of
from schoolday.learning.groups import SmallGroup, Time
from schoolday.timetable.meeting import Meeting, SchoolDay, SchoolWeek
from schoolday.timetable.problem import Activity, Grid, Limits, TimetableProblem, What
from schoolday.timetable.timetable import Placement, Timetable

DAY = Span(480, 900)
PLAIN = Limits("plain", DAY)


@pytest.mark.parametrize(
    ("span", "busy", "limits", "free"),
    [
        (Span(600, 620), (), PLAIN, True),
        (Span(600, 620), (Span(610, 650),), PLAIN, False),
        (Span(600, 620), (Span(620, 650),), PLAIN, True),
        (Span(470, 490), (), PLAIN, False),
        (Span(890, 910), (), PLAIN, False),
        (Span(600, 620), (), Limits("off", None), False),
        (Span(600, 620), (Span(480, 540),), Limits("most", DAY, most_live=79), False),
        (Span(600, 620), (Span(480, 540),), Limits("most", DAY, most_live=80), True),
        (Span(600, 620), (Span(580, 600),), Limits("run", DAY, longest_live=39), False),
        (Span(600, 620), (Span(570, 590),), Limits("run", DAY, longest_live=39), True),
        (Span(700, 720), (), Limits("lunch", DAY, lunch=Span(690, 740), lunch_minutes=30), False),
        (Span(720, 740), (), Limits("lunch", DAY, lunch=Span(690, 740), lunch_minutes=30), True),
        (Span(540, 560), (Span(560, 840),), Limits("prep", DAY, preparation=61), False),
        (Span(540, 560), (Span(560, 840),), Limits("prep", DAY, preparation=60), True),
    ],
)
def test_a_meeting_fits_where_the_day_still_holds(
    span: Span, busy: tuple[Span, ...], limits: Limits, free: bool
) -> None:
    assert fits(span, busy, limits) is free


def _week() -> SchoolWeek:
    activity = Activity("s1", "s1", "math", What.WHOLE, "Math", ("t1",), ("p1", "p2"), 30, (0,), 1)
    problem = TimetableProblem(
        "elm", Grid(480, 30, 4, 2), (activity,), {"plain": PLAIN, "off": Limits("off", None)},
        {"p1": "plain", "p2": "plain", "p3": "plain"}, {"t1": ("plain", "plain"), "t2": ("plain", "off")},
    )  # fmt: skip
    return SchoolWeek(problem, Timetable("elm", (Placement("s1", 0, 1),)))


def test_free_times_leave_out_meetings_and_days_not_worked() -> None:
    week = _week()
    everything = frozenset(times_of(week.problem, 20))
    taken = Time(0, Span(510, 530))
    assert free_pupils(week, ["p1", "p3", "stranger"], 20) == {"p1": everything - {taken}, "p3": everything}
    free = free_teachers(week, ["t1", "t2", "stranger"], 20)
    assert free["t1"] == everything - {taken}
    assert {time.day for time in free["t2"]} == {0}
    assert "stranger" not in free


def test_what_lies_in_the_way_on_a_date_is_named_with_the_date_and_the_person() -> None:
    monday = date(2020, 10, 5)
    meeting = Meeting(
        "u", "s1", "s1", monday, Span(510, 540), Minutes.LIVE, "Math", "math", ("t1",), ("p1", "p2")
    )
    there = SchoolDay("elm", monday, {}, (meeting,), {}, {}, {})
    group = SmallGroup(1, "s", Time(0, Span(520, 540)), "t1", ("p1", "p3"))
    found = check_date([group], there)
    assert [one.where for one in found] == [
        ("group 1", "pupil p1", "2020-10-05"),
        ("group 1", "teacher t1", "2020-10-05"),
    ]
    assert check_date([SmallGroup(1, "s", Time(1, Span(520, 540)), "t1", ("p1",))], there) == []
