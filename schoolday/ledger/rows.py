"""The record as rows, in the shape that the plan has too: minutes for each pupil, date, activity and kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from schoolday.calendar.row import Minutes, Row
from schoolday.ledger.codes import DELIVERED, MISSING
from schoolday.ledger.entry import Entry, EntryKind

KINDS: Mapping[EntryKind, Minutes] = {
    EntryKind.JOINED: Minutes.LIVE,
    EntryKind.SERVICE: Minutes.LIVE,
    EntryKind.IN_PERSON: Minutes.IN_PERSON,
    EntryKind.WORK: Minutes.INDEPENDENT,
}
"""The kind of minutes of those entries that give any."""


def gives_minutes(entry: Entry) -> bool:
    """Whether an entry gives minutes at all, be they known or not."""
    if entry.kind is EntryKind.SERVICE:
        return entry.code in DELIVERED
    return entry.kind in KINDS and entry.code != MISSING


def counted(standing: Iterable[Entry]) -> Mapping[str, int | None]:
    """Return the minutes that each standing entry adds, by id; None where nobody knows them.

    A minute of a pupil's day counts once: who joined twice, or with two devices, or two meetings at once,
    was there once. It counts for the entry that begins first. Work counts by its certified time value alone.
    """
    found: dict[str, int | None] = {}
    spans = defaultdict(list)
    for entry in standing:
        if not gives_minutes(entry):
            continue
        if entry.kind is EntryKind.WORK or entry.first is None or entry.last is None:
            found[entry.id] = entry.minutes
        else:
            spans[entry.pupil, entry.day].append((entry.first, entry.last, entry.id))
    for of_a_day in spans.values():
        until = 0
        for first, last, name in sorted(of_a_day):
            found[name] = max(0, last - max(first, until))
            until = max(until, last)
    return found


def rows(standing: Iterable[Entry]) -> Iterator[Row]:
    """Yield the recorded minutes of standing entries; an entry without known minutes is no row.

    Parameters
    ----------
    standing
        Entries of whole days, so that a minute recorded twice can be counted once.
    """
    listed = list(standing)
    minutes = counted(listed)
    for entry in listed:
        known = minutes.get(entry.id)
        if known is not None:
            yield Row(entry.pupil, entry.day, entry.activity, KINDS[entry.kind], known, entry.kind.value)
