"""A gradebook's results go to Learning and to the record at once, and the same file again changes neither."""

# ruff: noqa: PLC0415 - Django is set up while tests run; fixtures speak for themselves

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from schoolday.ledger.assessed import of_detail
from schooldesk import scope
from tests.desk.conftest import Cast
from tests.desk.learnings import exams, section_of
from tests.desk.ledgers import FRIDAY_EVENING, stored
from tests.desk.test_ledger_pages import told
from tests.desk.test_results_recorded import entered, standing

pytestmark = pytest.mark.django_db
Sign = Callable[[str], Client]
MAPLE = Path("examples/maple/learning")
NAMES = ("categories.csv", "lineItems.csv", "results.csv", "exams.csv")
AT = "/d/maple/learning/take/"


@pytest.fixture(autouse=True)
def _friday(settings: Any) -> None:
    settings.NOW = FRIDAY_EVENING


@pytest.fixture
def planner(client_of: Sign) -> Client:
    return client_of("planner")


def book(change: Callable[[str], str] = str) -> list[SimpleUploadedFile]:
    """Return the example's gradebook, its later exams moved to the week of the test."""
    found = []
    for name in NAMES:
        text = (MAPLE / name).read_text(encoding="utf-8")
        text = text.replace("2020-10-01", "2020-09-08").replace("2020-12-10", "2020-09-09")
        found.append(SimpleUploadedFile(name, (change(text) if name == "results.csv" else text).encode()))
    return found


def take(client: Client, files: list[SimpleUploadedFile]) -> Any:
    return client.post(AT, {"files": files})


def results() -> Any:
    from schooldesk.learning import reads

    with scope.district("maple"):
        return reads.scores()


def test_a_gradebook_writes_both_once_and_again_nothing(planner: Client) -> None:
    from schooldesk.people.models import Event

    assert take(planner, book()).status_code == 303
    taken = {(one.exam, one.pupil) for one in results() if one.share is not None}
    rows = stored()
    assert len(rows) == len(taken) > 20
    assert {(row.kind, row.origin) for row in rows} == {("assessed", "learning")}
    with scope.district("maple"):
        before = Event.objects.count()
    again = take(planner, book())
    assert again["Location"] == "./?same"
    assert "Nothing was changed." in told(planner.get(AT + "?same"))
    assert (len(stored()), len(entered())) == (len(rows), 1)
    with scope.district("maple"):
        assert Event.objects.count() == before


def test_a_corrected_gradebook_keeps_what_changed_alone(planner: Client) -> None:
    take(planner, book())
    many, one = len(stored()), next(one for one in results() if one.share and not one.standard)

    def lowered(text: str) -> str:
        head, *rows = text.splitlines(keepends=True)
        names = head.strip().split(",")
        for place, row in enumerate(rows):
            cells = row.rstrip("\r\n").split(",")
            if (cells[names.index("lineItemSourcedId")], cells[names.index("studentSourcedId")]) == (
                one.exam, one.pupil,
            ):  # fmt: skip
                cells[names.index("score")] = "0"
                rows[place] = ",".join(cells) + row[len(row.rstrip("\r\n")) :]
        return head + "".join(rows)

    assert take(planner, book(lowered)).status_code == 303
    new = stored()[many:]
    assert [(row.pupil, row.code, bool(row.corrects)) for row in new] == [(one.pupil, "completed", True)]
    assert "result: 0/" in new[0].detail
    assert entered()[0].rows == 1


def test_a_result_of_another_day_moves_its_entry_and_undoing_moves_it_back(planner: Client) -> None:
    def days() -> set[str]:
        gone = {row.corrects for row in stored()}
        return {str(row.day) for row in stored() if row.entry not in gone and row.code != "withdrawn"}

    take(planner, book())
    assert days() == {"2020-09-08", "2020-09-09", "2020-09-10"}
    many = len(standing())
    assert take(planner, book(lambda text: text.replace("2020-09-08", "2020-09-11"))).status_code == 303
    assert days() == {"2020-09-09", "2020-09-10", "2020-09-11"}
    planner.post(f"/d/maple/learning/entries/{entered()[0].pk}/undo/")
    assert days() == {"2020-09-08", "2020-09-09", "2020-09-10"}
    assert len(standing()) == many


def test_an_exam_with_another_name_is_called_so_on_the_record_until_that_is_undone(planner: Client) -> None:
    def titles() -> set[str]:
        gone = {row.corrects for row in stored()}
        return {of_detail(row.detail).title.split()[0] for row in stored() if row.entry not in gone}

    take(planner, book())
    assert titles() == {"Exam", "Quiz"}
    many, files = len(standing()), book()
    lines = (MAPLE / "lineItems.csv").read_text(encoding="utf-8").replace(",Quiz ", ",Test ")
    files[NAMES.index("lineItems.csv")] = SimpleUploadedFile(
        "lineItems.csv",
        lines.replace("2020-10-01", "2020-09-08").replace("2020-12-10", "2020-09-09").encode(),
    )
    assert take(planner, files).status_code == 303
    assert (titles(), len(standing())) == ({"Exam", "Test"}, many)
    planner.post(f"/d/maple/learning/entries/{entered()[0].pk}/undo/")
    assert (titles(), len(standing())) == ({"Exam", "Quiz"}, many)


def test_undoing_a_gradebook_takes_its_entries_back_whole(planner: Client) -> None:
    take(planner, book())
    planner.post(f"/d/maple/learning/entries/{entered()[0].pk}/undo/")
    assert (standing(), results()) == ({}, ())
    planner.post(f"/d/maple/learning/entries/{entered()[0].pk}/undo/", {"back": "1"})
    assert len(standing()) > 10


def test_undo_on_the_page_of_one_class_leaves_the_rest_of_a_gradebook(planner: Client, cast: Cast) -> None:
    take(planner, book())
    section = section_of(cast.teacher)
    last = next(row for row in reversed(stored()) if row.activity == section)
    exam = next(row for row in exams("maple", section) if row.title == of_detail(last.detail).title)
    mine = [row for row in stored() if row.step == last.step]
    at = f"/d/maple/take/{section}/{exam.day}/assessed/"
    planner.post(at, {"do": "undo", "last": last.step, "title": exam.title})
    gone = {row.corrects for row in stored() if row.code == "withdrawn"}
    assert gone == {row.entry for row in mine}
    assert not any(one.share for one in results() if one.exam == exam.code)
    assert any(one.share for one in results())


def test_a_result_without_a_day_is_a_fault_by_row_and_column_and_nothing_is_kept(planner: Client) -> None:
    def undated(text: str) -> str:
        head, first, *rest = text.splitlines(keepends=True)
        cells = first.split(",")
        cells[head.strip().split(",").index("scoreDate")] = ""
        return head + ",".join(cells) + "".join(rest)

    answer = take(planner, book(undated))
    assert answer.status_code == 422
    assert "results.csv:2 [scoreDate]" in told(answer)
    assert (stored(), entered()) == ([], [])


def test_results_of_days_that_cannot_be_are_named_on_the_page(planner: Client) -> None:
    kept = take(planner, book(lambda text: text.replace("2020-09-09", "2020-10-01")))
    said = told(planner.get(AT + kept["Location"].removeprefix("./")))
    assert "that day has not come yet" in said
    assert "2020-10-01" not in {str(row.day) for row in stored()}
