"""Agreements for a class or a school at once: one for each pupil, all or none, sent and undone as one."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from schoolday.emergency.agreements import digest
from schooldesk import scope
from schooldesk.emergency import models
from schooldesk.people.models import Event
from tests.desk.conftest import Cast
from tests.desk.emergencies import AT, PARTS, agreement, count, flood, pupils
from tests.desk.test_agreement_pages import WEEK, form
from tests.desk.words import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("autumn")]
Sign = Callable[[str], Client]
DAYS = {"first": "2026-09-10", "last": "2026-09-16", "whom": "", "teacher": "", "manager": ""}
WITHOUT = {"without": "yes"}


@pytest.fixture
def row() -> models.Emergency:
    return flood()


def homerooms(school: str, district: str = "maple") -> dict[str, tuple[str, list[str]]]:
    """Return of each homeroom of a school its teacher and its pupils."""
    from datetime import date

    from schooldesk.roster import classes, reads

    with scope.district(district):
        home = reads.district(district)
        assert home is not None
        there = [one for one in classes.classes(home, school).values() if one.kind == "homeroom"]
        inside = classes.enrolled(home, [one.id for one in there], date(2026, 9, 10))
        return {one.id: (one.teacher, inside.get(one.id, [])) for one in there}


def schools(rosters: Any) -> tuple[str, str]:
    """Return a school of Maple whose pupils all have a homeroom, and one where pupils choose courses."""
    kinds = {one.school: one.kind for one in rosters["maple"].sections.values()}
    young = next(school for school, kind in kinds.items() if kind == "homeroom")
    return young, next(school for school in kinds if school != young)


def rows() -> list[models.Agreement]:
    with scope.district("maple"):
        return list(models.Agreement.objects.order_by("pk"))


def needing(rosters: Any, some: list[str]) -> list[str]:
    return [one for one in some if "iep" in rosters["maple"].pupils[one].groups]


def test_a_class_gets_one_text_for_each_pupil_signed_by_its_own_teacher(
    client_of: Sign, rosters: Any, row: models.Emergency
) -> None:
    school = schools(rosters)[0]
    section, (teacher, inside) = next(iter(homerooms(school).items()))
    kept = [one for one in inside if one not in needing(rosters, inside)]
    planner, at = client_of("planner"), f"{AT}{row.pk}/agreements/"
    assert f'value="{section}"' in planner.get(f"{at}?school={school}").content.decode()
    answer = planner.post(at, PARTS | DAYS | WITHOUT | {"school": school, "whom": section})
    assert answer["Location"].endswith(f"many/?new={len(kept)}&old=0#batches")
    made = rows()
    assert sorted(one.pupil for one in made) == sorted(kept)
    for one in made:
        pupil = rosters["maple"].pupils[one.pupil]
        assert f"{pupil.given} {pupil.family}, grade {pupil.grade}" in one.text
        assert (one.sha256, one.teacher, one.manager) == (digest(one.text), teacher, "")
    assert f"{len(kept)} agreements taken down" in told(planner.get(f"{AT}{row.pk}/many/")).replace(" (", " ")
    with scope.district("maple"):
        assert Event.objects.first().what == "emergency.agreements"


def test_a_whole_school_has_each_pupils_class_teacher_and_the_case_manager_who_was_chosen(
    client_of: Sign, rosters: Any, row: models.Emergency
) -> None:
    school = schools(rosters)[0]
    all_, at = pupils(school), f"{AT}{row.pk}/agreements/"
    sent, planner = PARTS | DAYS | {"school": school}, client_of("planner")
    some = needing(rosters, all_)
    if some:
        answer = planner.post(at, sent)
        assert answer.status_code == 422
        assert f"{len(some)} of these pupils have an individualized education program." in told(answer)
        assert rows() == []
    manager = next(one.id for one in rosters["maple"].staff.values() if school in one.schools)
    planner.post(at, sent | {"manager": manager})
    assert {one.pupil for one in rows()} == set(all_)
    assert {one.pupil for one in rows() if one.manager} == set(some)
    of_class = {who: teacher for teacher, inside in homerooms(school).values() for who in inside}
    assert all(one.teacher == of_class[one.pupil] for one in rows())


def test_where_pupils_have_no_class_teacher_one_is_chosen_for_all_or_nothing_is_made(
    client_of: Sign, cast: Cast, rosters: Any, row: models.Emergency
) -> None:
    school = schools(rosters)[1]
    sent = PARTS | DAYS | WITHOUT | {"school": school}
    planner, at = client_of("planner"), f"{AT}{row.pk}/agreements/"
    answer = planner.post(at, sent)
    assert answer.status_code == 422
    assert "of these pupils have no class teacher." in told(answer)
    assert rows() == []
    assert planner.post(at, sent | {"teacher": cast.teacher}).status_code == 303
    assert {one.teacher for one in rows()} == {cast.teacher}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"school": "nowhere"}, "Choose one of the list."),
        ({"whom": "nowhere"}, "Choose one of the list."),
        ({"teacher": "nobody"}, "Choose one of the list."),
        ({"first": "soon"}, "Write a date, such as 2026-09-09."),
        ({"last": "2026-09-09"}, "Write a date from 2026-09-10 to 2027-06-04."),
        ({"objectives": ""}, "Fill this in."),
    ],
)
def test_what_will_not_do_is_said_and_no_agreement_is_made(
    client_of: Sign, rosters: Any, row: models.Emergency, change: dict[str, str], said: str
) -> None:
    sent = PARTS | DAYS | WITHOUT | {"school": schools(rosters)[0]} | change
    answer = client_of("planner").post(f"{AT}{row.pk}/agreements/", sent)
    assert (answer.status_code, said in told(answer)) == (422, True)
    assert rows() == []


def test_whoever_has_an_agreement_on_these_dates_keeps_it(
    client_of: Sign, cast: Cast, rosters: Any, row: models.Emergency
) -> None:
    school = schools(rosters)[0]
    _section, (_teacher, inside) = next(iter(homerooms(school).items()))
    before = agreement(row, next(one for one in inside if one not in needing(rosters, inside)), "t", WEEK)
    sent = PARTS | DAYS | WITHOUT | {"school": school}
    all_ = [one for one in pupils(school) if one not in needing(rosters, pupils(school))]
    planner, at = client_of("planner"), f"{AT}{row.pk}/agreements/"
    answer = planner.post(at, sent)
    assert answer["Location"].endswith(f"new={len(all_) - 1}&old=1#batches")
    assert [one.pk for one in rows() if one.pupil == before.pupil] == [before.pk]
    assert planner.post(at, sent)["Location"].endswith(f"new=0&old={len(all_)}#batches")
    assert count(models.Batch) == 1


def test_all_are_sent_at_once_undone_at_once_and_put_back(
    client: Client, client_of: Sign, cast: Cast, rosters: Any, row: models.Emergency
) -> None:
    school, family = cast.school, f"/h/{cast.family.token}/agreements/"
    planner, many = client_of("planner"), f"{AT}{row.pk}/many/"
    sent = PARTS | DAYS | {"school": school, "teacher": cast.teacher, "manager": cast.teacher}
    assert planner.post(f"{AT}{row.pk}/agreements/", sent).status_code == 303
    made = next(one for one in rows() if one.pupil == cast.family.pupils[0])
    assert client.get(f"{family}{made.pk}/").status_code == 404
    batch = made.batch_id
    answer = planner.post(many, {"do": "send", "row": batch})
    assert f"{len(rows())} agreements were sent." in told(planner.get(answer["Location"].partition("#")[0]))
    assert planner.post(many, {"do": "send", "row": batch})["Location"].endswith("?sent=0#batches")
    assert client.post(f"{family}{made.pk}/", form(made, "guardian")).status_code == 303
    planner.post(many, {"do": "undo", "row": batch})
    assert client.get(f"{family}{made.pk}/").status_code == 404
    assert planner.post(many, {"do": "send", "row": batch}).status_code == 404
    said = told(planner.get(f"/d/maple/agreements/{made.pk}/"))
    assert "This agreement was withdrawn." in said
    assert "It was undone with many at once; put those back." in said
    planner.post(many, {"do": "restore", "row": batch})
    assert client.get(f"{family}{made.pk}/").status_code == 200
    assert "Rosa Orozco" in told(client.get(f"{family}{made.pk}/"))


def test_a_principal_makes_undoes_and_sends_for_their_own_school_alone(
    client_of: Sign, cast: Cast, row: models.Emergency
) -> None:
    principal, at, many = client_of("principal"), f"{AT}{row.pk}/agreements/", f"{AT}{row.pk}/many/"
    sent = PARTS | DAYS | WITHOUT | {"teacher": cast.teacher}
    assert principal.post(at, sent | {"school": cast.other_school}).status_code == 422
    assert client_of("planner").post(at, sent | {"school": cast.other_school}).status_code == 303
    batch = rows()[0].batch_id
    for do in ("send", "undo"):
        assert principal.post(many, {"do": do, "row": batch}).status_code == 403
    assert principal.post(at, sent).status_code == 303  # the one school is theirs without being named
    assert {one.pupil for one in rows() if one.who == "principal"} <= set(pupils(cast.school))
    assert principal.post(many, {"do": "undo", "row": rows()[-1].batch_id}).status_code == 303


def test_another_district_and_teachers_make_none(client_of: Sign, cast: Cast, row: models.Emergency) -> None:
    sent = PARTS | DAYS | {"school": cast.school, "teacher": cast.teacher}
    assert client_of("foreigner").post(f"/d/cedar/emergencies/{row.pk}/agreements/", sent).status_code == 404
    foreign = flood("cedar")
    answer = client_of("foreigner").post(f"/d/cedar/emergencies/{foreign.pk}/agreements/", sent)
    assert answer.status_code == 422
    assert client_of("teacher").post(f"{AT}{row.pk}/agreements/", sent).status_code == 403
    assert rows() == []
    assert count(models.Agreement, "cedar") == 0


def test_a_closed_record_takes_no_agreements(client_of: Sign, cast: Cast, row: models.Emergency) -> None:
    planner = client_of("planner")
    planner.post(f"{AT}{row.pk}/", {"do": "over"})
    sent = PARTS | DAYS | {"school": cast.school, "teacher": cast.teacher}
    assert planner.post(f"{AT}{row.pk}/agreements/", sent).status_code == 422
    assert rows() == []
