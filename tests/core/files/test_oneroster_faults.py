"""A zoo of faulty exports: each fault is named with its file, row and column, and nothing is taken in."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from oneroster_sets import DAY, faults, lay, read, spoil, whole, zipped

from schoolday.files.rosters import read_roster
from schoolday.ground.finding import Status

Case = tuple[str, str, str, str, str, int, str]

ZOO: list[Case] = [
    # version, file, old text, new text, then the fault expected: code, row and column in that file
    ("1.2", "users.csv", "p1,,,true", "p1,,,TRUE", "value", 2, "enabledUser"),
    ("1.2", "users.csv", "Ana,Lee", ",Lee", "required", 2, "givenName"),
    ("1.2", "users.csv", "Ana,Lee", "  ,Lee", "required", 2, "givenName"),
    ("1.2", "users.csv", "p2,,,true", "p1,,,true", "duplicate_id", 3, "sourcedId"),
    ("1.2", "users.csv", "g1,03,", "g1,3rd,", "value", 2, "grades"),
    ("1.2", "users.csv", "g1,03,", "g1,,", "grade", 2, "grades"),
    ("1.2", "users.csv", "g1,03,", 'g1,"03,04",', "grade", 2, "grades"),
    ("1.2", "users.csv", "ana,,Ana", "ana,,A\tna", "value", 2, "givenName"),
    ("1.2", "users.csv", "ana,,Ana", "ana,Ana", "row_length", 2, ""),
    ("1.2", "users.csv", "givenName", "GivenName", "header", 1, "givenName"),
    ("1.2", "users.csv", ",pronouns", "", "header", 1, "pronouns"),
    ("1.2", "users.csv", "pronouns\n", "pronouns,house\n", "header", 1, "(name not shown)"),
    ("1.2", "users.csv", "g1,03", "g9,03", "unknown_id", 2, "agentSourcedIds"),
    ("1.1", "users.csv", "true,e1,student", "true,e9,student", "unknown_id", 2, "orgSourcedIds"),
    ("1.1", "users.csv", "true,e1,student", "true,d1,student", "pupil_school", 2, "sourcedId"),
    ("1.1", "users.csv", "e1,teacher", "e1,ext:coach", "value", 4, "role"),
    ("1.2", "roles.csv", "primary,student", "main,student", "value", 2, "roleType"),
    ("1.2", "roles.csv", "primary,student", "primary,pupil", "value", 2, "role"),
    ("1.2", "roles.csv", "r1,,,p1", "r1,,,p9", "unknown_id", 2, "userSourcedId"),
    ("1.2", "roles.csv", "e1,u1", "e1,u9", "unknown_id", 4, "userProfileSourcedId"),
    ("1.2", "orgs.csv", "d1,,,Maple", "d1,active,,Maple", "not_blank", 2, "status"),
    ("1.2", "orgs.csv", "d1,,,Maple", "d1,,2020-09-01T08:00:00Z,Maple", "not_blank", 2, "dateLastModified"),
    ("1.2", "orgs.csv", ",school,0001", ",School,0001", "value", 3, "type"),
    ("1.2", "orgs.csv", "e1,,,Maple", "e 1,,,Maple", "value", 3, "sourcedId"),
    ("1.2", "orgs.csv", "0001,d1", "0001,d9", "unknown_id", 3, "parentSourcedId"),
    ("1.2", "orgs.csv", "Maple Elementary", 'Maple "East"', "quotes", 3, ""),
    ("1.2", "orgs.csv", "Maple Elementary", '"Maple\nElementary"', "line_break", 3, ""),
    ("1.2", "orgs.csv", "Maple Elementary", '"Maple Elementary', "quotes", 3, ""),
    ("1.2", "orgs.csv", "Maple Elementary", "Maple\rElementary", "line_break", 3, ""),
    ("1.2", "orgs.csv", "Maple Elementary", "M" * 200_000, "long_row", 3, ""),
    ("1.2", "orgs.csv", "sourcedId,status", "status,sourcedId", "header", 1, ""),
    ("1.2", "orgs.csv", "name,type", "name,metadata.x,type", "header", 1, "metadata.x"),
    ("1.2", "orgs.csv", "name,type", "name,name", "header", 1, "name"),
    ("1.2", "academicSessions.csv", "2020-09-01,2021-06-18", "9/1/2020,2021-06-18", "value", 2, "startDate"),
    ("1.2", "academicSessions.csv", "2020-09-01,2021-06-18", "2020-09-01,2021-02-30", "value", 2, "endDate"),
    ("1.2", "academicSessions.csv", "2020-09-01,2021-06-18", "2021-06-18,2021-06-18", "dates", 2, "endDate"),
    ("1.2", "academicSessions.csv", "y2021,2021", "y2021,21", "value", 3, "schoolYear"),
    ("1.2", "academicSessions.csv", "Fall,semester", "Fall,half", "value", 3, "type"),
    ("1.2", "classes.csv", "scheduled", "Scheduled", "value", 3, "classType"),
    ("1.2", "classes.csv", "calg,,", "calq,,", "unknown_id", 3, "courseSourcedId"),
    ("1.2", "classes.csv", "m1,s1", 'm1,"s1,s9"', "unknown_id", 3, "termSourcedIds"),
    ("1.2", "classes.csv", "m1,s1", "d1,s1", "class_school", 3, "schoolSourcedId"),
    ("1.2", "courses.csv", "y2021,Algebra", "y2022,Algebra", "unknown_id", 3, "schoolYearSourcedId"),
    ("1.2", "enrollments.csv", "n2,,,alg", "n2,,,ALG", "unknown_id", 3, "classSourcedId"),
    ("1.2", "enrollments.csv", "p2,student", "p9,student", "unknown_id", 3, "userSourcedId"),
    ("1.2", "enrollments.csv", "p2,student", "p2,pupil", "value", 3, "role"),
    ("1.2", "enrollments.csv", "p2,student", "t1,student", "wrong_role", 3, "userSourcedId"),
    ("1.2", "enrollments.csv", "p2,student", "p2,teacher", "wrong_role", 3, "userSourcedId"),
    ("1.2", "enrollments.csv", "teacher,true", "teacher,yes", "value", 4, "primary"),
    ("1.2", "enrollments.csv", "2020-09-03,2021", "2022-09-03,2021", "dates", 2, "endDate"),
    ("1.2", "demographics.csv", "2012-02-29", "2011-02-29", "value", 2, "birthDate"),
    ("1.2", "demographics.csv", "p1,,,2012", "p9,,,2012", "unknown_id", 2, "sourcedId"),
    ("1.2", "demographics.csv", "female", "F", "value", 2, "sex"),
    ("1.2", "manifest.csv", "users,bulk", "users,delta", "delta", 16, "value"),
    ("1.2", "manifest.csv", "users,bulk", "users,full", "manifest", 16, "value"),
    ("1.2", "manifest.csv", "results,absent", "result,absent", "manifest", 15, "propertyName"),
    ("1.2", "manifest.csv", "n,1.2", "n,2.0", "version", 3, "value"),
    ("1.2", "manifest.csv", "n,1.0", "n,", "manifest", 2, "value"),
    ("1.2", "manifest.csv", "file.results,absent", "file.users,absent", "duplicate_id", 16, "propertyName"),
]  # fmt: skip


@pytest.mark.parametrize("case", ZOO, ids=lambda case: f"{case[1]}-{case[4]}-{case[6] or 'file'}")
def test_a_fault_is_named_by_file_row_and_column(tmp_path: Path, case: Case) -> None:
    version, file, old, new, code, row, column = case
    reading = read(tmp_path, spoil(whole(version), file, old, new))
    assert reading.roster is None
    assert (code, file, row, column) in faults(reading)
    assert all(finding.mend and finding.said for finding in reading.findings)


FILES: list[tuple[str, str | bytes | None, str, str]] = [
    # file, its bytes (None: taken away), then the fault and the file it is told of
    ("manifest.csv", None, "no_manifest", "manifest.csv"),
    ("orgs.csv", None, "missing_file", "orgs.csv"),
    ("orgs.csv", b"", "empty_file", "orgs.csv"),
    ("orgs.csv", b"\n\n", "empty_file", "orgs.csv"),
    ("orgs.csv", whole()["orgs.csv"].partition("\n")[0] + "\n", "no_rows", "orgs.csv"),
    ("orgs.csv", b"\x00\x01\x02", "not_text", "orgs.csv"),
    ("orgs.csv", "sourcedId,status".encode("utf-16"), "not_utf8", "orgs.csv"),
    ("orgs.csv", b"sourcedId,name\nd1,Pe\xf1a\n", "not_utf8", "orgs.csv"),
    ("orgs.csv", "d1,,,Maple Unified,district,,\n", "header", "orgs.csv"),
    ("categories.csv", "sourcedId,status,dateLastModified,title,weight\n", "unlisted_file", "categories.csv"),
    ("Users.csv", "x", "file_name", "Users.csv"),
    ("schoolday/Links.csv", "x", "file_name", "schoolday/Links.csv"),
]  # fmt: skip


@pytest.mark.parametrize("case", FILES, ids=lambda case: f"{case[0]}-{case[2]}")
def test_a_file_that_is_missing_empty_or_no_text_is_refused(
    tmp_path: Path, case: tuple[str, str | bytes | None, str, str]
) -> None:
    name, data, code, told = case
    files: dict[str, str | bytes] = {**whole()}
    if data is None:
        del files[name]
    else:
        files[name] = data
    reading = read(tmp_path, files)
    found = faults(reading) + faults(reading, Status.ADVICE)
    assert (code, told) in [fault[:2] for fault in found]
    assert reading.roster is None or code == "unlisted_file"


def test_every_fault_is_told_in_one_pass_over_all_files(tmp_path: Path) -> None:
    files = spoil(whole(), "users.csv", "p1,,,true", "p1,,,TRUE")
    files = spoil(files, "enrollments.csv", "n2,,,alg", "n2,,,ALG")
    files = spoil(files, "orgs.csv", "0001,d1", "0001,d9")
    files = spoil(files, "schoolday/bells.csv", "e1,08:00", "e1,8am")
    assert faults(read(tmp_path, files)) == [
        ("unknown_id", "enrollments.csv", 3, "classSourcedId"),
        ("unknown_id", "orgs.csv", 3, "parentSourcedId"),
        ("value", "users.csv", 2, "enabledUser"),
        ("value", "schoolday/bells.csv", 2, "first"),
    ]


def test_a_file_cut_short_does_not_blame_the_files_that_name_its_rows(tmp_path: Path) -> None:
    files = whole()
    files["users.csv"] = files["users.csv"][: files["users.csv"].index("tn,,Tina")]
    found = faults(read(tmp_path, files))
    assert {fault[:2] for fault in found} == {("row_length", "users.csv")}


def test_many_faults_of_one_kind_are_counted_and_not_all_listed(tmp_path: Path) -> None:
    files = whole()
    files["enrollments.csv"] += "".join(
        f"x{number},,,k3,e1,nobody{number},student,,,\n" for number in range(1000)
    )
    reading = read(tmp_path, files)
    assert len(reading.findings) == 201
    assert reading.findings[-1].said == "800 more faults of the same kind are not listed"
    assert (reading.findings[-1].value, str(reading.findings[-1].spot)) == (
        800.0,
        "enrollments.csv [userSourcedId]",
    )


def test_a_mend_says_the_word_that_is_meant(tmp_path: Path) -> None:
    (finding,) = read(tmp_path, spoil(whole(), "classes.csv", "scheduled", "Scheduled")).findings
    assert finding.mend == "write scheduled: upper and lower case count"


def _zip(tmp_path: Path, data: bytes) -> list[str]:
    path = tmp_path / "export.zip"
    path.write_bytes(data)
    reading = read_roster(path, day=DAY)
    assert reading.roster is None
    return [fault[0] for fault in faults(reading)]


def test_a_zip_cut_short_or_no_zip_at_all_is_refused_in_words(tmp_path: Path) -> None:
    data = zipped(whole())
    for spoiled in (b"", data[: len(data) // 2], data[:-10], b"sourcedId,name\n", bytes(range(256)) * 20):
        assert _zip(tmp_path, spoiled) == ["unreadable"]
    assert read_roster(tmp_path / "nothing", day=DAY).findings[0].code == "roster.missing_file"


def test_a_locked_zip_is_refused_in_words(tmp_path: Path) -> None:
    data = bytearray(zipped(whole()))
    place = data.index(b"PK\x01\x02")
    while place >= 0:
        flags = struct.unpack_from("<H", data, place + 8)[0]
        struct.pack_into("<H", data, place + 8, flags | 1)
        place = data.find(b"PK\x01\x02", place + 4)
    assert set(_zip(tmp_path, bytes(data))) >= {"encrypted"}


def test_names_that_point_out_of_the_zip_are_refused(tmp_path: Path) -> None:
    for name in ("../users.csv", "/etc/users.csv", "a/../../users.csv", "C:/users.csv"):
        assert "unsafe_name" in _zip(tmp_path, zipped({**whole(), name: "x"}))


def test_a_name_that_is_in_the_zip_twice_is_refused(tmp_path: Path) -> None:
    data = zipped({**whole(), "orgz.csv": whole()["orgs.csv"]}).replace(b"orgz.csv", b"orgs.csv")
    assert "duplicate_file" in _zip(tmp_path, data)


def test_a_zip_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("schoolday.files.sheets.bundle.MOST_FILE", 100_000)
    assert "too_large" in _zip(tmp_path, zipped({**whole(), "orgs.csv": "x" * 1_000_000}))


def test_files_packed_with_their_folder_are_told_so(tmp_path: Path) -> None:
    assert "in_folder" in _zip(tmp_path, zipped({f"export/{name}": text for name, text in whole().items()}))


def test_a_file_of_nobody_is_not_read_and_told(tmp_path: Path) -> None:
    reading = read_roster(lay(tmp_path, {**whole(), "notes.csv": "a,b\n"}), day=DAY)
    assert faults(reading, Status.ADVICE) == [("unknown_file", "notes.csv", 0, "")]
    assert reading.roster is not None
