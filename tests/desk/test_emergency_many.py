"""Many at once after an emergency: files of tries, a whole school offered instruction."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from schooldesk import scope
from schooldesk.emergency import models
from tests.desk.conftest import Cast
from tests.desk.emergencies import AT, HEAD, count, flood, pupils, send
from tests.desk.words import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("autumn")]
Sign = Callable[[str], Client]


@pytest.fixture
def row() -> models.Emergency:
    return flood()


def test_a_file_is_taken_down_whole_and_again_adds_only_what_is_new(
    client_of: Sign, cast: Cast, row: models.Emergency
) -> None:
    planner, some = client_of("planner"), pupils()
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
    one = pupils()[0]
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
    other, mine = pupils(cast.other_school)[0], pupils(cast.school)[0]
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
    assert count(models.Offer) == len(pupils(cast.school))
    planner.post(many, form)
    assert count(models.Offer) == len(pupils(cast.school))
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
