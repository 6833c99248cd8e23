"""A week recomputed from its sealed file with nothing but DuckDB, by the words of docs/ledger.md."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb
import pytest

from schoolday.calendar.row import Minutes
from schoolday.files.ledger.read import read_week
from schoolday.ledger.engagement import engagement
from tests.core.ledger.ledger_cases import book, sealed_weeks

DOC = Path(__file__).parents[3] / "docs" / "ledger.md"


def test_the_documented_statements_give_our_record_cell_by_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, made = sealed_weeks(tmp_path / "seals")
    sealed = made[3]
    shutil.copy(sealed.parquet, tmp_path / "week.parquet")
    shutil.copy(sealed.path, tmp_path / "week.json")
    monkeypatch.chdir(tmp_path)
    check, statements = re.findall(r"```sql\n(.*?)```", DOC.read_text(encoding="utf-8"), re.S)
    with duckdb.connect() as connection:
        assert connection.execute(check).fetchall()[0][2:] == (2, True)
        assert connection.execute("SELECT sha256(content) FROM read_blob('week.json')").fetchone() == (
            sealed.digest,
        )
        connection.execute(statements)
        theirs = connection.fetchall()
    ours = [
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
        for pupil in engagement(read_week(sealed), book())
        for day in pupil.days
    ]
    assert theirs == ours
    assert len(ours) == 20
    assert ours[0][3:5] == (180, 70)
