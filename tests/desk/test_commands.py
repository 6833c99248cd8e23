"""`schooldesk staff` and `link` at the terminal: what they do, and what they refuse in words."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client
from typer.testing import CliRunner, Result

from schooldesk import scope
from schooldesk.people.models import Event, Staff
from tests.desk.conftest import PASSWORD, Cast

pytestmark = pytest.mark.django_db


def run(*words: str, password: str = PASSWORD) -> Result:
    from schooldesk.cli import app

    return CliRunner().invoke(app, list(words), env={"SCHOOLDESK_PASSWORD": password})


def add(*words: str) -> Result:
    return run("staff", "add", "newcomer", "--district", "maple", *words)


def newcomers() -> int:
    from django.contrib.auth import get_user_model

    users = get_user_model().objects.filter(username="newcomer")
    return users.count() + Staff.objects.filter(user__in=users).count()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--role", "teacher", "--person", "nope"), "has the id 'nope'"),
        (("--role", "principal", "--person", "nope", "--school", "{school}"), "has the id 'nope'"),
        (("--role", "teacher"), "--person"),
        (("--role", "provider"), "--person"),
        (("--role", "principal"), "--school"),
        (("--role", "principal", "--school", "{school}", "--school", "nope"), "no school 'nope'"),
        (("--role", "teacher", "--person", "{teacher}"), "has an account already"),
        (("--role", "janitor"), "'janitor' is no role"),
        (("--role", "party"), "--side"),
        (("--role", "planner", "--side", "union"), "only a party has --side"),
        (("--role", "mediator", "--side", "union"), "only a party has --side"),
        (("--role", "party", "--side", "union", "--school", "{school}"), "no school"),
        (("--role", "mediator", "--person", "{colleague}"), "no school"),
    ],
)
def test_an_account_that_could_show_nothing_is_refused_in_words_and_not_stored(
    cast: Cast, words: tuple[str, ...], said: str
) -> None:
    found = add(*(word.format(**vars(cast)) for word in words))
    assert found.exit_code == 2
    assert said in found.stderr
    assert newcomers() == 0


def test_an_account_of_somebody_on_the_roster_is_made(cast: Cast) -> None:
    found = add("--role", "principal", "--school", cast.school, "--school", cast.other_school)
    assert found.exit_code == 0
    assert newcomers() == 2
    with scope.district("maple"):
        assert Event.objects.filter(what="staff.added", about__username="newcomer").count() == 1


@pytest.mark.parametrize(("role", "side"), [("party", "union"), ("mediator", "")])
def test_a_side_and_a_mediator_of_the_table_get_accounts(role: str, side: str) -> None:
    assert add("--role", role, *(("--side", side) if side else ())).exit_code == 0
    assert Staff.objects.get(user__username="newcomer").side == side


@pytest.mark.parametrize(
    "words",
    [("staff", "add", "x", "--role", "planner"), ("publish", "--from", "2020-09-08"), ("link", "h1")],
)
def test_before_a_roster_was_loaded_a_command_says_so(words: tuple[str, ...], tmp_path: Path) -> None:
    environment = os.environ | {"SCHOOLDESK_VAR": str(tmp_path), "SCHOOLDESK_PASSWORD": PASSWORD}
    environment.pop("SCHOOLDESK_DATABASE", None)
    program = Path(sys.executable).with_name("schooldesk")
    done = subprocess.run([program, *words], env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert "load a roster first: schooldesk load" in done.stderr


def test_a_district_whose_roster_does_not_stand_takes_no_staff() -> None:
    from schooldesk.roster.models import District

    District.objects.filter(pk="maple").update(roster=None)
    found = add("--role", "planner")
    assert found.exit_code == 2
    assert "load" in found.stderr
    assert newcomers() == 0


def opens(client: Client, address: str) -> bool:
    return client.get(f"/h/{address.rstrip('/').rsplit('/', 1)[1]}/2020-09-08/").status_code == 200


def link(cast: Cast, *words: str) -> Result:
    return run("link", cast.family.id, "--district", "maple", *words)


def test_a_new_link_ends_the_old_one_as_the_welcome_page_says(cast: Cast, client: Client) -> None:
    found = link(cast)
    assert found.exit_code == 0
    assert opens(client, found.stdout.strip())
    assert not opens(client, f"/h/{cast.family.token}/")
    with scope.district("maple"):
        done = list(Event.objects.values_list("who", "what")[:2])
    assert done == [("command line", "link.given"), ("command line", "links.revoked")]


def test_a_new_link_leaves_older_ones_where_asked_to(cast: Cast, client: Client) -> None:
    found = link(cast, "--keep")
    assert opens(client, found.stdout.strip())
    assert opens(client, f"/h/{cast.family.token}/")


def test_a_familys_links_can_be_taken_back_without_a_new_one(cast: Cast, client: Client) -> None:
    found = link(cast, "--revoke")
    assert found.exit_code == 0
    assert "1 link" in found.stdout
    assert "/h/" not in found.stdout
    assert not opens(client, f"/h/{cast.family.token}/")
    assert "no links" in link(cast, "--revoke").stdout


def test_links_cannot_be_kept_and_taken_back_at_once(cast: Cast, client: Client) -> None:
    assert link(cast, "--revoke", "--keep").exit_code == 2
    assert opens(client, f"/h/{cast.family.token}/")


@pytest.mark.parametrize("words", [(), ("--revoke",)])
def test_a_household_that_nobody_knows_is_refused(words: tuple[str, ...]) -> None:
    found = run("link", "nobody", "--district", "maple", *words)
    assert found.exit_code == 2
    assert "no household 'nobody'" in found.stderr
