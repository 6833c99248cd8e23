"""Private limits at the desk: a side keeps its own and asks whether a common package exists."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape

import pytest
from django.test import Client

from schoolday.bargaining.disputed import Disputed, Term
from schoolday.bargaining.ground import State
from schooldesk import scope
from schooldesk.bargaining.models import Outcome, Question, SideEvent
from schooldesk.day.languages import OFFERED, Language, speech
from tests.desk.limits import AT, SECRET, Desk, judged, lay, terms

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]


@pytest.fixture
def desk(client_of: Sign) -> Desk:
    return Desk(client_of)


@pytest.fixture
def laid(desk: Desk) -> Desk:
    lay()
    return desk


@pytest.fixture
def ready(laid: Desk) -> Desk:
    """Both sides have limits, and 150 live minutes are common to them."""
    laid.keep("union", "teacher_live", high="211")
    laid.keep("employer", "live_minutes", low="140")
    return laid


def told(page: str) -> str:
    """Return the words of a page without its marks."""
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", page)))


def counts() -> dict[str, int]:
    from schooldesk.bargaining.limits import reads

    with scope.district("maple"):
        return dict(reads.questions("maple-2020").counts)


def done() -> list[tuple[str, str, str]]:
    from schooldesk.bargaining.models import SideEvent

    with scope.district("maple"):
        return list(SideEvent.objects.values_list("side", "who", "what"))


# A side's own limits


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


# The question


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


# Terms and rosters that change


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


# The mediator


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
