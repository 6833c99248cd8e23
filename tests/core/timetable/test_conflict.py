"""When nothing fits, the smallest set of clauses in conflict is named, and each is verified."""

from dataclasses import replace

from schoolday.ground.spans import Span, minute
from schoolday.timetable.problem import Activity, Grid, Limits, TimetableProblem, What
from schoolday.timetable.solve.conflict import conflict

WEEK = (0, 1, 2, 3, 4)


def _span(first: str, last: str) -> Span:
    return Span(minute(first), minute(last))


DAY = _span("08:00", "15:00")
PUPIL = Limits("pupil", DAY, clauses={"window": "hours@2020"})
TEACHER = Limits("teacher", DAY, clauses={"window": "contract:t"})


def _activity(name: str, pupils: str = "p", teacher: str = "t", **more: object) -> Activity:
    one = Activity(
        name, name, "section", What.SECTION, name, (teacher,), tuple(pupils.split()), 30, WEEK, len(WEEK)
    )
    return replace(one, **more)  # type: ignore[arg-type]


def _problem(
    *activities: Activity, pupil: Limits = PUPIL, teacher: Limits = TEACHER, **more: object
) -> TimetableProblem:
    pupils = sorted({name for one in activities for name in one.pupils})
    staff = sorted({name for one in activities for name in one.teachers})
    limits = {"pupil": pupil, "teacher": teacher}
    problem = TimetableProblem(
        "s",
        Grid(480, 30, 14),
        activities,
        limits,
        dict.fromkeys(pupils, "pupil"),
        dict.fromkeys(staff, ("teacher",) * 5),
    )
    return replace(problem, **more)  # type: ignore[arg-type]


def _many(number: int) -> list[Activity]:
    return [_activity(f"a{i}") for i in range(number)]


def test_a_week_that_fits_has_no_conflict() -> None:
    assert conflict(_problem(*_many(4))) is None


def test_a_contract_too_short_for_its_meetings_is_named_with_the_teacher() -> None:
    short = replace(TEACHER, window=_span("08:00", "09:30"))
    found = conflict(_problem(*_many(4), teacher=short))
    assert found is not None
    assert found.where == "teacher t"
    assert set(found.ids) == {"contract:t", "teacher:t"}
    assert found.clauses == ("contract:t",)
    assert found.verified
    assert "20 meetings a week do not fit where meetings lie within 08:00-09:30 (contract:t)" in found.said


def test_lunch_preparation_and_sections_beyond_the_contract_are_all_named() -> None:
    teacher = Limits(
        "teacher", _span("08:00", "12:00"), lunch=_span("08:00", "12:00"), lunch_minutes=30, preparation=60,
        clauses={"window": "contract:t", "lunch": "lunch@2020", "preparation": "prep@2020"},
    )  # fmt: skip
    found = conflict(_problem(*_many(6), teacher=teacher))
    assert found is not None
    assert set(found.clauses) == {"contract:t", "lunch@2020", "prep@2020"}
    assert found.verified


def test_lunch_is_left_out_where_preparation_alone_is_too_much() -> None:
    teacher = Limits(
        "teacher", _span("08:00", "12:00"), lunch=_span("11:00", "13:00"), lunch_minutes=30, preparation=60,
        clauses={"window": "contract:t", "lunch": "lunch@2020", "preparation": "prep@2020"},
    )  # fmt: skip
    found = conflict(_problem(*_many(7), teacher=teacher))
    assert found is not None
    assert set(found.ids) == {"contract:t", "prep@2020", "teacher:t"}
    assert found.verified


def test_an_unbroken_limit_against_the_meetings_is_named_with_the_hours() -> None:
    pupil = Limits(
        "pupil", _span("08:00", "10:00"), longest_live=60,
        clauses={"window": "hours@2020", "longest_live": "screen@2020"},
    )  # fmt: skip
    found = conflict(_problem(*(_activity(f"a{i}", teacher=f"t{i}") for i in range(4)), pupil=pupil))
    assert found is not None
    assert set(found.ids) == {"hours@2020", "screen@2020", "pupil:p"}
    assert found.verified


def test_most_live_minutes_against_the_number_of_meetings_is_named() -> None:
    pupil = Limits("pupil", DAY, most_live=90, clauses={"window": "hours@2020", "most_live": "most@2020"})
    found = conflict(_problem(*(_activity(f"a{i}", teacher=f"t{i}") for i in range(4)), pupil=pupil))
    assert found is not None
    assert found.clauses == ("most@2020",)
    assert found.verified
    assert "at most 90 live minutes a day (most@2020)" in found.said


def test_a_service_that_no_longer_fits_is_named_with_the_limit_against_it() -> None:
    pupil = Limits("pupil", DAY, most_live=90, clauses={"window": "hours@2020", "most_live": "most@2020"})
    service = _activity("speech", teacher="v", what=What.SERVICE, line="service", times=2)
    sections = (_activity(f"a{i}", teacher=f"t{i}") for i in range(3))
    found = conflict(_problem(*sections, service, pupil=pupil))
    assert found is not None
    assert set(found.ids) == {"most@2020", "service:speech", "pupil:p"}
    assert found.verified


def test_meetings_that_pairwise_share_people_and_outnumber_the_slots_are_found() -> None:
    # Three pupils pairwise share the three meetings: no one's own week is too full, together they are.
    pupil = Limits("pupil", _span("08:00", "09:00"), clauses={"window": "hours@2020"})
    activities = (
        _activity("x", "p q", "t1"),
        _activity("y", "q r", "t2"),
        _activity("z", "r p", "t3"),
    )
    found = conflict(_problem(*activities, pupil=pupil))
    assert found is not None
    assert found.where.startswith("meetings of which no two can be at once")
    assert set(found.ids) == {"hours@2020", "pupil:p", "pupil:q", "pupil:r"}
    assert found.verified


def test_too_few_rooms_are_named() -> None:
    activities = (_activity(f"a{i}", f"p{i}", f"t{i}", place="lab", starts=0b1) for i in range(3))
    found = conflict(_problem(*activities, rooms={"lab": 2}))
    assert found is not None
    assert found.where == "the whole school"
    assert found.ids == ("room:lab",)
    assert found.verified


def test_an_activity_that_can_never_meet_is_said_to_need_other_days() -> None:
    found = conflict(_problem(_activity("a", days=(0, 1), times=3)))
    assert found is not None
    assert found.reasons == ()
    assert "whatever the rules say" in found.said


def test_reasons_that_no_effort_is_left_to_verify_are_not_called_verified() -> None:
    short = replace(TEACHER, window=_span("08:00", "09:30"))
    found = conflict(_problem(*_many(4), teacher=short), effort=1e-9)
    assert found is None or not found.verified


def test_the_same_problem_gives_the_same_conflict() -> None:
    short = replace(TEACHER, window=_span("08:00", "09:30"))
    problem = _problem(*_many(5), teacher=short)
    assert conflict(problem) == conflict(problem)
