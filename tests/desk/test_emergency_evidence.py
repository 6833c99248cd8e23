"""The evidence that is downloaded is the evidence that the terminal makes of the same record."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from schoolday.calendar.days import Calendar
from schoolday.emergency.agreements import days_of, digest, studies, study_rules
from schoolday.emergency.clocks import clocks, follow
from schoolday.emergency.way_back import ways_back
from schoolday.files.emergencies import read_emergency
from schoolday.files.evidence import write_evidence
from schoolday.files.rulebooks import load
from schoolday.roster import Roster
from schooldesk import scope
from schooldesk.emergency import models
from tests.desk.conftest import Cast
from tests.desk.emergencies import HEAD, ZONE, agreement, flood, send

pytestmark = pytest.mark.django_db
YEAR = Calendar(date(2026, 8, 13), date(2027, 6, 4), {date(2026, 9, 7): "Labor Day"})


@pytest.fixture
def row(autumn: None) -> models.Emergency:
    return flood()


@pytest.fixture
def unpacked(
    client: Client, client_of: Callable[[str], Client], cast: Cast, row: models.Emergency, tmp_path: Path
) -> Path:
    """Return a download after calls, offers, a signed agreement and a wish."""
    planner, (one, two, *_) = client_of("planner"), cast.family.pupils
    send(planner, row, HEAD + f"{one},2026-09-05T10:15,phone,Kim,no,\n{one},2026-09-06,visit,Kim,yes,\n")
    send(planner, row, HEAD + f"{two},2026-09-06,phone,Kim,yes,\n")
    with scope.district("maple"):
        last = models.Batch.objects.order_by("-pk").first()
    planner.post(f"/d/maple/emergencies/{row.pk}/many/", {"do": "undo", "row": last.pk})
    offer = {"do": "offer", "school": cast.school, "day": "2026-09-09", "way": "distance", "by": "all"}
    planner.post(f"/d/maple/emergencies/{row.pk}/many/", offer)
    made = agreement(row, one, cast.teacher, (date(2026, 9, 10), date(2026, 10, 30)))
    home = f"/h/{cast.family.token}/agreements/"
    form = {"do": "sign", "signer": "pupil", "name": "Camila O.", "agreed": "yes", "sha256": made.sha256}
    client.post(f"{home}{made.pk}/", form)
    client.post(home, {"do": "ask", "pupil": one, "name": "Rosa O."})
    answer = planner.get(f"/d/maple/emergencies/{row.pk}/evidence.zip")
    assert answer["Content-Type"] == "application/zip"
    assert f'filename="{row.name}-evidence.zip"' in answer["Content-Disposition"]
    with zipfile.ZipFile(BytesIO(answer.content)) as packed:
        packed.extractall(tmp_path / "desk")
    return tmp_path / "desk"


def test_the_terminal_makes_the_same_bytes_of_the_record(
    unpacked: Path, rosters: dict[str, Roster], tmp_path: Path
) -> None:
    maple = replace(rosters["maple"], calendar=YEAR)
    reading = read_emergency(unpacked / "record", maple, ZONE)
    assert reading.findings == ()
    kept, book, now = reading.recorded, load(), datetime(2026, 9, 9, 12, tzinfo=ZONE)
    assert kept is not None
    assert len(kept.contacts) == 2  # what was undone is not there
    rules, about = clocks(book, maple.places, kept.emergency, ZONE), study_rules(book, maple.places)
    shared: dict[str, Any] = {"calendar": YEAR, "now": now, "zone": ZONE}
    followed = follow(
        kept.emergency, maple.pupils.values(), kept.contacts, kept.offers, rules=rules, **shared
    )
    found = studies(kept.agreements, maple.pupils, rules=about, **shared)
    days = days_of(kept.agreements, YEAR)
    back = ways_back(kept.returns, maple.pupils, days, rules=about, **shared)
    names = ("emergency", "contacts", "offers", "agreements", "signatures", "returns")
    sources = [unpacked / "record" / f"{name}.csv" for name in names]
    write_evidence(tmp_path / "own", kept.emergency, followed, rules, maple, now, sources, found, back)
    made = {path.name: path.read_bytes() for path in (tmp_path / "own").iterdir()}
    assert set(made) == {"pupils.csv", "studies.csv", "ways_back.csv", "statement.md"}
    for name, body in made.items():
        assert (unpacked / name).read_bytes() == body, name


def test_every_hash_of_the_statement_is_that_of_its_file_and_of_the_text(unpacked: Path) -> None:
    statement = (unpacked / "statement.md").read_text()
    for path in [*(unpacked / "record").glob("*.csv"), *unpacked.glob("*.csv")]:
        assert f"`{path.name}`: sha256 {hashlib.sha256(path.read_bytes()).hexdigest()}" in statement
    (text,) = (unpacked / "record" / "texts").iterdir()
    assert digest(text.read_text()) in (unpacked / "record" / "agreements.csv").read_text()
    assert "Two-way contact after an emergency" in statement
    assert "1 agreements, 0 signed by all" in statement
    assert "Back in class within five instructional days" in statement


def test_the_same_record_asked_at_the_same_moment_gives_the_same_bytes(
    client_of: Callable[[str], Client], row: models.Emergency
) -> None:
    at = f"/d/maple/emergencies/{row.pk}/evidence.zip"
    assert client_of("planner").get(at).content == client_of("planner").get(at).content


def test_the_page_to_print_lists_every_pupil(
    client_of: Callable[[str], Client], row: models.Emergency
) -> None:
    page = client_of("planner").get(f"/d/maple/emergencies/{row.pk}/evidence/").content.decode()
    assert page.count("/pupils/") == 60
    assert "evidence.zip" in page


def test_circumstances_of_the_affidavit_excuse_the_relief_and_not_the_plan(
    client_of: Callable[[str], Client], row: models.Emergency
) -> None:
    at = f"/d/maple/emergencies/{row.pk}/evidence"
    page = client_of("planner").get(f"{at}/?extenuating=yes").content.decode()
    assert "evidence.zip?extenuating=yes" in page
    assert "the safety plan’s own duty has no such exception" in page
    with zipfile.ZipFile(BytesIO(client_of("planner").get(f"{at}.zip?extenuating=yes").content)) as packed:
        first = packed.read("pupils.csv").decode().splitlines()[:2]
    stands = dict(zip(first[0].split(","), first[1].split(","), strict=True))
    assert stands["ca.relief.contact"] == "not_bound"
    assert stands["ca.continuity.contact"] == "waiting"
