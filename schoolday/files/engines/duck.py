"""DuckDB over the day packs: the engine of one district on one machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np

from schoolday.measures.portable import PACK_COLUMNS, PACK_FORM, Cells

_TYPES = {"INTEGER": "i4", "TEXT": "O", "DATE": "M8[us]"}


class Duck:
    """DuckDB, with the rows of some packs as the table ``pack_rows``.

    Parameters
    ----------
    packs
        Parquet files, one for each school day; none if the rows are put.
    memory, spill
        How much memory it may take, and the folder that it goes on in beyond it.
    """

    def __init__(
        self, packs: Sequence[Path] = (), *, memory: str = "", spill: Path | None = None, threads: int = 0
    ) -> None:
        settings: dict[str, Any] = {"autoinstall_known_extensions": "false"}
        settings |= {"memory_limit": memory} if memory else {}
        settings |= {"temp_directory": str(spill)} if spill else {}
        settings |= {"threads": threads} if threads else {}
        self._link = duckdb.connect(config=settings)
        self._link.execute("SET preserve_insertion_order = false")
        if packs:
            self.look(packs)

    def look(self, packs: Sequence[Path]) -> None:
        """Take other packs as the rows."""
        named = ", ".join("'" + str(pack).replace("'", "''") + "'" for pack in packs)
        self._link.execute(f"CREATE OR REPLACE VIEW pack_rows AS SELECT * FROM read_parquet([{named}])")

    def look_together(self, parts: Sequence[tuple[int, Sequence[Path]]]) -> None:
        """Take the packs of several districts as the rows, each with what its pupils' numbers begin at."""
        others = ", ".join(name for name in PACK_COLUMNS if name != "pupil")
        selects = []
        for first, packs in parts:
            named = ", ".join("'" + str(pack).replace("'", "''") + "'" for pack in packs)
            selects.append(f"SELECT pupil + {first} AS pupil, {others} FROM read_parquet([{named}])")
        self._link.execute(f"CREATE OR REPLACE VIEW pack_rows AS {' UNION ALL '.join(selects)}")

    def put(self, name: str, columns: Mapping[str, str], rows: Iterable[Cells]) -> None:
        """Make a table, by columns: DuckDB is slow at rows."""
        self._link.execute(f"CREATE OR REPLACE TABLE {name} ({', '.join(map(' '.join, columns.items()))})")
        cells = list(rows)
        if not cells:
            return
        given = {
            column: _column(values, kind)
            for (column, kind), values in zip(columns.items(), zip(*cells, strict=True), strict=True)
        }
        self._link.register("given_columns", given)
        self._link.execute(f"INSERT INTO {name} SELECT {', '.join(columns)} FROM given_columns")
        self._link.unregister("given_columns")

    def keep(self, name: str, select: str) -> None:
        """Make a table of a query's answer."""
        self._link.execute(f"CREATE OR REPLACE TABLE {name} AS {select}")

    def ask(self, select: str) -> list[Cells]:
        """Return the rows of a query."""
        return self._link.execute(select).fetchall()

    def export(self, select: str, file: Path, form: str = "PARQUET") -> None:
        """Write a query's answer as a file: PARQUET, CSV or JSON."""
        options = {"PARQUET": PACK_FORM, "CSV": "FORMAT csv, HEADER"}
        where = str(file).replace("'", "''")
        self._link.execute(f"COPY ({select}) TO '{where}' ({options.get(form, 'FORMAT json')})")

    @property
    def version(self) -> str:
        """What works it out, by name and number."""
        return f"DuckDB {duckdb.__version__}"

    def close(self) -> None:
        """Let go of the memory."""
        self._link.close()


def _column(values: Sequence[Any], kind: str) -> Any:  # noqa: ANN401 - numpy's arrays, masked or not
    if kind == "TEXT":
        return np.array(values, object)
    empty = [value is None for value in values]
    fill = np.datetime64(0, "us") if kind == "DATE" else 0
    filled = np.array([fill if value is None else value for value in values], _TYPES[kind])
    return np.ma.masked_array(filled, empty) if any(empty) else filled
