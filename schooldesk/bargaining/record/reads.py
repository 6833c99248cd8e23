"""The tables of a district as the core's values: the newest edition of each stands.

Only public files are read here: a side's limits and its questions are not reached from this module.
"""

from __future__ import annotations

from functools import lru_cache

from django.db.models import Max

from schoolday.bargaining.record import Table
from schoolday.files.tables import parse_table
from schoolday.ground.errors import SchooldayError
from schooldesk import scope
from schooldesk.bargaining.models import TableVersion
from schooldesk.roster import reads as roster
from schooldesk.rules.reads import rulebook

Files = tuple[tuple[str, str], ...]
"""The names and texts of an edition's files, in the order of names."""


def standing() -> list[TableVersion]:
    """Return the newest edition of each table of the district in scope, in the order of titles."""
    newest = TableVersion.objects.values("table").annotate(newest=Max("pk")).values_list("newest", flat=True)
    return list(TableVersion.objects.defer("files").filter(pk__in=list(newest)).order_by("title", "table"))


def edition(name: str) -> TableVersion | None:
    """Return the newest edition of a table of the district in scope, or None."""
    found: TableVersion | None = TableVersion.objects.filter(table=name).order_by("-pk").first()
    return found


def table(found: TableVersion) -> Table:
    """Return the table that an edition's files hold.

    Raises
    ------
    SchooldayError
        If the rules have changed since it was taken in, so that its files name what is no longer there.
    """
    return _parsed(files(found))


def files(found: TableVersion) -> Files:
    """Return an edition's files."""
    return tuple(sorted((str(name), str(text)) for name, text in found.files.items()))


def everywhere() -> list[tuple[str, str, list[TableVersion]]]:
    """Return each district that keeps a table: its id, its name and its tables."""
    found = []
    for home in roster.districts():
        with scope.district(home.pk):
            tables = standing()
        if tables:
            found.append((home.pk, home.name, tables))
    return found


@lru_cache(maxsize=32)
def _parsed(files: Files) -> Table:
    """Return the table of some files; kept, since every page of a table asks for the same."""
    reading = parse_table({name: text.encode() for name, text in files}, rulebook())
    if reading.table is None:
        said = "; ".join(f"{one.spot}: {one.said}" for one in reading.findings)
        raise SchooldayError(f"the table's files do not fit the rules any more: {said}")
    return reading.table
