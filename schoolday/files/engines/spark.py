"""Spark over a state's packs: the same texts, where a state already has one (``schoolday[spark]``)."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from itertools import chain, islice
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from schoolday.files.engines.duck import Duck
from schoolday.ground.errors import SchooldayError
from schoolday.measures.portable import PACK_COLUMNS, Cells

_TYPES = {"INTEGER": "INT", "TEXT": "STRING", "DATE": "DATE"}
SMALL = 10_000
"""Rows up to which a table is handed to Spark as values, and sent whole to each of its workers."""
_SETTINGS = {
    "spark.ui.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.sql.shuffle.partitions": "16",
    # By the size of their files; zstd makes columns of numbers a tenth as long as they are in memory.
    "spark.sql.autoBroadcastJoinThreshold": "64m",
    "spark.sql.sources.fileCompressionFactor": "10",
    "spark.sql.session.timeZone": "UTC",
    "spark.driver.host": "127.0.0.1",
    "spark.log.level": "ERROR",
}


class Spark:
    """A Spark session, with the rows of some packs as the view ``pack_rows``.

    Parameters
    ----------
    packs
        Parquet files, or folders of them.
    master
        Where it runs; two cores of this machine if left out.
    session
        A session that the caller has, instead of a new one.
    memory
        How much the Java process may take for its heap.
    work
        A folder that all of Spark's machines see, for tables of many rows; on this machine alone one is
        made where it is left out, and goes when the engine is closed.
    """

    def __init__(
        self,
        packs: Sequence[Path | str] = (),
        *,
        master: str = "local[2]",
        session: Any = None,  # noqa: ANN401
        memory: str = "4g",
        work: Path | None = None,
    ) -> None:
        self._own = session is None
        self.session = _start(master, memory) if session is None else session
        local = str(self.session.sparkContext.master).startswith("local")
        self._made = Path(mkdtemp(prefix="schoolday-spark-")) if work is None and local else None
        self._work, self._files = work or self._made, 0
        if packs:
            frame = self.session.read.parquet(*map(str, packs))
            frame.createOrReplaceTempView("pack_rows")

    def look_together(self, parts: Sequence[tuple[int, Sequence[Path]]]) -> None:
        """Take the packs of several districts as the rows, each with what its pupils' numbers begin at."""
        others = [name for name in PACK_COLUMNS if name != "pupil"]
        frames = [
            self.session.read.parquet(*map(str, packs)).selectExpr(f"pupil + {first} AS pupil", *others)
            for first, packs in parts
        ]
        together = frames[0]
        for frame in frames[1:]:
            together = together.unionByName(frame)
        together.createOrReplaceTempView("pack_rows")

    def put(self, name: str, columns: Mapping[str, str], rows: Iterable[Cells]) -> None:
        """Make a view of values: a small one is sent to every worker, a larger one is read from a file."""
        left = iter(rows)
        some = [tuple(row) for row in islice(left, SMALL + 1)]
        if len(some) > SMALL and self._work is not None:
            frame = self.session.read.parquet(str(self._written(name, columns, chain(some, left))))
        else:
            schema = ", ".join(f"{column} {_TYPES[kind]}" for column, kind in columns.items())
            frame = self.session.createDataFrame([*some, *map(tuple, left)], schema)
            frame = frame.hint("broadcast") if len(some) <= SMALL else frame
        frame.createOrReplaceTempView(name)

    def _written(self, name: str, columns: Mapping[str, str], rows: Iterable[Cells]) -> Path:
        """Write a table as a file; Python's values are slow to hand over by any other way."""
        assert self._work is not None
        self._files += 1
        file, duck = self._work / f"{name}-{os.getpid()}-{self._files}.parquet", Duck()
        duck.put(name, columns, rows)
        duck.export(f"SELECT * FROM {name}", file)
        duck.close()
        return file

    def keep(self, name: str, select: str) -> None:
        """Keep a query's answer in Spark's cache, as a view; it is worked out when it is first asked for."""
        self.session.sql(select).cache().createOrReplaceTempView(name)

    def ask(self, select: str) -> list[Cells]:
        """Return the rows of a query."""
        return [tuple(row) for row in self.session.sql(select).collect()]

    def export(self, select: str, folder: Path) -> None:
        """Write a query's answer as a folder of Parquet files."""
        self.session.sql(select).write.option("compression", "zstd").parquet(str(folder))

    @property
    def version(self) -> str:
        """What works it out, by name and number."""
        return f"Spark {self.session.version}"

    def close(self) -> None:
        """Stop the session, if it is its own, and remove the files of its tables."""
        if self._own:
            self.session.stop()
        if self._made is not None:
            shutil.rmtree(self._made, ignore_errors=True)


def _start(master: str, memory: str) -> Any:  # noqa: ANN401 - pyspark is an extra
    try:
        spark = import_module("pyspark.sql").SparkSession
    except ImportError:
        raise SchooldayError("Spark is not installed: pip install 'schoolday[spark]' (and Java 17)") from None
    _find_java()
    builder = spark.builder.master(master).appName("schoolday measures").config("spark.driver.memory", memory)
    for key, value in _SETTINGS.items():
        builder = builder.config(key, value)
    try:
        return builder.getOrCreate()
    except Exception as error:
        first = str(error).strip().splitlines()[:1]
        raise SchooldayError(
            f"Spark did not start ({' '.join(first)}); it wants Java 17 or newer (see java -version), "
            f"{memory} of memory and a master that answers: {master}"
        ) from None


def _find_java() -> None:
    """Say in words that there is no Java; pyspark would say it in a trace of its own."""
    home = os.environ.get("JAVA_HOME", "")
    if home and not Path(home, "bin", "java").exists():
        raise SchooldayError(
            f"JAVA_HOME is {home}, and there is no bin/java in it; unset it, or name Java 17"
        )
    if not home and not shutil.which("java"):
        raise SchooldayError(
            "Spark wants Java 17 or newer, and there is no java here; on Debian: apt-get install "
            "openjdk-17-jre-headless"
        )
