"""After an emergency at the desk: start, work list, tries, offers, files of many, undo."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from schooldesk import scope
from schooldesk.emergency import models
from schooldesk.people.models import AccessLog, Event
from tests.desk.conftest import Cast
from tests.desk.emergencies import NOW, flood, later

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]
AT = "/d/maple/emergencies/"
START = {"cause": "flood", "began": "2026-09-04", "source": "Board minutes", "name": "flood", "closed": ""}
TRY = {"do": "contact", "of": "contact", "at": "2026-09-05", "at-time": "", "how": "phone", "by": "Kim"}
HEAD = "pupilId,at,how,by,answered,note\n"


@pytest.fixture(autouse=True)
def _autumn(settings: Any, db: None) -> None:
    settings.NOW = NOW
    later()


@pytest.fixture
def row() -> models.Emergency:
    return flood()


def told(answer: Any) -> str:
    """Return the words of a page without its marks."""
    page = answer.content.decode()
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page))).replace("\xa0", " ")


def count(model: Any, district: str = "maple") -> int:
    with scope.district(district):
        return int(model.objects.count())


def pupils(cast: Cast, school: str = "") -> list[str]:
    from schooldesk.roster import reads

    with scope.district("maple"):
        home = reads.district("maple")
        assert home is not None
        return list(reads.pupils(home, [school] if school else None))


def send(client: Client, row: models.Emergency, text: str, kind: str = "contacts") -> Any:
    file = SimpleUploadedFile("calls.csv", text.encode())
    return client.post(f"{AT}{row.pk}/many/", {"do": "file", "kind": kind, "file": file})


# Start and end


def test_a_planner_starts_the_clocks_and_sees_both_for_every_pupil(client_of: Sign) -> None:
    planner = client_of("planner")
    answer = planner.post(AT, START)
    assert answer.status_code == 303
    said = told(planner.get(answer["Location"]))
    assert "Last date in time: Wednesday, September 9, 2026. still due: 60" in said
    assert "Last date in time: Monday, September 21, 2026." in said  # ten instructional days
    assert said.count("due today") == 60
    assert "by Mon, Sep 21: 8 instructional days left" in said
    with scope.district("maple"):
        event = Event.objects.first()
    assert (event.who, event.what) == ("planner", "emergency.started")
    assert "flood" in told(planner.get(AT))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"cause": "boredom"}, "Choose one of the list."),
        ({"began": "yesterday"}, "Write a date, such as 2026-09-09."),
        ({"began": "2026-09-10"}, "Write a date from 1900-01-01 to 2026-09-09."),
        ({"began": "2020-09-04"}, "No clock of the rules begins on this date"),
        ({"began": "2026-09-09", "began-time": "12:01"}, "That time has not come yet."),
        ({"closed": "soon"}, "Write a date, such as 2026-09-09."),
        ({"source": " "}, "Fill this in."),
        ({"school": "nowhere"}, "Choose among the schools of the list."),
    ],
)
def test_what_will_not_do_is_said_beside_its_field_and_nothing_is_stored(
    client_of: Sign, change: dict[str, str], said: str
) -> None:
    answer = client_of("planner").post(AT, START | change)
    assert answer.status_code == 422
    assert said in told(answer)
    assert 'aria-invalid="true"' in answer.content.decode() or "school" in change
    assert count(models.Emergency) == 0


def test_two_emergencies_of_one_name_are_told_apart(client_of: Sign) -> None:
    planner = client_of("planner")
    planner.post(AT, START)
    assert "An emergency of this name is there already" in told(planner.post(AT, START))


def test_a_principal_starts_one_for_their_own_schools_alone(client_of: Sign, cast: Cast) -> None:
    principal = client_of("principal")
    assert principal.post(AT, START).status_code == 422
    assert principal.post(AT, START | {"school": cast.other_school}).status_code == 422
    answer = principal.post(AT, START | {"school": cast.school})
    assert answer.status_code == 303
    assert count(models.Emergency) == 1


def test_a_principal_sees_their_own_schools_pupils_of_an_emergency_of_all(
    client_of: Sign, cast: Cast, row: models.Emergency
) -> None:
    said = client_of("principal").get(f"{AT}{row.pk}/").content.decode()
    mine, others = pupils(cast, cast.school), pupils(cast, cast.other_school)
    assert all(f"/pupils/{one}/" in said for one in mine)
    assert not any(f"/pupils/{one}/" in said for one in others)
    assert client_of("principal").get(f"{AT}{row.pk}/pupils/{others[0]}/").status_code == 403
    other = flood(schools=(cast.other_school,))
    assert client_of("principal").get(f"{AT}{other.pk}/").status_code == 403
    assert f'href="{other.pk}/"' not in client_of("principal").get(AT).content.decode()
    assert client_of("planner").get(f"{AT}{other.pk}/pupils/{mine[0]}/").status_code == 404


def test_a_closed_record_takes_nothing_and_is_opened_again(
    client_of: Sign, cast: Cast, row: models.Emergency
) -> None:
    planner, at = client_of("planner"), f"{AT}{row.pk}/"
    assert client_of("principal").post(at, {"do": "over"}).status_code == 403
    planner.post(at, {"do": "over"})
    refused = planner.post(f"{at}pupils/{cast.family.pupils[0]}/", TRY | {"answered": "yes"})
    assert refused.status_code == 422
    assert "record is closed" in told(refused)
    assert (
        send(planner, row, HEAD + f"{cast.family.pupils[0]},2026-09-05,phone,Kim,yes,\n").status_code == 422
    )
    assert count(models.Contact) == 0
    planner.post(at, {"do": "open"})
    assert planner.post(f"{at}pupils/{cast.family.pupils[0]}/", TRY | {"answered": "yes"}).status_code == 303


def test_nothing_of_another_district_is_there(client_of: Sign, cast: Cast, row: models.Emergency) -> None:
    foreign = flood("cedar")
    for who, number in (("foreigner", row.pk), ("planner", foreign.pk)):
        client = client_of(who)
        home = "cedar" if who == "foreigner" else "maple"
        for path in ("", "many/", "evidence/", "evidence.zip"):
            assert client.get(f"/d/{home}/emergencies/{number}/{path}").status_code == 404, path
    own = f"/d/cedar/emergencies/{foreign.pk}/"
    assert client_of("foreigner").get(f"{own}pupils/{cast.family.pupils[0]}/").status_code == 404
    assert client_of("foreigner").get(f"{own}pupils/{cast.foreign.pupils[0]}/").status_code == 200
    file = SimpleUploadedFile("x.csv", (HEAD + f"{cast.family.pupils[0]},2026-09-05,phone,K,yes,\n").encode())
    answer = client_of("foreigner").post(f"{own}many/", {"do": "file", "kind": "contacts", "file": file})
    assert "names" in told(answer)
    assert count(models.Contact) == count(models.Contact, "cedar") == 0


# One pupil


def test_a_try_counts_once_it_is_answered_and_is_undone_and_put_back(
    client_of: Sign, cast: Cast, row: models.Emergency
) -> None:
    planner, at = client_of("planner"), f"{AT}{row.pk}/pupils/{cast.family.pupils[0]}/"
    planner.post(at, TRY | {"answered": "no"})
    assert "due today; tried once" in told(planner.get(at))
    planner.post(
        at, TRY | {"answered": "yes", "at": "2026-09-09", "at-time": "11:20", "note": "needs a hotspot"}
    )
    said = told(planner.get(at))
    assert "Family reached : September 9, 2026, 11:20 AM, by phone, Kim : in time" in said
    assert "needs a hotspot" in said
    with scope.district("maple"):
        last = models.Contact.objects.order_by("-pk").first()
    planner.post(at, {"do": "undo", "of": "contact", "row": last.pk})
    said = told(planner.get(at))
    assert "Family reached : due today; tried once" in said
    assert "needs a hotspot undone" in said
    planner.post(at, {"do": "restore", "of": "contact", "row": last.pk})
    assert "11:20 AM, by phone, Kim : in time" in told(planner.get(at))
    assert count(models.Contact) == 2
    with scope.district("maple"):
        done = list(Event.objects.values_list("what", flat=True)[:4])
    assert done == [
        "emergency.contact.restored", "emergency.contact.undone", "emergency.contact", "emergency.contact",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"at": "2026-09-03"}, "Write a date from 2026-09-04 to 2026-09-09."),
        ({"at": "2026-09-10"}, "Write a date from 2026-09-04 to 2026-09-09."),
        ({"at": "2026-09-09", "at-time": "13:00"}, "That time has not come yet."),
        ({"at-time": "25:00"}, "Write a time such as 17:20"),
        ({"how": "pigeon"}, "Choose one of the list."),
        ({"answered": ""}, "Choose one of the list."),
        ({"by": ""}, "Fill this in."),
        ({"by": "x" * 201}, "Write at most 200 letters."),
    ],
)
def test_a_try_that_will_not_do_is_refused_in_words(
    client_of: Sign, cast: Cast, row: models.Emergency, change: dict[str, str], said: str
) -> None:
    at = f"{AT}{row.pk}/pupils/{cast.family.pupils[0]}/"
    answer = client_of("planner").post(at, TRY | {"answered": "yes"} | change)
    assert (answer.status_code, said in told(answer)) == (422, True)
    assert count(models.Contact) == 0


def test_an_offer_may_begin_later_and_counts_from_its_day(
    client_of: Sign, cast: Cast, row: models.Emergency
) -> None:
    planner, at = client_of("planner"), f"{AT}{row.pk}/pupils/{cast.family.pupils[0]}/"
    form = {"do": "offer", "of": "offer", "day": "2026-09-09", "way": "distance", "by": "Ms. Lee"}
    planner.post(at, form)
    assert "Instruction offered : September 9, 2026, distance learning, Ms. Lee : in time" in told(
        planner.get(at)
    )
    assert planner.post(at, form | {"day": "2027-07-01"}).status_code == 422
    assert planner.post(at, form | {"way": "teleport"}).status_code == 422


def test_a_wish_to_return_is_taken_down_and_late_where_it_was(
    client_of: Sign, cast: Cast, row: models.Emergency
) -> None:
    planner, at = client_of("planner"), f"{AT}{row.pk}/pupils/{cast.family.pupils[0]}/"
    planner.post(at, {"do": "wish", "of": "wish", "asked": "2026-09-04", "name": "Rosa Ash"})
    assert "5 instructional days end on Monday, September 14, 2026." in told(planner.get(at))
    with scope.district("maple"):
        wish = models.Wish.objects.get()
    back = {"of": "wish", "row": wish.pk, "do": "returned", "returned": "2026-09-08"}
    assert planner.post(at, back | {"returned": "2026-09-30"}).status_code == 422
    planner.post(at, back)
    assert "back in class on September 8, 2026" in told(planner.get(at))
    planner.post(at, back | {"do": "unreturned"})
    assert "5 instructional days end on" in told(planner.get(at))
    assert planner.post(at, back | {"row": 999_999}).status_code == 404


def test_who_reads_of_a_pupil_they_do_not_teach_is_logged(
    client_of: Sign, cast: Cast, row: models.Emergency
) -> None:
    client_of("planner").get(f"{AT}{row.pk}/pupils/{cast.family.pupils[0]}/")
    client_of("principal").get(f"{AT}{row.pk}/")
    with scope.district("maple"):
        read = [(log.who, log.household, log.page) for log in AccessLog.objects.all()]
    page = f"emergency {row.pk}"
    assert read == [("principal", 0, page), ("planner", cast.family.number, page)]


# The work list


def test_the_list_is_kept_to_a_school_and_to_who_is_not_reached(
    client_of: Sign, cast: Cast, row: models.Emergency
) -> None:
    planner, mine = client_of("planner"), pupils(cast, cast.school)
    planner.post(f"{AT}{row.pk}/pupils/{mine[0]}/", TRY | {"answered": "yes"})
    page = planner.get(f"{AT}{row.pk}/?school={cast.school}&still=contact").content.decode()
    assert f"/pupils/{mine[0]}/" not in page
    assert page.count("/pupils/") == len(mine) - 1
    page = planner.get(f"{AT}{row.pk}/?school={cast.school}&still=instruction&page=7").content.decode()
    assert page.count("/pupils/") == len(mine)
    assert f"<td>{len(mine)}</td><td>1</td><td>0</td>" in page


def test_a_long_list_comes_in_pages(
    client_of: Sign, row: models.Emergency, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("schooldesk.pages.A_PAGE", 25)
    planner = client_of("planner")
    pages = [planner.get(f"{AT}{row.pk}/?page={place}").content.decode() for place in (1, 2, 3)]
    assert [page.count("/pupils/") for page in pages] == [25, 25, 10]
    names = [re.findall(r"/pupils/([^/]+)/", page) for page in pages]
    assert len({one for some in names for one in some}) == 60


def test_after_the_fifth_day_the_list_says_so_and_says_nobody_is_late(
    client_of: Sign, row: models.Emergency, settings: Any
) -> None:
    settings.NOW = "2026-09-10T08:00"
    said = told(client_of("planner").get(f"{AT}{row.pk}/"))
    assert "was due by Wed, Sep 9, and is not on record" in said
    assert "too late" not in said


# Many at once


def test_a_file_is_taken_down_whole_and_again_adds_only_what_is_new(
    client_of: Sign, cast: Cast, row: models.Emergency
) -> None:
    planner, some = client_of("planner"), pupils(cast)
    text = HEAD + f"{some[0]},2026-09-05T10:15,phone,Kim,no,\n{some[0]},2026-09-06,visit,Kim,yes,\n"
    answer = send(planner, row, text)
    assert answer["Location"].endswith("many/?new=2&old=0#batches")
    answer = send(planner, row, text + f"{some[1]},2026-09-06,email,Kim,yes,\n")
    assert answer["Location"].endswith("many/?new=1&old=2#batches")
    said = told(planner.get(answer["Location"].partition("#")[0]))
    assert "1 row was taken down; 2 stood already." in said
    assert "2 contacts, calls.csv" in said
    with scope.district("maple"):
        first = models.Batch.objects.order_by("pk").first()
    many = f"{AT}{row.pk}/many/"
    planner.post(many, {"do": "undo", "row": first.pk})
    assert "not reached" not in told(planner.get(f"{AT}{row.pk}/pupils/{some[0]}/"))
    assert "due today" in told(planner.get(f"{AT}{row.pk}/pupils/{some[0]}/"))
    planner.post(many, {"do": "restore", "row": first.pk})
    assert "by a visit at home, Kim : in time" in told(planner.get(f"{AT}{row.pk}/pupils/{some[0]}/"))


def test_every_fault_of_a_file_is_named_and_nothing_of_it_is_taken_down(
    client_of: Sign, cast: Cast, row: models.Emergency
) -> None:
    one = pupils(cast)[0]
    text = HEAD + (
        f"{one},2026-09-05,phone,Kim,yes,\n"
        "nobody,2026-09-05,phone,Kim,yes,\n"
        f"{one},2026-09-05,pigeon,Kim,yes,\n"
        f"{one},5 Sep,phone,Kim,yes,\n"
        f"{one},2026-09-03,phone,Kim,yes,\n"
        f"{one},2026-09-10,phone,Kim,yes,\n"
        f"{one},2026-09-05,phone,,perhaps,\n"
    )
    answer = send(client_of("planner"), row, text)
    said = told(answer)
    assert answer.status_code == 422
    assert "Nothing was taken down" in said
    for spot in ("3 [pupilId]", "4 [how]", "5 [at]", "6 [at]", "7 [at]", "8 [by]", "8 [answered]"):
        assert f"contacts.csv:{spot}" in said, spot
    assert "contacts.csv:2" not in said
    assert count(models.Contact) == count(models.Batch) == 0


@pytest.mark.parametrize(
    "body", [b"", b"\xff\xfe\x00x", b"\x00\x01\x02", b"pupilId\n", b"a,b\n1,2\n", "é".encode("latin-1")]
)
def test_a_file_that_is_none_is_said_and_stores_nothing(
    client_of: Sign, row: models.Emergency, body: bytes
) -> None:
    file = SimpleUploadedFile("x.csv", body)
    answer = client_of("planner").post(
        f"{AT}{row.pk}/many/", {"do": "file", "kind": "contacts", "file": file}
    )
    assert answer.status_code == 422
    assert count(models.Contact) == 0
    assert (
        client_of("planner").post(f"{AT}{row.pk}/many/", {"do": "file", "kind": "offers"}).status_code == 422
    )


def test_a_principals_file_names_their_own_pupils_alone(
    client_of: Sign, cast: Cast, row: models.Emergency
) -> None:
    other, mine = pupils(cast, cast.other_school)[0], pupils(cast, cast.school)[0]
    principal = client_of("principal")
    assert send(principal, row, HEAD + f"{other},2026-09-05,phone,Kim,yes,\n").status_code == 422
    assert send(principal, row, HEAD + f"{mine},2026-09-05,phone,Kim,yes,\n").status_code == 303
    send(client_of("planner"), row, HEAD + f"{mine},2026-09-06,phone,Kim,yes,\n")
    with scope.district("maple"):
        own, planners = models.Batch.objects.order_by("pk")
    many = f"{AT}{row.pk}/many/"
    assert principal.post(many, {"do": "undo", "row": planners.pk}).status_code == 403
    assert principal.post(many, {"do": "undo", "row": own.pk}).status_code == 303


def test_instruction_is_offered_to_a_whole_school_at_once(
    client_of: Sign, cast: Cast, row: models.Emergency
) -> None:
    planner, many = client_of("planner"), f"{AT}{row.pk}/many/"
    form = {
        "do": "offer",
        "school": cast.school,
        "day": "2026-09-09",
        "way": "distance",
        "by": "the district",
    }
    planner.post(many, form)
    assert count(models.Offer) == len(pupils(cast, cast.school))
    planner.post(many, form)
    assert count(models.Offer) == len(pupils(cast, cast.school))
    assert planner.post(many, form | {"school": "nowhere"}).status_code == 422


def test_an_import_that_is_killed_leaves_what_stood_before(tmp_path: Path) -> None:
    """Killed after its last row is written and before it is kept: the earlier batch alone stands."""
    environment = os.environ | {
        "SCHOOLDESK_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "schooldesk.settings",
    }
    environment.pop("SCHOOLDESK_DATABASE", None)

    def run(what: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "tests.desk.emergency_killed", what]
        return subprocess.run(command, env=environment, capture_output=True, text=True)

    assert run("store").returncode == 0
    assert run("kill").returncode == -signal.SIGKILL
    assert run("count").stdout.split() == ["2", "1"]
