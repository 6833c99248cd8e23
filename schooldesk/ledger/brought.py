"""Files of video platforms at the desk: read by the core, and stored as entries with their event."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace

from schoolday.files.ledger.accounts import read_accounts
from schoolday.files.ledger.imports import Wanted, read_participation
from schoolday.files.ledger.platforms import PLATFORMS
from schoolday.ground.finding import Finding, broken
from schoolday.ledger.entry import Entry
from schooldesk.ledger import reads, writes
from schooldesk.ledger.may import Taught
from schooldesk.ledger.writes import By, Entered

__all__ = ["PLATFORMS", "Brought", "read", "store"]


@dataclass(frozen=True)
class Brought:
    """What came of reading a file: its entries, or None if anything is wrong with it; and the findings."""

    entries: tuple[Entry, ...] | None
    findings: tuple[Finding, ...]


def read(
    by: By,
    of: Taught,
    platform: str,
    file: tuple[str, bytes],
    accounts: tuple[str, bytes],
    left_out: Sequence[str],
) -> Brought:
    """Return a platform's file of a meeting as entries, or every fault of it and of its accounts."""
    # A school's accounts do for each of its classes: whom they name besides is nobody of this meeting.
    known, faults = read_accounts(*accounts, None) if accounts[0] else ({}, ())
    if broken(faults):
        return Brought(None, faults)
    wanted = Wanted(
        PLATFORMS[platform], of.school, of.activity, by.id, by.zone, of.own, known, of.day,
        frozenset(one.strip().casefold() for one in left_out if one.strip()),
        of.day, frozenset({of.activity, *of.own.values()}),
    )  # fmt: skip
    found = read_participation(file[0], file[1], wanted)
    if found.entries is None:
        return Brought(None, found.findings)
    return Brought(tuple(_own(one, of) for one in found.entries), found.findings)


def _own(one: Entry, of: Taught) -> Entry:
    """Return an entry with the pupil's own service in the place of the group's."""
    return replace(one, activity=of.own[one.pupil])


def store(by: By, entries: Sequence[Entry], data: bytes) -> Entered:
    """Store a file's entries; the step is called by the file's digest.

    The same line brought by two people is one entry, and stays the first one's.
    """
    there = {one.id: one.by for one in reads.around(by.zone, entries)}
    kept = [replace(one, by=there.get(one.id, one.by)) for one in entries]
    return writes.enter(by, kept, f"file-{hashlib.sha256(data).hexdigest()[:40]}")
