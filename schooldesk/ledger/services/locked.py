"""The lock that a signature is: asked before any entry of a service is stored, from whichever page."""

from __future__ import annotations

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from schoolday.ground.finding import Finding
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.services.signed import Attestation, refused
from schooldesk.ledger import reads as ledger
from schooldesk.ledger.services import reads


def locked(zone: ZoneInfo, new: Sequence[Entry]) -> list[Finding]:
    """Return why entries may not be stored: what they tell of was signed. Call it in their turn."""
    served = [one for one in new if one.kind is EntryKind.SERVICE]
    if not served:
        return []
    # Whoever corrects a signed entry is held to the signature of the one who gave it.
    named = [one for one in ledger.around(zone, served) if one.kind is EntryKind.SERVICE]
    providers = {one.by for one in (*served, *named)}
    signed = reads.signatures(zone, providers)
    if not signed:
        return []
    known = [one for who in sorted(providers) for one in reads.of_provider(zone, who)]
    found = [_late(one, known, signed) or refused(one, known, signed) for one in served]
    return [one for one in found if one is not None]


def _late(one: Entry, known: Sequence[Entry], signed: Sequence[Attestation]) -> Finding | None:
    """Refuse what was made before the signature and arrives after: it would stand under it.

    So does another's correction of what was signed, of whichever date.
    """
    named = [other for other in known if other.id == one.corrects]
    over = next((row for row in signed if one.at <= row.at and _under(row, one, named)), None)
    if over is None:
        return None
    said = f"entry {one.id} arrived after {over.provider} had signed for {over.first} to {over.last}"
    where = (one.school, f"pupil {one.pupil}", one.activity, one.day.isoformat())
    return Finding("services.locked", said, where=where, mend="record it anew, or correct what was signed")


def _under(row: Attestation, one: Entry, named: Sequence[Entry]) -> bool:
    return row.covers(one) or bool(row.signed_of(named))
