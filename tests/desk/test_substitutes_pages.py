"""A principal names substitutes, ends and takes back, undoes it, and makes their accounts."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from schooldesk import scope
from tests.desk.conftest import Cast
from tests.desk.ledgers import TUESDAY, first_meeting
from tests.desk.substitutes import WEDNESDAY, account, at_noon, named, told

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]
THURSDAY = date(2020, 9, 10)


@pytest.fixture(autouse=True)
def _midday(settings: Any) -> None:
    settings.NOW = "2020-09-08T12:00"


def page_of(cast: Cast, **more: str) -> str:
    asked = "".join(f"&{key}={value}" for key, value in more.items())
    return f"/d/maple/substitutes/?school={cast.school}{asked}"


def form(staff: Any, **more: str) -> dict[str, str]:
    days = {"first": "2020-09-08", "last": "2020-09-09"}
    return {"do": "name", "substitute": str(staff.pk), "which": "all", **days, "note": "jury duty", **more}


def events() -> list[tuple[str, str]]:
    from schooldesk.people.models import Event

    with scope.district("maple"):
        found = Event.objects.filter(what__startswith="substitute.").order_by("pk")
        return list(found.values_list("who", "what"))


def rows() -> list[Any]:
    from schooldesk.ledger.substitutes.models import Substitution

    with scope.district("maple"):
        return list(Substitution.objects.order_by("pk"))


def change(number: int, do: str, seen: int = 0, **more: str) -> dict[str, str]:
    return {"do": do, "number": str(number), "change": str(seen), **more}


def newest(number: int) -> int:
    from schooldesk.ledger.substitutes.models import Change

    with scope.district("maple"):
        return int(Change.objects.filter(of=number).order_by("-pk").values_list("pk", flat=True).first() or 0)


def opens(client: Client, cast: Cast, day: date = TUESDAY) -> bool:
    met = first_meeting(cast.teacher, cast.school)
    with at_noon(day):
        return client.get(f"/d/maple/take/{met.source}/{day}/").status_code == 200


def test_a_principal_chooses_a_teacher_and_names_who_stands_in(cast: Cast, client_of: Sign) -> None:
    staff, principal = account(), client_of("principal")
    at = page_of(cast, teacher=cast.teacher)
    first = told(principal.get(page_of(cast)))
    assert "Nobody stands in for anybody here in this week" in first
    assert "Rosa Diaz (rosa)" in told(principal.get(at))
    answer = principal.post(at, form(staff))
    assert answer.status_code == 303
    page = told(principal.get(answer["Location"]))
    assert "Rosa Diaz for " in page
    assert "all classes at this school" in page
    assert "jury duty ( principal , " in page
    assert events() == [("principal", "substitute.named")]
    assert opens(client_of("rosa"), cast)


def test_the_same_form_sent_twice_names_once(cast: Cast, client_of: Sign) -> None:
    staff, at = account(), page_of(cast, teacher=cast.teacher)
    for _time in range(2):
        assert client_of("principal").post(at, form(staff)).status_code == 303
    assert len(rows()) == len(events()) == 1


def test_only_some_classes_can_be_named(cast: Cast, client_of: Sign) -> None:
    staff, at = account(), page_of(cast, teacher=cast.teacher)
    source = first_meeting(cast.teacher, cast.school).source
    sent = form(staff, which="some") | {f"section-{source}": "1", "may_certify": "1"}
    assert client_of("principal").post(at, sent).status_code == 303
    assert [(row.sections, row.may_certify) for row in rows()] == [([source], True)]
    assert "may certify the week" in told(client_of("principal").get(page_of(cast)))


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"substitute": ""}, "Choose one of the list"),
        ({"substitute": "999999"}, "Choose one of the list"),
        ({"which": "some"}, "Mark at least one class"),
        ({"first": "soon"}, "Write a date"),
        ({"first": "2020-09-10"}, "Write a date from 2020-09-10"),
        ({"first": "2020-09-01", "last": "2020-09-04"}, "Write a date from 2020-09-08"),
        ({"last": "2031-01-01"}, "Write a date from"),
        ({"note": ""}, "Say in a few words why"),
    ],
)
def test_a_fault_is_told_beside_its_field_and_what_was_typed_stays(
    wrong: dict[str, str], said: str, cast: Cast, client_of: Sign
) -> None:
    at = page_of(cast, teacher=cast.teacher)
    answer = client_of("principal").post(at, form(account()) | {"note": "jury duty"} | wrong)
    assert answer.status_code == 422
    assert said in told(answer)
    assert wrong.get("note", "jury duty") in answer.content.decode()
    assert rows() == []
    assert events() == []


def test_nobody_stands_in_for_themselves(cast: Cast, client_of: Sign) -> None:
    from schooldesk.people.models import Staff

    staff = Staff.objects.get(user__username="teacher")
    at = page_of(cast, teacher=cast.teacher)
    answer = client_of("principal").post(at, form(staff))
    assert answer.status_code == 422
    assert "Nobody stands in for themselves" in told(answer)


@pytest.mark.parametrize("name", ["planner", "principal", "foreigner"])
def test_an_account_of_another_office_or_district_cannot_stand_in(
    name: str, cast: Cast, client_of: Sign
) -> None:
    from schooldesk.people.models import Staff

    staff = Staff.objects.get(user__username=name)
    answer = client_of("principal").post(page_of(cast, teacher=cast.teacher), form(staff))
    assert answer.status_code == 422
    assert rows() == []


def test_a_principal_names_at_the_own_schools_and_for_its_teachers_alone(cast: Cast, client_of: Sign) -> None:
    staff, principal = account(), client_of("principal")
    other = f"/d/maple/substitutes/?school={cast.other_school}&teacher={cast.teacher}"
    assert principal.post(other, form(staff)).status_code == 403
    assert client_of("planner").post(other, form(staff)).status_code == 422, "nobody teaches there by that id"
    assert principal.get("/d/maple/substitutes/?school=nowhere").status_code == 404
    assert rows() == []


def test_a_substitution_of_another_school_is_not_changed(cast: Cast, client_of: Sign) -> None:
    number = named(account(), cast.teacher, cast.school)
    other = f"/d/maple/substitutes/?school={cast.other_school}"
    assert client_of("planner").post(other, change(number, "back")).status_code == 404
    assert client_of("principal").post(page_of(cast), change(number, "gone")).status_code == 404
    assert client_of("principal").post(page_of(cast), change(number, "undo")).status_code == 404
    assert client_of("principal").post(page_of(cast), change(10**30, "back")).status_code == 404


def test_ended_early_the_days_after_are_closed_and_undone_they_are_open_again(
    cast: Cast, client_of: Sign
) -> None:
    number = named(account(), cast.teacher, cast.school)
    principal, rosa = client_of("principal"), client_of("rosa")
    assert opens(rosa, cast, WEDNESDAY)
    ended = change(number, "end", last="2020-09-08")
    assert principal.post(page_of(cast), ended).status_code == 303
    assert opens(rosa, cast)
    assert not opens(rosa, cast, WEDNESDAY)
    assert principal.post(page_of(cast), change(number, "undo", newest(number))).status_code == 303
    assert opens(rosa, cast, WEDNESDAY)
    assert [what for _who, what in events()][1:] == ["substitute.ended", "substitute.undone"]
    assert rows()[0].last == WEDNESDAY, "rows are added and never changed"


def test_taken_back_all_is_closed_and_it_stands_struck_out(cast: Cast, client_of: Sign) -> None:
    number = named(account(), cast.teacher, cast.school)
    principal = client_of("principal")
    assert principal.post(page_of(cast), change(number, "back")).status_code == 303
    assert not opens(client_of("rosa"), cast)
    page = principal.get(page_of(cast))
    assert "<del>" in page.content.decode()
    assert "taken back" in told(page)
    principal.post(page_of(cast), change(number, "undo", newest(number)))
    assert opens(client_of("rosa"), cast)


def test_a_button_pressed_twice_changes_once(cast: Cast, client_of: Sign) -> None:
    number = named(account(), cast.teacher, cast.school)
    for do, last in (("end", "2020-09-08"), ("undo", "")):
        seen = newest(number)
        for _time in range(2):
            client_of("principal").post(page_of(cast), change(number, do, seen, last=last))
    assert [what for _who, what in events()][1:] == ["substitute.ended", "substitute.undone"]


@pytest.mark.parametrize("last", ["", "2020-09-09", "2020-09-07", "2020-09-30"])
def test_an_end_that_is_none_is_refused(last: str, cast: Cast, client_of: Sign) -> None:
    number = named(account(), cast.teacher, cast.school)
    answer = client_of("principal").post(page_of(cast), change(number, "end", last=last))
    assert answer.status_code == 422
    assert "Write a day from 2020-09-08 on, before 2020-09-09" in told(answer)


def test_the_account_signs_in_and_sees_nothing_until_it_is_named(
    cast: Cast, client_of: Sign, client: Client
) -> None:
    made = client_of("principal").post(
        page_of(cast, teacher=cast.teacher),
        {"do": "account", "given": "Ana", "family": "Ruiz", "username": "ana.ruiz"},
    )
    assert made.status_code == 200
    assert made["Cache-Control"] == "private, no-store"
    password = re.findall(r"<code>([^<]+)</code>", made.content.decode())[1]
    answer = client.post("/sign-in/", {"username": "ana.ruiz", "password": password})
    assert answer.status_code == 302
    assert "You stand in for nobody, today or later" in told(client.get("/desk/"))
    assert not opens(client, cast)
    assert "Ana Ruiz (ana.ruiz)" in told(client_of("principal").get(page_of(cast, teacher=cast.teacher)))
    from schooldesk.people.models import Event

    with scope.district("maple"):
        kept = Event.objects.get(what="staff.added", about__username="ana.ruiz")
    assert kept.who == "principal"
    assert password not in str(kept.about)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"given": " "}, "Write the given name"),
        ({"family": ""}, "Write the family name"),
        ({"username": "a b"}, "without spaces"),
        ({"username": "teacher"}, "This name is taken"),
        ({"username": "{teacher}"}, "This name is taken"),
    ],
)
def test_an_account_that_will_not_do_is_refused_in_words(
    wrong: dict[str, str], said: str, cast: Cast, client_of: Sign
) -> None:
    wrong = {key: value.format(teacher=cast.teacher) for key, value in wrong.items()}
    sent = {"do": "account", "given": "Ana", "family": "Ruiz", "username": "ana"} | wrong
    answer = client_of("principal").post(page_of(cast), sent)
    assert answer.status_code == 422
    assert said in told(answer)


def test_an_account_called_like_somebodys_id_on_the_roster_is_refused_at_the_terminal_too(cast: Cast) -> None:
    from schoolday.ground.errors import SchooldayError
    from schooldesk.people.writes import add_staff

    with pytest.raises(SchooldayError, match="id on the roster"):
        add_staff("maple", cast.colleague, "correct horse battery", "substitute")


def test_the_week_is_told_in_spanish(cast: Cast, client_of: Sign) -> None:
    named(account(), cast.teacher, cast.school)
    page = told(client_of("principal").get(page_of(cast, teacher=cast.teacher, lang="es")))
    assert "Suplentes" in page
    assert "Substitute" not in page


def test_the_page_of_a_large_school_asks_few_questions(
    cast: Cast, client_of: Sign, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        named(account(f"rosa{number}"), cast.teacher, cast.school)
    client = client_of("principal")
    client.get(page_of(cast))
    with django_assert_max_num_queries(14):
        client.get(page_of(cast))


DAYS = st.dates(date(2020, 9, 1), date(2020, 9, 30))


@given(first=DAYS, length=st.integers(0, 9), course=st.lists(st.none() | st.integers(0, 9)), day=DAYS)
def test_only_the_newest_change_counts_and_no_day_beyond_what_was_named(
    first: date, length: int, course: list[int | None], day: date
) -> None:
    from schooldesk.ledger.substitutes import reads
    from schooldesk.ledger.substitutes.models import Change, Substitution

    planned = first + timedelta(days=length)
    lasts = [None if one is None else first + timedelta(days=min(one, length)) for one in course]
    row = Substitution(first=first, last=planned, teacher="t", school="s", substitute_id=1, pk=1)
    changes = [Change(pk=place + 1, last=last) for place, last in enumerate(lasts)]
    stand = reads.stand_of(row, changes, "r", "Rosa")
    newest_last = [planned, *lasts][-1]
    assert stand.on(day) == (newest_last is not None and first <= day <= newest_last)
    if lasts:
        undone = reads.stand_of(row, [*changes, Change(pk=99, last=stand.before)], "r", "Rosa")
        assert undone.last == [planned, *lasts][-2], "undone is what stood before"
