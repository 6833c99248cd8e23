"""Spark says the same from the same text: `make spark` runs these, and fails where Java or pyspark lack."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, given, settings

from schoolday.calendar.days import Calendar
from schoolday.files.engines import spark as engines
from schoolday.files.engines.spark import Spark
from schoolday.ground.errors import SchooldayError
from schoolday.measures.given import MeasuredYear
from tests.core.measures.alike import Rows, due, said
from tests.core.measures.hard_year import CHANGE_2021, CHANGE_2022, hard_year
from tests.core.measures.measured_years import years


@pytest.fixture(scope="module")
def spark() -> Iterator[Spark]:
    engine = Spark()
    # A few rows in many parts are nothing but overhead.
    engine.session.conf.set("spark.sql.shuffle.partitions", "2")
    yield engine
    engine.close()


@pytest.mark.spark
@pytest.mark.parametrize("calendar", [CHANGE_2021, CHANGE_2022], ids=["2021", "2022"])
def test_spark_says_of_the_hard_year_what_the_reference_says(spark: Spark, calendar: Calendar) -> None:
    made = hard_year(calendar)
    assert said(spark, *made) == due(*made)


@pytest.mark.spark
def test_spark_says_what_the_reference_says(spark: Spark) -> None:
    @settings(max_examples=2, deadline=None, suppress_health_check=list(HealthCheck))
    @given(years())
    def holds(made: tuple[MeasuredYear, Rows]) -> None:
        assert said(spark, *made) == due(*made)

    holds()


@pytest.mark.spark
def test_tables_read_from_files_say_what_tables_of_values_say(
    spark: Spark, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "SMALL", 5)
    made = hard_year(CHANGE_2022)
    assert said(spark, *made) == due(*made)


def test_without_java_spark_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pyspark", reason="pyspark is not installed; `make spark` installs it")
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(SchooldayError, match="Spark wants Java 17 or newer, and there is no java here"):
        Spark()
    monkeypatch.setenv("JAVA_HOME", "/nowhere")
    with pytest.raises(SchooldayError, match="JAVA_HOME is /nowhere, and there is no bin/java in it"):
        Spark()


def test_without_pyspark_spark_is_refused_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacks(_name: str) -> None:
        raise ImportError

    monkeypatch.setattr(engines, "import_module", lacks)
    with pytest.raises(SchooldayError, match=r"pip install 'schoolday\[spark\]'"):
        Spark()
