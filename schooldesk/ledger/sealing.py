"""Certify a week, seal it, and keep database and files of one mind, whenever the process is killed.

The order: the teacher's word is stored first, with all of the week that it was given for; then the seal's two
files are written; then the row learns the seal's digest. A row without a digest therefore has all that its
seal needs, and is sealed by whoever comes next. A seal that no row knows (the disk lost the database's last
moments, or a copy was brought back) is taken up with its entries. Neither can be half.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from schoolday.files.ledger.packs import build_packs
from schoolday.files.ledger.read import read_week
from schoolday.files.ledger.seal import Sealed
from schoolday.files.ledger.whole import alone
from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding, broken
from schoolday.ledger.certify import Certificate, certify
from schoolday.ledger.entry import Entry
from schoolday.ledger.week import Week
from schooldesk import clock, scope
from schooldesk.ledger import models as tables
from schooldesk.ledger import reads, weeks, writes
from schooldesk.ledger.explains import explaining_of
from schooldesk.ledger.writes import By
from schooldesk.people.writes import record
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District
from schooldesk.roster.writes import in_turn
from schooldesk.rows import Report, quiet
from schooldesk.rules.reads import rulebook

log = logging.getLogger("schooldesk.ledger")
BROKE_OFF = "sealing broke off, and the desk's log says why; it is tried again"
ADOPTED = "taken up"
"""Who is said to have stored what was taken up from the seals."""


def certify_week(
    by: By, home: District, school: str, teacher: str, monday: date, words: str
) -> tables.Certified:
    """Store a teacher's word on a week, and seal it; given twice of the same entries, it is given once.

    Raises
    ------
    CertificationRefused
        If the core finds the week contradictory, or it is too early.
    SchooldayError
        If the teacher has nobody there.
    """
    with _kept_whole(), transaction.atomic():
        in_turn(by.district)
        week = weeks.week_of(home, school, teacher, monday)
        if week is None:
            raise SchooldayError("this teacher has no class and no service at this school in that week")
        row = _given(week) or _stored(by, certify(week, rulebook(), by=by.id, at=_now(home), words=words))
    seal_what_waits(by.district)
    row.refresh_from_db()
    return row


def _now(home: District) -> datetime:
    return clock.now(home.timezone)


def _given(week: Week) -> tables.Certified | None:
    """Return the word that stands on a week, if nothing was entered since: a button pressed twice."""
    last = next(iter(reads.versions(week.school, week.teacher, week.monday)), None)
    return last if last and max(reads.last_row(week), default=0) <= last.last_entry else None


def _stored(by: By, found: Certificate) -> tables.Certified:
    week, row = found.week, _certified(by, found)
    row.save()
    record(
        by.district, by.who, "ledger.certified", row=row.pk, school=week.school, teacher=week.teacher,
        week=week.monday.isoformat(), unverified=found.unverified,
    )  # fmt: skip
    return row


@contextmanager
def _kept_whole() -> Iterator[None]:
    """Have SQLite wait for the disk: what a teacher certified outlives a power cut as well."""
    lite = connection.vendor == "sqlite" and not connection.in_atomic_block
    if lite:
        connection.cursor().execute("PRAGMA synchronous=FULL")
    try:
        yield
    finally:
        if lite:
            connection.cursor().execute("PRAGMA synchronous=NORMAL")


def _certified(by: By, found: Certificate) -> tables.Certified:
    week = found.week
    last = tables.Entry.objects.aggregate(last=Max("pk"))["last"] or 0
    return tables.Certified(
        district_id=by.district, school=week.school, teacher=week.teacher, monday=week.monday, by=found.by,
        at=found.at, words=found.words, clauses=list(found.clauses), unverified=found.unverified,
        body=weeks.pack(week), last_entry=last, who=by.who,
    )  # fmt: skip


def seal_what_waits(district: str) -> int:
    """Seal every week of a district that was certified and has no seal yet; return how many were sealed.

    One that cannot be sealed keeps why, and those after it wait: a chain has one order.
    """
    done = 0
    with scope.district(district), alone(Path(settings.VAR) / "sealing" / district):
        _take_up(district)
        for row in tables.Certified.objects.filter(digest="").order_by("pk"):
            try:
                sealed = _already(row) or reads.seals(district).seal(_certificate(row))
            except SchooldayError as error:
                tables.Certified.objects.filter(pk=row.pk).update(failed=str(error))
                break
            except Exception:  # a full disk, or whatever it is: the teacher's word stands and waits
                log.exception("the week of row %s could not be sealed", row.pk)
                tables.Certified.objects.filter(pk=row.pk).update(failed=BROKE_OFF)
                break
            _note(row, sealed)
            done += 1
    return done


def _already(row: tables.Certified) -> Sealed | None:
    """Return the seal that a killed process wrote for a row and could not tell it."""
    found = reads.seals(row.district_id).newest(row.school, row.teacher, row.monday.isoformat())
    if found is None or (found.head.certified_by, found.head.certified_at) != (row.by, row.at):
        return None
    # Two words may be of one moment; a seal that another row knows is the other's.
    return None if tables.Certified.objects.filter(digest=found.digest).exists() else found


def _certificate(row: tables.Certified) -> Certificate:
    home = roster.district(row.district_id)
    assert home is not None
    zone = reads.zone_of(home)
    rows = tables.Entry.objects.filter(pk__lte=row.last_entry)
    ids = weeks.entries_in(bytes(row.body))
    entries: dict[str, Entry] = {}
    for start in range(0, len(ids), reads.PART):
        some = rows.filter(entry__in=ids[start : start + reads.PART])
        entries |= {one.entry: reads.value(one, zone) for one in some}
    week = weeks.unpack(bytes(row.body), row.district_id, row.school, row.teacher, row.monday, entries)
    at = row.at.astimezone(zone)
    return Certificate(week, row.by, at, row.words, tuple(row.clauses), row.unverified)


def _note(row: tables.Certified, sealed: Sealed) -> None:
    head = sealed.head
    with transaction.atomic():
        tables.Certified.objects.filter(pk=row.pk).update(
            digest=sealed.digest,
            version=head.version,
            place=head.place,
            sealed=clock.now(),
            failed="",
            body=b"",
        )
        record(
            row.district_id, row.who, "ledger.sealed", row=row.pk, seal=sealed.digest, version=head.version
        )


def _take_up(district: str) -> None:
    """Store the rows of seals that the database does not know, and their entries."""
    seals = reads.seals(district)
    newest = seals.tip()
    if not newest or tables.Certified.objects.filter(digest=newest).exists():
        return
    known = set(tables.Certified.objects.exclude(digest="").values_list("digest", flat=True))
    waiting = set(tables.Certified.objects.filter(digest="").values_list("school", "teacher", "monday", "at"))
    for sealed in seals.all():
        head = sealed.head
        if sealed.digest in known or (head.school, head.teacher, head.week, head.certified_at) in waiting:
            continue
        _adopt(district, sealed)


def _adopt(district: str, sealed: Sealed) -> None:
    head, entries = sealed.head, read_week(sealed).entries
    by = By(district, ADOPTED, head.certified_by, ZoneInfo("UTC"))
    with transaction.atomic():
        there = {one.id for one in reads.around(by.zone, entries)}
        lost = [one for one in entries if one.id not in there]
        writes.store(by, lost, f"seal-{sealed.digest[:16]}")
        last = tables.Entry.objects.aggregate(last=Max("pk"))["last"] or 0
        tables.Certified(
            district_id=district, school=head.school, teacher=head.teacher, monday=head.week,
            by=head.certified_by, at=head.certified_at, words=head.words, clauses=list(head.clauses),
            unverified=head.unverified, who=ADOPTED, digest=sealed.digest, version=head.version,
            place=head.place, sealed=clock.now(), last_entry=last,
        ).save()  # fmt: skip
        record(district, ADOPTED, "ledger.taken_up", seal=sealed.digest, entries=len(lost))


def verify(district: str, who: str) -> tables.Checked:
    """Verify a district's chain against every digest that the database knows, and keep what was found."""
    with scope.district(district):
        known = list(
            tables.Certified.objects.exclude(digest="").order_by("pk").values_list("digest", flat=True)
        )
        seals = reads.seals(district)
        found = seals.verify(known)
        with transaction.atomic():
            row = tables.Checked(
                district_id=district, at=clock.now(), who=who, seals=sum(1 for _ in seals.all()),
                findings=[_told(one) for one in found],
            )  # fmt: skip
            row.save()
            record(district, who, "ledger.verified", seals=row.seals, faults=len(broken(found)))
    return row


def _told(one: Finding) -> dict[str, object]:
    return {"code": one.code, "said": one.said, "mend": one.mend, "where": list(one.where)}


def make_packs(district: str) -> int:
    """Make a district's day packs anew where seals are new; return how many days were made."""
    with scope.district(district):
        waiting = list(
            tables.Certified.objects.filter(packed=False).exclude(digest="").values_list("pk", flat=True)
        )
        if not waiting:
            return 0
        home = roster.district(district)
        explains = explaining_of(home) if home else None
        made = build_packs(reads.seals(district), reads.packs(district), explains)
        for start in range(0, len(waiting), reads.PART):
            tables.Certified.objects.filter(pk__in=waiting[start : start + reads.PART]).update(packed=True)
    return len(made)


def do_what_waits(report: Report = quiet) -> None:
    """Seal what waits and make the packs of new seals, in every district: the background worker's part."""
    for home in roster.districts():
        try:
            if _waits(home.pk):
                seal_what_waits(home.pk)
            report(make_packs(home.pk))
        except KeyboardInterrupt:
            raise
        except Exception:  # whatever it is, the next district and the worker's other work have their turn
            log.exception("the seals or packs of %s could not be seen to", home.pk)


def _waits(district: str) -> bool:
    """Whether a certified week has no seal yet, or a seal has no row."""
    with scope.district(district):
        newest = reads.seals(district).tip()
        unknown = newest and not tables.Certified.objects.filter(digest=newest).exists()
        return bool(unknown) or bool(tables.Certified.objects.filter(digest="").exists())
