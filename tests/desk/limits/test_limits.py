"""Private limits at the desk: a side keeps its own, and sees who else sees them."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

from dataclasses import replace

import pytest

from schoolday.bargaining.disputed import Term
from schooldesk import scope
from schooldesk.bargaining.models import Outcome
from tests.desk.limits import AT, SECRET, Desk, done, lay, terms, told

pytestmark = pytest.mark.django_db


def test_a_side_sets_a_limit_and_sees_it_with_its_unit(laid: Desk) -> None:
    answer = laid.keep("union", "teacher_live", high=SECRET)
    assert (answer.status_code, answer["Location"]) == (303, f"{AT}limits/#limits")
    said = told(laid.limits("union"))
    assert f"Live minutes a day of a teacher at most {SECRET}" in said
    assert "At most (minutes)" in said
    assert done() == [("union", "union", "limit.set")]


def test_a_side_changes_a_limit_and_one_measure_has_one(laid: Desk) -> None:
    laid.keep("union", "teacher_live", high=SECRET)
    laid.keep("union", "teacher_live", low="180,5", high="200")
    said = told(laid.limits("union"))
    assert "180.5 to 200" in said
    assert SECRET not in said


def test_a_limit_of_words_is_chosen_from_them(laid: Desk) -> None:
    laid.keep("union", "term:recordings", high="1")
    page = laid.limits("union")
    assert "Which live lessons are recorded at most whole-class lessons" in told(page)
    assert '<option value="1" selected>whole-class lessons</option>' in page
    assert laid.keep("union", "term:recordings", high="7").status_code == 422


def test_a_removed_limit_counts_for_nothing_and_can_be_put_back_or_deleted(ready: Desk) -> None:
    ready.move("union", "remove", "teacher_live")
    assert "They count for nothing" in told(ready.limits("union"))
    assert ready.ask("union").status_code == 409
    ready.move("union", "restore", "teacher_live")
    assert ready.ask("union").status_code == 303
    ready.move("union", "forget", "teacher_live")
    assert "at most 211" in told(ready.limits("union"))  # what stands is removed first
    ready.move("union", "remove", "teacher_live")
    ready.move("union", "forget", "teacher_live")
    assert "211" not in ready.limits("union")
    what = [row[2] for row in reversed(done()) if row[0] == "union"]
    assert what[1:] == [
        "limit.removed", "limit.restored", "question.asked", "limit.removed", "limit.forgotten",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        ("", "", "Fill in at least one of the two."),
        ("two hundred", "", "Write a number in figures"),
        ("1,000", "", "Write a number in figures"),
        ("-3", "", "Write a number in figures"),
        ("", "1e9", "Write a number in figures"),
        ("", "nan", "Write a number in figures"),
        ("", "٣٠", "Write a number in figures"),
        ("200", "100", "Nothing is at least the first and at most the second; turn them."),
    ],
)
def test_what_will_not_do_is_said_beside_the_fields_and_nothing_typed_is_lost(
    laid: Desk, low: str, high: str, said: str
) -> None:
    answer = laid.keep("union", "teacher_live", low, high)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in told(page)
    for value in (low, high):
        assert f'value="{value}" aria-invalid="true"' in page
    assert done() == []


def test_what_nobody_measures_cannot_be_limited(laid: Desk) -> None:
    answer = laid.keep("union", "term:gone", high="3")
    assert answer.status_code == 422
    assert "this is not among what can be limited any more" in told(answer.content.decode())


def test_without_terms_the_page_says_so_and_keeps_nothing(desk: Desk) -> None:
    with scope.district("maple"):
        Outcome.objects.all().delete()
    assert "No terms in dispute stand at this desk" in told(desk.limits("union"))
    assert desk.keep("union", "teacher_live", high="3").status_code == 422
    assert desk.ask("union").status_code == 409


def test_a_side_sees_who_else_sees_its_limits(ready: Desk) -> None:
    """An account that somebody made to look on is seen by those whom it looks at."""
    from schooldesk.people.writes import add_staff
    from tests.desk.conftest import PASSWORD

    add_staff("maple", "onlooker", PASSWORD, "party", side="union")
    assert "Can sign in for your side: onlooker, union . As the mediator: mediator ." in told(
        ready.limits("union")
    )
    said = told(ready.limits("employer"))
    assert "Can sign in for your side: employer ." in said
    assert "Maple's teachers: onlooker, union" in told(ready.mediator())


# In words


def test_whatever_the_core_names_has_its_word_on_the_pages() -> None:
    from schoolday.bargaining.disputed import FROM_MINUTES, FROM_WEEK
    from schoolday.rules.measures import UNITS
    from schooldesk.bargaining.limits import sentences
    from schooldesk.bargaining.limits.asking import Hindered
    from schooldesk.bargaining.limits.typed import Wrong

    assert {*FROM_MINUTES, *FROM_WEEK} <= set(sentences.MEASURES)
    assert set(sentences.UNITS) == set(UNITS)
    assert set(sentences.HINDERED) == set(Hindered)
    assert set(sentences.WRONG) == set(Wrong)


def test_a_term_that_is_a_time_of_day_takes_and_shows_times(desk: Desk) -> None:
    found = terms()
    start = Term("start", "First bell", (480.0, 510.0), "day_start", "at_least", ())
    disputed = replace(found, terms=(*found.terms, start))
    lay(disputed)
    desk.keep("union", "term:start", low="08:15")
    assert "at least 8:15" in told(desk.limits("union")).replace("\xa0", " ")
    assert desk.keep("union", "term:start", low="25:00").status_code == 422
