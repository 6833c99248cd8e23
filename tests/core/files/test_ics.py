"""The feed, read back with the icalendar library."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import icalendar
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolday.calendar.row import Minutes
from schoolday.day import Names
from schoolday.files.ics import FeedWriter, Kept, Words, events_in, wanted
from schoolday.files.ics_lines import line
from schoolday.files.zones import timezone_block
from schoolday.ground.spans import Span
from schoolday.timetable.meeting import Meeting

ZONE = "America/Los_Angeles"
FIRST, LAST = date(2020, 9, 7), date(2020, 11, 30)
MONDAY = datetime(2020, 9, 7, 3, 0, tzinfo=UTC)
TUESDAY = MONDAY + timedelta(days=1)
NAMES = Names(teachers={"t1": "Ms. Garcia; room 3, north"})
MATH = Meeting(
    "m3/math-20200908@schoolday",
    "m3/math",
    "m3",
    date(2020, 9, 8),
    Span(540, 570),
    Minutes.LIVE,
    "Mathematics",
    "math",
    ("t1",),
    ("ana", "luis"),
    "https://meet.example/m3",
)


def writer(words: Words | None = None) -> FeedWriter:
    return FeedWriter(timezone=ZONE, names=NAMES, words=words or Words())


def publish(
    made: FeedWriter, old: dict[str, Kept], meetings: list[Meeting], moment: datetime = MONDAY
) -> tuple[dict[str, Kept], str]:
    state, events = made.next_state(old, wanted([("Ana", meetings)]), moment=moment, first=FIRST, last=LAST)
    return state, made.feed(events, name="Rivera")


def read(text: str) -> dict[str, icalendar.Event]:
    return {str(event["UID"]): event for event in icalendar.Calendar.from_ical(text).walk("VEVENT")}


def test_a_meeting_is_read_back_with_its_child_its_time_its_place_and_its_teacher() -> None:
    _, text = publish(writer(), {}, [MATH])
    event = read(text)[MATH.uid]
    assert event["SUMMARY"] == "Ana: Mathematics"
    assert event.start == datetime(2020, 9, 8, 9, 0, tzinfo=ZoneInfo(ZONE))
    assert event.end == datetime(2020, 9, 8, 9, 30, tzinfo=ZoneInfo(ZONE))
    assert event["LOCATION"] == event["URL"] == "https://meet.example/m3"
    assert event["DESCRIPTION"] == "Teacher: Ms. Garcia; room 3, north"
    assert (event["SEQUENCE"], event["STATUS"]) == (0, "CONFIRMED")
    assert event["DTSTAMP"].dt == event["LAST-MODIFIED"].dt == MONDAY


def test_a_calendar_says_what_it_is_called_and_how_often_to_look_again() -> None:
    _, text = publish(writer(), {}, [MATH])
    calendar = icalendar.Calendar.from_ical(text)
    assert calendar["X-WR-CALNAME"] == "Rivera"
    assert calendar["REFRESH-INTERVAL"].dt == timedelta(hours=1)
    assert calendar["X-PUBLISHED-TTL"] == "PT60M"
    assert calendar["VERSION"] == "2.0"


def test_a_moved_meeting_keeps_its_uid_and_raises_its_sequence() -> None:
    made = writer()
    state, _ = publish(made, {}, [MATH])
    moved = replace(MATH, span=Span(600, 630))
    _, text = publish(made, state, [moved], TUESDAY)
    event = read(text)[MATH.uid]
    assert event.start.hour == 10
    assert event["SEQUENCE"] == 1
    assert event["LAST-MODIFIED"].dt == TUESDAY


@pytest.mark.parametrize("edit", [{"place": "https://meet.example/new"}, {"title": "Math"}, {"teachers": ()}])
def test_an_edited_meeting_raises_its_sequence(edit: dict[str, Any]) -> None:
    made = writer()
    state, _ = publish(made, {}, [MATH])
    _, text = publish(made, state, [replace(MATH, **edit)], TUESDAY)
    assert read(text)[MATH.uid]["SEQUENCE"] == 1


def test_a_cancelled_meeting_stays_and_says_so_and_comes_back_with_a_higher_sequence() -> None:
    made = writer()
    state, _ = publish(made, {}, [MATH])
    gone, text = publish(made, state, [], TUESDAY)
    event = read(text)[MATH.uid]
    assert (event["STATUS"], event["SEQUENCE"]) == ("CANCELLED", 1)
    assert event["SUMMARY"] == "Cancelled: Ana: Mathematics"
    assert event.start == datetime(2020, 9, 8, 9, 0, tzinfo=ZoneInfo(ZONE))
    still, again = publish(made, gone, [], TUESDAY + timedelta(days=1))
    assert (still, again) == (gone, text)
    _, back = publish(made, gone, [MATH], TUESDAY)
    assert (read(back)[MATH.uid]["STATUS"], read(back)[MATH.uid]["SEQUENCE"]) == ("CONFIRMED", 2)


def test_what_did_not_change_keeps_its_bytes_even_from_a_state_kept_as_json() -> None:
    state, text = publish(writer(), {}, [MATH])
    kept = {uid: Kept(*row) for uid, row in json.loads(json.dumps(state)).items()}
    again, same = publish(writer(), kept, [MATH], TUESDAY)
    assert (again, same) == (state, text)


def test_a_meeting_that_falls_out_of_the_range_is_forgotten_and_not_called_cancelled() -> None:
    made = writer()
    state, _ = publish(made, {}, [MATH])
    later, events = made.next_state(state, (), moment=TUESDAY, first=date(2020, 9, 9), last=LAST)
    assert (later, events) == ({}, ())


def test_two_children_in_one_meeting_make_one_event_that_names_both() -> None:
    made = writer(
        Words(
            cancelled="Se canceló",
            teacher="Maestra",
            titles={"math": "Matemáticas", "mathematics": "Matemáticas"},
        )
    )
    _, events = made.next_state(
        {}, wanted([("Ana", [MATH]), ("Luis", [MATH])]), moment=MONDAY, first=FIRST, last=LAST
    )
    text = made.feed(events, name="Rivera")
    assert text.count("BEGIN:VEVENT") == 1
    assert read(text)[MATH.uid]["SUMMARY"] == "Ana, Luis: Matemáticas"


def test_an_address_that_is_no_web_address_is_never_offered_as_one() -> None:
    _, text = publish(writer(), {}, [replace(MATH, place="javascript:alert(1)")])
    assert "URL" not in read(text)[MATH.uid]


def test_a_meeting_from_home_without_a_link_names_no_location() -> None:
    _, text = publish(writer(), {}, [replace(MATH, place="home")])
    assert "LOCATION" not in read(text)[MATH.uid]


def test_nine_o_clock_stays_nine_o_clock_when_the_clocks_change() -> None:
    days = [date(2020, 10, 30), date(2020, 11, 2)]
    meetings = [replace(MATH, uid=f"m-{day}", day=day) for day in days]
    _, text = publish(writer(), {}, meetings)
    starts = [event.start for event in read(text).values()]
    assert [start.hour for start in starts] == [9, 9]
    assert [start.astimezone(UTC).hour for start in starts] == [16, 17]


@pytest.mark.parametrize("zone", [ZONE, "Europe/Berlin", "America/Phoenix", "Australia/Lord_Howe"])
def test_the_zone_written_is_the_zone_meant_at_every_hour_of_three_years(zone: str) -> None:
    text = f"BEGIN:VCALENDAR\r\n{timezone_block(zone)}END:VCALENDAR\r\n"
    # A name of its own, so that the library must read the onsets and cannot look the zone up.
    block = icalendar.Calendar.from_ical(text.replace(f"TZID:{zone}", "TZID:Ours")).walk("VTIMEZONE")[0]
    ours, theirs = block.to_tz(lookup_tzid=False), ZoneInfo(zone)
    hour = datetime(2020, 1, 1)
    while hour < datetime(2023, 1, 1):
        real = hour.replace(tzinfo=theirs)
        # Hours that the clock skips or shows twice are left out: libraries differ on them.
        if real.utcoffset() == real.replace(fold=1).utcoffset():
            assert hour.replace(tzinfo=ours).utcoffset() == real.utcoffset(), hour
        hour += timedelta(hours=1)


def test_onsets_are_written_in_the_clock_left_behind() -> None:
    block = timezone_block(ZONE)
    assert "DTSTART:20190310T020000\r\n" in block
    assert "RDATE:20201101T020000\r\n" in block


HOSTILE = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from(',;:\\"\n'), max_size=120)


@settings(max_examples=150, deadline=None)
@given(given_name=HOSTILE, title=HOSTILE, calendar=HOSTILE, place=HOSTILE)
def test_any_name_comes_back_as_it_went_and_no_line_is_over_75_octets(
    given_name: str, title: str, calendar: str, place: str
) -> None:
    made = writer()
    meeting = replace(MATH, title=title, subject="", place=place)
    _, events = made.next_state({}, wanted([(given_name, [meeting])]), moment=MONDAY, first=FIRST, last=LAST)
    text = made.feed(events, name=calendar)
    assert all(len(row.encode()) <= 75 for row in text.split("\r\n"))
    found = read(text)
    assert set(found) == {MATH.uid}
    assert found[MATH.uid]["SUMMARY"] == f"{given_name}: {title.strip()}"
    assert found[MATH.uid].get("LOCATION", "") == place


@given(value=st.text(st.characters(exclude_categories=("Cs", "Cc"))))
def test_folding_cuts_no_character_and_loses_none(value: str) -> None:
    folded = line("SUMMARY", value)
    assert folded.replace("\r\n ", "") == f"SUMMARY:{value}\r\n"


def test_control_characters_in_a_name_cannot_add_a_line() -> None:
    made = writer()
    _, events = made.next_state(
        {}, wanted([("Ana\r\nATTENDEE:x\x00\x07", [MATH])]), moment=MONDAY, first=FIRST, last=LAST
    )
    text = made.feed(events, name="x")
    assert "\r\nATTENDEE" not in text
    assert read(text)[MATH.uid]["SUMMARY"] == "Ana\nATTENDEE:x: Mathematics"


def test_a_subject_is_called_by_its_word_and_a_course_keeps_its_own_name() -> None:
    words = Words(titles={"mathematics": "Matemáticas", "math": "Matemáticas"})
    assert words.title(MATH) == "Matemáticas"
    assert words.title(replace(MATH, subject="Mathematics", title="Algebra 1")) == "Matemáticas (Algebra 1)"
    assert words.title(replace(MATH, subject="Basket weaving", title="")) == "Basket weaving"


def test_a_service_that_a_group_has_is_called_by_its_kind_and_size_in_the_familys_words() -> None:
    words = Words(titles={"speech": "Terapia del habla", "group of %(pupils)s": "grupo de %(pupils)s"})
    group = replace(MATH, subject="speech", title="speech, group of 2")
    assert words.title(group) == "Terapia del habla (grupo de 2)"
    assert words.title(replace(group, subject="service")) == "Terapia del habla (grupo de 2)"
    assert words.title(replace(group, subject="braille", title="braille, group of 3")) == (
        "braille (grupo de 3)"
    )
    assert words.title(replace(group, title="speech")) == "Terapia del habla"
    assert Words().title(group) == "speech, group of 2"


def test_the_events_of_a_feed_are_found_again_by_uid_even_where_a_uid_is_folded() -> None:
    uids = ["a" * 200, "with, comma; and \\ stroke", "plain"]
    meetings = [replace(MATH, uid=uid, span=Span(540 + place, 570)) for place, uid in enumerate(uids)]
    _, text = publish(writer(), {}, meetings)
    assert list(events_in(text)) == uids
    assert "".join(events_in(text).values()) in text
