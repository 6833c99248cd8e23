"""The files of learning: OneRoster 1.1 and 1.2 and schoolday's own; every fault by file, row and column."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path

import pytest

from schoolday.files.learning import LearnedReading, read_groups, read_learning, write_groups, write_learning
from schoolday.files.standards import common_core
from schoolday.ground.finding import Status, broken
from schoolday.ground.spans import Span
from schoolday.learning.exams import Chooser, Grading
from schoolday.learning.groups import SmallGroup, Time
from schoolday.roster import Roster
from schoolday.sample import cedar, maple
from schoolday.sample.learned import learned

DAY = date(2020, 10, 1)
CORE = common_core()
OA1 = "1f72443d-6ac4-49c7-b959-047522ed087b"


@pytest.fixture(scope="module")
def roster() -> Roster:
    return maple()


@pytest.fixture
def folder(tmp_path: Path, roster: Roster) -> Path:
    made = learned(roster, CORE, DAY, 3)
    write_learning(
        tmp_path / "learning", roster, CORE, exams=made.exams, scores=made.scores, essentials=made.essentials,
        recordings=made.recordings, consents=made.consents,
    )  # fmt: skip
    return tmp_path / "learning"


def _change(file: Path, row: int, column: str, value: str) -> None:
    with file.open(newline="", encoding="utf-8") as text:
        rows = list(csv.reader(text))
    rows[row - 1][rows[0].index(column)] = value
    with file.open("w", newline="", encoding="utf-8") as text:
        csv.writer(text).writerows(rows)


def _read(folder: Path, roster: Roster) -> LearnedReading:
    return read_learning(folder, roster, CORE)


def test_what_is_written_is_read_back_the_same(folder: Path, roster: Roster) -> None:
    made, reading = learned(roster, CORE, DAY, 3), _read(folder, roster)
    assert reading.findings == ()
    assert reading.learned is not None
    assert reading.learned.exams == made.exams
    assert {
        (one.exam, one.pupil, one.grading, one.share and round(one.share, 9))
        for one in reading.learned.scores
    } == {(one.exam, one.pupil, one.grading, one.share and round(one.share, 9)) for one in made.scores}
    assert reading.learned.essentials == made.essentials
    assert reading.learned.recordings == made.recordings
    assert reading.learned.consents == made.consents


@pytest.mark.parametrize("score", ["nan", "1e400", "-inf"])
def test_a_score_that_is_no_number_is_a_fault_and_not_unknown(
    folder: Path, roster: Roster, score: str
) -> None:
    _change(folder / "results.csv", 2, "score", score)
    reading = _read(folder, roster)
    assert reading.learned is None
    assert [one.code for one in broken(reading.findings)] == ["learning.value"]


def test_another_districts_roster_takes_in_nothing_of_it(folder: Path) -> None:
    reading = _read(folder, cedar())
    assert reading.learned is None
    assert {one.code for one in broken(reading.findings)} == {"learning.unknown_id"}


@pytest.mark.parametrize(
    ("file", "column", "value", "code"),
    [
        ("lineItems.csv", "classSourcedId", "nowhere", "learning.unknown_id"),
        ("lineItems.csv", "dueDate", "2020-13-01", "learning.value"),
        ("lineItems.csv", "resultValueMax", "0", "learning.value"),
        ("lineItems.csv", "title", "", "learning.required"),
        ("lineItems.csv", "status", "active", "learning.not_blank"),
        ("results.csv", "studentSourcedId", "nobody", "learning.unknown_id"),
        ("results.csv", "lineItemSourcedId", "nothing", "learning.unknown_id"),
        ("results.csv", "score", "99", "learning.value"),
        ("results.csv", "score", "many", "learning.value"),
        ("results.csv", "scoreStatus", "Fully Graded", "learning.value"),
        ("results.csv", "scoreDate", "today", "learning.value"),
        ("lineItemLearningObjectiveIds.csv", "source", "CASE", "learning.value"),
        ("exams.csv", "lineItemId", "nothing", "learning.unknown_id"),
        ("exams.csv", "chooser", "board", "learning.value"),
        ("exams.csv", "grades", "6-K", "learning.value"),
        ("exams.csv", "standards", "3.OA.Z.9", "learning.unknown_standard"),
        ("exams.csv", "items", "-1", "learning.value"),
        ("essentials.csv", "standard", "3.OA.Z.9", "learning.unknown_standard"),
        ("essentials.csv", "grade", "13", "learning.value"),
        ("essentials.csv", "until", "soon", "learning.value"),
        ("essentials.csv", "until", "2000-01-01", "learning.dates"),
        ("recordings.csv", "sectionId", "nowhere", "learning.unknown_id"),
        ("recordings.csv", "link", "file:///x", "learning.value"),
        ("recordings.csv", "recorded", "nobody,stranger", "learning.unknown_id"),
        ("recordings.csv", "recorded", "", "learning.required"),
        ("recordings.csv", "keepUntil", "2019-09-01", "learning.dates"),
        ("consents.csv", "given", "true", "learning.value"),
        ("consents.csv", "personId", "stranger", "learning.unknown_id"),
    ],
)
def test_a_fault_is_named_by_file_row_and_column_and_nothing_is_taken_in(
    folder: Path, roster: Roster, file: str, column: str, value: str, code: str
) -> None:
    _change(folder / file, 3, column, value)
    reading = _read(folder, roster)
    assert reading.learned is None
    spots = [(one.code, one.spot.file, one.spot.row, one.spot.column) for one in broken(reading.findings)]
    assert (code, file, 3, column) in spots


def test_all_faults_of_several_files_are_named_at_once(folder: Path, roster: Roster) -> None:
    _change(folder / "results.csv", 2, "score", "x")
    _change(folder / "results.csv", 9, "scoreDate", "x")
    _change(folder / "consents.csv", 2, "given", "x")
    spots = {(one.spot.file, one.spot.row) for one in broken(_read(folder, roster).findings)}
    assert spots == {("results.csv", 2), ("results.csv", 9), ("consents.csv", 2)}


ONE_ONE = {
    "categories.csv": "sourcedId,status,dateLastModified,title\nc,,,Quizzes\n",
    "lineItems.csv": "sourcedId,status,dateLastModified,title,description,assignDate,dueDate,classSourcedId,"
    "categorySourcedId,gradingPeriodSourcedId,resultValueMin,resultValueMax\n"
    "q1,,,Times tables,,2020-09-20,2020-09-21,maple-elementary-002,c,g,0,20\n",
    "results.csv": "sourcedId,status,dateLastModified,lineItemSourcedId,studentSourcedId,scoreStatus,score,"
    "scoreDate,comment\nr1,,,q1,{one},fully graded,15,2020-09-21,\n"
    "r2,,,q1,{two},not submitted,,2020-09-21,\n",
    "exams.csv": "lineItemId,chooser,by,common,grades,standards,items\nq1,teacher,t,,,3.OA.A.1,10\n",
}


@pytest.fixture
def eleven(tmp_path: Path, roster: Roster) -> Path:
    one, two = list(roster.pupils)[:2]
    for name, text in ONE_ONE.items():
        (tmp_path / name).write_text(text.replace("{one}", one).replace("{two}", two))
    return tmp_path


def test_oneroster_1_1_is_read_with_its_standards_from_exams_csv(eleven: Path, roster: Roster) -> None:
    reading = _read(eleven, roster)
    assert reading.findings == ()
    assert reading.learned is not None
    exam = reading.learned.exams["q1"]
    assert (exam.standards, exam.chooser, exam.items, exam.most) == ((OA1,), Chooser.TEACHER, 10, 20.0)
    assert [(one.share, one.grading) for one in reading.learned.scores] == [
        (0.75, Grading.GRADED),
        (None, Grading.NOT_SUBMITTED),
    ]


def test_without_exams_csv_what_is_not_known_is_unverified_and_nothing_is_refused(
    eleven: Path, roster: Roster
) -> None:
    (eleven / "exams.csv").unlink()
    reading = _read(eleven, roster)
    assert reading.learned is not None
    assert [(one.code, one.status) for one in reading.findings] == [
        ("learning.no_standard", Status.UNVERIFIED)
    ]
    assert reading.learned.exams["q1"].chooser is Chooser.UNKNOWN


def test_without_a_highest_score_no_share_is_made_up(eleven: Path, roster: Roster) -> None:
    _change(eleven / "lineItems.csv", 2, "resultValueMax", "")
    reading = _read(eleven, roster)
    assert reading.learned is not None
    assert [one.code for one in reading.findings] == ["learning.no_most"]
    assert [one.share for one in reading.learned.scores] == [None, None]


def test_results_without_line_items_are_refused(eleven: Path, roster: Roster) -> None:
    (eleven / "lineItems.csv").unlink()
    (eleven / "exams.csv").unlink()
    assert [one.code for one in broken(_read(eleven, roster).findings)] == ["learning.missing_file"]


def test_a_score_by_standard_is_read_and_one_of_an_unknown_framework_is_unverified(
    folder: Path, roster: Roster
) -> None:
    lines = (folder / "results.csv").read_text().splitlines()
    result = next(line for line in lines[1:] if "fall" in line and "fully graded" in line).split(",")[0]
    head = "sourcedId,status,dateLastModified,resultSourcedId,source,learningObjectiveId,score,textScore\n"
    stranger = "00000000-0000-4000-8000-000000000001"
    rows = f"a,,,{result},case,{OA1},4,\nb,,,{result},case,{stranger},4,\n"
    (folder / "resultLearningObjectiveIds.csv").write_text(head + rows)
    reading = _read(folder, roster)
    assert reading.learned is not None
    assert [one.standard for one in reading.learned.scores if one.standard] == [OA1]
    (found,) = reading.findings
    assert (found.code, found.status, found.spot.row) == ("learning.unknown_standard", Status.UNVERIFIED, 3)


def test_entries_in_the_columns_of_a_seal_are_read(folder: Path, roster: Roster) -> None:
    head = "entry,kind,pupil,day,school,activity,first,last,minutes,code,detail,by,at,corrects,origin\n"
    pupil = next(iter(roster.pupils))
    (folder / "entries.csv").write_text(
        f"{head}e1,joined,{pupil},2020-09-30,maple-elementary,maple-elementary-001,510,540,30,,,t,"
        "2020-09-30T09:00:00-07:00,,desk\n"
    )
    reading = _read(folder, roster)
    assert reading.learned is not None
    (one,) = reading.learned.entries
    assert (one.id, one.kind, one.pupil, one.day, one.activity) == (
        "e1", "joined", pupil, date(2020, 9, 30), "maple-elementary-001"
    )  # fmt: skip


def test_entries_of_a_stranger_or_with_a_fault_are_refused(folder: Path, roster: Roster) -> None:
    head = "entry,kind,pupil,day,school,activity,first,last,minutes,code,detail,by,at,corrects,origin\n"
    rest = "2020-09-30,s,a,,,,,,t,2020-09-30T09:00:00-07:00,,desk\n"
    (folder / "entries.csv").write_text(f"{head}e1,joined,stranger,{rest}")
    spots = [(one.code, one.spot.row, one.spot.column) for one in broken(_read(folder, roster).findings)]
    assert spots == [("learning.unknown_id", 2, "pupil")]
    (folder / "entries.csv").write_text(f"{head}e1,came,stranger,{rest}")
    assert [one.code for one in broken(_read(folder, roster).findings)] == ["ledger.value"]


def test_a_folder_without_any_of_the_files_is_refused(tmp_path: Path, roster: Roster) -> None:
    assert [one.code for one in _read(tmp_path, roster).findings] == ["learning.missing_file"]


def test_groups_are_read_back_as_they_were_written(tmp_path: Path, roster: Roster) -> None:
    pupils, teacher = tuple(sorted(roster.pupils)[:3]), next(iter(roster.staff))
    groups = (SmallGroup(1, OA1, Time(2, Span(540, 560)), teacher, pupils),)
    write_groups(tmp_path / "groups.csv", groups, CORE, DAY, date(2020, 11, 2))
    reading = read_groups(tmp_path / "groups.csv", roster, CORE)
    assert (reading.groups, reading.first, reading.last, reading.findings) == (
        groups,
        DAY,
        date(2020, 11, 2),
        (),
    )
    _change(tmp_path / "groups.csv", 2, "day", "Sun")
    assert [one.code for one in read_groups(tmp_path / "groups.csv", roster, CORE).findings] == [
        "learning.value"
    ]
