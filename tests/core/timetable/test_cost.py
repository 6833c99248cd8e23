"""The soft cost, counted by hand on a week that a person can hold in the head."""

from dataclasses import replace

from schoolday.ground.spans import Span
from schoolday.timetable.check.cost import cost
from schoolday.timetable.problem import Activity, Grid, Limits, Pair, TimetableProblem, Weights, What
from schoolday.timetable.timetable import Cost, Placement, Timetable


def _activity(name: str, pupils: str, length: int = 1, place: str = "home") -> Activity:
    week = (0, 1, 2, 3, 4)
    people = tuple(pupils.split())
    return Activity(
        name,
        name,
        "section",
        What.SECTION,
        name,
        (f"t-{name}",),
        people,
        30 * length,
        week,
        5,
        length,
        -1,
        place,
    )


def _problem(*activities: Activity) -> TimetableProblem:
    pupils = sorted({pupil for activity in activities for pupil in activity.pupils})
    limits = {"any": Limits("any", Span(480, 900))}
    staff = {teacher: ("any",) * 5 for activity in activities for teacher in activity.teachers}
    return TimetableProblem("s", Grid(480, 30, 10), activities, limits, dict.fromkeys(pupils, "any"), staff)


def _placed(*places: tuple[str, int, int]) -> Timetable:
    return Timetable("s", tuple(Placement(*place) for place in places))


def test_an_empty_week_costs_nothing() -> None:
    assert cost(_problem(_activity("a", "x")), _placed()) == Cost(0, 0, 0, 0, 0)


def test_siblings_clash_in_each_slot_in_which_both_are_live_times_the_pairs_weight() -> None:
    problem = _problem(_activity("a", "x", length=2), _activity("b", "y"))
    problem = replace(problem, pairs=(Pair("x", "y", 3),))
    both = _placed(("a", 0, 4), ("b", 0, 5), ("a", 1, 4), ("b", 1, 6))
    assert cost(problem, both).clashes == 3


def test_a_sibling_elsewhere_clashes_once_for_each_slot() -> None:
    problem = replace(_problem(_activity("a", "x", length=2)), away={"x": (0b110000, 0, 0, 0, 0)})
    assert cost(problem, _placed(("a", 0, 4))).clashes == 2
    assert cost(problem, _placed(("a", 1, 4))).clashes == 0


def test_a_gap_is_a_slot_between_first_and_last_that_is_not_live() -> None:
    problem = _problem(_activity("a", "x"), _activity("b", "x y"))
    assert cost(problem, _placed(("a", 0, 1), ("b", 0, 5))).gaps == 3
    assert cost(problem, _placed(("a", 0, 1), ("b", 0, 2))).gaps == 0


def test_a_start_is_each_different_time_beyond_the_first() -> None:
    problem = _problem(_activity("a", "x"))
    assert cost(problem, _placed(("a", 0, 1), ("a", 1, 1), ("a", 2, 3), ("a", 3, 4))).starts == 2


def test_a_change_of_place_counts_between_one_meeting_and_the_next() -> None:
    problem = _problem(_activity("a", "x"), _activity("b", "x", place="lab"), _activity("c", "x"))
    assert cost(problem, _placed(("a", 0, 0), ("b", 0, 2), ("c", 0, 4))).places == 2
    assert cost(problem, _placed(("a", 0, 0), ("c", 0, 2), ("b", 0, 4))).places == 1


def test_the_total_is_the_weighted_sum() -> None:
    problem = replace(
        _problem(_activity("a", "x"), _activity("b", "y x", place="lab")),
        pairs=(Pair("x", "y"),),
        weights=Weights(clash=1000, gap=1, start=100, place=10),
    )
    found = cost(problem, _placed(("a", 0, 0), ("b", 0, 3), ("b", 1, 2)))
    assert found == Cost(0 + 2, 2, 1, 1, 2000 + 2 + 100 + 10)
