"""From entries at the desk through seals and packs to measures, kept by changed day, shown and walked."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from schoolday.files.engines.duck import Duck
from schoolday.files.engines.packs import read_dense
from schoolday.measures.given import PackRow
from schoolday.measures.limits import spread
from schoolday.measures.reference import reference
from schooldesk import scope
from schooldesk.people.models import AccessLog, Event
from tests.desk.conftest import Cast
from tests.desk.ledgers import FRIDAY_EVENING, MONDAY, TUESDAY, certify, home_of, post, sent
from tests.desk.words import told

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]


@pytest.fixture(autouse=True)
def _friday(settings: Any, tmp_path: Path) -> None:
    settings.NOW = FRIDAY_EVENING
    settings.VAR = tmp_path


@pytest.fixture
def entered(cast: Cast, met: Any, client_of: Sign) -> Any:
    """One pupil joined and was moved, one was there without minutes, one was excused; the others: nothing."""
    at, some = f"/d/maple/take/{met.source}/{TUESDAY}/", met.pupils
    first = sent(some[0])
    more = [
        sent(some[1], last=None, minutes=None),
        sent(some[2], kind="attendance", code="excused", first=None, last=None, minutes=None),
    ]
    assert post(client_of("teacher"), at, first, *more).status_code < 300
    better = sent(some[0], first=545, last=580, minutes=35, corrects=first["id"])
    assert post(client_of("teacher"), at, better).status_code < 300
    return met


@pytest.fixture
def renewed(cast: Cast, entered: Any) -> Any:
    from schooldesk.measures.renewing import renew

    certify(cast.teacher, cast.school)
    return renew("maple", "test")


def certify_later(cast: Cast) -> None:
    """Certify the week again on the Monday after."""
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from schooldesk import clock
    from schooldesk.ledger import sealing, sentences
    from schooldesk.ledger.writes import By

    home = home_of()
    zone = ZoneInfo(home.timezone)
    with clock.at(datetime(2020, 9, 14, 8, 0, tzinfo=zone)), scope.district("maple"):
        by = By("maple", "teacher", cast.teacher, zone)
        sealing.certify_week(by, home, cast.school, cast.teacher, MONDAY, sentences.WORDS)


def test_sealed_entries_give_the_figures_of_the_plain_reference(renewed: Any, entered: Any) -> None:
    from schooldesk.measures import board, folder

    year, packs = folder.read(folder.folder_of("maple"))
    rows = [PackRow(*row) for row in Duck(list(packs.values())).ask("SELECT * FROM pack_rows")]
    assert {row.day for row in rows if row.origin != "plan"} == {TUESDAY}
    from schooldesk.rules.reads import rulebook

    limits = spread(rulebook(), year, places=home_of().places)
    plain = reference(year, limits, rows)
    # One child's minutes are not for the board; here the smallest cell is one pupil.
    cells = board.board_of(read_dense(packs, year, limits), set(packs), 1)["2020-09"]
    found = {(one[0], one[1]): one for one in cells}
    given, planned = (sum(row[place] for row in plain["minutes_by_day"]) for place in (5, 6))
    assert found["given_of_planned", "all"][4:6] == [given, planned]
    said = {(one[0], one[1]): one for one in renewed.row.board["2020-09"]}
    assert said["given_of_planned", "all"][4:6] == ["suppressed", "suppressed"]
    assert given == 35
    assert planned > 1000


def test_only_changed_days_are_read_again_and_the_result_is_that_of_the_whole_year(
    cast: Cast, renewed: Any, met: Any, client_of: Sign
) -> None:
    from schooldesk.measures import folder
    from schooldesk.measures.renewing import renew

    assert renewed.whole
    again = renew("maple", "test")
    assert again is not None
    assert (again.days, again.whole) == ((), False)
    post(client_of("teacher"), f"/d/maple/take/{met.source}/{TUESDAY}/", sent(met.pupils[3]))
    certify_later(cast)
    changed = renew("maple", "test")
    assert changed is not None
    assert (changed.days, changed.whole) == ((TUESDAY,), False)
    (folder.folder_of("maple") / "kept" / "of.json").unlink()
    with scope.district("maple"):
        from schooldesk.measures.models import Found, Measured

        kept = sorted(Found.objects.values_list("code", "pupil", "value", "status"))
        Measured.objects.all().delete()
    anew = renew("maple", "test")
    assert anew is not None
    assert anew.whole
    assert anew.row.board == changed.row.board
    with scope.district("maple"):
        assert sorted(Found.objects.values_list("code", "pupil", "value", "status")) == kept
        events = list(Event.objects.filter(what="measures.renewed"))
    assert len(events) == 3


def test_the_command_seals_what_waits_measures_it_and_says_what_was_read(cast: Cast, entered: Any) -> None:
    from typer.testing import CliRunner

    from schooldesk.cli import app

    words = ["measures", "renew", "--district", "maple"]
    assert "Nothing is sealed yet" in CliRunner().invoke(app, words).stdout
    certify(cast.teacher, cast.school)
    assert "4 were read again (all of them)" in CliRunner().invoke(app, words).stdout
    done = CliRunner().invoke(app, words)
    assert (done.exit_code, "0 were read again" in done.stdout) == (0, True)


def test_pupils_who_left_the_roster_stay_measured(cast: Cast, entered: Any) -> None:
    from schooldesk.measures import folder
    from schooldesk.measures.renewing import renew
    from schooldesk.roster.models import Pupil

    certify(cast.teacher, cast.school)
    gone = entered.pupils[0]
    renew("maple", "test")
    with scope.district("maple"):
        Pupil.objects.filter(sourced=gone).delete()
    found = renew("maple", "test")
    assert found is not None
    assert found.whole
    year, _packs = folder.read(folder.folder_of("maple"))
    assert [one.enrolled for one in year.pupils if one.id == gone] == [((TUESDAY, TUESDAY),)]


def test_the_worker_renews_what_was_sealed_and_rests_then(cast: Cast, entered: Any) -> None:
    from schooldesk.ledger.sealing import do_what_waits
    from schooldesk.measures.models import Measured
    from schooldesk.measures.renewing import renew_what_waits

    certify(cast.teacher, cast.school)
    do_what_waits()
    done: list[int] = []
    renew_what_waits(done.append)
    renew_what_waits(done.append)
    assert done == [1]
    with scope.district("maple"):
        assert Measured.objects.count() == 1
    with scope.district("cedar"):
        assert Measured.objects.count() == 0


@pytest.mark.parametrize("lang", ["en", "es"])
def test_the_board_tells_definition_rule_and_source_and_small_groups_are_suppressed(
    renewed: Any, client_of: Sign, lang: str
) -> None:
    said = told(client_of("stranger").get(f"/d/maple/board/?lang={lang}"))
    wanted = {
        "en": ("Promised and delivered", "Not verified", "is neither zero nor unknown", "September 2020"),
        "es": ("Prometido y dado", "Sin verificar", "no es cero ni desconocido", "septiembre"),
    }[lang]
    assert [one for one in wanted if one not in said] == []
    short = told(client_of("stranger").get(f"/d/maple/board/?rate=short_days&by=homeless&lang={lang}"))
    assert "ca.distance" in short
    assert {"en": "suppressed", "es": "no se muestra"}[lang] in short


def test_no_hidden_cell_of_the_board_has_a_number_and_none_is_told_as_zero(
    renewed: Any, client_of: Sign
) -> None:
    answer = client_of("stranger").get("/d/maple/board.json").json()
    hidden = [one for one in answer["figures"] if one["pupils"] == "suppressed"]
    assert hidden
    assert all(
        one[name] == "suppressed" for one in hidden for name in ("part", "whole", "unknown", "percent")
    )
    least = answer["smallest_told"]
    assert all(one["pupils"] >= least for one in answer["figures"] if one["pupils"] != "suppressed")
    groups = {
        (one["rate"], one["kind"], one["value"], one["pupils"] == "suppressed") for one in answer["figures"]
    }
    assert len({one[:3] for one in groups}) == len(groups)
    assert answer["rates"]["short_days"]["rules"][0]["source"]
    text = client_of("stranger").get("/d/maple/board.csv").content.decode()
    assert len(text.splitlines()) == len(answer["figures"]) + 1


def test_a_district_without_seals_has_an_empty_board_and_no_district_none(client_of: Sign) -> None:
    stranger = client_of("stranger")
    assert "No week has been sealed" in told(stranger.get("/d/cedar/board/?lang=en"))
    assert stranger.get("/d/cedar/board.csv").status_code == 404
    assert stranger.get("/d/nowhere/board/").status_code == 404


def test_an_auditor_walks_from_a_finding_to_the_entry_and_who_certified_it_and_each_read_is_logged(
    cast: Cast, renewed: Any, met: Any, client_of: Sign, rosters: Any
) -> None:
    planner, who = client_of("planner"), met.pupils[0]
    said = told(planner.get("/d/maple/measures/?lang=en&code=measures.unverified_day"))
    assert f"{rosters['maple'].pupils[who].given} {rosters['maple'].pupils[who].family}" in said
    said = told(planner.get(f"/d/maple/measures/pupils/{who}/?lang=en"))
    assert "September 8, 2020" in said
    assert "35" in said
    said = told(planner.get(f"/d/maple/measures/pupils/{who}/{TUESDAY}/?lang=en"))
    assert "corrected or withdrawn later" in said
    assert said.count(f"Certified by {cast.teacher}") == 2
    with scope.district("maple"):
        pages = list(AccessLog.objects.order_by("pk").values_list("page", flat=True))
    assert pages[-3:] == [
        "measures measures.unverified_day page 1",
        f"measures of pupil {who}",
        f"measures of pupil {who} {TUESDAY}",
    ]


def test_a_principal_walks_to_pupils_of_their_own_schools_alone(
    cast: Cast, renewed: Any, client_of: Sign, rosters: Any
) -> None:
    other = next(one.id for one in rosters["maple"].pupils.values() if one.school == cast.other_school)
    far = next(iter(rosters["cedar"].pupils))
    principal = client_of("principal")
    assert principal.get(f"/d/maple/measures/pupils/{cast.family.pupils[0]}/").status_code == 200
    assert principal.get(f"/d/maple/measures/pupils/{other}/").status_code == 403
    assert client_of("planner").get(f"/d/maple/measures/pupils/{far}/").status_code == 404
    listed = told(principal.get("/d/maple/measures/?lang=en&code=measures.unverified_day"))
    assert other not in listed


def test_what_is_not_sealed_yet_is_shown_by_school(entered: Any, cast: Cast, client_of: Sign) -> None:
    at = f"/d/maple/measures/open/{MONDAY}/"
    said = told(client_of("planner").get(f"{at}?lang=en"))
    assert client_of("principal").get(f"{at}?school={cast.other_school}").status_code == 403
    assert client_of("principal").get(f"{at}?school={cast.school}").status_code == 200
    assert "Not sealed yet" in said
    assert " 35 " in said
    assert client_of("planner").get(f"/d/maple/measures/open/{TUESDAY}/").status_code == 404


def test_the_board_says_as_of_when_it_is_and_what_changed_since_until_the_worker_renews_it(
    cast: Cast, entered: Any, client_of: Sign, settings: Any
) -> None:
    from schooldesk.ledger.sealing import do_what_waits
    from schooldesk.measures.renewing import renew_what_waits
    from tests.desk.care import send
    from tests.desk.emergencies import flood

    certify(cast.teacher, cast.school)
    do_what_waits()
    renew_what_waits()
    at, changed = "/d/maple/board/?lang=en", "has changed since"
    said = told(client_of("stranger").get(at))
    assert "As of September 11, 2020." in said
    assert changed not in said
    settings.NOW = "2020-09-14T16:00"
    sheet = "schoolId,first,last,source\nmaple-elementary,2020-09-10,2020-09-10,Order 7\n"
    assert send(client_of("planner"), "closures.csv", sheet).status_code == 303
    assert changed in told(client_of("stranger").get(at))
    assert changed not in told(client_of("stranger").get("/d/cedar/board/?lang=en"))
    done: list[int] = []
    renew_what_waits(done.append)
    assert done == [1]
    said = told(client_of("stranger").get(at))
    assert "As of September 14, 2020." in said
    assert changed not in said
    settings.NOW = "2020-09-15T16:00"
    row = flood(began=TUESDAY, schools=(cast.school,))
    again = {"do": "closure", "shut": "2020-09-14", "again": "2020-09-15"}
    assert client_of("planner").post(f"/d/maple/emergencies/{row.pk}/", again).status_code == 303
    assert changed in told(client_of("stranger").get(at))


def test_a_clock_that_was_set_makes_no_figures_old(cast: Cast, entered: Any, client_of: Sign) -> None:
    """The demonstration lays its record at a time of its own, years before its roster was taken in."""
    from datetime import UTC, datetime

    from schooldesk.ledger.sealing import do_what_waits
    from schooldesk.measures.renewing import renew
    from schooldesk.roster.models import RosterVersion

    certify(cast.teacher, cast.school)
    do_what_waits()
    with scope.district("maple"):
        RosterVersion.objects.update(made=datetime(2030, 1, 1, tzinfo=UTC))
    assert renew("maple", "test") is not None
    assert "has changed since" not in told(client_of("stranger").get("/d/maple/board/?lang=en"))
