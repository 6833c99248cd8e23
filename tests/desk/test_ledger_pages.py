"""Taking a meeting without script, its undo, platforms' files, and what a family reads."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from schoolday.ledger.certify import WORDS
from schooldesk import scope
from schooldesk.people.models import AccessLog
from tests.desk.conftest import Cast
from tests.desk.ledgers import TUESDAY, home_of, post, sent, stored
from tests.desk.words import fields, told

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _midday(settings: Any) -> None:
    settings.NOW = "2020-09-08T12:00"


@pytest.fixture
def at(met: Any) -> str:
    return f"/d/maple/take/{met.source}/{TUESDAY}/?at={met.span.start}"


def test_the_list_names_todays_meetings_and_what_is_open(met: Any, client_of: Sign) -> None:
    client = client_of("teacher")
    before = told(client.get("/d/maple/take/"))
    assert before.count(" open ") >= 2
    post(client, f"/d/maple/take/{met.source}/{TUESDAY}/", *(
        sent(one, first=met.span.start, last=met.span.end, minutes=met.span.minutes) for one in met.pupils
    ))  # fmt: skip
    after = told(client.get("/d/maple/take/"))
    assert after.count(" open ") == before.count(" open ") - 1


def test_who_is_certified_absent_leaves_nothing_open(met: Any, client_of: Sign, cast: Cast) -> None:
    client, take = client_of("teacher"), f"/d/maple/take/{met.source}/{TUESDAY}/"
    away, *others = met.pupils
    post(client, take, *(sent(one, first=met.span.start, last=met.span.end, minutes=met.span.minutes)
                         for one in others))  # fmt: skip
    assert "taken; nothing is recorded of 1 pupil" in told(client.get("/d/maple/take/"))
    post(client, take, sent(away, kind="attendance", code="absent", first=None, last=None, minutes=None))
    assert "taken; nothing is recorded" not in told(client.get("/d/maple/take/"))
    week = told(client.get(f"/d/maple/week/{cast.school}/{cast.teacher}/2020-09-07/"))
    row = week[week.index(name_of(away)) :].split("not verified", 1)[0]
    assert "absent" in row
    assert "planned, not recorded" not in row


def name_of(pupil: str) -> str:
    from schooldesk.roster import reads

    with scope.district("maple"):
        found = reads.pupil(home_of("maple"), pupil)
    assert found is not None
    return found.given


def test_a_principal_chooses_whose_meetings_and_the_look_is_logged(client_of: Sign, cast: Cast) -> None:
    client = client_of("principal")
    assert "Choose whose" in told(client.get("/d/maple/take/"))
    assert "open" in told(client.get(f"/d/maple/take/?teacher={cast.teacher}"))
    with scope.district("maple"):
        assert AccessLog.objects.filter(who="principal", page__startswith="take ").exists()


def test_one_button_takes_everybody_by_the_plan_and_twice_enters_nothing_twice(
    met: Any, at: str, client_of: Sign
) -> None:
    client = client_of("teacher")
    form = fields(client.get(at))
    assert client.post(at, form).status_code == 303
    rows = stored()
    assert sorted(row.pupil for row in rows) == sorted(met.pupils)
    assert {(row.kind, row.first, row.last) for row in rows} == {("joined", met.span.start, met.span.end)}
    client.post(at, form)
    assert len(stored()) == len(rows)
    client.post(at, fields(client.get(at)))
    assert len(stored()) == len(rows), "a page that says what stands enters nothing"


def test_nothing_is_recorded_before_somebody_confirms(at: str, client_of: Sign) -> None:
    client_of("teacher").get(at)
    assert stored() == []


def test_each_pupil_may_be_said_otherwise(met: Any, at: str, client_of: Sign) -> None:
    client = client_of("teacher")
    one, two, three, four = met.pupils[:4]
    form = fields(client.get(at))
    form |= {f"how-{one}": "unseen", f"how-{two}": "failure", f"how-{three}": "part"}
    start = met.span.start + 10
    form |= {
        f"from-{three}": f"{start // 60:02}:{start % 60:02}",
        f"work-{four}": "25",
        f"call-{one}": "no_answer",
    }
    assert client.post(at, form).status_code == 303
    kinds = {(row.pupil, row.kind, row.code) for row in stored()}
    assert {(two, "failure", "dropped"), (one, "contact", "no_answer"), (four, "work", "submitted")} <= kinds
    assert not any(pupil == one and kind != "contact" for pupil, kind, _code in kinds)
    assert next(row for row in stored() if row.pupil == three).first == start
    again = fields(client.get(at))
    assert again[f"how-{one}"] == "unseen", "who was not seen is not proposed as here again"
    assert again[f"how-{three}"] == "part"
    client.post(at, again | {f"how-{two}": "here"})
    old, new = (row for row in stored() if row.pupil == two)
    assert (new.kind, new.corrects) == ("joined", old.entry)


def test_a_wrong_time_is_told_at_its_pupil_and_nothing_is_kept(met: Any, at: str, client_of: Sign) -> None:
    client = client_of("teacher")
    form = fields(client.get(at)) | {f"how-{met.pupils[0]}": "part", f"to-{met.pupils[0]}": "00:10"}
    answer = client.post(at, form)
    assert answer.status_code == 422
    assert "Leaving must be after joining." in told(answer)
    assert stored() == []


def test_the_last_step_is_undone_and_put_back_by_corrections(met: Any, at: str, client_of: Sign) -> None:
    from schoolday.ledger.standing import standing
    from schooldesk.ledger import reads

    client = client_of("teacher")
    client.post(at, fields(client.get(at)))

    def stands() -> int:
        with scope.district("maple"):
            return len(standing(reads.of_activities(reads.zone_of(home_of()), [met.source], TUESDAY)))

    def undo() -> None:
        last = re.findall(r'name="last" value="([^"]+)"', client.get(at).content.decode())[0]
        assert client.post(at, {"do": "undo", "last": last}).status_code == 303

    count = len(met.pupils)
    for wanted in (0, count, 0, count):
        undo()
        assert stands() == wanted
    assert len(stored()) == 5 * count, "everything stays"


def test_all_planned_work_is_judged_with_one_button(at: str, client_of: Sign) -> None:
    client = client_of("teacher")
    page = client.get(at)
    step = fields(page)["step"]
    assert "I judge it worth" in told(page)
    client.post(at, {"do": "all-work", "step": step})
    assert {row.kind for row in stored()} == {"work"}
    assert all(row.minutes for row in stored())


ZOOM = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"


def _file(at: str, client: Client, rows: str, accounts: str, **more: str) -> Any:
    files = {
        "file": SimpleUploadedFile("zoom.csv", (ZOOM + rows).encode()),
        "accounts": SimpleUploadedFile("accounts.csv", f"pupilId,email\n{accounts}".encode()),
    }
    return client.post(at.split("?")[0] + "file/", {"platform": "zoom", **files, **more})


def test_a_platforms_file_is_taken_once(met: Any, at: str, client_of: Sign) -> None:
    row = "A,a@x.org,09/08/2020 09:00:10 AM,09/08/2020 09:30:20 AM,30,No\n"
    accounts = f"{met.pupils[0]},a@x.org\n"
    assert _file(at, client_of("teacher"), row, accounts).status_code == 303
    assert _file(at, client_of("planner"), row, accounts).status_code == 303
    (one,) = stored()
    assert (one.pupil, one.first, one.last, one.origin) == (met.pupils[0], 540, 570, "zoom")


def test_a_platforms_file_with_faults_names_all_of_them_and_keeps_nothing(
    met: Any, at: str, client_of: Sign
) -> None:
    rows = (
        "A,a@x.org,09/08/2020 09:00:10 AM,09/08/2020 09:30:20 AM,30,No\n"
        "B,b@x.org,09/08/2020 09:00:10 AM,09/08/2020 09:30:20 AM,30,No\n"
        "C,a@x.org,yesterday,09/08/2020 09:30:20 AM,30,No\n"
    )
    answer = _file(at, client_of("teacher"), rows, f"{met.pupils[0]},a@x.org\n")
    assert answer.status_code == 422
    said = told(answer)
    assert "zoom.csv:3 [User Email]" in said
    assert "zoom.csv:4 [Join Time]" in said
    assert stored() == []


def test_a_file_of_another_day_is_refused(met: Any, at: str, client_of: Sign) -> None:
    row = "A,a@x.org,09/04/2020 09:00:10 AM,09/04/2020 09:30:20 AM,30,No\n"
    answer = _file(at, client_of("teacher"), row, f"{met.pupils[0]},a@x.org\n")
    assert answer.status_code == 422
    assert stored() == []


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("en", ("joined live", "technical failure; this is no absence")),
        ("es", ("se conectó", "no es una ausencia")),
    ],
)
def test_a_family_reads_its_own_childrens_record_in_words(
    lang: str, words: tuple[str, str], cast: Cast, client_of: Sign, rosters: Any
) -> None:
    home = rosters["maple"]
    child = cast.family.pupils[0]
    section = next(row.section for row in home.enrollments if row.pupil == child)
    other = next(
        row.pupil
        for row in home.enrollments
        if row.section == section and row.pupil not in cast.family.pupils
    )
    client = client_of("planner")
    failed = {"kind": "failure", "code": "dropped", "first": 600, "last": None, "minutes": None}
    at = f"/d/maple/take/{section}/{TUESDAY}/"
    gone = sent(child, first=480, last=500, minutes=20)
    post(client, at, sent(child), sent(child, **failed), sent(other, first=700, last=710, minutes=10), gone)
    post(
        client,
        at,
        sent(
            child, kind="joined", code="withdrawn", first=None, last=None, minutes=None, corrects=gone["id"]
        ),
    )
    said = told(Client().get(f"/h/{cast.family.token}/record/?lang={lang}"))
    assert all(word in said for word in words)
    assert said.count(words[0]) == 1, "neither what was taken back nor another family's"


def test_the_words_of_certification_are_the_cores() -> None:
    from schooldesk.ledger import sentences

    assert sentences.WORDS == WORDS


COUNTED = "Name (Original Name),User Email,Total Duration (Minutes),Guest\n"


def _counted(at: str, client: Client, pupil: str, minutes: int = 12) -> Any:
    files = {
        "file": SimpleUploadedFile("zoom.csv", f"{COUNTED}A,a@x.org,{minutes},No\n".encode()),
        "accounts": SimpleUploadedFile(
            "accounts.csv", f"pupilId,email\n{pupil},a@x.org\nz9,z@x.org\n".encode()
        ),
    }
    where = at if "/file/" in at else at.split("?")[0] + "file/"
    return client.post(where, {"platform": "zoom", **files})


def test_a_platforms_bare_count_of_minutes_is_left_as_it_is_when_the_page_is_kept(
    met: Any, at: str, client_of: Sign
) -> None:
    client, one = client_of("teacher"), met.pupils[0]
    assert _counted(at, client, one).status_code == 303
    form = fields(client.get(at))
    assert form[f"how-{one}"] == "kept"
    client.post(at, form | {f"how-{met.pupils[1]}": "here"})
    assert [(row.pupil, row.minutes) for row in stored()] == [(one, 12), (met.pupils[1], met.span.minutes)]


def test_why_the_call_failed_is_left_as_it_is_when_the_page_is_kept(
    met: Any, at: str, client_of: Sign
) -> None:
    client, one = client_of("teacher"), met.pupils[0]
    start = {"first": met.span.start + 5, "last": None, "minutes": None}
    post(client, at, sent(one, kind="failure", code="no_device", **start))
    client.post(at, fields(client.get(at)))
    assert [row.code for row in stored() if row.pupil == one] == ["no_device"]


def test_a_file_says_what_came_of_it_and_is_undone_in_one_step(met: Any, at: str, client_of: Sign) -> None:
    client = client_of("teacher")
    page = client.get(_counted(at, client, met.pupils[0])["Location"])
    assert "1 entry was recorded." in told(page)
    last = re.findall(r'name="last" value="([^"]+)"', page.content.decode())[0]
    page = client.get(client.post(at, {"do": "undo", "last": last})["Location"])
    assert [row.code for row in stored()] == ["platform", "withdrawn"]
    again = client.get(_counted(at, client, met.pupils[0])["Location"])
    assert "1 stood there already; what was corrected since stays corrected." in told(again)
    assert len(stored()) == 2


def test_what_a_file_only_advises_is_shown_beside_what_was_taken(met: Any, at: str, client_of: Sign) -> None:
    row = "A,a@x.org,09/08/2020 09:00:10 AM,09/08/2020 09:30:20 AM,9,No\n"
    answer = _file(at, client_of("teacher"), row, f"{met.pupils[0]},a@x.org\n")
    assert answer.status_code == 200
    assert "1 entry was recorded." in told(answer)
    assert "zoom.csv:2 [Duration (Minutes)]" in told(answer)
    assert len(stored()) == 1


def test_a_file_of_a_day_without_school_is_refused(met: Any, at: str, client_of: Sign) -> None:
    sunday = at.replace("2020-09-08", "2020-09-06")
    row = "A,a@x.org,09/06/2020 09:00:10 AM,09/06/2020 09:30:20 AM,30,No\n"
    answer = _file(sunday, client_of("teacher"), row, f"{met.pupils[0]},a@x.org\n")
    assert (answer.status_code, stored()) == (422, [])
    assert "no school day" in told(answer)


def test_minutes_too_many_to_be_read_are_told_at_their_field(met: Any, at: str, client_of: Sign) -> None:
    client = client_of("teacher")
    form = fields(client.get(at)) | {f"work-{met.pupils[0]}": "9" * 5000}
    answer = client.post(at, form)
    assert (answer.status_code, stored()) == (422, [])


def test_what_no_database_keeps_is_left_out_of_a_note(met: Any, at: str, client_of: Sign) -> None:
    answer = post(client_of("teacher"), at, sent(met.pupils[0], detail="late\x00 bus\ud800"))
    assert answer.status_code == 200
    assert stored()[0].detail == "late bus?"


def test_a_pupil_whom_two_took_at_once_is_seen_by_neither_once_set_to_not_seen(
    met: Any, at: str, client_of: Sign
) -> None:
    client, one = client_of("teacher"), met.pupils[0]
    span = {"first": met.span.start, "last": met.span.end, "minutes": met.span.minutes}
    post(client, at, sent(one, **span))
    post(client_of("principal"), at, sent(one, **span))
    page = client.get(at)
    client.post(at, fields(page) | {f"how-{one}": "unseen"})
    assert [row.code for row in stored()] == ["video", "video", "withdrawn", "withdrawn"]
    assert fields(client.get(at))[f"how-{met.pupils[1]}"] == "here"


def test_a_file_leads_back_to_the_meeting_from_which_it_was_brought(
    met: Any, at: str, client_of: Sign
) -> None:
    client = client_of("teacher")
    answer = _counted(at.replace("/?at", "/file/?at"), client, met.pupils[0])
    assert f"?at={met.span.start}&" in answer["Location"]
