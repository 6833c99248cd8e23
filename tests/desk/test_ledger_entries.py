"""Entering at the desk: who may, once and only once, corrections, and nothing that is ever changed."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from schooldesk import scope
from schooldesk.people.models import Event
from tests.desk.conftest import Cast
from tests.desk.ledgers import TUESDAY, post, sent, stored

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _midday(settings: Any) -> None:
    settings.NOW = "2020-09-08T12:00"


@pytest.fixture
def at(met: Any) -> str:
    return f"/d/maple/take/{met.source}/{TUESDAY}/"


def test_entries_are_stored_with_one_event(met: Any, at: str, client_of: Sign, cast: Cast) -> None:
    one, two = met.pupils[:2]
    answer = post(client_of("teacher"), at, sent(one), sent(two))
    assert answer.status_code == 200, answer.content
    assert answer.json() == {"new": 2, "again": 0}
    rows = stored()
    assert [(row.pupil, row.first, row.by, row.origin, row.who) for row in rows] == [
        (one, 540, cast.teacher, "desk", "teacher"),
        (two, 540, cast.teacher, "desk", "teacher"),
    ]
    with scope.district("maple"):
        event = Event.objects.filter(what="ledger.entered").get()
    assert event.about["rows"] == 2


def test_sent_twice_with_the_same_content_nothing_is_entered_again(
    met: Any, at: str, client_of: Sign, settings: Any
) -> None:
    one = sent(met.pupils[0])
    client = client_of("teacher")
    post(client, at, one)
    settings.NOW = "2020-09-08T12:30"
    answer = post(client, at, one)
    assert (answer.status_code, answer.json()) == (200, {"new": 0, "again": 1})
    assert len(stored()) == 1
    with scope.district("maple"):
        assert Event.objects.filter(what="ledger.entered").count() == 1


def test_the_same_id_with_other_content_is_refused_in_words_and_nothing_of_the_batch_is_kept(
    met: Any, at: str, client_of: Sign
) -> None:
    one = sent(met.pupils[0])
    client = client_of("teacher")
    post(client, at, one)
    answer = post(client, at, one | {"last": 560, "minutes": 20}, sent(met.pupils[1]))
    assert answer.status_code == 409
    assert "entered before" in answer.json()["findings"][0]["said"]
    assert len(stored()) == 1


def test_a_correction_names_what_it_corrects_and_both_stay(met: Any, at: str, client_of: Sign) -> None:
    one = sent(met.pupils[0])
    client = client_of("teacher")
    post(client, at, one)
    answer = post(client, at, sent(met.pupils[0], first=550, minutes=20, corrects=one["id"]))
    assert answer.status_code == 200
    assert [row.corrects for row in stored()] == ["", one["id"]]


@pytest.mark.parametrize("case", ["unknown", "stranger", "foreign"])
def test_a_correction_of_what_is_not_the_pupils_own_is_refused(
    case: str, met: Any, at: str, client_of: Sign
) -> None:
    from datetime import UTC, datetime

    from schooldesk.ledger.models import Entry

    client, one = client_of("teacher"), sent(met.pupils[0])
    post(client, at, one)
    name = {"unknown": "11111111-1111-4111-8111-111111111111", "stranger": one["id"], "foreign": "abroad"}[
        case
    ]
    moment = datetime(2020, 9, 8, 12, tzinfo=UTC)
    with scope.district("cedar"):
        Entry(
            district_id="cedar", entry="abroad", kind="joined", pupil=met.pupils[1], day=TUESDAY, school="s",
            activity="a", code="video", by="b", at=moment, origin="desk", step="s", who="w", received=moment,
        ).save()  # fmt: skip
    answer = post(client, at, sent(met.pupils[1], corrects=name))
    assert answer.status_code == 409
    assert len(stored()) == 1


def test_an_id_of_another_district_is_free_here(met: Any, at: str, client_of: Sign, cast: Cast) -> None:
    one = sent(met.pupils[0])
    post(client_of("teacher"), at, one)
    assert len(stored("cedar")) == 0
    assert client_of("foreigner").post(at, {}).status_code == 404


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("teacher", 200),
        ("colleague", 403),
        ("principal", 200),
        ("planner", 200),
        ("foreigner", 404),
        ("union", 403),
    ],
)
def test_who_may_write(who: str, status: int, met: Any, at: str, client_of: Sign) -> None:
    assert post(client_of(who), at, sent(met.pupils[0])).status_code == status
    assert len(stored()) == (status == 200)


def test_a_provider_writes_of_own_services_alone(client_of: Sign, cast: Cast, rosters: Any) -> None:
    from schooldesk.people.writes import add_staff

    services = list(rosters["maple"].services.values())
    mine = services[0]
    other = next(one for one in services if one.provider != mine.provider)
    add_staff("maple", "provider", "correct horse battery", "provider", sourced=mine.provider)
    client = client_of("provider")
    given = {"kind": "service", "code": "delivered"}
    there = f"/d/maple/take/{mine.group or mine.id}/{TUESDAY}/"
    assert client.get(there).status_code == 200
    assert post(client, there, sent(mine.pupil, **given)).status_code == 200
    assert stored()[0].activity == mine.id, "in a group everybody's own service is meant"
    assert post(client, f"/d/maple/take/{other.id}/{TUESDAY}/", sent(other.pupil, **given)).status_code == 403


def test_a_pupil_of_another_class_is_refused(at: str, met: Any, client_of: Sign, rosters: Any) -> None:
    stranger = next(one for one in rosters["maple"].pupils if one not in met.pupils)
    assert post(client_of("teacher"), at, sent(stranger)).status_code == 422
    assert stored() == []


def test_a_day_to_come_and_one_without_school_are_refused(met: Any, client_of: Sign) -> None:
    client = client_of("teacher")
    for day in ("2020-09-09", "2020-09-07"):
        answer = post(client, f"/d/maple/take/{met.source}/{day}/", sent(met.pupils[0]))
        assert answer.status_code == 422
    assert stored() == []


@pytest.mark.parametrize(
    "body",
    [
        " ",
        "[]",
        "{}",
        '{"step": "x", "entries": []}',
        '{"step": "11111111-1111-4111-8111-111111111111", "entries": [3]}',
    ],
)
def test_what_cannot_be_read_is_told_and_not_stored(body: str, at: str, client_of: Sign) -> None:
    answer = client_of("teacher").post(at, body, content_type="application/json")
    assert answer.status_code == 422
    assert answer.json()["said"]


def test_entries_are_never_changed_and_never_removed(met: Any, at: str, client_of: Sign) -> None:
    from schooldesk.ledger.models import Entry

    post(client_of("teacher"), at, sent(met.pupils[0]))
    with scope.district("maple"):
        row = Entry.objects.get()
        for change in (
            lambda: Entry.objects.update(code="x"), lambda: Entry.objects.all().delete(), row.save, row.delete
        ):  # fmt: skip
            with pytest.raises(TypeError, match="never"):
                change()


def test_a_clients_clock_that_is_ahead_or_far_behind_is_not_believed(
    met: Any, at: str, client_of: Sign
) -> None:
    client = client_of("teacher")
    moments = ("2031-01-01T00:00:00Z", "1990-01-01T00:00:00Z", "2020-09-08T16:10:00Z")
    post(
        client,
        at,
        *(sent(met.pupils[0], first=540 + n, minutes=30 - n, at=one) for n, one in enumerate(moments)),
    )
    assert len(stored()) == 3
    later = post(client, at, sent(met.pupils[1], at="2020-09-08T16:10:00Z"))
    assert later.status_code == 200
    rows = stored()
    assert [row.at.isoformat()[:16] for row in rows] == ["2020-09-08T19:00"] * 3 + ["2020-09-08T16:10"]
    assert rows[0].at < rows[1].at < rows[2].at
