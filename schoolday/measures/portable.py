"""Run the measures' SQL: one portable text for each, on whatever engine holds the rows.

The texts keep to what DuckDB, PostgreSQL, SQLite and Spark all say alike: no FILTER, no date arithmetic, no
division (rates are a part and a whole), integers throughout. Law is no part of them: it comes as tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from importlib.resources import files
from typing import Any, Protocol

from schoolday.measures.given import GROUPS, MeasuredYear, SchoolDay, monday_of
from schoolday.measures.limits import Limits

Cells = tuple[Any, ...]


class Engine(Protocol):
    """What the measures need of whatever holds the rows: a table ``pack_rows``, and three verbs."""

    def put(self, name: str, columns: Mapping[str, str], rows: Iterable[Cells]) -> None:
        """Make a table for this run; a column is INTEGER, TEXT or DATE."""

    def keep(self, name: str, select: str) -> None:
        """Keep the answer of a query as a table for this run."""

    def ask(self, select: str) -> list[Cells]:
        """Return the rows of a query."""


@dataclass(frozen=True, slots=True)
class Portable:
    """One measure: its name, its columns, the steps and measures that its text reads, and what it says.

    `kept` says that others read its answer, or that it is small enough to be made at once.
    """

    name: str
    columns: tuple[str, ...]
    needs: tuple[str, ...]
    said: str
    kept: bool = True

    @property
    def text(self) -> str:
        """The SQL, without the comment above it."""
        return sql(self.name)


def sql(name: str) -> str:
    """Return the text of a step or a measure as it is kept, without its comments."""
    text = files("schoolday.measures").joinpath("sql", f"{name}.sql").read_text("utf-8")
    return "\n".join(line for line in text.splitlines() if not line.startswith("--"))


def _portable(name: str, columns: str, needs: str, said: str, kept: bool = True) -> Portable:
    return Portable(name, tuple(columns.split()), tuple(needs.split()), said, kept)


STEPS: Mapping[str, tuple[str, ...]] = {"facts": (), "days": ("facts",)}
"""What the measures share, each with the steps before it."""

PORTABLE: Mapping[str, Portable] = {
    one.name: one
    for one in (
        _portable(
            "minutes_by_day",
            "pupil day live independent in_person given planned untimed minimum state planned_state",
            "days",
            "Minutes of each pupil on each day, planned and given, against the standing minimum.",
            kept=False,
        ),
        _portable(
            "participation",
            "pupil day attended contrary",
            "days",
            "Whether each pupil took part on each day: yes, certified absent, or unknown.",
            kept=False,
        ),
        _portable(
            "short_days",
            "pupil bound met short unverified absent planned_short",
            "days",
            "Each pupil's days that met the minimum, fell short, are unverified, or were missed.",
        ),
        _portable(
            "engagement_weeks",
            "pupil week days took_part absent unknown state",
            "days",
            "Each pupil's week, and whether absence in it asks for reaching out.",
        ),
        _portable(
            "study_windows",
            "pupil day required uncredited unknown state",
            "days",
            "Independent study: required minutes without credit in every four weeks in a row.",
        ),
        _portable(
            "study_months",
            "pupil month due met missed unknown state",
            "days",
            "Independent study: scheduled live times missed in every school month.",
        ),
        _portable(
            "chronic_absence",
            "pupil days absent unknown contrary state",
            "days",
            "Each pupil's certified absence in the year, and whether it reaches the line.",
        ),
        _portable(
            "service_minutes",
            "promise pupil owed provided explained untimed unaccounted state",
            "",
            "Service minutes owed, provided, explained and unaccounted for, by promise.",
        ),
        _portable(
            "live_share",
            "pupil live given planned_live planned",
            "days",
            "Each pupil's live minutes and all minutes, given and planned.",
        ),
        _portable(
            "planned_given",
            "pupil week planned_live live planned_independent independent planned_in_person in_person "
            "untimed",
            "days",
            "Each pupil's week, planned beside given, by kind of minutes.",
        ),
        _portable("strays", "pupil days", "facts", "Days with rows of a pupil who was not enrolled then."),
        _portable(
            "by_pupil",
            "pupil rate part whole unknown",
            "short_days chronic_absence engagement_weeks service_minutes live_share",
            "Every rate of each pupil as a part of a whole.",
        ),
        _portable(
            "by_groups",
            "rate kind value pupils affected part whole unknown",
            "by_pupil",
            "Every rate by every group, before small cells are suppressed.",
        ),
    )
}
"""The measures by name, in the order in which they are run."""


def prepare(engine: Engine, year: MeasuredYear, limits: Limits) -> None:
    """Put the tables beside ``pack_rows``: calendar, pupils, groups, promises and what the rules say."""
    for name, columns, rows in tables(year, limits):
        engine.put(name, columns, rows)


def run(engine: Engine, names: Sequence[str] = tuple(PORTABLE)) -> None:
    """Work out measures, with all that they need, on an engine that was prepared."""
    for name in ordered(names):
        if name in STEPS or PORTABLE[name].kept:
            engine.keep(name, sql(name))


def answer(engine: Engine, name: str) -> list[Cells]:
    """Return the rows of a measure that was run, in no order."""
    return engine.ask(f"SELECT * FROM {name}" if PORTABLE[name].kept else sql(name))


def ordered(names: Sequence[str]) -> list[str]:
    """Return measures with all that they need, in the order in which they are worked out."""
    needs = {**STEPS, **{name: one.needs for name, one in PORTABLE.items()}}
    wanted: set[str] = set()
    left = list(names)
    while left:
        name = left.pop()
        if name not in wanted:
            wanted.add(name)
            left += needs[name]
    return [name for name in needs if name in wanted]


def tables(year: MeasuredYear, limits: Limits) -> Iterator[tuple[str, Mapping[str, str], Iterable[Cells]]]:
    """Yield the tables that the texts join: each with its name, its columns and its rows.

    A year is of one district, number 0; `schoolday.measures.state` lays the tables of several together.
    """
    yield (
        "calendar",
        _integers("district, day DATE, number, week, month, ordinal, iso TEXT, monday TEXT"),
        map(_day, year.days),
    )
    yield "pupils", _integers("pupil, profile"), enumerate(year.profile_of)
    yield (
        "enrolled",
        _integers("district, pupil, first_number, last_number"),
        ((0, *one) for one in year.spans),
    )
    yield (
        "pupil_groups",
        _integers("pupil, kind TEXT, value TEXT"),
        ((number, kind, pupil.group(kind)) for number, pupil in enumerate(year.pupils) for kind in GROUPS),
    )
    yield (
        "promises",
        _integers("promise, pupil, activity"),
        ((number, one.pupil, one.activity) for number, one in enumerate(year.promises)),
    )
    yield "minima", _integers("profile, number, minimum"), limits.minima
    yield "week_limits", _integers("profile, week, over_days, share"), limits.weeks
    yield "window_limits", _integers("profile, number, share"), limits.windows
    yield "month_limits", _integers("profile, month, share"), limits.months
    yield "chronic_limits", _integers("profile, share"), limits.chronic
    yield "limits", _integers("name TEXT, amount"), limits.amounts


def _day(one: SchoolDay) -> Cells:
    dates = one.day.toordinal(), one.day.isoformat(), monday_of(one.day).isoformat()
    return (0, one.day, one.number, one.week, one.month, *dates)


PACK_COLUMNS: Mapping[str, str] = {
    "pupil": "INTEGER",
    "day": "DATE",
    "activity": "INTEGER",
    "kind": "TEXT",
    "minutes": "INTEGER",
    "participated": "INTEGER",
    "origin": "TEXT",
}
"""The columns of ``pack_rows``."""
PACK_ORDER = "origin, kind, participated, minutes IS NULL, pupil, activity"
"""In what order a pack's rows best lie: rows of one meaning together. Any other gives the same figures."""
PACK_FORM = "FORMAT parquet, COMPRESSION zstd, PARQUET_VERSION v2"
"""How DuckDB writes a pack: the second version keeps ascending numbers by their steps, in half the room."""


def _integers(columns: str) -> dict[str, str]:
    """Return columns by name: whole numbers where nothing else is said."""
    words = [column.split() for column in columns.split(", ")]
    return {name: kind[0] if kind else "INTEGER" for name, *kind in words}


class OverDbApi:
    """An engine over a connection that the caller opened (PEP 249): SQLite, PostgreSQL.

    Its tables are temporary: nothing of the database is changed.

    Parameters
    ----------
    connection
        The connection; ``pack_rows`` is a table or a view in it, or is put.
    mark
        How the driver marks a parameter: ``?`` or ``%s``.
    """

    def __init__(self, connection: Any, mark: str = "?") -> None:  # noqa: ANN401 - PEP 249 has no type
        self._cursor, self._mark = connection.cursor(), mark

    def put(self, name: str, columns: Mapping[str, str], rows: Iterable[Cells]) -> None:
        """Make a temporary table."""
        self._cursor.execute(f"DROP TABLE IF EXISTS {name}")
        self._cursor.execute(f"CREATE TEMPORARY TABLE {name} ({', '.join(map(' '.join, columns.items()))})")
        dates = [place for place, kind in enumerate(columns.values()) if kind == "DATE"]
        marks = ", ".join([self._mark] * len(columns))
        values = [tuple(str(v) if k in dates else v for k, v in enumerate(row)) for row in rows]
        if values:
            self._cursor.executemany(f"INSERT INTO {name} VALUES ({marks})", values)

    def keep(self, name: str, select: str) -> None:
        """Make a temporary table of a query's answer."""
        self._cursor.execute(f"DROP TABLE IF EXISTS {name}")
        self._cursor.execute(f"CREATE TEMPORARY TABLE {name} AS {select}")

    def ask(self, select: str) -> list[Cells]:
        """Return the rows of a query; PostgreSQL's wide sums as whole numbers."""
        self._cursor.execute(select)
        return [
            tuple(int(cell) if isinstance(cell, Decimal) else cell for cell in row)
            for row in self._cursor.fetchall()
        ]
