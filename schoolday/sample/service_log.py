"""A made-up record of services: most meetings held, some missed and made up, some that nobody recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta, tzinfo

import numpy as np

from schoolday.files.service_log.read import ORIGIN, ServiceLog
from schoolday.ground.ids import stable_id, stable_number
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.services.planned import Planned
from schoolday.ledger.services.recorded import DELIVERED, MAKE_UP, make_up_detail
from schoolday.ledger.services.signed import Attestation, sign

WORDS = "I gave these services as recorded. (made up)"
CHANCES: Mapping[str, float] = {
    DELIVERED: 0.84,
    "pupil_absent": 0.04,
    "pupil_excused": 0.02,
    "provider_absent": 0.04,
    "technical": 0.03,
    "": 0.03,
}
"""How a planned meeting went (assumed); blank where nobody recorded it."""
MADE_UP = 0.5
"""The share of meetings missed by the school's side that are made up a week later (assumed)."""
_OF_THE_SCHOOL = ("provider_absent", "technical")


def service_log(meetings: Iterable[Planned], zone: tzinfo, seed: int = 1) -> ServiceLog:
    """Return a made-up log of planned meetings, signed by the providers week by week.

    A provider away is away from the whole group; a pupil away is away alone.
    """
    some = sorted(meetings, key=lambda one: (one.day, one.span, one.pupil))
    entries = [entry for one in some for entry in _entries(one, zone, seed)]
    last = max((one.day for one in some), default=date.min)
    kept = tuple(entry for entry in entries if entry.day <= last)
    return ServiceLog(kept, signed=tuple(_signed(kept, last)))


def _entries(one: Planned, zone: tzinfo, seed: int) -> Iterator[Entry]:
    outcome = _drawn(one, seed)
    if not outcome:
        return
    held = outcome == DELIVERED
    entry = _entry(one, one.day, outcome, one.span.minutes if held else None, "", zone)
    yield entry
    chance = np.random.default_rng(stable_number(str(seed), "again", entry.id))
    if outcome in _OF_THE_SCHOOL and chance.random() < MADE_UP:
        later = one.day + timedelta(days=7)
        yield _entry(one, later, MAKE_UP, one.span.minutes, make_up_detail(entry.id), zone)


def _drawn(one: Planned, seed: int) -> str:
    """Draw how a meeting went: first for the whole group, then for the pupil."""
    names, shares = list(CHANCES), list(CHANCES.values())
    meeting = (str(seed), one.provider, one.day.isoformat(), str(one.span))
    group, alone = (
        names[int(np.random.default_rng(stable_number(*key)).choice(len(names), p=shares))]
        for key in (meeting, (*meeting, one.pupil))
    )
    if group in (*_OF_THE_SCHOOL, ""):
        return group
    return alone if alone in ("pupil_absent", "pupil_excused") else DELIVERED


def _entry(one: Planned, day: date, code: str, minutes: int | None, detail: str, zone: tzinfo) -> Entry:
    name = stable_id(one.pupil, one.service, day.isoformat(), str(one.span), code)
    # A make-up is at the end of the day, so that it is never at the time of a planned meeting.
    span = (one.span.start, one.span.end) if code != MAKE_UP else (900, 900 + one.span.minutes)
    at = datetime.combine(day, time(15, 40), zone)
    return Entry(
        name, EntryKind.SERVICE, one.pupil, day, one.school, one.service, *span, minutes, code, detail,
        one.provider, at, "", ORIGIN,
    )  # fmt: skip


def _signed(entries: Sequence[Entry], last: date) -> Iterator[Attestation]:
    weeks = sorted({entry.day - timedelta(days=entry.day.weekday()) for entry in entries})
    for provider in sorted({entry.by for entry in entries}):
        for monday in weeks:
            friday = monday + timedelta(days=4)
            if friday <= last:
                at = datetime.combine(friday, time(16), entries[0].at.tzinfo)
                yield sign(entries, provider, monday, friday, at=at, words=WORDS)
