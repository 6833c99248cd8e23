"""Recordings beside the live record: lessons missed first, and watching counts only as the rules allow."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from schooldesk import scope
from tests.desk.conftest import Cast
from tests.desk.learnings import section_of
from tests.desk.ledgers import MONDAY, TUESDAY, certify, home_of, post, sent, stored
from tests.desk.words import told

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("friday")]
Sign = Callable[[str], Client]
OLDER, NEWER, WATCHED = "2020-09-08", "2020-09-10", "2020-09-11"
MISSED, OPEN, THERE = (
    "Lessons that were missed",
    "Lessons of which the record does not say who was there",
    "Lessons that your child was at",
)


@pytest.fixture
def section(cast: Cast) -> str:
    return section_of(cast.teacher)


@pytest.fixture
def three(section: str, cast: Cast) -> list[tuple[str, str]]:
    """Three pupils of the class from three homes, each with its home's link; the cast's own is the first."""
    from schooldesk.day.writes import give_link
    from schooldesk.learning import reads
    from schooldesk.roster import reads as roster

    with scope.district("maple"):
        home = home_of()
        pupils = [one.id for one in reads.pupils_of(home, section, TUESDAY)]
        homes = roster.homes(home, pupils)
        first = next(one for one in pupils if one in cast.family.pupils)
        other = {homes[one][1]: one for one in pupils if homes[one][1] != homes[first][1]}
        links = [(one, give_link("maple", number, "test")) for number, one in sorted(other.items())[:2]]
    return [(first, cast.family.token), *links]


@pytest.fixture
def posted(section: str, cast: Cast, client_of: Sign) -> dict[str, str]:
    """The lessons of Tuesday and Thursday are posted by their teacher, with everybody's consent; by link."""
    teacher, found = client_of("teacher"), {}
    for day in (OLDER, NEWER):
        answer = teacher.post(
            f"/d/maple/learning/sections/{section}/recordings/",
            {
                "title": f"Lesson {day}", "day": day, "link": f"https://recordings.example/{day}",
                "keep_until": "2020-12-18", "nobody": "1", "codes": "3.NF.A.1", "captions": "en",
            },
        )  # fmt: skip
        assert answer.status_code == 303
        found[day] = answer["Location"]
    consent(cast, teacher, found[OLDER])
    return found


def consent(cast: Cast, client: Client, at: str) -> None:
    from schooldesk.learning.recordings import reads

    number = int(at.rstrip("/").rpartition("/")[2])
    with scope.district("maple"):
        row = reads.one(number)
        assert row is not None
        needs = [who for who, given in reads.judged(home_of(), row, "", TUESDAY).needs if not given]
    for who in needs:
        client.post(at, {"do": "consent", "person": who, "given": "yes", "by": who})


def listed(client: Client, token: str) -> str:
    return told(client.get(f"/h/{token}/recordings/?lang=en"))


def take(client: Client, section: str, day: str, *entries: dict[str, Any]) -> None:
    assert post(client, f"/d/maple/take/{section}/{day}/", *entries).status_code == 200


def word(pupil: str, code: str = "absent") -> dict[str, Any]:
    return sent(pupil, kind="attendance", code=code, first=None, last=None, minutes=None)


def failure(pupil: str) -> dict[str, Any]:
    return sent(pupil, kind="failure", code="dropped", last=None, minutes=None)


def order(text: str, pupil_given: str = "") -> list[str]:
    """Return the lessons of a page in the order in which they stand."""
    found = sorted((text.find(f"Lesson {day}"), day) for day in (OLDER, NEWER))
    assert all(place >= 0 for place, _day in found), text
    return [day for _place, day in found]


def only(text: str, given: str) -> str:
    """Return the part of a family's page that is about one child."""
    start = text.index(f" {given} ")
    rest = text[start + 1 :]
    return rest[: rest.find("May the school record this child?")]


def given_of(pupil: str) -> str:
    from schooldesk.roster import reads

    with scope.district("maple"):
        found = reads.pupil(home_of(), pupil)
    assert found is not None
    return found.given


def test_the_lesson_that_a_child_missed_stands_first_for_that_child_and_not_for_one_who_joined(
    section: str, three: list[tuple[str, str]], posted: dict[str, str], client: Client, client_of: Sign
) -> None:
    (absent, _), (failed, _), (joined, _) = three
    teacher = client_of("teacher")
    take(teacher, section, OLDER, word(absent), failure(failed), sent(joined))
    take(teacher, section, NEWER, sent(absent), sent(failed), sent(joined))
    for pupil, token in three:
        part = only(listed(client, token), given_of(pupil))
        if pupil == joined:
            assert order(part) == [NEWER, OLDER]
            assert MISSED not in part
        else:
            assert order(part) == [OLDER, NEWER], pupil
            assert part.index(MISSED) < part.index(f"Lesson {OLDER}") < part.index(THERE)


def test_who_was_kicked_off_and_came_back_was_there_and_silence_is_not_known(
    section: str, three: list[tuple[str, str]], posted: dict[str, str], client: Client, client_of: Sign
) -> None:
    (back, token), (silent, other), _ = three
    take(client_of("teacher"), section, OLDER, failure(back), sent(back))
    said = only(listed(client, token), given_of(back))
    assert said.index(OPEN) < said.index(f"Lesson {NEWER}") < said.index(THERE)
    assert MISSED not in said
    said = only(listed(client, other), given_of(silent))
    assert MISSED not in said
    assert THERE not in said


def test_an_undone_absence_lists_the_lesson_first_no_more(
    section: str, three: list[tuple[str, str]], posted: dict[str, str], client: Client, client_of: Sign
) -> None:
    teacher, (pupil, token) = client_of("teacher"), three[0]
    take(teacher, section, OLDER, word(pupil))
    given = given_of(pupil)
    assert MISSED in only(listed(client, token), given)
    step = stored()[-1].step
    teacher.post(f"/d/maple/take/{section}/{OLDER}/", {"do": "undo", "last": step})
    assert MISSED not in only(listed(client, token), given)


def test_a_day_called_absent_in_another_class_was_missed_here_too_unless_the_child_joined(
    section: str, three: list[tuple[str, str]], posted: dict[str, str], client: Client, client_of: Sign
) -> None:
    """The word of a class's page is on the day: whoever was absent that day missed this lesson as well."""
    from dataclasses import replace

    from schooldesk.ledger import reads, writes
    from tests.desk.care import by

    (pupil, token), (other, link) = three[0], three[1]
    take(client_of("teacher"), section, OLDER, word(pupil), word(other))
    with scope.district("maple"):
        zone = reads.zone_of(home_of())
        rows = [reads.value(row, zone) for row in stored()]
        moved = [replace(one, id=str(uuid4()), activity="elsewhere", corrects=one.id) for one in rows]
        writes.enter(by(), moved, "moved")
    take(client_of("teacher"), section, OLDER, sent(other))
    assert MISSED in only(listed(client, token), given_of(pupil))
    assert MISSED not in only(listed(client, link), given_of(other))


def watched(pupil: str, minutes: str = "25") -> dict[str, str]:
    return {"do": "viewing", "pupil": pupil, "day": WATCHED, "certified": minutes}


def test_certified_watching_is_work_on_the_record_and_never_live_minutes_or_presence(
    section: str,
    three: list[tuple[str, str]],
    posted: dict[str, str],
    client: Client,
    client_of: Sign,
    cast: Cast,
) -> None:
    teacher, (pupil, token) = client_of("teacher"), three[0]
    take(teacher, section, OLDER, word(pupil))
    assert teacher.post(posted[OLDER], watched(pupil)).status_code == 303
    row = stored()[-1]
    assert (row.kind, row.code, row.minutes, row.first) == ("work", "submitted", 25, None)
    assert (row.pupil, row.activity, str(row.day), row.origin) == (pupil, section, WATCHED, "recording")
    week = told(teacher.get(f"/d/maple/week/{cast.school}/{cast.teacher}/{MONDAY}/"))
    assert "live –, own 25" in week
    assert MISSED in only(listed(client, token), given_of(pupil)), "watching makes nobody present"


def test_watching_that_nobody_certified_enters_nothing(
    three: list[tuple[str, str]], posted: dict[str, str], client_of: Sign
) -> None:
    assert client_of("teacher").post(posted[OLDER], watched(three[0][0], "")).status_code == 303
    assert stored() == []


def test_where_no_rule_says_what_watching_counts_as_it_enters_nothing(
    three: list[tuple[str, str]], posted: dict[str, str], client_of: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    from schoolday.ground.finding import Status
    from schoolday.learning.counted import Counted
    from schooldesk.learning.recordings import reads

    nothing = Counted(Status.UNVERIFIED, None, (), "no rule in force says what watching counts as")
    monkeypatch.setattr(reads, "counted", lambda *_: nothing)
    assert client_of("teacher").post(posted[OLDER], watched(three[0][0])).status_code == 303
    assert stored() == []


def test_undoing_the_watching_takes_its_work_off_the_record_and_putting_it_back_enters_it_again(
    three: list[tuple[str, str]], posted: dict[str, str], client_of: Sign, cast: Cast
) -> None:
    from schooldesk.learning import models

    teacher = client_of("teacher")
    teacher.post(posted[OLDER], watched(three[0][0]))
    with scope.district("maple"):
        entry = models.Entry.objects.filter(what="viewing").last()
    undo = f"/d/maple/learning/entries/{entry.pk}/undo/"
    week = f"/d/maple/week/{cast.school}/{cast.teacher}/{MONDAY}/"
    assert "own 25" in told(teacher.get(week))
    for _ in range(2):
        assert client_of("planner").post(undo).status_code == 303
        assert "own 25" not in told(teacher.get(week))
        assert teacher.post(undo, {"back": "1"}).status_code == 303
        assert "own 25" in told(teacher.get(week))


def test_work_typed_for_the_class_stands_beside_the_watching_and_does_not_replace_it(
    section: str, three: list[tuple[str, str]], posted: dict[str, str], client_of: Sign, cast: Cast
) -> None:
    teacher, pupil = client_of("teacher"), three[0][0]
    teacher.post(posted[OLDER], watched(pupil))
    teacher.post(f"/d/maple/take/{section}/{WATCHED}/", {"step": str(uuid4()), f"work-{pupil}": "30"})
    week = told(teacher.get(f"/d/maple/week/{cast.school}/{cast.teacher}/{MONDAY}/"))
    assert "live –, own 55" in week
    assert certify(cast.teacher, cast.school).digest
