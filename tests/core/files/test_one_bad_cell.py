"""One bad cell is one fault: whoever stands in its row is still known, and no other file is blamed for it."""

from __future__ import annotations

from pathlib import Path

import pytest
from oneroster_sets import faults, read, spoil, whole

from schoolday.ground.finding import Status

CELLS = [
    # version, file, old text, new text, then the only fault expected: code, row and column in that file
    ("1.2", "users.csv", "g1,03,", "g1,99,", "value", 2, "grades"),
    ("1.2", "users.csv", "g1,03,", "g1,,", "grade", 2, "grades"),
    ("1.2", "users.csv", "g1,03,", 'g1,"03,04",', "grade", 2, "grades"),
    ("1.1", "users.csv", "e1,student", "e1,pupil", "value", 2, "role"),
    ("1.1", "users.csv", "true,e1,student", "true,e9,student", "unknown_id", 2, "orgSourcedIds"),
    ("1.1", "users.csv", "true,e1,student", "true,d1,student", "pupil_school", 2, "sourcedId"),
    ("1.2", "roles.csv", "primary,student", "primary,pupil", "value", 2, "role"),
    ("1.2", "roles.csv", "primary,teacher,,,e1", "primary,,,,e1", "required", 4, "role"),
    ("1.2", "roles.csv", "student,,,e1", "student,,,e9", "unknown_id", 2, "orgSourcedId"),
    ("1.2", "roles.csv", "r1,,,p1", "r1,,,p9", "unknown_id", 2, "userSourcedId"),
    ("1.2", "orgs.csv", ",school,0001", ",School,0001", "value", 3, "type"),
    ("1.2", "orgs.csv", ",school,0001", ",,0001", "required", 3, "type"),
    ("1.2", "classes.csv", "m1,s1", "d1,s1", "class_school", 3, "schoolSourcedId"),
    ("1.2", "classes.csv", "m1,s1", "m9,s1", "unknown_id", 3, "schoolSourcedId"),
]


@pytest.mark.parametrize("case", CELLS, ids=lambda case: f"{case[0]}-{case[1]}-{case[3]}")
def test_a_bad_cell_is_told_once_and_blames_no_other_file(
    tmp_path: Path, case: tuple[str, str, str, str, str, int, str]
) -> None:
    version, file, old, new, code, row, column = case
    reading = read(tmp_path, spoil(whole(version), file, old, new))
    assert reading.roster is None
    assert faults(reading) == [(code, file, row, column)]


def test_a_person_without_any_role_is_no_pupil_whom_a_household_could_name(tmp_path: Path) -> None:
    reading = read(tmp_path, spoil(whole(), "roles.csv", "r1,,,p1,primary,student,,,e1,\n", ""))
    assert ("unknown_id", "schoolday/household_pupils.csv", 2, "pupilId") in faults(reading)
    assert ("no_role", "users.csv", 2, "sourcedId") in faults(reading, Status.UNVERIFIED)
