"""Spark over a state's packs: the same texts, where a state already has one (``schoolday[spark]``)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from schoolday.ground.errors import SchooldayError
from schoolday.measures.portable import Cells

_TYPES = {"INTEGER": "INT", "TEXT": "STRING", "DATE": "DATE"}


class Spark:
    """A Spark session, with the rows of some packs as the view ``pack_rows``.

    Parameters
    ----------
    packs
        Parquet files, or folders of them.
    master
        Where it runs; the machine's own two cores if left out.
    session
        A session that the caller has, instead of a new one.
    """

    def __init__(
        self,
        packs: Sequence[Path | str] = (),
        *,
        master: str = "local[2]",
        session: Any = None,  # noqa: ANN401
    ) -> None:
        self._own = session is None
        self.session = _start(master) if session is None else session
        if packs:
            frame = self.session.read.parquet(*map(str, packs))
            frame.createOrReplaceTempView("pack_rows")

    def put(self, name: str, columns: Mapping[str, str], rows: Iterable[Cells]) -> None:
        """Make a view of values."""
        schema = ", ".join(f"{column} {_TYPES[kind]}" for column, kind in columns.items())
        frame = self.session.createDataFrame([tuple(row) for row in rows], schema)
        frame.createOrReplaceTempView(name)

    def keep(self, name: str, select: str) -> None:
        """Keep a query's answer in Spark's cache, as a view; it is worked out when it is first asked for."""
        self.session.sql(select).cache().createOrReplaceTempView(name)

    def ask(self, select: str) -> list[Cells]:
        """Return the rows of a query."""
        return [tuple(row) for row in self.session.sql(select).collect()]

    def close(self) -> None:
        """Stop the session, if it is its own."""
        if self._own:
            self.session.stop()


def _start(master: str) -> Any:  # noqa: ANN401 - pyspark is an extra
    try:
        spark = import_module("pyspark.sql").SparkSession
    except ImportError:
        raise SchooldayError("Spark is not installed: pip install 'schoolday[spark]' (and Java 17)") from None
    quiet = {
        "spark.ui.enabled": "false",
        "spark.sql.shuffle.partitions": "8",
        "spark.driver.memory": "4g",
        "spark.sql.autoBroadcastJoinThreshold": "-1",  # views of values have no size that Spark could go by
        "spark.sql.session.timeZone": "UTC",
        "spark.driver.host": "127.0.0.1",
        "spark.log.level": "ERROR",
    }
    builder = spark.builder.master(master).appName("schoolday measures")
    for key, value in quiet.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()
