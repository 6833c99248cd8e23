"""What is asked for: pages as their readers ask, with their seconds and queries."""

# ruff: noqa: PLC0415 - Django must be set up first

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator
from datetime import date
from typing import Any

TIMES = 3
NOW, MONDAY, OPEN = "2020-09-22T09:40", "2020-09-07", "2020-09-14"


def _addresses(stage: Any, big: str, token: str) -> Iterator[tuple[str, str, str]]:  # noqa: ANN401
    of, family = f"/d/{stage.home.pk}", f"/h/{token}"
    busy, own = sourced("busy"), stage.teacher
    absent = _an_absent(stage, big)
    yield from (
        ("teacher", f"{of}/take/?on=2020-09-21", "a teacher's open list"),
        ("busy", f"{of}/take/?on=2020-09-21", "the same of a second teacher"),
        ("busy", a_meeting(stage, big, busy), "a class to be taken"),
        ("teacher", f"{of}/week/{stage.school}/{own}/{MONDAY}/", "a sealed week, one class"),
        ("busy", f"{of}/week/{big}/{busy}/{OPEN}/", "an open week, all classes of one"),
        ("principal", f"{of}/week/?on={OPEN}", "which weeks are open"),
        ("principal", f"{of}/week/?on={MONDAY}", "the same, sealed"),
        ("clerk", f"{of}/reengage/", "re-engagement list"),
        (
            "planner",
            f"{of}/reengage/?school={_largest(stage)}",
            "the same of the largest school (2,407 pupils)",
        ),
        ("clerk", f"{of}/reengage/pupils/{absent}/", "one pupil of it"),
        ("planner", f"{of}/reengage/schools/", "re-engagement of all schools"),
        ("provider", f"{of}/services/", "a provider's caseload"),
        ("cases", f"{of}/services/schools/", "services"),
        ("", f"{of}/board/", "the public board"),
        ("", f"{of}/board/?rate=chronic_absence&by=grade", "the same, another figure"),
        ("", f"{of}/board.csv", "the board as CSV"),
        ("planner", f"{of}/measures/", "findings of the district"),
        ("planner", f"{of}/measures/?code=measures.reengagement", "a kind of findings, page by page"),
        ("principal", f"{of}/measures/", "findings of one school"),
        ("planner", f"{of}/measures/pupils/{absent}/", "one pupil's measures"),
        ("planner", f"{of}/measures/pupils/{absent}/2020-09-10/", "one day's entries and seals"),
        ("planner", f"{of}/measures/open/{OPEN}/", "what is not sealed of a week, all schools"),
        ("principal", f"{of}/measures/open/{OPEN}/", "the same"),
        ("teacher", f"{of}/learning/", "a teacher's classes and what was learned"),
        ("", f"{family}/record/?on={MONDAY}", "a family's record of a week"),
        ("", f"{family}/services/", "a family's services"),
        ("", f"{family}/notices/", "a family's notices"),
        ("", f"{family}/recordings/", "a family's recordings"),
        ("", f"{family}/learning/", "what a family's children have learned"),
    )


def _largest(stage: Any) -> str:  # noqa: ANN401
    return str(max(stage.roster.schools, key=lambda one: len(stage.roster.pupils_at[one])))


def sourced(who: str) -> str:
    from schooldesk.people.models import Staff

    return str(Staff.objects.get(user__username=who).sourced)


def _an_absent(stage: Any, big: str) -> str:  # noqa: ANN401
    from schooldesk import scope
    from schooldesk.ledger.models import Entry

    with scope.district(stage.home.pk):
        return str(Entry.objects.filter(school=big, code="absent").order_by("pk").values_list("pupil")[0][0])


def a_meeting(stage: Any, school: str, who: str) -> str:  # noqa: ANN401
    """Return the address of somebody's largest meeting this morning."""
    from schooldesk import scope
    from schooldesk.ledger.lines import meetings_of

    day = date.fromisoformat(NOW[:10])
    with scope.district(stage.home.pk):
        every = meetings_of(stage.home, [school], who, day)
    found = max(every, key=lambda one: len(one[1].pupils))[1]
    return f"/d/{stage.home.pk}/take/{found.source}/{day}/?at={found.span.start}"


def pages(stage: Any, big: str, token: str) -> Iterator[tuple[str, float]]:  # noqa: ANN401
    print(
        f"{'page':50} {'first':>6} {'median':>7} {'slowest':>7} {'processor':>9} {'queries':>7} {'bytes':>9}"
    )
    for who, address, what in _addresses(stage, big, token):
        answers = [asked(who, address) for _ in range(TIMES)]
        spent, work = [one[0] for one in answers], statistics.median(one[1] for one in answers)
        status, many, size = answers[-1][2:]
        said = f"{spent[0]:6.2f} {statistics.median(spent):7.2f} {max(spent[1:]):7.2f} {work:9.2f}"
        print(f"{what:50} {said} {many:7} {size:9,} {'' if status == 200 else status}", flush=True)
        yield what, work


def asked(who: str, address: str, post: dict[str, Any] | None = None) -> tuple[float, float, int, int, int]:
    """Return the seconds by the clock and of the processor, the status, the queries and the bytes."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    reader = client(who)
    began, worked = time.perf_counter(), time.process_time()
    answer = reader.get(address) if post is None else reader.post(address, post)
    body = answer.content
    spent, work = time.perf_counter() - began, time.process_time() - worked
    if post is not None:
        return spent, work, answer.status_code, 0, len(body)
    # Counted apart, since counting costs as well.
    with CaptureQueriesContext(connection) as queries:
        reader.get(address)
    return spent, work, answer.status_code, len(queries), len(body)


def client(who: str) -> Any:  # noqa: ANN401
    from django.contrib.auth import get_user_model
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    if who:
        client.force_login(get_user_model().objects.get(username=who))
    return client
