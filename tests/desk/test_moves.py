"""The move on the desk: made in the background, adopted, told to those it touches, and taken back."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from schoolday.ground.errors import SchooldayError
from schoolday.roster import Roster
from schoolday.rules import Way
from schooldesk import scope
from tests.desk.conftest import Cast
from tests.desk.moves import WHY, adopted, asked, made, withdrawn

pytestmark = pytest.mark.django_db


@pytest.fixture
def moved(db: None) -> Any:
    """Maple's move to hybrid, made by the worker, with the weeks around it published."""
    from schooldesk.day.publish import publish

    publish("maple", date(2020, 9, 14), date(2020, 9, 25), who="test")
    return made()


def _day(client: Client, cast: Cast, day: str) -> str:
    return str(client.get(f"/h/{cast.family.token}/{day}/").content.decode())


def test_a_move_is_made_measured_and_checked_before_anybody_is_told(
    moved: Any, client: Client, cast: Cast
) -> None:
    assert moved.finished is not None
    assert moved.done == moved.due == 2
    assert moved.broken == 0
    assert all(one["must"] <= one["moved"] for one in moved.figures.values())
    assert "../move/" not in _day(client, cast, "2020-09-18")
    assert "No change of the week is planned." in str(
        client.get(f"/h/{cast.family.token}/move/").content.decode()
    )


def test_an_adopted_move_changes_the_dates_from_its_first_on_and_leaves_the_old_days_readable(
    moved: Any, client: Client, cast: Cast
) -> None:
    before = _day(client, cast, "2020-09-14"), _day(client, cast, "2020-09-21")
    adopted(moved)
    friday, monday = _day(client, cast, "2020-09-18"), _day(client, cast, "2020-09-21")
    assert '<a href="../move/?lang=es">A partir del lunes, 21 de septiembre de 2020 la semana' in friday
    assert monday != before[1]
    assert "En la escuela" in monday
    after = _day(client, cast, "2020-09-14")
    without = [line for line in after.splitlines() if "../move/" not in line]
    assert without == before[0].splitlines()


def test_a_family_sees_what_changes_for_each_child_and_from_when_in_its_language(
    moved: Any, client: Client, cast: Cast, rosters: dict[str, Roster]
) -> None:
    adopted(moved)
    page = client.get(f"/h/{cast.family.token}/move/?lang=en").content.decode()
    assert "From Monday, September 21, 2020 on" in page
    assert WHY in page
    for pupil in cast.family.pupils:
        assert rosters["maple"].pupils[pupil].given in page
    assert "At school on " in page
    assert "Hybrid" in page
    spanish = client.get(f"/h/{cast.family.token}/move/?lang=es").content.decode()
    assert "A partir del lunes, 21 de septiembre de 2020" in spanish
    foreign = client.get(f"/h/{cast.foreign.token}/move/?lang=en").content.decode()
    assert "No change of the week is planned." in foreign


def test_a_child_who_stays_at_home_is_not_told_that_it_goes_over_to_hybrid(
    db: None, client: Client, cast: Cast
) -> None:
    adopted(made(at_home=(cast.family.pupils[0],)))
    page = client.get(f"/h/{cast.family.token}/move/?lang=en").content.decode()
    assert "The school goes over: Distance learning → Hybrid" in page
    assert "This child stays at home on all days, in the same classes by link." in page
    assert page.count("<strong>Hybrid") == len(cast.family.pupils) - 1
    spanish = client.get(f"/h/{cast.family.token}/move/?lang=es").content.decode()
    assert "se queda en casa todos los días" in spanish


def test_a_teacher_sees_their_own_change_and_a_colleague_does_not(
    moved: Any, client_of: Callable[[str], Client], cast: Cast
) -> None:
    adopted(moved)
    at = f"/d/maple/staff/{cast.teacher}/move/"
    assert "From Monday, September 21, 2020 on" in client_of("teacher").get(at).content.decode()
    assert client_of("colleague").get(at).status_code == 403
    day = client_of("teacher").get(f"/d/maple/staff/{cast.teacher}/2020-09-18/").content.decode()
    assert 'href="../move/?lang=en"' in day


def test_a_move_taken_back_before_it_begins_leaves_every_day_as_it_was(
    moved: Any, client: Client, cast: Cast
) -> None:
    before = [_day(client, cast, day) for day in ("2020-09-18", "2020-09-21")]
    adopted(moved)
    withdrawn(moved)
    # The family has not looked in between, so nothing is told as changed either.
    assert [_day(client, cast, day) for day in ("2020-09-18", "2020-09-21")] == before


def test_a_move_that_has_begun_is_not_taken_back(moved: Any, settings: Any) -> None:
    adopted(moved)
    settings.NOW = "2020-09-21T08:00"
    with pytest.raises(SchooldayError, match="the move began on"):
        withdrawn(moved)


def test_a_planner_asks_adopts_and_takes_back_on_the_page(
    moved: Any, client_of: Callable[[str], Client]
) -> None:
    planner, at = client_of("planner"), f"/d/maple/moves/{moved.pk}/"
    page = planner.get(at).content.decode()
    assert "made; nobody is told yet" in page
    assert "The check finds no rule broken in the first week." in page
    assert planner.post(at, {"do": "adopt"}).status_code == 302
    assert "<strong>adopted</strong>" in planner.get(at).content.decode()
    assert planner.post(at, {"do": "withdraw"}).status_code == 302
    assert planner.post(at, {"do": "withdraw"}).status_code == 409
    assert planner.post(at, {"do": "dance"}).status_code == 404
    from schooldesk.people.models import Event

    with scope.district("maple"):
        said = list(
            Event.objects.filter(what__startswith="move.").order_by("id").values_list("what", flat=True)
        )
    assert said == ["move.asked", "move.made", "move.adopted", "move.withdrawn"]


def test_who_is_touched_is_listed_for_planners_and_a_principal_sees_their_own_school(
    moved: Any, client_of: Callable[[str], Client]
) -> None:
    at = f"/d/maple/moves/{moved.pk}/touched.csv"
    every = list(csv.DictReader(io.StringIO(client_of("planner").get(at).content.decode())))
    mine = list(csv.DictReader(io.StringIO(client_of("principal").get(at).content.decode())))
    for school, figures in moved.figures.items():
        pupils = {
            row["personId"] for row in every if (row["schoolId"], row["personType"]) == (school, "pupil")
        }
        assert len(pupils) == figures["pupils"]
    assert len({row["schoolId"] for row in mine}) <= 1
    assert client_of("principal").post(f"/d/maple/moves/{moved.pk}/", {"do": "adopt"}).status_code == 403
    assert client_of("foreigner").get(f"/d/cedar/moves/{moved.pk}/").status_code == 404


def test_a_killed_worker_goes_on_with_the_schools_that_are_left(db: None) -> None:
    from schooldesk.timetable.models import Week
    from schooldesk.timetable.moves import reads, work

    row = asked(Way.DISTANCE, steps=5)

    def killed_after_one(count: int) -> None:
        if count == 1:
            raise KeyboardInterrupt

    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            work.make_what_waits(killed_after_one, number=1)
        with scope.district("maple"):
            kept = Week.objects.filter(version=row.after_id).count()
        assert kept <= 2
    work.make_what_waits(number=1)
    with scope.district("maple"):
        made = reads.one(row.pk)
        assert made is not None
        assert made.finished is not None
        assert Week.objects.filter(version=row.after_id).count() == 2


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"first": "2020-09-01", "way": "distance", "why": "x"}, "has passed"),
        ({"first": "2020-09-19", "way": "distance", "why": "x"}, "has no pupils"),
        ({"first": "2020-09-21", "way": "distance", "why": " "}, "say why the day moves"),
        ({"first": "soon", "way": "distance", "why": "x"}, "is not a date"),
        ({"first": "2020-09-21", "way": "hybrid", "why": "x"}, "told no cohorts yet"),
        (
            {"first": "2020-09-21", "way": "boat", "why": "x"},
            "choose distance, hybrid or everybody at school",
        ),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words_beside_the_form(
    client_of: Callable[[str], Client], form: dict[str, str], said: str
) -> None:
    answer = client_of("planner").post("/d/maple/moves/", form)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert client_of("principal").post("/d/maple/moves/", form).status_code == 403
