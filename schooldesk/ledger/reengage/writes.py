"""Deeds of re-engagement: each an entry of its own, and no correction makes one done."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from schoolday.ground.ids import stable_id
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.reengage.notices import SENT, notice_detail
from schoolday.ledger.reengage.tiers import Deed
from schoolday.roster import Pupil
from schooldesk import clock
from schooldesk.ledger import writes as ledger
from schooldesk.ledger.writes import By, Entered, withdrawal


def deed(by: By, pupil: Pupil, once: str, day: date, code: str, words: str) -> Entered:
    """Take down one deed or try."""
    return ledger.enter(by, [_entry(by, pupil, once, EntryKind.CONTACT, day, code, words)], f"deed-{once}")


def notice(by: By, pupil: Pupil, once: str, sent: tuple[date, str], days: Sequence[date]) -> Entered:
    """Take down that a notice of some dates went home on a date, in a language."""
    day, language = sent
    detail = notice_detail(language, days)
    return ledger.enter(by, [_entry(by, pupil, once, EntryKind.CONTACT, day, SENT, detail)], f"deed-{once}")


def certify(
    by: By, pupil: Pupil, once: str, day: date, code: str, words: str, old: Sequence[Entry]
) -> Entered:
    """Say how a day was; what was said of it before is corrected, and kept."""
    new = _entry(by, pupil, once, EntryKind.ATTENDANCE, day, code, words)
    made = [new]
    if old:
        made = [replace(new, id=stable_id(once, one.id, size=26), corrects=one.id) for one in old]
    return ledger.enter(by, made, f"day-{once}")


def _entry(by: By, pupil: Pupil, once: str, kind: EntryKind, day: date, code: str, words: str) -> Entry:
    now = clock.now().astimezone(by.zone)
    return Entry(
        once, kind, pupil.id, day, pupil.school, "", None, None, None, code, words, by.id, now, "", "desk"
    )


def take_back(by: By, one: Deed) -> Entered:
    """Take a deed back by a correction; only another deed does the step then."""
    entry, name = one.entry, stable_id("withdrawn", one.entry.id, size=26)
    back = withdrawal(entry, name, by.id, clock.now().astimezone(by.zone))
    return ledger.enter(by, [back], f"deed-{name}")
