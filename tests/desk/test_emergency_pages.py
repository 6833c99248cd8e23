"""After an emergency at the desk: started and ended, and who sees it; the work list."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from schooldesk import scope
from schooldesk.emergency import models
from schooldesk.people.models import Event
from tests.desk.conftest import Cast
from tests.desk.emergencies import AT, HEAD, TRY, count, flood, pupils, send
from tests.desk.words import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("autumn")]
Sign = Callable[[str], Client]
START = {"cause": "flood", "began": "2026-09-04", "source": "Board minutes", "name": "flood", "closed": ""}


@pytest.fixture
def row() -> models.Emergency:
    return flood()


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
    mine, others = pupils(cast.school), pupils(cast.other_school)
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


# The work list


def test_the_list_is_kept_to_a_school_and_to_who_is_not_reached(
    client_of: Sign, cast: Cast, row: models.Emergency
) -> None:
    planner, mine = client_of("planner"), pupils(cast.school)
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
