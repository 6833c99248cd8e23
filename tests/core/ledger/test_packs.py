"""Day packs are made from the seals alone, and only those days whose seals have changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb

from schoolday.files.ledger.packs import build_packs, pack_of
from schoolday.files.ledger.read import read_week
from schoolday.files.ledger.seal import Seals
from schoolday.ledger.certify import certify
from schoolday.ledger.codes import is_evidence
from schoolday.ledger.rows import rows
from schoolday.ledger.standing import standing
from schoolday.measures.portable import PACK_ORDER
from tests.core.ledger.ledger_cases import DAYS, FRIDAY_EVENING, book, entry, sealed_weeks, week


def rows_of(folder: Path, day: object) -> list[tuple]:  # type: ignore[type-arg]
    query = f"""
        SELECT p.id, d.day, a.id, d.kind, d.minutes, d.participated, d.origin
        FROM '{folder}/{day}.parquet' d
        JOIN '{folder}/pupils.parquet' p ON p.number = d.pupil
        JOIN '{folder}/activities.parquet' a ON a.number = d.activity"""
    return sorted(duckdb.sql(query).fetchall(), key=str)


def test_a_pack_has_the_plan_and_the_rows_of_the_standing_entries(tmp_path: Path) -> None:
    seals, made = sealed_weeks(tmp_path / "seals")
    days = build_packs(seals, tmp_path / "days")
    assert len(days) == 15
    sealed = read_week(made[3])
    for day in DAYS:
        found = rows_of(tmp_path / "days", day)
        plan = [
            (r.pupil, r.day, r.activity, r.kind.value, r.minutes, None, "plan")
            for r in sealed.plan
            if r.day == day
        ]
        assert [row for row in found if row[6] == "plan"] == sorted(plan, key=str)
        minutes = sorted((r.pupil, r.day, r.activity, r.kind.value, r.minutes, r.origin)
                         for r in rows(standing(sealed.entries)) if r.day == day)  # fmt: skip
        assert (
            sorted((*row[:5], row[6]) for row in found if row[6] != "plan" and row[4] is not None and row[5])
            == minutes
        )
        there = sorted(e.pupil for e in standing(sealed.entries) if e.day == day and is_evidence(e))
        assert sorted(row[0] for row in found if row[5] == 1) == there
    absent = [row for day in DAYS for row in rows_of(tmp_path / "days", day) if row[5] == 0]
    assert [(row[0], row[4], row[6]) for row in absent] == [
        ("bo", None, "attendance"),
        ("bo", None, "attendance"),
        ("cruz", 0, "service"),
    ]


def test_only_days_whose_seals_changed_are_made_again_and_numbers_stay(tmp_path: Path) -> None:
    seals, _ = sealed_weeks(tmp_path / "seals")
    build_packs(seals, tmp_path / "days")
    assert build_packs(seals, tmp_path / "days") == ()
    numbers = duckdb.sql(f"SELECT * FROM '{tmp_path}/days/pupils.parquet'").fetchall()
    old = week()
    more = replace(entry("new", pupil="abe"), at=FRIDAY_EVENING + timedelta(days=40))
    pupils = (*old.pupils, replace(old.pupils[0], pupil="abe"))
    again = replace(old, teacher="ulla", entries=(more,), pupils=pupils, plan=())
    seals.seal(certify(again, book(), by="ulla", at=FRIDAY_EVENING + timedelta(days=41)))
    assert build_packs(seals, tmp_path / "days") == DAYS
    assert duckdb.sql(f"SELECT * FROM '{tmp_path}/days/pupils.parquet'").fetchall() == [*numbers, (4, "abe")]


def test_a_pack_that_is_gone_is_made_again_with_the_same_bytes_and_its_order(tmp_path: Path) -> None:
    seals, _ = sealed_weeks(tmp_path / "seals")
    build_packs(seals, tmp_path / "days")
    file = pack_of(tmp_path / "days", DAYS[1])
    before = file.read_bytes()
    file.unlink()
    assert build_packs(seals, tmp_path / "days") == (DAYS[1],)
    assert file.read_bytes() == before
    rows = duckdb.sql(f"SELECT * FROM '{file}'").fetchall()
    assert rows == duckdb.sql(f"SELECT * FROM '{file}' ORDER BY {PACK_ORDER}, minutes").fetchall()


def test_no_seal_no_pack(tmp_path: Path) -> None:
    assert build_packs(Seals(tmp_path / "seals", "maple-union"), tmp_path / "days") == ()
