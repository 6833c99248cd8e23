"""Platforms' files: what is not known is a finding by row and column, and then nothing is taken."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from schoolday.files.ledger.accounts import read_accounts
from schoolday.files.ledger.entries import entries_bytes, read_entries
from schoolday.files.ledger.imports import Imported, Wanted, read_participation
from schoolday.files.ledger.platforms import PLATFORMS, minutes_of
from schoolday.ground.finding import Status
from schoolday.ledger.entry import EntryKind
from tests.core.ledger.ledger_cases import entries

WANTED = Wanted(
    PLATFORMS["zoom"], "maple", "class", "tess", ZoneInfo("America/Los_Angeles"), ("ana", "bo"),
    {"ana@maple.example": "ana", "bo@maple.example": "bo", "zoe@maple.example": "zoe"},
    left_out=frozenset({"tess@maple.example"}),
)  # fmt: skip
HEADER = "Name (Original Name),User Email,Join Time,Leave Time,Duration (Minutes),Guest\n"


def read(text: str, **more: object) -> Imported:
    return read_participation("joined.csv", text.encode(), replace(WANTED, **more))  # type: ignore[arg-type]


def told(found: Imported) -> list[tuple[str, int, str]]:
    return [(one.code, one.spot.row, one.spot.column) for one in found.findings if one.spot]


def test_zooms_report_is_read_with_the_meetings_rows_above_it() -> None:
    found = read(
        "Meeting ID,Topic,Start Time,End Time,User Email,Duration (Minutes),Participants,\n"
        "812 3456,Grade 3,09/08/2020 08:25:00 AM,09/08/2020 09:05:00 AM,tess@maple.example,40,3,\n\n"
        + HEADER
        + "Ana,ANA@maple.example,09/08/2020 08:30:05 AM,09/08/2020 09:00:10 AM,31,No\n"
        + '"Tess, her teacher",tess@maple.example,09/08/2020 08:25:00 AM,09/08/2020 09:05:00 AM,40,No\n'
        + "Bo,bo@maple.example,2020-09-08 08:35:00,2020-09-08 08:40:00,5,Yes\n"
        + "Bo,bo@maple.example,2020-09-08 08:45:00,2020-09-08 09:00:00,15,Yes\n"
    )
    assert found.findings == ()
    assert [(e.pupil, e.first, e.last, e.minutes) for e in found.entries or ()] == [
        ("ana", 510, 540, 30), ("bo", 515, 520, 5), ("bo", 525, 540, 15),
    ]  # fmt: skip
    first = (found.entries or ())[0]
    assert (first.kind, first.day, first.origin, first.by) == (
        EntryKind.JOINED,
        date(2020, 9, 8),
        "zoom",
        "tess",
    )
    assert first.at.isoformat() == "2020-09-08T09:00:10-07:00"


def test_meets_report_has_times_without_a_date_which_is_given() -> None:
    text = "First name,Last name,Email,Duration,Time joined,Time exited\n"
    text += "Ana,A,ana@maple.example,29 min,8:31 AM,9:00 AM\n"
    found = read(text, platform=PLATFORMS["meet"], on=date(2020, 9, 8))
    assert [(e.first, e.last, e.minutes, e.origin) for e in found.entries or ()] == [(511, 540, 29, "meet")]
    assert told(read(text, platform=PLATFORMS["meet"])) == [
        ("ledger.date", 2, "Time joined"), ("ledger.date", 2, "Time exited"),
    ]  # fmt: skip


def test_a_plain_file_names_pupils_classes_and_minutes() -> None:
    text = "pupilId,date,activity,joined,left,minutes\nana,2020-09-08,math,,,25\nbo,2020-09-08,,08:30,,\n"
    found = read(text, platform=PLATFORMS["csv"])
    assert [(e.pupil, e.activity, e.first, e.last, e.minutes) for e in found.entries or ()] == [
        ("ana", "math", None, None, 25), ("bo", "class", 510, None, None),
    ]  # fmt: skip


def test_taking_a_file_in_twice_gives_the_same_entries_and_a_line_twice_is_one() -> None:
    line = "Ana,ana@maple.example,09/08/2020 08:30:00 AM,09/08/2020 09:00:00 AM,30,No\n"
    assert read(HEADER + line).entries == read(HEADER + line + line).entries


def test_every_fault_is_named_by_row_and_column_and_nothing_is_taken() -> None:
    found = read(
        HEADER
        + "Ana,ana@maple.example,09/08/2020 08:30:00 AM,09/08/2020 09:00:00 AM,30,No\n"
        + "Kim,kim@other.example,09/08/2020 08:30:00 AM,09/08/2020 09:00:00 AM,30,Yes\n"
        + "Kim,,09/08/2020 08:30:00 AM,09/08/2020 09:00:00 AM,30,Yes\n"
        + "Zoe,zoe@maple.example,09/08/2020 08:30:00 AM,09/08/2020 09:00:00 AM,30,Yes\n"
        + "Bo,bo@maple.example,soon,09/08/2020 09:00:00 AM,thirty,No\n"
        + "Bo,bo@maple.example,09/08/2020 09:30:00 AM,09/08/2020 09:00:00 AM,30,No\n"
        + "Bo,bo@maple.example,,,,No\n"
        + "Bo,bo@maple.example\n"
    )
    assert found.entries is None
    assert sorted(told(found)) == [
        ("ledger.not_in_class", 5, "User Email"),
        ("ledger.required", 8, ""),
        ("ledger.row_length", 9, ""),
        ("ledger.times", 7, "Leave Time"),
        ("ledger.unmatched", 3, "User Email"),
        ("ledger.unmatched", 4, "User Email"),
        ("ledger.value", 6, "Duration (Minutes)"),
        ("ledger.value", 6, "Join Time"),
    ]
    assert all(one.mend for one in found.findings)
    assert not any("Kim" in one.said for one in found.findings)


def test_an_unknown_column_and_a_missing_one_are_named() -> None:
    found = read("Name (Original Name),Shoe Size,Join Time,Leave Time\nAna,38,,\n")
    assert [(one.code, one.spot.column) for one in found.findings if one.spot] == [
        ("ledger.header", "Shoe Size"), ("ledger.header", ""),
    ]  # fmt: skip
    assert told(read("")) == [("ledger.empty_file", 0, "")]
    assert told(read(HEADER)) == [("ledger.no_rows", 0, "")]


def test_a_count_that_differs_from_the_times_is_advice_and_the_times_are_taken() -> None:
    found = read(HEADER + "Ana,ana@maple.example,09/08/2020 08:30:00 AM,09/08/2020 09:00:00 AM,12,No\n")
    assert [(one.code, one.status) for one in found.findings] == [("ledger.count", Status.ADVICE)]
    assert [e.minutes for e in found.entries or ()] == [30]


def test_a_moment_in_another_zone_is_told_in_the_districts() -> None:
    found = read(HEADER + "Ana,ana@maple.example,2020-09-08T15:30:00Z,2020-09-08T16:00:00Z,30,No\n")
    assert [(e.first, e.last) for e in found.entries or ()] == [(510, 540)]


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        ("57", 57),
        ("1 hr 2 min", 62),
        ("42m", 42),
        ("1:02:33", 62),
        ("32:14", 32),
        ("2 hours", 120),
        ("x", None),
        ("", None),
    ],
)
def test_minutes_are_read_as_platforms_write_them(cell: str, minutes: int | None) -> None:
    assert minutes_of(cell) == minutes


@given(st.binary(max_size=300), st.sampled_from(sorted(PLATFORMS)))
def test_whatever_the_bytes_are_it_is_a_reading_and_no_exception(data: bytes, name: str) -> None:
    found = read_participation("x.csv", data, replace(WANTED, platform=PLATFORMS[name]))
    assert found.entries is None
    found = read_participation("x.csv", HEADER.encode() + data, WANTED)
    assert found.entries is None or not any(one.status is Status.BROKEN for one in found.findings)


def test_entries_written_as_a_file_are_read_back_as_the_same_entries() -> None:
    assert read_entries("e.csv", entries_bytes(entries())).entries == entries()


def test_a_wrong_file_of_entries_is_named_by_row_and_column() -> None:
    text = entries_bytes(entries()[:2]).decode().replace("joined", "sang", 1).replace("-07:00", "", 1)
    found = read_entries("e.csv", text.encode())
    assert found.entries is None
    assert [(one.code, one.spot.row, one.spot.column) for one in found.findings if one.spot] == [
        ("ledger.value", 2, "kind"), ("ledger.value", 2, "at"),
    ]  # fmt: skip


def test_accounts_name_pupils_and_each_address_once() -> None:
    found, faults = read_accounts("a.csv", b"pupilId,email\nana,A@x.example\n", ["ana"])
    assert (found, faults) == ({"a@x.example": "ana"}, ())
    found, faults = read_accounts("a.csv", b"pupilId,email\nana,a@x.example\nzoe,a@x.example\n", ["ana"])
    assert {one.code for one in faults} == {"ledger.unknown_id", "ledger.duplicate_id"}
    assert found == {}


WAITED = "Name,Email,Join Time,Leave Time,Duration (Minutes),In Waiting Room\n"
SPAN = "09/08/2020 08:30:00 AM,09/08/2020 09:00:00 AM,30"


def test_time_in_the_waiting_room_is_no_time_in_the_meeting_and_is_said() -> None:
    found = read(
        WAITED
        + "Ana,ana@maple.example,09/08/2020 08:20:00 AM,09/08/2020 08:30:00 AM,10,Yes\n"
        + f"Ana,ana@maple.example,{SPAN},No\n"
    )
    assert [(one.first, one.last) for one in found.entries or ()] == [(510, 540)]
    assert told(found) == [("ledger.waiting_room", 2, "In Waiting Room")]
    assert found.findings[0].status is Status.ADVICE


def test_who_dropped_out_and_came_back_within_a_minute_has_one_entry_of_it() -> None:
    found = read(
        HEADER
        + "Ana,ana@maple.example,09/08/2020 08:30:05 AM,09/08/2020 08:31:10 AM,1,No\n"
        + "Ana,ana@maple.example,09/08/2020 08:30:20 AM,09/08/2020 08:31:40 AM,1,No\n"
    )
    assert len({one.id for one in found.entries or ()}) == len(found.entries or ()) == 1


@pytest.mark.parametrize("cell", ["5000", "9" * 5000, "1441"])
def test_minutes_that_no_day_has_are_a_fault_of_their_row(cell: str) -> None:
    found = read(f"{HEADER}Ana,ana@maple.example,,,{cell},No\n", on=date(2020, 9, 8))
    assert (found.entries, told(found)) == (None, [("ledger.value", 2, "Duration (Minutes)")])


def test_a_moment_that_no_calendar_has_is_a_fault_and_no_exception() -> None:
    found = read(f"{HEADER}Ana,ana@maple.example,0001-01-01T00:00:00+14:00,,30,No\n")
    assert told(found) == [("ledger.value", 2, "Join Time")]


def test_cells_kept_apart_by_something_else_than_commas_are_named_as_that() -> None:
    for mark, name in ((";", "semicolons"), ("\t", "tabs")):
        found = read(HEADER.replace(",", mark) + f"Ana{mark}ana@maple.example\n")
        assert [(one.code, name in one.said) for one in found.findings] == [("ledger.separator", True)]


def test_a_spreadsheets_hint_and_its_cleared_rows_are_passed_over() -> None:
    found = read(f"sep=,\r\n{HEADER}Ana,ana@maple.example,{SPAN},No\r\n,,,,,\r\n")
    assert (len(found.entries or ()), found.findings) == (1, ())


def test_am_and_pm_may_be_written_as_in_spanish() -> None:
    text = "Name,Email,Duration,Time joined,Time exited\nAna,ana@maple.example,30,8:30 a. m.,1:00 p.m.\n"
    found = read(text, platform=PLATFORMS["meet"], on=date(2020, 9, 8))
    assert [(one.first, one.last) for one in found.entries or ()] == [(510, 780)]


def test_a_row_whose_date_and_times_are_of_two_days_is_a_fault() -> None:
    text = "pupilId,date,joined,left\nana,2020-09-08,2020-09-09 08:30,2020-09-09 09:00\n"
    assert told(read(text, platform=PLATFORMS["csv"])) == [("ledger.date", 2, "date")]


def test_rows_of_another_day_or_class_are_named_each_by_itself() -> None:
    text = (
        "pupilId,date,activity,minutes\nana,2020-09-08,class,5\nbo,2020-09-09,class,5\nbo,2020-09-08,art,5\n"
    )
    only = {"only": date(2020, 9, 8), "activities": frozenset({"class"})}
    assert told(read(text, platform=PLATFORMS["csv"], **only)) == [
        ("ledger.other_meeting", 3, "date"), ("ledger.other_meeting", 4, "activity"),
    ]  # fmt: skip


def test_an_address_in_capitals_and_small_letters_is_one_and_never_two_pupils() -> None:
    known, faults = read_accounts("a.csv", b"pupilId,email\nana,A@x\nbo,a@x\n", ("ana", "bo"))
    assert known == {}
    assert [(one.code, one.spot and one.spot.row) for one in faults] == [("ledger.duplicate_id", 3)]


def test_a_whole_schools_accounts_may_be_brought_for_one_class() -> None:
    known, faults = read_accounts("a.csv", b"pupilId,email\nana,a@x\nsomebody,b@x\n", None)
    assert (known, faults) == ({"a@x": "ana", "b@x": "somebody"}, ())
