"""Teachers and providers after an emergency: their own pupils, and nobody else's."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from schooldesk import scope
from schooldesk.emergency import models
from schooldesk.people.models import AccessLog, Event
from tests.desk.conftest import PASSWORD, Cast
from tests.desk.emergencies import AT, TRY, agreement, count, flood, pupils
from tests.desk.words import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("autumn")]
Sign = Callable[[str], Client]
MINE = f"{AT}mine/"
OFFER = {"do": "offer", "of": "offer", "day": "2026-09-09", "way": "distance", "by": "Ms. Lee"}


@pytest.fixture
def row() -> models.Emergency:
    return flood()


@pytest.fixture
def page(row: models.Emergency, cast: Cast) -> str:
    return f"{AT}{row.pk}/pupils/{cast.family.pupils[0]}/"


def own(district: str, staff: str) -> set[str]:
    from schooldesk.roster import reads

    with scope.district(district):
        home = reads.district(district)
        assert home is not None
        return reads.pupils_of(home, staff)


def last(model: Any) -> Any:
    with scope.district("maple"):
        return model.objects.order_by("-pk").first()


def test_the_list_has_a_teachers_own_pupils_with_both_clocks_and_nobody_else(
    client_of: Sign, cast: Cast, row: models.Emergency
) -> None:
    teacher, mine = client_of("teacher"), own("maple", cast.teacher)
    assert 'href="/d/maple/emergencies/mine/"' in teacher.get("/desk/").content.decode()
    answer = teacher.get(MINE)
    page = answer.content.decode()
    assert {one for one in pupils() if f"/{row.pk}/pupils/{one}/" in page} == mine
    assert told(answer).count("due today") == len(mine)
    assert told(answer).count("8 instructional days left") == len(mine)
    with scope.district("maple"):
        assert not AccessLog.objects.exists()


def test_an_emergency_of_another_school_or_one_that_is_closed_is_not_on_the_list(
    client_of: Sign, cast: Cast
) -> None:
    from schooldesk.emergency import writes
    from tests.desk.emergencies import by

    other = flood(schools=(cast.other_school,))
    over = flood(began=date(2026, 9, 3))
    with scope.district("maple"):
        writes.mark(by(), over.pk, "emergency", over.pk, "over")
    answer = client_of("teacher").get(MINE)
    assert "No emergency concerns your pupils now." in told(answer)
    assert client_of("teacher").get(f"{AT}{other.pk}/pupils/{cast.family.pupils[0]}/").status_code == 404
    closed = f"{AT}{over.pk}/pupils/{cast.family.pupils[0]}/"
    assert client_of("teacher").post(closed, TRY | {"answered": "yes"}).status_code == 422
    assert count(models.Contact) == 0


def test_a_teacher_takes_down_a_try_and_an_offer_and_undoes_them(
    client_of: Sign, cast: Cast, page: str
) -> None:
    teacher = client_of("teacher")
    assert teacher.post(page, TRY | {"answered": "yes"}).status_code == 303
    assert teacher.post(page, OFFER).status_code == 303
    said = told(teacher.get(page))
    assert "Family reached : September 5, 2026, by phone, Kim : in time" in said
    assert "Instruction offered : September 9, 2026, distance learning, Ms. Lee : in time" in said
    assert "in time" in told(teacher.get(MINE))
    teacher.post(page, {"do": "undo", "of": "contact", "row": last(models.Contact).pk})
    assert "Family reached : due today" in told(teacher.get(page))
    teacher.post(page, {"do": "restore", "of": "contact", "row": last(models.Contact).pk})
    assert "by phone, Kim : in time" in told(client_of("planner").get(page))
    with scope.district("maple"):
        done = list(Event.objects.values_list("who", "what")[:4])
    assert done == [
        ("teacher", "emergency.contact.restored"), ("teacher", "emergency.contact.undone"),
        ("teacher", "emergency.offer"), ("teacher", "emergency.contact"),
    ]  # fmt: skip


def test_a_colleague_who_is_a_stranger_to_the_pupil_reads_and_writes_nothing(
    client_of: Sign, cast: Cast, page: str
) -> None:
    assert cast.family.pupils[0] not in own("maple", cast.colleague)
    client_of("teacher").post(page, TRY | {"answered": "yes"})
    colleague = client_of("colleague")
    assert colleague.get(page).status_code == 403
    assert colleague.post(page, TRY | {"answered": "no"}).status_code == 403
    undo = {"do": "undo", "of": "contact", "row": last(models.Contact).pk}
    assert colleague.post(page, undo).status_code == 403
    assert (count(models.Contact), count(models.Mark)) == (1, 0)
    assert page not in colleague.get(MINE).content.decode()


def test_a_teacher_undoes_no_row_of_somebody_else_and_principals_undo_a_teachers(
    client_of: Sign, page: str
) -> None:
    client_of("planner").post(page, TRY | {"answered": "yes"})
    undo = {"do": "undo", "of": "contact", "row": last(models.Contact).pk}
    teacher = client_of("teacher")
    assert teacher.post(page, undo).status_code == 403
    assert 'value="undo"' not in teacher.get(page).content.decode()
    teacher.post(page, TRY | {"answered": "no"})
    own = undo | {"row": last(models.Contact).pk}
    assert client_of("principal").post(page, own).status_code == 303
    assert count(models.Mark) == 1


def test_wishes_agreements_and_the_schools_pages_stay_with_principals_and_planners(
    client_of: Sign, row: models.Emergency, page: str
) -> None:
    planner, teacher = client_of("planner"), client_of("teacher")
    wish = {"do": "wish", "of": "wish", "asked": "2026-09-04", "name": "Rosa Ash"}
    planner.post(page, wish)
    assert teacher.post(page, wish).status_code == 403
    number = last(models.Wish).pk
    for do in ("undo", "returned", "unreturned"):
        form = {"do": do, "of": "wish", "row": number, "returned": "2026-09-08"}
        assert teacher.post(page, form).status_code == 403, do
    shown = teacher.get(page).content.decode()
    assert "Rosa Ash" not in shown
    assert f'href="{AT}{row.pk}/"' not in shown
    assert (count(models.Wish), count(models.Mark)) == (1, 0)
    assert teacher.get(f"{AT}{row.pk}/").status_code == teacher.get(f"{AT}{row.pk}/many/").status_code == 403


def test_a_case_manager_has_the_pupils_whose_agreement_names_them_while_it_stands(
    client_of: Sign, cast: Cast, row: models.Emergency, page: str
) -> None:
    from schooldesk.emergency import writes
    from tests.desk.emergencies import by

    made = agreement(row, cast.family.pupils[0], cast.colleague, (date(2026, 9, 10), date(2026, 9, 16)))
    colleague = client_of("colleague")
    assert page in colleague.get(MINE).content.decode()
    assert colleague.post(page, TRY | {"answered": "yes"}).status_code == 303
    with scope.district("maple"):
        writes.mark(by(), row.pk, "agreement", made.pk, "undone")
    assert colleague.get(page).status_code == 403
    assert page not in colleague.get(MINE).content.decode()


def test_a_teacher_of_another_district_finds_nothing_and_sees_their_own(
    client_of: Sign, cast: Cast, row: models.Emergency, page: str, rosters: Any
) -> None:
    from schooldesk.people.writes import add_staff

    taught = {one.pupil: one.section for one in rosters["cedar"].enrollments}
    section = taught[cast.foreign.pupils[0]]
    who = next(one.staff for one in rosters["cedar"].teaching if one.section == section)
    add_staff("cedar", "foreign-teacher", PASSWORD, "teacher", sourced=who)
    foreign, there = client_of("foreign-teacher"), flood("cedar")
    assert foreign.get(page).status_code == foreign.post(page, TRY).status_code == 404
    assert foreign.get(MINE).status_code == 404
    at = f"/d/cedar/emergencies/{there.pk}/pupils/{cast.foreign.pupils[0]}/"
    assert foreign.post(at, TRY | {"answered": "yes"}).status_code == 303
    assert at in foreign.get("/d/cedar/emergencies/mine/").content.decode()
    assert foreign.get(f"/d/cedar/emergencies/{row.pk}/pupils/{cast.foreign.pupils[0]}/").status_code == 404
    assert (count(models.Contact), count(models.Contact, "cedar")) == (0, 1)


def test_a_teacher_without_a_place_on_the_roster_has_nobody(client_of: Sign, page: str) -> None:
    from schooldesk.people.models import Staff

    with scope.district("maple"):
        Staff.objects.filter(user__username="teacher").update(sourced="")
    assert client_of("teacher").get(page).status_code == 403
    assert "No emergency concerns your pupils now." in told(client_of("teacher").get(MINE))
