"""schoolday's side files: each fault named with its place, each missing file with what it leaves undone."""

from __future__ import annotations

from pathlib import Path

import pytest
from oneroster_sets import DAY, MAPLE, SIDES, Files, faults, read, spoil, whole

from schoolday.files.rosters import read_roster, write_roster
from schoolday.files.sides import SIDES as KNOWN
from schoolday.ground.finding import Status
from schoolday.roster import Household

Case = tuple[str, str, str, str, int, str]

ZOO: list[Case] = [
    # file, old text, new text, then the fault expected: code, row and column
    ("district", "America/Los_Angeles", "Pacific", "value", 2, "timezone"),
    ("district", "America/Los_Angeles", "../../etc/passwd", "value", 2, "timezone"),
    ("district", "CA ca-maple", "", "required", 2, "places"),
    ("district", "\nd1", "\nd2,Other,CA,UTC\nd1", "value", 3, "id"),
    ("households", "es,1", "spanish!,1", "value", 2, "language"),
    ("households", "es,1", "es,one", "value", 2, "devices"),
    ("households", "es,1", "es,-1", "value", 2, "devices"),
    ("households", "hotspot", "dsl", "value", 2, "connection"),
    ("households", "\nh1", "\nh1,en,,\nh1", "duplicate_id", 3, "householdId"),
    ("household_pupils", "h1,p2", "h2,p2", "unknown_id", 3, "householdId"),
    ("household_pupils", "h1,p2", "h1,p9", "unknown_id", 3, "pupilId"),
    ("household_pupils", "h1,p2", "h1,t1", "unknown_id", 3, "pupilId"),
    ("household_pupils", "h1,p2", "h1,p1", "duplicate_id", 3, "pupilId"),
    ("contracts", "t1,08:00", "p1,08:00", "unknown_id", 2, "staffId"),
    ("contracts", "t1,08:00", "t1,8:00", "value", 2, "start"),
    ("contracts", "15:30", "07:30", "dates", 2, "end"),
    ("contracts", "Mon Wed", "Monday", "value", 3, "days"),
    ("contracts", "Mon Wed", "Mon Mon", "value", 3, "days"),
    ("contracts", "Mon Wed", "", "required", 3, "days"),
    ("services", "v1,p1", "v1,p9", "unknown_id", 2, "pupilId"),
    ("services", "2,t2", "2,t9", "unknown_id", 2, "providerId"),
    ("services", "30,2", "half,2", "value", 2, "minutes"),
    ("services", "30,2", "30,6", "value", 2, "times"),
    ("services", "30,2", "0,2", "value", 2, "minutes"),
    ("services", "2020-09-08", "2021-07-08", "dates", 2, "endDate"),
    ("bells", "e1,08:00,30", "e9,08:00,30", "unknown_id", 2, "schoolId"),
    ("bells", "e1,08:00,30,15", "e1,08:00,30,99", "value", 2, "slots"),
    ("bells", "e1,08:00,30,15", "e1,23:00,30,15", "value", 2, "slots"),
    ("rooms", "m1,lab,2", "m9,lab,2", "unknown_id", 2, "schoolId"),
    ("rooms", "m1,lab,2", "m1,,2", "required", 2, "kind"),
    ("rooms", "m1,lab,2", "m1,home,2", "value", 2, "kind"),
    ("rooms", "m1,lab,2", "m1,lab,two", "value", 2, "count"),
    ("rooms", "m1,lab,2", "m1,lab,1.5", "value", 2, "count"),
    ("rooms", "m1,lab,2", "m1,lab,-1", "value", 2, "count"),
    ("rooms", "m1,lab,2", "m1,lab,0", "value", 2, "count"),
    ("rooms", "m1,lab,2", "m1,lab,1001", "value", 2, "count"),
    ("rooms", "m1,lab,2", "m1,lab,", "required", 2, "count"),
    ("rooms", "m1,lab,2", "m1,lab,2\nm1,lab,3", "duplicate_id", 3, "schoolId"),
    ("links", "https://meet.example/k3", "javascript:alert(1)", "value", 2, "link"),
    ("links", "k3,", "k9,", "unknown_id", 2, "sectionId"),
    ("groups", "p1,iep", "p1,el", "duplicate_id", 3, "pupilId"),
    ("groups", "p1,iep", "p1,", "required", 3, "group"),
    ("credentials", "t1,", "t9,", "unknown_id", 2, "staffId"),
    ("calendar", "holiday", "vacation", "value", 2, "kind"),
    ("calendar", "2020-09-07", "7 September", "value", 2, "date"),
    ("calendar", "date,kind,name", "date,name,kind", "header", 1, ""),
    ("calendar", "Labor Day", "Labor, Day", "row_length", 2, ""),
]


@pytest.mark.parametrize("case", ZOO, ids=lambda case: f"{case[0]}-{case[3]}-{case[5] or 'row'}")
def test_a_fault_in_a_side_file_is_named_by_file_row_and_column(tmp_path: Path, case: Case) -> None:
    name, old, new, code, row, column = case
    file = f"schoolday/{name}.csv"
    reading = read(tmp_path, spoil(whole(), file, old, new))
    assert reading.roster is None
    assert (code, file, row, column) in faults(reading)
    assert all(finding.mend for finding in reading.findings)


@pytest.mark.parametrize("name", sorted(KNOWN))
def test_each_missing_side_file_leaves_the_roster_and_one_finding(tmp_path: Path, name: str) -> None:
    files = whole()
    del files[f"schoolday/{name}.csv"]
    reading = read(tmp_path, files)
    missing = [finding for finding in reading.findings if finding.code == "roster.side_missing"]
    assert [finding.said for finding in missing] == [f"{name}.csv is not there: {KNOWN[name].without}"]
    assert {finding.status for finding in reading.findings} == {Status.UNVERIFIED}
    assert reading.roster is not None


def test_a_faulty_row_of_rooms_is_told_once_and_not_as_a_kind_that_nobody_counted(tmp_path: Path) -> None:
    reading = read(tmp_path, spoil(whole(), "schoolday/rooms.csv", "m1,lab,2", "m1,lab,0"))
    assert [finding.code for finding in reading.findings] == ["roster.value"]


def test_a_kind_of_room_that_is_used_and_not_counted_is_told_once_where_it_is_used(tmp_path: Path) -> None:
    files = spoil(whole(), "schoolday/rooms.csv", "m1,lab,2", "e1,lab,2")
    files["schoolday/services.csv"] += "v2,p1,speech,30,2,t2,,,,room 9\nv3,p1,reading,30,2,t2,,,,room 9\n"
    reading = read(tmp_path, files)
    assert reading.roster is not None
    assert reading.roster.rooms == {"e1": {"lab": 2}}
    assert {finding.status for finding in reading.findings} == {Status.UNVERIFIED}
    assert faults(reading, Status.UNVERIFIED) == [
        ("room", "schoolday/links.csv", 3, "place"),
        ("room", "schoolday/services.csv", 3, "place"),
    ]
    assert "section alg meets in a lab at school m1" in reading.findings[0].said
    assert "can't be checked" in reading.findings[0].said


def test_the_file_of_rooms_is_missed_only_where_somebody_meets_in_one(tmp_path: Path) -> None:
    files = spoil(whole(), "schoolday/links.csv", ",lab", ",")
    del files["schoolday/rooms.csv"]
    reading = read(tmp_path, files)
    assert reading.findings == ()
    assert reading.roster is not None
    assert reading.roster.rooms == {}


def test_services_that_meet_together_must_agree(tmp_path: Path) -> None:
    rows = "v2,p1,speech,30,2,t2,g1,,,\nv3,p2,speech,20,2,t1,g1,,,gym\n"
    files = whole()
    files["schoolday/services.csv"] += rows
    found = faults(read(tmp_path, files))
    file = "schoolday/services.csv"
    assert found == [
        ("group", file, 4, "providerId"),
        ("group", file, 4, "minutes"),
        ("group", file, 4, "place"),
    ]


def test_a_pupil_stands_in_a_group_only_once(tmp_path: Path) -> None:
    rows = "v2,p1,speech,30,2,t2,g1,,,\nv3,p1,reading,30,2,t2,g1,,,\n"
    files = whole()
    files["schoolday/services.csv"] += rows
    assert faults(read(tmp_path, files)) == [("group", "schoolday/services.csv", 4, "group")]


def test_siblings_whose_devices_nobody_counted_are_told(tmp_path: Path) -> None:
    reading = read(tmp_path, spoil(whole(), "schoolday/households.csv", "es,1,hotspot", "es,,hotspot"))
    assert faults(reading, Status.UNVERIFIED) == [("devices", "schoolday/households.csv", 0, "devices")]


def test_pupils_whom_no_household_names_are_each_one_of_their_own(tmp_path: Path) -> None:
    reading = read(tmp_path, spoil(whole(), "schoolday/household_pupils.csv", "h1,p2\n", ""))
    assert faults(reading, Status.UNVERIFIED) == [
        ("no_household", "schoolday/household_pupils.csv", 0, "pupilId")
    ]
    assert reading.roster is not None
    assert reading.roster.households == {
        "h1": Household("h1", ("p1",), "es", 1, "hotspot"),
        "household-of-p2": Household("household-of-p2", ("p2",)),
    }


def test_a_blank_language_is_english_and_told_and_blank_devices_are_unknown_and_not_none_at_all(
    tmp_path: Path,
) -> None:
    reading = read(tmp_path, spoil(whole(), "schoolday/households.csv", "es,1,hotspot", ",,"))
    assert faults(reading, Status.UNVERIFIED) == [
        ("devices", "schoolday/households.csv", 0, "devices"),
        ("language", "schoolday/households.csv", 0, "language"),
    ]
    assert reading.roster is not None
    assert reading.roster.households["h1"] == Household("h1", ("p1", "p2"), "en", None, "")


def test_a_misnamed_side_file_is_told_and_not_taken_for_a_missing_one(tmp_path: Path) -> None:
    files: Files = whole()
    files["schoolday/link.csv"] = files.pop("schoolday/links.csv")
    reading = read(tmp_path, files)
    assert faults(reading, Status.ADVICE) == [("unknown_file", "schoolday/link.csv", 0, "")]
    assert faults(reading, Status.UNVERIFIED) == [("side_missing", "schoolday/links.csv", 0, "")]


def test_the_side_files_are_written_as_they_are_read(tmp_path: Path) -> None:
    write_roster(MAPLE, tmp_path / "out")
    written = {name: (tmp_path / "out" / name).read_bytes().decode().replace("\r\n", "\n") for name in SIDES}
    expected = dict(SIDES)
    expected["schoolday/services.csv"] = expected["schoolday/services.csv"].replace(",\n", ",home\n")
    expected["schoolday/links.csv"] = expected["schoolday/links.csv"].replace("k3,\n", "k3,home\n")
    assert written == expected
    assert read_roster(tmp_path / "out", day=DAY).roster == MAPLE


def test_every_side_file_is_described_in_the_reference() -> None:
    page = (Path(__file__).parents[3] / "docs/reference/side-files.md").read_text(encoding="utf-8")
    for name, side in KNOWN.items():
        header = ",".join(column.name for column in side.columns)
        assert f"## {name}.csv\n" in page
        assert f"`{header}`" in page, name
