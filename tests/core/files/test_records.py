"""A year's records: what is written is read back, and every fault is named by file, row and column."""

from __future__ import annotations

import zipfile
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolday.calendar.days import Calendar
from schoolday.files.records.read import read_records
from schoolday.files.records.write import write_records
from schoolday.files.rulebooks import load
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding, Status, broken
from schoolday.measures.year import Columns, Episodes, audit, ends
from schoolday.rules.rule import Period
from schoolday.sample.recorded import recorded, school_year_of

YEAR = Calendar(date(2026, 8, 31), date(2026, 9, 11), {date(2026, 9, 7): "Labor Day"})
DAYS = "2026-08-31,2026-09-01,2026-09-02,2026-09-03,2026-09-04,2026-09-08,2026-09-09,2026-09-10,2026-09-11"
RULES = load().rules


def records(folder: Path, **files: str) -> Path:
    """Write sound records of two pupils, some files changed or added; a text of None leaves one out."""
    sound = {
        "calendar.yaml": 'first: 2026-08-31\nlast: 2026-09-11\nholidays: {2026-09-07: "Labor Day"}\n',
        "pupils.csv": "id,grade,circumstances\nana,3,\nluis,K,\n",
        "pupils.total_minutes.day.csv": f"id,{DAYS}\nana,230,230,,240{',230' * 5}\nluis{',180' * 9}\n",
        "pupils.contact.events.csv": "id,emergency,contact\nana,2026-09-01,2026-09-06\n",
    }
    folder.mkdir(exist_ok=True)
    for name, text in {**sound, **{key.replace("__", "."): text for key, text in files.items()}}.items():
        (folder / name).write_text(text, encoding="utf-8")
    return folder


def faults(folder: Path) -> list[Finding]:
    reading = read_records(folder)
    assert (reading.tables is None) == bool(broken(reading.findings))
    return broken(reading.findings)


def test_sound_records_become_columns_and_what_is_blank_is_unknown(tmp_path: Path) -> None:
    reading = read_records(records(tmp_path / "r"))
    assert reading.tables is not None
    (table,) = reading.tables
    assert (table.name, table.subjects, table.grades) == ("pupils", ("ana", "luis"), ("3", "K"))
    minutes = table.column("total_minutes", Period.DAY)
    assert np.isnan(minutes[0, 2])
    assert minutes[1].tolist() == [180] * 9
    assert table.episodes[0].dates["contact"].tolist() == [date(2026, 9, 6)]


def test_an_event_whose_name_has_the_letters_of_a_password_is_kept(tmp_path: Path) -> None:
    text = "id,impasse,mediator\nana,2026-09-01,2026-09-04\n"
    reading = read_records(records(tmp_path / "r", pupils__table__events__csv=text))
    assert reading.tables is not None
    some = next(one for one in reading.tables[0].episodes if "impasse" in one.dates)
    assert some.dates["impasse"].tolist() == [date(2026, 9, 1)]


def test_a_zip_is_read_like_a_folder(tmp_path: Path) -> None:
    folder = records(tmp_path / "r")
    with zipfile.ZipFile(tmp_path / "r.zip", "w") as packed:
        for file in folder.iterdir():
            packed.write(file, file.name)
    found = read_records(tmp_path / "r.zip").tables
    assert found is not None
    assert found[0].subjects == ("ana", "luis")


@pytest.mark.parametrize(
    ("file", "text", "spot", "said"),
    [
        ("pupils.csv", "id,grade,circumstances\nana,3,\nana,3,\n", "pupils.csv:3 [id]", "ana"),
        ("pupils.csv", "id,grade,circumstances\nana,14,\n", "pupils.csv:2 [grade]", "'14' is no grade"),
        (
            "pupils.csv",
            "id,grade,circumstances\nana,3,open_bfore\n",
            "pupils.csv:2 [circumstances]",
            "perhaps open_before is meant",
        ),
        ("pupils.csv", "", "pupils.csv", "empty"),
        ("pupils.csv", "id,grade\nana,3\n", "pupils.csv:1", "circumstances"),
        ("calendar.yaml", "first: 2026-09-11\n", "calendar.yaml", "last"),
        (
            "pupils.total_minutes.day.csv",
            f"id,{DAYS}\nana,230,23o,,240,230,230,230,230,230\n",
            "pupils.total_minutes.day.csv:2 [2026-09-01]",
            "'23o' is not a number",
        ),
        (
            "pupils.total_minutes.day.csv",
            f"id,{DAYS}\nana,230,-5,,240,230,230,230,230,230\n",
            "pupils.total_minutes.day.csv:2 [2026-09-01]",
            "'-5' is not a number",
        ),
        (
            "pupils.total_minutes.day.csv",
            f"id,{DAYS}\nana,230\n",
            "pupils.total_minutes.day.csv:2",
            "2",
        ),
        (
            "pupils.total_minutes.day.csv",
            "id,2026-09-07\nana,230\n",
            "pupils.total_minutes.day.csv:1 [2026-09-07]",
            "not the last date of a day",
        ),
        (
            "pupils.total_minutes.day.csv",
            f"id,{DAYS}\nzoe{',180' * 9}\n",
            "pupils.total_minutes.day.csv:2 [id]",
            "'zoe' is not in pupils.csv",
        ),
        ("pupils.total_minuts.day.csv", "id\n", "pupils.total_minuts.day.csv", "perhaps total_minutes"),
        ("pupils.total_minutes.dy.csv", "id\n", "pupils.total_minutes.dy.csv", "'dy' is no period"),
        ("teachers.total_minutes.day.csv", f"id,{DAYS}\n", "teachers.total_minutes.day.csv", "teachers.csv"),
        (
            "pupils.contact.events.csv",
            "id,emergency,contct\nana,2026-09-01,\n",
            "pupils.contact.events.csv:1 [contct]",
            "perhaps contact is meant",
        ),
        (
            "pupils.contact.events.csv",
            "id,emergency,contact\nana,1/9/2026,\n",
            "pupils.contact.events.csv:2 [emergency]",
            "1/9/2026",
        ),
    ],
)
def test_a_fault_is_named_by_file_row_and_column(
    tmp_path: Path, file: str, text: str, spot: str, said: str
) -> None:
    found = faults(records(tmp_path / "r", **{file.replace(".", "__"): text}))
    assert any(str(one.spot).startswith(spot) and said in one.said for one in found), found
    assert all(one.mend for one in found)


def test_a_header_that_is_blank_is_a_fault(tmp_path: Path) -> None:
    found = faults(records(tmp_path / "r", pupils__total_minutes__day__csv="\nana\n"))
    assert any(str(one.spot).startswith("pupils.total_minutes.day.csv:1") for one in found), found


def test_all_faults_are_named_in_one_pass(tmp_path: Path) -> None:
    folder = records(
        tmp_path / "r",
        pupils__total_minutes__day__csv=f"id,{DAYS}\nana,x,y{',1' * 7}\nluis,z{',1' * 8}\n",
        pupils__contact__events__csv="id,emergency,contact\nana,no,\n",
    )
    assert len(faults(folder)) == 4


@given(
    data=st.binary(max_size=200),
    name=st.sampled_from(
        ["calendar.yaml", "pupils.csv", "pupils.contact.events.csv", "pupils.total_minutes.day.csv"]
    ),
)
@settings(max_examples=60, deadline=None)
def test_whatever_the_bytes_are_they_are_read_or_refused_and_never_a_traceback(
    data: bytes, name: str
) -> None:
    with TemporaryDirectory() as folder:
        path = records(Path(folder, "r"))
        (path / name).write_bytes(data)
        reading = read_records(path)
        assert reading.tables is not None or broken(reading.findings)


def test_a_file_cut_short_at_any_byte_never_reads_as_another_year(tmp_path: Path) -> None:
    whole = (records(tmp_path / "r") / "pupils.total_minutes.day.csv").read_bytes()
    before = read_records(tmp_path / "r").tables
    assert before is not None
    for size in range(len(whole)):
        (tmp_path / "r" / "pupils.total_minutes.day.csv").write_bytes(whole[:size])
        reading = read_records(tmp_path / "r")
        if reading.tables is None:
            continue
        values = reading.tables[0].values.get(("total_minutes", Period.DAY))
        assert values is None or not np.any(values > before[0].column("total_minutes", Period.DAY) + 1)


def test_what_is_not_recorded_is_said_and_breaks_nothing(tmp_path: Path) -> None:
    folder = records(tmp_path / "r", pupils__total_minutes__day__csv="id,2026-08-31\nana,230\n")
    reading = read_records(folder)
    assert reading.tables is not None
    said = [one.said for one in reading.findings if one.status is Status.UNVERIFIED]
    assert any("8 of 9 columns are not there" in one for one in said)
    assert any("1 of 2 in pupils.csv have no row" in one for one in said)


def test_records_are_never_written_over(tmp_path: Path) -> None:
    folder = records(tmp_path / "r")
    with pytest.raises(SchooldayError, match="holds something already"):
        write_records([recorded(RULES, school_year_of(2026), 2, 1)], folder)


@given(seed=st.integers(0, 2**32), pupils=st.integers(1, 25), data=st.data())
@settings(max_examples=8, deadline=None)
def test_what_is_written_is_read_back_and_audited_alike(seed: int, pupils: int, data: st.DataObject) -> None:
    year = school_year_of(2026)
    some = data.draw(st.lists(st.sampled_from(RULES), min_size=1, max_size=6, unique_by=lambda one: one.id))
    made = recorded(some, year, pupils, seed)
    with TemporaryDirectory() as folder:
        write_records([made], Path(folder, "out"))
        reading = read_records(Path(folder, "out"))
    assert reading.tables is not None, reading.findings
    assert list(audit(some, reading.tables, year.last)) == list(audit(some, [made], year.last))


def test_circumstances_and_several_events_come_back(tmp_path: Path) -> None:
    days = np.array(ends(YEAR, Period.DAY), "M8[D]")
    some = Episodes(np.array([1, 0]), {"emergency": days[:2], "contact": np.array([days[3], "NaT"], "M8[D]")})
    flags = {"open_before": np.array([False, True])}
    write_records([Columns(YEAR, ("a", "b"), (), {}, flags, [some, some], "schools")], tmp_path / "out")
    reading = read_records(tmp_path / "out")
    assert reading.tables is not None, reading.findings
    (table,) = reading.tables
    assert (table.name, table.circumstances_of(1)) == ("schools", frozenset({"open_before"}))
    assert len(table.episodes) == 2
    assert table.episodes[0].subject.tolist() == [1, 0]
