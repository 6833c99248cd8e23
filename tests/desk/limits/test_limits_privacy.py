"""Nobody but a limit's own side and the mediator learns a number of it, or that it exists."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from schooldesk import scope
from schooldesk.access import MARK, addresses
from tests.desk.conftest import PEOPLE, Cast
from tests.desk.limits import AT, SECRET, Desk, lay
from tests.desk.test_access_table import TABLE, fill

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]
PRIVATE = ("bargaining_limit", "bargaining_question", "bargaining_asking", "bargaining_sideevent")
OTHERS = [who for who in PEOPLE if who not in ("union", "mediator")]
"""Everybody who must not learn what the union keeps."""


@pytest.fixture
def desk(client_of: Sign) -> Desk:
    """The union has limits, one of them removed, and has asked; so has the employer."""
    lay()
    desk = Desk(client_of)
    desk.keep("union", "teacher_live", high=SECRET)
    desk.keep("union", "term:preparation", low="45.25")
    desk.keep("union", "term:recordings", high="1")
    desk.move("union", "remove", "term:recordings")
    desk.keep("employer", "live_minutes", low="140")
    desk.ask("union")
    return desk


def queries(client: Client, method: str, address: str) -> list[str]:
    with CaptureQueriesContext(
        connection,
    ) as found:
        getattr(client, method)(address)
    return [one["sql"] for one in found.captured_queries]


# Pages


@pytest.mark.parametrize("who", [*OTHERS, "foreign-union", "foreign-mediator"])
def test_no_page_tells_anybody_else_a_number_or_that_a_limit_exists(desk: Desk, cast: Cast, who: str) -> None:
    client, things = desk.sign(who), dict[str, Any]()
    for method, address, _statuses in TABLE.values():
        if address.endswith("/ask/") or method == "post":
            continue
        page = client.get(fill(address, cast, things), follow=True).getvalue().decode(errors="replace")
        assert SECRET not in page, address
        assert "45.25" not in page, address
        assert not re.search(r"<bdi>union</bdi>", page), address


@pytest.mark.parametrize("who", ["foreign-union", "foreign-mediator"])
@pytest.mark.parametrize("path", ["limits/", "mediator/"])
def test_the_table_of_another_district_is_not_here_even_for_a_side_of_the_same_name(
    desk: Desk, who: str, path: str
) -> None:
    assert desk.sign(who).get(f"{AT}{path}").status_code == 404
    own = desk.sign(who).get(f"/d/cedar/table/cedar-2020/{path}").content.decode()
    assert SECRET not in own
    assert "set a limit" not in own


def test_the_other_sides_page_is_the_same_whether_or_not_there_are_limits(
    client_of: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    lay()
    desk = Desk(client_of)
    desk.keep("employer", "live_minutes", low="140")

    def page() -> str:
        return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", desk.limits("employer"))

    before = page()
    desk.keep("union", "teacher_live", high=SECRET)
    desk.move("union", "remove", "teacher_live")
    assert page() == before
    desk.move("union", "restore", "teacher_live")
    assert page() == before


def test_a_sides_page_is_made_without_a_look_at_the_others_limits(desk: Desk) -> None:
    client = desk.sign("employer")
    with CaptureQueriesContext(connection) as found:
        client.get(f"{AT}limits/")
    asked = [one["sql"] for one in found.captured_queries if 'FROM "bargaining_limit"' in one["sql"]]
    assert len(asked) == 1
    assert "\"side\" = 'district'" in asked[0]


def test_answers_and_what_was_done_are_for_the_side_that_asked(desk: Desk) -> None:
    page = desk.limits("employer")
    assert "The last answer" not in page
    assert "asked a question" not in page
    assert "1 of 2 questions asked" in page


@pytest.mark.parametrize("who", ["employer", "planner", "mediator", "foreign-union"])
def test_nobody_changes_a_limit_of_another_side(desk: Desk, who: str) -> None:
    from schooldesk.bargaining.models import Limit

    for what in ("remove", "restore", "forget"):
        desk.move(who, what, "teacher_live")
    desk.keep(who, "teacher_live", low="1")
    with scope.district("maple"):
        kept = Limit.objects.get(side="union", measure="teacher_live")
    assert (kept.at_most, kept.at_least, kept.removed) == (float(SECRET), None, None)


def test_no_address_holds_a_measure_a_number_or_a_rows_own_number(desk: Desk) -> None:
    for who, path in (("union", "limits/"), ("mediator", "mediator/")):
        page = desk.sign(who).get(f"{AT}{path}").content.decode()
        for address in re.findall(r'(?:href|action)="([^"]*)"', page):
            assert not re.search(r"teacher_live|231|recordings", address)
        assert 'method="get"' not in page
    assert "?" not in desk.keep("union", "teacher_live", high=SECRET)["Location"]


@pytest.mark.parametrize(("who", "path"), [("union", "limits/"), ("mediator", "mediator/")])
def test_private_pages_are_kept_nowhere_and_name_no_address_to_others(
    desk: Desk, who: str, path: str
) -> None:
    for answer in (desk.sign(who).get(AT + path), desk.keep("union", "teacher_live", high="x")):
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["Referrer-Policy"] == "same-origin"
        assert 'autocomplete="off"' in answer.content.decode() or who == "mediator"


def test_a_form_from_elsewhere_asks_nothing(desk: Desk) -> None:
    from django.contrib.auth import get_user_model

    client = Client(enforce_csrf_checks=True)
    client.force_login(get_user_model().objects.get(username="union"))
    for path in ("limits/", "limits/ask/"):
        assert client.post(f"{AT}{path}", {"after": 1, "do": "keep"}).status_code == 403


# The admin, the trail, the log, the values


def test_the_admin_knows_none_of_these_tables() -> None:
    from schooldesk.bargaining.models import Asking, Limit, Question, SideEvent

    assert not {Limit, Question, Asking, SideEvent} & set(admin.site._registry)
    assert not [route for route, _ in addresses() if route.startswith("admin/bargaining/")]


def test_no_page_of_the_admin_asks_for_them(desk: Desk) -> None:
    lists = [route for route, _ in addresses() if route.startswith("admin/") and route.count("/") == 3]
    client = desk.sign("planner")
    for route in ("admin/", *(one for one in lists if "<" not in one)):
        assert not [
            sql for sql in queries(client, "get", f"/{route}") if any(name in sql for name in PRIVATE)
        ]


def test_the_desks_own_trail_has_no_event_and_no_gap_where_a_side_did_something(client_of: Sign) -> None:
    """Planners, who are the employer's, read it: a number left out would tell of a hidden event."""
    from schooldesk.people.models import Event
    from schooldesk.people.writes import record

    lay()
    desk = Desk(client_of)
    with scope.district("maple"):
        first = record("maple", "planner", "x")
        before = list(Event.objects.values_list("pk", "what"))
    desk.keep("union", "teacher_live", high=SECRET)
    desk.keep("employer", "live_minutes", low="140")
    desk.ask("union")
    desk.rule(do="set", most="3")
    with scope.district("maple"):
        assert list(Event.objects.values_list("pk", "what")) == before
        assert record("maple", "planner", "x").pk == first.pk + 1


def test_what_was_done_is_stored_with_its_effect_or_neither_is(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from schooldesk.bargaining.limits import reads
    from schooldesk.bargaining.models import SideEvent

    def fail(*_args: object, **_more: object) -> None:
        raise RuntimeError("no event")

    monkeypatch.setattr(SideEvent, "save", fail)
    client = desk.sign("employer")
    client.raise_request_exception = False
    assert client.post(f"{AT}limits/ask/", {"after": 0}).status_code == 500
    assert client.post(f"{AT}limits/", {"measure": "live_minutes", "low": "9"}).status_code == 500
    with scope.district("maple"):
        assert reads.questions("maple-2020").counts == {"union": 1}
        assert reads.own("maple-2020", "district")[0].bound.at_least == 140


def test_no_number_and_no_measure_is_in_a_row_of_what_was_done(desk: Desk) -> None:
    from schooldesk.bargaining.models import SideEvent

    names = {field.name for field in SideEvent._meta.fields}
    assert names == {"id", "district", "table", "side", "who", "what", "at"}
    with scope.district("maple"):
        assert {row.what for row in SideEvent.objects.all()} == {
            "limit.set",
            "limit.removed",
            "question.asked",
        }


def test_no_number_is_in_a_log_or_on_the_page_of_an_error(
    desk: Desk, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    from schooldesk.bargaining.models import SideEvent

    def fail(*_args: object, **_more: object) -> None:
        raise RuntimeError("no event")

    monkeypatch.setattr(logging.getLogger("django"), "propagate", True)
    monkeypatch.setattr(SideEvent, "save", fail)
    client = desk.sign("union")
    client.raise_request_exception = False
    with caplog.at_level(logging.DEBUG):
        answer = client.post(f"{AT}limits/", {"measure": "teacher_live", "high": "229.25"})
        client.post(f"{AT}limits/", {"measure": "teacher_live", "high": "229.25e7"})
    assert answer.status_code == 500
    assert "229.25" not in answer.content.decode()
    assert "Internal Server Error" in caplog.text
    assert "229.25" not in "".join(
        record.getMessage() + str(record.exc_text or "")
        for record in caplog.records
        if record.name != "django.db.backends"
    )


def test_values_and_rows_print_without_their_numbers(desk: Desk) -> None:
    from schooldesk.bargaining.limits import reads
    from schooldesk.bargaining.limits.typed import Typed
    from schooldesk.bargaining.models import Limit, Question

    with scope.district("maple"):
        said = [
            *map(str, Limit.objects.all()), *map(repr, Limit.objects.all()),
            *map(str, Question.objects.all()), *map(repr, Question.objects.all()),
            *map(repr, reads.every_limit("maple-2020")), *map(repr, reads.every_answer("maple-2020")),
            repr(Typed("teacher_live", "", SECRET)),
        ]  # fmt: skip
    assert not [one for one in said if "231" in one or "teacher_live" in one or "True" in one]


# What the public pages ask of the database


def test_no_public_page_asks_for_a_private_table(desk: Desk, cast: Cast) -> None:
    public = [route for route, view in addresses() if getattr(view, MARK, "") == "public"]
    there, things = [TABLE[route] for route in public], dict[str, Any]()
    assert len(there) > 10
    for method, address, _statuses in there:
        for who in ("stranger", "union", "mediator"):
            asked = queries(desk.sign(who), method, fill(address, cast, things))
            assert not [sql for sql in asked if any(name in sql for name in PRIVATE)], address


def test_only_the_pages_of_a_side_and_of_the_mediator_ask_for_a_private_table(desk: Desk, cast: Cast) -> None:
    asking, things = set(), dict[str, Any]()
    for route, (method, address, _statuses) in TABLE.items():
        for who in PEOPLE:
            asked = queries(desk.sign(who), method, fill(address, cast, things))
            if any(name in sql for sql in asked for name in PRIVATE):
                asking.add((route.rsplit("/", 2)[1] if route else "", who))
    assert asking == {
        ("limits", "union"), ("limits", "employer"), ("ask", "union"), ("ask", "employer"),
        ("mediator", "mediator"),
    }  # fmt: skip


def test_yes_and_no_ask_the_same_of_the_database(desk: Desk) -> None:
    from schooldesk.bargaining.models import Question

    seen = []
    desk.rule(do="set", most="9")
    for low, high in (("140", "1"), ("170", "2")):
        desk.keep("employer", "live_minutes", low=low)
        client = desk.sign("employer")
        after = int(high) - 1
        with CaptureQueriesContext(connection) as found:
            client.post(f"{AT}limits/ask/", {"after": after})
        seen.append([re.sub(r"\d+|'[^']*'|0|1", "?", one["sql"]) for one in found.captured_queries])
    with scope.district("maple"):
        rows = Question.objects.filter(side="district").order_by("pk")
        assert [row.answer for row in rows] == [True, False]
    assert [re.sub(r"True|False|true|false", "?", sql) for sql in seen[0]] == [
        re.sub(r"True|False|true|false", "?", sql) for sql in seen[1]
    ]
