"""The front page of the desk: few headings, by what each role comes to do."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from tests.desk.conftest import Cast

pytestmark = pytest.mark.django_db
ALL = [
    "The record",
    "Pupils and households",
    "The week",
    "Learning",
    "Conditions and emergencies",
    "Rules and bargaining",
]
PLANNERS = ("cohorts/", "rules/warnings/")
LEADERS = ("moves/", "groups/", "emergencies/", "measures/")
EVERYBODYS = ("take/", "week/", "board/", "learning/", "agreements/", "conditions/", "table/")


def front(client: Client, query: str = "") -> str:
    return client.get(f"/desk/?lang=en{query}").content.decode()


def links(page: str) -> set[str]:
    return {one for one in (*PLANNERS, *LEADERS, *EVERYBODYS) if f'href="/d/maple/{one}"' in page}


@pytest.mark.parametrize(
    ("who", "wanted"),
    [
        ("teacher", {*EVERYBODYS}),
        ("principal", {*EVERYBODYS, *LEADERS}),
        ("planner", {*EVERYBODYS, *LEADERS, *PLANNERS}),
    ],
)
def test_each_role_finds_what_it_may_do_under_the_same_headings(
    client_of: Callable[[str], Client], who: str, wanted: set[str]
) -> None:
    page = front(client_of(who))
    assert [one for one in re.findall(r"<h2[^>]*>([^<]+)</h2>", page) if one != "Records"] == ALL
    assert links(page) == wanted


def test_a_planner_of_another_district_finds_their_own(client_of: Callable[[str], Client]) -> None:
    page = front(client_of("foreigner"))
    assert links(page) == set()
    assert 'href="/d/cedar/moves/"' in page


def test_a_teacher_starts_with_their_day_and_their_pupils(
    cast: Cast, client_of: Callable[[str], Client]
) -> None:
    page = front(client_of("teacher"))
    assert page.index("Your day") < page.index("Pupils and households") < page.index("The week")
    assert f"/d/maple/households/{cast.family.number}/" in page


def test_a_principals_own_schools_stand_first_and_each_school_once(
    cast: Cast, client_of: Callable[[str], Client]
) -> None:
    page = front(client_of("principal"))
    mine, other = (f"/d/maple/schools/{school}/" for school in (cast.school, cast.other_school))
    assert page.count(mine) == page.count(other) == 1
    assert page.index(mine) < page.index(other)


def test_more_schools_than_fit_a_phone_are_folded(
    client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    from schooldesk.people import views

    planner = client_of("planner")
    assert "<details>" not in front(planner)
    monkeypatch.setattr(views, "MOST_SHOWN", 1)
    page = front(planner)
    assert "<summary>2 schools</summary>" in page
    assert "/d/maple/schools/maple-elementary/" in page
