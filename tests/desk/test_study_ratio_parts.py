"""The ratio of independent study by school and span of grades: for information, adding up to the whole."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from schooldesk import scope
from tests.desk.conftest import Cast
from tests.desk.studies import TUESDAY, WEDNESDAY, study, work
from tests.desk.test_ledger_pages import told
from tests.desk.test_study_pages import RATIO, certify, take

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]
AT = "/d/maple/study/ratio/"


@pytest.fixture(autouse=True)
def _study(settings: Any, db: None) -> None:
    study(settings)


@pytest.fixture
def earned(cast: Cast, client_of: Sign) -> dict[str, int]:
    """Have two pupils of the teacher earn three days; return how many days by grade."""
    from schooldesk.roster import reads
    from tests.desk.ledgers import home_of

    with scope.district("maple"):
        there = reads.of_schools(home_of(), [cast.school])
    taught = [row.section for row in there.teaching if row.staff == cast.teacher]
    mine = [(row.section, row.pupil) for row in there.enrollments if row.section in taught]
    (section, first), teacher = mine[0], client_of("teacher")
    second = next(pupil for where, pupil in mine if where == section and pupil != first)
    for pupil, day in ((first, TUESDAY), (second, TUESDAY), (first, WEDNESDAY)):
        from tests.desk.ledgers import sent

        take(teacher, section, day, sent(pupil, **work(400)))
    certify(teacher, cast)
    found: dict[str, int] = {}
    for pupil, days in ((first, 2), (second, 1)):
        grade = there.pupils[pupil].grade
        found[grade] = found.get(grade, 0) + days
    return found


def rows(client: Client, at: str = AT) -> dict[str, list[str]]:
    """Return the table of parts: each row's name with its figures."""
    text = client.get(at).content.decode()
    found = {}
    for row in re.findall(r'<tr role="row"><th scope="row".*?</tr>', text, re.S):
        name = re.sub(r"<[^>]+>", "", row.partition("</th>")[0]).strip()
        found[name] = re.findall(r"<span>([^<]*)</span></td>", row)
    return found


def span(earned: dict[str, int]) -> str:
    from schoolday.ledger.study_parts import span_of

    (found,) = {span_of(grade) for grade in earned}
    return found


def test_the_parts_are_told_by_school_and_grades_and_add_up(
    earned: dict[str, int], cast: Cast, client_of: Sign
) -> None:
    planner = client_of("planner")
    found = rows(planner)
    assert len(found) == 2
    (name, part), (last, whole) = found.items()
    assert f"grades {span(earned)}" in name
    assert last == "The whole district"
    assert part[0] == whole[0] == str(sum(earned.values()))
    assert part[2:] == whole[2:] == ["–", "–"]
    with scope.district("maple"):
        from schooldesk.ledger.study.models import Earned

        assert [row.grades for row in Earned.objects.all() if row.grades] == [earned]
    assert "the law compares the whole district" in told(planner.get(AT))


def test_a_planner_enters_teachers_by_school_and_the_rest_is_said_to_be_of_none(
    earned: dict[str, int], cast: Cast, client_of: Sign
) -> None:
    planner, name = client_of("planner"), f"teachers-{span(earned)}-{cast.school}"
    form = RATIO | {"teachers": "2", name: "0.5"}
    assert planner.post(AT, form).status_code == 303
    assert planner.post(AT, form).status_code == 303
    found = rows(planner)
    teachers = {key: figures[2] for key, figures in found.items()}
    assert teachers["The whole district"] == "2.00"
    assert teachers["Teachers of whom nobody has entered where they teach"] == "1.50"
    part = next(figures for key, figures in found.items() if "grades" in key)
    assert part[2] == "0.50"
    assert float(part[3]) == pytest.approx(float(part[1]) / 0.5, abs=0.011)
    assert f'name="{name}" size="6" value="0.5"' in planner.get(AT).content.decode()
    assert planner.post(AT, {"do": "back", "once": "another-name"}).status_code == 303
    assert rows(planner)["The whole district"][2] == "–"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"part": "3"}, "The schools’ teachers come to 3, and all together are 0.5"),
        ({"part": "some"}, "Write a number above zero"),
        ({"part": "1", "teachers": ""}, "Write how many teachers there are in all, too"),
    ],
)
def test_what_is_wrong_with_the_teachers_of_a_school_is_said_and_nothing_is_kept(
    more: dict[str, str], said: str, earned: dict[str, int], cast: Cast, client_of: Sign
) -> None:
    from schooldesk.ledger.study.models import Ratio

    name = f"teachers-{span(earned)}-{cast.school}"
    form = RATIO | {(name if key == "part" else key): text for key, text in more.items()}
    answer = client_of("planner").post(AT, form)
    assert answer.status_code == 422
    assert said in told(answer)
    with scope.district("maple"):
        assert not Ratio.objects.exists()


def test_the_comparison_by_law_is_the_districts_whoever_the_parts_are(
    earned: dict[str, int], cast: Cast, client_of: Sign
) -> None:
    planner = client_of("planner")
    planner.post(AT, RATIO)
    plain = re.search(r"How it stands.*?Where the rules", told(planner.get(AT)), re.S)
    planner.post(AT, RATIO | {"once": "another-name", f"teachers-{span(earned)}-{cast.school}": "0.1"})
    parted = re.search(r"How it stands.*?Where the rules", told(planner.get(AT)), re.S)
    assert plain is not None
    assert parted is not None
    assert plain[0] == parted[0]


def test_who_looks_after_one_school_sees_the_others_together(
    earned: dict[str, int], cast: Cast, client_of: Sign
) -> None:
    from tests.desk.studies import account

    account("far-clerk", "clerk", schools=(cast.other_school,))
    found = rows(client_of("far-clerk"))
    assert list(found) == ["All other schools", "The whole district"]
    assert found["All other schools"][0] == str(sum(earned.values()))
    assert any("grades" in name for name in rows(client_of("principal")))


def test_a_stranger_district_has_no_parts_of_this_one(earned: dict[str, int], client_of: Sign) -> None:
    assert rows(client_of("foreigner"), "/d/cedar/study/ratio/") == {}
