"""What is entered. Each batch is stored with its event in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from django.db import IntegrityError, transaction

from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding, broken
from schoolday.ground.ids import stable_id
from schoolday.ledger.codes import WITHDRAWN
from schoolday.ledger.entry import Entry
from schoolday.ledger.standing import take
from schooldesk import clock
from schooldesk.ledger import models as tables
from schooldesk.ledger import reads, scored
from schooldesk.ledger.services.locked import locked
from schooldesk.people.models import Staff
from schooldesk.people.writes import record
from schooldesk.roster.writes import in_turn

AT_ONCE = 500
"""Rows of one statement."""
UNDO = "undo-"
"""What the name of a step begins with that takes another back."""
_TICK = timedelta(microseconds=1)
_OURS = UUID("4b1f1f4e-0e0f-5c7e-9b61-1c0e7b0d5a52")
_OLD = timedelta(days=30)


@dataclass(frozen=True)
class By:
    """Who writes: the account, the person's id in the record, and the district with its zone."""

    district: str
    who: str
    id: str
    zone: ZoneInfo


@dataclass(frozen=True)
class Entered:
    """What came of entering: how many entries were new, and how many stood already."""

    new: int
    again: int


class EntryRefused(SchooldayError):
    """Entries were not taken, none of them; `findings` says why."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__(self.findings[0].said)


def by(staff: Staff) -> By:
    """Return a member of staff as who writes; who is not on the roster is called by the account's name."""
    who = staff.user.get_username()
    return By(staff.district_id, who, staff.sourced or who, ZoneInfo(staff.district.timezone))


def enter(by: By, sent: Sequence[Entry], step: str) -> Entered:
    """Store entries with their event; what was sent before with the same content is nothing new.

    Raises
    ------
    EntryRefused
        If an id was used for something else, or an entry contradicts itself or corrects what it may not.
    """
    try:
        return _enter(by, sent, step)
    except IntegrityError:
        # Somebody stored one of the ids between our look and our write; now it is there to be seen.
        return _enter(by, sent, step)


def _enter(by: By, sent: Sequence[Entry], step: str) -> Entered:
    with transaction.atomic():
        in_turn(by.district)
        stored = reads.around(by.zone, sent)
        taken = take(stored, _timed(sent, {one.id: one for one in stored}))
        faults = [*broken(taken.findings), *locked(by.zone, taken.new)]
        if faults:
            raise EntryRefused(faults)
        if taken.new:
            store(by, taken.new, step)
            scored.follow(by, taken.new, step)
            first = taken.new[0]
            record(
                by.district, by.who, "ledger.entered", rows=len(taken.new), day=first.day.isoformat(),
                activity=first.activity, step=step, first=first.id,
            )  # fmt: skip
    return Entered(len(taken.new), len(taken.again))


def _timed(sent: Sequence[Entry], stored: dict[str, Entry]) -> list[Entry]:
    """Return entries in the order of their moments.

    The moment is the client's, who may have been offline, but never in the future: a wrong clock must not
    decide which of two corrections counts. One that was stored keeps the moment of then.
    """
    now, found = clock.now(), list[Entry]()
    known = dict(stored)
    for one in sent:
        at = one.at if now - _OLD < one.at <= now else now
        named = known.get(one.corrects)
        if named is not None and named.at >= at:
            at = named.at + _TICK
        if found and found[-1].at >= at and one.id not in stored:
            at = found[-1].at + _TICK
        timed = replace(one, at=stored[one.id].at if one.id in stored else at)
        known.setdefault(one.id, timed)
        found.append(timed)
    return found


def store(by: By, new: Sequence[Entry], step: str) -> None:
    """Store entries that are known to be new and sound; call it inside the transaction of their event."""
    tables.Entry.objects.bulk_create([_row(by, one, step) for one in new], batch_size=AT_ONCE)


def _row(by: By, one: Entry, step: str) -> tables.Entry:
    return tables.Entry(
        district_id=by.district, entry=one.id, kind=one.kind.value, pupil=one.pupil, day=one.day,
        school=one.school, activity=one.activity, first=one.first, last=one.last, minutes=one.minutes,
        code=one.code, detail=one.detail, by=one.by, at=one.at, corrects=one.corrects, origin=one.origin,
        step=step[:64], who=by.who, received=clock.now(),
    )  # fmt: skip


def undo(by: By, step: str) -> Entered:
    """Take a step back by corrections: what it entered is withdrawn, and what it replaced stands again.

    Undoing it twice enters nothing twice, since the corrections' ids are made from what they correct. Results
    that were stored with it are taken back with it.
    """
    with transaction.atomic():
        in_turn(by.district)
        entries = reads.of_step(by.zone, step, by.id)
        old = {one.id: one for one in reads.around(by.zone, entries)}
        gone = {one.corrects for one in old.values()}
        back = [_back(by, one, old, clock.now()) for one in entries if one.id not in gone]
        name = f"{'redo-' if step.startswith(UNDO) else UNDO}{stable_id(step, size=20)}"
        if not back:
            return Entered(0, len(entries))
        scored.take_back(by, step)
        return enter(by, back, name)


def _back(by: By, one: Entry, old: dict[str, Entry], at: datetime) -> Entry:
    before = old.get(one.corrects)
    name = str(uuid5(_OURS, f"{by.district}\x1f{one.id}"))
    if before is None or before.code == WITHDRAWN:
        return withdrawal(one, name, by.id, at)
    return replace(before, id=name, by=by.id, at=at, corrects=one.id, origin="desk")


def withdrawal(one: Entry, name: str, by: str, at: datetime) -> Entry:
    """Return the correction that takes an entry back and puts nothing in its place."""
    return replace(
        one, id=name, first=None, last=None, minutes=None, code=WITHDRAWN, detail="", by=by, at=at,
        corrects=one.id, origin="desk",
    )  # fmt: skip
