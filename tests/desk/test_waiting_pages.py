"""What waits for a family after an emergency, told first, by its link and on a device that keeps it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from schooldesk import scope
from schooldesk.emergency import models
from tests.desk.conftest import Cast
from tests.desk.emergencies import NOW, agreement, flood, later
from tests.desk.test_agreement_pages import AUTUMN, WEEK, form, signed
from tests.desk.words import told

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]
WAITS = "waits for your family’s signature: Pupil, Parent or guardian."


@pytest.fixture(autouse=True)
def _autumn(settings: Any, db: None) -> None:
    settings.NOW = NOW
    later()


@pytest.fixture
def made(cast: Cast) -> models.Agreement:
    return agreement(flood(), cast.family.pupils[0], cast.teacher, AUTUMN)


def keeping(token: str) -> Client:
    """Return a device that keeps a family's link."""
    client = Client()
    client.post(f"/h/{token}/keep/")
    return client


def ask(cast: Cast, pupil: int = 0) -> dict[str, str]:
    return {"do": "ask", "pupil": cast.family.pupils[pupil], "name": "Rosa Orozco"}


@pytest.mark.parametrize("kept", [False, True])
def test_an_agreement_that_waits_is_told_first_until_the_family_has_signed(
    cast: Cast, made: models.Agreement, *, kept: bool
) -> None:
    client = keeping(cast.family.token)
    base = "/home/" if kept else f"/h/{cast.family.token}/"
    for path, link in (("more/", f"../agreements/{made.pk}/"), ("agreements/", f"{made.pk}/")):
        page = client.get(base + path)
        assert WAITS in told(page)
        assert "All have to sign before September 10, 2026." in told(page)
        assert f'href="{link}"' in page.content.decode()
        assert told(page).index(WAITS) < 700
    at = f"{base}agreements/{made.pk}/"
    assert f"What {made.pupil} agreed." in told(client.get(at))
    client.post(at, form(made, "guardian"))
    assert "waits for your family’s signature: Pupil." in told(client.get(f"{base}more/"))
    client.post(at, form(made, "pupil"))
    for path in ("more/", "agreements/"):
        assert "waits for your family" not in told(client.get(base + path))
    assert [row[0] for row in signed()] == ["guardian", "pupil"]


@pytest.mark.parametrize("kept", [False, True])
def test_a_return_that_was_asked_for_is_told_with_its_date_until_the_pupil_is_back(
    client_of: Sign, cast: Cast, made: models.Agreement, settings: Any, *, kept: bool
) -> None:
    client = keeping(cast.family.token)
    base = "/home/" if kept else f"/h/{cast.family.token}/"
    assert client.post(f"{base}agreements/", ask(cast)).status_code == 302 + 1
    for path in ("more/", "agreements/"):
        said = told(client.get(base + path))
        assert "return to class. The school must have" in said
        assert "back in class by Wednesday, September 16, 2026." in said
    settings.NOW = "2026-09-17T12:00"
    assert "That day has passed, and no return is on record." in told(client.get(f"{base}more/"))
    with scope.district("maple"):
        wish = models.Wish.objects.get()
    at = f"/d/maple/emergencies/{made.emergency_id}/pupils/{made.pupil}/"
    back = {"do": "returned", "of": "wish", "row": wish.pk, "returned": "2026-09-16"}
    client_of("planner").post(at, back)
    for path in ("more/", "agreements/"):
        assert "You asked that" not in told(client.get(base + path))


def test_a_short_study_names_no_day_that_binds(cast: Cast) -> None:
    agreement(flood(), cast.family.pupils[0], cast.teacher, WEEK)
    client = Client()
    client.post(f"/h/{cast.family.token}/agreements/", ask(cast))
    said = told(client.get(f"/h/{cast.family.token}/more/"))
    assert "For so short a study the law sets no date" in said
    assert "All have to sign before" not in said


def test_nothing_waits_for_another_family_nor_before_it_was_sent(cast: Cast, made: models.Agreement) -> None:
    unsent = agreement(made.emergency, cast.family.pupils[1], cast.teacher, WEEK, sent=False)
    page = Client().get(f"/h/{cast.family.token}/more/").content.decode()
    assert f"agreements/{unsent.pk}/" not in page
    foreign = keeping(cast.foreign.token)
    for base in ("/home/", f"/h/{cast.foreign.token}/"):
        for path in ("more/", "agreements/"):
            assert "waits for your family" not in told(foreign.get(base + path))
        assert foreign.get(f"{base}agreements/{made.pk}/").status_code == 404
    assert foreign.post(f"/home/agreements/{made.pk}/", form(made, "pupil")).status_code == 404
    assert signed() == []


def test_the_pages_of_a_kept_link_lead_to_the_agreements_and_nowhere_without_the_link(
    cast: Cast, made: models.Agreement
) -> None:
    client = keeping(cast.family.token)
    assert 'href="../agreements/"' in client.get("/home/more/").content.decode()
    stranger = Client()
    for path in ("", f"{made.pk}/"):
        assert stranger.get(f"/home/agreements/{path}")["Location"] == "/"
        assert stranger.post(f"/home/agreements/{path}", ask(cast)).status_code == 302
    with scope.district("maple"):
        assert not models.Wish.objects.exists()


def test_a_form_that_another_site_sends_to_a_kept_link_is_refused(cast: Cast, made: models.Agreement) -> None:
    client, elsewhere = keeping(cast.family.token), {"sec-fetch-site": "cross-site"}
    assert client.post("/home/agreements/", ask(cast), headers=elsewhere).status_code == 403
    at = f"/home/agreements/{made.pk}/"
    assert client.post(at, form(made, "guardian"), headers=elsewhere).status_code == 403
    assert client.get(at, headers=elsewhere).status_code == 200
    assert signed() == []


def test_what_waits_is_told_in_spanish(cast: Cast, made: models.Agreement) -> None:
    client = keeping(cast.family.token)
    client.post("/home/agreements/", ask(cast))
    for path in ("more/", "agreements/"):
        said = told(client.get(f"/home/{path}?lang=es"))
        assert "espera la firma de su familia: Alumno, Padre, madre o tutor" in said
        assert "Usted pidió que" in said
        assert "Read and sign it" not in said
