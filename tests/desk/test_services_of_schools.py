"""Services of a school as whoever looks after it sees them, and the sheets that say what is owed."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from schooldesk import scope
from schooldesk.people.models import AccessLog
from tests.desk.care import (
    ALL,
    AT,
    HELD,
    TERMS,
    send,
    told,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday", "carers")]
Sign = Callable[[str], Client]


def test_a_case_manager_sees_a_school_and_it_is_logged(client_of: Sign, provider: Client) -> None:
    provider.post(AT, HELD | ALL)
    cases = client_of("cases")
    said = told(cases.get(f"{AT}schools/"))
    assert "Services of a school" in said
    assert "Provided 30 min" in said
    assert cases.get(f"{AT}schools/?school=maple-secondary").status_code == 403
    assert cases.get(f"{AT}schools/?school=nowhere").status_code == 404
    with scope.district("maple"):
        assert AccessLog.objects.filter(who="cases", page="services maple-elementary").count() == 1
    with ZipFile(io.BytesIO(cases.get(f"{AT}schools/record.zip").content)) as file:
        assert "pupils/maple-p01.csv" in file.namelist()


def test_what_has_no_place_next_week_is_named(client_of: Sign) -> None:
    said = told(client_of("planner").get(f"{AT}schools/?school=maple-elementary"))
    assert "Everything owed in the week of September 14, 2020 has its place." in said
    terms = f"{TERMS}maple-v00001,60,5,week,group,,,\n"
    send(client_of("planner"), "terms.csv", terms)
    said = told(client_of("planner").get(f"{AT}schools/?school=maple-elementary"))
    assert "60 min of 300 min have a place" in said


def test_after_ten_school_days_of_closure_the_emergency_part_is_owed(client_of: Sign, settings: Any) -> None:
    planner = client_of("planner")
    terms = f"{TERMS}maple-v00001,20,1,week,individual,,,yes\n"
    assert send(planner, "terms.csv", terms).status_code == 303
    shut = "schoolId,first,last,source\nmaple-elementary,2020-09-14,,Order 7 (made up)\n"
    assert send(planner, "closures.csv", shut).status_code == 303
    at = f"{AT}schools/?school=maple-elementary"
    settings.NOW = "2020-09-25T16:00"  # the tenth
    assert "the emergency part of each IEP is what is owed" not in told(planner.get(at))
    settings.NOW = "2020-10-02T16:00"
    said = told(planner.get(at))
    assert "Since September 28, 2020 the emergency part of each IEP is what is owed." in said
    assert "none is on record for speech" in said  # the other pupil of the group has no such part
    own = told(client_of("provider").get(f"{AT}?week=2020-09-28"))
    assert "emergency part" in own
    assert "Owed 20 min" in own


# Sheets


def test_a_wrong_sheet_is_told_row_by_row_and_nothing_is_stored(client_of: Sign) -> None:
    planner = client_of("planner")
    answer = send(
        planner, "terms.csv",
        "serviceId,minutes,times,per,mode,beginDate,endDate,emergency\nmaple-v99,x,1,year,alone,,,\n",
    )  # fmt: skip
    assert answer.status_code == 422
    said = told(answer)
    for where in (
        "terms.csv:2 [serviceId]",
        "terms.csv:2 [minutes]",
        "terms.csv:2 [per]",
        "terms.csv:2 [mode]",
    ):
        assert where in said
    assert "Nothing was taken in" in said
    from schooldesk.ledger.sheets.models import Brought

    with scope.district("maple"):
        assert Brought.objects.count() == 0
    assert "Choose a file." in told(planner.post("/d/maple/sheets/", {"do": "send", "name": "terms.csv"}))
    assert send(planner, "secrets.csv", "a\n").status_code == 422


def test_a_sheet_is_taken_back_and_the_one_before_counts_again(client_of: Sign) -> None:
    from schooldesk.ledger.sheets import reads

    planner = client_of("planner")
    head = "schoolId,first,last,source\n"
    send(planner, "closures.csv", f"{head}maple-elementary,2020-09-14,2020-09-18,one\n")
    send(planner, "closures.csv", f"{head}maple-elementary,2020-10-01,2020-10-02,two\n")
    back = {"do": "back", "name": "closures.csv"}
    for wanted in ("one", "two"):
        assert planner.post("/d/maple/sheets/", back).status_code == 303
        with scope.district("maple"):
            assert [row.source for row in reads.closures()] == [wanted]
    with scope.district("cedar"):
        assert reads.closures() == ()
    assert planner.post("/d/maple/sheets/", {"do": "back", "name": "tiers.csv"}).status_code == 404
