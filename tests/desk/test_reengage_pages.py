"""Re-engagement at the desk: the work list, deeds, the notice home, and words that change nothing."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from schooldesk import scope
from schooldesk.ledger.reengage import reads
from schooldesk.people.models import AccessLog, Event
from tests.desk.care import ABSENT_WEEK, certify, entries, people, told, written_plan
from tests.desk.conftest import Cast

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]
AT = "/d/maple/reengage/"
AWAY = "maple-p01"
PUPIL = f"{AT}pupils/{AWAY}/"
LATER = "2020-09-15T10:00"
DEED = {"do": "deed", "day": "2020-09-15", "note": ""}
STEPS = ("contacts_verified", "reached", "back_in_class", "truancy_told")


@pytest.fixture(autouse=True)
def _autumn(settings: Any, db: None) -> None:
    settings.NOW = LATER
    reads.forget()
    people()
    for name in ("maple", "cedar"):
        written_plan(name)


@pytest.fixture
def clerk(client_of: Sign) -> Client:
    certify(AWAY, ABSENT_WEEK)
    return client_of("clerk")


def deed(client: Client, code: str, once: str, **more: str) -> Any:
    return client.post(PUPIL, DEED | {"code": code, "once": once} | more)


def send_notice(client: Client, once: str = "notice-0001", language: str = "es") -> Any:
    about = [f"2020-09-{day:02d}" for day in ABSENT_WEEK]
    sent = {"do": "sent", "about": about, "language": language, "day": "2020-09-15", "once": once}
    return client.post(f"{PUPIL}notice/", sent)


def cases(client: Client) -> str:
    said = told(client.get(PUPIL))
    return said[said.index("Cases") : said.index("Take down what was done")]


# The list


def test_the_list_says_what_is_to_do_by_tier_owner_and_date(clerk: Client) -> None:
    said = told(clerk.get(AT))
    assert "2 cases are open" in said  # of distance learning, and of truancy
    assert "In open cases 8 days of absence count, 0 of them excused now." in said
    for row in (
        "What Check how the family can be reached Due Fri, Sep 11, late Tier 1 Owner attendance-clerk",
        "What Reach out to the family Due Tue, Sep 15 Tier 2 Owner counselor",
        "What Go back to class in person, where feasible Due Thu, Sep 24 Tier 3 Owner principal",
        "What Send the notice home (Tue, Sep 8)",
    ):
        assert row in said
    some = told(clerk.get(f"{AT}?tier=2"))
    assert "1 thing to do" in some
    assert "2 things to do" not in told(clerk.get(f"{AT}?owner=counselor"))


def test_the_list_comes_as_csv(clerk: Client) -> None:
    rows = list(csv.DictReader(io.StringIO(clerk.get(f"{AT}list.csv").content.decode())))
    assert {row["what"] for row in rows} >= {"verify_contacts", "outreach", "return_in_person", "notice"}
    assert {row["pupilId"] for row in rows} == {AWAY}


def test_excused_absences_count_and_are_told_apart(client_of: Sign) -> None:
    certify(AWAY, (8, 9))
    certify(AWAY, (10, 11), "excused")
    assert "In open cases 4 days of absence count, 2 of them excused now." in told(client_of("clerk").get(AT))


def test_a_day_that_nobody_certified_is_no_absence(client_of: Sign) -> None:
    said = told(client_of("clerk").get(AT))
    assert "Nothing is to do." in said
    assert "are certified by nobody; they are no absences." in said


# Deeds close a case, and nothing else does


def test_each_step_is_done_by_a_deed_of_its_own_and_the_last_closes_the_case(clerk: Client) -> None:
    for place, code in enumerate(STEPS):
        assert ": open" in cases(clerk)
        assert deed(clerk, code, f"deed-000{place}").status_code == 303
    assert send_notice(clerk).status_code == 303
    said = cases(clerk)
    assert "closed on September 15, 2020: every step is done" in said
    assert "Nothing is to do." in told(clerk.get(AT))
    with scope.district("maple"):
        assert Event.objects.filter(what="ledger.entered", who="clerk").count() == 5


def test_a_try_is_kept_and_does_no_step(clerk: Client) -> None:
    deed(clerk, "tried", "deed-0001")
    assert "tried 1 time" in told(clerk.get(AT))
    assert "Nobody answered" in cases(clerk)
    assert "Reach out to the family · tier 2 · counselor · due by September 15, 2020" in cases(clerk)


def test_a_deed_taken_back_opens_the_case_again(clerk: Client) -> None:
    for place, code in enumerate(STEPS):
        deed(clerk, code, f"deed-000{place}")
    send_notice(clerk)
    assert clerk.post(PUPIL, {"do": "undo", "entry": "deed-0001"}).status_code == 303
    assert ": open" in cases(clerk)
    assert clerk.post(PUPIL, {"do": "undo", "entry": "deed-0001"}).status_code == 303  # twice is once
    assert len(entries(kind="contact")) == 6
    assert clerk.post(PUPIL, {"do": "undo", "entry": "nothing"}).status_code == 404


def test_no_relabelling_empties_the_list(clerk: Client) -> None:
    for day in ABSENT_WEEK:
        for turn, code in enumerate(("excused", "present")):
            sent = {"do": "day", "day": f"2020-09-{day:02d}", "code": code, "note": "a mistake"}
            assert clerk.post(PUPIL, sent | {"once": f"day-{day}-{turn}-000"}).status_code == 303
    assert "2 cases are open" in told(clerk.get(AT))
    rows = csv.DictReader(io.StringIO(clerk.get(f"{AT}list.csv").content.decode()))
    assert {row["what"] for row in rows} >= {"verify_contacts", "outreach", "return_in_person", "notice"}
    said = cases(clerk)
    assert "Days that count were given another code 8 times after the case was opened." in said
    assert "clerk , Tue, Sep 8" in said
    assert "A notice is owed for 4 absences" in told(clerk.get(PUPIL))


def test_a_withdrawn_sheet_of_attendance_empties_no_list(client_of: Sign) -> None:
    planner = client_of("planner")
    rows = [
        f"a{day},{AWAY},2020-09-{day:02d},absent,teacher,2020-09-{day:02d}T15:00:00-07:00,,"
        for day in ABSENT_WEEK
    ]
    text = "\n".join(("entryId,pupilId,date,code,by,at,corrects,note", *rows, ""))
    file = SimpleUploadedFile("attendance.csv", text.encode())
    sent = {"do": "send", "name": "attendance.csv", "file": file}
    assert planner.post("/d/maple/sheets/", sent).status_code == 303
    assert "2 cases are open" in told(planner.get(f"{AT}?school=maple-elementary"))
    page = planner.get("/d/maple/sheets/").content.decode()
    step = page[page.index('name="step" value="') + 19 :].partition('"')[0]
    assert planner.post("/d/maple/sheets/", {"do": "undo", "step": step}).status_code == 303
    assert len(entries(kind="attendance", code="withdrawn")) == 4
    assert "2 cases are open" in told(planner.get(f"{AT}?school=maple-elementary"))
    file = SimpleUploadedFile("attendance.csv", text.encode())
    planner.post("/d/maple/sheets/", sent | {"file": file})
    assert len(entries(kind="attendance")) == 8  # the same file again enters nothing


def test_another_word_that_claims_an_earlier_moment_empties_no_list(clerk: Client, client_of: Sign) -> None:
    """A sheet may say that a day was put right on the day itself; the desk knows when it came."""
    planner = client_of("planner")
    rows = [
        f"b{day},{AWAY},2020-09-{day:02d},present,teacher,2020-09-{day:02d}T15:30:00-07:00,,"
        for day in ABSENT_WEEK
    ]
    text = "\n".join(("entryId,pupilId,date,code,by,at,corrects,note", *rows, ""))
    file = SimpleUploadedFile("attendance.csv", text.encode())
    sent = {"do": "send", "name": "attendance.csv", "file": file}
    assert planner.post("/d/maple/sheets/", sent).status_code == 303
    assert len(entries(kind="attendance", code="present")) == 4
    assert "2 cases are open" in told(clerk.get(AT))
    assert "given another code 4 times" in cases(clerk)


def test_leaving_the_roster_takes_nobody_off_the_list(clerk: Client, client_of: Sign) -> None:
    """Who was taken out of the roster, or put together with another pupil, was no longer reached out to."""
    from schooldesk.day import request
    from schooldesk.roster.models import Pupil

    before = len(list(csv.DictReader(io.StringIO(clerk.get(f"{AT}list.csv").content.decode()))))
    with scope.district("maple"):
        Pupil.objects.filter(sourced=AWAY).delete()
    reads.forget()
    request.forget()
    said = told(clerk.get(AT))
    assert "2 cases are open" in said
    assert f"{AWAY} no longer on the roster" in said
    assert len(list(csv.DictReader(io.StringIO(clerk.get(f"{AT}list.csv").content.decode())))) == before
    assert "Leaving the roster closes no case" in told(clerk.get(PUPIL))
    assert deed(clerk, "reached", "deed-0001").status_code == 303
    assert "done on September 15, 2020" in told(clerk.get(PUPIL))
    assert clerk.get(f"{PUPIL}notice/").status_code == 200
    assert client_of("far-clerk").get(PUPIL).status_code == 403
    assert client_of("foreign-clerk").get(PUPIL).status_code == 404


def test_entries_are_added_and_never_changed(clerk: Client) -> None:
    deed(clerk, "reached", "deed-0001")
    (row,) = entries(kind="contact")
    with scope.district("maple"):
        for change in (row.save, row.delete):
            with pytest.raises(TypeError):
                change()
    assert deed(clerk, "reached", "deed-0001").status_code == 303
    assert len(entries(kind="contact")) == 1
    deed(clerk, "tried", "deed-0001")
    assert [one.code for one in entries(kind="contact")] == ["reached"]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"code": "hoped"}, "Choose one of the list."),
        ({"code": "notice_sent"}, "Choose one of the list."),
        ({"day": "2020-09-16"}, "Write a date from 2020-09-01 to 2020-09-15."),
        ({"code": "return_not_feasible"}, "Say in a few words why."),
        ({"once": "x"}, "The form was sent without its name"),
    ],
)
def test_what_will_not_do_is_said(clerk: Client, change: dict[str, str], said: str) -> None:
    answer = clerk.post(PUPIL, DEED | {"code": "reached", "once": "deed-0001"} | change)
    assert answer.status_code == 422
    assert said in told(answer)
    assert entries(kind="contact") == []


def test_a_day_that_has_a_word_already_needs_a_reason_for_another(clerk: Client) -> None:
    sent = {"do": "day", "day": "2020-09-08", "code": "present", "note": "", "once": "day-0001"}
    assert "Say in a few words why." in told(clerk.post(PUPIL, sent))
    assert clerk.post(PUPIL, sent | {"day": "2020-09-14", "code": "absent"}).status_code == 303
    (row,) = entries(kind="attendance", day="2020-09-14")
    assert (row.code, row.corrects, row.who) == ("absent", "", "clerk")


# The notice home


def test_the_notice_is_in_the_homes_language_and_marked_sent(clerk: Client) -> None:
    page = clerk.get(f"{PUPIL}notice/")
    said = told(page)
    assert "Estimada familia de" in said  # this home speaks Spanish
    assert "8 de septiembre de 2020" in said
    assert "Dear family" not in said
    assert '<article class="rule" lang="es">' in page.content.decode()
    assert send_notice(clerk).status_code == 303
    (row,) = entries(kind="contact", code="notice_sent")
    assert row.detail == "es 2020-09-08 2020-09-09 2020-09-10 2020-09-11"
    assert "No notice is owed to this home." in told(clerk.get(f"{PUPIL}notice/"))


def test_a_notice_in_another_language_stays_on_the_list(clerk: Client) -> None:
    send_notice(clerk, language="en")
    said = told(clerk.get(f"{PUPIL}notice/"))
    assert "was sent in another language" in said
    assert "Send the notice home" in told(clerk.get(AT))


def test_a_home_whose_language_has_no_text_is_told_so(client_of: Sign) -> None:
    certify("maple-p09", ABSENT_WEEK)  # Hmong
    planner = client_of("planner")
    said = told(planner.get(f"{AT}pupils/maple-p09/notice/"))
    assert "No text is written in the home’s language." in said
    assert "Dear family" in said
    assert "Estimada familia" in said


def test_a_notice_without_dates_or_in_no_language_is_refused(clerk: Client) -> None:
    at = f"{PUPIL}notice/"
    sent = {
        "do": "sent",
        "language": "es",
        "day": "2020-09-15",
        "once": "notice-0001",
        "about": ["2020-09-08"],
    }
    assert "Choose the dates" in told(clerk.post(at, sent | {"about": []}))
    assert clerk.post(at, sent | {"language": "xx"}).status_code == 422
    assert clerk.post(at, sent | {"day": "2020-09-01"}).status_code == 422
    assert entries(kind="contact") == []


def test_a_family_sees_the_notice_under_its_link(clerk: Client, cast: Cast) -> None:
    from schooldesk.day.writes import give_link
    from schooldesk.roster import reads as roster

    with scope.district("maple"):
        home = roster.district("maple")
        assert home is not None
        token = give_link("maple", roster.numbers(home)["maple-h01"], "test")
    at = f"/h/{token}/notices/"
    assert "has sent you no notice" in told(Client().get(f"{at}?lang=en"))
    send_notice(clerk)
    spanish = told(Client().get(f"{at}?lang=es"))
    assert "Lo que la escuela le comunicó sobre ausencias" in spanish
    assert "Estimada familia de" in spanish
    assert "Dear family of" in told(Client().get(f"{at}?lang=en"))
    assert "Estimada" not in told(Client().get(f"/h/{cast.foreign.token}/notices/?lang=es"))
    assert "Estimada" not in told(Client().get(f"/h/{cast.family.token}/notices/?lang=es"))
    clerk.post(PUPIL, {"do": "undo", "entry": "notice-0001"})
    assert "has sent you no notice" in told(Client().get(f"{at}?lang=en"))


# Who may see what


def test_reads_of_a_pupil_are_logged(clerk: Client) -> None:
    clerk.get(PUPIL)
    clerk.get(f"{PUPIL}notice/")
    clerk.get(AT)
    with scope.district("maple"):
        pages = list(AccessLog.objects.filter(who="clerk").values_list("page", flat=True))
    assert sorted(pages) == sorted([f"reengage {AWAY}", f"notice {AWAY}", "reengage maple-elementary"])


def test_a_clerk_of_another_school_is_refused_and_another_district_finds_nothing(
    clerk: Client, client_of: Sign
) -> None:
    for path in (PUPIL, f"{PUPIL}notice/"):
        assert client_of("far-clerk").get(path).status_code == 403
        assert (
            client_of("far-clerk").post(path, DEED | {"code": "reached", "once": "deed-0009"}).status_code
            == 403
        )
        for name in ("foreign-clerk", "foreigner"):
            assert client_of(name).get(path).status_code == 404
        for name in ("teacher", "provider", "cases", "union"):
            assert client_of(name).get(path).status_code == 403
    assert client_of("far-clerk").get(f"{AT}?school=maple-elementary").status_code == 403
    assert client_of("foreign-clerk").get(f"/d/cedar/reengage/pupils/{AWAY}/").status_code == 404
    assert "Nothing is to do." in told(client_of("foreign-clerk").get("/d/cedar/reengage/"))
    assert entries(kind="contact") == []


def test_counts_by_school_name_no_pupil(clerk: Client, client_of: Sign) -> None:
    said = told(client_of("planner").get(f"{AT}schools/"))
    assert "Open 2 Late 6" in said
    assert "maple-p01" not in client_of("planner").get(f"{AT}schools/").content.decode()
    assert told(clerk.get(f"{AT}schools/")).count("Open ") == 2  # the head and one school


def test_the_desk_leads_a_clerk_there(clerk: Client) -> None:
    said = told(clerk.get("/desk/"))
    assert "Attendance clerk" in said
    assert "Absences: who is to be reached" in said
