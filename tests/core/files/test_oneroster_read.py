"""A roster read from hand-made OneRoster 1.1 and 1.2 files: a folder, a zip, side files apart."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from oneroster_sets import DAY, MAPLE, SECRET, faults, lay, read, spoil, whole, zipped

from schoolday.files.rosters import compare, read_roster
from schoolday.ground.finding import Status
from schoolday.roster import Enrollment, Household


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_a_sound_export_gives_the_roster_and_no_finding(tmp_path: Path, version: str) -> None:
    reading = read(tmp_path, whole(version))
    assert reading.findings == ()
    assert reading.version == version
    assert reading.roster == MAPLE
    assert reading.counts["pupils"] == 2
    assert reading.counts["left out: guardians and relatives"] == 1


def test_a_zip_gives_the_same_as_its_folder(tmp_path: Path) -> None:
    path = tmp_path / "export.zip"
    path.write_bytes(zipped(whole()))
    assert read_roster(path, day=DAY).roster == MAPLE


def test_side_files_may_lie_apart_at_the_root_of_a_folder_or_zip(tmp_path: Path) -> None:
    export = lay(tmp_path / "export", whole(sides=False))
    apart = {name.removeprefix("schoolday/"): text for name, text in whole().items() if "/" in name}
    packed = tmp_path / "sides.zip"
    packed.write_bytes(zipped(apart))
    for sides in (lay(tmp_path / "sides", apart), packed):
        reading = read_roster(export, day=DAY, sides=sides)
        assert (reading.findings, reading.roster) == ((), MAPLE)


def test_a_byte_order_mark_and_windows_line_ends_are_tolerated(tmp_path: Path) -> None:
    files = {name: b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode() for name, text in whole().items()}
    reading = read(tmp_path, files)
    assert (reading.findings, reading.roster) == ((), MAPLE)


def test_an_end_date_is_the_first_day_on_which_it_no_longer_holds(tmp_path: Path) -> None:
    files = spoil(
        whole(),
        "enrollments.csv",
        "n2,,,alg,m1,p2,student,,,",
        "n2,,,alg,m1,p2,student,,2020-09-08,2020-10-01",
    )
    roster = read(tmp_path, files).roster
    assert roster is not None
    assert roster.enrollments[1] == Enrollment("alg", "p2", date(2020, 9, 8), date(2020, 9, 30))
    assert "p2" in roster.enrolled(date(2020, 9, 30))["alg"]
    assert "alg" not in roster.enrolled(date(2020, 10, 1))


def test_an_enrollment_that_ends_as_it_begins_never_was(tmp_path: Path) -> None:
    files = spoil(
        whole(),
        "enrollments.csv",
        "n2,,,alg,m1,p2,student,,,",
        "n2,,,alg,m1,p2,student,,2020-09-08,2020-09-08",
    )
    reading = read(tmp_path, files)
    assert reading.roster is not None
    assert [row.pupil for row in reading.roster.enrollments] == ["p1"]
    assert reading.counts["left out: enrollments of no day"] == 1


def test_a_role_that_has_ended_leaves_the_person_out(tmp_path: Path) -> None:
    files = spoil(
        whole(), "roles.csv", "r5,,,t2,secondary,teacher,,,e1,", "r5,,,t2,secondary,teacher,,2020-09-08,e1,"
    )
    roster = read(tmp_path, files).roster
    assert roster is not None
    assert roster.staff["t2"].schools == ("m1",)


def test_a_teacher_whose_enrollment_has_ended_no_longer_teaches_and_the_next_is_of_record(
    tmp_path: Path,
) -> None:
    files = spoil(
        whole(), "enrollments.csv", "t2,teacher,,,\n", "t1,teacher,,,2020-09-08\nn5,,,alg,m1,t2,teacher,,,\n"
    )
    roster = read(tmp_path, files).roster
    assert roster is not None
    assert roster.teachers_of["alg"] == ("t2",)
    assert roster == MAPLE


def test_a_1_2_manifest_over_1_1_columns_is_read_as_1_1_and_told(tmp_path: Path) -> None:
    files = whole("1.1") | {
        "manifest.csv": whole("1.2")["manifest.csv"].replace("roles,bulk", "roles,absent")
    }
    files = spoil(files, "manifest.csv", "file.userProfiles,bulk", "file.userProfiles,absent")
    reading = read(tmp_path, files)
    (finding,) = reading.findings
    assert finding.said == "the manifest says OneRoster 1.2, but users.csv has the columns of 1.1"
    assert str(finding.spot) == "manifest.csv:3 [value]"
    assert finding.status is Status.ADVICE
    assert (reading.version, reading.roster) == ("1.1", MAPLE)


def test_the_standards_own_misprint_of_course_resources_is_read(tmp_path: Path) -> None:
    files = whole("1.1")
    files["resources.csv"] = (
        "sourcedId,status,dateLastModified,vendorResourceId,title,roles,importance,vendorId,applicationId\nx1,,,v,,,,,\n"
    )
    files["courseResourses.csv"] = (
        "sourcedId,status,dateLastModified,title,courseSourcedId,resourceSourcedId\nq1,,,,c3,x1\n"
    )
    files["manifest.csv"] = (
        files["manifest.csv"]
        .replace("file.courseResources,absent", "file.courseResourses,bulk")
        .replace("file.resources,absent", "file.resources,bulk")
    )
    reading = read(tmp_path, files)
    assert faults(reading, Status.ADVICE) == [("file_name", "courseResourses.csv", 0, "")]
    assert reading.roster == MAPLE


def test_faults_in_files_that_schoolday_does_not_need_refuse_nothing(tmp_path: Path) -> None:
    files = spoil(whole(), "userProfiles.csv", "u1,,,t1", "u1,,,nobody")
    reading = read(tmp_path, files)
    assert faults(reading, Status.ADVICE) == [("unknown_id", "userProfiles.csv", 2, "userSourcedId")]
    assert reading.roster == MAPLE


def test_preschoolers_are_left_out_and_counted(tmp_path: Path) -> None:
    reading = read(tmp_path, spoil(whole(), "users.csv", "g1,08", "g1,PK"))
    assert faults(reading, Status.UNVERIFIED) == [("grade", "users.csv", 0, "grades")]
    assert reading.roster is not None
    assert list(reading.roster.pupils) == ["p1"]
    assert [row.pupil for row in reading.roster.enrollments] == ["p1"]


def test_grades_without_their_zero_are_read_and_told(tmp_path: Path) -> None:
    reading = read(tmp_path, spoil(whole(), "users.csv", "g1,08", "g1,8"))
    assert faults(reading, Status.ADVICE) == [("loose_grade", "users.csv", 0, "grades")]
    assert reading.roster == MAPLE


def test_classes_of_another_school_year_are_left_out_with_their_enrollments(tmp_path: Path) -> None:
    files = whole()
    files["academicSessions.csv"] += "y2020,,,2019-2020,schoolYear,2019-09-01,2020-06-18,,2020\n"
    files = spoil(files, "classes.csv", "m1,s1", "m1,y2020")
    files = files | {"schoolday/links.csv": "sectionId,link,place\nk3,https://meet.example/k3,\nalg,,lab\n"}
    reading = read(tmp_path, files)
    assert reading.findings == ()
    assert reading.roster is not None
    assert list(reading.roster.sections) == ["k3"]
    assert reading.counts["left out: enrollments in other years"] == 2


@pytest.mark.parametrize("version", ["1.1", "1.2"])
def test_without_side_files_a_roster_loads_and_says_what_cannot_be_done(tmp_path: Path, version: str) -> None:
    reading = read(tmp_path, whole(version, sides=False))
    assert reading.roster is not None
    assert reading.roster.households["household-of-p1"] == Household("household-of-p1", ("p1",))
    assert (reading.roster.district, reading.roster.timezone) == ("d1", "UTC")
    assert len(faults(reading, Status.UNVERIFIED)) == 10 == len(reading.findings)


def test_a_password_stands_in_nothing_that_is_returned(tmp_path: Path) -> None:
    files = whole()
    shifted = files["users.csv"].replace("p1,,,true,ana,", "p1,,,true,ana")
    headless = files["users.csv"].partition("\n")[2]
    joined = files["users.csv"].replace("pronouns\n", "pronouns", 1)
    unheaded = files["users.csv"].replace("password", "token")
    misplaced = files["users.csv"].replace(f"g1,03,{SECRET},", f"g1,{SECRET},,")
    for number, text in enumerate((files["users.csv"], shifted, headless, joined, unheaded, misplaced)):
        reading = read(tmp_path / str(number), files | {"users.csv": text})
        assert SECRET not in repr(reading)
        assert (reading.roster is None) == (number > 0)


def test_a_much_smaller_roster_is_refused_unless_forced() -> None:
    fewer = replace(MAPLE, pupils={"p1": MAPLE.pupils["p1"]}, enrollments=MAPLE.enrollments[:1])
    said = {finding.where[0]: finding for finding in compare(MAPLE, fewer)}
    assert sorted(said) == ["enrollments", "pupils", "school m1"]
    assert (said["pupils"].value, said["pupils"].limit, said["pupils"].status) == (50.0, 30.0, Status.BROKEN)
    assert said["school m1"].said == "Cedar Middle has none of its 1 pupils in the new roster"
    assert {f.status for f in compare(MAPLE, fewer, forced=True)} == {Status.ADVICE}
    assert compare(MAPLE, MAPLE) == compare(fewer, MAPLE) == []


def test_other_pupils_under_new_ids_are_a_loss_even_where_they_are_as_many() -> None:
    strangers = {f"x{key}": replace(pupil, id=f"x{key}") for key, pupil in MAPLE.pupils.items()}
    assert [f.where for f in compare(MAPLE, replace(MAPLE, pupils=strangers))] == [("pupils",)]


@pytest.mark.skipif(
    "SCHOOLDAY_SHARED" not in os.environ, reason="SCHOOLDAY_SHARED names no folder of real exports"
)
def test_real_exports_are_judged_without_a_traceback_and_none_of_their_passwords_shown() -> None:
    exports = sorted(Path(os.environ["SCHOOLDAY_SHARED"]).rglob("oneroster/*.zip"))
    assert exports
    for path in exports:
        reading = read_roster(path, day=date(2022, 10, 3))
        assert reading.roster is None
        assert all(finding.mend for finding in reading.findings)
        assert "Password1" not in repr(reading)
