"""/h/<token>/<date>/here/: "I'm here"."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client

from schooldesk import scope
from schooldesk.day import reads
from schooldesk.day.models import Presence
from schooldesk.people.models import Event
from tests.desk.conftest import Cast
from tests.desk.test_staff_pages import Sign

pytestmark = pytest.mark.django_db


def test_the_children_of_a_household_are_found_without_walking_through_the_district(cast: Cast) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL plans by what it counted of the tables")
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {reads._CHILDREN}", ["maple", cast.family.number])
        steps = [row[3] for row in cursor]
    assert "SEARCH p USING INDEX pupil_home (version_id=? AND home=?)" in steps


def at(cast: Cast, day: str = "2020-09-08") -> str:
    return f"/h/{cast.family.token}/{day}/here/"


def test_it_stores_each_pupil_and_the_event_once(cast: Cast, client: Client) -> None:
    for _ in range(2):
        answer = client.post(at(cast), {"pupil": cast.family.pupils})
        assert answer.status_code == 200
        assert "Thank you" in answer.content.decode()
    with scope.district("maple"):
        assert {row.pupil for row in Presence.objects.all()} == set(cast.family.pupils)
        assert Event.objects.filter(what="here").count() == 1


def test_one_child_can_be_named(cast: Cast, client: Client) -> None:
    client.post(at(cast), {"pupil": cast.family.pupils[:1]})
    with scope.district("maple"):
        assert [row.pupil for row in Presence.objects.all()] == list(cast.family.pupils[:1])


@pytest.mark.parametrize(("code", "question"), [("en", "Who is here?"), ("es", "¿Quién está aquí?")])
def test_where_nobody_is_chosen_the_family_is_asked_and_nothing_stored(
    cast: Cast, client: Client, code: str, question: str
) -> None:
    answer = client.post(at(cast) + f"?lang={code}")
    assert answer.status_code == 422
    page = answer.content.decode()
    assert f'<html lang="{code}"' in page
    assert question in page
    assert [pupil for pupil in cast.family.pupils if f'value="{pupil}"' not in page] == []
    assert " checked" not in page
    with scope.district("maple"):
        assert not Presence.objects.exists()
        assert not Event.objects.filter(what="here").exists()


def test_a_child_of_another_household_is_refused_and_nothing_stored(cast: Cast, client: Client) -> None:
    assert client.post(at(cast), {"pupil": [cast.foreign.pupils[0]]}).status_code == 404
    with scope.district("maple"):
        assert not Presence.objects.exists()


def test_it_counts_on_the_day_itself_only(cast: Cast, client: Client) -> None:
    answer = client.post(at(cast, "2020-09-09"))
    assert answer.status_code == 409
    assert "Tuesday, September 8, 2020" in answer.content.decode()
    with scope.district("maple"):
        assert not Presence.objects.exists()


def test_opening_the_address_stores_nothing(cast: Cast, client: Client) -> None:
    assert client.get(at(cast)).status_code == 405


def test_a_kept_page_needs_no_token_and_a_form_from_elsewhere_is_refused(cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.cookies["home"] = cast.family.token
    at_home = "/home/2020-09-08/here/"
    form = {"pupil": cast.family.pupils}
    assert client.post(at_home, form, headers={"sec-fetch-site": "cross-site"}).status_code == 403
    with scope.district("maple"):
        assert not Presence.objects.exists()
    assert client.post(at_home, form, headers={"sec-fetch-site": "same-origin"}).status_code == 200
    with scope.district("maple"):
        assert Presence.objects.count() == len(cast.family.pupils)


def test_staff_see_the_day_without_the_familys_button(cast: Cast, client_of: Sign) -> None:
    page = client_of("teacher").get(f"/d/maple/households/{cast.family.number}/2020-09-08/").content.decode()
    assert "data-s=" in page
    assert "here/" not in page


def test_a_chosen_language_is_remembered_on_the_device(cast: Cast, client: Client) -> None:
    address = f"/h/{cast.family.token}/2020-09-08/"
    for code in ("es", "en"):
        client.get(address + f"?lang={code}")
        assert f'<html lang="{code}"' in client.get(address).content.decode()
