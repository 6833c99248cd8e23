"""The door to DuckDB for the ledger: a connection that fetches nothing, and Parquet written the same way."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import duckdb

Connection = duckdb.DuckDBPyConnection


def connected() -> Connection:
    """Return a connection in memory that loads nothing from anywhere, and writes the same bytes each time."""
    quiet: dict[str, str | bool | int | float | list[str]] = {
        "autoinstall_known_extensions": False,
        "autoload_known_extensions": False,
        "threads": 1,
    }
    return duckdb.connect(config=quiet)


def table(
    connection: Connection, name: str, types: Mapping[str, str], columns: Mapping[str, Sequence[Any]]
) -> None:
    """Make a table of a connection from columns of values."""
    chosen = ", ".join(f'unnest(?::{kind}[]) AS "{column}"' for column, kind in types.items())
    connection.execute(f"CREATE OR REPLACE TABLE {name} AS SELECT {chosen}", [columns[one] for one in types])


def copy(
    connection: Connection, query: str, file: Path, form: str = "FORMAT parquet, COMPRESSION zstd"
) -> None:
    """Write what a query gives as one Parquet file."""
    connection.execute(f"COPY ({query}) TO '{quoted(file)}' ({form})")


def quoted(file: Path) -> str:
    """Return a path as it stands between the quotes of an SQL text."""
    return str(file).replace("'", "''")


def beside(name: str) -> str:
    """Return the text of a file that lies beside this one."""
    return (files(__package__) / name).read_text(encoding="utf-8")
