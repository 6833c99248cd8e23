"""The pages of what positions do: who sees what, what is asked, how far it is, and the terminal's numbers."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from html import unescape
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from schooldesk import scope
from tests.desk.outcomes import DAY, TERMS, UNION, number_of, school_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("worked_out")]
TABLE = "/d/maple/table/maple-2020/"
SCHOOL = school_of("maple")
SignIn = Callable[[str], Client]


def told(client: Client, path: str, status: int = 200) -> str:
    """Return the words of a page without its marks."""
    answer = client.get(TABLE + path)
    assert answer.status_code == status
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def asked(**more: object):  # noqa: ANN201
    from schooldesk.bargaining.outcomes.asked import AskedPosition

    values: dict[str, object] = {"position": UNION, "against": "", "schools": (SCHOOL,), "day": DAY, **more}
    return AskedPosition(**values)  # type: ignore[arg-type]


def open_row(**more: object):  # noqa: ANN201
    """Ask what nobody has worked out yet."""
    from schooldesk.bargaining.outcomes import asking
    from schooldesk.roster import reads as roster

    home = roster.district("maple")
    assert home is not None
    return asking.ask(home, "maple-2020", asked(**{"seed": 77, **more}), "test")


# The terminal's numbers


def test_planners_get_the_very_files_that_the_terminal_writes(client_of: SignIn, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from schoolday.cli import app
    from schoolday.sample import write_sample

    source, file = tmp_path / "roster.zip", tmp_path / "numbers.csv"
    write_sample("maple", source)
    words = ["consequences", str(source), "--day", str(DAY), "--position", UNION, "--school", SCHOOL]
    found = CliRunner().invoke(app, [*words, "--workers", "1", "--csv", str(file), "--json"])
    at = f"{TABLE}consequences/{number_of('maple', 'consequences')}/numbers"
    planner = client_of("planner")
    assert planner.get(f"{at}.json").json() == json.loads(found.stdout)
    assert list(csv.reader(StringIO(planner.get(f"{at}.csv").content.decode()))) == list(
        csv.reader(file.open(newline=""))
    )


def test_the_page_says_the_numbers_that_the_terminal_prints(client_of: SignIn) -> None:
    page = told(client_of("planner"), f"consequences/{number_of('maple', 'consequences')}/")
    for said in (
        "Live minutes a day of a child 111.7 167.5",
        "Live minutes a day of a teacher 171.7 240",
        "Homes in which more children are live than there are devices 1 1",
        "1 5 110 + 120 180 + 50",
        "Homes that gain a clash 0",
    ):
        assert said in page


def test_the_front_has_the_terminals_packages_and_costs(client_of: SignIn) -> None:
    number = number_of("maple", "packages")
    page = told(client_of("planner"), f"ground/{number}/")
    assert "9 packages are bettered by no other for both sides." in page
    assert "Unlawful 27" in page
    assert "All packages 54" in page
    assert "115.833" in page
    plain = client_of("planner").get(f"{TABLE}ground/{number}/numbers.json").json()
    assert plain["packages"] == {"unlawful": 27, "impossible": 0, "not_found": 0, "carried": 27}
    assert len(plain["front"]) == 9
    lines = client_of("planner").get(f"{TABLE}ground/{number}/numbers.csv").content.decode().splitlines()
    assert len(lines) == 10
    assert lines[0].startswith("live,whole_day,preparation,recordings,total_minutes")


# What everybody sees


def test_others_see_the_minutes_that_follow_from_rules_and_no_count_of_few(client_of: SignIn) -> None:
    number = number_of("maple", "consequences")
    for person in ("stranger", "teacher", "principal", "foreigner"):
        page = told(client_of(person), f"consequences/{number}/")
        assert "1 110 + 120 180 + 50" in page
        assert "Homes in which more children are live than there are devices hidden hidden" in page
        assert "111.7" not in page
        assert "One by one" not in page
        assert "hidden" in client_of(person).get(f"{TABLE}consequences/{number}/numbers.csv").content.decode()
        assert (
            "maple-h"
            not in client_of(person).get(f"{TABLE}consequences/{number}/numbers.json").content.decode()
        )


def test_others_see_the_front_without_what_few_people_stand_behind(client_of: SignIn) -> None:
    number = number_of("maple", "packages")
    page = told(client_of("stranger"), f"ground/{number}/")
    assert "9 packages are bettered by no other for both sides." in page
    assert "115.833" not in page
    plain = client_of("stranger").get(f"{TABLE}ground/{number}/numbers.json").json()
    assert {
        value for row in plain["front"] for name, value in row["measures"].items() if ":" not in name
    } == {"hidden"}


def test_that_a_planner_saw_single_homes_is_logged(client_of: SignIn) -> None:
    from schooldesk.people.models import AccessLog

    number = number_of("maple", "consequences")
    with scope.district("maple"):
        before = AccessLog.objects.count()
    told(client_of("planner"), f"consequences/{number}/")
    told(client_of("stranger"), f"consequences/{number}/")
    with scope.district("maple"):
        assert AccessLog.objects.count() == before + 1


def test_no_cache_keeps_a_page_of_them(client: Client) -> None:
    for path in ("consequences/", "ground/", f"consequences/{number_of('maple', 'consequences')}/"):
        assert client.get(TABLE + path)["Cache-Control"] == "private, no-store"


def test_another_districts_table_has_none_of_it(client: Client) -> None:
    number = number_of("cedar", "consequences")
    assert client.get(f"{TABLE}consequences/{number}/").status_code == 404
    assert client.get(f"/d/cedar/table/cedar-2020/consequences/{number}/").status_code == 200
    assert client.get(f"/d/maple/table/other/consequences/{number}/").status_code == 404


def test_what_is_broken_stands_with_its_citation_and_words_of_a_week_are_the_planners(
    client_of: SignIn,
) -> None:
    from dataclasses import replace

    from schoolday.bargaining.whatif import Broken
    from schooldesk.bargaining.models import Outcome
    from schooldesk.bargaining.outcomes import reads, writes

    number, clause = number_of("maple", "consequences"), "ca.distance.total_minutes@2020-07-01"
    wrong = (Broken("at most 90 minutes", (clause,)), Broken("Ada has no time", (clause,), SCHOOL, 3))
    with scope.district("maple"):
        row = Outcome.objects.get(pk=number)
        found = reads.found(row)
        position = replace(found.position, broken=wrong, unplanned=(SCHOOL,))
        writes.finish(row, replace(found, position=position))
    path = f"consequences/{number}/"
    for person in ("stranger", "planner"):
        page = told(client_of(person), path)
        assert "at most 90 minutes [1]" in page
        assert "43501" in page
        assert "No lawful week was found for Maple Elementary" in page
        assert "Homes that gain a clash unknown" in page or person == "stranger"
        plain = client_of(person).get(f"{TABLE}{path}numbers.json").json()
        assert [one["clause"] for one in plain["sources"]] == [clause]
        assert ("Ada" in page) == ("Ada" in str(plain)) == (person == "planner")
    assert "Ada has no time (3 times) [1]" in told(client_of("planner"), path)
    assert "In the week of a school not all of this could be kept. [1]" in told(client_of("stranger"), path)


# Asking


def ask(client: Client, **more: str):  # noqa: ANN201
    form = {"position": UNION, "against": "", "school": "maple-secondary", "day": "2020-09-08", **more}
    return client.post(f"{TABLE}consequences/ask/", form)


def test_a_planner_asks_with_an_event_and_is_led_to_its_page(client_of: SignIn) -> None:
    from schooldesk.people.models import Event

    planner = client_of("planner")
    answer = ask(planner)
    assert answer.status_code == 302
    assert ask(planner)["Location"] == answer["Location"]
    page = planner.get(answer["Location"])
    assert "waiting for its turn" in page.content.decode()
    assert page["Refresh"] == "5"
    assert "Refresh" not in planner.get(answer["Location"] + "?still")
    with scope.district("maple"):
        events = Event.objects.filter(what="table.asked", who="planner")
        assert [one.about["table"] for one in events] == ["maple-2020"]


def test_a_form_from_elsewhere_is_refused(client_of: SignIn) -> None:
    from django.contrib.auth import get_user_model

    client = Client(enforce_csrf_checks=True)
    client.force_login(get_user_model().objects.get(username="planner"))
    assert ask(client).status_code == 403


def test_maples_own_table_is_made_up_and_has_a_position_to_work_out(client_of: SignIn) -> None:
    from schooldesk.bargaining.record.commands import example, load_table

    folder = example("maple")
    assert folder is not None
    load_table("maple", folder, "test")
    page = told(client_of("planner"), "consequences/")
    assert "(made up)" in page
    assert "The day that Maple's teachers ask for (made up), 1 (ca-scusd.scta_position)" in page


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"position": ""}, "say whose position"),
        ({"position": "no.book"}, "no book is called"),
        ({"school": "cedar-elementary"}, "has no school"),
        ({"day": "2020-02-30"}, "is not a date"),
        ({"against": UNION}, "choose two"),
    ],
)
def test_what_cannot_be_asked_is_said_beside_the_form(
    client_of: SignIn, more: dict[str, str], said: str
) -> None:
    answer = ask(client_of("planner"), **more)
    assert answer.status_code == 422
    assert said in unescape(answer.content.decode())


def test_terms_are_sent_as_a_file_or_taken_from_an_earlier_question(client_of: SignIn) -> None:
    planner, form = client_of("planner"), {"school": "maple-secondary", "day": "2020-09-08"}
    sent = SimpleUploadedFile("terms.yaml", TERMS.read_bytes())
    first = planner.post(f"{TABLE}ground/ask/", form | {"terms": sent})
    again = planner.post(f"{TABLE}ground/ask/", form | {"of": str(number_of("maple", "packages"))})
    assert first.status_code == again.status_code == 302
    assert first["Location"] == again["Location"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"table: x", "terms.yaml:1: `place` is missing"),
        (b"\xff", "not UTF-8"),
        (b"#" * 200_001, "200,000 bytes"),
    ],
)
def test_a_file_that_is_no_list_of_terms_is_refused_with_its_line(
    client_of: SignIn, content: bytes, said: str
) -> None:
    sent = SimpleUploadedFile("terms.yaml", content)
    answer = client_of("planner").post(f"{TABLE}ground/ask/", {"terms": sent, "school": SCHOOL})
    assert answer.status_code == 422
    assert said in unescape(answer.content.decode())


# Under way, failed, replaced


def test_work_under_way_tells_how_far_it_is_and_has_no_files_yet(client: Client) -> None:
    from schooldesk.bargaining.outcomes import writes

    row = open_row()
    with scope.district("maple"):
        writes.begin(row, 2, 1)
    assert "1 of 2 steps done" in told(client, f"consequences/{row.pk}/")
    assert "1 of 2 steps done" in told(client, "consequences/")
    assert client.get(f"{TABLE}consequences/{row.pk}/numbers.csv").status_code == 404


def test_a_run_that_failed_says_why_to_planners_and_can_be_asked_again(client_of: SignIn) -> None:
    from schooldesk.bargaining.outcomes.work import work

    row = open_row(day=DAY.replace(month=7))
    work(row, 1)
    path = f"consequences/{row.pk}/"
    assert "2020-07-08" in told(client_of("planner"), path)
    told(client_of("stranger"), path, status=404)
    assert (
        f"consequences/{row.pk}/" not in client_of("stranger").get(f"{TABLE}consequences/").content.decode()
    )
    answer = client_of("planner").post(f"{TABLE}consequences/ask/", {"again": str(row.pk)})
    assert answer["Location"].endswith(path)
    assert "waiting for its turn" in told(client_of("planner"), path)


def test_what_is_of_a_replaced_roster_is_shown_to_planners_as_such(client_of: SignIn) -> None:
    from schooldesk.bargaining.models import Outcome

    number = number_of("maple", "consequences")
    with scope.district("maple"):
        Outcome.objects.filter(pk=number).update(roster=0)
    assert "of a roster that was replaced" in told(client_of("planner"), f"consequences/{number}/")
    told(client_of("stranger"), f"consequences/{number}/", status=404)


def test_a_question_of_a_replaced_roster_fails_in_words() -> None:
    from schooldesk.bargaining.models import Outcome
    from schooldesk.bargaining.outcomes.work import work

    row = open_row()
    with scope.district("maple"):
        Outcome.objects.filter(pk=row.pk).update(mark="of-another-roster")
    work(row, 1)
    assert row.failed == "the roster or the rules were replaced since this was asked; ask anew"


# In Spanish


@pytest.mark.parametrize("person", ["stranger", "planner"])
def test_every_word_of_the_pages_is_in_the_spanish_catalog(
    person: str, client_of: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    from schooldesk.day.languages import Speech
    from tests.desk.test_render_languages import catalog, key

    said: set[str] = set()
    monkeypatch.setattr(Speech, "say", lambda _, message: said.add(message) or message)
    monkeypatch.setattr(Speech, "count", lambda _, one, many, number: said.add(one) or many)
    client, row = client_of(person), open_row()
    numbers = (number_of("maple", "consequences"), row.pk)
    for path in (
        *(f"consequences/{number}/" for number in numbers),
        f"ground/{number_of('maple', 'packages')}/",
    ):
        assert client.get(TABLE + path, headers={"accept-language": "es"}).status_code == 200
    assert said - {key(one.id) for one in catalog("es")} == set()
