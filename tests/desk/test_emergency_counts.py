"""The counts of an emergency agree with its pupils one by one, and long lists come school by school."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from django.test import Client

from schoolday.emergency.clocks import Contact, Offer, counted
from schoolday.files.emergencies import read_emergency
from schooldesk import scope
from schooldesk.emergency import models
from tests.desk.conftest import Cast
from tests.desk.emergencies import AT, TRY, ZONE, by, flood, later, pupils
from tests.desk.test_emergency_evidence import YEAR
from tests.desk.words import told

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]
NOW = "2026-09-22T12:00"


@pytest.fixture(autouse=True)
def _autumn(settings: Any, db: None) -> None:
    settings.NOW = NOW
    later()


def fill(row: Any, some: list[str], seed: int) -> None:
    """Take down made-up tries and offers of many days and times, and undo some of them."""
    from schooldesk.emergency import writes

    draw = np.random.default_rng(seed)
    with scope.district("maple"):
        for kind in range(2):
            tries = [_try(draw, str(one)) for one in draw.choice(some, 50)]
            offers = [_offer(draw, str(one)) for one in draw.choice(some, 15)]
            writes.add_many(by(), row, f"{kind}.csv", tries, offers)
        rows = [("contact", one.pk) for one in models.Contact.objects.all()]
        rows += [("offer", one.pk) for one in models.Offer.objects.all()]
        for place in draw.choice(len(rows), 25, replace=False):
            writes.mark(by(), row.pk, *rows[place], "undone")
        batch = list(models.Batch.objects.all())[draw.integers(2)]
        for what in ("undone", "restored", "undone")[: draw.integers(4)]:
            writes.mark(by(), row.pk, "batch", batch.pk, what)


def _try(draw: np.random.Generator, pupil: str) -> Contact:
    at: date = date(2026, 9, int(draw.integers(4, 23)))
    if draw.random() < 0.6:
        at = datetime(2026, 9, at.day, *(int(one) for one in draw.integers((6, 0), (12, 60))), tzinfo=ZONE)
    return Contact(pupil, at, "phone", "Kim", bool(draw.random() < 0.6))


def _offer(draw: np.random.Generator, pupil: str) -> Offer:
    return Offer(pupil, date(2026, 9, int(draw.integers(4, 30))), "distance", "Lee")


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("extenuating", [False, True])
def test_counts_are_those_of_the_pupils_one_by_one(cast: Cast, seed: int, *, extenuating: bool) -> None:
    from schooldesk.emergency import standing, summary
    from schooldesk.roster import reads

    row = flood()
    fill(row, pupils(), seed)
    with scope.district("maple"):
        home = reads.district("maple")
        assert home is not None
        for schools in (None, frozenset({cast.school})):
            every = standing.of_schools(home, row, schools, extenuating=extenuating).followed
            counts = summary.of_schools(home, row, schools, extenuating=extenuating)
            assert counts.pupils == len(every)
            assert {one.rule.id: dict(one.counts) for one in counts.told()} == {
                rule: dict(some) for rule, some in counted(every).items()
            }
            for of in counts.schools():
                mine = [one for one in every if one.pupil.school == of.school]
                reached = sum(one.reached is not None for one in mine)
                offered = sum(one.offered is not None for one in mine)
                assert (of.pupils, of.reached, of.offered) == (len(mine), reached, offered)


def test_too_long_a_list_asks_for_a_school_and_still_counts_them_all(
    client_of: Sign, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("schooldesk.emergency.opened.A_LIST", 10)
    row, planner = flood(), client_of("planner")
    planner.post(f"{AT}{row.pk}/pupils/{cast.family.pupils[0]}/", TRY | {"answered": "yes"})
    mine = pupils(cast.school)
    for path in ("", "evidence/"):
        page = planner.get(f"{AT}{row.pk}/{path}")
        assert "Choose a school: the pupils of all of them are too many for one list." in told(page)
        assert "/pupils/" not in page.content.decode()
        assert f"<td>{len(mine)}</td><td>1</td><td>0</td>" in page.content.decode()
        shown = planner.get(f"{AT}{row.pk}/{path}?school={cast.school}").content.decode()
        assert set(re.findall(r"/pupils/([^/]+)/", shown)) == set(mine)
    assert "Choose a school" in told(planner.get(f"{AT}{row.pk}/?school=nowhere"))


def test_a_schools_evidence_is_its_own_and_the_terminal_reads_it(
    client_of: Sign, cast: Cast, rosters: Any, tmp_path: Path
) -> None:
    row = flood()
    fill(row, pupils(), 7)
    answer = client_of("planner").get(f"{AT}{row.pk}/evidence.zip?school={cast.school}")
    assert f'filename="{row.name}-{cast.school}-evidence.zip"' in answer["Content-Disposition"]
    with zipfile.ZipFile(BytesIO(answer.content)) as packed:
        packed.extractall(tmp_path)
    roster = replace(rosters["maple"], calendar=YEAR)
    there = read_emergency(tmp_path / "record", roster, ZONE).recorded
    assert there is not None
    assert there.emergency.schools == (cast.school,)
    assert {one.pupil for one in there.contacts} <= set(pupils(cast.school))
    text = "".join(path.read_text() for path in tmp_path.glob("*.csv"))
    assert all(one in text for one in pupils(cast.school))
    assert not any(f"{one}," in text for one in pupils(cast.other_school))


def test_many_agreements_come_in_pages(client_of: Sign, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.desk.emergencies import agreement
    from tests.desk.test_agreement_pages import WEEK

    monkeypatch.setattr("schooldesk.pages.A_PAGE", 10)
    row = flood()
    for one in pupils(cast.school)[:12]:
        agreement(row, one, cast.teacher, WEEK)
    pages = [
        client_of("planner").get(f"/d/maple/agreements/?page={place}").content.decode() for place in (1, 2)
    ]
    assert [page.count('<article class="rule">') for page in pages] == [10, 2]


def test_the_page_says_that_closed_days_count(client_of: Sign) -> None:
    row = flood()
    said = told(client_of("planner").get(f"{AT}{row.pk}/"))
    assert said.count("the law does not say that they are left out") == 2
