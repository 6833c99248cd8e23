"""Facts from outside: entered, corrected, taken in from files and undone, always by rows that are added."""

# ruff: noqa: PLC0415, ANN201 - Django is set up while tests run

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator
from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from schoolday.ground.errors import SchooldayError
from schooldesk import scope
from tests.desk.conditions import COUNTY, numbers

pytestmark = pytest.mark.django_db
AT = "/d/maple/conditions/"
SignIn = Callable[[str], Client]
SCHOOL = "maple-secondary"
RATE = {
    "place": COUNTY, "measure": "county_case_rate", "value": "7.4", "first": "2020-09-20",
    "last": "2020-09-26", "told": "2020-10-06", "source": "County health officer, 6 October 2020",
}  # fmt: skip


@pytest.fixture
def home() -> Iterator[object]:
    from schooldesk.roster import reads as roster

    with scope.district("maple"):
        yield roster.district("maple")


def rows(**where: object):
    from schooldesk.conditions.models import Fact

    with scope.district("maple"):
        return list(Fact.objects.filter(**where).order_by("pk"))


def standing(home: object):
    from schooldesk.conditions import reads

    return reads.here(home).outside  # type: ignore[arg-type]


def draft(value: float | None = 7.4, **more: object):
    from schooldesk.conditions.facts import Draft

    values = {
        "kind": "reading", "subject": COUNTY, "name": "county_case_rate", "value": value,
        "first": date(2020, 9, 20), "last": date(2020, 9, 26), "told": date(2020, 10, 6), "source": "Made up",
    }  # fmt: skip
    return Draft(**(values | more))


def sent(**files: str):
    return {"files": [SimpleUploadedFile(f"{name}.csv", text.encode()) for name, text in files.items()]}


# By hand


def test_a_planner_enters_a_reading_with_its_dates_its_source_and_who(client_of: SignIn) -> None:
    from schooldesk.people.models import Event

    answer = client_of("planner").post(f"{AT}readings/enter/reading/", RATE)
    assert answer.status_code == 302
    (row,) = rows(kind="reading")
    assert (row.value, row.first, row.last, row.told) == (
        7.4, date(2020, 9, 20), date(2020, 9, 26), date(2020, 10, 6),
    )  # fmt: skip
    with scope.district("maple"):
        assert (row.entry.who, row.entry.how) == ("planner", "entered")
        event = Event.objects.filter(what="conditions.entered").first()
        assert (event.who, event.about) == ("planner", {"entry": row.entry_id, "rows": 1})
    page = client_of("stranger").get(f"{AT}readings/").content.decode()
    assert "County health officer, 6 October 2020" in page
    assert "planner" not in page


def test_what_is_wrong_stands_beside_each_field_and_nothing_is_stored(client_of: SignIn) -> None:
    wrong = RATE | {"value": "many", "last": "2020-09-01", "source": ""}
    answer = client_of("planner").post(f"{AT}readings/enter/reading/", wrong)
    assert answer.status_code == 422
    page = answer.content.decode()
    for column in ("value", "last", "source"):
        assert f'id="wrong-{column}"' in page
    assert 'value="many"' in page
    assert rows(kind="reading") == []


@pytest.mark.parametrize(
    ("kind", "cells", "said"),
    [
        ("step", {"place": COUNTY, "step": "red", "told": "2021-03-16", "source": "x"}, "red"),
        (
            "event",
            {"school": SCHOOL, "event": "opened", "day": "2020-10-20", "grades": "7-8", "source": "x"},
            "7-8",
        ),
        ("site", {"school": SCHOOL, "places": f"zip-95824 {COUNTY}"}, f"zip-95824 {COUNTY}"),
        ("place", {"place": COUNTY, "circumstances": "small_county"}, "small_county"),
    ],
)  # fmt: skip
def test_steps_events_sites_and_places_are_entered_too(
    client_of: SignIn, kind: str, cells: dict[str, str], said: str, home: object
) -> None:
    assert client_of("planner").post(f"{AT}readings/enter/{kind}/", cells).status_code == 302
    row = rows(kind=kind)[-1]
    assert said in (row.name, row.words)
    page = client_of("planner").get(f"{AT}readings/{row.pk}/correct/").content.decode()
    assert all(f'value="{value}"' in page for value in cells.values())
    assert standing(home)


def test_a_kind_or_a_school_that_is_none_is_refused(client_of: SignIn) -> None:
    planner = client_of("planner")
    assert planner.get(f"{AT}readings/enter/wish/").status_code == 404
    event = {"school": "cedar-elementary", "event": "opened", "day": "2020-10-20", "source": "x"}
    answer = planner.post(f"{AT}readings/enter/event/", event)
    assert answer.status_code == 422
    assert 'id="wrong-school"' in answer.content.decode()


# Corrections


def test_a_correction_is_a_new_row_and_the_old_one_stays_on_the_page(client_of: SignIn, home: object) -> None:
    planner = client_of("planner")
    planner.post(f"{AT}readings/enter/reading/", RATE)
    (old,) = rows(kind="reading")
    answer = planner.post(f"{AT}readings/{old.pk}/correct/", RATE | {"value": "6.9"})
    assert answer.status_code == 302
    before, after = rows(kind="reading")
    assert (before.pk, before.value, after.value, after.replaces_id) == (old.pk, 7.4, 6.9, old.pk)
    page = client_of("stranger").get(f"{AT}readings/").content.decode()
    assert "7.4</del>" in page
    assert f"replaces row {old.pk}" in page
    assert [one.value for one in standing(home).readings] == [6.9]
    assert planner.get(f"{AT}readings/{old.pk}/correct/").status_code == 404


def test_a_number_published_anew_is_a_reading_of_its_own_and_each_day_knows_what_was_told(
    home: object,
) -> None:
    from schooldesk.conditions import writes

    writes.enter(home, [draft(7.4), draft(6.9, told=date(2020, 10, 8))], "ana")  # type: ignore[arg-type]
    assert len(standing(home).readings) == 2


def test_the_same_again_changes_nothing_and_another_number_of_the_same_days_corrects(home: object) -> None:
    from schooldesk.conditions import writes

    first = writes.enter(home, [draft()], "ana")  # type: ignore[arg-type]
    again = writes.enter(home, [draft()], "ben")  # type: ignore[arg-type]
    other = writes.enter(home, [draft(None)], "ben")  # type: ignore[arg-type]
    assert (first.new, again.number, again.there, other.corrected) == (1, None, 1, 1)
    assert [one.value for one in standing(home).readings] == [None]


def test_a_correction_into_what_another_row_says_is_refused_in_words(home: object) -> None:
    from schooldesk.conditions import writes

    writes.enter(home, [draft(), draft(5.0, told=date(2020, 10, 8))], "ana")  # type: ignore[arg-type]
    row = rows(kind="reading")[0]
    with pytest.raises(SchooldayError, match="another row says this"):
        writes.correct(home, row.pk, draft(7.0, told=date(2020, 10, 8)), "ana")  # type: ignore[arg-type]


def test_of_two_who_correct_the_same_row_the_second_is_told(home: object) -> None:
    from schooldesk.conditions import writes

    writes.enter(home, [draft()], "ana")  # type: ignore[arg-type]
    (row,) = rows(kind="reading")
    writes.correct(home, row.pk, draft(6.0), "ana")  # type: ignore[arg-type]
    with pytest.raises(SchooldayError, match="meanwhile"):
        writes.correct(home, row.pk, draft(5.0), "ben")  # type: ignore[arg-type]


# Undo


def test_an_undo_adds_a_row_and_can_be_undone(home: object) -> None:
    from schooldesk.conditions import writes

    first = writes.enter(home, [draft()], "ana")  # type: ignore[arg-type]
    second = writes.enter(home, [draft(6.9)], "ana")  # type: ignore[arg-type]
    undone = writes.undo(home, second.number, "ana")  # type: ignore[arg-type]
    assert [one.value for one in standing(home).readings] == [7.4]
    writes.undo(home, undone.pk, "ana")  # type: ignore[arg-type]
    assert [one.value for one in standing(home).readings] == [6.9]
    assert [row.value for row in rows(kind="reading")] == [7.4, 6.9, 7.4, 6.9]
    with pytest.raises(SchooldayError, match="undo that one first"):
        writes.undo(home, first.number, "ana")  # type: ignore[arg-type]


def test_an_undone_first_entry_counts_no_more_and_says_so(client_of: SignIn, home: object) -> None:
    planner = client_of("planner")
    entry = numbers("maple")["entry"]
    assert planner.post(f"{AT}entries/{entry}/undo/").status_code == 302
    assert standing(home).assigned == ()
    assert "undone:" in client_of("stranger").get(f"{AT}readings/").content.decode()
    answer = planner.post(f"{AT}entries/{entry}/undo/")
    assert answer.status_code == 409
    assert "undo that one first" in answer.content.decode()
    assert "already" not in answer.content.decode()


def test_an_undo_that_would_say_the_same_twice_is_refused(home: object) -> None:
    from schooldesk.conditions import writes

    writes.enter(home, [draft()], "ana")  # type: ignore[arg-type]
    (row,) = rows(kind="reading")
    moved = writes.correct(home, row.pk, draft(told=date(2020, 10, 7)), "ana")  # type: ignore[arg-type]
    writes.enter(home, [draft(5.0)], "ben")  # type: ignore[arg-type]
    with pytest.raises(SchooldayError, match="already"):
        writes.undo(home, moved.number, "ana")  # type: ignore[arg-type]
    assert sorted(one.value for one in standing(home).readings) == [5.0, 7.4]


def test_what_was_withdrawn_can_be_entered_again(home: object) -> None:
    from schooldesk.conditions import writes

    done = writes.enter(home, [draft()], "ana")  # type: ignore[arg-type]
    writes.undo(home, done.number, "ana")  # type: ignore[arg-type]
    assert standing(home).readings == ()
    assert writes.enter(home, [draft()], "ana").new == 1  # type: ignore[arg-type]
    assert len(standing(home).readings) == 1


# Files


def test_files_are_taken_in_and_the_same_again_changes_nothing(client_of: SignIn, home: object) -> None:
    planner = client_of("planner")
    readings = "place,measure,value,first,last,told,source\n" + ",".join(RATE.values()).replace(
        RATE["source"], "Made up"
    )
    events = "school,event,day,grades,source\nmaple-elementary,plan_posted,2021-02-01,,Made up\n"
    answer = planner.post(f"{AT}readings/take/", sent(readings=readings, events=events))
    assert answer.headers["Location"].endswith("?new=2&corrected=0&there=0")
    again = planner.post(f"{AT}readings/take/", sent(readings=readings, events=events))
    assert again.headers["Location"].endswith("?new=0&corrected=0&there=2")
    assert len(standing(home).readings) == len(standing(home).events) == 1


def test_one_file_alone_and_a_zip_are_taken_in_too(client_of: SignIn, home: object) -> None:
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as made:
        made.writestr("sites.csv", "school,places\nmaple-elementary,zip-95824 ca-sacramento-county\n")
    file = {"files": [SimpleUploadedFile("told.zip", packed.getvalue())]}
    assert client_of("planner").post(f"{AT}readings/take/", file).status_code == 302
    assert standing(home).sites["maple-elementary"].places[1] == "zip-95824"


def test_every_fault_is_named_by_file_row_and_column_and_nothing_is_stored(client_of: SignIn) -> None:
    before = len(rows())
    readings = (
        "place,measure,value,first,last,told,source\n"
        "a,county_case_rate,x,2020-09-20,2020-09-26,2020-10-06,s\n"
        "b,no_measure,1,2020-09-20,2020-09-10,2020-10-06,s\n"
        "c,county_case_rate,1,2020-09-20,2020-09-26,2020-10-06,s\n"
    )
    events = "school,event,day,grades,source\ncedar-elementary,opened,2020-10-20,13,s\n"
    answer = client_of("planner").post(f"{AT}readings/take/", sent(readings=readings, events=events))
    assert answer.status_code == 422
    page = answer.content.decode()
    for spot in (
        "readings.csv:2 [value]", "readings.csv:3 [measure]", "readings.csv:3 [last]",
        "events.csv:2 [school]", "events.csv:2 [grades]",
    ):  # fmt: skip
        assert f"<code>{spot}</code>" in page
    assert len(rows()) == before


@pytest.mark.parametrize("files", [{}, {"files": [SimpleUploadedFile("notes.csv", b"a,b\n1,2\n")]}])
def test_no_file_or_a_strange_one_is_refused_in_words(client_of: SignIn, files: dict[str, object]) -> None:
    answer = client_of("planner").post(f"{AT}readings/take/", files)
    assert answer.status_code == 422
    assert "docs/conditions.md" in answer.content.decode()


# Two districts


def test_another_districts_rows_are_neither_seen_nor_changed(client_of: SignIn) -> None:
    client_of("planner").post(f"{AT}readings/enter/reading/", RATE)
    (row,) = rows(kind="reading")
    foreigner = client_of("foreigner")
    page = foreigner.get("/d/cedar/conditions/readings/").content.decode()
    assert RATE["source"] not in page
    assert foreigner.get(f"/d/cedar/conditions/readings/{row.pk}/correct/").status_code == 404
    assert foreigner.post(f"/d/cedar/conditions/entries/{row.entry_id}/undo/").status_code == 404
    assert foreigner.post(f"/d/cedar/conditions/year/rules/{numbers('maple')['book']}/").status_code == 404
    assert len(rows(kind="reading")) == 1


@pytest.mark.parametrize("person", ["teacher", "principal", "union", "stranger", "foreigner"])
@pytest.mark.parametrize("path", ["readings/enter/reading/", "readings/take/"])
def test_nobody_but_a_planner_enters_anything(client_of: SignIn, person: str, path: str) -> None:
    assert client_of(person).post(f"{AT}{path}", RATE).status_code in (302, 403, 404)
    assert rows(kind="reading") == []
