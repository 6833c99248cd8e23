"""Recordings: posted by a class's teacher, shown to its families alone, gone without consent or time."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from schooldesk import clock, scope
from tests.desk.conftest import Cast
from tests.desk.learnings import home_of, lay, recordings, section_of
from tests.desk.words import text_of

pytestmark = pytest.mark.django_db
LINK = "https://recordings.example/"


def listed(client: Client, token: str) -> str:
    return text_of(client.get(f"/h/{token}/recordings/?lang=en"))


FORM = {
    "title": "Halves", "day": "2020-09-08", "link": f"{LINK}halves", "keep_until": "2020-12-18",
    "nobody": "1", "codes": "3.NF.A.1", "captions": "en, es",
}  # fmt: skip


def test_a_family_sees_its_own_classes_recordings_and_no_others(cast: Cast, client: Client) -> None:
    lay()
    text = listed(client, cast.family.token)
    mine, other = section_of(cast.teacher), section_of(cast.colleague)
    assert f"{LINK}{mine}/" in text
    assert f"{LINK}{other}/" not in text
    assert LINK not in listed(client, cast.foreign.token)


def test_a_teacher_posts_a_recording_and_its_family_sees_it(
    cast: Cast, client: Client, of: Callable[[str], Client]
) -> None:
    lay()
    section = section_of(cast.teacher)
    answer = of("teacher").post(f"/d/maple/learning/sections/{section}/recordings/", FORM)
    assert answer.status_code == 303, text_of(answer)
    assert "Open the recording" in text_of(of("teacher").get(answer["Location"]))
    assert f"{LINK}halves" not in text_of(of("planner").get(answer["Location"]))
    assert f"{LINK}halves" in listed(client, cast.family.token)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("link", "http://recordings.example/x", "https://"),
        ("keep_until", "", "until when it is kept"),
        ("day", "2020-09-09", "has not been held"),
        ("codes", "X.1", "no standard"),
        ("nobody", "", "seen or heard"),
    ],
)
def test_what_is_wrong_with_a_recording_is_said(
    cast: Cast, of: Callable[[str], Client], name: str, value: str, said: str
) -> None:
    form = {key: text for key, text in (FORM | {name: value}).items() if text or key != "nobody"}
    answer = of("teacher").post(f"/d/maple/learning/sections/{section_of(cast.teacher)}/recordings/", form)
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_another_teacher_is_refused_and_a_planners_look_is_logged(
    cast: Cast, of: Callable[[str], Client]
) -> None:
    from schooldesk.people.models import AccessLog

    lay()
    row = recordings("maple", section_of(cast.teacher))[0]
    at = f"/d/maple/learning/recordings/{row.pk}/"
    assert of("colleague").get(at).status_code == 403
    assert of("foreigner").get(at.replace("/maple/", "/cedar/")).status_code == 404
    assert of("planner").get(at).status_code == 200
    with scope.district("maple"):
        assert AccessLog.objects.filter(who="planner", page__startswith="learning").exists()


def test_a_recording_is_gone_once_its_time_is_over(cast: Cast, client: Client) -> None:
    lay()
    with clock.at(datetime(2021, 3, 4, 17, tzinfo=UTC)):
        assert LINK not in listed(client, cast.family.token)


def test_a_recording_is_gone_without_consent_and_back_with_it(
    cast: Cast, client: Client, of: Callable[[str], Client]
) -> None:
    lay()
    section, teacher = section_of(cast.teacher), of("teacher")
    row = recordings("maple", section)[0]
    at = f"/d/maple/learning/recordings/{row.pk}/"
    form = {"do": "consent", "person": cast.teacher, "by": "herself"}
    assert teacher.post(at, form | {"given": "no"}).status_code == 303
    assert f"{LINK}{section}/" not in listed(client, cast.family.token)
    assert "the answer was no" in text_of(teacher.get(at))
    teacher.post(at, form | {"given": "yes"})
    assert f"{LINK}{section}/" in listed(client, cast.family.token)


def test_a_family_takes_its_word_back_and_what_its_child_is_in_is_gone(
    cast: Cast, client: Client, of: Callable[[str], Client]
) -> None:
    lay()
    pupil, section = cast.family.pupils[0], section_of(cast.teacher)
    form = {key: text for key, text in FORM.items() if key != "nobody"} | {"recorded": pupil}
    of("teacher").post(f"/d/maple/learning/sections/{section}/recordings/", form)
    assert f"{LINK}halves" not in listed(client, cast.family.token)
    at = f"/h/{cast.family.token}/recordings/"
    assert client.post(at, {"pupil": pupil, "given": "yes"}).status_code == 303
    assert f"{LINK}halves" in listed(client, cast.family.token)
    client.post(at, {"pupil": pupil, "given": "no"})
    assert f"{LINK}halves" not in listed(client, cast.family.token)
    assert client.post(at, {"pupil": cast.foreign.pupils[0], "given": "yes"}).status_code == 404


def test_a_recording_that_was_taken_down_is_gone_and_can_be_put_back(
    cast: Cast, client: Client, of: Callable[[str], Client]
) -> None:
    lay()
    section, teacher = section_of(cast.teacher), of("teacher")
    for row in recordings("maple", section):
        teacher.post(f"/d/maple/learning/recordings/{row.pk}/", {"do": "down"})
    assert f"{LINK}{section}/" not in listed(client, cast.family.token)
    for row in recordings("maple", section):
        teacher.post(f"/d/maple/learning/recordings/{row.pk}/", {"do": "back"})
    assert f"{LINK}{section}/" in listed(client, cast.family.token)


def test_watching_counts_only_once_it_is_certified_and_the_rule_stands_beside_it(
    cast: Cast, client: Client, of: Callable[[str], Client]
) -> None:
    lay()
    row = recordings("maple", section_of(cast.teacher))[0]
    at, teacher = f"/d/maple/learning/recordings/{row.pk}/", of("teacher")
    assert "counts as nothing until a member of staff certifies it" in text_of(teacher.get(at))
    form = {"do": "viewing", "pupil": cast.family.pupils[0], "day": "2020-09-08", "certified": "30"}
    assert teacher.post(at, form).status_code == 303
    assert "30 certified minutes of independent work" in text_of(teacher.get(at))
    assert "30 certified minutes of independent work" in listed(client, cast.family.token)
    assert of("planner").post(at, form).status_code == 403


@dataclass(frozen=True)
class _Said:
    id: str
    kind: str
    pupil: str
    day: date
    activity: str
    code: str
    corrects: str


def test_lessons_that_were_missed_stand_first(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from schoolday.learning.recordings import presences
    from schooldesk.learning.recordings import reads
    from schooldesk.roster import reads as roster

    lay()
    pupil = cast.family.pupils[0]
    older = recordings("maple", section_of(cast.teacher))[-1]
    said = _Said("1", "failure", pupil, older.day, older.section, "dropped", "")
    monkeypatch.setattr(reads, "known_presences", lambda *_: presences([said]))
    with scope.district("maple"):
        home: Any = home_of("maple")
        mine = roster.of_household(home, cast.family.number)
        shelf = reads.shelves(home, mine, date(2020, 9, 8))[pupil]
    assert shelf[0].listed.recording.id == older.code
    assert shelf[0].listed.presence.name == "MISSED"


def test_without_a_record_nobody_knows_who_was_there(cast: Cast, client: Client) -> None:
    lay()
    text = listed(client, cast.family.token)
    assert "of which the record does not say who was there" in text
    assert "Lessons that were missed" not in text


def test_a_familys_page_speaks_spanish(cast: Cast, client: Client) -> None:
    lay()
    text = text_of(client.get(f"/h/{cast.family.token}/recordings/?lang=es"))
    assert "Grabaciones de las clases" in text
    assert "Recordings" not in text
