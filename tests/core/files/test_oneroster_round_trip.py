"""What is written is read back as it was, whatever the roster; and no bytes at all make a traceback."""

from __future__ import annotations

import tempfile
import zipfile
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from oneroster_sets import DAY, MAPLE, SECRET, lay, whole, zipped

from schoolday.calendar.days import Calendar
from schoolday.files.rosters import RosterReading, read_roster, write_roster
from schoolday.ground.errors import RosterRefused
from schoolday.ground.finding import Status
from schoolday.ground.grades import GRADES
from schoolday.roster import (
    Bells,
    Contract,
    Enrollment,
    Household,
    Pupil,
    Roster,
    School,
    Section,
    Service,
    Staff,
    Teaching,
)

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])

_CONTROL = [*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0)), "\u2028", "\u2029"]
texts = st.text(st.characters(codec="utf-8", exclude_characters=_CONTROL), min_size=1, max_size=12).filter(
    lambda text: bool(text.strip())
)
ids = st.text("abcXYZ019.-_/@é{}", min_size=1, max_size=6)
days = st.dates(date(2020, 8, 1), date(2021, 7, 1))
spans = st.tuples(st.none() | days, st.integers(0, 200), st.booleans()).map(
    lambda made: (made[0], None if made[2] or made[0] is None else made[0] + timedelta(made[1]))
)

counted = st.dictionaries(
    texts.filter(lambda kind: kind != "home"), st.integers(1, 1000), min_size=1, max_size=3
)
named = st.dictionaries(days, texts, max_size=2)


@st.composite
def rosters(draw: st.DrawFn) -> Roster:
    """Rosters of every kind that can be said in OneRoster, commas, quotes and odd letters in every text."""
    names = draw(st.lists(ids, min_size=9, max_size=24, unique=True))
    at = {key: School(key, draw(texts), _grades(draw), draw(st.just("") | texts)) for key in names[1:3]}
    where, third = st.sampled_from(sorted(at)), len(names) // 3
    pupils = {key: _pupil(draw, key, draw(where)) for key in names[3 : 3 + third]}
    staff = {key: _staff(draw, key, sorted(at)) for key in names[3 + third : 5 + third]}
    sections = {key: _section(draw, key, draw(where)) for key in names[5 + third :]}
    some, taught = st.sampled_from(sorted(pupils)), st.sampled_from(sorted(sections) or ["none"])
    whom = st.sampled_from(sorted(staff))
    number = st.integers(0, 6 if sections else 0)
    return Roster(
        district=names[0],
        name=draw(texts),
        places=("CA", "ca-x"),
        timezone=draw(st.sampled_from(["America/Los_Angeles", "Europe/Paris"])),
        schools=at,
        pupils=pupils,
        staff=staff,
        sections=sections,
        enrollments=tuple(Enrollment(draw(taught), draw(some), *draw(spans)) for _ in range(draw(number))),
        teaching=_teaching(draw, sorted(sections), sorted(staff)),
        households={f"h{key}": _household(draw, key) for key in pupils},
        services={key: _service(draw, key, draw(some), draw(whom)) for key in ("v1", "v2")[: draw(number)]},
        contracts={key: _contract(draw, key) for key in sorted(staff) if draw(st.booleans())},
        bells={
            key: Bells(key, 480, 30, draw(st.integers(1, 18))) for key in sorted(at) if draw(st.booleans())
        },
        calendar=Calendar(date(2020, 8, 1), date(2021, 7, 1), draw(named), draw(named)),
        rooms={key: draw(counted) for key in sorted(at) if draw(st.booleans())},
    )


def _household(draw: st.DrawFn, pupil: str) -> Household:
    language, devices = draw(st.sampled_from(["en", "es", "zh-Hant"])), draw(st.none() | st.integers(0, 9))
    connection = draw(st.sampled_from(["", "none", "hotspot"]))
    return Household(f"h{pupil}", (pupil,), language, devices, connection)


def _service(draw: st.DrawFn, key: str, pupil: str, provider: str) -> Service:
    minutes, times = draw(st.integers(1, 90)), draw(st.integers(1, 5))
    group = draw(st.sampled_from(["", f"group of {key}"]))
    return Service(key, pupil, draw(texts), minutes, times, provider, group, *draw(spans), draw(texts))


def _contract(draw: st.DrawFn, key: str) -> Contract:
    worked = draw(st.sampled_from([(0, 1, 2, 3, 4), (1, 3), (4,)]))
    return Contract(key, 480, draw(st.integers(481, 1439)), worked)


def _grades(draw: st.DrawFn) -> tuple[str, ...]:
    return tuple(draw(st.lists(st.sampled_from(GRADES), min_size=1, max_size=3, unique=True)))


def _pupil(draw: st.DrawFn, key: str, school: str) -> Pupil:
    groups = frozenset(draw(st.lists(texts, max_size=2)))
    return Pupil(
        key, draw(texts), draw(texts), draw(st.sampled_from(GRADES)), school, draw(st.none() | days), groups
    )


def _staff(draw: st.DrawFn, key: str, schools: list[str]) -> Staff:
    at = tuple(draw(st.lists(st.sampled_from(schools), max_size=2, unique=True)))
    role = draw(st.sampled_from(["teacher", "principal", "provider", "speech, part-time"]))
    return Staff(key, draw(texts), draw(texts), role, at, draw(st.just("") | texts))


def _section(draw: st.DrawFn, key: str, school: str) -> Section:
    kind = draw(st.sampled_from(["homeroom", "scheduled"]))
    link = draw(st.sampled_from(["", "https://x.example/1"]))
    subject, course = draw(st.just("") | texts), draw(st.just("") | ids)
    return Section(key, school, draw(texts), subject, kind, _grades(draw), course, link, draw(texts))


def _teaching(draw: st.DrawFn, sections: list[str], staff: list[str]) -> tuple[Teaching, ...]:
    return tuple(
        Teaching(key, person, draw(st.booleans()))
        for key in sections
        for person in staff
        if draw(st.booleans())
    )


@SLOW
@given(rosters())
def test_a_roster_written_and_read_back_is_the_same(roster: Roster) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in ("out.zip", "out"):
            path = Path(folder, name)
            write_roster(roster, path)
            reading = read_roster(path, day=date(2020, 9, 8))
            assert [f for f in reading.findings if f.status is Status.BROKEN] == []
            assert reading.roster == roster


def test_the_zip_is_the_same_to_the_byte_each_time(tmp_path: Path) -> None:
    for name in ("a.zip", "b.zip"):
        write_roster(MAPLE, tmp_path / name)
    assert (tmp_path / "a.zip").read_bytes() == (tmp_path / "b.zip").read_bytes()
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        assert packed.namelist() == sorted(packed.namelist())
        assert packed.read("orgs.csv").decode() == (
            "sourcedId,status,dateLastModified,name,type,identifier,parentSourcedId,metadata.schoolday.grades\r\n"
            "d1,,,Maple Unified,district,,,\r\n"
            "e1,,,Maple Elementary,school,0001,d1,03\r\n"
            'm1,,,Cedar Middle,school,0002,d1,"07,08"\r\n'
        )
        assert (
            packed.read("enrollments.csv")
            .decode()
            .splitlines()[1]
            .endswith(",k3,e1,p1,student,,2020-09-03,2021-06-18")
        )


def test_writing_over_an_earlier_folder_leaves_nothing_of_it(tmp_path: Path) -> None:
    write_roster(MAPLE, tmp_path / "out")
    fewer = replace(MAPLE, services={}, bells={})
    write_roster(fewer, tmp_path / "out")
    assert not (tmp_path / "out/schoolday/services.csv").exists()
    assert read_roster(tmp_path / "out", day=DAY).roster == fewer


REFUSED = [
    (replace(MAPLE, name=""), "name is blank"),
    (replace(MAPLE, pupils=MAPLE.pupils | {"p1": replace(MAPLE.pupils["p1"], given="A\nB")}), "givenName"),
    (replace(MAPLE, pupils=MAPLE.pupils | {"p1": replace(MAPLE.pupils["p1"], grade="14")}), "grades"),
    (replace(MAPLE, pupils=MAPLE.pupils | {"p1": replace(MAPLE.pupils["p1"], given="\ud800")}), "UTF-8"),
    (replace(MAPLE, staff=MAPLE.staff | {"p1": replace(MAPLE.staff["t1"], id="p1")}), "must be unique"),
    (
        replace(MAPLE, staff=MAPLE.staff | {"t1": replace(MAPLE.staff["t1"], role="student")}),
        "no role of staff",
    ),
    (replace(MAPLE, sections=MAPLE.sections | {"k3": replace(MAPLE.sections["k3"], kind="lab")}), "homeroom"),
    (
        replace(MAPLE, sections=MAPLE.sections | {"k3": replace(MAPLE.sections["k3"], link="javascript:x")}),
        "link",
    ),
    (replace(MAPLE, rooms={"m1": {"lab": 0}}), "0 rooms of the kind 'lab'"),
    (replace(MAPLE, rooms={"m1": {"home": 1}}), "kind 'home'"),
    (replace(MAPLE, rooms={"m9": {"lab": 1}}), "schoolId"),
    (replace(MAPLE, enrollments=(Enrollment("k3", "nobody"),)), "users.csv does not have"),
]


@pytest.mark.parametrize("case", REFUSED, ids=lambda case: case[1])
def test_a_roster_that_the_files_cannot_say_is_refused_and_nothing_is_written(
    tmp_path: Path, case: tuple[Roster, str]
) -> None:
    with pytest.raises(RosterRefused, match=case[1]):
        write_roster(case[0], tmp_path / "out.zip")
    assert list(tmp_path.iterdir()) == []


def _spoiled(data: bytes, draw: st.DataObject) -> bytes:
    place = draw.draw(st.integers(0, len(data) - 1), label="place")
    how = draw.draw(st.sampled_from(["change", "drop", "insert", "cut", "double"]), label="how")
    some = bytes([draw.draw(st.integers(0, 255) | st.sampled_from(b',"\r\n\0\\/'), label="byte")])
    length = draw.draw(st.integers(1, 40), label="length")
    return {
        "change": data[:place] + some + data[place + 1 :],
        "drop": data[:place] + data[place + length :],
        "insert": data[:place] + some + data[place:],
        "cut": data[:place],
        "double": data[:place] + data[place : place + length] + data[place:],
    }[how]


@settings(max_examples=250, deadline=None)
@given(st.data())
def test_a_spoiled_zip_gives_the_same_roster_or_findings_and_never_an_error(draw: st.DataObject) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "export.zip")
        path.write_bytes(_spoiled(zipped(whole()), draw))
        reading = read_roster(path, day=DAY)
    assert reading.roster == MAPLE or reading.findings
    assert SECRET not in repr(reading)


@settings(max_examples=250, deadline=None)
@given(st.data())
def test_a_spoiled_file_never_gives_an_error_nor_shows_a_password(draw: st.DataObject) -> None:
    files: dict[str, str | bytes] = {**whole(draw.draw(st.sampled_from(["1.1", "1.2"])))}
    name = draw.draw(st.sampled_from(sorted(files)), label="file")
    text = files[name]
    files[name] = _spoiled(text.encode() if isinstance(text, str) else text, draw)
    with tempfile.TemporaryDirectory() as folder:
        reading = read_roster(lay(Path(folder), files), day=DAY)
    assert isinstance(reading, RosterReading)
    assert (reading.roster is None) == any(f.status is Status.BROKEN for f in reading.findings)
    assert SECRET not in repr(reading)


@settings(max_examples=100, deadline=None)
@given(st.dictionaries(st.sampled_from(sorted(whole())), st.binary(max_size=60), min_size=1))
def test_a_whole_file_of_any_bytes_is_never_taken_for_a_sound_one(spoiled: dict[str, bytes]) -> None:
    files: dict[str, str | bytes] = {**whole()}
    with tempfile.TemporaryDirectory() as folder:
        reading = read_roster(lay(Path(folder), files | spoiled), day=DAY)
    assert {finding.spot.file for finding in reading.findings if finding.spot} >= set(spoiled)
    # Nothing that is needed stands in the profiles, so that their faults are advice.
    assert (reading.roster is None) == bool(set(spoiled) - {"userProfiles.csv"})
