"""The dense pass over packs, written apart from the SQL, says what the reference says, to the row."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings

from schoolday.files.engines.duck import Duck
from schoolday.files.engines.packs import pack_files, read_dense
from schoolday.measures.dense import CODES, DENSE, FIELDS, tally
from schoolday.measures.dense import facts as dense_facts
from schoolday.measures.dense.groups import by_groups, by_pupil
from schoolday.measures.given import MeasuredYear, PackRow
from schoolday.measures.portable import PACK_COLUMNS
from schoolday.measures.reference import reference
from tests.core.measures.measured_years import limits_of, years


def write_packs(folder: Path, rows: list[PackRow]) -> None:
    duck = Duck()
    for day in {row.day for row in rows}:
        duck.put("rows_of_day", PACK_COLUMNS, [row for row in rows if row.day == day])
        duck.export("SELECT * FROM rows_of_day ORDER BY pupil", folder / f"{day}.parquet")
    duck.close()


@settings(max_examples=40, deadline=None)
@given(years())
def test_dense_arrays_say_what_the_reference_says(made: tuple[MeasuredYear, list[PackRow]]) -> None:
    year, rows = made
    with TemporaryDirectory() as folder:
        write_packs(Path(folder), rows)
        dense = read_dense(pack_files(Path(folder)), year, limits_of(year))
    due = reference(year, limits_of(year), rows)
    for name in DENSE:
        assert Counter(dense.cells(name)) == Counter(due[name]), name
    rates = by_pupil({name: dense.answer(name) for name in DENSE})
    lines = [(line[0], rate, *line[1:]) for rate, some in rates.items() for line in some.tolist()]
    assert Counter(lines) == Counter(due["by_pupil"])
    assert Counter(by_groups(year, rates)) == Counter(due["by_groups"])


def test_a_day_too_full_to_pack_is_summed_field_by_field() -> None:
    code = CODES["work", "independent", 1, True]
    many, minutes = 200, 100
    rows = np.zeros(many, np.int32), np.full(many, code), np.full(many, minutes)
    found = dict(zip(FIELDS, tally(*rows, 1)[:, 0].tolist(), strict=True))
    assert (found["independent"], found["evidence"], found["live"]) == (many * minutes, many, 0)


def test_packed_and_single_sums_are_the_same() -> None:
    chance = np.random.default_rng(1)
    code = chance.choice(list(CODES.values()), 500)
    key = dense_facts._HALF[code] * 9 + chance.integers(0, 9, 500)
    minutes = chance.integers(0, 60, 500)
    found = [np.zeros((len(FIELDS), 9), np.int64) for _ in range(2)]
    dense_facts._packed(found[0], key, code, minutes, 9)
    dense_facts._one_by_one(found[1], key, code, minutes, 9)
    assert (found[0] == found[1]).all()


def test_a_row_of_a_pupil_who_is_none_is_refused() -> None:
    with pytest.raises(ValueError, match="pupil 3, and there are 2"):
        tally(np.array([3]), np.array([0]), np.array([5]), 2)


def test_more_than_a_day_can_hold_is_refused() -> None:
    code = CODES["work", "independent", 1, True]
    with pytest.raises(ValueError, match="more than a day can hold"):
        tally(np.zeros(50, int), np.full(50, code), np.full(50, 1000), 1)


def test_days_of_packs_are_named_by_their_files(tmp_path: Path) -> None:
    write_packs(tmp_path, [PackRow(0, date(2020, 9, 8), 1, "live", 30, 1, "joined")])
    assert list(pack_files(tmp_path)) == [date(2020, 9, 8)]
