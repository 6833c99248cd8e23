"""A provider’s services at the desk: recorded in seconds, corrected, undone, made up; two districts."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.test import Client

from schooldesk import scope
from schooldesk.people.models import Event
from tests.desk.care import (
    ALL,
    AT,
    COUNSELOR,
    GROUP,
    HELD,
    PASSWORD,
    entries,
    once,
    standing,
    the_one,
    told,
)
from tests.desk.conftest import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday", "carers")]
Sign = Callable[[str], Client]


def test_a_planned_group_is_recorded_with_one_press(provider: Client) -> None:
    page = provider.get(AT)
    said = told(page)
    assert "To record" in said
    # Monday was a holiday, and one of the week's two meetings; both pupils are recorded at once.
    assert page.content.decode().count(">Record it<") == 1
    body = page.content.decode()
    form = body[body.index('aria-label="Speech') :]
    form = form[: form.index("</form>")]
    sent = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', form)) | ALL | {"do": "record"}
    sent.pop("csrfmiddlewaretoken", None)
    assert provider.post(AT, sent).status_code == 303
    assert {(row.pupil, row.activity, row.code, row.minutes) for row in standing()} == {
        (pupil, service, "delivered", 30) for pupil, service in GROUP.items()
    }
    after = told(provider.get(AT))
    assert provider.get(AT).content.decode().count(">Record it<") == 0
    assert "given, 30 min" in after
    with scope.district("maple"):
        assert Event.objects.filter(what="ledger.entered", who="provider").count() == 1


def test_the_week_tells_owed_scheduled_provided_explained_and_unaccounted(provider: Client) -> None:
    provider.post(AT, HELD | ALL | {f"o-{GROUP['maple-p26']}": "pupil_absent"})
    said = told(provider.get(AT))
    # Owed twice 30 in the short week too; one meeting has a place in it; one was given.
    assert "Owed 60 min Scheduled 30 min Provided 30 min Explained 0 min Unaccounted 30 min" in said
    assert "Owed 60 min Scheduled 30 min Provided 0 min" in said
    assert "the pupil was absent" in said


def test_sending_a_form_twice_records_once_and_another_of_the_same_meeting_is_refused(
    provider: Client,
) -> None:
    assert [provider.post(AT, HELD | ALL).status_code for _ in range(2)] == [303, 303]
    assert len(entries(kind="service")) == 2
    answer = provider.post(AT, HELD | ALL | {"once": "form-0002"})
    assert answer.status_code == 422
    assert "This meeting is recorded already" in told(answer)
    answer = provider.post(AT, HELD | ALL | {"minutes": "20"})
    assert answer.status_code in (303, 422)
    assert len(entries(kind="service")) == 2


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"activity": "maple-g0002"}, "Nobody is served by you under this name on that date."),
        ({"activity": "cedar-v00001"}, "Nobody is served by you under this name on that date."),
        ({"day": "2020-09-12"}, "Write a date from 2020-09-01 to 2020-09-11."),
        ({"day": "soon"}, "Write a date, such as 2026-09-09."),
        ({"minutes": "0"}, "Write the minutes, from 1 to 480."),
        ({"minutes": "²"}, "Write the minutes, from 1 to 480."),
        ({"start": "25:00"}, "Write a time such as 17:20, or leave it blank."),
        ({"start": "23:50"}, "It would end after midnight"),
        ({"once": ""}, "The form was sent without its name"),
        ({"o-maple-v00001": "bored"}, "Choose one of the list."),
        ({"o-maple-v00001": "", "o-maple-v00002": ""}, "Say of at least one pupil how it went."),
        ({"o-maple-v00001": "other"}, "Say in a few words why."),
    ],
)
def test_what_will_not_do_is_said_and_nothing_is_stored(
    provider: Client, change: dict[str, str], said: str
) -> None:
    answer = provider.post(AT, HELD | ALL | change)
    assert answer.status_code == 422
    assert said in told(answer)
    assert entries(kind="service") == []


def test_an_entry_is_corrected_undone_and_put_back_by_entries_of_its_own(provider: Client) -> None:
    provider.post(AT, HELD | ALL)
    first = the_one(pupil="maple-p01")
    change = {
        "do": "correct",
        "entry": first.entry,
        "outcome": "delivered",
        "minutes": "25",
        "once": "form-0003",
    }
    assert provider.post(AT, change).status_code == 303
    second = the_one(pupil="maple-p01")
    assert (second.minutes, second.corrects, second.last - second.first) == (25, first.entry, 25)
    assert provider.post(AT, {"do": "undo", "entry": second.entry, "once": "form-0004"}).status_code == 303
    assert [row.pupil for row in standing()] == ["maple-p26"]
    gone = entries(kind="service", code="withdrawn")[0]
    assert "Put back" in told(provider.get(AT))
    assert provider.post(AT, {"do": "back", "entry": gone.entry, "once": "form-0005"}).status_code == 303
    assert the_one(pupil="maple-p01").minutes == 25
    assert len(entries(kind="service")) == 5  # nothing was changed or removed
    with scope.district("maple"), pytest.raises(TypeError):
        entries(kind="service")[0].delete()


def test_a_make_up_names_what_it_makes_up(provider: Client) -> None:
    provider.post(AT, HELD | {f"o-{service}": "technical" for service in GROUP.values()})
    missed = the_one(pupil="maple-p01")
    assert "To make up 30 min" in told(provider.get(AT))
    sent = {
        "do": "make_up",
        "missed": missed.entry,
        "day": "2020-09-11",
        "start": "",
        "minutes": "30",
        "once": "form-06",
    }
    assert provider.post(AT, sent | {"once": "form-0006"}).status_code == 303
    made = the_one(code="make_up")
    assert made.detail == f"for {missed.entry}"
    page = told(provider.get(AT))
    assert "made up, 30 min" in page
    wrong = provider.post(AT, sent | {"once": "form-0007", "missed": made.entry})
    assert "Choose a meeting that was not held." in told(wrong)


def test_weeks_before_the_year_and_after_today_are_not_shown(provider: Client) -> None:
    monday = date(2020, 9, 7)
    assert "September 7, 2020" in told(provider.get(f"{AT}?week=2031-01-01"))
    assert "August 31, 2020" in told(provider.get(f"{AT}?week=1999-01-01"))
    assert "The week after" in told(provider.get(f"{AT}?week={monday - timedelta(days=7)}"))
    assert COUNSELOR not in told(provider.get(f"{AT}?week=x"))
    assert once(provider.get(AT)) != once(provider.get(AT))


# Who has what


@pytest.mark.parametrize("role", ["clerk", "cases", "principal"])
def test_whoever_looks_after_schools_needs_one(role: str) -> None:
    from schoolday.ground.errors import SchooldayError
    from schooldesk.people.writes import add_staff

    with pytest.raises(SchooldayError, match="sees their schools: name each with --school ID"):
        add_staff("maple", "nobody", PASSWORD, role)


def test_a_provider_has_nothing_of_another_providers(provider: Client, client_of: Sign) -> None:
    provider.post(AT, HELD | ALL)
    entry = the_one(pupil="maple-p01").entry
    other = client_of("counselor")
    assert "maple-g0001" not in other.get(AT).content.decode()
    for do in ("undo", "correct", "back"):
        answer = other.post(
            AT, {"do": do, "entry": entry, "outcome": "delivered", "minutes": "5", "once": "form-0012"}
        )
        assert answer.status_code == 422
    assert len(entries(kind="service")) == 2
    assert entry not in other.get(f"{AT}record.csv").content.decode()


def test_another_districts_services_are_not_there(client_of: Sign) -> None:
    provider = client_of("provider")
    provider.post(AT, HELD | ALL)
    for name in ("foreign-provider", "foreign-clerk", "foreigner"):
        assert client_of(name).get(AT).status_code == 404
        assert client_of(name).post(AT, HELD | ALL).status_code == 404
    foreign = client_of("foreign-provider")
    there = foreign.get("/d/cedar/services/")
    assert there.status_code == 200
    assert "maple" not in told(there)
    of_school = client_of("foreigner").get("/d/cedar/services/schools/?school=cedar-elementary")
    assert "Services of a school" in told(of_school)
    assert "maple" not in told(of_school)
    assert entries("cedar") == []


def test_clerks_and_strangers_are_refused_and_others_are_led_to_the_schools(client_of: Sign) -> None:
    assert client_of("clerk").get(AT).status_code == 403
    assert client_of("stranger").get(AT).status_code == 302
    answer = client_of("planner").get(AT)
    assert (answer.status_code, answer["Location"]) == (302, f"{AT}schools/")
    assert "names no service of yours" in told(client_of("colleague").get(AT))


def test_a_provider_takes_their_record_as_csv(provider: Client) -> None:
    provider.post(AT, HELD | ALL)
    answer = provider.get(f"{AT}record.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert {(row["pupilId"], row["outcome"], row["minutes"], row["start"]) for row in rows} == {
        (pupil, "delivered", "30", "09:00") for pupil in GROUP
    }


# Families


def test_a_family_reads_what_was_promised_and_given(provider: Client, cast: Cast, client_of: Sign) -> None:
    from schooldesk.day.writes import give_link
    from schooldesk.roster import reads

    with scope.district("maple"):
        home = reads.district("maple")
        assert home is not None
        token = give_link("maple", reads.numbers(home)["maple-h01"], "test")
    provider.post(AT, HELD | ALL)
    provider.post(
        AT, HELD | {f"o-{GROUP['maple-p01']}": "provider_absent", "day": "2020-09-10", "once": "form-0021"}
    )
    said = told(Client().get(f"/h/{token}/services/?lang=en"))
    assert "Promised: 30 minutes, 2 times a week, in a group." in said
    assert "Given: 30 minutes." in said
    assert "Not given and not made up: 30 minutes." in said
    assert "It may have been given." in said
    spanish = told(Client().get(f"/h/{token}/services/?lang=es"))
    assert "Prometido: 30 minutos, 2 veces por semana, en grupo." in spanish
    assert "No se dio y no se ha repuesto: 30 minutos." in spanish
    assert "maple-p26" not in spanish
    foreign = told(Client().get(f"/h/{cast.foreign.token}/services/?lang=en"))
    assert "30 minutes." not in foreign
    assert Client().get("/h/nobody/services/").status_code == 404
