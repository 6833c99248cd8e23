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
from schoolday.files.engines.packs import PackReader, pack_files, read_dense
from schoolday.ground.errors import SchooldayError
from schoolday.measures.dense import DENSE, FIELDS
from schoolday.measures.dense.facts import kind_codes, origin_codes
from schoolday.measures.dense.groups import by_groups, by_pupil
from schoolday.measures.dense.tally import Day, Rows, StrangeRow, Tally, TooMuch
from schoolday.measures.given import MeasuredPupil, MeasuredYear, PackRow, Promise
from schoolday.measures.portable import PACK_COLUMNS
from schoolday.measures.reference import reference
from tests.core.measures.measured_years import FALL_2020, limits_of, years


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


def rows_of(pupil: list[int], minutes: list[int], part: list[int], origin: str = "work") -> Rows:
    """Rows of independent minutes as they come from a pack; minutes below 0 are unknown."""
    given, took, none = np.array(minutes, np.int32), np.array(part, np.int32), np.zeros(len(pupil), np.int32)
    known = (given >= 0).astype(np.uint8)
    return Rows(
        np.array(pupil, np.int32), none + 1, given, known, took, (took < 2).astype(np.uint8), none, none,
        origin_codes([origin, None]), kind_codes(["independent", None]),
    )  # fmt: skip


def year_of(pupils: int) -> MeasuredYear:
    some = [MeasuredPupil(f"p{one}", "5", "maple", "distance") for one in range(pupils)]
    return MeasuredYear(FALL_2020, some, [Promise("s0", 0, 1)])


def fields(day: Day, pupil: int) -> dict[str, int]:
    return dict(zip(FIELDS, day.done().facts[:, pupil].tolist(), strict=True))


def test_a_day_too_full_for_one_number_is_summed_in_several() -> None:
    many, minutes = 3000, 10
    day = Day(Tally(year_of(1)))
    day.add(rows_of([0] * many, [minutes] * many, [1] * many))
    found = fields(day, 0)
    assert (found["independent"], found["evidence"], found["live"]) == (many * minutes, many, 0)
    assert found["rows"] == found["recorded"] == many


def test_rows_in_any_order_and_any_pieces_add_up_to_the_same() -> None:
    chance = np.random.default_rng(1)
    pupil, minutes = chance.integers(0, 9, 500).tolist(), chance.integers(-1, 60, 500).tolist()
    part = chance.integers(0, 3, 500).tolist()
    order = np.argsort(pupil, kind="stable").tolist()
    found = []
    for places in (list(range(500)), order):
        day = Day(Tally(year_of(9)))
        for some in (places[:70], places[70:71], [], places[71:]):
            day.add(rows_of(*([column[one] for one in some] for column in (pupil, minutes, part))))
        found.append(day.done())
    assert (found[0].facts == found[1].facts).all()
    assert (found[0].services == found[1].services).all()


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (([3], [5], [1]), "row 1, column pupil: the row is of pupil 3, and there are 2"),
        (([-1], [5], [1]), "column pupil: the row is of pupil -1"),
        (([0], [40_000], [1]), "column minutes: 40000 are no minutes of a day"),
        (([0, 1], [5, 5], [1, -7]), "row 2, column participated: -7 is neither 0 nor 1 nor empty"),
    ],
)
def test_a_row_that_no_day_can_hold_is_refused(
    row: tuple[list[int], list[int], list[int]], said: str
) -> None:
    with pytest.raises(StrangeRow, match=said):
        Day(Tally(year_of(2))).add(rows_of(*row))


@pytest.mark.parametrize("origin", ["work", "plan"])
def test_more_than_a_day_can_hold_is_refused(origin: str) -> None:
    day = Day(Tally(year_of(1)))
    day.add(rows_of([0] * 50, [1000] * 50, [1] * 50, origin))
    with pytest.raises(TooMuch, match="pupil 0 add up to more than"):
        day.done()


PACK = (
    "SELECT 0 AS pupil, 1 AS activity, 'live' AS kind, 30 AS minutes, 1 AS participated, 'joined' AS origin"
)


@pytest.mark.parametrize(
    ("select", "said"),
    [
        ("SELECT * EXCLUDE kind FROM ({})", "2020-09-08.parquet: column kind is missing"),
        ("SELECT * REPLACE ('many' AS minutes) FROM ({})", "column minutes holds .*string"),
        ("SELECT * REPLACE (NULL::INTEGER AS pupil) FROM ({})", "row 1, column pupil: nothing is there"),
        (
            "SELECT * REPLACE (2 AS pupil) FROM ({})",
            "row 1, column pupil: the row is of pupil 2, and there are 2",
        ),
        ("SELECT * REPLACE (99999999999 AS minutes) FROM ({})", "column minutes holds .*int64"),
        ("SELECT * REPLACE (-5 AS minutes) FROM ({})", "row 1, column minutes: -5 are no minutes"),
        ("SELECT * REPLACE (3 AS participated) FROM ({})", "row 1, column participated: 3 is neither"),
    ],
)
def test_a_strange_pack_is_refused_by_file_row_and_column(tmp_path: Path, select: str, said: str) -> None:
    pack = tmp_path / "2020-09-08.parquet"
    duck = Duck()
    duck.export(select.format(PACK), pack)
    duck.close()
    with pytest.raises(SchooldayError, match=said):
        PackReader(year_of(2)).day(pack)


def test_a_damaged_pack_is_refused_by_its_name(tmp_path: Path) -> None:
    write_packs(tmp_path, [PackRow(0, date(2020, 9, 8), 1, "live", 30, 1, "joined")])
    pack = tmp_path / "2020-09-08.parquet"
    whole = pack.read_bytes()
    for part in (b"", whole[:-20], whole[:4] + bytes(80) + whole[84:]):
        pack.write_bytes(part)
        with pytest.raises(SchooldayError, match=r"2020-09-08.parquet is no day pack .*; make the pack anew"):
            PackReader(year_of(2)).day(pack)


def test_numbers_of_other_widths_and_plain_words_are_read_as_well(tmp_path: Path) -> None:
    pack = tmp_path / "2020-09-08.parquet"
    duck = Duck()
    duck.export(
        f"SELECT * REPLACE (pupil::BIGINT AS pupil, minutes::SMALLINT AS minutes) FROM ({PACK})", pack
    )
    duck.close()
    found = dict(zip(FIELDS, PackReader(year_of(2)).day(pack).facts[:, 0].tolist(), strict=True))
    assert (found["live"], found["live_met"], found["rows"]) == (30, 1, 1)


def test_a_pack_whose_last_rows_keep_their_words_otherwise_is_read_whole(tmp_path: Path) -> None:
    # DuckDB parts a pack after 122,880 rows; the three that are left are too few for a list of words.
    pack = tmp_path / "2020-09-08.parquet"
    duck = Duck()
    many = "SELECT (range % 9)::INTEGER AS pupil, * EXCLUDE pupil FROM range(122883), ({})"
    duck.export(many.format(PACK.replace("30 AS", "(SELECT 0) AS")), pack)
    duck.close()
    found = PackReader(year_of(9)).day(pack).facts[FIELDS.index("live_met")]
    assert found.sum() == 122_883


def test_a_year_of_nobody_has_no_groups() -> None:
    year = year_of(0)
    dense = read_dense({}, MeasuredYear(FALL_2020, [], []), limits_of(year))
    assert list(by_groups(dense.year, by_pupil(dense.answers(DENSE)))) == []


def test_days_of_packs_are_named_by_their_files(tmp_path: Path) -> None:
    write_packs(tmp_path, [PackRow(0, date(2020, 9, 8), 1, "live", 30, 1, "joined")])
    assert list(pack_files(tmp_path)) == [date(2020, 9, 8)]
