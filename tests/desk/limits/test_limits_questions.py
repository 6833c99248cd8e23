"""A side asks whether a common package exists: yes or no, so many times, and nothing more is told."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from schoolday.bargaining.ground import State
from schooldesk import scope
from schooldesk.bargaining.models import Outcome, Question, SideEvent
from schooldesk.day.languages import OFFERED, Language, speech
from tests.desk.limits import AT, Desk, counts, judged, lay, terms, told

pytestmark = pytest.mark.django_db


def test_a_side_learns_yes_or_no_and_both_see_how_often_each_asked(ready: Desk) -> None:
    answer = ready.ask("union")
    assert (answer.status_code, answer["Location"]) == (303, f"{AT}limits/#question")
    assert "The last answer: Yes" in told(ready.limits("union"))
    for who in ("union", "employer"):
        said = told(ready.limits(who))
        assert "Maple's teachers: 1 of 2 questions asked" in said
        assert "Maple Union: 0 of 2 questions asked" in said
    assert "The last answer" not in told(ready.limits("employer"))


def test_no_is_said_where_no_package_is_within_all_limits(ready: Desk) -> None:
    ready.keep("employer", "live_minutes", low="170")
    ready.ask("employer")
    assert "The last answer: No" in told(ready.limits("employer"))


def test_yes_and_no_are_alike_but_for_the_word(ready: Desk) -> None:
    """The other side moves its limit between two questions; nothing that the asker sees moves but a word."""
    pages, sent = [], []
    for low in ("140", "170"):
        ready.keep("employer", "live_minutes", low=low)
        client = ready.sign("union")
        with scope.district("maple"):
            Question.objects.all().delete()
            SideEvent.objects.filter(what="question.asked").delete()
        answer = client.post(f"{AT}limits/ask/", {"after": 0})
        sent.append((answer.status_code, answer.content, sorted(answer.headers.items())))
        pages.append(re.sub(r'(name="csrfmiddlewaretoken" value=)"[^"]*"', "", ready.limits("union")))
    assert sent[0] == sent[1]
    assert pages[0].count("Yes<") == pages[1].count("No <") == 2
    assert pages[0].replace("Yes<", "No <") == pages[1]


@pytest.mark.parametrize("one", OFFERED)
def test_yes_is_as_long_as_no(one: Language) -> None:
    from schooldesk.bargaining.limits import sentences

    yes, no = (sentences.answer(answer, speech(one)) for answer in (True, False))
    assert yes.strip() != no.strip()
    assert len(yes.encode()) == len(no.encode())


def test_each_side_has_two_questions_unless_the_mediator_says_otherwise(ready: Desk) -> None:
    for after in range(2):
        assert ready.ask("union", after).status_code == 303
    refused = ready.ask("union", 2)
    assert refused.status_code == 409
    assert "Your side has asked all the questions that it may." in told(refused.content.decode())
    assert counts() == {"union": 2}
    ready.rule(do="set", most="3")
    assert ready.ask("union", 2).status_code == 303
    assert ready.ask("employer").status_code == 303
    assert counts() == {"union": 3, "district": 1}


def test_a_page_sent_twice_asks_once_and_shows_the_answer(ready: Desk) -> None:
    ready.ask("union", 0)
    again = ready.ask("union", 0)
    assert again.status_code == 409
    said = told(again.content.decode())
    assert "or this was sent twice" in said
    assert "The last answer: Yes" in said
    assert counts() == {"union": 1}
    assert ready.sign("union").post(f"{AT}limits/ask/", {"after": "²"}).status_code == 409


def test_a_question_before_every_package_is_judged_is_refused_and_not_counted(ready: Desk) -> None:
    with scope.district("maple"):
        Outcome.objects.update(finished=None)
    refused = ready.ask("union")
    assert "Not all packages are judged yet." in told(refused.content.decode())
    assert "This question was not counted." in told(refused.content.decode())
    assert counts() == {}


def test_a_question_without_limits_of_ones_own_is_refused_and_not_counted(laid: Desk) -> None:
    laid.keep("employer", "live_minutes", low="140")
    assert "Your side has no limits. Enter one first." in told(laid.ask("union").content.decode())
    assert counts() == {}


def test_a_question_where_the_other_side_has_no_limits_is_refused_and_not_counted(laid: Desk) -> None:
    laid.keep("union", "teacher_live", high="211")
    assert "Ask question 1 of 2" in told(laid.limits("union"))
    refused = laid.ask("union")
    assert refused.status_code == 409
    assert "Another side has entered no limits that fit these terms" in told(refused.content.decode())
    assert counts() == {}


def test_where_no_package_is_carried_nobody_spends_a_question(desk: Desk) -> None:
    packages = [replace(one, state=State.UNLAWFUL, values={}) for one in judged(terms())]
    lay(packages=packages)
    desk.keep("union", "teacher_live", high="211")
    desk.keep("employer", "live_minutes", low="140")
    assert "No package can be carried by a school’s week" in told(desk.ask("union").content.decode())
    assert counts() == {}


def test_a_side_sees_how_many_packages_its_own_limits_leave(laid: Desk) -> None:
    laid.keep("union", "term:live", high="150")
    assert "They leave 36 of the 54 packages that a week can carry." in told(laid.limits("union"))


def test_limits_that_leave_nothing_cost_no_question(ready: Desk) -> None:
    ready.move("union", "remove", "teacher_live")
    ready.keep("union", "term:live", low="200")
    assert "the answer would be no." in told(ready.limits("union"))
    assert ready.ask("union").status_code == 409
    assert counts() == {}


def test_no_number_of_few_people_is_told_by_a_count_that_costs_nothing(laid: Desk) -> None:
    """Three teachers teach at the school: whoever moves a limit on their minutes would read them off."""
    laid.keep("union", "teacher_live", high="1")
    laid.keep("employer", "term:live", low="120")
    said = told(laid.limits("union"))
    assert "How many packages they leave is not told" in said
    assert "They leave" not in said
    assert laid.ask("union").status_code == 303
