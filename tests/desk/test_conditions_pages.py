"""The pages of conditions: Sacramento's dates, who sees what, a change before it comes, and a year again."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

import csv
import json
import re
from collections.abc import Callable
from datetime import date
from html import unescape
from io import StringIO
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from schoolday.ground.errors import SchooldayError
from schooldesk import scope
from tests.desk.conditions import COUNTY, NEAR, SACRAMENTO, numbers, tell_more
from tests.desk.conftest import Cast

pytestmark = pytest.mark.django_db
AT = "/d/maple/conditions/"
SignIn = Callable[[str], Client]
FIVE_DAYS = (SACRAMENTO / "five-days.yaml").read_bytes()
CHANGE = "from=2020-11-12&until=2020-11-13&known=2020-11-10"


def words(client: Client, path: str, status: int = 200) -> str:
    """Return the words of a page without its marks."""
    answer = client.get(AT + path)
    assert answer.status_code == status
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())))


def states(client: Client, day: str, known: str = "") -> set[str]:
    """Return how classes in person stand at Maple's schools on a date."""
    found = client.get(f"{AT}allowed.json?on={day}&known={known or day}").json()
    return {one["states"]["in_person"] for one in found["allowed"]}


# Sacramento's dates


@pytest.mark.parametrize(
    ("day", "state"),
    [
        ("2020-09-28", "closed"),
        ("2020-09-29", "closed"),
        ("2020-10-12", "closed"),
        ("2020-10-13", "allowed"),
        ("2020-11-10", "allowed"),
        ("2020-11-12", "allowed"),
        ("2020-11-13", "closed"),
    ],
)
def test_red_of_29_september_opens_on_13_october_and_purple_of_10_november_closes_on_the_13th(
    client: Client, day: str, state: str
) -> None:
    assert states(client, day) == {state}


def test_the_four_dates_of_a_step_stand_apart(client: Client) -> None:
    tell_more("maple")
    for page in ("places/", "readings/"):
        said = words(client, page)
        red = re.search(
            r"red Data of (.*?) Told on (.*?) Kept from (.*?) Schools may open from (.*?) ca\.", said
        )
        assert red is not None
        assert red.groups() == (
            "September 13, 2020 – September 19, 2020",
            "September 29, 2020",
            "October 2, 2020 (at the latest, by the rule)",
            "October 13, 2020",
        )
        assert "Told on November 10, 2020 Kept from November 13, 2020 Schools" in said


def test_the_past_is_judged_by_what_was_known_then(client: Client) -> None:
    assert states(client, "2020-11-13", known="2020-11-09") == {"allowed"}


def test_a_reason_names_its_rule_and_who_says_so_and_leads_to_the_rule(client: Client) -> None:
    page = client.get(f"{AT}?on=2020-10-13").content.decode()
    assert "From memory, by the compiled summary of the Blueprint" in page
    href = re.search(r'href="(/rules/[^"]+#ca\.reopening\.red@2020-08-31)"', page)
    assert href is not None
    where, _sep, mark = href[1].partition("#")
    assert f'id="{mark}"' in client.get(where).content.decode()


def test_smoke_closes_the_campus_for_all_and_says_that_the_rule_is_made_up(client: Client) -> None:
    tell_more("maple")
    said = words(client, "?on=2020-09-09")
    assert "Outdoors : allowed at 0 schools; closed at 2" in said
    assert "Made up for this demonstration" in said
    assert "From a distance : allowed at 2 schools" in said


def test_what_is_known_of_one_campus_alone_is_no_other_schools(client_of: SignIn) -> None:
    fire = {
        "place": "maple-secondary", "measure": "campus_out_of_use", "value": "1", "first": "2020-10-15",
        "last": "2020-10-15", "told": "2020-10-15", "source": "Board",
    }  # fmt: skip
    assert client_of("planner").post(f"{AT}readings/enter/reading/", fire).status_code == 302
    found = client_of("stranger").get(f"{AT}allowed.json?on=2020-10-20").json()["allowed"]
    at = {one["school"]: one["states"]["in_person"] for one in found}
    assert at == {"maple-elementary": "allowed", "maple-secondary": "closed"}


# Before it takes effect


def test_on_10_november_staff_see_who_must_leave_on_the_13th(client_of: SignIn) -> None:
    said = words(client_of("planner"), f"preview/?{CHANGE}")
    assert "It touches 2 schools, 60 pupils." in said
    assert "allowed → closed" in said


def test_the_preview_asks_for_the_next_monday_by_itself(client_of: SignIn) -> None:
    said = words(client_of("teacher"), "preview/")
    assert "What changes by September 14, 2020" in said
    assert "Nothing changes from September 8, 2020 to September 14, 2020" in said


def test_who_is_no_planner_sees_no_count_of_few_and_no_name(client_of: SignIn) -> None:
    teacher = client_of("teacher")
    said = words(teacher, f"preview/?{CHANGE}")
    assert "few pupils" in said
    assert not re.search(r"\d+ (pupils|teachers)", said)
    rows = list(csv.DictReader(StringIO(teacher.get(f"{AT}preview.csv?{CHANGE}").content.decode())))
    assert {(row["pupils"], row["teachers"]) for row in rows} == {("hidden", "hidden")}


def test_names_are_for_planners_and_the_schools_principal_and_each_look_is_logged(
    client_of: SignIn, cast: Cast, rosters: dict
) -> None:
    from schooldesk.people.models import AccessLog

    pupil = rosters["maple"].pupils[cast.family.pupils[0]]
    for person in ("planner", "principal"):
        said = words(client_of(person), f"preview/{cast.school}/people/?{CHANGE}")
        assert f"{pupil.given} {pupil.family}" in said
        with scope.district("maple"):
            last = AccessLog.objects.first()
        assert (last.who, last.page) == (person, f"conditions: who is touched, {cast.school}")
    words(client_of("principal"), f"preview/{cast.other_school}/people/?{CHANGE}", 403)
    words(client_of("planner"), f"preview/no-school/people/?{CHANGE}", 404)
    assert client_of("foreigner").get(f"/d/cedar/conditions/preview/{cast.school}/people/").status_code == 404
    quiet = words(client_of("planner"), f"preview/{cast.school}/people/?from=2020-09-08&until=2020-09-09")
    assert "Nothing changes at this school" in quiet
    assert pupil.family not in quiet


def test_teachers_by_plain_sql_are_those_of_the_core(rosters: dict) -> None:
    from schoolday.conditions.preview import groups
    from schooldesk.conditions import reads
    from schooldesk.roster import reads as roster

    for name in ("maple", "cedar"):
        with scope.district(name):
            here = reads.here(roster.district(name))  # type: ignore[arg-type]
            day = date(2020, 9, 8)
            found = reads.taught(here, reads.groups(here), day)
        assert set(found) == set(groups(rosters[name], here.sites, day))


# A year again


def test_a_year_is_told_by_week_and_by_school(client_of: SignIn) -> None:
    said = words(client_of("planner"), "year/")
    assert "Maple Secondary Grades 7–12 By the rules Aug 31 – Oct 5: no day; Oct 12: some days;" in said
    assert "October 19, 2020 every day 60 (2 schools)" in said


def test_the_public_sees_schools_and_no_count_of_few(client: Client) -> None:
    said = words(client, "year/")
    assert "October 19, 2020 every day 2 schools" in said
    assert "Pupils of a grade of fewer than 10 at a school are in no count here." in said
    rows = list(csv.DictReader(StringIO(client.get(f"{AT}year.csv").content.decode())))
    assert {row["pupils"] for row in rows} == {"hidden"}


def test_planners_get_the_very_year_that_the_terminal_writes(client_of: SignIn, tmp_path: Path) -> None:
    from typer.testing import CliRunner

    from schoolday.cli import app
    from schoolday.sample import write_sample

    write_sample("maple", tmp_path / "maple.zip")
    dates = ["--from", "2020-08-31", "--until", "2021-06-15", "--csv", str(tmp_path / "year.csv")]
    conditions = str(SACRAMENTO / "conditions")
    told = CliRunner().invoke(app, ["conditions", "year", str(tmp_path / "maple.zip"), conditions, *dates])
    assert told.exit_code == 0, told.output
    mine = client_of("planner").get(f"{AT}year.csv?from=2020-08-31&until=2021-06-15").content.decode()
    assert sorted(mine.splitlines()) == sorted((tmp_path / "year.csv").read_text().splitlines())


def test_two_sets_of_rules_part_in_the_weeks_in_which_they_differ(client: Client) -> None:
    book = f"book:{numbers('maple')['book']}"
    for other, weeks in ((book, 2), ("without:ca.reopening.red", 5)):
        assert f"The two part in {weeks} weeks of " in words(client, f"year/?other={other}")
    said = words(client, f"year/?other={book}")
    assert "Five days in red from the start (a what-if)" in said
    assert "By the other rules Aug 31 – Sep 28: no day; Oct 5 – Nov 2: every day; Nov 9: some days" in said


def test_every_place_must_meet_it_as_the_unions_asked(client: Client) -> None:
    assert "every place must meet it" not in words(client, "year/")
    tell_more("maple")
    assert "Beside it: every place must meet it." in words(client, "year/?other=everywhere")


def test_numbers_of_a_zip_code_do_not_take_the_place_of_its_countys_tier(client: Client) -> None:
    tell_more("maple")
    assert "Oct 19 – Nov 2: every day" in words(client, "year/")
    assert states(client, "2020-10-20") == {"allowed"}


def test_where_no_step_is_on_record_the_rules_lead_from_the_readings(client_of: SignIn) -> None:
    client_of("planner").post(f"{AT}entries/{numbers('maple')['entry']}/undo/")
    tell_more("maple")
    assert states(client_of("stranger"), "2020-10-20") == {"unverified"}
    assert "Aug 31 – Jun 7: no day" in words(client_of("stranger"), "year/")


def test_a_planner_lays_a_book_beside_the_rules_takes_it_away_and_puts_it_back(client_of: SignIn) -> None:
    planner = client_of("planner")
    text = (SACRAMENTO / "five-days.yaml").read_text().replace("Five days in red from", "Another book from")
    answer = planner.post(f"{AT}year/rules/", {"book": SimpleUploadedFile("mine.yaml", text.encode())})
    assert answer.status_code == 302
    number = int(answer.headers["Location"].rpartition(":")[2])
    assert "Another book" in words(client_of("stranger"), "year/")
    planner.post(f"{AT}year/rules/{number}/")
    assert "Another book" not in words(client_of("stranger"), "year/")
    planner.post(f"{AT}year/rules/{number}/", {"back": "1"})
    assert "Another book" in words(client_of("stranger"), "year/")
    foreign = client_of("foreigner").get("/d/cedar/conditions/year/").content.decode()
    assert "Another book" not in foreign


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (b"no: [book", ""),
        (b"\xff\xfe", "UTF-8"),
        (FIVE_DAYS.replace(b"ca.reopening.red", b"ca.reopening.purple"), "keeps its kind"),
    ],
)  # fmt: skip
def test_a_book_that_is_none_or_turns_a_rule_into_another_kind_is_refused(
    client_of: SignIn, text: bytes, said: str
) -> None:
    answer = client_of("planner").post(f"{AT}year/rules/", {"book": SimpleUploadedFile("b.yaml", text)})
    assert answer.status_code == 422
    assert said in answer.content.decode()


@pytest.mark.parametrize("query", ["from=2020-08-31&until=2020-08-01", "from=2001-01-01&until=2020-08-01"])
def test_a_stretch_that_runs_backwards_or_for_ever_is_refused_in_words(client: Client, query: str) -> None:
    words(client, f"year/?{query}", 422)
    assert client.get(f"{AT}year.csv?{query}").status_code == 422


def test_a_year_is_worked_out_once_and_anew_when_something_else_was_told(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    from schooldesk.conditions import years

    made: list[object] = []
    real = years.weeks_of
    monkeypatch.setattr(years, "weeks_of", lambda *args: made.append(args) or real(*args))
    for _ in range(2):
        words(client, "year/?from=2020-09-28&until=2020-11-20")
    assert len(made) == 1
    tell_more("maple")
    words(client, "year/?from=2020-09-28&until=2020-11-20")
    assert len(made) == 2


def test_no_more_years_are_kept_than_a_desk_can_hold(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from schooldesk.conditions import writes
    from schooldesk.conditions.models import Year

    monkeypatch.setattr(writes, "MOST_YEARS", 2)
    for day in (1, 8, 15):
        words(client, f"year/?from=2020-09-{day:02}&until=2020-09-20")
    with scope.district("maple"):
        assert Year.objects.count() == 2


# Places, languages, downloads


def test_places_stand_side_by_side_with_where_the_rules_lead(client: Client) -> None:
    assert "No weekly readings have been entered" in words(client, "places/")
    tell_more("maple")
    said = words(client, "places/")
    assert "Data until zip-95824 zip-95864 ca-sacramento-county every place together" in said
    rows = list(csv.DictReader(StringIO(client.get(f"{AT}places.csv").content.decode())))
    assert {row["place"] for row in rows} == {NEAR, "zip-95864", COUNTY, "everywhere"}


@pytest.mark.parametrize("path", ["?on=2020-10-13", "readings/", "year/", "places/"])
def test_what_the_public_sees_speaks_spanish(client: Client, path: str) -> None:
    page = client.get(AT + path, headers={"accept-language": "es"}).content.decode()
    assert '<html lang="es"' in page
    assert "condiciones externas" in page


def test_a_wrong_date_is_said_and_the_usual_one_shown(client: Client) -> None:
    said = words(client, "?on=soon")
    assert "“soon” is not a date" in said
    assert "What is allowed on September 8, 2020" in said


@pytest.mark.parametrize(
    "path", ["?on=9999-12-31", "year/?from=9999-12-01&until=9999-12-31", "year/?from=0001-01-01"]
)
def test_a_date_far_from_any_school_year_is_none(client: Client, path: str) -> None:
    assert "is not a date; the usual one is shown" in words(client, path)


def test_the_terminal_takes_files_in_and_names_every_fault(tmp_path: Path) -> None:
    from schooldesk.conditions.commands import load_conditions

    (tmp_path / "events.csv").write_text("school,event,day,grades,source\nmaple-elementary,opened,soon,,x\n")
    with scope.district("maple"):
        with pytest.raises(SchooldayError, match=r"events\.csv:2 \[day\]"):
            load_conditions("maple", tmp_path, "test")
        assert "0 new" in load_conditions("maple", SACRAMENTO / "conditions", "test")


def test_downloads_tell_what_the_pages_do_also_of_rows_that_count_no_more(client: Client) -> None:
    tell_more("maple")
    rows = list(csv.DictReader(StringIO(client.get(f"{AT}readings.csv").content.decode())))
    smoke = [(row["value"], row["counts"]) for row in rows if row["name"] == "air_quality_index"]
    assert sorted(smoke) == [("170.0", "False"), ("210.0", "True")]
    plain = json.loads(client.get(f"{AT}readings.json").content)["rows"]
    assert len(plain) == len(rows)
    allowed = list(csv.DictReader(StringIO(client.get(f"{AT}allowed.csv?on=2020-10-13").content.decode())))
    assert {row["rules"] for row in allowed if row["way"] == "in_person"} == {"ca.reopening.red@2020-08-31"}


def test_a_district_without_a_roster_or_that_is_none_is_said(client: Client) -> None:
    from schooldesk.roster.models import District

    District.objects.create(pk="oak", name="Oak", places=["CA"], timezone="America/Los_Angeles")
    for path in ("", "year/", "readings/", "places/"):
        assert client.get(f"/d/oak/conditions/{path}").status_code == 200
        assert client.get(f"/d/elm/conditions/{path}").status_code == 404


def test_the_welcome_page_leads_there(client: Client) -> None:
    assert 'href="/d/maple/conditions/"' in client.get("/").content.decode()
