"""A closure recorded with an emergency explains services at the desk, and is scoped like the emergency."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from schooldesk import scope
from schooldesk.emergency import models
from schooldesk.people.models import Event
from tests.desk.care import AT, GROUP, HELD, TERMS, send, told
from tests.desk.conftest import Cast
from tests.desk.emergencies import flood

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday", "carers")]
Sign = Callable[[str], Client]
BEGAN, SCHOOL = date(2020, 9, 9), "maple-elementary"
NO_SCHOOL = {f"o-{service}": "no_school" for service in GROUP.values()}
SHUT = {"do": "closure", "shut": "2020-09-09", "again": ""}


@pytest.fixture
def row() -> models.Emergency:
    return flood(began=BEGAN, schools=(SCHOOL,))


@pytest.fixture
def at(row: models.Emergency) -> str:
    return f"/d/maple/emergencies/{row.pk}/"


def closures(district: str = "maple") -> list[tuple[str, str, str]]:
    from schooldesk.ledger import closed
    from schooldesk.roster import reads

    with scope.district(district):
        home = reads.district(district)
        assert home is not None
        return [(one.school, str(one.first), str(one.last or "")) for one in closed.closures(home)]


def test_a_service_owed_while_an_emergency_closed_the_school_shows_as_explained(
    client_of: Sign, at: str
) -> None:
    provider, planner = client_of("provider"), client_of("planner")
    assert "The school was closed on this day" not in told(provider.get(AT))
    assert planner.post(at, SHUT).status_code == 303
    assert "Closed since September 9, 2020; the day on which school is open again" in told(planner.get(at))
    page = provider.get(AT)
    assert "The school was closed on this day: emergency flood-2020-09-09-1: Board minutes" in told(page)
    chosen = re.findall(r'<option value="(\w+)" selected>', page.content.decode())
    assert chosen.count("no_school") == len(GROUP)
    assert provider.post(AT, HELD | NO_SCHOOL).status_code == 303
    assert "Provided 0 min Explained 30 min Unaccounted 30 min" in told(provider.get(AT))
    assert planner.post(at, {"do": "closure", "shut": "", "again": ""}).status_code == 303
    assert "Explained 30 min" not in told(provider.get(AT))
    with scope.district("maple"):
        assert Event.objects.filter(what="emergency.closure", who="planner").count() == 2


def test_school_is_open_again_on_the_day_that_is_recorded(client_of: Sign, at: str) -> None:
    client_of("planner").post(at, SHUT | {"again": "2020-09-11"})
    assert closures() == [(SCHOOL, "2020-09-09", "2020-09-10")]
    assert "open again on September 11, 2020" in told(client_of("planner").get(at))


def test_after_more_than_ten_school_days_the_emergency_part_is_asked_for(
    client_of: Sign, at: str, settings: Any
) -> None:
    planner = client_of("planner")
    send(planner, "terms.csv", f"{TERMS}maple-v00001,20,1,week,individual,,,yes\n")
    planner.post(at, SHUT)
    settings.NOW = "2020-09-22T16:00"  # the tenth school day
    schools = f"{AT}schools/?school={SCHOOL}"
    assert "the emergency part of each IEP is what is owed" not in told(planner.get(schools))
    settings.NOW = "2020-09-25T16:00"
    said = told(planner.get(schools))
    assert "Since September 23, 2020 the emergency part of each IEP is what is owed." in said
    assert "none is on record for speech" in said


@pytest.mark.parametrize(
    "change",
    [
        {"shut": "2020-09-08"}, {"shut": "2020-09-12"}, {"shut": "soon"}, {"again": "2020-09-09"},
        {"shut": "", "again": "2020-09-11"}, {"again": "2031-01-01"},
    ],
)  # fmt: skip
def test_dates_that_cannot_be_are_told_and_nothing_is_stored(
    client_of: Sign, at: str, change: dict[str, str]
) -> None:
    answer = client_of("planner").post(at, SHUT | change)
    assert answer.status_code == 422
    assert "Write a date" in told(answer)
    assert closures() == []


def test_a_closed_record_takes_no_closure(client_of: Sign, at: str) -> None:
    planner = client_of("planner")
    planner.post(at, {"do": "over"})
    assert planner.post(at, SHUT).status_code == 422
    assert closures() == []


def test_others_record_no_closure_and_another_district_has_none_of_it(
    client_of: Sign, at: str, cast: Cast
) -> None:
    assert client_of("principal").post(at, SHUT).status_code == 403
    assert client_of("foreigner").post(at, SHUT).status_code == 404
    assert closures() == []
    client_of("planner").post(at, SHUT)
    assert (closures(), closures("cedar")) == ([(SCHOOL, "2020-09-09", "")], [])


def test_a_closure_of_the_sheet_takes_its_place_and_measures_go_by_both(client_of: Sign, at: str) -> None:
    from schooldesk.ledger.explains import explaining_of
    from schooldesk.roster import reads

    planner = client_of("planner")
    planner.post(at, SHUT)
    sheet = f"schoolId,first,last,source\n{SCHOOL},2020-09-10,2020-09-10,Order 7\n"
    assert send(planner, "closures.csv", sheet).status_code == 303
    assert closures() == [(SCHOOL, "2020-09-10", "2020-09-10")]
    with scope.district("maple"):
        explains = explaining_of(reads.district("maple"))
    assert explains is not None
    assert [(one.school, one.source) for one in explains.closures] == [(SCHOOL, "Order 7")]
