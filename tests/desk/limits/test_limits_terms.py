"""Limits where the terms, the sides or the roster change."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from schoolday.bargaining.disputed import Disputed, Term
from schooldesk import scope
from schooldesk.bargaining.models import Outcome
from tests.desk.limits import Desk, counts, lay, terms, told

pytestmark = pytest.mark.django_db


def test_both_sides_and_the_mediator_see_who_put_which_terms_to_which_school(ready: Desk) -> None:
    for page in (ready.limits("union"), ready.limits("employer"), ready.mediator()):
        said = "These terms were put to Maple Elementary on September 8, 2020, 7:45 AM by x."
        assert said in told(page).replace("\xa0", " ")


def other_terms(change: Callable[[Term], Term | None]) -> Disputed:
    found = terms()
    kept = tuple(new for one in found.terms if (new := change(one)) is not None)
    names = {f"term:{one.name}" for one in kept}
    sides = tuple(
        replace(
            side,
            aims=tuple(
                aim for aim in side.aims if not aim.measure.startswith("term:") or aim.measure in names
            ),
        )
        for side in found.sides
    )
    return replace(found, terms=kept, sides=sides)


def more_words(one: Term) -> Term:
    return replace(one, values=("none", "some", "all")) if one.name == "recordings" else one


def fewer(one: Term) -> Term | None:
    return None if one.name == "recordings" else one


@pytest.mark.parametrize("change", [more_words, fewer])
def test_where_the_terms_have_changed_a_limit_of_words_is_not_taken_for_another_word(
    ready: Desk, change: Callable[[Term], Term | None]
) -> None:
    ready.keep("union", "term:recordings", high="1")
    lay(other_terms(change))
    said = told(ready.limits("union"))
    assert "The terms have changed since this was entered, and it does not fit them." in said
    assert "at most some" not in said
    assert "a limit of your side does not fit them" in told(ready.ask("union").content.decode())
    assert "Another side has entered no limits that fit" in told(ready.ask("employer").content.decode())
    assert "Left out, since the terms have changed" in told(ready.mediator())
    assert counts() == {}
    ready.move("union", "remove", "term:recordings")
    assert ready.ask("union").status_code == 303


def test_minutes_mean_the_same_under_other_terms(ready: Desk) -> None:
    lay(other_terms(fewer))
    assert "does not fit" not in told(ready.limits("union"))
    assert ready.ask("union").status_code == 303


def test_packages_of_a_roster_that_was_replaced_are_said_to_fit_no_longer(ready: Desk) -> None:
    with scope.district("maple"):
        Outcome.objects.update(roster=0)
    refused = told(ready.ask("union").content.decode())
    assert "The roster has changed since the packages were judged, so they no longer fit." in refused
    assert counts() == {}
    said = told(ready.mediator())
    assert "The roster has changed since the packages were judged" in said
    assert "at most 211" in said
    assert "within all limits" not in said
