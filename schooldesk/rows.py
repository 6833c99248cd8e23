"""Many rows at a time: short transactions of plain SQL, since the ORM's bulk way costs five times as much."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice

from django.db import connection, models, transaction

CHUNK = 500
"""Rows a transaction: short enough that nobody else's write waits long behind it."""

Report = Callable[[int], None]


def quiet(_: int) -> None:
    """Report nothing."""


def chunks(rows: Iterable[Sequence[object]], size: int = CHUNK) -> Iterator[list[Sequence[object]]]:
    """Yield the rows in lists of at most `size`."""
    rest = iter(rows)
    while part := list(islice(rest, size)):
        yield part


def insert(
    model: type[models.Model],
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
    report: Report = quiet,
    after: str = "",
) -> int:
    """Insert rows of one table, a chunk a transaction; `after` follows the statement (ON CONFLICT ...)."""
    statement = insert_sql(model, columns, after)
    done = 0
    for part in chunks(rows):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(statement, part)
        done += len(part)
        report(len(part))
    return done


def insert_sql(model: type[models.Model], columns: Sequence[str], after: str = "") -> str:
    """Return the INSERT of one table's columns."""
    quote = connection.ops.quote_name
    names = ", ".join(quote(model._meta.get_field(name).column) for name in columns)
    marks = ", ".join(["%s"] * len(columns))
    return f"INSERT INTO {quote(model._meta.db_table)} ({names}) VALUES ({marks}) {after}"
