"""The fixed clock of demonstrations and tests: one moment, wherever it is asked for."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from typer.testing import CliRunner

from schooldesk import clock, scope
from schooldesk.cli import app
from schooldesk.day.models import Presence, PublishRun
from schooldesk.people.models import Event
from tests.desk.conftest import Cast
from tests.desk.test_staff_pages import Sign

TRUE = datetime(2020, 9, 8, 14, 45, tzinfo=UTC)
"""The true instant of 7:45 in the morning, where the desk lies."""


def test_a_fixed_moment_is_the_same_instant_in_every_zone() -> None:
    assert clock.now() == TRUE
    assert clock.now("America/Los_Angeles").hour == 7
    assert clock.now("America/New_York") == TRUE
    assert clock.minute("America/New_York") == (date(2020, 9, 8), 10 * 60 + 45)


def test_a_fixed_moment_may_say_its_own_zone(settings: Any) -> None:
    settings.NOW = "2020-09-08T07:45-04:00"
    assert clock.now("America/Los_Angeles").hour == 4
    settings.NOW, settings.ZONE = "2020-09-08T07:45", "America/Denver"
    assert clock.now() == datetime(2020, 9, 8, 13, 45, tzinfo=UTC)


def test_today_is_the_date_where_the_desk_lies(settings: Any) -> None:
    settings.NOW = "2020-09-08T20:00"
    assert clock.today() == date(2020, 9, 8)


@pytest.mark.django_db
def test_what_is_stored_is_the_true_instant_and_the_admin_shows_the_districts_time(
    cast: Cast, client: Client, client_of: Sign
) -> None:
    client.post(f"/h/{cast.family.token}/2020-09-08/here/", {"pupil": cast.family.pupils[0]})
    with scope.district("maple"):
        assert Presence.objects.get().at == TRUE
        event = Event.objects.filter(what="here").get()
    planner = client_of("planner")
    for path in ("day/presence/", "people/event/", f"people/event/{event.pk}/change/"):
        told = planner.get(f"/admin/{path}").content.decode()
        assert "Sept. 8, 2020, 7:45 a.m." in told, path
        assert "14:45" not in told, path
    assert timezone.get_current_timezone_name() == "UTC"


@pytest.mark.parametrize(
    "words", [("serve",), ("publish", "--from", "2020-09-08"), ("load", "nowhere"), ("staff", "add", "x")]
)
@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SCHOOLDESK_NOW", "rubbish", "write it as 2020-09-08T07:45"),
        ("SCHOOLDESK_ZONE", "Mars/Olympus", "no time zone"),
    ],
)
def test_a_clock_that_cannot_be_set_is_refused_in_words_by_every_command(
    words: tuple[str, ...], name: str, value: str, said: str, tmp_path: Path
) -> None:
    done = subprocess.run(
        [Path(sys.executable).with_name("schooldesk"), *words],
        env=os.environ | {"SCHOOLDESK_VAR": str(tmp_path), name: value},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr
    assert f"{name} is '{value}'" in done.stderr
    assert said in done.stderr


@pytest.mark.parametrize("words", [("serve",), ("publish", "--from", "2020-09-08"), ("load", "nowhere")])
def test_a_command_refuses_a_moment_that_is_none(words: tuple[str, ...]) -> None:
    found = CliRunner().invoke(app, [*words, "--now", "rubbish"])
    assert found.exit_code == 2
    assert found.exception is None or isinstance(found.exception, SystemExit)


@pytest.mark.django_db
def test_a_publish_can_be_told_what_time_it_is(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # Set here, so that both are put back after the command has set them.
    settings.NOW = ""
    monkeypatch.setenv("SCHOOLDESK_NOW", "")
    words = ("publish", "--from", "2020-09-08", "--district", "maple", "--now", "2020-09-08T06:00")
    assert CliRunner().invoke(app, words).exit_code == 0
    with scope.district("maple"):
        run = PublishRun.objects.order_by("-id").first()
    assert run is not None
    assert run.started == datetime(2020, 9, 8, 13, tzinfo=UTC)
