"""Take a bargaining table's files in: all of them, or none where one has a fault."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from django.conf import settings

import schoolday
from schoolday.bargaining.record import Table
from schoolday.files.tables import read_table
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding
from schooldesk.bargaining.models import TableVersion
from schooldesk.bargaining.record import writes
from schooldesk.roster import reads as roster
from schooldesk.rules.reads import rulebook


def load_table(district: str, path: Path, who: str) -> str:
    """Take a table's files in as its newest edition, and return what was done in words.

    Raises
    ------
    SchooldayError
        With every fault by file and line; nothing changes then.
    """
    reading = read_table(path, rulebook())
    if reading.table is None:
        raise SchooldayError(_refused(path, reading.findings))
    table = reading.table
    _fits(district, table)
    if writes.keep(district, table, _texts(path), who) is None:
        return f"{table.title}: the same edition stands already; nothing was changed."
    return (
        f"{table.title}: {len(table.proposals)} documents, {len(table.sittings)} meetings, "
        f"{len(table.assertions)} claims. This edition stands at /d/{district}/table/{table.id}/"
    )


def example(name: str) -> Path | None:
    """Return the example table of a demonstration's district, or None where it has none."""
    # A source tree has the examples beside its packages, an installed one inside the core's.
    roots = (settings.BASE.parent / "examples", Path(schoolday.__file__).parent / "examples")
    return next((root / name / "table" for root in roots if (root / name / "table").is_dir()), None)


def _refused(path: Path, findings: tuple[Finding, ...]) -> str:
    number = len(findings)
    head = (
        f"{path} was not taken in; {number} {'fault' if number == 1 else 'faults'}. What stood before stands."
    )
    told = (f"{one.spot or path}: {one.said}. To mend it: {one.mend}" for one in findings)
    return "\n".join((head, *told))


def _texts(path: Path) -> Mapping[str, str]:
    found = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    root = path if path.is_dir() else path.parent
    return {one.relative_to(root).as_posix(): one.read_text(encoding="utf-8") for one in found}


def _fits(district: str, table: Table) -> None:
    """Refuse a table of other places than the district's, and names too long to keep."""
    home = roster.district(district)
    there = list(home.places) if home else []
    strange = [place for place in table.places if place not in there]
    if strange:
        raise SchooldayError(
            f"{table.id} is of {strange[0]}, and {district!r} lies in {', '.join(there) or 'no place'}; "
            "name the district that bargains there"
        )
    for key, value in (("table", table.id), ("title", table.title)):
        most = TableVersion._meta.get_field(key).max_length or 0
        if len(value) > most:
            raise SchooldayError(f"`{key}` has {len(value)} letters and may have {most}; shorten it")
