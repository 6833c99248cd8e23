"""The week of a teacher for whom somebody stood in: who certifies it, in which words, and whose entries."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from schooldesk import scope
from tests.desk.conftest import Cast
from tests.desk.ledgers import FRIDAY, TUESDAY, first_meeting, post, sent
from tests.desk.substitutes import account, at_noon, named, told

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]
MONDAY, WEEK_AFTER = date(2020, 9, 7), date(2020, 9, 14)
AGREED = {"agreed": "1"}


@pytest.fixture(autouse=True)
def _friday(settings: Any) -> None:
    settings.NOW = "2020-09-11T16:00"


@pytest.fixture(autouse=True)
def _own_seals(settings: Any, tmp_path: Any) -> None:
    settings.VAR = tmp_path


@pytest.fixture
def met(cast: Cast, db: None) -> Any:
    return first_meeting(cast.teacher, cast.school)


def week_of(cast: Cast) -> str:
    return f"/d/maple/week/{cast.school}/{cast.teacher}/{MONDAY}/"


def enter(client: Client, met: Any, pupil: int = 0) -> None:
    one = sent(met.pupils[pupil], first=met.span.start, last=met.span.end)
    assert post(client, f"/d/maple/take/{met.source}/{TUESDAY}/", one).status_code == 200


def certified() -> list[Any]:
    from schooldesk.ledger.models import Certified

    with scope.district("maple"):
        return list(Certified.objects.order_by("pk"))


def shared(page: Any) -> dict[str, str]:
    """Return what the form of certifying would send."""
    return AGREED | dict(re.findall(r'name="(shared)" value="(\d)"', page.content.decode()))


def test_without_the_principals_word_a_substitute_sees_no_week(cast: Cast, client_of: Sign) -> None:
    named(account(), cast.teacher, cast.school, TUESDAY, FRIDAY)
    rosa = client_of("rosa")
    assert rosa.get(week_of(cast)).status_code == 403
    assert rosa.post(week_of(cast), AGREED).status_code == 403
    assert cast.teacher not in rosa.get("/d/maple/week/").content.decode()
    assert certified() == []


def test_with_it_a_substitute_of_the_whole_week_certifies_on_its_last_day(
    cast: Cast, met: Any, client_of: Sign
) -> None:
    named(account(), cast.teacher, cast.school, TUESDAY, FRIDAY, may_certify=True)
    rosa = client_of("rosa")
    enter(rosa, met)
    assert cast.teacher in rosa.get("/d/maple/week/").content.decode()
    page = rosa.get(week_of(cast))
    assert "The week before" not in told(page), "other weeks are closed"
    assert rosa.post(week_of(cast), shared(page)).status_code == 303
    (row,) = certified()
    assert (row.teacher, row.by, row.who) == (cast.teacher, "rosa", "rosa")
    assert "the instruction that I gave" in row.words
    assert row.digest, "it is sealed"
    assert "certified by Rosa Diaz" in told(client_of("teacher").get(week_of(cast)))
    assert rosa.get(f"{week_of(cast)}form.pdf").status_code == 200


@pytest.mark.parametrize(
    ("first", "last"), [(date(2020, 9, 9), date(2020, 9, 30)), (date(2020, 9, 1), date(2020, 9, 10))]
)
def test_a_week_of_which_some_days_are_the_teachers_is_the_teachers_to_certify(
    first: date, last: date, cast: Cast, client_of: Sign
) -> None:
    named(account(), cast.teacher, cast.school, first, last, may_certify=True)
    with at_noon(min(last, FRIDAY)):
        assert client_of("rosa").get(week_of(cast)).status_code == 403


def test_a_substitute_of_some_classes_certifies_only_where_the_teacher_has_no_others(
    cast: Cast, met: Any, client_of: Sign, rosters: Any
) -> None:
    own = {row.section for row in rosters["maple"].teaching if row.staff == cast.teacher}
    named(account(), cast.teacher, cast.school, TUESDAY, FRIDAY, sections=(met.source,), may_certify=True)
    assert client_of("rosa").get(week_of(cast)).status_code == (200 if own == {met.source} else 403)
    named(account("ana"), cast.teacher, cast.school, TUESDAY, FRIDAY, sections=("none",), may_certify=True)
    assert client_of("ana").get(week_of(cast)).status_code == 403


def test_after_the_last_day_the_week_is_closed_to_the_substitute(
    cast: Cast, met: Any, client_of: Sign
) -> None:
    named(account(), cast.teacher, cast.school, TUESDAY, FRIDAY, may_certify=True)
    with at_noon(WEEK_AFTER):
        assert client_of("rosa").get(week_of(cast)).status_code == 403
        assert client_of("rosa").post(week_of(cast), AGREED).status_code == 403
        assert client_of("rosa").get(f"{week_of(cast)}form.pdf").status_code == 403


def test_the_teacher_certifies_in_words_that_say_who_taught(cast: Cast, met: Any, client_of: Sign) -> None:
    named(account(), cast.teacher, cast.school, TUESDAY, FRIDAY)
    enter(client_of("rosa"), met)
    teacher = client_of("teacher")
    page = teacher.get(week_of(cast))
    assert "by me and by those who stood in" in told(page)
    assert "Entered by others Rosa Diaz : Tue" in told(page)
    assert teacher.post(week_of(cast), shared(page)).status_code == 303
    assert "by those who stood in" in certified()[0].words


def test_words_that_have_changed_since_they_were_read_are_to_be_read_again(
    cast: Cast, met: Any, client_of: Sign
) -> None:
    named(account(), cast.teacher, cast.school, TUESDAY, FRIDAY)
    teacher = client_of("teacher")
    read = shared(teacher.get(week_of(cast)))
    enter(client_of("rosa"), met)
    answer = teacher.post(week_of(cast), read)
    assert answer.status_code == 422
    assert "read the words as they are now" in told(answer)
    assert certified() == []


def test_where_nobody_stood_in_the_words_are_the_teachers_own(cast: Cast, met: Any, client_of: Sign) -> None:
    teacher = client_of("teacher")
    enter(teacher, met)
    enter(client_of("principal"), met, 1)
    page = unescape(teacher.get(week_of(cast)).content.decode())
    assert "the instruction that I gave" in page
    assert 'name="shared"' not in page


def test_once_taken_back_the_entries_stay_and_are_still_the_substitutes(
    cast: Cast, met: Any, client_of: Sign
) -> None:
    from schooldesk.ledger.substitutes import reads, writes
    from schooldesk.ledger.writes import by
    from schooldesk.people.models import Staff

    number = named(account(), cast.teacher, cast.school, TUESDAY, FRIDAY)
    enter(client_of("rosa"), met)
    home = Staff.objects.get(user__username="principal")
    with scope.district("maple"):
        seen = reads.one(home.district, cast.school, number)
        assert seen is not None
        writes.take_back(by(home), home.district, seen)
    page = told(client_of("teacher").get(week_of(cast)))
    assert "stands in" not in page
    assert "Entered by others Rosa Diaz : Tue" in page
    assert "by me and by those who stood in" in page


def test_a_sealed_week_of_a_substitute_stands_in_the_chain(cast: Cast, met: Any, client_of: Sign) -> None:
    from schooldesk.ledger import sealing

    named(account(), cast.teacher, cast.school, TUESDAY, FRIDAY, may_certify=True)
    rosa = client_of("rosa")
    enter(rosa, met)
    rosa.post(week_of(cast), AGREED)
    with scope.district("maple"):
        assert sealing.verify("maple", "test").findings == []
