"""A year with the hard cases has one set of rows on every engine (Spark's are asked in test_spark.py)."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import pytest

from schoolday.calendar.days import Calendar
from schoolday.files.engines.duck import Duck
from schoolday.measures.portable import OverDbApi
from schoolday.measures.reference import reference
from tests.core.measures.alike import due, said
from tests.core.measures.hard_year import CHANGE_2021, CHANGE_2022, hard_year
from tests.core.measures.measured_years import limits_of

ENGINES: dict[str, Callable[[], Any]] = {
    "sqlite": lambda: OverDbApi(sqlite3.connect(":memory:")),
    "duckdb": Duck,
}


@pytest.mark.parametrize("calendar", [CHANGE_2021, CHANGE_2022], ids=["2021", "2022"])
@pytest.mark.parametrize("engine", ENGINES)
def test_an_engine_says_of_the_hard_year_what_the_reference_says(engine: str, calendar: Calendar) -> None:
    made = hard_year(calendar)
    assert said(ENGINES[engine](), *made) == due(*made)


@pytest.mark.postgres
@pytest.mark.parametrize("calendar", [CHANGE_2021, CHANGE_2022], ids=["2021", "2022"])
def test_postgresql_says_of_the_hard_year_what_the_reference_says(postgres: str, calendar: Calendar) -> None:
    psycopg = pytest.importorskip("psycopg")
    made = hard_year(calendar)
    with psycopg.connect(postgres.replace("postgres://", "postgresql://")) as link:
        assert said(OverDbApi(link, "%s"), *made) == due(*made)


def test_the_hard_year_holds_every_state_there_is() -> None:
    """Otherwise the equalities above would say less than they seem to."""
    found = [
        reference(year, limits_of(year), rows) for year, rows in map(hard_year, (CHANGE_2021, CHANGE_2022))
    ]

    def states(name: str, place: int = -1) -> set[int]:
        return {row[place] for one in found for row in one[name]}

    assert states("minutes_by_day", 9) == {0, 1, 2, 3, 4}
    assert states("minutes_by_day") == {0, 1, 2, 3}
    assert states("participation", 2) == {0, 1, 2}
    assert states("participation") == {0, 1}
    assert states("engagement_weeks") == {0, 1, 2, 3}
    assert states("study_windows") >= {1, 2}
    assert states("study_months") >= {0, 1, 2}
    assert states("chronic_absence") >= {0, 1, 2}
    assert states("service_minutes") >= {1, 2}
    assert all(one["strays"] for one in found)
    minima = {row[8] for row in found[0]["minutes_by_day"]}
    assert None in minima
    assert len(minima) > 2
