"""Publishing: whole pages only, written when they changed, and going on where it was killed."""

# ruff: noqa: ANN001, PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from django.test import Client

from schoolday.files.plans import write_plan
from schoolday.ground.errors import SchooldayError
from schoolday.rules import Way
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.plan import Plan
from schoolday.timetable.timetable import Timetable
from schooldesk import scope, taking
from schooldesk.day.models import HouseholdDay, PublishRun
from schooldesk.day.publish import publish
from schooldesk.people.models import Event
from schooldesk.roster import reads
from tests.desk.conftest import FIRST, LAST, TUESDAY, Cast


def moved(plan: Plan) -> Plan:
    """Return the plan with every meeting of Tuesday a slot later: a change that everybody sees."""
    weeks = {}
    for school, week in plan.weeks.items():
        placements = (replace(p, slot=p.slot + 1) if p.day == 1 else p for p in week.timetable.placements)
        weeks[school] = SchoolWeek(week.problem, Timetable(school, tuple(placements)))
    return replace(plan, seed=plan.seed + 1, weeks=weeks)


@pytest.mark.django_db
def test_publishing_again_writes_nothing(cast: Cast) -> None:
    assert publish("maple", FIRST, LAST, who="test").written == 0


@pytest.mark.django_db
def test_the_roster_and_plan_come_back_from_the_tables_as_they_went_in(rosters, plans) -> None:
    from schooldesk.timetable import reads as timetable

    for name, roster in rosters.items():
        with scope.district(name):
            home = reads.district(name)
            assert home is not None
            assert reads.whole(home) == roster
            assert timetable.weeks(home.plan_id) == dict(sorted(plans[name].weeks.items()))


@pytest.mark.django_db
def test_counted_rooms_come_back_from_the_tables_and_an_older_version_has_none(cast: Cast, rosters) -> None:
    first, second = list(rosters["maple"].schools)[:2]
    counted = {second: {"science lab": 2, "gym": 1}, first: {"gym": 1}}
    taking.take(replace(rosters["maple"], rooms=counted), None, who="test")
    with scope.district("maple"):
        home = reads.district("maple")
        assert home is not None
        assert home.roster is not None
        assert reads.whole(home).rooms == counted
        del home.roster.rest["rooms"]
        assert reads.whole(home).rooms == {}


@pytest.mark.django_db
def test_a_family_sees_what_changed_since_it_looked_and_only_then(
    cast: Cast, client: Client, rosters, plans
) -> None:
    at = f"/h/{cast.family.token}/2020-09-08/?"
    said = b'class="note changes"'
    assert said not in client.get(at).content
    taking.take(rosters["maple"], moved(plans["maple"]), who="test")
    assert publish("maple", TUESDAY, TUESDAY, who="test").written > 0
    changed = client.get(at).content
    assert said in changed
    # Opened: from now on this is what the family last saw, and the next publish has nothing to tell.
    publish("maple", TUESDAY, TUESDAY, who="test")
    assert said not in client.get(at).content


@pytest.mark.django_db
def test_a_family_that_did_not_look_is_told_of_both_changes_at_once(
    cast: Cast, client: Client, rosters, plans
) -> None:
    at = f"/h/{cast.family.token}/2020-09-08/?"
    client.get(at)
    before = client.get(at).content
    taking.take(rosters["maple"], moved(plans["maple"]), who="test")
    publish("maple", TUESDAY, TUESDAY, who="test")
    taking.take(rosters["maple"], plans["maple"], who="test")
    publish("maple", TUESDAY, TUESDAY, who="test")
    assert client.get(at).content == before


@pytest.mark.django_db
def test_a_failing_import_leaves_what_stood(cast: Cast, rosters, plans, client: Client) -> None:
    at = f"/h/{cast.family.token}/2020-09-08/"
    before = client.get(at).content
    broken = replace(rosters["maple"], enrollments=(*rosters["maple"].enrollments, None))
    with pytest.raises(AttributeError):
        taking.take(broken, plans["maple"], who="test")
    with scope.district("maple"):
        home = reads.district("maple")
        assert home is not None
        assert reads.whole(home) == rosters["maple"]
    assert client.get(at).content == before


@pytest.mark.django_db
def test_a_plan_of_a_way_that_no_rule_allows_then_is_refused_before_it_replaces_anything(
    cast: Cast, rosters, plans, client: Client
) -> None:
    at = f"/h/{cast.family.token}/2020-09-08/"
    before = client.get(at).content
    other = replace(plans["maple"], way=Way.INDEPENDENT_STUDY)
    with pytest.raises(SchooldayError, match="total_minutes is not in force on 2020-09-08"):
        taking.take(rosters["maple"], other, who="test")
    assert publish("maple", TUESDAY, TUESDAY, who="test").written == 0
    assert client.get(at).content == before


@pytest.mark.django_db
def test_a_plan_of_another_district_is_refused(rosters, plans) -> None:
    with pytest.raises(SchooldayError, match="the plan is of 'cedar' and the roster of 'maple'"):
        taking.take(rosters["maple"], plans["cedar"], who="test")


@pytest.mark.django_db
def test_a_household_that_left_has_no_page_any_more(cast: Cast, client: Client, rosters) -> None:
    roster = rosters["maple"]
    houses = {key: house for key, house in roster.households.items() if key != cast.family.id}
    with scope.district("maple"):
        home = reads.district("maple")
        assert home is not None
        from schooldesk.timetable import reads as timetable

        plan = Plan("maple", TUESDAY, 1, timetable.weeks(home.plan_id))
    taking.take(replace(roster, households=houses), plan, who="test")
    publish("maple", TUESDAY, TUESDAY, who="test")
    assert client.get(f"/h/{cast.family.token}/2020-09-08/").status_code == 404
    with scope.district("maple"):
        assert not HouseholdDay.objects.filter(
            key__gte=cast.family.number * 10**6, key__lt=(cast.family.number + 1) * 10**6
        ).exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (LAST, FIRST, "run backwards"),
        (FIRST, FIRST.replace(month=12), "at most 14 dates"),
        (FIRST.replace(year=2031), FIRST.replace(year=2031), "outside the school year"),
    ],
)
def test_dates_that_cannot_be_published_are_refused_in_words(first, last, said: str) -> None:
    with pytest.raises(SchooldayError, match=said):
        publish("maple", first, last, who="test")


@pytest.mark.django_db
def test_a_publish_leaves_an_event_and_its_run(cast: Cast) -> None:
    with scope.district("maple"):
        assert Event.objects.filter(what="published").exists()
        assert PublishRun.objects.exclude(finished=None).exists()


def run(var: Path, plan: Path | str, dies_after: int = 0) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "SCHOOLDESK_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "schooldesk.settings",
        "SCHOOLDESK_NOW": "2020-09-08T07:45",
    }
    environment.pop("SCHOOLDESK_DATABASE", None)
    command = [sys.executable, "-m", "tests.desk.publishing", str(plan), str(dies_after)]
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)


def pages(var: Path) -> dict[int, tuple[bytes, ...]]:
    with sqlite3.connect(var / "desk.sqlite3") as database:
        found = database.execute("SELECT key, turns, head, opening, own, tail FROM day_householdday")
        return {key: pieces for key, *pieces in found}


def feeds(var: Path) -> dict[int, bytes]:
    with sqlite3.connect(var / "desk.sqlite3") as database:
        return dict(database.execute("SELECT household, ics FROM day_feed"))


@pytest.mark.slow
@pytest.mark.parametrize("few", ["2000", "0"], ids=["one process", "several"])
def test_a_killed_publish_leaves_whole_pages_and_goes_on_where_it_stopped(
    tmp_path: Path, plans, monkeypatch: pytest.MonkeyPatch, few: str
) -> None:
    monkeypatch.setenv("SCHOOLDESK_FEW", few)
    write_plan(plans["maple"], tmp_path / "one")
    write_plan(moved(plans["maple"]), tmp_path / "two")
    var, calm = tmp_path / "var", tmp_path / "calm"
    assert run(var, tmp_path / "one").returncode == 0
    old = pages(var)
    killed = run(var, tmp_path / "two", dies_after=20)
    assert killed.returncode == -signal.SIGKILL
    between = pages(var)
    resumed = run(var, "")
    assert resumed.returncode == 0, resumed.stderr
    new = pages(var)
    changed = {key for key in new if new[key] != old[key]}
    # Everybody's Tuesday changed, so each household that was done before has its new page.
    assert 20 <= int(resumed.stdout) < len(new)
    assert int(resumed.stdout) == len({key for key in changed if between[key] == new[key]})
    assert {key for key in between if between[key] not in (old[key], new[key])} == set()
    assert 0 < len({key for key in changed if between[key] == new[key]}) < len(changed)
    # A publish that nobody killed gives the very same pages and feeds.
    assert run(calm, tmp_path / "one").returncode == 0
    assert run(calm, tmp_path / "two").returncode == 0
    assert (pages(calm), feeds(calm)) == (new, feeds(var))
