"""A substitute takes a teacher's classes on some days, and sees nothing before, after or beside them."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from schooldesk import scope
from schooldesk.people.models import AccessLog
from tests.desk.conftest import Cast
from tests.desk.ledgers import TUESDAY, first_meeting, post, sent, stored
from tests.desk.substitutes import WEDNESDAY, account, at_noon, named, pupils_named, sections_of, told
from tests.desk.test_ledger_pages import fields

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]
THURSDAY, MONDAY_BEFORE = date(2020, 9, 10), date(2020, 8, 31)


@pytest.fixture(autouse=True)
def _midday(settings: Any) -> None:
    settings.NOW = "2020-09-08T12:00"


@pytest.fixture
def met(cast: Cast, db: None) -> Any:
    return first_meeting(cast.teacher, cast.school)


@pytest.fixture
def rosa(cast: Cast, db: None) -> Any:
    """Rosa Diaz stands in for the teacher on Tuesday and Wednesday."""
    staff = account()
    named(staff, cast.teacher, cast.school)
    return staff


def take(met: Any, day: date = TUESDAY) -> str:
    return f"/d/maple/take/{met.source}/{day}/"


def test_a_substitute_opens_the_list_and_takes_the_class_as_its_teacher_would(
    rosa: Any, met: Any, client_of: Sign, cast: Cast
) -> None:
    theirs = told(client_of("teacher").get("/d/maple/take/"))
    rosas = client_of("rosa")
    page = told(rosas.get("/d/maple/take/"))
    assert page.count(" open ") == theirs.count(" open ") >= 2
    at = f"{take(met)}?at={met.span.start}"
    form = fields(rosas.get(at))
    assert rosas.post(at, form).status_code == 303
    rows = stored()
    assert sorted(row.pupil for row in rows) == sorted(met.pupils)
    assert {(row.by, row.who) for row in rows} == {("rosa", "rosa")}
    undo = {"do": "undo", "last": form["step"]}
    assert rosas.post(at, undo).status_code == 303
    assert {row.code for row in stored()[len(rows) :]} == {"withdrawn"}


def test_an_entry_sent_by_script_is_the_substitutes(rosa: Any, met: Any, client_of: Sign) -> None:
    assert post(client_of("rosa"), take(met), sent(met.pupils[0])).status_code == 200
    assert [row.by for row in stored()] == ["rosa"]


def test_the_classes_file_and_its_assessments_are_open_to_a_substitute(
    rosa: Any, met: Any, client_of: Sign
) -> None:
    rosas = client_of("rosa")
    assert rosas.get(f"{take(met)}file/").status_code == 200
    page = rosas.get(f"{take(met)}assessed/?title=Quiz")
    assert page.status_code == 200
    assert "Rosa Diaz" in told(page), "she can have given it"


@pytest.mark.parametrize("today", [MONDAY_BEFORE, date(2020, 9, 4), THURSDAY, date(2020, 9, 14)])
def test_before_the_first_and_after_the_last_day_nothing_is_seen_or_written(
    rosa: Any, met: Any, client_of: Sign, today: date, rosters: Any
) -> None:
    with at_noon(today):
        rosas = client_of("rosa")
        for day in (TUESDAY, WEDNESDAY, today):
            assert rosas.get(take(met, day)).status_code == 403
            assert rosas.post(take(met, day), {"do": "all", "step": str(uuid4())}).status_code == 403
            assert rosas.get(f"{take(met, day)}assessed/").status_code == 403
            assert post(rosas, take(met, day), sent(met.pupils[0])).status_code in (403, 422)
            seen = told(rosas.get(f"/d/maple/take/?on={day}"))
            assert "You stand in for nobody on this day" in seen
            assert not any(name in seen for name in pupils_named(rosters, met.source))
    assert stored() == []


def test_on_the_days_other_days_stay_closed(rosa: Any, met: Any, client_of: Sign) -> None:
    rosas = client_of("rosa")
    for day in (date(2020, 9, 3), date(2020, 9, 4), THURSDAY, date(2020, 9, 11)):
        assert rosas.get(take(met, day)).status_code == 403
        assert post(rosas, take(met, day), sent(met.pupils[0])).status_code == 403
    assert rosas.get(take(met, WEDNESDAY)).status_code == 200, "tomorrow is one of the days"


def test_what_a_device_sends_after_the_last_day_is_refused_in_words_and_kept_there(
    rosa: Any, met: Any, client_of: Sign
) -> None:
    with at_noon(THURSDAY):
        answer = post(client_of("rosa"), take(met), sent(met.pupils[0]))
    assert answer.status_code == 422
    assert "its teacher or the principal enters it" in answer.json()["said"]
    with at_noon(THURSDAY):
        assert post(client_of("teacher"), take(met), sent(met.pupils[0])).status_code == 200


def test_other_classes_stay_closed(rosa: Any, client_of: Sign, cast: Cast, rosters: Any) -> None:
    other = next(
        one for one in sections_of(rosters, cast.colleague) if one not in sections_of(rosters, cast.teacher)
    )
    assert client_of("rosa").get(f"/d/maple/take/{other}/{TUESDAY}/").status_code == 403


def test_a_substitute_of_one_class_has_that_class_alone(
    met: Any, client_of: Sign, cast: Cast, rosters: Any
) -> None:
    first = next(one for one in rosters["maple"].sections.values() if one.id == met.source)
    others = [one.id for one in rosters["maple"].sections.values() if one.school == first.school]
    named(account(), cast.teacher, cast.school, sections=(met.source,))
    rosas = client_of("rosa")
    opened = [one for one in others if rosas.get(f"/d/maple/take/{one}/{TUESDAY}/").status_code == 200]
    assert opened == [met.source]


def test_an_earlier_days_step_is_not_undone_from_a_later_days_page(
    met: Any, client_of: Sign, cast: Cast
) -> None:
    staff = account()
    named(staff, cast.teacher, cast.school, TUESDAY, TUESDAY)
    named(staff, cast.teacher, cast.school, THURSDAY, THURSDAY)
    rosas, step = client_of("rosa"), str(uuid4())
    post(rosas, take(met), sent(met.pupils[0]), step=step)
    with at_noon(THURSDAY):
        answer = rosas.post(take(met, THURSDAY), {"do": "undo", "last": step})
        assert answer.status_code == 422
        old = stored()[0].entry
        moved = post(rosas, take(met, THURSDAY), sent(met.pupils[0], corrects=old))
        assert moved.status_code == 422
    assert len(stored()) == 1


def test_a_teacher_of_the_roster_covers_a_colleagues_class(met: Any, client_of: Sign, cast: Cast) -> None:
    from schooldesk.people.models import Staff

    colleague = client_of("colleague")
    assert colleague.get(take(met)).status_code == 403
    named(Staff.objects.get(user__username="colleague"), cast.teacher, cast.school)
    assert colleague.get(take(met)).status_code == 200
    assert "For " in told(colleague.get("/d/maple/take/"))
    assert post(colleague, take(met), sent(met.pupils[0])).status_code == 200
    assert [row.by for row in stored()] == [cast.colleague]
    assert "You stand in" in told(colleague.get("/desk/"))


def test_the_teacher_sees_who_stands_in_and_whose_entries_they_are(
    rosa: Any, met: Any, client_of: Sign, cast: Cast
) -> None:
    seen = sent(met.pupils[0], first=met.span.start, last=met.span.end)
    assert post(client_of("rosa"), take(met), seen).status_code == 200
    teacher = client_of("teacher")
    assert "Rosa Diaz stands in" in told(teacher.get("/d/maple/take/"))
    assert "Entered also by: Rosa Diaz" in told(teacher.get(f"{take(met)}?at={met.span.start}"))
    week = told(teacher.get(f"/d/maple/week/{cast.school}/{cast.teacher}/2020-09-07/"))
    assert "Rosa Diaz stands in, Tuesday, September 8, 2020 to Wednesday" in week
    assert "Entered by others Rosa Diaz : Tue" in week


def test_a_family_reads_who_wrote_an_entry(rosa: Any, met: Any, client_of: Sign, cast: Cast) -> None:
    from schooldesk.ledger import lines  # noqa: F401 - the room is loaded

    mine = next(one for one in met.pupils if one in cast.family.pupils)
    post(client_of("rosa"), take(met), sent(mine))
    page = told(client_of("stranger").get(f"/h/{cast.family.token}/record/?on=2020-09-07"))
    assert "written down by Rosa Diaz" in page


def test_a_substitutes_reads_are_those_of_an_assigned_teacher_and_a_principals_are_logged(
    rosa: Any, met: Any, client_of: Sign
) -> None:
    client_of("rosa").get(take(met))
    client_of("principal").get(take(met))
    with scope.district("maple"):
        assert list(AccessLog.objects.values_list("who", flat=True)) == ["principal"]


def test_the_desk_names_for_whom_and_when_and_no_pupil(
    rosa: Any, met: Any, client_of: Sign, rosters: Any
) -> None:
    with at_noon(MONDAY_BEFORE):
        page = told(client_of("rosa").get("/desk/"))
    assert "Tuesday, September 8, 2020 to Wednesday, September 9, 2020" in page
    assert not any(name in page for name in pupils_named(rosters, met.source))


OPEN = {"d/<slug:district>/take/", "d/<slug:district>/take/worker.js", "d/<slug:district>/week/"}
"""What anybody of the record's staff opens, with nothing of others in it."""


def test_to_whoever_is_named_for_nothing_everything_of_a_pupil_is_closed(cast: Cast, client_of: Sign) -> None:
    from tests.desk.test_access_table import TABLE, fill

    account()
    rosas, things = client_of("rosa"), dict[str, Any]()
    for route, (method, address, statuses) in TABLE.items():
        if statuses[0] != 302 or not route.startswith("d/"):
            continue
        status = getattr(rosas, method)(fill(address, cast, things)).status_code
        assert status == 200 if route in OPEN else status in (403, 404), route


def test_a_substitute_of_one_district_is_a_stranger_in_the_other(
    rosa: Any, met: Any, client_of: Sign, rosters: Any
) -> None:
    there = next(iter(rosters["cedar"].sections))
    rosas = client_of("rosa")
    assert rosas.get(f"/d/cedar/take/{there}/{TUESDAY}/").status_code == 404
    assert rosas.get("/d/cedar/take/").status_code == 404
    assert client_of("foreigner").get("/d/maple/substitutes/").status_code == 404
    assert client_of("foreigner").get(take(met)).status_code == 404


def test_a_person_stands_in_in_both_districts_each_alone(
    rosa: Any, met: Any, client_of: Sign, rosters: Any
) -> None:
    from schooldesk.ledger.substitutes import reads

    row = next(iter(rosters["cedar"].teaching))
    school = rosters["cedar"].sections[row.section].school
    there = account("rosa.cedar", "cedar")
    named(there, row.staff, school)
    at = f"/d/cedar/take/{row.section}/{TUESDAY}/"
    assert client_of("rosa.cedar").get(at).status_code == 200
    assert client_of("rosa").get(at).status_code == 404
    assert client_of("rosa.cedar").get(take(met)).status_code == 404
    for district, wanted in (("maple", rosa), ("cedar", there)):
        with scope.district(district):
            assert [one.substitute for one in reads.named_to(wanted, TUESDAY)] == [wanted.pk]
            other = there if wanted is rosa else rosa
            assert reads.named_to(other, TUESDAY) == []
