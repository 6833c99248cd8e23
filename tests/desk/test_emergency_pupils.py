"""One pupil after an emergency: tries, offers, wishes to return, each undone and put back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from schooldesk import scope
from schooldesk.emergency import models
from schooldesk.people.models import AccessLog, Event
from tests.desk.conftest import Cast
from tests.desk.emergencies import AT, TRY, count, flood
from tests.desk.words import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("autumn")]
Sign = Callable[[str], Client]


@pytest.fixture
def row() -> models.Emergency:
    return flood()


def test_a_try_counts_once_it_is_answered_and_is_undone_and_put_back(
    client_of: Sign, cast: Cast, row: models.Emergency
) -> None:
    planner, at = client_of("planner"), f"{AT}{row.pk}/pupils/{cast.family.pupils[0]}/"
    planner.post(at, TRY | {"answered": "no"})
    assert "due today; tried once" in told(planner.get(at))
    planner.post(
        at, TRY | {"answered": "yes", "at": "2026-09-09", "at-time": "11:20", "note": "needs a hotspot"}
    )
    said = told(planner.get(at))
    assert "Family reached : September 9, 2026, 11:20 AM, by phone, Kim : in time" in said
    assert "needs a hotspot" in said
    with scope.district("maple"):
        last = models.Contact.objects.order_by("-pk").first()
    planner.post(at, {"do": "undo", "of": "contact", "row": last.pk})
    said = told(planner.get(at))
    assert "Family reached : due today; tried once" in said
    assert "needs a hotspot undone" in said
    planner.post(at, {"do": "restore", "of": "contact", "row": last.pk})
    assert "11:20 AM, by phone, Kim : in time" in told(planner.get(at))
    assert count(models.Contact) == 2
    with scope.district("maple"):
        done = list(Event.objects.values_list("what", flat=True)[:4])
    assert done == [
        "emergency.contact.restored", "emergency.contact.undone", "emergency.contact", "emergency.contact",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"at": "2026-09-03"}, "Write a date from 2026-09-04 to 2026-09-09."),
        ({"at": "2026-09-10"}, "Write a date from 2026-09-04 to 2026-09-09."),
        ({"at": "2026-09-09", "at-time": "13:00"}, "That time has not come yet."),
        ({"at-time": "25:00"}, "Write a time such as 17:20"),
        ({"how": "pigeon"}, "Choose one of the list."),
        ({"answered": ""}, "Choose one of the list."),
        ({"by": ""}, "Fill this in."),
        ({"by": "x" * 201}, "Write at most 200 letters."),
    ],
)
def test_a_try_that_will_not_do_is_refused_in_words(
    client_of: Sign, cast: Cast, row: models.Emergency, change: dict[str, str], said: str
) -> None:
    at = f"{AT}{row.pk}/pupils/{cast.family.pupils[0]}/"
    answer = client_of("planner").post(at, TRY | {"answered": "yes"} | change)
    assert (answer.status_code, said in told(answer)) == (422, True)
    assert count(models.Contact) == 0


def test_an_offer_may_begin_later_and_counts_from_its_day(
    client_of: Sign, cast: Cast, row: models.Emergency
) -> None:
    planner, at = client_of("planner"), f"{AT}{row.pk}/pupils/{cast.family.pupils[0]}/"
    form = {"do": "offer", "of": "offer", "day": "2026-09-09", "way": "distance", "by": "Ms. Lee"}
    planner.post(at, form)
    assert "Instruction offered : September 9, 2026, distance learning, Ms. Lee : in time" in told(
        planner.get(at)
    )
    assert planner.post(at, form | {"day": "2027-07-01"}).status_code == 422
    assert planner.post(at, form | {"way": "teleport"}).status_code == 422


def test_a_wish_to_return_is_taken_down_and_late_where_it_was(
    client_of: Sign, cast: Cast, row: models.Emergency
) -> None:
    planner, at = client_of("planner"), f"{AT}{row.pk}/pupils/{cast.family.pupils[0]}/"
    planner.post(at, {"do": "wish", "of": "wish", "asked": "2026-09-04", "name": "Rosa Ash"})
    assert "5 instructional days end on Monday, September 14, 2026." in told(planner.get(at))
    with scope.district("maple"):
        wish = models.Wish.objects.get()
    back = {"of": "wish", "row": wish.pk, "do": "returned", "returned": "2026-09-08"}
    assert planner.post(at, back | {"returned": "2026-09-30"}).status_code == 422
    planner.post(at, back)
    assert "back in class on September 8, 2026" in told(planner.get(at))
    planner.post(at, back | {"do": "unreturned"})
    assert "5 instructional days end on" in told(planner.get(at))
    assert planner.post(at, back | {"row": 999_999}).status_code == 404


def test_who_reads_of_a_pupil_they_do_not_teach_is_logged(
    client_of: Sign, cast: Cast, row: models.Emergency
) -> None:
    client_of("planner").get(f"{AT}{row.pk}/pupils/{cast.family.pupils[0]}/")
    client_of("principal").get(f"{AT}{row.pk}/")
    with scope.district("maple"):
        read = [(log.who, log.household, log.page) for log in AccessLog.objects.all()]
    page = f"emergency {row.pk}"
    assert read == [("principal", 0, page), ("planner", cast.family.number, page)]
