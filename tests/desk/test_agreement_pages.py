"""Agreements on independent study: made by staff, signed by the family's link, a teacher or on paper."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from schoolday.emergency.agreements import PARTS as NINE
from schoolday.emergency.agreements import digest
from schooldesk import scope
from schooldesk.emergency import models
from schooldesk.people.models import Event
from tests.desk.conftest import Cast
from tests.desk.emergencies import PARTS, agreement, flood
from tests.desk.words import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("autumn")]
Sign = Callable[[str], Client]
WEEK = (date(2026, 9, 10), date(2026, 9, 16))
AUTUMN = (date(2026, 9, 10), date(2026, 10, 30))


@pytest.fixture
def row() -> models.Emergency:
    return flood()


@pytest.fixture
def pupil(cast: Cast) -> str:
    return cast.family.pupils[0]


@pytest.fixture
def made(row: models.Emergency, pupil: str, cast: Cast) -> models.Agreement:
    return agreement(row, pupil, cast.teacher, WEEK)


def home(cast: Cast, number: object = "") -> str:
    return f"/h/{cast.family.token}/agreements/" + (f"{number}/" if number else "")


def form(made: models.Agreement, signer: str, **more: str) -> dict[str, str]:
    return {
        "do": "sign",
        "signer": signer,
        "name": "Rosa Orozco",
        "agreed": "yes",
        "sha256": made.sha256,
    } | more


def signed() -> list[tuple[str, str, str, bool]]:
    with scope.district("maple"):
        return list(models.Signature.objects.order_by("pk").values_list("signer", "name", "who", "paper"))


# Made


def test_the_text_has_the_nine_parts_in_the_familys_language_and_in_english(
    client_of: Sign, cast: Cast, row: models.Emergency, pupil: str
) -> None:
    at = f"/d/maple/emergencies/{row.pk}/pupils/{pupil}/agreement/"
    planner = client_of("planner")
    assert planner.get(at).status_code == 200
    answer = planner.post(at, PARTS | {"first": "2026-09-10", "last": "2026-09-16", "teacher": cast.teacher})
    assert answer.status_code == 303
    with scope.district("maple"):
        made = models.Agreement.objects.get()
    spanish, english = made.text.split("\n\n* * *\n\n")
    for text in (spanish, english):
        assert re.findall(r"^(\d)\. ", text, re.MULTILINE) == [str(n + 1) for n in range(len(NINE))]
        assert all(said in text for said in PARTS.values())
        assert "51747(g)" in text
    assert english.startswith("Agreement on independent study\n")
    assert "5 school days" in english
    assert "no pupil may be required to take part" in english
    assert "The family may ask at any time" in english
    assert not spanish.startswith("Agreement")
    assert made.sha256 == digest(made.text)
    said = told(planner.get(answer["Location"]))
    assert made.sha256 in said
    assert "Still to sign: Pupil, Parent or guardian, Supervising teacher" in said
    assert "A short study: signatures count until June 4, 2027; better before it begins." in said
    # The next form begins with what was filled in.
    assert PARTS["resources"] in planner.get(at).content.decode()


def test_a_long_study_says_that_all_sign_first_and_when_the_pupil_is_back(
    client_of: Sign, cast: Cast, row: models.Emergency, pupil: str
) -> None:
    at = f"/d/maple/emergencies/{row.pk}/pupils/{pupil}/agreement/"
    days = {"first": "2026-09-10", "last": "2026-10-30", "teacher": cast.teacher}
    answer = client_of("planner").post(at, PARTS | days)
    said = told(client_of("planner").get(answer["Location"]))
    assert "All have to sign before September 10, 2026." in said
    assert "the pupil is back in class within 5 instructional days" in said


def test_a_pupil_with_an_iep_has_a_case_manager_who_signs_too(
    client_of: Sign, cast: Cast, row: models.Emergency
) -> None:
    at = f"/d/maple/emergencies/{row.pk}/pupils/maple-p01/agreement/"
    days = {"first": "2026-09-10", "last": "2026-09-16", "teacher": cast.teacher, "manager": ""}
    planner = client_of("planner")
    assert planner.post(at, PARTS | days).status_code == 422
    colleague = "maple-t0004"
    answer = planner.post(at, PARTS | days | {"manager": colleague})
    said = told(planner.get(answer["Location"]))
    assert "Supervising teacher, Special education case manager" in said
    made = models.Agreement(sha256=re.search(r"[0-9a-f]{64}", said).group())  # type: ignore[union-attr]
    assert client_of("colleague").post(answer["Location"], form(made, "case_manager")).status_code == 303
    assert [row[0] for row in signed()] == ["case_manager"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"first": "2026-08-01"}, "Write a date from 2026-09-04 to 2027-06-04."),
        ({"last": "2026-09-09"}, "Write a date from 2026-09-10 to 2027-06-04."),
        ({"last": "2027-06-05"}, "Write a date from 2026-09-10 to 2027-06-04."),
        ({"teacher": "nobody"}, "Choose one of the list."),
        ({"supports": " "}, "Fill this in."),
    ],
)
def test_an_agreement_that_lacks_something_is_not_made(
    client_of: Sign, cast: Cast, row: models.Emergency, pupil: str, change: dict[str, str], said: str
) -> None:
    at = f"/d/maple/emergencies/{row.pk}/pupils/{pupil}/agreement/"
    days = {"first": "2026-09-10", "last": "2026-09-16", "teacher": cast.teacher}
    answer = client_of("planner").post(at, PARTS | days | change)
    assert (answer.status_code, said in told(answer)) == (422, True)
    assert PARTS["objectives"] in answer.content.decode().replace("&#39;", "'")
    with scope.district("maple"):
        assert not models.Agreement.objects.exists()


# Signed by the family


def test_the_family_sees_an_agreement_once_it_is_sent_and_no_more_when_it_is_withdrawn(
    client: Client, client_of: Sign, cast: Cast, row: models.Emergency, pupil: str
) -> None:
    made = agreement(row, pupil, cast.teacher, WEEK, sent=False)
    at = f"/d/maple/agreements/{made.pk}/"
    assert client.get(home(cast, made.pk)).status_code == 404
    assert "The school has sent you none." in told(client.get(home(cast)))
    planner = client_of("planner")
    for do, status in (("send", 200), ("undo", 404), ("restore", 200)):
        assert planner.post(at, {"do": do}).status_code == 303
        assert client.get(home(cast, made.pk)).status_code == status, do
    assert f"What {pupil} agreed." in told(client.get(home(cast, made.pk)))


def test_pupil_and_parent_sign_with_name_date_and_the_texts_hash(
    client: Client, cast: Cast, made: models.Agreement
) -> None:
    at = home(cast, made.pk)
    page = client.get(at).content.decode()
    assert page.count(f'name="sha256" value="{made.sha256}"') == 2
    assert client.post(at, form(made, "guardian"))["Location"] == "./#signatures"
    client.post(at, form(made, "pupil", name="Camila Orozco"))
    client.post(at, form(made, "pupil", name="Somebody else"))  # an office signs once
    assert signed() == [
        ("guardian", "Rosa Orozco", "family", False),
        ("pupil", "Camila Orozco", "family", False),
    ]
    with scope.district("maple"):
        kept = models.Signature.objects.order_by("pk").first()
        event = Event.objects.filter(what="emergency.signed").order_by("pk").first()
    assert (kept.at, kept.sha256) == ("2026-09-09T12:00", digest(made.text))
    assert event.about["sha256"] == made.sha256
    said = told(client.get(at))
    assert "Parent or guardian : Rosa Orozco , September 9, 2026, 12:00 PM" in said
    assert "Supervising teacher : not signed yet" in said


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"sha256": "0" * 64}, "The text has changed meanwhile."),
        ({"agreed": ""}, "Mark that you have read the text"),
        ({"name": ""}, "Fill this in."),
        ({"name": "X"}, "Write your first and last name."),
        ({"name": "12 34"}, "Write your first and last name."),
    ],
)
def test_a_signature_without_name_text_or_consent_is_none(
    client: Client, cast: Cast, made: models.Agreement, change: dict[str, str], said: str
) -> None:
    answer = client.post(home(cast, made.pk), form(made, "guardian") | change)
    assert (answer.status_code, said in told(answer)) == (422, True)
    assert signed() == []


def test_a_family_signs_for_itself_alone(client: Client, cast: Cast, made: models.Agreement) -> None:
    assert client.post(home(cast, made.pk), form(made, "teacher")).status_code == 404
    foreign = home(cast, made.pk).replace(cast.family.token, cast.foreign.token)
    assert client.get(foreign).status_code == 404
    assert client.post(foreign, form(made, "pupil")).status_code == 404
    assert client.get(home(cast, made.pk).replace(cast.family.token, "nothing")).status_code == 404
    assert signed() == []


def test_a_signature_is_taken_back_by_whom_it_is_and_stays_on_record(
    client: Client, client_of: Sign, cast: Cast, made: models.Agreement
) -> None:
    at = home(cast, made.pk)
    client.post(at, form(made, "guardian"))
    with scope.district("maple"):
        number = models.Signature.objects.get().pk
    staff = f"/d/maple/agreements/{made.pk}/"
    assert client_of("planner").post(staff, {"do": "undo-signature", "row": number}).status_code == 403
    client.post(at, {"do": "undo", "row": number})
    assert "Parent or guardian : not signed yet" in told(client.get(at))
    assert "Rosa Orozco , September 9, 2026, 12:00 PM undone" in told(client_of("planner").get(staff))
    client.post(at, form(made, "guardian", name="Rosa María Orozco"))
    assert [row[1] for row in signed()] == ["Rosa Orozco", "Rosa María Orozco"]
    assert client.post(at, {"do": "undo", "row": number}).status_code == 404


@pytest.mark.parametrize("path", ["", "number"])
def test_the_familys_pages_speak_spanish(
    client: Client, cast: Cast, made: models.Agreement, path: str
) -> None:
    page = client.get(home(cast, made.pk if path else ""), headers={"accept-language": "es"})
    assert 'lang="es"' in page.content.decode()
    english = told(client.get(home(cast, made.pk if path else ""), headers={"accept-language": "en"}))
    for said in (
        "Still to sign:",
        "Signatures",
        "Return to class",
        "not signed yet",
        "Your first and last name",
    ):
        assert said not in told(page) or said not in english


# Signed by staff


def test_the_teacher_who_is_named_signs_and_nobody_else_does(
    client_of: Sign, cast: Cast, made: models.Agreement
) -> None:
    at, teacher = f"/d/maple/agreements/{made.pk}/", client_of("teacher")
    assert f'href="{at}"' in teacher.get("/d/maple/agreements/").content.decode()
    assert f'href="{at}"' not in client_of("colleague").get("/d/maple/agreements/").content.decode()
    assert client_of("colleague").post(at, form(made, "teacher")).status_code == 403
    assert client_of("planner").post(at, form(made, "teacher")).status_code == 403
    assert teacher.post(at, form(made, "guardian")).status_code == 403
    assert teacher.post(at, {"do": "undo"}).status_code == 403
    assert teacher.post(at, form(made, "teacher", agreed="")).status_code == 422
    assert teacher.post(at, form(made, "teacher", name="T. Teacher")).status_code == 303
    assert signed() == [("teacher", "T. Teacher", "teacher", False)]
    assert "Sign as" not in told(teacher.get(at))


def test_a_signature_on_paper_is_taken_down_with_its_date(
    client_of: Sign, cast: Cast, made: models.Agreement
) -> None:
    at, planner = f"/d/maple/agreements/{made.pk}/", client_of("planner")
    paper = {"do": "paper", "signer": "guardian", "name": "Rosa Orozco", "on": "2026-09-09"}
    assert planner.post(at, paper | {"on": "2026-09-08"}).status_code == 422  # before the text was made
    assert planner.post(at, paper | {"on": "2026-09-10"}).status_code == 422
    assert planner.post(at, paper | {"signer": "friend"}).status_code == 422
    planner.post(at, paper)
    assert "Parent or guardian: Rosa Orozco , September 9, 2026 (on paper)" in told(planner.get(at))
    with scope.district("maple"):
        number = models.Signature.objects.get().pk
    planner.post(at, {"do": "undo-signature", "row": number})
    assert "(on paper) undone" in told(planner.get(at))


def test_another_districts_agreement_is_not_there_and_another_schools_is_refused(
    client_of: Sign, cast: Cast, row: models.Emergency, made: models.Agreement
) -> None:
    from schooldesk.roster import reads

    assert client_of("foreigner").get(f"/d/cedar/agreements/{made.pk}/").status_code == 404
    assert client_of("foreigner").post(f"/d/cedar/agreements/{made.pk}/", {"do": "undo"}).status_code == 404
    with scope.district("maple"):
        district = reads.district("maple")
        assert district is not None
        other = next(iter(reads.pupils(district, [cast.other_school])))
    elsewhere = agreement(row, other, cast.teacher, WEEK)
    assert client_of("principal").get(f"/d/maple/agreements/{elsewhere.pk}/").status_code == 403
    said = client_of("principal").get("/d/maple/agreements/").content.decode()
    assert f"/agreements/{made.pk}/" in said
    assert f"/agreements/{elsewhere.pk}/" not in said


def test_a_long_study_that_began_unsigned_is_told_as_broken(
    client_of: Sign, cast: Cast, row: models.Emergency, pupil: str, settings: Any
) -> None:
    agreement(row, pupil, cast.teacher, AUTUMN)
    settings.NOW = "2026-09-11T08:00"
    said = told(client_of("planner").get("/d/maple/agreements/"))
    assert "A study of more than 15 school days begins with all signatures" in said


# The return


def test_a_family_asks_for_the_return_and_sees_the_date(
    client: Client, client_of: Sign, cast: Cast, row: models.Emergency, pupil: str
) -> None:
    agreement(row, pupil, cast.teacher, AUTUMN)
    ask = {"do": "ask", "pupil": pupil, "name": "Rosa Orozco"}
    assert client.post(home(cast), ask | {"name": ""}).status_code == 422
    assert client.post(home(cast), ask | {"pupil": "stranger"}).status_code == 422
    client.post(home(cast), ask)
    client.post(home(cast), ask)  # sent twice, asked once
    said = told(client.get(home(cast)))
    assert "back in class by Wednesday, September 16, 2026." in said
    assert "Ask for the return to class" not in said
    planner = told(client_of("planner").get("/d/maple/agreements/"))
    assert planner.count("asked on September 9, 2026, 12:00 PM") == 1
    with scope.district("maple"):
        wish = models.Wish.objects.get()
    at = f"/d/maple/emergencies/{row.pk}/pupils/{pupil}/"
    assert client_of("planner").post(at, {"do": "undo", "of": "wish", "row": wish.pk}).status_code == 403
    client.post(home(cast), {"do": "undo", "row": wish.pk})
    assert "Ask for the return to class" in told(client.get(home(cast)))


def test_a_return_that_came_late_is_told_and_one_of_a_short_study_is_only_counted(
    client: Client, client_of: Sign, cast: Cast, row: models.Emergency, settings: Any
) -> None:
    long, short = cast.family.pupils[0], cast.family.pupils[1]
    agreement(row, long, cast.teacher, AUTUMN)
    agreement(row, short, cast.teacher, WEEK)
    for pupil in (long, short):
        client.post(home(cast), {"do": "ask", "pupil": pupil, "name": "Rosa Orozco"})
    assert "5 days of instruction end on Wednesday, September 16, 2026. For so short a study" in told(
        client.get(home(cast))
    )
    settings.NOW = "2026-09-17T12:00"
    said = told(client_of("planner").get("/d/maple/agreements/"))
    assert said.count("That day has passed, and no return is on record.") == 1
    with scope.district("maple"):
        wishes = {wish.pupil: wish for wish in models.Wish.objects.all()}
    for pupil, wish in wishes.items():
        at = f"/d/maple/emergencies/{row.pk}/pupils/{pupil}/"
        back = {"do": "returned", "of": "wish", "row": wish.pk, "returned": "2026-09-17"}
        assert client_of("planner").post(at, back).status_code == 303
    said = told(client_of("planner").get("/d/maple/agreements/"))
    assert said.count("Later than 5 instructional days, which ended on September 16, 2026.") == 1
    assert said.count("the law sets no date") == 1
    evidence = told(client_of("planner").get(f"/d/maple/emergencies/{row.pk}/evidence/"))
    assert "late, or in doubt" in evidence
