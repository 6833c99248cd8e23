"""An assessment of a class: who took which and when, given by whom; undone, corrected, and never twice."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from schoolday.ledger.assessed import of_detail
from schooldesk import scope
from schooldesk.people.models import AccessLog, Event
from tests.desk.conftest import Cast
from tests.desk.learnings import lay, section_of
from tests.desk.ledgers import TUESDAY, certify, home_of, post, sent, stored
from tests.desk.words import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]
Sign = Callable[[str], Client]


@pytest.fixture
def section(cast: Cast) -> str:
    return section_of(cast.teacher)


@pytest.fixture
def at(section: str) -> str:
    return f"/d/maple/take/{section}/{TUESDAY}/assessed/"


@pytest.fixture
def pupils(section: str) -> list[str]:
    from schooldesk.learning import reads

    with scope.district("maple"):
        return [one.id for one in reads.pupils_of(home_of(), section, TUESDAY)]


def form(pupils: list[str], how: str = "completed", **more: str) -> dict[str, str]:
    plain = {"step": str(uuid4()), "title": "Fractions quiz", "first": "09:10"}
    return plain | {f"how-{one}": how for one in pupils} | more


def test_a_class_is_assessed_at_once_with_when_result_and_giver(
    at: str, pupils: list[str], cast: Cast, client_of: Sign
) -> None:
    sent_form = form(pupils, giver=cast.teacher, **{f"result-{pupils[0]}": "14 of 20"})
    sent_form[f"how-{pupils[1]}"], sent_form[f"how-{pupils[2]}"] = "partial", ""
    answer = client_of("teacher").post(at, sent_form)
    assert answer.status_code == 303
    rows = {row.pupil: row for row in stored()}
    assert set(rows) == set(pupils) - {pupils[2]}
    first = rows[pupils[0]]
    assert (first.kind, first.code, first.first, first.by) == ("assessed", "completed", 550, cast.teacher)
    assert of_detail(first.detail).result == "14 of 20"
    assert of_detail(first.detail).giver == cast.teacher
    assert rows[pupils[1]].code == "partial"
    with scope.district("maple"):
        assert Event.objects.get(what="ledger.entered").about["rows"] == len(pupils) - 1
    said = told(client_of("teacher").get(answer["Location"]))
    assert f"Recorded of {len(pupils) - 1} pupils." in said


def test_the_same_form_sent_twice_enters_nothing_twice(at: str, pupils: list[str], client_of: Sign) -> None:
    client, one = client_of("teacher"), form(pupils)
    assert client.post(at, one).status_code == 303
    assert client.post(at, one).status_code == 303
    assert len(stored()) == len(pupils)


def test_a_changed_result_is_a_correction_and_not_assessed_a_withdrawal(
    at: str, pupils: list[str], client_of: Sign
) -> None:
    client = client_of("teacher")
    client.post(at, form(pupils))
    more = {f"result-{pupils[0]}": "18 of 20", f"how-{pupils[1]}": ""}
    client.post(at, form(pupils, **more))
    new = stored()[len(pupils) :]
    assert [(row.pupil, row.code) for row in new] == [(pupils[0], "completed"), (pupils[1], "withdrawn")]
    assert {row.corrects for row in new} == {row.entry for row in stored()[:2]}


def test_the_last_step_is_undone_and_put_back(at: str, pupils: list[str], client_of: Sign) -> None:
    client = client_of("teacher")
    client.post(at, form(pupils))
    step = stored()[-1].step
    client.post(at, {"do": "undo", "last": step, "title": "Fractions quiz"})
    assert "Nothing is recorded until you keep it." in told(client.get(f"{at}?title=Fractions+quiz"))
    assert "Put the last step back" in told(client.get(at))
    client.post(at, {"do": "undo", "last": stored()[-1].step, "title": "Fractions quiz"})
    assert f"Recorded of {len(pupils)} pupils." in told(client.get(f"{at}?title=Fractions+quiz"))


def test_the_exam_of_the_day_and_who_was_there_are_proposed(
    section: str, pupils: list[str], client_of: Sign, cast: Cast
) -> None:
    from tests.desk.learnings import EXAM, exams

    lay()
    title = next(row.title for row in exams("maple", section) if row.day == EXAM)
    at, client = f"/d/maple/take/{section}/{EXAM}/assessed/", client_of("teacher")
    post(client, f"/d/maple/take/{section}/{EXAM}/", sent(pupils[0]))
    text = client.get(at).content.decode()
    assert f"<bdi>{title}</bdi></h2>" in text
    assert text.count('<option value="completed" selected>') == 1
    assert f'<option value="{cast.teacher}" selected>' in text
    assert stored()[-1].kind == "joined", "nothing is recorded by looking"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"title": ""}, "Say which assessment it was"),
        ({"first": "25:00"}, "Write a time such as 09:15"),
        ({"giver": "nobody"}, "Choose one of the list"),
        ({"step": "x"}, "no id of its own"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    more: dict[str, str], said: str, at: str, pupils: list[str], client_of: Sign
) -> None:
    answer = client_of("teacher").post(at, form(pupils) | more)
    assert answer.status_code == 422
    assert said in told(answer)
    assert stored() == []


def test_tomorrow_cannot_have_been_assessed(section: str, pupils: list[str], client_of: Sign) -> None:
    answer = client_of("teacher").post(f"/d/maple/take/{section}/2020-09-14/assessed/", form(pupils))
    assert answer.status_code == 422


@pytest.mark.parametrize(("who", "status"), [("colleague", 403), ("foreigner", 404), ("union", 403)])
def test_others_are_refused(who: str, status: int, at: str, pupils: list[str], client_of: Sign) -> None:
    client = client_of(who)
    assert client.get(at).status_code == status
    assert client.post(at, form(pupils)).status_code == status
    assert stored() == []


def test_being_assessed_is_evidence_in_the_week(
    at: str, pupils: list[str], cast: Cast, client_of: Sign
) -> None:
    from schoolday.files.ledger.read import read_week
    from schooldesk.ledger import reads

    client_of("teacher").post(at, form(pupils[:1]))
    row = certify(cast.teacher, cast.school)
    with scope.district("maple"):
        kinds = {one.kind.value for one in read_week(reads.sealed(row)).entries}
        assert not AccessLog.objects.exists()
    assert kinds == {"assessed"}
    week = told(client_of("teacher").get(f"/d/maple/week/{cast.school}/{cast.teacher}/2020-09-07/"))
    assert "took part" in week
