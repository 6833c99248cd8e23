"""The planners' page of warnings: their own places' rules, and what to do."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from django.test import Client

from schoolday.files.rulebooks import load
from schoolday.rules.warn import warnings
from schooldesk.rules.warnings import KINDS, of_places

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]
HOME = frozenset({"CA", "ca-scusd", "ca-scusd-demo"})


def page(client: Client, query: str = "?on=2021-05-20") -> str:
    return client.get(f"/d/maple/rules/warnings/{query}").content.decode()


def test_a_rule_that_lapses_soon_is_named_with_its_days_and_its_clause(client_of: Sign) -> None:
    told = page(client_of("planner"))
    assert "Lapse soon" in told
    assert "is in force for the last time on 2021-06-30." in told
    assert "in 41 days" in told
    assert 'href="/rules/?on=2020-07-01#ca.distance.total_minutes@2020-07-01"' in told


def test_a_source_read_long_ago_is_named_with_what_to_read(client_of: Sign) -> None:
    told = page(client_of("planner"), "?on=2028-01-01")
    assert "Read long ago" in told
    assert "and put today&#39;s date into `checked`." in told
    assert "Read long ago" not in page(client_of("planner"), "?on=2027-01-01")


def test_only_rules_of_the_districts_places_are_named(client_of: Sign) -> None:
    day = date(2021, 5, 20)
    everywhere, here = warnings(load(), day), of_places(HOME, day)
    strange = [one for one in everywhere if one.where[0] not in HOME]
    assert strange
    assert {one.where for one in here} == {one.where for one in everywhere if one.where[0] in HOME}
    told = page(client_of("planner"))
    assert len(re.findall('<article class="rule">', told)) == len(here)
    assert not [one for one in strange if f"#{one.clauses[0]}" in told]


def test_the_most_urgent_stands_first() -> None:
    days = [one.value for one in of_places(HOME, date(2021, 5, 20)) if one.code == "rules.lapses_soon"]
    assert len(days) > 1
    assert days == sorted(days)


def test_where_nothing_is_to_be_done_the_page_says_so(
    client_of: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    from schooldesk.rules import warnings as module

    monkeypatch.setattr(module, "warnings", lambda _book, _day: [])
    assert "Nothing lapses or changes within 60 days" in page(client_of("planner"))


def test_every_kind_of_warning_has_its_heading() -> None:
    from schoolday.rules import warn

    found = set(re.findall(r'"(rules\.\w+)"', Path(warn.__file__).read_text()))
    assert found == set(KINDS)


def test_a_stranger_is_sent_to_the_door_and_a_foreign_planner_finds_nothing(client_of: Sign) -> None:
    assert client_of("stranger").get("/d/maple/rules/warnings/").status_code == 302
    assert client_of("foreigner").get("/d/maple/rules/warnings/").status_code == 404
    assert client_of("foreigner").get("/d/cedar/rules/warnings/").status_code == 200
    assert client_of("principal").get("/d/maple/rules/warnings/").status_code == 403


def test_the_page_is_kept_in_no_cache(client_of: Sign) -> None:
    assert client_of("planner").get("/d/maple/rules/warnings/")["Cache-Control"] == "private, no-store"


def test_the_desk_leads_planners_there_and_nobody_else(client_of: Sign) -> None:
    assert "/d/maple/rules/warnings/" in client_of("planner").get("/desk/").content.decode()
    assert "/d/cedar/rules/warnings/" in client_of("foreigner").get("/desk/").content.decode()
    assert "rules/warnings" not in client_of("principal").get("/desk/").content.decode()


def test_in_spanish_the_page_speaks_spanish_and_marks_the_rules_words(client_of: Sign) -> None:
    told = page(client_of("planner"), "?on=2021-05-20&lang=es")
    assert "Vencen pronto" in told
    assert "en 41 días" in told
    assert '<p lang="en" dir="ltr">“' in told


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "never", "2020-02-30"])
def test_any_date_has_an_answer(client_of: Sign, day: str) -> None:
    told = client_of("planner").get(f"/d/maple/rules/warnings/?on={day}")
    assert told.status_code == 200
    assert ("is not a date" in told.content.decode()) == (day in ("never", "2020-02-30"))
