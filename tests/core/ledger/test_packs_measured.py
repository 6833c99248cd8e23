"""From entries through seals and packs to measures: the account's figures, and the plain reference's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from schoolday.calendar.days import Calendar
from schoolday.calendar.row import Minutes, Row
from schoolday.files.engines.duck import Duck
from schoolday.files.engines.year import read_year, write_people
from schoolday.files.ledger.packs import build_packs
from schoolday.files.ledger.seal import Seals
from schoolday.ledger.certify import certify
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.services.account import Ground, accounts
from schoolday.ledger.services.explained import Explaining
from schoolday.ledger.services.owed import owed
from schoolday.ledger.services.recorded import Reasons, make_up_detail
from schoolday.ledger.services.terms import Mode, Terms
from schoolday.measures.given import MeasuredPupil, PackRow
from schoolday.measures.limits import spread
from schoolday.measures.portable import PORTABLE, answer, prepare, run
from schoolday.measures.reference import reference
from tests.core.ledger.ledger_cases import (
    DAYS,
    FRIDAY_EVENING,
    MONDAY,
    PACIFIC,
    PUPILS,
    book,
    entry,
    plan,
    week,
)

YEAR = Calendar(date(2020, 9, 1), date(2021, 6, 11), {date(2020, 9, 7): "Labor Day"})
REASONS = Reasons(book(), frozenset({"CA"}))
TIMES = {"talk": (0, 2), "walk": (1, 3), "plan": (0, 4), "move": (0, 1)}


def terms(mode: Mode = Mode.CONSULT) -> dict[str, tuple[Terms, ...]]:
    return {
        name: (Terms(name, who, "maple", "tess", "a service", 30, 2, mode=how),)
        for name, who, how in (
            ("talk", "ana", Mode.INDIVIDUAL), ("walk", "bo", Mode.GROUP), ("plan", "cruz", mode),
            ("move", "dee", Mode.INDIVIDUAL),
        )
    }  # fmt: skip


def met(
    name: str, pupil: str, service: str, day: int, code: str, monday: date = MONDAY, **more: object
) -> Entry:
    at = datetime.combine(monday, datetime.min.time(), PACIFIC) + timedelta(days=day, hours=13)
    own = entry(name, EntryKind.SERVICE, pupil, activity=service, code=code, first=600, last=630)
    return replace(own, day=monday + timedelta(days=day), at=at, **more)


def served() -> tuple[Entry, ...]:
    """What was held, what a reason explains, what none does, and what only looks as if it were explained."""
    return (
        met("s1", "ana", "talk", 0, "delivered", minutes=25, last=625),
        met("s2", "ana", "talk", 2, "pupil_absent"),
        met("s3", "bo", "walk", 1, "provider_absent"), met("s4", "bo", "walk", 3, "declined"),
        met("s5", "cruz", "plan", 0, "pupil_absent"), met("s6", "cruz", "plan", 4, "no_school"),
        met("s7", "dee", "move", 0, "pupil_excused", first=None, last=None),
    )  # fmt: skip


def sealed(folder: Path) -> Seals:
    planned = tuple(
        Row(who, DAYS[day], name, Minutes.LIVE, 30)
        for (name, days), who in zip(TIMES.items(), ("ana", "bo", "cruz", "dee"), strict=True)
        for day in days
    )
    pupils = tuple(
        replace(one, activities=(*one.activities, name)) for one, name in zip(PUPILS, TIMES, strict=True)
    )
    seals = Seals(folder, "maple-union")
    made = week(entries=served(), plan=(*plan(), *planned), pupils=pupils)
    seals.seal(certify(made, book(), by="tess", at=FRIDAY_EVENING))
    return seals


def explaining(**more: object) -> Explaining:
    return replace(Explaining(REASONS, YEAR, (), terms()), **more)  # type: ignore[arg-type]


def folder_of(at: Path) -> Path:
    people = [
        MeasuredPupil(one.pupil, "3", "maple", "distance", enrolled=((YEAR.first, YEAR.last),))
        for one in PUPILS
    ]
    write_people(YEAR, people, [(f"p-{name}", who[0].pupil, name) for name, who in owners().items()], at)
    return at


def owners() -> dict[str, tuple[object]]:
    return {name: (one,) for name, one in zip(TIMES, PUPILS, strict=True)}  # type: ignore[misc]


def measured(folder: Path) -> dict[str, tuple[int, ...]]:
    """Owed, provided, explained and unaccounted by service; SQL and reference agree on every measure."""
    found = read_year(folder)
    assert found.year is not None, found.findings
    limits = spread(book(), found.year)
    duck = Duck(list(found.packs.values()))
    rows = [PackRow(*row) for row in duck.ask("SELECT * FROM pack_rows")]
    prepare(duck, found.year, limits)
    run(duck)
    plain = reference(found.year, limits, rows)
    for name in PORTABLE:
        assert sorted(answer(duck, name), key=str) == sorted(plain[name], key=str), name
    return {found.year.promises[row[0]].id: (*row[2:5], row[6]) for row in plain["service_minutes"]}


def by_account(entries: tuple[Entry, ...], as_of: date = DAYS[4]) -> dict[str, tuple[int, ...]]:
    every = [one for some in terms().values() for one in some]
    found = accounts(owed(every, YEAR, MONDAY, MONDAY), entries, Ground(REASONS, YEAR, as_of))
    return {
        f"p-{one.terms.service}": (one.owed.minutes, one.provided, one.explained, one.unaccounted)
        for one in found
    }


def test_what_reasons_explain_is_the_same_by_packs_and_measures_as_by_the_account(tmp_path: Path) -> None:
    folder = folder_of(tmp_path / "year")
    build_packs(sealed(tmp_path / "seals"), folder / "days", explaining())
    found = measured(folder)
    assert found == by_account(served())
    assert found == {
        "p-talk": (60, 25, 30, 5), "p-walk": (60, 0, 30, 30), "p-plan": (60, 0, 0, 60),
        "p-move": (60, 0, 30, 30),
    }  # fmt: skip


def test_a_make_up_in_a_later_week_pays_first_and_its_meetings_day_is_packed_again(tmp_path: Path) -> None:
    folder, seals = folder_of(tmp_path / "year"), sealed(tmp_path / "seals")
    build_packs(seals, folder / "days", explaining())
    again = met("m1", "ana", "talk", 0, "make_up", MONDAY + timedelta(days=7), minutes=20, last=620,
                detail=make_up_detail("s2"))  # fmt: skip
    monday = MONDAY + timedelta(days=7)
    later = week(monday=monday, days=tuple(day + timedelta(days=7) for day in DAYS), entries=(again,),
                 plan=(), pupils=(replace(PUPILS[0], activities=("talk",)),))  # fmt: skip
    seals.seal(certify(later, book(), by="tess", at=FRIDAY_EVENING + timedelta(days=7)))
    made = build_packs(seals, folder / "days", explaining())
    assert DAYS[2] in made
    assert DAYS[1] not in made
    assert measured(folder)["p-talk"] == (60, 45, 10, 5)
    assert by_account((*served(), again), monday)["p-talk"] == (60, 45, 10, 5)
    build_packs(seals, tmp_path / "anew", explaining())
    for day in DAYS:
        one, other = (duckdb.sql(f"SELECT * FROM '{at}/{day}.parquet'").fetchall()
                      for at in (folder / "days", tmp_path / "anew"))  # fmt: skip
        assert one == other


def test_packs_are_made_again_when_other_reasons_explain(tmp_path: Path) -> None:
    seals = sealed(tmp_path / "seals")
    build_packs(seals, tmp_path / "days")
    assert build_packs(seals, tmp_path / "days", explaining()) == DAYS
    assert build_packs(seals, tmp_path / "days", explaining()) == ()
    assert build_packs(seals, tmp_path / "days", explaining(terms=terms(Mode.INDIVIDUAL))) == DAYS


@pytest.mark.parametrize("closed", [False, True])
def test_no_school_explains_only_where_the_calendar_says_so(tmp_path: Path, closed: bool) -> None:
    year = replace(YEAR, holidays={**YEAR.holidays, DAYS[4]: "Smoke"}) if closed else YEAR
    build_packs(sealed(tmp_path / "seals"), tmp_path / "days", explaining(calendar=year))
    rows = duckdb.sql(f"SELECT minutes FROM '{tmp_path}/days/{DAYS[4]}.parquet' WHERE origin = 'service'")
    assert rows.fetchall() == [(30 if closed else 0,)]
