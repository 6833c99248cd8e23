"""The demonstration's round of choices: made up, marked so, made and told."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.test import Client

from schoolday.roster import Roster
from tests.desk.cohorts import DAY
from tests.desk.conditions import untell
from tests.desk.conftest import Cast

pytestmark = pytest.mark.django_db
MARK = "Made up for this demonstration"


@pytest.fixture(autouse=True)
def _shown(db: None, cast: Cast, rosters: dict[str, Roster]) -> Iterator[None]:
    from schooldesk.cohorts import showing
    from schooldesk.cohorts.making import reads

    reads.forget()
    said = showing.show(rosters["maple"], DAY, 2020, "demonstration", comes=cast.family.id)
    assert "made-up choices of program" in said
    yield
    reads.forget()


def test_families_and_everybody_read_when_children_come_back_and_that_it_is_made_up(
    cast: Cast, client: Client
) -> None:
    untell("maple")
    shown = client.get(f"/h/{cast.family.token}/return/?lang=en").content.decode()
    assert shown.count("<section") == len(cast.family.pupils)
    public = client.get("/d/maple/return/?lang=en").content.decode()
    assert public.count(MARK) == 3
    assert "Seed 2020, announced on August 20, 2020" in public
    assert "drawn with seed 2020" in public
    assert "has not told yet" in client.get("/d/cedar/return/?lang=en").content.decode()


def test_the_family_that_is_looked_at_comes_and_reads_the_made_up_source(cast: Cast, client: Client) -> None:
    untell("maple")
    shown = client.get(f"/h/{cast.family.token}/return/?lang=en").content.decode()
    assert MARK in shown
    assert "the next day at school is" in shown


def test_planners_find_the_round_its_cohorts_and_hybrid_in_the_form_of_a_move(
    client_of: Callable[[str], Client],
) -> None:
    planner = client_of("planner")
    rounds = planner.get("/d/maple/cohorts/?lang=en").content.decode()
    assert "Families are told the cohorts made with seed 2020" in rounds
    moves = planner.get("/d/maple/moves/?lang=en").content.decode()
    assert "Hybrid needs cohorts that families were told" not in moves
