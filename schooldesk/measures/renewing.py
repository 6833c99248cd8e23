"""The nightly job: packs of new seals, the folder, one changed day at a time, and what everybody may read.

Killed anywhere, it begins anew: the year's row is written last, and names what it was made from.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from django.db import connection, transaction

from schoolday.files.engines.kept import KeptYear
from schoolday.files.engines.year import CALENDAR, ENROLLED, PROMISES, PUPILS
from schoolday.files.ledger.packs import build_packs
from schoolday.files.ledger.whole import alone
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding
from schoolday.measures.dense import Dense
from schoolday.measures.disclosure import smallest_cell
from schoolday.measures.found import findings
from schoolday.measures.given import MeasuredYear
from schoolday.measures.limits import spread
from schooldesk import clock, scope
from schooldesk.ledger import reads as ledger
from schooldesk.ledger.explains import explaining_of
from schooldesk.measures import board, folder, made_from
from schooldesk.measures.models import Found, Measured
from schooldesk.people.writes import record
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District
from schooldesk.rows import Report, chunks, insert_sql, quiet
from schooldesk.rules.reads import fingerprint, rulebook

_LOG = logging.getLogger(__name__)
FORMAT = "1"
"""Goes up when the same packs and rules give other figures."""


@dataclass(frozen=True)
class Renewed:
    """What came of it: the year's row, which days were read again, and whether that was all of them."""

    row: Measured
    days: tuple[date, ...]
    whole: bool


def renew(district: str, who: str) -> Renewed | None:
    """Bring a district's measures up to date; None where it has no roster or nothing is sealed.

    Raises
    ------
    SchooldayError
        With every fault of the folder, if it has one.
    """
    with scope.district(district), alone(folder.folder_of(district)):
        home = roster.district(district)
        if home is None or not home.roster_id:
            return None
        stands = made_from.stands(home)
        build_packs(ledger.seals(district), ledger.packs(district), explaining_of(home))
        at = folder.write(home)
        year, packs = folder.read(at)
        if not packs:
            return None
        found = _renewed(home, at, year, packs, who)
        made_from.note(home, stands)
        return found


def _renewed(
    home: District, at: Path, year: MeasuredYear, packs: Mapping[date, Path], who: str
) -> Renewed | None:
    days, of = {day.isoformat(): _mark(pack) for day, pack in packs.items()}, _of(at, home)
    old = Measured.objects.filter(first=year.calendar.first).first()
    same = old is not None and old.of == of
    if old is not None and same and old.days == days:
        # As of now they still stand, so the board says so.
        Measured.objects.filter(pk=old.pk).update(made=clock.now())
        return Renewed(old, (), False)
    limits = spread(rulebook(), year, places=home.places)
    dense, changed, whole = _facts(KeptYear(at, year, limits), packs, old.days if old and same else {}, days)
    row = Measured(
        district_id=home.pk, first=year.calendar.first, last=year.calendar.last, made=clock.now(), of=of,
        rules=fingerprint(), days=days, left_out=list(limits.averaged),
        clauses={name: list(ids) for name, ids in limits.clauses.items()},
    )  # fmt: skip
    _told(home, row, dense, set(packs))
    found = list(findings(year, limits, lambda name: dense.cells(name, found=True)))
    _keep(row, old, found, who)
    return Renewed(row, changed, whole)


def _facts(
    kept: KeptYear, packs: Mapping[date, Path], before: Mapping[str, str], now: Mapping[str, str]
) -> tuple[Dense, tuple[date, ...], bool]:
    """Return the year's facts, of which only the changed days are read where the others are kept."""
    changed = tuple(sorted(day for day in packs if before.get(day.isoformat()) != now[day.isoformat()]))
    try:
        dense = kept.open() if before and before.keys() <= now.keys() else None
    except SchooldayError:
        dense = None
    if dense is None:
        return kept.make(packs), tuple(sorted(packs)), True
    for day in changed:
        kept.renew(dense, day, packs[day])
    return dense, changed, False


def _told(home: District, row: Measured, dense: Dense, packed: set[date]) -> None:
    """Put what everybody may read into the row; nothing where no rule says how few are too few."""
    try:
        row.smallest, row.smallest_clause = smallest_cell(rulebook(), clock.today(home.timezone), home.places)
    except LookupError:
        row.board = {}
        return
    row.board = board.board_of(dense, packed, row.smallest)


def _keep(row: Measured, old: Measured | None, found: list[Finding], who: str) -> None:
    with transaction.atomic():
        if old is not None:
            Found.objects.filter(measured_id=old.pk).delete()
            old.delete()
        row.save()
        _insert(row, found)
        record(
            row.district_id, who, "measures.renewed", row=row.pk, of=row.of, days=len(row.days),
            found=len(found),
        )  # fmt: skip


_COLUMNS = ("district", "measured", "code", "school", "pupil", "status", "value", "unit", "said", "clauses")


def _insert(row: Measured, found: Iterable[Finding]) -> None:
    """Insert findings: a district has a hundred thousand, and the ORM's bulk way costs several times that."""
    clauses = Found._meta.get_field("clauses")
    statement = insert_sql(Found, _COLUMNS)
    for part in chunks(
        _row(row, one, clauses.get_db_prep_save(list(one.clauses), connection)) for one in found
    ):
        with connection.cursor() as cursor:
            cursor.executemany(statement, part)


def _row(row: Measured, one: Finding, clauses: object) -> tuple[object, ...]:
    school, pupil = (*map(str, one.where), "", "")[:2]
    return (
        row.district_id, row.pk, one.code, school, pupil, one.status.value, int(one.value or 0), one.unit,
        one.said, clauses,
    )  # fmt: skip


def _mark(pack: Path) -> str:
    """Return what tells a pack from its earlier versions: its own bytes."""
    return sha256(pack.read_bytes()).hexdigest()[:20]


def _of(at: Path, home: District) -> str:
    own = [sha256((at / name).read_bytes()).hexdigest() for name in (CALENDAR, PUPILS, ENROLLED, PROMISES)]
    return sha256("\n".join([FORMAT, fingerprint(), *home.places, *own]).encode()).hexdigest()


def renew_what_waits(report: Report = quiet) -> None:
    """Bring the measures up to date in every district of which something changed: the worker's part.

    New packs, another roster, other rules, a sheet or a closure. One whose folder has a fault is left until
    something changes again, or somebody runs `measures renew`, which tells the fault.
    """
    for home in roster.districts():
        newest = _stands(home)
        looked = folder.folder_of(home.pk) / "looked"
        if not newest or (looked.exists() and looked.read_text() == newest):
            continue
        try:
            renew(home.pk, "background")
        except SchooldayError as error:
            _LOG.warning("%s is not measured: %s", home.pk, error)
        looked.parent.mkdir(parents=True, exist_ok=True)
        # Looked at as it was before: a pack that came meanwhile is looked at again.
        looked.write_text(newest)
        report(1)


def _stands(home: District) -> str:
    """Return what tells whether anything changed that measures are made from; nothing where no day is packed.

    The packs by the disk's clock, and the roster, rules, sheets and closures that stand.
    """
    packs = ledger.packs(home.pk).glob("????-??-??.parquet")
    newest = max((pack.stat().st_mtime_ns for pack in packs), default=None)
    if newest is None:
        return ""
    with scope.district(home.pk):
        return f"{newest} {made_from.stands(home)}"
