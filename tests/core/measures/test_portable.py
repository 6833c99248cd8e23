"""One SQL text on every engine says what slow plain Python says, to the row (Spark: test_spark.py)."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from schoolday.files.engines.duck import Duck
from schoolday.measures.given import MeasuredYear
from schoolday.measures.portable import PACK_COLUMNS, PORTABLE, STEPS, OverDbApi, prepare, run, sql
from tests.core.measures.alike import Rows, due, said
from tests.core.measures.measured_years import limits_of, years

_SHARED = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@_SHARED
@given(years())
def test_sqlite_says_what_the_reference_says(made: tuple[MeasuredYear, Rows]) -> None:
    assert said(OverDbApi(sqlite3.connect(":memory:")), *made) == due(*made)


@_SHARED
@given(years())
def test_duckdb_says_what_the_reference_says(made: tuple[MeasuredYear, Rows]) -> None:
    duck = Duck()
    assert said(duck, *made) == due(*made)
    duck.close()


@pytest.fixture
def postgres_link(postgres: str) -> Iterator[Any]:
    psycopg = pytest.importorskip("psycopg")
    with psycopg.connect(postgres.replace("postgres://", "postgresql://")) as link:
        yield link


@pytest.mark.postgres
def test_postgresql_says_what_the_reference_says(postgres_link: Any) -> None:
    @_SHARED
    @given(years())
    def holds(made: tuple[MeasuredYear, Rows]) -> None:
        assert said(OverDbApi(postgres_link, "%s"), *made) == due(*made)

    holds()


@pytest.mark.parametrize("name", [*STEPS, *PORTABLE])
def test_a_text_keeps_to_what_all_engines_say_alike(name: str) -> None:
    text = sql(name).lower()
    for word in ("filter", "group by all", "bool_or", "date_trunc", " / ", "any_value", "qualify", "::"):
        assert word not in text


def test_columns_are_named_as_the_texts_name_them() -> None:
    year = MeasuredYear(limits_year().calendar, limits_year().pupils)
    link = sqlite3.connect(":memory:")
    engine = OverDbApi(link)
    engine.put("pack_rows", PACK_COLUMNS, [])
    prepare(engine, year, limits_of(year))
    run(engine)
    for name, one in PORTABLE.items():
        cursor = link.execute(f"SELECT * FROM {name}" if one.kept else one.text)
        assert tuple(column[0].replace("iso", "day") for column in cursor.description) == one.columns


def limits_year() -> MeasuredYear:
    from datetime import date  # noqa: PLC0415

    from schoolday.measures.given import MeasuredPupil  # noqa: PLC0415
    from tests.core.measures.measured_years import FALL_2020  # noqa: PLC0415

    return MeasuredYear(
        FALL_2020,
        (MeasuredPupil("p", "2", "maple", "distance", enrolled=((date(2020, 9, 3), date(2020, 10, 9)),)),),
    )
