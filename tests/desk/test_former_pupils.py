"""Pupils who have left: called by their names where their record is read, and not enrolled afterwards."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from schooldesk import scope
from tests.desk.care import ABSENT_WEEK, GROUP, PROVIDER, people, written_plan
from tests.desk.care import certify as certify_days
from tests.desk.conftest import Cast
from tests.desk.ledgers import (
    FRIDAY_EVENING,
    MONDAY,
    TUESDAY,
    certify,
    home_of,
    post,
    sent,
)
from tests.desk.test_ledger_movers import leaves
from tests.desk.test_ledger_pages import told

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]
THURSDAY_MORNING, NEXT_WEEK = "2020-09-10T07:30", "2020-09-16T08:00"
WEEK_DAYS = tuple(date(2020, 9, day) for day in range(8, 12))


@pytest.fixture(autouse=True)
def _friday(settings: Any, tmp_path: Any) -> None:
    settings.NOW, settings.VAR = FRIDAY_EVENING, tmp_path


@pytest.fixture
def at(week: str) -> str:
    return week


def name_of(rosters: Any, pupil: str) -> str:
    one = rosters["maple"].pupils[pupil]
    return f"{one.given} {one.family}"


def called(district: str, *ids: str) -> dict[str, str]:
    from schooldesk.ledger import former

    with scope.district(district):
        return former.called(home_of(district), ids)


def kept() -> dict[str, set[str]]:
    """Return whose names and whose classes are kept."""
    from schooldesk.ledger.models import FormerPupil, LeftClass

    with scope.district("maple"):
        return {
            "names": set(FormerPupil.objects.values_list("pupil", flat=True)),
            "classes": set(LeftClass.objects.values_list("pupil", flat=True)),
        }


def sealed_week(row: Any) -> Any:
    from schoolday.files.ledger.read import read_week
    from schooldesk.ledger import reads

    with scope.district("maple"):
        return read_week(reads.sealed(row))


def grid(row: Any, pupil: str) -> list[str]:
    """Return a pupil's cells of the printed form, each as its second line."""
    from schoolday.files.ledger.form import sheet
    from schooldesk.ledger import reads
    from schooldesk.rules.reads import rulebook

    with scope.district("maple"):
        form = sheet(reads.sealed(row), rulebook(), names={})
    assert form is not None
    cells = next(line for line in form.grid if line[0] == pupil)[1:-1]
    return [cell.splitlines()[1] for cell in cells]


# Days


@pytest.mark.parametrize("where", ["another school", "nowhere"])
def test_the_days_after_a_pupil_has_left_are_told_as_not_enrolled_on_page_form_and_in_the_seal(
    where: str, met: Any, take: str, at: str, cast: Cast, client_of: Sign, rosters: Any, settings: Any
) -> None:
    pupil, client = met.pupils[0], client_of("teacher")
    post(client, take, sent(pupil))
    settings.NOW = THURSDAY_MORNING
    leaves(rosters, pupil, cast.other_school if where == "another school" else "")
    settings.NOW = FRIDAY_EVENING
    page = told(client.get(at))
    assert "not enrolled: 2 pupil" in page
    assert "Not enrolled: on the roster in none of these classes" in page
    row = certify(cast.teacher, cast.school)
    assert grid(row, pupil) == ["took part", "not verified", "not enrolled", "not enrolled"]
    mine = {one.day for one in sealed_week(row).enrolled if one.pupil == pupil}
    assert mine == set(WEEK_DAYS[:2])
    others = {one.pupil for one in sealed_week(row).pupils} - {pupil}
    assert {(one.pupil, one.day) for one in sealed_week(row).enrolled} >= {
        (one, day) for one in others for day in WEEK_DAYS
    }
    assert row.unverified == len(others) * 4 + 1


def test_a_correction_after_the_pupil_has_left_keeps_the_days_of_the_weeks_own_time(
    met: Any, take: str, cast: Cast, client_of: Sign, rosters: Any, settings: Any
) -> None:
    pupil, client = met.pupils[0], client_of("teacher")
    one = sent(pupil)
    post(client, take, one)
    first = certify(cast.teacher, cast.school)
    settings.NOW = NEXT_WEEK
    leaves(rosters, pupil)
    post(client, take, sent(pupil, first=545, minutes=25, corrects=one["id"]))
    second = certify(cast.teacher, cast.school)
    assert second.version == 2
    assert sealed_week(second).enrolled == sealed_week(first).enrolled
    assert grid(second, pupil) == ["took part", "not verified", "not verified", "not verified"]


def test_a_service_stays_in_its_providers_week_when_its_pupil_has_left(
    client_of: Sign, rosters: Any, settings: Any
) -> None:
    settings.NOW = "2020-09-09T15:00"
    people()
    held = {
        "do": "record", "activity": "maple-g0001", "day": "2020-09-09", "start": "09:00", "minutes": "30",
        "once": "form-0001", "note": "", **{f"o-{service}": "delivered" for service in GROUP.values()},
    }  # fmt: skip
    assert client_of("provider").post("/d/maple/services/", held).status_code == 303
    settings.NOW = THURSDAY_MORNING
    leaves(rosters, "maple-p01")
    settings.NOW = FRIDAY_EVENING
    first = certify(PROVIDER, "maple-elementary")
    sealed = sealed_week(first)
    assert {one.pupil for one in sealed.entries} == GROUP.keys()
    mine = {(one.day, one.activity) for one in sealed.enrolled if one.pupil == "maple-p01"}
    assert mine == {(day, GROUP["maple-p01"]) for day in WEEK_DAYS[:2]}
    assert grid(first, "maple-p01") == ["not verified", "took part", "not enrolled", "not enrolled"]
    assert name_of(rosters, "maple-p01") in told(
        client_of("provider").get(f"/d/maple/week/maple-elementary/{PROVIDER}/{MONDAY}/")
    )


def test_a_week_that_waits_for_its_seal_keeps_who_was_enrolled_when_it_was_certified(
    met: Any, take: str, cast: Cast, client_of: Sign, rosters: Any, monkeypatch: Any, settings: Any
) -> None:
    from schoolday.files.ledger.seal import Seals
    from schooldesk.ledger import sealing

    def broken(*_: Any) -> None:
        raise OSError("the disk is full")

    pupil = met.pupils[0]
    post(client_of("teacher"), take, sent(pupil))
    with monkeypatch.context() as patch:
        patch.setattr(Seals, "seal", broken)
        row = certify(cast.teacher, cast.school)
    assert not row.digest
    settings.NOW = NEXT_WEEK
    leaves(rosters, pupil)
    sealing.do_what_waits()
    with scope.district("maple"):
        row.refresh_from_db()
    mine = {one.day for one in sealed_week(row).enrolled if one.pupil == pupil}
    assert mine == set(WEEK_DAYS)


def test_a_week_certified_before_enrollments_were_kept_is_sealed_as_those_before_it() -> None:
    import json
    import zlib

    from schoolday.ledger.week import Enrolled, Week
    from schoolday.rules import Way
    from schooldesk.ledger import weeks

    there = frozenset({Enrolled("ana", TUESDAY, "class")})
    week = Week("maple", "here", "tess", MONDAY, Way.DISTANCE, WEEK_DAYS, (), enrolled=there)
    body = weeks.pack(week)
    assert weeks.unpack(body, "maple", "here", "tess", MONDAY, {}) == week
    old = json.loads(zlib.decompress(body))
    del old["enrolled"]
    again = weeks.unpack(zlib.compress(json.dumps(old).encode()), "maple", "here", "tess", MONDAY, {})
    assert again.enrolled is None


# Names


def test_only_those_with_entries_or_in_a_certified_week_are_kept_and_who_comes_back_is_let_go(
    met: Any, take: str, cast: Cast, client_of: Sign, rosters: Any
) -> None:
    from schooldesk import taking
    from tests.desk.conftest import plan_of

    pupil, bystander = met.pupils[0], met.pupils[1]
    leaves(rosters, bystander)
    assert kept() == {"names": set(), "classes": set()}, "nothing was recorded of anybody yet"
    taking.take(rosters["maple"], plan_of(rosters["maple"]), who="test")
    post(client_of("teacher"), take, sent(pupil))
    leaves(rosters, pupil)
    assert kept() == {"names": {pupil}, "classes": {pupil}}
    taking.take(rosters["maple"], plan_of(rosters["maple"]), who="test")
    assert kept()["names"] == set()
    certify(cast.teacher, cast.school)
    leaves(rosters, bystander)
    assert kept()["names"] == {bystander}, "without an entry, but in the seal"
    assert called("maple", bystander) == {bystander: name_of(rosters, bystander)}


def test_classes_left_in_an_earlier_school_year_are_let_go(
    met: Any, take: str, client_of: Sign, rosters: Any
) -> None:
    from schooldesk.ledger.models import LeftClass

    with scope.district("maple"):
        for last in (date(2020, 6, 1), TUESDAY):
            LeftClass(district_id="maple", pupil="old", activity="class", last=last).save()
    leaves(rosters, met.pupils[0])
    with scope.district("maple"):
        assert [row.last for row in LeftClass.objects.filter(pupil="old")] == [TUESDAY]


def test_a_name_that_was_kept_is_its_own_districts(
    met: Any, take: str, client_of: Sign, rosters: Any
) -> None:
    from schooldesk.ledger import former

    pupil = met.pupils[0]
    post(client_of("teacher"), take, sent(pupil))
    leaves(rosters, pupil)
    assert called("maple", pupil) == {pupil: name_of(rosters, pupil)}
    assert called("cedar", pupil) == {pupil: pupil}
    with pytest.raises(scope.NoScope):
        former.called(home_of("maple"), [pupil])


def test_the_form_of_a_week_names_a_former_pupil_as_of_then(
    met: Any, take: str, at: str, cast: Cast, client_of: Sign, rosters: Any, settings: Any
) -> None:
    from pypdf import PdfReader

    pupil = met.pupils[0]
    post(client_of("teacher"), take, sent(pupil))
    certify(cast.teacher, cast.school)
    settings.NOW = NEXT_WEEK
    leaves(rosters, pupil)
    for who in ("teacher", "principal", "planner"):
        answer = client_of(who).get(f"{at}form.pdf?pupil={pupil}&version=1")
        text = " ".join(page.extract_text() for page in PdfReader(io.BytesIO(answer.content)).pages)
        assert name_of(rosters, pupil) in " ".join(text.split()), who
    for who, status in (("colleague", 403), ("foreigner", 404), ("stranger", 302)):
        assert client_of(who).get(f"{at}form.pdf?pupil={pupil}&version=1").status_code == status, who


def test_the_list_of_absences_and_its_file_name_a_former_pupil(
    client_of: Sign, rosters: Any, settings: Any
) -> None:
    from schooldesk.ledger.reengage import reads

    settings.NOW = "2020-09-15T10:00"
    reads.forget()
    people()
    for district in ("maple", "cedar"):
        written_plan(district)
    certify_days("maple-p01", ABSENT_WEEK)
    name = name_of(rosters, "maple-p01")
    leaves(rosters, "maple-p01")
    clerk, path = client_of("clerk"), "/d/maple/reengage/"
    assert f"{name} no longer on the roster" in told(clerk.get(path))
    rows = csv.DictReader(io.StringIO(clerk.get(f"{path}list.csv").content.decode()))
    assert {row["name"] for row in rows if row["pupilId"] == "maple-p01"} == {name}
    assert name in told(clerk.get(f"{path}pupils/maple-p01/"))
    assert name in told(clerk.get(f"{path}pupils/maple-p01/notice/"))
    assert client_of("far-clerk").get(f"{path}pupils/maple-p01/").status_code == 403
    assert name not in told(client_of("foreign-clerk").get("/d/cedar/reengage/"))
    assert client_of("foreign-clerk").get(f"{path}pupils/maple-p01/").status_code == 404


def test_measures_name_a_former_pupil_to_who_may_read_them(
    met: Any, take: str, cast: Cast, client_of: Sign, rosters: Any, settings: Any
) -> None:
    from schooldesk.measures.renewing import renew

    pupil = met.pupils[0]
    post(client_of("teacher"), take, sent(pupil))
    certify(cast.teacher, cast.school)
    assert renew("maple", "test") is not None
    settings.NOW = NEXT_WEEK
    leaves(rosters, pupil)
    name, planner = name_of(rosters, pupil), client_of("planner")
    listed = planner.get("/d/maple/measures/?lang=en&code=measures.unverified_day").content.decode()
    assert f"<bdi>{name}</bdi>" in listed
    assert name in told(planner.get(f"/d/maple/measures/pupils/{pupil}/?lang=en"))
    assert name in told(client_of("principal").get(f"/d/maple/measures/pupils/{pupil}/{TUESDAY}/?lang=en"))
    assert client_of("foreigner").get(f"/d/maple/measures/pupils/{pupil}/").status_code == 404
    assert client_of("foreigner").get(f"/d/cedar/measures/pupils/{pupil}/").status_code == 404


def test_a_former_name_is_corrected_or_taken_away_at_the_terminal_and_no_seal_changes(
    met: Any, take: str, cast: Cast, client_of: Sign, rosters: Any
) -> None:
    from typer.testing import CliRunner

    from schooldesk.ledger import sealing
    from schooldesk.ledger.commands import ledger_app
    from schooldesk.people.models import Event

    pupil, run = met.pupils[0], CliRunner()
    words = ["former", pupil, "--district", "maple"]
    assert run.invoke(ledger_app, [*words, "--given", "Lee"]).exit_code == 2, "the name is the roster's"
    post(client_of("teacher"), take, sent(pupil))
    certify(cast.teacher, cast.school)
    leaves(rosters, pupil)
    assert run.invoke(ledger_app, words).exit_code == 2
    assert run.invoke(ledger_app, [*words, "--forget", "--given", "Lee"]).exit_code == 2
    assert run.invoke(ledger_app, [*words, "--given", "Lee", "--family", "New"]).exit_code == 0
    assert called("maple", pupil) == {pupil: "Lee New"}
    assert run.invoke(ledger_app, [*words, "--forget"]).exit_code == 0
    assert called("maple", pupil) == {pupil: pupil}
    assert run.invoke(ledger_app, ["former", pupil, "--district", "cedar", "--forget"]).exit_code == 2
    with scope.district("maple"):
        about = list(Event.objects.filter(what__startswith="former.").order_by("pk"))
    assert [one.what for one in about] == ["former.renamed", "former.name_taken_away"]
    assert all(one.about == {"pupil": pupil} for one in about)
    assert sealing.verify("maple", "test").findings == []
