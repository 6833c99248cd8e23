"""A move to everybody at school: who stays at home, what seats and conditions refuse, told and taken back."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.test import Client

from schoolday.calendar.row import Minutes
from schoolday.ground.errors import SchooldayError
from schoolday.rules import Way
from schooldesk import scope
from tests.desk.cohorts import all_come, open_round, seats_csv, send
from tests.desk.conftest import Cast
from tests.desk.moves import adopted, asked, home, made, withdrawn

pytestmark = pytest.mark.django_db
OPEN = date(2020, 10, 13)
"""From when Sacramento's schools might open, as was known from 29 September on."""
FORM = {"first": OPEN.isoformat(), "way": "in_person", "why": "Red for two weeks (made up)"}


def _choose(row: Any, cast: Cast, pupil: str, program: str) -> None:
    from schooldesk.cohorts.choice import reads, writes

    with scope.district("maple"):
        children = reads.children(home(), cast.family.number)
        said = {one.id: writes.Chosen(program if one.id == pupil else "on_site") for one in children}
        writes.answer(row, cast.family.number, said)


@pytest.fixture
def stays(cast: Cast) -> str:
    """A child of the family that chose for it to stay at home; all other families chose school."""
    row, child = open_round("maple"), cast.family.pupils[0]
    all_come(row)
    _choose(row, cast, child, "distance")
    return child


@pytest.fixture
def whole(stays: str, settings: Any) -> Any:
    """The move made by the worker in October, when conditions allow it, with the days around it published."""
    from schooldesk.day.publish import publish

    settings.NOW = "2020-10-05T08:00"
    publish("maple", date(2020, 10, 5), date(2020, 10, 16), who="test")
    return made(Way.IN_PERSON, first=OPEN)


def _page(client: Client, cast: Cast, place: str) -> str:
    found = client.get(f"/h/{cast.family.token}/{place}").content.decode()
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", found)))


def test_everybody_is_at_school_and_who_chose_otherwise_stays_in_distance_learning(
    whole: Any, stays: str, client: Client, cast: Cast
) -> None:
    assert whole.broken == 0
    adopted(whole)
    told = _page(client, cast, "move/?lang=en")
    assert "Distance learning → Everybody at school" in told
    assert told.count("At school on every school day.") == len(cast.family.pupils) - 1
    assert told.count("This child stays at home on all days, in the same classes by link.") == 1
    assert "En la escuela todos los días de clase." in _page(client, cast, "move/?lang=es")
    day = client.get(f"/h/{cast.family.token}/{OPEN}/?lang=en").content.decode()
    assert day.count("At school") >= 5 * (len(cast.family.pupils) - 1)


def test_a_day_asked_for_later_is_the_day_that_was_published(
    whole: Any, stays: str, client_of: Callable[[str], Client]
) -> None:
    from schooldesk.day.request import dated_school, school_roster
    from schooldesk.roster import reads as roster
    from schooldesk.timetable import reads

    adopted(whole)
    with scope.district("maple"):
        school = roster.pupils(home())[stays].school
        week = reads.week(whole.after_id, school)
        there = school_roster("maple", home().roster_id or 0, (school,))
        assert week is not None
        assert there is not None
        day = dated_school(home(), week, there, OPEN)
    kinds = {one.kind for one in day.meetings if stays in one.pupils}
    assert kinds == {Minutes.LIVE}
    assert day.staying.pupils == {stays}
    assert {plan.way for plan in day.staying.plans.values()} == {Way.DISTANCE}
    assert {plan.way for plan in day.plans.values()} == {Way.IN_PERSON}


def test_while_somebody_stays_the_weeks_record_is_that_of_distance_learning(whole: Any, stays: str) -> None:
    from schooldesk.ledger import weeks

    adopted(whole)
    with scope.district("maple"):
        assert weeks.way_of(home(), date(2020, 10, 12)) is Way.HYBRID


def test_a_teacher_reads_that_the_class_is_at_school(
    whole: Any, client_of: Callable[[str], Client], cast: Cast
) -> None:
    adopted(whole)
    teacher = client_of("teacher")
    assert "Everybody at school" in teacher.get(f"/d/maple/staff/{cast.teacher}/move/").content.decode()
    assert "At school" in teacher.get(f"/d/maple/staff/{cast.teacher}/{OPEN}/?lang=en").content.decode()


def test_taken_back_before_it_begins_every_day_is_as_it_was(whole: Any, client: Client, cast: Cast) -> None:
    at = f"/h/{cast.family.token}/{OPEN}/"
    before = client.get(at).content
    adopted(whole)
    withdrawn(whole)
    # The family has not looked in between, so nothing is told as changed either.
    assert client.get(at).content == before
    assert "No change of the week is planned." in _page(client, cast, "move/?lang=en")


def test_it_is_adopted_only_where_conditions_allow_it_and_the_refusal_names_the_rule(
    db: None, client_of: Callable[[str], Client]
) -> None:
    row = made(Way.IN_PERSON)
    answer = client_of("planner").post(f"/d/maple/moves/{row.pk}/", {"do": "adopt"})
    assert answer.status_code == 409
    said = unescape(answer.content.decode())
    assert "In person is not allowed on 2020-09-21 at " in said
    assert "The rule: ca." in said
    assert (
        "<strong>adopted</strong>"
        not in client_of("planner").get(f"/d/maple/moves/{row.pk}/").content.decode()
    )


def test_a_class_with_fewer_seats_than_pupils_is_refused_before_any_work(
    stays: str, client_of: Callable[[str], Client], settings: Any
) -> None:
    from schooldesk.cohorts.rounds import reads

    settings.NOW = "2020-10-05T08:00"
    with scope.district("maple"):
        (row,) = reads.rounds()
    send(row, "seats", seats_csv("maple", 3))
    answer = client_of("planner").post("/d/maple/moves/", FORM)
    assert answer.status_code == 422
    assert "not everybody has a seat: " in unescape(answer.content.decode())
    send(row, "seats", seats_csv("maple", 40))
    assert client_of("planner").post("/d/maple/moves/", FORM).status_code == 302


def test_without_a_round_of_choices_nobody_stays_at_home(db: None) -> None:
    from schooldesk.timetable import reads

    row = asked(Way.IN_PERSON)
    with scope.district("maple"):
        cohorts = reads.planned("maple", row.after_id).cohorts
    assert cohorts is not None
    assert cohorts.at_home() == frozenset()


def test_a_plan_in_person_that_does_not_say_who_comes_is_not_taken_in(
    db: None, plans: dict[str, Any]
) -> None:
    from dataclasses import replace

    from schooldesk.taking import take_move

    bare = replace(plans["maple"], way=Way.IN_PERSON)
    with pytest.raises(SchooldayError, match="says who is at school on which days"):
        take_move("maple", bare, OPEN, "x", who="planner")


def test_a_stranger_sees_nothing_of_it(whole: Any, client: Client, cast: Cast) -> None:
    adopted(whole)
    found = client.get(f"/h/{cast.foreign.token}/move/?lang=en").content.decode()
    assert "No change of the week is planned." in found
