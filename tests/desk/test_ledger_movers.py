"""A pupil who leaves the class within a week: what was recorded stays, and the week is certified."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client

from schooldesk import scope
from tests.desk.conftest import Cast, plan_of
from tests.desk.ledgers import certify, post, sent, stored
from tests.desk.words import fields, told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]
Sign = Callable[[str], Client]


def leaves(rosters: Any, pupil: str, school: str = "") -> None:
    """Take a roster in that has a pupil at another school, or nowhere any more."""
    from schooldesk import taking

    roster = rosters["maple"]
    pupils = {**roster.pupils}
    one = pupils.pop(pupil)
    if school:
        pupils[pupil] = replace(one, school=school)
    houses = {
        key: replace(house, pupils=tuple(who for who in house.pupils if who in pupils))
        for key, house in roster.households.items()
    }
    kept = tuple(row for row in roster.enrollments if row.pupil != pupil)
    services = {key: row for key, row in roster.services.items() if row.pupil != pupil}
    moved = replace(roster, pupils=pupils, households=houses, enrollments=kept, services=services)
    taking.take(moved, plan_of(moved), who="test")


@pytest.mark.parametrize("where", ["another school", "nowhere"])
def test_a_week_with_an_entry_of_a_pupil_who_has_left_since_is_certified_with_it(
    where: str, met: Any, take: str, week: str, cast: Cast, client_of: Sign, rosters: Any
) -> None:
    pupil = met.pupils[0]
    client = client_of("teacher")
    post(client, take, sent(pupil), sent(met.pupils[1]))
    leaves(rosters, pupil, cast.other_school if where == "another school" else "")
    page = client.get(week)
    name = f"{rosters['maple'].pupils[pupil].given} {rosters['maple'].pupils[pupil].family}"
    assert name in told(page)
    row = certify(cast.teacher, cast.school)
    from schoolday.files.ledger.read import read_week
    from schooldesk.ledger import reads

    with scope.district("maple"):
        sealed = read_week(reads.sealed(row))
    assert pupil in {one.pupil for one in sealed.pupils}
    assert pupil in {one.pupil for one in sealed.entries}
    assert client.get(f"{week}form.pdf?pupil={pupil}").status_code == 200


def test_what_was_recorded_of_a_pupil_who_has_left_can_still_be_corrected(
    met: Any, take: str, cast: Cast, client_of: Sign, rosters: Any
) -> None:
    pupil = met.pupils[0]
    client = client_of("teacher")
    one = sent(pupil, first=met.span.start, last=met.span.end, minutes=met.span.minutes)
    post(client, take, one)
    leaves(rosters, pupil, cast.other_school)
    at = f"{take}?at={met.span.start}"
    form = fields(client.get(at))
    assert form[f"how-{pupil}"] == "here"
    client.post(at, {**form, "do": "all", f"how-{pupil}": "unseen"})
    gone = [row for row in stored() if row.pupil == pupil]
    assert [(row.code, row.corrects) for row in gone] == [("video", ""), ("withdrawn", one["id"])]


def test_who_has_left_is_proposed_for_nothing_on_other_days_or_in_other_meetings(
    met: Any, take: str, cast: Cast, client_of: Sign, rosters: Any
) -> None:
    pupil = met.pupils[0]
    client = client_of("teacher")
    work = {"kind": "work", "code": "submitted", "first": None, "last": None, "minutes": 20}
    post(client, take, sent(pupil, **work))
    leaves(rosters, pupil, cast.other_school)
    assert fields(client.get(f"{take}?at={met.span.start}"))[f"how-{pupil}"] == "unseen"
    wednesday = take.replace("2020-09-08", "2020-09-09")
    assert pupil not in client.get(wednesday).content.decode()


def test_another_districts_pupil_is_never_taken_for_one_who_left(
    met: Any, take: str, client_of: Sign, rosters: Any
) -> None:
    strange = next(one for one in rosters["cedar"].pupils if one not in rosters["maple"].pupils)
    assert post(client_of("teacher"), take, sent(strange)).status_code == 422


def test_a_plan_that_still_has_a_pupil_at_the_old_school_is_refused_in_words(
    met: Any, cast: Cast, rosters: Any, plans: Any
) -> None:
    from schoolday.ground.errors import SchooldayError
    from schooldesk import taking

    roster, pupil = rosters["maple"], met.pupils[0]
    pupils = {**roster.pupils, pupil: replace(roster.pupils[pupil], school=cast.other_school)}
    with pytest.raises(SchooldayError, match=rf"{pupil}, whom the roster does not have there"):
        taking.take(replace(roster, pupils=pupils), plans["maple"], who="test")
