"""/h/<token>/choice/: a family chooses, is told what was kept, and may change it until the end."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from schooldesk import clock, scope
from tests.desk.cohorts import open_round
from tests.desk.conftest import Cast

pytestmark = pytest.mark.django_db


def at(cast: Cast, rest: str = "") -> str:
    return f"/h/{cast.family.token}/choice/{rest}"


def given(pupils: tuple[str, ...], program: str, wish: str = "", **more: str) -> dict[str, str]:
    form = {f"program-{pupil}": program for pupil in pupils}
    return form | {f"wish-{pupil}": wish for pupil in pupils} | more


def kept(district: str = "maple") -> list[tuple[str, str, str, str, str]]:
    from schooldesk.cohorts.models import Answer

    with scope.district(district):
        rows = Answer.objects.order_by("pk")
        return [(one.pupil, one.program, one.wish, one.by, one.who) for one in rows]


def events(what: str) -> list[Any]:
    from schooldesk.people.models import Event

    with scope.district("maple"):
        return list(Event.objects.filter(what=what))


def test_a_family_chooses_for_each_child_and_is_told_what_was_kept(cast: Cast, client: Client) -> None:
    open_round("maple")
    page = client.get(at(cast)).content.decode()
    for pupil in cast.family.pupils:
        assert f'name="program-{pupil}"' in page
    answer = client.post(at(cast), given(cast.family.pupils, "on_site", "B"))
    assert (answer.status_code, answer["Location"]) == (302, "said/")
    said = client.get(at(cast, "said/"), headers={"accept-language": "en"}).content.decode()
    assert said.count("wished for: Thursday and Friday (cohort B)") == len(cast.family.pupils)
    assert kept() == [(pupil, "on_site", "B", "", "") for pupil in cast.family.pupils]
    event = events("choice.made")[0]
    assert (event.who, event.about["pupils"]) == ("family", list(cast.family.pupils))


def test_every_answer_is_kept_and_the_last_one_stands(cast: Cast, client: Client) -> None:
    from schooldesk.cohorts.choice import reads
    from schooldesk.cohorts.models import Answer

    row = open_round("maple")
    first = cast.family.pupils[0]
    for program in ("on_site", "distance", "on_site", "distance"):
        client.post(at(cast), given((first,), program))
    assert [one[1] for one in kept()] == ["on_site", "distance", "on_site", "distance"]
    with scope.district("maple"):
        assert reads.standing(row, cast.family.number)[first].program == "distance"
        answer = Answer.objects.first()
        answer.program = "on_site"
        for change in (
            answer.save,
            answer.delete,
            Answer.objects.all().delete,
            lambda: Answer.objects.update(program="on_site"),
        ):
            with pytest.raises(TypeError, match="never"):
                change()


def test_a_wish_for_a_cohort_goes_with_school_alone(cast: Cast, client: Client) -> None:
    open_round("maple")
    client.post(at(cast), given(cast.family.pupils[:1], "distance", "A"))
    assert kept()[0][1:3] == ("distance", "")


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({}, "Choose a program for at least one child"),
        ({"program-{pupil}": "boarding"}, "Choose one of the programs that are offered"),
        ({"program-{pupil}": "on_site", "wish-{pupil}": "S"}, "Choose one of the programs"),
    ],
)
def test_what_is_not_offered_is_refused_in_words_and_nothing_is_kept(
    cast: Cast, client: Client, form: dict[str, str], words: str
) -> None:
    open_round("maple")
    sent = {key.format(pupil=cast.family.pupils[0]): value for key, value in form.items()}
    answer = client.post(at(cast), sent, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert kept() == []


def test_nobody_answers_for_another_familys_child(cast: Cast, client: Client) -> None:
    open_round("maple")
    open_round("cedar")
    strangers = cast.foreign.pupils
    assert client.post(at(cast), given(strangers, "distance")).status_code == 422
    assert kept() == kept("cedar") == []


def test_each_districts_families_answer_their_own_round(cast: Cast, client: Client) -> None:
    open_round("maple", date(2020, 9, 1), date(2020, 9, 4))
    open_round("cedar")
    foreign = f"/h/{cast.foreign.token}/choice/"
    assert client.post(foreign, given(cast.foreign.pupils, "distance")).status_code == 302
    assert client.post(at(cast), given(cast.family.pupils, "distance")).status_code == 409
    assert kept() == []
    assert len(kept("cedar")) == len(cast.foreign.pupils)


def test_the_deadline_is_midnight_where_the_district_lies(cast: Cast, client: Client) -> None:
    open_round("maple", date(2020, 9, 1), date(2020, 9, 8))
    zone = ZoneInfo("America/Los_Angeles")
    form = given(cast.family.pupils, "on_site")
    with clock.at(datetime(2020, 9, 8, 23, 59, tzinfo=zone)):
        assert client.post(at(cast), form).status_code == 302
    number = len(kept())
    with clock.at(datetime(2020, 9, 9, 0, 0, tzinfo=zone)):
        late = client.post(at(cast), form, headers={"accept-language": "en"})
        assert late.status_code == 409
        assert "It is too late; nothing was kept" in late.content.decode()
        shown = client.get(at(cast)).content.decode()
        assert 'type="radio"' not in shown
        assert client.get(at(cast, "said/")).status_code == 200
    assert len(kept()) == number


def test_before_it_opens_a_family_is_told_when(cast: Cast, client: Client) -> None:
    open_round("maple", date(2020, 9, 14), date(2020, 9, 18))
    page = client.get(at(cast), headers={"accept-language": "en"}).content.decode()
    assert "You can choose from Monday, September 14, 2020 on." in page
    assert client.post(at(cast), given(cast.family.pupils, "on_site")).status_code == 409


def test_a_round_that_was_taken_back_is_not_seen_and_can_be_put_back(cast: Cast, client: Client) -> None:
    from schooldesk.cohorts.rounds import writes

    row = open_round("maple")
    with scope.district("maple"):
        writes.withdraw(row, "planner")
    assert client.post(at(cast), given(cast.family.pupils, "on_site")).status_code == 409
    with scope.district("maple"):
        writes.put_back(row, "planner")
    assert client.post(at(cast), given(cast.family.pupils, "on_site")).status_code == 302


def test_a_family_reads_all_of_it_in_spanish(cast: Cast, client: Client) -> None:
    open_round("maple")
    client.post(at(cast), given(cast.family.pupils, "on_site", "A"))
    page = client.get(at(cast, "?lang=es")).content.decode()
    assert "Elegir un programa" in page
    assert "lunes y martes (cohorte A)" in page
    said = client.get(at(cast, "said/?lang=es")).content.decode()
    assert "La escuela guardó su elección" in said


def test_a_link_that_was_taken_back_opens_none_of_it(cast: Cast, client: Client) -> None:
    from schooldesk.day.writes import revoke_links

    open_round("maple")
    revoke_links("maple", cast.family.number, "test")
    for rest in ("choice/", "choice/said/", "return/"):
        assert client.get(f"/h/{cast.family.token}/{rest}").status_code == 404
    assert client.post(at(cast), given(cast.family.pupils, "on_site")).status_code == 404


def test_staff_write_a_choice_down_with_who_called_and_all_answers_stand_beside(
    cast: Cast, client_of: Callable[[str], Client]
) -> None:
    from schooldesk.people.models import AccessLog

    open_round("maple")
    principal, address = client_of("principal"), f"/d/maple/households/{cast.family.number}/choice/"
    client_of("stranger").post(at(cast), given(cast.family.pupils, "on_site"))
    nameless = principal.post(address, given(cast.family.pupils, "distance"))
    assert nameless.status_code == 422
    called = given(cast.family.pupils, "distance", by="Ana, the mother")
    assert principal.post(address, called)["Location"] == "?kept"
    assert kept()[-1] == (cast.family.pupils[-1], "distance", "", "Ana, the mother", "principal")
    page = principal.get(address, headers={"accept-language": "en"}).content.decode()
    assert page.count("under the family’s link") == len(cast.family.pupils)
    assert "by telephone: Ana, the mother; written down by principal" in page
    assert [event.who for event in events("choice.made")] == ["principal", "family"]
    with scope.district("maple"):
        look = AccessLog.objects.first()
    assert (look.who, look.household, look.page) == ("principal", cast.family.number, "choice")


def test_a_choice_by_telephone_keeps_to_the_dates_too(cast: Cast, client_of: Callable[[str], Client]) -> None:
    open_round("maple", date(2020, 8, 1), date(2020, 8, 20))
    address = f"/d/maple/households/{cast.family.number}/choice/"
    late = client_of("planner").post(address, given(cast.family.pupils, "distance", by="Ana"))
    assert late.status_code == 409
    assert kept() == []


def test_a_principal_of_other_schools_and_another_district_write_nothing_down(
    cast: Cast, client_of: Callable[[str], Client]
) -> None:
    from schooldesk.people.models import Staff

    open_round("maple")
    Staff.objects.filter(user__username="principal").update(schools=[cast.other_school])
    form = given(cast.family.pupils, "distance", by="Ana")
    address = f"/d/maple/households/{cast.family.number}/choice/"
    assert client_of("principal").post(address, form).status_code == 403
    assert client_of("foreigner").post(address, form).status_code == 404
    strange = address.replace(str(cast.family.number), str(cast.foreign.number))
    assert client_of("planner").post(strange, form).status_code == 404
    assert kept() == []
