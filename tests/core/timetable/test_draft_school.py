from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from draft_cases import TUESDAY, day_plans, roster, standing

from schoolday.ground.errors import SchooldayError
from schoolday.ground.spans import Span
from schoolday.roster import Contract, Household, Service
from schoolday.timetable.draft import DraftRefused, combined, draft, governing, provider_days, provider_spans
from schoolday.timetable.problem import Pair, TimetableProblem, What

SPEECH = (
    Service("v1", "a1", "speech", 30, 2, "p1", "speech-1"),
    Service("v2", "b0", "speech", 30, 2, "p1", "speech-1"),
    Service("v3", "a2", "counselling", 45, 1, "p1"),
)


def _draft(**parts: object) -> TimetableProblem:
    return draft(roster(**parts), "elm", day_plans(), standing(), day=TUESDAY)  # type: ignore[arg-type]


def test_a_self_contained_class_has_five_lessons_and_four_small_groups_every_day() -> None:
    mine = [activity for activity in _draft().activities if activity.source == "r1"]
    assert [activity.id for activity in mine] == [
        "r1/ela", "r1/math", "r1/eld", "r1/science", "r1/social",
        "r1/small/1", "r1/small/2", "r1/small/3", "r1/small/4",
    ]  # fmt: skip
    assert {(activity.minutes, activity.length, activity.times) for activity in mine} == {(30, 1, 5)}
    assert {activity.teachers for activity in mine} == {("t0",)}


def test_every_pupil_is_in_exactly_one_small_group() -> None:
    groups = [activity.pupils for activity in _draft().activities if activity.id.startswith("r1/small")]
    assert sorted(pupil for group in groups for pupil in group) == [f"a{n}" for n in range(9)]
    assert max(map(len, groups)) - min(map(len, groups)) <= 1


def test_pupils_with_services_are_spread_over_the_small_groups() -> None:
    services = [Service(f"v{n}", f"a{n}", "speech", 30, 1, "p1") for n in (0, 3, 5, 8)]
    groups = [
        set(one.pupils) for one in _draft(services=services).activities if one.id.startswith("r1/small")
    ]
    assert [len(group & {"a0", "a3", "a5", "a8"}) for group in groups] == [1, 1, 1, 1]


def test_a_combination_class_follows_the_grade_that_demands_most() -> None:
    plans = day_plans()
    assert governing(plans, ("3", "4"), "homeroom").grade == "4"
    assert governing(plans, ("K", "3"), "homeroom").grade == "3"


def test_a_grade_that_follows_anothers_plan_is_said() -> None:
    (found,) = combined(roster(), "elm", day_plans())
    assert found.where == ("elm", "r2", "grade 3")
    assert (found.value, found.limit) == (240, 230)
    assert "follows the plan of grade 4" in found.said


def test_a_class_without_a_plan_is_refused_in_words() -> None:
    with pytest.raises(SchooldayError, match=r"section r9 .* has no plan of minutes"):
        governing({}, ("3",), "homeroom", "r9")


def test_a_scheduled_section_meets_every_day_under_its_own_id() -> None:
    problem = draft(roster(), "oak", day_plans(), standing(), day=TUESDAY)
    assert [activity.id for activity in problem.activities] == [f"c{n}" for n in range(6)]
    assert {(one.what, one.line, one.minutes, one.times) for one in problem.activities} == {
        (What.SECTION, "section", 30, 5)
    }


def test_services_of_one_group_are_one_activity_of_the_provider() -> None:
    services = [one for one in _draft(services=SPEECH).activities if one.what is What.SERVICE]
    assert [(one.id, one.pupils, one.times, one.length, one.teachers) for one in services] == [
        ("speech-1", ("a1", "b0"), 2, 1, ("p1",)),
        ("v3", ("a2",), 1, 2, ("p1",)),
    ]


def test_a_service_is_called_by_its_kind_and_its_size() -> None:
    services = [one for one in _draft(services=SPEECH).activities if one.what is What.SERVICE]
    assert [one.title for one in services] == ["speech, group of 2", "counselling"]


def test_limits_name_the_clauses_they_come_from() -> None:
    problem = _draft()
    pupil = problem.limits[problem.pupil_limits["a0"]]
    assert (pupil.longest_live, pupil.lunch, pupil.lunch_minutes) == (60, Span(660, 780), 30)
    assert pupil.clauses["longest_live"] == "screens.unbroken_live@2020-07-01"
    teacher = problem.limits[problem.staff_limits["t0"][0]]
    assert (teacher.window, teacher.preparation) == (Span(480, 930), 60)
    assert teacher.clauses["window"] == "contract:t0"
    assert teacher.clauses["preparation"] == "cba.teacher_preparation@2020-07-01"


def test_a_day_that_a_provider_does_not_work_has_no_window() -> None:
    part_time = Contract("p1", 480, 930, (0, 2))
    problem = _draft(services=SPEECH, contracts=[part_time])
    week = [problem.limits[name] for name in problem.staff_limits["p1"]]
    assert [limits.window is not None for limits in week] == [True, False, True, False, False]
    assert week[1].clauses == {"window": "contract:p1"}
    assert {one.days for one in problem.activities if one.what is What.SERVICE} == {(0, 2)}


def test_a_service_that_its_provider_has_too_few_days_for_is_refused_in_words() -> None:
    with pytest.raises(DraftRefused, match=r"speech.*meets 2 times a week, but p1 can be there only on Wed"):
        _draft(services=SPEECH, contracts=[Contract("p1", 480, 930, (2,))])


def test_a_class_whose_teacher_is_away_on_a_day_is_refused_with_every_reason_at_once() -> None:
    with pytest.raises(DraftRefused) as refused:
        _draft(contracts=[Contract("t0", 480, 930, (0, 1, 2, 3))])
    assert len(refused.value.faults) == 9


def test_only_households_known_to_have_too_few_devices_make_pairs() -> None:
    homes = [
        Household("one", ("a0", "b0", "h0"), devices=2),
        Household("unknown", ("a1", "b1"), devices=None),
        Household("enough", ("a2", "b2"), devices=2),
        Household("none", ("a3", "a4"), devices=0),
    ]
    assert _draft(households=homes).pairs == (Pair("a0", "b0"), Pair("a3", "a4"))


def test_siblings_hours_elsewhere_are_kept_for_pupils_of_this_school_only() -> None:
    away = {"a0": (1, 0, 0, 0, 0), "h0": (2, 0, 0, 0, 0)}
    problem = draft(roster(), "elm", day_plans(), standing(), day=TUESDAY, away=away)
    assert problem.away == {"a0": (1, 0, 0, 0, 0)}


def test_a_provider_of_two_schools_gives_each_its_own_days() -> None:
    services = [*SPEECH, Service("v4", "h1", "speech", 30, 2, "p1")]
    days = provider_days(roster(services=services))
    assert set(days["p1", "elm"]).isdisjoint(days["p1", "oak"])
    assert len(days["p1", "elm"]) >= 2
    assert len(days["p1", "oak"]) >= 2


def test_a_provider_with_too_few_days_parts_one_between_the_schools() -> None:
    services = [*SPEECH, Service("v4", "h1", "speech", 30, 2, "p1")]
    spans = provider_spans(roster(services=services, contracts=[Contract("p1", 480, 930, (0, 1, 2))]))
    shared = [
        (one, other)
        for one, other in zip(spans["p1", "elm"], spans["p1", "oak"], strict=True)
        if one is not None and other is not None
    ]
    assert len(shared) == 1
    one, other = shared[0]
    assert not one.meets(other)
    assert other.start - one.end == 30


def test_services_before_or_after_their_dates_are_left_out() -> None:
    over = Service("v9", "a1", "speech", 30, 2, "p1", last=TUESDAY.replace(day=7))
    later = Service("v8", "a1", "speech", 30, 2, "p1", first=TUESDAY.replace(day=9))
    assert not [one for one in _draft(services=[over, later]).activities if one.what is What.SERVICE]


WHOLE = """
import hashlib
from draft_cases import TUESDAY, day_plans, roster, standing
from schoolday.roster import Household, Service
from schoolday.timetable.draft import draft
from schoolday.timetable.shifts import shifts
homes = [Household(f"h{n}", (f"a{n}", f"b{n}"), devices=1) for n in range(6)]
services = [Service(f"v{n}", f"a{n}", "speech", 30, 2, "p1", f"g{n % 2}") for n in range(6)]
people = roster(households=homes, services=services)
side = shifts(people, people.enrolled(TUESDAY))
made = draft(people, "elm", day_plans(), standing(), day=TUESDAY, shifts=side)
print(hashlib.sha256(repr(made).encode()).hexdigest())
"""


def test_the_same_roster_gives_the_same_problem_in_any_process() -> None:
    here = str(Path(__file__).parent)
    found = {
        subprocess.run(
            [sys.executable, "-c", WHOLE],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": f"{here}:{Path.cwd()}", "PATH": ""},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1
