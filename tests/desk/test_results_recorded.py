"""A result is entered once: under Learning or on the record, and either says the same as the other."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from schoolday.learning.exams import Grading, Score
from schoolday.ledger.assessed import of_detail
from schooldesk import scope
from tests.desk.conftest import Cast
from tests.desk.learnings import exams, section_of
from tests.desk.ledgers import FRIDAY_EVENING, TUESDAY, home_of, stored
from tests.desk.test_ledger_pages import told

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _friday(settings: Any) -> None:
    settings.NOW = FRIDAY_EVENING


@pytest.fixture
def section(cast: Cast) -> str:
    return section_of(cast.teacher)


@pytest.fixture
def pupils(section: str) -> list[str]:
    from schooldesk.learning import reads

    with scope.district("maple"):
        return [one.id for one in reads.pupils_of(home_of(), section, TUESDAY)]


@pytest.fixture
def teacher(client_of: Sign) -> Client:
    return client_of("teacher")


@pytest.fixture
def exam(teacher: Client, section: str) -> str:
    """Give the class an exam of ten questions on Tuesday; return the address of its results."""
    return give(teacher, section)


def give(teacher: Client, section: str, title: str = "Quiz", day: str = str(TUESDAY)) -> str:
    form = {"title": title, "day": day, "items": "10", "codes": "3.OA.A.1"}
    answer = teacher.post(f"/d/maple/learning/sections/{section}/", form)
    assert answer.status_code == 303
    return str(answer["Location"].split("?")[0])


@pytest.fixture
def at(section: str) -> str:
    return f"/d/maple/take/{section}/{TUESDAY}/assessed/"


def under_learning(teacher: Client, exam: str, points: dict[str, str], **more: str) -> Any:
    return teacher.post(exam, {f"points-{one}": text for one, text in points.items()} | more)


def on_the_record(
    teacher: Client, at: str, results: dict[str, str], how: str = "completed", **more: str
) -> Any:
    plain = {"step": str(uuid4()), "title": "Quiz", "first": "09:10"}
    rows = {f"how-{one}": how for one in results} | {f"result-{one}": text for one, text in results.items()}
    return teacher.post(at, plain | rows | more)


def standing() -> dict[str, tuple[str, str]]:
    """Return what the record says of each pupil: how assessed, and the result."""
    from schoolday.ledger.standing import standing as of
    from schooldesk.ledger import reads

    rows = stored()
    with scope.district("maple"):
        some = of(reads.value(row, reads.zone_of(home_of())) for row in rows)
    return {one.pupil: (one.code, of_detail(one.detail).result) for one in some if one.kind == "assessed"}


def scores() -> dict[str, Score]:
    from schooldesk.learning import reads

    with scope.district("maple"):
        return {one.pupil: one for one in reads.scores() if not one.standard}


def shares() -> dict[str, float | None]:
    return {pupil: one.share for pupil, one in scores().items()}


def entered() -> Any:
    from schooldesk.learning import reads

    with scope.district("maple"):
        return reads.entries()


def undo(teacher: Client, number: int, **more: str) -> None:
    assert teacher.post(f"/d/maple/learning/entries/{number}/undo/", more).status_code == 303


def test_results_under_learning_are_assessments_on_the_record(
    teacher: Client, exam: str, pupils: list[str], section: str, cast: Cast
) -> None:
    kept = under_learning(teacher, exam, {pupils[0]: "9", pupils[1]: "7.5", pupils[2]: "e", pupils[3]: "-"})
    assert kept.status_code == 303
    rows = stored()
    assert {row.pupil for row in rows} == set(pupils[:2])
    first = next(row for row in rows if row.pupil == pupils[0])
    assert (first.kind, first.code, first.day, first.activity) == ("assessed", "completed", TUESDAY, section)
    assert (first.by, first.origin, first.first) == (cast.teacher, "learning", None)
    assert of_detail(first.detail).title == "Quiz"
    assert standing() == {pupils[0]: ("completed", "9/10"), pupils[1]: ("completed", "7.5/10")}


def test_the_records_form_stores_the_results(teacher: Client, exam: str, at: str, pupils: list[str]) -> None:
    answer = on_the_record(teacher, at, {pupils[0]: "9", pupils[1]: "7/10", pupils[2]: ""})
    assert answer.status_code == 303
    assert shares() == {pupils[0]: pytest.approx(0.9), pupils[1]: pytest.approx(0.7)}
    assert standing()[pupils[1]] == ("completed", "7/10")
    assert standing()[pupils[2]] == ("completed", "")
    assert 'value="9"' in teacher.get(exam).content.decode()
    from schooldesk.people.models import Event

    with scope.district("maple"):
        said = set(Event.objects.values_list("what", flat=True))
    assert {"ledger.entered", "learning.entered"} <= said


def test_assessed_in_part_is_graded_in_part_and_no_evidence(
    teacher: Client, exam: str, at: str, pupils: list[str]
) -> None:
    on_the_record(teacher, at, {pupils[0]: "4"}, "partial")
    assert scores()[pupils[0]].grading is Grading.PARTLY
    assert standing() == {pupils[0]: ("partial", "4/10")}


def test_a_result_that_is_no_points_of_the_exam_is_refused_and_nothing_is_kept(
    teacher: Client, exam: str, at: str, pupils: list[str]
) -> None:
    answer = on_the_record(teacher, at, {pupils[0]: "9", pupils[1]: "good"})
    assert answer.status_code == 422
    assert "Write points from 0 to 10" in told(answer)
    assert (stored(), scores()) == ([], {})


def test_an_assessment_that_is_not_on_the_list_keeps_its_note_and_no_result(
    teacher: Client, exam: str, at: str, pupils: list[str]
) -> None:
    on_the_record(teacher, at, {pupils[0]: "14 of 20"}, title="Another")
    assert standing() == {pupils[0]: ("completed", "14 of 20")}
    assert scores() == {}
    assert "a note on the record alone" in told(teacher.get(f"{at}?title=Another"))
    assert "nothing need be entered twice" in told(teacher.get(f"{at}?title=Quiz"))


def test_two_exams_of_one_name_are_told_apart_by_their_day_and_else_not_guessed(
    teacher: Client, exam: str, section: str, at: str, pupils: list[str]
) -> None:
    give(teacher, section, day="2020-09-04")
    on_the_record(teacher, at, {pupils[0]: "9"})
    with scope.district("maple"):
        codes = {row.code for row in exams("maple", section) if row.day == TUESDAY}
    assert {one.exam for one in scores().values()} == codes
    on_the_record(teacher, at.replace("09-08", "09-09"), {pupils[1]: "9"})
    assert set(scores()) == {pupils[0]}
    assert standing()[pupils[1]] == ("completed", "9")


def test_a_corrected_result_corrects_the_entry_and_keeps_when_and_by_whom(
    teacher: Client, exam: str, at: str, pupils: list[str], cast: Cast
) -> None:
    on_the_record(teacher, at, {pupils[0]: "9"}, giver=cast.teacher)
    under_learning(teacher, exam, {pupils[0]: "6"})
    old, new = stored()
    assert new.corrects == old.entry
    assert (new.first, of_detail(new.detail).giver) == (550, cast.teacher)
    assert standing() == {pupils[0]: ("completed", "6/10")}


def test_a_corrected_entry_corrects_the_result(
    teacher: Client, exam: str, at: str, pupils: list[str]
) -> None:
    under_learning(teacher, exam, {pupils[0]: "9", pupils[1]: "9"})
    on_the_record(teacher, at, {pupils[0]: "6", pupils[1]: "9/10"})
    assert shares() == {pupils[0]: pytest.approx(0.6), pupils[1]: pytest.approx(0.9)}
    on_the_record(teacher, at, {pupils[0]: ""}, "")
    assert shares() == {pupils[0]: None, pupils[1]: pytest.approx(0.9)}
    assert set(standing()) == {pupils[1]}


def test_the_same_form_sent_twice_enters_nothing_twice(
    teacher: Client, exam: str, at: str, pupils: list[str]
) -> None:
    once = {"step": str(uuid4())}
    for _ in range(2):
        assert on_the_record(teacher, at, dict.fromkeys(pupils, "9"), **once).status_code == 303
    assert (len(stored()), len(entered())) == (len(pupils), 2)
    once = {"once": uuid4().hex}
    first = under_learning(teacher, exam, {pupils[0]: "5"}, **once)
    under_learning(teacher, exam, {pupils[0]: "6"})
    again = under_learning(teacher, exam, {pupils[0]: "5"}, **once)
    assert again["Location"] == first["Location"]
    assert shares()[pupils[0]] == pytest.approx(0.6)
    assert standing()[pupils[0]] == ("completed", "6/10")


def test_what_both_say_already_is_entered_in_neither(
    teacher: Client, exam: str, at: str, pupils: list[str]
) -> None:
    under_learning(teacher, exam, dict.fromkeys(pupils, "9"))
    on_the_record(teacher, at, dict.fromkeys(pupils, "9/10"), first="")
    under_learning(teacher, exam, dict.fromkeys(pupils, "9"))
    assert (len(stored()), len(entered())) == (len(pupils), 2)


def test_undoing_results_under_learning_takes_the_entries_back_and_putting_back_brings_them(
    teacher: Client, exam: str, pupils: list[str]
) -> None:
    under_learning(teacher, exam, {pupils[0]: "9"})
    number = entered()[0].pk
    undo(teacher, number)
    assert standing() == {}
    assert stored()[-1].code == "withdrawn"
    undo(teacher, number)
    assert len(stored()) == 2
    undo(teacher, number, back="1")
    assert standing() == {pupils[0]: ("completed", "9/10")}


def test_undoing_a_correction_under_learning_brings_the_earlier_result_to_the_record(
    teacher: Client, exam: str, pupils: list[str]
) -> None:
    under_learning(teacher, exam, {pupils[0]: "9"})
    under_learning(teacher, exam, {pupils[0]: "6"})
    undo(teacher, entered()[0].pk)
    assert standing() == {pupils[0]: ("completed", "9/10")}


@pytest.mark.parametrize("first", ["learning", "record"])
def test_undoing_the_step_on_the_record_takes_the_results_back_and_forth(
    first: str, teacher: Client, exam: str, at: str, pupils: list[str]
) -> None:
    if first == "learning":
        under_learning(teacher, exam, {pupils[0]: "e"})
        under_learning(teacher, exam, {pupils[0]: "9"}, once=uuid4().hex)
    else:
        under_learning(teacher, exam, {pupils[0]: "e"})
        on_the_record(teacher, at, {pupils[0]: "9"})
    for _ in range(2):
        teacher.post(at, {"do": "undo", "last": stored()[-1].step, "title": "Quiz"})
        assert standing() == {}
        assert scores()[pupils[0]].grading is Grading.EXEMPT
        teacher.post(at, {"do": "undo", "last": stored()[-1].step, "title": "Quiz"})
        assert standing() == {pupils[0]: ("completed", "9/10")}
        assert shares() == {pupils[0]: pytest.approx(0.9)}


def test_the_page_of_the_meeting_undoes_results_with_the_step(
    teacher: Client, exam: str, section: str, at: str, pupils: list[str]
) -> None:
    on_the_record(teacher, at, {pupils[0]: "9"})
    teacher.post(f"/d/maple/take/{section}/{TUESDAY}/", {"do": "undo", "last": stored()[-1].step})
    assert (standing(), scores()) == ({}, {})


def test_what_was_said_by_hand_without_a_result_outlives_a_result_that_is_taken_back(
    teacher: Client, exam: str, at: str, pupils: list[str]
) -> None:
    on_the_record(teacher, at, {pupils[0]: "", pupils[1]: ""})
    under_learning(teacher, exam, {pupils[0]: "9"})
    assert standing()[pupils[0]] == ("completed", "9/10")
    undo(teacher, entered()[0].pk)
    assert standing()[pupils[0]] == ("completed", "")
    under_learning(teacher, exam, {pupils[0]: "8"})
    under_learning(teacher, exam, {pupils[0]: "", pupils[1]: "-"})
    assert standing() == {pupils[0]: ("completed", "")}, "what was not handed in was not taken"


def test_an_emptied_result_takes_an_entry_back_that_rested_on_it_alone(
    teacher: Client, exam: str, pupils: list[str]
) -> None:
    under_learning(teacher, exam, {pupils[0]: "9"})
    under_learning(teacher, exam, {pupils[0]: ""})
    assert standing() == {}


def test_a_result_of_a_day_without_school_is_named_and_not_on_the_record(
    teacher: Client, section: str, pupils: list[str]
) -> None:
    at = give(teacher, section, "Saturday", "2020-09-05")
    kept = under_learning(teacher, at, {pupils[0]: "9"})
    said = told(teacher.get(at + kept["Location"].removeprefix("./")))
    assert "that is no school day" in said
    assert "not on the record" in said
    assert stored() == []
    assert shares() == {pupils[0]: pytest.approx(0.9)}


def test_a_second_day_on_the_record_keeps_both_days_there_and_the_last_result_under_learning(
    teacher: Client, exam: str, at: str, pupils: list[str]
) -> None:
    under_learning(teacher, exam, {pupils[0]: "5"})
    on_the_record(teacher, at.replace("09-08", "09-09"), {pupils[0]: "9"})
    assert [(str(row.day), row.code) for row in stored()] == [
        ("2020-09-08", "completed"), ("2020-09-09", "completed"),
    ]  # fmt: skip
    assert (str(scores()[pupils[0]].day), shares()[pupils[0]]) == ("2020-09-09", pytest.approx(0.9))
    under_learning(teacher, exam, {pupils[0]: "8"})
    assert standing()[pupils[0]] == ("completed", "8/10")
    assert [str(row.day) for row in stored()] == ["2020-09-08", "2020-09-09", "2020-09-09"]
    undo(teacher, entered()[0].pk)
    assert standing()[pupils[0]] == ("completed", "9/10")


def test_a_result_is_evidence_in_the_week_once_and_another_district_has_none(
    teacher: Client, exam: str, at: str, pupils: list[str], cast: Cast
) -> None:
    from schoolday.files.ledger.read import read_week
    from schooldesk.ledger import reads
    from tests.desk.ledgers import certify

    under_learning(teacher, exam, {pupils[0]: "9"})
    on_the_record(teacher, at, {pupils[0]: "9"}, first="")
    row = certify(cast.teacher, cast.school)
    with scope.district("maple"):
        week = read_week(reads.sealed(row))
    assert [(one.kind.value, one.pupil) for one in week.entries] == [("assessed", pupils[0])]
    assert stored("cedar") == []


@pytest.mark.parametrize(("who", "status"), [("colleague", 403), ("foreigner", 404), ("principal", 403)])
def test_whoever_may_not_enter_results_enters_neither(
    who: str, status: int, exam: str, pupils: list[str], client_of: Sign
) -> None:
    assert under_learning(client_of(who), exam, {pupils[0]: "9"}).status_code == status
    assert (stored(), scores()) == ([], {})
