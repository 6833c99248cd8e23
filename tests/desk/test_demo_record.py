"""The demonstration's record: two weeks taken, followed up, sealed and measured, and all of it made up."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from schoolday.roster import Roster
from tests.desk.conftest import Cast
from tests.desk.following import dead_ends

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("America/Los_Angeles")
NOW = datetime(2020, 9, 22, 9, 40, tzinfo=ZONE)


@pytest.fixture
def stage(db: None, cast: Cast, rosters: dict[str, Roster], settings: Any, tmp_path: Any) -> Iterator[Any]:
    """Lay the demonstration's record in maple, and look at it on its morning."""
    from schooldesk import clock, scope
    from schooldesk.demo import record
    from schooldesk.ledger.reengage import reads

    settings.VAR = tmp_path
    reads.forget()
    said = list(record.lay(rosters["maple"]))
    assert "made-up entries of classes" in said[0]
    with clock.at(NOW), scope.district("maple"):
        yield record.stage_of(rosters["maple"])
    reads.forget()


def entries(district: str = "maple", **where: Any) -> list[Any]:
    from schooldesk import scope
    from schooldesk.ledger.models import Entry

    with scope.district(district):
        return list(Entry.objects.filter(**where))


def test_every_kind_of_entry_is_laid_and_none_in_the_other_district(stage: Any) -> None:
    kinds = Counter(one.kind for one in entries())
    assert {"joined", "work", "attendance", "contact", "service"} <= set(kinds)
    assert "failure" in kinds
    assert all(one.detail == "made up" for one in entries(kind="joined"))
    assert entries("cedar") == []


def test_entries_come_with_their_events_and_laying_twice_adds_nothing(stage: Any) -> None:
    from schooldesk.demo import ledger
    from schooldesk.people.models import Event

    events = list(Event.objects.filter(what="ledger.entered", who="demonstration"))
    assert sum(one.about["rows"] for one in events) == len(entries())
    steps = {one.step for one in entries()}
    assert {one.about["step"] for one in events} == steps
    assert ledger.lay(stage) == 0
    assert len(entries()) == sum(one.about["rows"] for one in events)


def test_the_teacher_sees_the_class_that_was_left_open(stage: Any) -> None:
    from schooldesk.day.request import school_roster
    from schooldesk.ledger import lines
    from schooldesk.people.models import Staff

    monday = stage.days[-1]
    assert monday == date(2020, 9, 21)
    mine = [one for _school, one in lines.meetings_of(stage.home, [stage.school], stage.teacher, monday)]
    there = school_roster(stage.home.pk, stage.home.roster_id, (stage.school,))
    staff = Staff(district=stage.home, role="teacher", sourced=stage.teacher)
    sheets = lines.sheets(staff, stage.school, mine, there, monday)
    assert [one.open == len(one.lines) for one in sheets].count(True) == 1
    assert any(one.is_taken for one in sheets)


def test_the_first_week_is_sealed_for_everybody_at_the_school_and_the_second_is_open(stage: Any) -> None:
    from schooldesk.demo.dates import SEALED
    from schooldesk.ledger import reads, weeks
    from schooldesk.ledger.models import Certified

    taught = weeks.teachers_of(stage.home, stage.school, SEALED)
    rows = list(Certified.objects.all())
    assert {(row.teacher, row.monday) for row in rows} == {(who, SEALED) for who in taught}
    assert all(row.digest for row in rows)
    assert not reads.seals("maple").verify([row.digest for row in rows])


def test_services_were_given_and_not_and_providers_signed(stage: Any) -> None:
    from schooldesk.ledger.services.models import Signature

    codes = Counter(one.code for one in entries(kind="service"))
    assert codes["delivered"] > 0
    assert len(codes) > 1
    assert Signature.objects.count() > 0
    absent = {(one.pupil, one.day) for one in entries(kind="attendance") if one.code in ("absent", "excused")}
    assert not {(one.pupil, one.day) for one in entries(code="delivered")} & absent


def test_the_work_list_has_steps_of_several_tiers(stage: Any) -> None:
    from schooldesk.ledger.reengage import reads

    found = [reads.school(stage.home, one, NOW.date()) for one in stage.roster.schools]
    steps = {step.tier for one in found for case in one.cases for step in case.steps if not step.done}
    assert len(steps - {0}) >= 2


def test_the_board_has_figures_and_hides_the_small_ones(stage: Any, client: Client) -> None:
    from schooldesk.measures import reads

    row = reads.newest()
    assert row is not None
    cells = reads.cells(row, "2020-09")
    assert any(one.hidden for one in cells)
    assert client.get("/d/maple/board/?lang=en").status_code == 200
    assert client.get("/d/cedar/board/?lang=en").status_code == 200


def test_the_teacher_has_small_groups_that_meet(stage: Any) -> None:
    from schooldesk.learning.models import Grouping, Recording, Score

    assert [row.taught for row in Grouping.objects.exclude(used=None)] == [stage.teacher]
    assert Score.objects.exclude(standard="").exists()
    assert Recording.objects.exists()


def test_whoever_runs_it_reads_whom_to_sign_in_as(
    stage: Any, rosters: dict[str, Roster], client_of: Callable[[str], Client], django_user_model: Any
) -> None:
    from schooldesk.demo.people import addresses
    from schooldesk.people.models import Staff

    Staff.objects.all().delete()
    django_user_model.objects.all().delete()
    said = "\n".join(addresses(rosters["maple"], "http://desk.example", "a long password"))
    for who in ("teacher", "substitute", "provider", "clerk", "cases", "principal", "planner"):
        assert f"  {who} " in said
        assert django_user_model.objects.filter(username=who).exists()
    assert "/h/" in said
    assert "a long password" in said


def test_no_link_leads_anybody_to_a_page_that_is_not_for_them(
    stage: Any, rosters: dict[str, Roster], django_user_model: Any
) -> None:
    from schooldesk.demo.people import addresses
    from schooldesk.people.models import Staff

    Staff.objects.all().delete()
    django_user_model.objects.all().delete()
    said = addresses(rosters["maple"], "", "a long password")
    public = [one.split()[-1] for one in said if "/d/maple/" in one and not one.startswith("  ")]
    found = {}
    for user in django_user_model.objects.all():
        client = Client()
        client.force_login(user)
        found[user.get_username()] = list(dead_ends(client, "/desk/"))
    found["anybody"] = list(dead_ends(Client(), "/", *public))
    found["a family"] = list(dead_ends(Client(), next(one.split()[-1] for one in said if "/h/" in one)))
    assert {who: ends for who, ends in found.items() if ends} == {}
