"""Files from outside one by one, held against the schools there are."""

from __future__ import annotations

from pathlib import Path

from schoolday.files.readings import read_outside


def write(folder: Path, name: str, text: str) -> Path:
    (folder / name).write_text(text)
    return folder


def test_a_file_of_events_may_be_there_alone_only_where_some_will_do(tmp_path: Path) -> None:
    write(tmp_path, "events.csv", "school,event,day,grades,source\nelm,opened,2020-10-20,,Board\n")
    assert read_outside(tmp_path).outside is None
    found = read_outside(tmp_path, some=True).outside
    assert found is not None
    assert [one.school for one in found.events] == ["elm"]


def test_where_some_will_do_none_is_still_a_fault(tmp_path: Path) -> None:
    write(tmp_path, "notes.csv", "a\n1\n")
    assert "conditions.missing_file" in {one.code for one in read_outside(tmp_path, some=True).findings}


def test_a_date_far_from_any_school_year_is_a_slip(tmp_path: Path) -> None:
    write(tmp_path, "assigned.csv", "place,step,told,effective,source\na,red,9999-12-31,,Order\n")
    found = read_outside(tmp_path)
    assert found.outside is None
    assert [str(one.spot) for one in found.findings] == ["assigned.csv:2 [told]"]


def test_a_school_that_is_not_there_is_named_by_file_row_and_column(tmp_path: Path) -> None:
    write(tmp_path, "events.csv", "school,event,day,grades,source\nelm,opened,2020-10-20,,Board\n")
    write(tmp_path, "sites.csv", "school,places\nelm,zip-1\noak,zip-2\n")
    found = read_outside(tmp_path, schools=("oak",), some=True)
    assert found.outside is None
    assert {str(one.spot) for one in found.findings} == {"events.csv:2 [school]", "sites.csv:2 [school]"}
