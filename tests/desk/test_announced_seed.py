"""The seed of a draw is announced to everybody before it; another one is drawn with only for a reason."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from schooldesk import scope
from tests.desk.cohorts import ask, home_of, lay, make, open_round, seats_csv, send, tell
from tests.desk.conftest import Cast

pytestmark = pytest.mark.django_db
MAKE = {"do": "make", "day": "2020-09-08", "seed": "2020"}


def unannounced() -> str:
    """Open a round without a seed and return the address of its page."""
    from schooldesk.cohorts.rounds import writes
    from tests.desk.cohorts import DAY

    with scope.district("maple"):
        row = writes.open_round(home_of("maple"), DAY, DAY, ("on_site",), "on_site", "planner")
    send(row, "seats", seats_csv("maple", 16))
    return f"/d/maple/cohorts/{row.pk}/"


def everybody(client: Client, district: str = "maple", lang: str = "en") -> str:
    return client.get(f"/d/{district}/return/?lang={lang}").content.decode()


def test_no_cohorts_are_made_before_a_seed_is_announced(planner: Client) -> None:
    at = unannounced()
    refused = planner.post(at, MAKE)
    assert refused.status_code == 422
    assert "announce the seed of the draw first" in refused.content.decode()
    assert planner.post(at, {"do": "announce", "seed": "2020"}).status_code == 302
    assert planner.post(at, MAKE).status_code == 302


def test_everybody_reads_the_announced_seed_before_the_draw(planner: Client, cast: Cast) -> None:
    from schooldesk.people.models import Event

    at, stranger = unannounced(), Client()
    assert "Seed" not in everybody(stranger)
    for seed in ("7", "8", "8"):
        planner.post(at, {"do": "announce", "seed": seed})
    shown = everybody(stranger)
    assert "<strong>Seed 8, announced on" in shown
    assert shown.count("Before: seed 7, announced on") == 1
    assert "Semilla 8, anunciada el" in everybody(stranger, lang="es")
    assert "Seed" not in everybody(stranger, "cedar")
    assert (
        "It is made with seed 8" in stranger.get(f"/h/{cast.family.token}/choice/?lang=en").content.decode()
    )
    with scope.district("maple"):
        said = Event.objects.filter(what="cohorts.seed_announced").order_by("pk")
        assert [one.about["seed"] for one in said] == [7, 8]


def test_once_cohorts_were_asked_for_no_other_seed_is_announced(planner: Client) -> None:
    row = open_round("maple")
    send(row, "seats", seats_csv("maple", 16))
    ask(row)
    at = f"/d/maple/cohorts/{row.pk}/"
    late = planner.post(at, {"do": "announce", "seed": "7"})
    assert late.status_code == 422
    assert "no other seed can be announced" in late.content.decode()
    assert "Announce it" not in planner.get(at).content.decode()


@pytest.mark.parametrize("seed", ["", "luck", "-1", str(2**31)])
def test_what_is_no_seed_is_not_announced(planner: Client, seed: str) -> None:
    answer = planner.post(unannounced(), {"do": "announce", "seed": seed})
    assert answer.status_code == 422
    assert "a seed is a whole number" in answer.content.decode()


def test_another_seed_is_refused_without_a_reason_and_with_one_everybody_reads_it(planner: Client) -> None:
    from schooldesk.cohorts.making import reads, work

    row = open_round("maple")
    send(row, "seats", seats_csv("maple", 16))
    at, other = f"/d/maple/cohorts/{row.pk}/", MAKE | {"seed": "7"}
    for reason in ("", "  "):
        refused = planner.post(at, other | {"reason": reason})
        assert refused.status_code == 422
        assert "seed 2020 was announced" in refused.content.decode()
    why = "The lottery of 4 September was void"
    made = planner.post(at, other | {"reason": why})
    assert made.status_code == 302
    assert why in planner.get(made["Location"]).content.decode()
    assert why in planner.get(at).content.decode()
    with scope.district("maple"):
        waiting = reads.makings(row)[0]
    work.make(waiting)
    with scope.district("maple"):
        tell(reads.one(waiting.pk))
    assert why in planner.get(made["Location"]).content.decode()
    shown = everybody(Client())
    assert "<strong>Seed 2020, announced on" in shown
    assert "drawn with seed 7" in shown
    assert why in shown
    assert why not in everybody(Client(), "cedar")


def test_a_reason_is_kept_only_where_the_seed_is_another(planner: Client) -> None:
    from schooldesk.cohorts.making import reads

    made = lay("maple")
    other = make(made.round, seed=7)
    planner.post(f"/d/maple/cohorts/made/{other.pk}/", {"do": "again"})
    planner.post(f"/d/maple/cohorts/{made.round_id}/", MAKE | {"reason": "none is needed"})
    with scope.district("maple"):
        assert {one.seed: one.reason for one in reads.makings(made.round)} == {
            2020: "",
            7: "the lottery was drawn again",
        }


def test_another_districts_planner_announces_nothing_here(client_of: Callable[[str], Client]) -> None:
    row = open_round("maple")
    foreigner, principal = client_of("foreigner"), client_of("principal")
    form = {"do": "announce", "seed": "7"}
    for district in ("maple", "cedar"):
        assert foreigner.post(f"/d/{district}/cohorts/{row.pk}/", form).status_code == 404
    assert principal.post(f"/d/maple/cohorts/{row.pk}/", form).status_code == 403
