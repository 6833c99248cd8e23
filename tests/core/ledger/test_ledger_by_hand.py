"""A week recomputed from its sealed file with nothing but DuckDB, by the words of docs/ledger.md."""

from __future__ import annotations

import csv
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import duckdb
import numpy as np
import pytest

from schoolday.calendar.row import Minutes
from schoolday.files.ledger.form import sheet
from schoolday.files.ledger.packs import build_packs
from schoolday.files.ledger.read import read_week
from schoolday.files.ledger.seal import Sealed, Seals
from schoolday.files.ledger.words import WORDS
from schoolday.ledger.certify import certify
from schoolday.ledger.codes import CODES
from schoolday.ledger.day_record import contradictions
from schoolday.ledger.engagement import engagement
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.rows import rows
from schoolday.ledger.standing import standing
from schoolday.ledger.week import Week
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

DOC = Path(__file__).parents[3] / "docs" / "ledger.md"
Cell = object


def by_hand(sealed: Sealed, folder: Path) -> list[tuple[Cell, ...]]:
    """Run every documented statement on a seal's two files, and return the record that they give."""
    shutil.copy(sealed.parquet, folder / "week.parquet")
    shutil.copy(sealed.path, folder / "week.json")
    check, statements = re.findall(r"```sql\n(.*?)```", DOC.read_text(encoding="utf-8"), re.S)
    with duckdb.connect() as connection:
        head = sealed.head
        found = (head.certified_by, head.certified_at.isoformat(), head.version, True)
        assert connection.execute(check).fetchall() == [found]
        digest = connection.execute("SELECT sha256(content) FROM read_blob('week.json')").fetchone()
        assert digest == (sealed.digest,)
        return connection.execute(statements).fetchall()


def ours(made: Week) -> list[tuple[Cell, ...]]:
    return [
        (
            day.record.pupil.pupil,
            day.record.pupil.grade,
            day.record.day,
            *(
                day.record.minutes[kind].value
                for kind in (Minutes.LIVE, Minutes.INDEPENDENT, Minutes.IN_PERSON)
            ),
            len(day.record.total.unknown),
            day.record.took.value,
            day.record.done.value or 0,
            day.record.missing.value or 0,
        )
        for pupil in engagement(made, book())
        for day in pupil.days
    ]


def test_the_documented_statements_give_our_record_cell_by_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed = sealed_weeks(tmp_path / "seals")[1][3]
    monkeypatch.chdir(tmp_path)
    found = by_hand(sealed, tmp_path)
    assert found == ours(read_week(sealed))
    assert len(found) == 20
    assert found[0][3:5] == (180, 70)


def test_duckdbs_own_command_line_says_what_the_page_says_it_does(tmp_path: Path) -> None:
    """The page promises the command line, which is another program than the library."""
    sealed = sealed_weeks(tmp_path / "seals")[1][3]
    shutil.copy(sealed.parquet, tmp_path / "week.parquet")
    shutil.copy(sealed.path, tmp_path / "week.json")
    check, statements = re.findall(r"```sql\n(.*?)```", DOC.read_text(encoding="utf-8"), re.S)

    def asked(text: str) -> list[list[str]]:
        words = [str(Path(sys.executable).with_name("duckdb")), "-csv", "-noheader"]
        done = subprocess.run(words, input=text, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, "")
        return list(csv.reader(done.stdout.splitlines()))

    assert asked(check) == [["tess", sealed.head.certified_at.isoformat(), "2", "true"]]
    assert asked("SELECT sha256(content) FROM read_blob('week.json');") == [[sealed.digest]]
    shown = [["" if cell is None else str(cell) for cell in row] for row in ours(read_week(sealed))]
    assert [["" if cell == "NULL" else cell for cell in row] for row in asked(statements)] == shown


@pytest.mark.parametrize("seed", [None, 1, 2, 3])
def test_the_printed_form_has_the_figures_that_the_statements_give(
    seed: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if seed is None:
        sealed = sealed_weeks(tmp_path / "seals")[1][3]
    else:
        seals = Seals(tmp_path / "seals", "maple-union")
        sealed = seals.seal(certify(made_up(seed), book(), by="tess", at=FRIDAY_EVENING))
    monkeypatch.chdir(tmp_path)
    by_pupil: dict[Cell, list[tuple[Cell, ...]]] = {}
    for row in by_hand(sealed, tmp_path):
        by_pupil.setdefault(row[0], []).append(row)
    form = sheet(sealed, book(), names={})
    assert form is not None
    *of_pupils, kinds = form.grid  # The last line says which kinds of instruction each day had.
    assert len(of_pupils) == len(by_pupil)
    assert kinds[0] not in by_pupil
    for name, *cells, total in of_pupils:
        rows = by_pupil[name]
        for cell, row in zip(cells, rows, strict=True):
            printed = cell.splitlines()[0].replace("+", "").split(" / ")
            assert [None if one == "–" else int(one) for one in printed] == list(row[3:6])
            assert ("+" in cell.splitlines()[0]) <= (row[6] != 0)
            marks = {"took_part": "part", "unverified": "unknown"}
            assert cell.splitlines()[1] == WORDS["en"][marks.get(str(row[7]), str(row[7]))]
        known = [minutes for row in rows for minutes in row[3:6] if isinstance(minutes, int)]
        assert total.rstrip("+") == (str(sum(known)) if known else "–")
        assert total.endswith("+") == (bool(known) and any(row[6] for row in rows))


def made_up(seed: int) -> Week:
    """A week of whatever can be entered, corrected and withdrawn, without contradictions.

    Every other one keeps who was enrolled on its days, each pupil on most of them.
    """
    chance = np.random.default_rng(seed)
    kinds, found = list(EntryKind), list[Entry]()
    for place in range(150):
        kind = kinds[int(chance.integers(len(kinds)))]
        first = int(chance.integers(480, 700)) if chance.random() < 0.7 else None
        last = first + int(chance.integers(90)) if first is not None and chance.random() < 0.8 else None
        minutes = int(chance.integers(120)) if first is None and chance.random() < 0.6 else None
        code = sorted(CODES[kind])[int(chance.integers(len(CODES[kind])))]
        new = entry(f"e{place:03}", kind, PUPILS[int(chance.integers(4))].pupil, int(chance.integers(5)),
                    first=first, last=last, minutes=minutes, code=code)  # fmt: skip
        free = [one for one in standing(found) if one.pupil == new.pupil]
        if free and chance.random() < 0.3:
            new = replace(new, corrects=free[0].id, code="withdrawn" if chance.random() < 0.3 else code)
        found.append(replace(new, at=new.at + timedelta(seconds=place)))
        if any(contradictions(week(entries=tuple(found)))):
            found.pop()
    kept = frozenset(one for one in sorted(everybody()) if chance.random() < 0.7)
    return week(entries=tuple(found), enrolled=kept if seed % 2 else None)


@pytest.mark.parametrize("seed", range(8))
def test_python_the_statements_and_the_packs_agree_on_whatever_is_entered(
    seed: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seals, made = Seals(tmp_path / "seals", "maple-union"), made_up(seed)
    sealed = seals.seal(certify(made, book(), by="tess", at=FRIDAY_EVENING))
    monkeypatch.chdir(tmp_path)
    assert by_hand(sealed, tmp_path) == ours(made)
    build_packs(seals, tmp_path / "days")
    packed = duckdb.sql(
        "SELECT p.id, d.day, a.id, d.kind, d.minutes, d.origin FROM 'days/2020-*.parquet' d "
        "JOIN 'days/pupils.parquet' p ON p.number = d.pupil "
        "JOIN 'days/activities.parquet' a ON a.number = d.activity "
        "WHERE d.origin <> 'plan' AND minutes IS NOT NULL AND participated = 1"
    ).fetchall()
    wanted = [
        (r.pupil, r.day, r.activity, r.kind.value, r.minutes, r.origin) for r in rows(standing(made.entries))
    ]
    assert sorted(packed) == sorted(wanted)
    assert {row[1] for row in packed} <= set(DAYS)
