"""The mediator sees both sides’ limits and what they leave, and rules over the questions."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from schooldesk.day.languages import OFFERED, speech
from tests.desk.limits import AT, Desk, done, judged, lay, terms, told

pytestmark = pytest.mark.django_db


def test_the_mediator_sees_both_sides_limits_and_what_they_leave(ready: Desk) -> None:
    ready.ask("union")
    said = told(ready.mediator())
    assert "Live minutes a day of a teacher: at most 211" in said
    assert "Live minutes a day of a child: at least 140" in said
    assert "A week can carry 54 packages." in said
    assert "Maple's teachers: its limits leave 36 packages" in said
    assert "Maple Union: its limits leave 36 packages" in said
    assert "18 packages are within all limits." in said
    assert "Live minutes a day in grades 1 to 12: 150" in said
    assert "Maple's teachers ( union ): Yes" in said


def test_the_mediator_sees_which_limit_binds(ready: Desk) -> None:
    ready.keep("employer", "live_minutes", low="170")
    said = told(ready.mediator())
    assert "0 packages are within all limits." in said
    assert "Without one of these limits there would be a common package" in said
    assert "Maple Union: Live minutes a day of a child: at least 170" in said
    ready.keep("union", "total_minutes", low="300")
    assert "No single limit stands in the way" in told(ready.mediator())


def test_the_mediator_sees_limits_of_what_nobody_can_say(ready: Desk) -> None:
    ready.keep("union", "clash_minutes", high="10")
    assert "Nobody can say these measures here" in told(ready.mediator())


def test_where_a_side_counts_what_nobody_can_say_the_mediator_is_told_why(ready: Desk) -> None:
    packages = [replace(one, values=one.values | {"teacher_live": None}) for one in judged(terms())]
    lay(replace(terms(), title="Again"), packages)
    assert "nobody can say teacher_live here" in told(ready.mediator())


def test_the_mediator_stops_the_questions_and_opens_them_again(ready: Desk) -> None:
    assert ready.rule(do="stop").status_code == 303
    assert "The mediator has stopped the questions." in told(ready.ask("union").content.decode())
    assert "The questions are stopped." in told(ready.mediator())
    ready.rule(do="open")
    assert ready.ask("union").status_code == 303
    assert [row[2] for row in done() if row[0] == ""] == ["questions.opened", "questions.stopped"]


@pytest.mark.parametrize("most", ["", "-1", "1.5", "many", "100", "²"])
def test_a_number_of_questions_that_is_none_is_said_and_kept_in_the_field(ready: Desk, most: str) -> None:
    answer = ready.rule(do="set", most=most)
    assert answer.status_code == 422
    assert "Write a whole number from 0 to 99." in told(answer.content.decode())
    assert f'value="{most}"' in answer.content.decode()
    assert "0 of 2 questions asked" in told(ready.mediator())


def test_with_no_questions_none_is_answered(ready: Desk) -> None:
    ready.rule(do="set", most="0")
    assert ready.ask("union").status_code == 409


def test_limits_of_a_side_that_is_at_the_table_no_more_count_for_nothing(ready: Desk) -> None:
    found = terms()
    sides = (*found.sides[:1], replace(found.sides[1], name="board"))
    lay(replace(found, sides=sides))
    assert ready.sign("employer").get(f"{AT}limits/").status_code == 403
    assert "Left out, since the terms have changed" in told(ready.mediator())
    assert "Another side has entered no limits" in told(ready.ask("union").content.decode())


def test_the_mediator_is_told_no_number_of_few_people_with_a_package(ready: Desk) -> None:
    said = told(ready.mediator())
    assert "What they cost in numbers that few people stand behind is hidden." in said
    assert not re.search(r"Live minutes a day of a teacher: \d", said)


def test_the_mediator_sees_what_a_package_costs_where_enough_people_stand_behind_it() -> None:
    from schooldesk.bargaining.limits import sentences
    from schooldesk.bargaining.limits.asking import CommonGround

    packages, english = judged(terms()), speech(OFFERED[0])
    seen = sentences.costs(CommonGround(terms(), packages, True), packages[0], english)
    assert seen[0] == ("Live minutes a day of a teacher", "180")
    closed = CommonGround(terms(), packages, True, frozenset({"teacher_live"}))
    assert [name for name, _ in sentences.costs(closed, packages[0], english)] == [
        name for name, _ in seen[1:]
    ]
