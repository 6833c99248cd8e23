"""The judge of weeks: it finds nothing in a lawful week, and names each planted fault and only it."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolday.ground.finding import Status
from schoolday.ground.spans import Span, minute
from schoolday.timetable.check import check
from schoolday.timetable.problem import Activity, Grid, Limits, TimetableProblem, What
from schoolday.timetable.timetable import Placement, Timetable

EVERY = (0, 1, 2, 3, 4)


def _span(first: str, last: str) -> Span:
    return Span(minute(first), minute(last))


def _activity(
    name: str, teacher: str, pupils: str, times: int, days: tuple[int, ...] = EVERY, **more: object
) -> Activity:
    activity = Activity(
        name, name, "section", What.SECTION, name.title(), (teacher,), tuple(pupils.split()), 30, days, times
    )
    return replace(activity, **more)  # type: ignore[arg-type]


def _problem() -> TimetableProblem:
    lunch = {"lunch": _span("11:00", "12:00"), "lunch_minutes": 30}
    said = {
        "window": "hours@1",
        "most_live": "most@1",
        "longest_live": "screen@1",
        "least_break": "break@1",
        "lunch": "lunch@1",
        "preparation": "prep@1",
    }
    day = _span("08:00", "15:00")
    limits = [
        Limits("pupil", day, most_live=90, longest_live=60, clauses=said, **lunch),
        Limits("teacher", day, preparation=60, clauses=said, **lunch),
        Limits("off", None, clauses=said),
        Limits("morning", _span("08:00", "12:00"), clauses=said),
        Limits("short", _span("08:00", "09:30"), preparation=60, clauses=said),
    ]
    activities = (
        _activity("math", "t1", "p1 p2 p3", 5),
        _activity("algebra", "t1", "p4", 5),
        _activity("art", "t2", "p1 p2", 5, place="studio"),
        _activity("lab", "t3", "p3 p4", 2, place="studio"),
        _activity("speech", "t4", "p1", 2, days=(0, 2), starts=0b110000),
        _activity("choir", "t4", "p1 p2", 1),
        _activity("band", "t5", "p4", 1),
    )
    return TimetableProblem(
        "s",
        Grid(minute("08:00"), 30, 12),
        activities,
        {limit.id: limit for limit in limits},
        dict.fromkeys(("p1", "p2", "p3", "p4"), "pupil"),
        {
            "t1": ("teacher",) * 5,
            "t2": ("teacher",) * 5,
            "t3": ("morning", "morning", "morning", "morning", "off"),
            "t4": ("teacher",) * 5,
            "t5": ("short",) * 5,
        },
        rooms={"studio": 1},
    )


LAWFUL = {
    **{("math", day): 0 for day in EVERY},
    **{("algebra", day): 2 for day in EVERY},
    **{("art", day): 1 for day in EVERY},
    ("lab", 1): 3,
    ("lab", 3): 3,
    ("speech", 0): 4,
    ("speech", 2): 4,
    ("choir", 1): 3,
    ("band", 0): 0,
}


def _timetable(slots: dict[tuple[str, int], int], *more: Placement) -> Timetable:
    placements = [Placement(name, day, slot) for (name, day), slot in slots.items()]
    return Timetable("s", tuple(sorted([*placements, *more])))


def _without(*gone: tuple[str, int]) -> dict[tuple[str, int], int]:
    return {key: slot for key, slot in LAWFUL.items() if key not in gone}


PLANTED: dict[str, tuple[Callable[[], Timetable], str, str]] = {
    "an activity that the problem does not know": (
        lambda: _timetable(LAWFUL, Placement("ghost", 0, 5)),
        "timetable.unknown_activity",
        "'ghost'",
    ),
    "a missing meeting": (
        lambda: _timetable(_without(("lab", 3))),
        "timetable.meeting_missing",
        "meets 1 times a week; 2 are due",
    ),
    "a meeting too many": (
        lambda: _timetable({**LAWFUL, ("lab", 2): 3}),
        "timetable.too_many",
        "meets 3 times a week; 2 are due",
    ),
    "two meetings on a day": (
        lambda: _timetable(_without(("lab", 3)), Placement("lab", 1, 5)),
        "timetable.two_on_a_day",
        "2 times on Tue",
    ),
    "a day not allowed": (
        lambda: _timetable({**_without(("speech", 2)), ("speech", 3): 4}),
        "timetable.day",
        "it may meet only on Mon, Wed",
    ),
    "a slot outside the grid": (
        lambda: _timetable({**LAWFUL, ("art", 4): 12}),
        "timetable.grid",
        "lies outside the school's hours, 08:00 to 14:00",
    ),
    "a start not allowed": (
        lambda: _timetable({**LAWFUL, ("speech", 0): 6}),
        "timetable.start",
        "it may start only at 10:00, 10:30",
    ),
    "a pupil in two places": (
        lambda: _timetable({**LAWFUL, ("math", 0): 4}),
        "timetable.pupil_clash",
        "pupil p1 on Mon is due at",
    ),
    "a teacher in two places": (
        lambda: _timetable({**LAWFUL, ("algebra", 2): 0}),
        "timetable.teacher_clash",
        "teacher t1 on Wed is due at",
    ),
    "more meetings than rooms": (
        lambda: _timetable({**LAWFUL, ("lab", 1): 1}),
        "timetable.room",
        "2 meetings need a studio: art, lab; there are 1",
    ),
    "a meeting after the contract day": (
        lambda: _timetable({**LAWFUL, ("lab", 3): 9}),
        "timetable.window",
        "teacher t3 on Thu: a meeting 12:30-13:00 outside the day's window, 08:00-12:00",
    ),
    "a meeting on a day not worked": (
        lambda: _timetable({**_without(("lab", 3)), ("lab", 4): 3}),
        "timetable.window",
        "teacher t3 on Fri: a meeting 09:30-10:00 on a day not worked",
    ),
    "too many live minutes": (
        lambda: _timetable({**_without(("choir", 1)), ("choir", 0): 8}),
        "timetable.most_live",
        "pupil p1 on Mon: 120 live minutes; 90 are the most",
    ),
    "too long without a break": (
        lambda: _timetable({**LAWFUL, ("choir", 1): 2}),
        "timetable.unbroken",
        "90 live minutes unbroken, 08:00-09:30; 60 are the most",
    ),
    "no lunch": (
        lambda: _timetable({**LAWFUL, ("art", 1): 6, ("choir", 1): 7}),
        "timetable.lunch",
        "0 free minutes for lunch between 11:00-12:00; 30 are due",
    ),
    "no preparation": (
        lambda: _timetable({**LAWFUL, ("band", 0): 1}),
        "timetable.preparation",
        "teacher t5 on Mon: 30 free minutes for preparation, lunch apart; 60 are due",
    ),
    "another school's timetable": (
        lambda: replace(_timetable(LAWFUL), school="other"),
        "timetable.school",
        "of school other",
    ),
}


def test_a_lawful_week_has_no_finding() -> None:
    assert check(_problem(), _timetable(LAWFUL)) == []


@pytest.mark.parametrize("fault", PLANTED)
def test_each_planted_fault_is_named_and_only_it(fault: str) -> None:
    plant, code, words = PLANTED[fault]
    findings = check(_problem(), plant())
    assert {finding.code for finding in findings} == {code}
    assert all(finding.status is Status.BROKEN for finding in findings)
    assert any(words in finding.said for finding in findings)


@pytest.mark.parametrize(
    ("fault", "clauses"),
    [
        ("too long without a break", ("break@1", "screen@1")),
        ("no lunch", ("lunch@1",)),
        ("no preparation", ("hours@1", "prep@1")),
        ("too many live minutes", ("most@1",)),
        ("a meeting on a day not worked", ("hours@1",)),
    ],
)
def test_a_broken_limit_names_value_limit_and_clauses(fault: str, clauses: tuple[str, ...]) -> None:
    finding = check(_problem(), PLANTED[fault][0]())[0]
    assert finding.clauses == clauses
    if fault != "a meeting on a day not worked":
        assert finding.value is not None
        assert finding.limit is not None
        assert finding.unit == "minutes"


def test_a_person_without_limits_is_unverified_and_not_passed() -> None:
    problem = replace(_problem(), pupil_limits={"p1": "pupil", "p2": "pupil", "p3": "pupil"})
    findings = check(problem, _timetable(LAWFUL))
    assert {(finding.code, finding.status) for finding in findings} == {
        ("timetable.limits", Status.UNVERIFIED)
    }
    assert {finding.where[1] for finding in findings} == {"pupil p4"}


def test_a_room_that_nobody_counted_is_unverified() -> None:
    findings = check(replace(_problem(), rooms={}), _timetable(LAWFUL))
    assert {finding.status for finding in findings} == {Status.UNVERIFIED}


def test_a_long_meeting_keeps_its_people_for_all_its_slots() -> None:
    problem = _problem()
    longer = tuple(
        replace(one, length=2, minutes=45) if one.id == "algebra" else one for one in problem.activities
    )
    placed = _timetable({**LAWFUL, ("lab", 1): 3, ("algebra", 1): 2})
    codes = {finding.code for finding in check(replace(problem, activities=longer), placed)}
    assert codes == {"timetable.pupil_clash"}


@given(st.integers(0, len(LAWFUL) - 1), st.integers(0, 4), st.integers(0, 11))
def test_whatever_is_added_to_a_full_week_is_found(which: int, day: int, slot: int) -> None:
    name = list(LAWFUL)[which][0]
    codes = {f.code for f in check(_problem(), _timetable(LAWFUL, Placement(name, day, slot)))}
    assert "timetable.too_many" in codes


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 11)), min_size=len(LAWFUL), max_size=len(LAWFUL)))
def test_a_random_week_is_judged_as_minute_by_minute(places: list[tuple[int, int]]) -> None:
    problem = _problem()
    placed = [Placement(key[0], *place) for key, place in zip(LAWFUL, places, strict=True)]
    expected = _clashing_minute_by_minute(problem, placed)
    found = {
        (f.code, f.where[1], f.where[2])
        for f in check(problem, Timetable("s", tuple(placed)))
        if f.code.endswith("_clash")
    }
    assert found == expected


def _clashing_minute_by_minute(
    problem: TimetableProblem, placed: list[Placement]
) -> set[tuple[str, str, str]]:
    names = ("Mon", "Tue", "Wed", "Thu", "Fri")
    found, there = set(), {}
    for one in placed:
        activity = next(a for a in problem.activities if a.id == one.activity)
        people = [("pupil", p) for p in activity.pupils] + [("teacher", t) for t in activity.teachers]
        for role, person in people:
            for at in range(30):
                key = (role, person, one.day, one.slot * 30 + at)
                if there.setdefault(key, one.activity) != one.activity:
                    found.add((f"timetable.{role}_clash", f"{role} {person}", names[one.day]))
    return found
