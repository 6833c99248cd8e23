"""What staff see of households, teachers and schools, and the trail they leave."""

# ruff: noqa: ANN001, PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from schooldesk import scope
from schooldesk.day.models import HouseholdLink
from schooldesk.people.models import AccessLog, Event
from tests.desk.conftest import PASSWORD, Cast

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]


def household(cast: Cast) -> str:
    return f"/d/maple/households/{cast.family.number}/2020-09-08/"


def reads_logged() -> list[tuple[str, int]]:
    with scope.district("maple"):
        return list(AccessLog.objects.values_list("who", "household"))


def test_a_read_by_somebody_not_assigned_is_logged(cast: Cast, client_of: Sign) -> None:
    client_of("principal").get(household(cast))
    assert reads_logged() == [("principal", cast.family.number)]


def test_a_read_by_the_pupils_teacher_is_not(cast: Cast, client_of: Sign) -> None:
    client_of("teacher").get(household(cast))
    assert reads_logged() == []


def test_a_refused_read_shows_nothing_and_logs_no_read(cast: Cast, client_of: Sign) -> None:
    assert client_of("colleague").get(household(cast)).status_code == 403
    assert reads_logged() == []


def test_a_look_at_pupils_in_the_admin_is_logged(cast: Cast, client_of: Sign) -> None:
    client_of("planner").get("/admin/roster/pupil/")
    assert reads_logged() == [("planner", 0)]


def test_renewing_a_link_revokes_the_old_and_shows_the_new_once(
    cast: Cast, client_of: Sign, client: Client
) -> None:
    answer = client_of("principal").post(f"/d/maple/households/{cast.family.number}/link/")
    address = answer.content.decode().split("<code>")[1].split("</code>")[0]
    assert client.get(f"/h/{cast.family.token}/2020-09-08/").status_code == 404
    assert client.get(address.removeprefix("http://testserver") + "2020-09-08/").status_code == 200
    with scope.district("maple"):
        kept = HouseholdLink.objects.get(household=cast.family.number, revoked=None)
        done = list(Event.objects.values_list("who", "what")[:2])
    assert kept.hash not in address
    assert done == [("principal", "link.given"), ("principal", "links.revoked")]


def test_a_form_from_elsewhere_is_refused(cast: Cast) -> None:
    from django.contrib.auth import get_user_model

    client = Client(enforce_csrf_checks=True)
    client.force_login(get_user_model().objects.get(username="principal"))
    assert client.post(f"/d/maple/households/{cast.family.number}/link/").status_code == 403


def test_a_teachers_day_shows_their_meetings(cast: Cast, client_of: Sign) -> None:
    page = client_of("teacher").get(f"/d/maple/staff/{cast.teacher}/2020-09-08/").content.decode()
    assert 'class="b live' in page


def test_a_school_week_names_no_pupil(cast: Cast, client_of: Sign, rosters) -> None:
    page = client_of("teacher").get(f"/d/maple/schools/{cast.school}/2020-09-08/").content.decode()
    assert '<table role="table">' in page
    assert "Labor Day" in page
    pupils = (pupil for pupil in rosters["maple"].pupils.values() if pupil.school == cast.school)
    assert not [p.id for p in pupils if f"{p.given} {p.family}" in page]


@pytest.mark.parametrize("path", ["staff/{cast.teacher}", "schools/{cast.school}"])
def test_a_teachers_day_and_a_schools_week_speak_the_readers_language(
    cast: Cast, client_of: Sign, path: str
) -> None:
    client, address = client_of("teacher"), f"/d/maple/{path.format(cast=cast)}/2020-09-08/"
    assert '<html lang="en"' in client.get(address).content.decode()
    page = client.get(address, headers={"accept-language": "es-MX"}).content.decode()
    assert '<html lang="es"' in page
    assert '<a href="?lang=en" lang="en"' in page
    client.get(address + "?lang=es")
    assert '<html lang="es"' in client.get(address).content.decode()


def test_a_schools_week_leads_to_the_weeks_beside_it_within_the_year(cast: Cast, client_of: Sign) -> None:
    client, at = client_of("teacher"), f"/d/maple/schools/{cast.school}/"
    page = client.get(at + "2020-09-08/").content.decode()
    assert (
        '<a rel="prev" href="../2020-08-31/"><span class="vh">Previous week: </span>Mon, Aug 31</a>' in page
    )
    assert '<a rel="next" href="../2020-09-14/"><span class="vh">Next week: </span>Mon, Sep 14</a>' in page
    first = client.get(at + "2020-08-31/").content.decode()
    assert 'rel="prev"' not in first
    assert 'rel="next"' in first


def test_a_schools_week_says_why_a_day_has_no_school_in_the_readers_language_or_marks_it_as_english(
    cast: Cast, client_of: Sign
) -> None:
    client, at = client_of("teacher"), f"/d/maple/schools/{cast.school}/"
    assert (
        '<span class="off">Día del Trabajo</span>' in client.get(at + "2020-09-08/?lang=es").content.decode()
    )
    page = client.get(at + "2020-08-31/?lang=es").content.decode()
    assert '<span class="off">Sin clases</span>' in page
    assert '<span class="off" lang="en" dir="ltr">Paid professional development before' in page


def test_a_password_opens_the_desk_and_a_wrong_one_does_not(client: Client) -> None:
    form = {"username": "teacher", "password": "wrong", "next": "/desk/"}
    assert "do not belong together" in client.post("/sign-in/", form).content.decode()
    answer = client.post("/sign-in/", form | {"password": PASSWORD})
    assert answer["Location"] == "/desk/"
    assert "Sign out" in client.get("/desk/").content.decode()


def test_the_door_never_leads_to_another_site(client: Client) -> None:
    form = {"username": "teacher", "password": PASSWORD, "next": "https://elsewhere.example/"}
    assert client.post("/sign-in/", form)["Location"] == "/desk/"


@pytest.mark.parametrize(
    ("who", "place", "said"), [("union", "limits/", "“union”"), ("mediator", "mediator/", "Mediator")]
)
def test_whoever_sits_at_a_table_begins_with_it_and_sees_no_school(
    client_of: Sign, who: str, place: str, said: str
) -> None:
    client = client_of(who)
    page = client.get("/desk/").content.decode()
    assert said in page
    assert f'class="first" href="/d/maple/table/maple-2020/{place}"' in page
    assert client.get(f"/d/maple/table/maple-2020/{place}").status_code == 200
    assert "/schools/" not in page
    assert "household" not in page
