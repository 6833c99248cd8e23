"""Signed: a provider's word for a period, the lock that follows, and what was changed in spite of it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from schoolday.ground.finding import Finding, Status
from schoolday.ground.ids import stable_id
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.services.recorded import clash, of_services


@dataclass(frozen=True, slots=True)
class Attestation:
    """A provider's signature under the entries of a period.

    Parameters
    ----------
    id
        Made from what was signed.
    provider, first, last
        Who signed, for which dates.
    at
        When, with a time zone.
    words
        What the provider declared.
    number, digest
        How many entries were signed, and the sha256 over all of them, corrected ones included.
    """

    id: str
    provider: str
    first: date
    last: date
    at: datetime
    words: str
    number: int
    digest: str

    def covers(self, entry: Entry) -> bool:
        """Whether an entry is of the provider and the dates signed for, whenever it was recorded."""
        mine = entry.kind is EntryKind.SERVICE and entry.by == self.provider
        return mine and self.first <= entry.day <= self.last

    def signed_of(self, entries: Iterable[Entry]) -> list[Entry]:
        """Return the entries that were signed."""
        return [entry for entry in entries if self.covers(entry) and entry.at <= self.at]

    def after(self, entries: Iterable[Entry], before: Iterable[Entry]) -> Iterator[Entry]:
        """Yield what came after signing: of the period, or correcting what was signed, by whomever."""
        known = {entry.id for entry in before}
        for entry in entries:
            if entry.at > self.at and (self.covers(entry) or entry.corrects in known):
                yield entry


def sign(
    entries: Iterable[Entry], provider: str, first: date, last: date, *, at: datetime, words: str
) -> Attestation:
    """Return a provider's attestation of a period.

    Raises
    ------
    ValueError
        If the moment has no time zone or lies before the period's end, or if the words are blank.
    """
    if at.tzinfo is None or not words.strip():
        raise ValueError("a signature needs a moment with its time zone, and the words that are declared")
    if at.date() < last:
        raise ValueError(f"{last} is still to come on {at.date()}; sign once the period is over")
    blank = Attestation("", provider, first, last, at, words, 0, "")
    mine = [entry for entry in entries if blank.covers(entry) and entry.at <= at]
    digest = _digest(mine)
    name = stable_id(provider, first.isoformat(), last.isoformat(), digest, at.isoformat(), size=20)
    return Attestation(name, provider, first, last, at, words, len(mine), digest)


def _digest(entries: Iterable[Entry]) -> str:
    lines = sorted(repr(_told(entry)) for entry in entries)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _told(entry: Entry) -> tuple[object, ...]:
    return (
        entry.id, entry.pupil, entry.day.isoformat(), entry.activity, entry.first, entry.last, entry.minutes,
        entry.code, entry.detail, entry.by, entry.at.isoformat(), entry.corrects,
    )  # fmt: skip


def check_signed(entries: Sequence[Entry], attestations: Iterable[Attestation]) -> list[Finding]:
    """Return what was done to signed entries, and what was added to a signed period afterwards."""
    found = []
    signed = list(attestations)
    for one in signed:
        before = one.signed_of(entries)
        if (len(before), _digest(before)) != (one.number, one.digest):
            found.append(_changed(one, len(before)))
        newer = [other for other in signed if other.provider == one.provider and other.at > one.at]
        found += [
            finding
            for entry in sorted(one.after(entries, before), key=_order)
            if not any(_signed_since(entry, before, other) for other in newer)
            if (finding := _added(entry, before, one))
        ]
    return list(dict.fromkeys(found))


def _signed_since(entry: Entry, before: Sequence[Entry], newer: Attestation) -> bool:
    """Whether a newer signature is of an entry, or of the dates of the signed one that it corrects."""
    named = (other for other in before if other.id == entry.corrects and entry.by == newer.provider)
    return entry.at <= newer.at and (newer.covers(entry) or any(newer.covers(other) for other in named))


def _order(entry: Entry) -> tuple[datetime, str]:
    return (entry.at, entry.id)


def refused(new: Entry, entries: Sequence[Entry], attestations: Iterable[Attestation]) -> Finding | None:
    """Return why an entry may not be added to a signed period, or None where it may.

    What was signed is changed by a correction that names the signed entry, and in no other way. A meeting
    of which nothing was signed may be added, and waits for another signature.
    """
    for one in attestations:
        before = one.signed_of(entries)
        finding = _added(new, before, one) if [*one.after([new], before)] else None
        if finding and finding.status is Status.BROKEN:
            return finding
    return None


def _added(entry: Entry, before: Sequence[Entry], one: Attestation) -> Finding | None:
    """Return what is to be said of an entry added after signing; nothing of a correction that names one."""
    known = {other.id for other in before}
    same = [other for other in of_services(before) if clash(other, entry)]
    where = (entry.school, f"pupil {entry.pupil}", entry.activity, entry.day.isoformat())
    when = f"after {one.provider} signed for {one.first} to {one.last}"
    if entry.corrects in known and entry.by != one.provider:
        said = f"entry {entry.corrects} was corrected by {entry.by}, who did not sign it, {when}"
        mend = f"let {one.provider} correct it, and sign the period again"
        return Finding("services.locked", said, Status.BROKEN, where, mend=mend)
    if entry.corrects in known:
        said = f"entry {entry.corrects} was corrected by {entry.id} {when}; the signature is of the older one"
        return Finding("services.corrected", said, Status.ADVICE, where, mend="sign the period again")
    if same and not entry.corrects:
        said = f"entry {entry.id} tells of a meeting that was signed, {when}, and does not correct it"
        mend = f"record it as a correction of {same[0].id}"
        return Finding("services.locked", said, Status.BROKEN, where, mend=mend)
    if entry.corrects:
        return None
    said = f"entry {entry.id} was added {when}; nobody has signed it"
    return Finding("services.unsigned", said, Status.UNVERIFIED, where, mend="sign the period again")


def _changed(one: Attestation, now: int) -> Finding:
    said = (
        f"what {one.provider} signed for {one.first} to {one.last} is no longer what was signed: "
        f"{one.number} entries then, {now} of that time now, or another text of them"
    )
    mend = "bring back the entries as they were signed; a change is a correction that names the signed entry"
    return Finding("services.changed", said, Status.BROKEN, (one.provider, one.id), mend=mend)
