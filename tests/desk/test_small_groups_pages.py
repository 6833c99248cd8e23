"""Small groups: asked for, made by the worker, used, followed, and watched with small numbers hidden."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.test import Client

from schooldesk import clock, scope
from tests.desk.conftest import Cast
from tests.desk.learnings import groups, home_of, lay
from tests.desk.words import text_of

pytestmark = pytest.mark.django_db
AT = "/d/maple/learning/groups/"


def all_need(district: str, school: str, right: float = 0.0, day: date = date(2020, 9, 4)) -> None:
    """Let every pupil of a school have so large a part of ten questions right on each essential standard."""
    from schoolday.learning.exams import Chooser, Exam, Score
    from schooldesk.learning import reads, writes
    from schooldesk.roster import reads as roster

    with scope.district(district):
        home = home_of(district)
        pupils = list(roster.pupils(home, [school]).values())
        known = reads.known(home, pupils, day)
        section = next(one.id for one in reads.sections(home, schools=[school]))
        rows: list[Any] = []
        for grade, some in known.essential.items():
            asked = some[:2]
            code = f"all-{grade}-{day}"
            rows.append(Exam(code, "All", section, day, asked, Chooser.TEACHER, items=20, most=20.0))
            rows += [
                Score(code, one.id, day, right, standard=name)
                for one in pupils if one.grade == grade for name in asked
            ]  # fmt: skip
        writes.keep(home, "planner", rows, what="files", files=True)


def form(school: str) -> dict[str, str]:
    return {
        "school": school, "first": "2020-09-08", "last": "2020-10-16", "minutes": "20", "load": "5",
        "subject": "",
    }  # fmt: skip


def test_the_worker_makes_both_districts_groups_and_the_page_says_what_is_proved(
    cast: Cast, of: Callable[[str], Client]
) -> None:
    from schooldesk.bargaining.outcomes.work import keep_working
    from schooldesk.learning.groups import reads, work

    for name in ("maple", "cedar"):
        lay(name)
        all_need(name, f"{name}-elementary")
    planner = of("planner")
    asked = planner.post(AT, form("maple-elementary"))
    assert asked.status_code == 303, text_of(asked)
    assert "waiting for its turn" in text_of(planner.get(asked["Location"]))
    other = of("foreigner").post("/d/cedar/learning/groups/", form("cedar-elementary"))
    keep_working(once=True, ended=lambda: False, number=1, also=(work.make_what_waits,))
    text = text_of(planner.get(asked["Location"]))
    assert "pupils who need help are in a group" in text
    assert "Group 1" in text
    assert "The check finds nothing in the way" in text
    assert planner.get(other["Location"]).status_code == 404
    with scope.district("maple"):
        row = reads.groupings()[0]
        assert all(one.startswith("maple") for g in reads.result(row).groups for one in g.pupils)


def test_groups_fit_the_timetable_of_every_day(cast: Cast) -> None:
    from schooldesk.learning.groups import reads

    lay()
    all_need("maple", "maple-elementary")
    row = groups("maple", "maple-elementary")
    assert row.failed == ""
    found = reads.result(row)
    assert found.groups
    assert found.findings == ()
    assert found.helped <= found.bound <= found.needing


def test_a_teachers_groups_are_of_their_own_pupils_and_met_by_them(
    cast: Cast, of: Callable[[str], Client]
) -> None:
    from schooldesk.learning import reads as learning
    from schooldesk.learning.groups import reads

    lay()
    all_need("maple", cast.school)
    row = groups("maple", cast.school, cast.teacher)
    with scope.district("maple"):
        mine = {one.id for one in learning.taught_pupils(home_of("maple"), cast.teacher, date(2020, 9, 8))}
    found = reads.result(row)
    assert {one.teacher for one in found.groups} <= {cast.teacher}
    assert {one for group in found.groups for one in group.pupils} <= mine
    assert of("teacher").get(f"{AT}{row.pk}/").status_code == 200
    assert of("colleague").get(f"{AT}{row.pk}/").status_code == 403
    assert of("principal").post(f"{AT}{row.pk}/", {"do": "use"}).status_code == 403


def test_whether_it_helped_is_told_with_its_uncertainty_and_without_a_cause(
    cast: Cast, of: Callable[[str], Client]
) -> None:
    lay()
    all_need("maple", "maple-elementary")
    row = groups("maple", "maple-elementary")
    at, planner = f"{AT}{row.pk}/", of("planner")
    before = text_of(planner.get(at))
    assert "Nothing can be said yet" in before
    assert "not asked before and after" in before
    all_need("maple", "maple-elementary", 1.0, date(2020, 10, 20))
    with clock.at(datetime(2020, 10, 21, 17, tzinfo=UTC)):
        after = text_of(planner.get(at))
    assert "higher" in after
    assert "most likely between" in after
    assert "not why" in after


def test_groups_are_used_and_dropped_and_only_used_ones_are_watched(
    cast: Cast, of: Callable[[str], Client]
) -> None:
    from schooldesk.learning.groups import reads

    lay()
    all_need("maple", "maple-elementary")
    row = groups("maple", "maple-elementary")
    planner = of("planner")

    def inside() -> Any:
        with scope.district("maple"):
            found = reads._inside(home_of("maple"), "maple-elementary", date(2020, 9, 8))
        return found[0]

    assert inside() == set()
    assert planner.post(f"{AT}{row.pk}/", {"do": "use"}).status_code == 303
    assert inside()
    planner.post(f"{AT}{row.pk}/", {"do": "drop"})
    assert inside() == set()


def test_small_numbers_are_hidden_and_never_zero(cast: Cast, of: Callable[[str], Client]) -> None:
    from schooldesk.learning.groups import reads

    lay()
    with scope.district("maple"):
        watch = reads.watch(home_of("maple"), "maple-elementary", date(2020, 9, 8))
    assert watch is not None
    assert watch.least == 10
    shown = [number for line in watch.lines for number in line.numbers if number is not None]
    assert all(number == 0 or number >= 10 for number in shown)
    text = text_of(of("principal").get("/d/maple/learning/watch/"))
    assert "hidden" in text
    assert "ca-scusd-demo.learning.told_people" in text


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("school", "nowhere", "choose a school"),
        ("last", "2020-09-01", "choose dates"),
        ("minutes", "5", "10 to 120"),
    ],
)
def test_what_cannot_be_asked_for_is_said(
    cast: Cast, of: Callable[[str], Client], name: str, value: str, said: str
) -> None:
    answer = of("planner").post(AT, form("maple-elementary") | {name: value})
    assert answer.status_code == 422
    assert said in text_of(answer)


def test_a_replaced_roster_is_said_in_words(cast: Cast, of: Callable[[str], Client]) -> None:
    from schooldesk.learning.groups import reads, work, writes
    from schooldesk.learning.models import Grouping

    with scope.district("maple"):
        asked = writes.Asked("maple-elementary", "", date(2020, 9, 8), date(2020, 10, 16), 20, 5, "")
        row = writes.ask(home_of("maple"), asked, "planner")
        Grouping.objects.filter(pk=row.pk).update(roster=0)
        row.refresh_from_db()
    work.make(row)
    assert "the roster was replaced" in text_of(of("planner").get(f"{AT}{row.pk}/"))
    with scope.district("maple"):
        assert reads.waiting() == []
