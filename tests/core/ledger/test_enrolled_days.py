"""Who was enrolled on which day of a sealed week: where nobody owed anything, nothing is unverified."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schoolday.calendar.days import Calendar
from schoolday.files.ledger.form import sheet
from schoolday.files.ledger.packs import build_packs
from schoolday.files.ledger.read import read_week
from schoolday.files.ledger.seal import Sealed, Seals
from schoolday.ledger.certify import certify
from schoolday.ledger.chain import BARE, FORMAT, head_bytes
from schoolday.ledger.daily_study import study_days
from schoolday.ledger.day_record import DayRecord, Took, day_records
from schoolday.ledger.engagement import engagement
from schoolday.ledger.gather import gather
from schoolday.ledger.week import Enrolled, Week
from schoolday.measures.verdict import Found
from schoolday.roster import Enrollment, Pupil
from schoolday.sample.maple import maple
from tests.core.ledger.ledger_cases import (
    DAYS,
    FRIDAY_EVENING,
    PUPILS,
    book,
    entry,
    everybody,
    sealed_weeks,
    week,
)
from tests.core.ledger.test_ledger_records import study_week

BARE_SEAL = Path(__file__).parent / "golden" / "bare"
"""A seal that was written before seals kept who was enrolled."""


def without(pupil: str, *places: int) -> frozenset[Enrolled]:
    """Everybody, but a pupil not on the days of some places."""
    return frozenset(one for one in everybody() if (one.pupil, DAYS.index(one.day)) not in
                     {(pupil, place) for place in places})  # fmt: skip


def sealed_of(made: Week, folder: Path) -> Sealed:
    return Seals(folder, "maple-union").seal(certify(made, book(), by="tess", at=FRIDAY_EVENING))


def took(made: Week, pupil: str) -> list[Took]:
    return [one.took for one in day_records(made) if one.pupil.pupil == pupil]


# The record


def test_a_day_on_which_a_pupil_was_not_enrolled_is_told_as_that_and_counts_nowhere_as_unverified() -> None:
    made = week(enrolled=without("dee", 3, 4))
    assert took(made, "dee") == [Took.UNVERIFIED] * 3 + [Took.NOT_ENROLLED] * 2
    (dee,) = [one for one in engagement(made, book()) if one.pupil.pupil == "dee"]
    assert dee.unverified == 3
    assert [one.whole.found for one in dee.days[3:]] == [Found.NOT_BOUND] * 2
    assert [one.live.found for one in dee.days[3:]] == [Found.NOT_BOUND] * 2
    assert [one.owed.value for one in dee.days] == [230, 230, 230, None, None]
    assert [dict(one.record.planned) == {} for one in dee.days] == [False, False, False, True, True]
    before = certify(week(), book(), by="tess", at=FRIDAY_EVENING)
    assert certify(made, book(), by="tess", at=FRIDAY_EVENING).unverified == before.unverified - 2


def test_what_is_recorded_counts_whatever_the_roster_says_of_the_day() -> None:
    made = week(enrolled=frozenset())
    assert took(made, "bo") == [
        Took.NOT_ENROLLED, Took.ABSENT, Took.EXCUSED, Took.PART, Took.NOT_ENROLLED,
    ]  # fmt: skip
    assert [one.total for one in day_records(made)] == [one.total for one in day_records(week())]


def test_a_day_of_independent_study_outside_the_enrollment_owes_nothing() -> None:
    made = study_week()
    kept = frozenset(Enrolled("ana", day, "class") for day in made.days[:2])
    found = study_days(replace(made, enrolled=kept), book(), certified=True)
    assert [one.verdict.found for one in found] == [Found.UNVERIFIED] * 2 + [Found.NOT_BOUND] * 3
    assert [one.owed.value for one in found] == [230, 230, None, None, None]


@st.composite
def spans(draw: st.DrawFn) -> frozenset[Enrolled]:
    """Any enrollment spans of the four within the week, none and several with gaps included."""
    found = set()
    for one in PUPILS:
        for first, last in draw(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=3)):
            found |= {Enrolled(one.pupil, day, "class") for day in DAYS[first : last + 1]}
    return frozenset(found)


@given(kept=spans())
@settings(max_examples=40, deadline=None)
def test_a_sealed_record_told_again_is_the_open_weeks_on_days_enrolled_and_else_not_enrolled(
    kept: frozenset[Enrolled],
) -> None:
    made = week(enrolled=kept)
    with TemporaryDirectory() as name:
        again = read_week(sealed_of(made, Path(name)))
    assert again.enrolled == kept
    there = {(one.pupil, one.day) for one in kept}
    silent = (Took.UNVERIFIED, Took.NOT_ENROLLED)
    for told, known in zip(day_records(again), day_records(week(enrolled=None)), strict=True):
        if (told.pupil.pupil, told.day) in there or known.took not in silent:
            assert in_any_order(told) == in_any_order(known)
        else:
            assert told == replace(told, took=Took.NOT_ENROLLED, planned={}, evidence=())
            assert told.total.value is None


def in_any_order(record: DayRecord) -> DayRecord:
    """A record whose entries stand in one order: a seal orders those of one moment by their ids."""
    minutes = {kind: replace(one, entries=tuple(sorted(one.entries))) for kind, one in record.minutes.items()}
    return replace(record, minutes=minutes, evidence=tuple(sorted(record.evidence)))


# Seals


def test_a_seal_keeps_who_was_enrolled_and_a_later_version_its_own(tmp_path: Path) -> None:
    first = sealed_of(week(), tmp_path)
    again = week(enrolled=without("dee", 4), entries=(*week().entries, entry("more", pupil="dee")))
    later = certify(again, book(), by="tess", at=FRIDAY_EVENING + timedelta(days=3))
    second = Seals(tmp_path, "maple-union").seal(later)
    assert (first.head.format, second.head.format, second.head.version) == (FORMAT, FORMAT, 2)
    assert read_week(first).enrolled == everybody()
    assert read_week(second).enrolled == without("dee", 4)
    assert Seals(tmp_path, "maple-union").verify() == ()


def test_rows_of_enrollment_that_were_taken_out_or_added_are_found_by_their_file(tmp_path: Path) -> None:
    seals, made = sealed_weeks(tmp_path)
    file = made[1].parquet
    forged = "UNION ALL SELECT * REPLACE ('eve' AS pupil) FROM old WHERE kind = 'enrolled'"
    for change in ("WHERE NOT (kind = 'enrolled' AND pupil = 'dee')", forged):
        whole = file.read_bytes()
        with duckdb.connect() as connection:
            connection.execute(f"CREATE TABLE old AS FROM '{file}'")
            connection.execute(f"COPY (SELECT * FROM old {change}) TO '{file}' (FORMAT parquet)")
        (fault,) = seals.verify()
        assert fault.code == "ledger.entries_changed"
        assert file.stem in fault.said
        assert fault.where == (f"{file.parent.name}/{file.stem}",)
        file.write_bytes(whole)
    assert seals.verify() == ()


def test_a_head_that_is_made_to_say_that_nobody_kept_enrollments_is_found(tmp_path: Path) -> None:
    seals, made = sealed_weeks(tmp_path)
    made[1].path.write_bytes(head_bytes(replace(made[1].head, format=BARE)))
    assert "ledger.chain_broken" in {one.code for one in seals.verify()}


def test_a_seal_made_before_verifies_reads_and_says_as_before(tmp_path: Path) -> None:
    folder = tmp_path / "bare"
    shutil.copytree(BARE_SEAL, folder)
    seals = Seals(folder, "maple-union")
    assert seals.verify() == ()
    (old,) = seals.all()
    assert old.head.format == BARE
    assert head_bytes(old.head) == old.path.read_bytes()
    assert read_week(old).enrolled is None
    assert took(read_week(old), "dee") == [Took.UNVERIFIED] * 5
    assert read_week(old) == read_week(sealed_of(week(enrolled=None), tmp_path / "new"))
    form = sheet(old, book(), names={})
    assert form is not None
    assert not any("not enrolled" in cell for row in form.grid for cell in row)
    later = certify(week(), book(), by="tess", at=FRIDAY_EVENING + timedelta(days=3))
    assert seals.seal(later).head.version == 2, "and the chain goes on from it"
    assert seals.verify() == ()


def test_packs_have_the_same_rows_whoever_was_enrolled(tmp_path: Path) -> None:
    found = []
    for place, kept in enumerate((None, everybody(), without("dee", 0, 4))):
        sealed_of(week(enrolled=kept), tmp_path / f"seals{place}")
        build_packs(Seals(tmp_path / f"seals{place}", "maple-union"), tmp_path / f"days{place}")
        files = sorted((tmp_path / f"days{place}").glob("*.parquet"))
        found.append({file.name: file.read_bytes() for file in files})
    assert found[0] == found[1] == found[2]


# The form


def test_the_form_says_not_enrolled_in_both_languages_and_of_a_class_by_that_class(tmp_path: Path) -> None:
    moved = without("dee", 3, 4) | {Enrolled("dee", day, "other") for day in DAYS[3:]}
    pupils = tuple(
        replace(one, activities=("class", "other")) if one.pupil == "dee" else one for one in PUPILS
    )
    made = sealed_of(week(enrolled=moved, pupils=pupils), tmp_path)
    cells = {language: cells_of(made, "dee", language=language) for language in ("en", "es")}
    assert cells["en"] == ["– / – / –\nnot verified"] * 5, "in a class with the teacher on every day"
    of_class = cells_of(made, "dee", section="class")
    assert of_class == ["– / – / –\nnot verified"] * 3 + ["– / – / –\nnot enrolled"] * 2
    assert cells_of(made, "dee", section="class", language="es")[4] == "– / – / –\nsin inscripción"
    form = sheet(made, book(), names={})
    assert form is not None
    assert "nothing was owed" in form.legend


def cells_of(made: Sealed, pupil: str, **more: str) -> list[str]:
    form = sheet(made, book(), names={}, **more)
    assert form is not None
    return list(next(row for row in form.grid if row[0] == pupil)[1:-1])


# From a roster


ROSTER = maple()
TUESDAY = date(2020, 9, 8)
FIRST_WEEK = tuple(date(2020, 9, day) for day in range(8, 12))


@pytest.fixture(scope="module")
def taught() -> Enrollment:
    """An enrollment of a class of the sample whose teacher has another one there."""
    return next(row for row in ROSTER.enrollments if others_of(row))


def others_of(row: Enrollment) -> list[str]:
    """The other classes of the class's first teacher at its school."""
    (teacher, *_) = ROSTER.teachers_of.get(row.section, ("",))
    here = (one.id for one in ROSTER.sections_at[ROSTER.sections[row.section].school])
    return [one for one in here if one != row.section and teacher in ROSTER.teachers_of.get(one, ())]


def gathered(taught: Enrollment, roster=ROSTER, **more) -> Week:  # noqa: ANN001, ANN003
    section = ROSTER.sections[taught.section]
    calendar: Calendar = ROSTER.calendar
    return gather(
        roster, calendar, school=section.school, teacher=ROSTER.teachers_of[section.id][0],
        monday=date(2020, 9, 7), way=week().way, **more,
    )  # fmt: skip


def days_in(made: Week, taught: Enrollment) -> list[date]:
    return sorted(
        one.day for one in made.enrolled or () if (one.pupil, one.activity) == (taught.pupil, taught.section)
    )


def leaving(taught: Enrollment, last: date | None) -> object:
    """The sample's roster with that enrollment ended, or taken out with its pupil."""
    rows = [row for row in ROSTER.enrollments if row.pupil != taught.pupil]
    if last is None:
        pupils = {name: one for name, one in ROSTER.pupils.items() if name != taught.pupil}
        services = {name: one for name, one in ROSTER.services.items() if one.pupil != taught.pupil}
        return replace(ROSTER, enrollments=tuple(rows), pupils=pupils, services=services)
    return replace(ROSTER, enrollments=(*rows, replace(taught, last=last)))


def test_a_gathered_week_has_the_days_of_the_rosters_spans(taught: Enrollment) -> None:
    assert days_in(gathered(taught), taught) == list(FIRST_WEEK)
    assert days_in(gathered(taught, leaving(taught, FIRST_WEEK[1])), taught) == list(FIRST_WEEK[:2])


def test_who_was_taken_out_of_the_roster_is_enrolled_as_the_roster_before_said(taught: Enrollment) -> None:
    one = Pupil(taught.pupil, "Bo", "Gone", "3", "")
    seen = at_day(taught, FIRST_WEEK[0])
    before = [Enrolled(taught.pupil, day, taught.section) for day in FIRST_WEEK[:3]]
    before += [Enrolled("somebody", TUESDAY, taught.section), Enrolled(taught.pupil, TUESDAY, "service")]
    made = gathered(taught, leaving(taught, None), entries=[seen], gone=[one], before=before)
    assert days_in(made, taught) == list(FIRST_WEEK[:3])
    assert taught.pupil in {each.pupil for each in made.pupils}
    assert {each.pupil for each in made.enrolled or ()} <= {each.pupil for each in made.pupils}
    assert Enrolled(taught.pupil, TUESDAY, "service") in (made.enrolled or ())


def test_of_whom_no_roster_says_how_long_they_were_there_counts_until_the_last_entry(
    taught: Enrollment,
) -> None:
    one = Pupil(taught.pupil, "Bo", "Gone", "3", "")
    seen = at_day(taught, FIRST_WEEK[1])
    made = gathered(taught, leaving(taught, None), entries=[seen], gone=[one])
    assert days_in(made, taught) == list(FIRST_WEEK[:2])


def test_who_changed_the_class_of_the_same_teacher_was_in_the_old_one_before(taught: Enrollment) -> None:
    rows, other = [row for row in ROSTER.enrollments if row != taught], others_of(taught)[0]
    roster = replace(ROSTER, enrollments=(*rows, Enrollment(other, taught.pupil, FIRST_WEEK[2])))
    before = [Enrolled(taught.pupil, day, taught.section) for day in FIRST_WEEK[:2]]
    made = gathered(taught, roster, before=before)
    (mine,) = [one for one in made.pupils if one.pupil == taught.pupil]
    assert {taught.section, other} <= set(mine.activities)
    assert days_in(made, taught) == list(FIRST_WEEK[:2])


def at_day(taught: Enrollment, day: date):  # noqa: ANN201
    section = ROSTER.sections[taught.section]
    return replace(
        entry("seen", pupil=taught.pupil), day=day, school=section.school, activity=section.id,
        by=ROSTER.teachers_of[section.id][0], at=FRIDAY_EVENING,
    )  # fmt: skip
