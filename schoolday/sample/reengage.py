"""A made-up record of attendance and of reaching out: most pupils come, a few are away for days on end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta, tzinfo

import numpy as np

from schoolday.calendar.counting import Count
from schoolday.files.reengage.read import ORIGIN, Record
from schoolday.ground.ids import stable_id, stable_number
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.reengage.known import ABSENT, EXCUSED, PRESENT
from schoolday.ledger.reengage.notices import SENT, notice_detail
from schoolday.ledger.reengage.tiers import Tier, WrittenPlan
from schoolday.roster import Pupil, Roster

SOURCE = "Made up for the demonstration"
CLERK, COUNSELOR = "attendance-clerk", "counselor"
TROUBLED = 0.08
"""The share of pupils with a bad stretch (assumed)."""
_STEPS = (
    ("verify_contacts", 1, CLERK, 1),
    ("notify_parent", 1, CLERK, 1),
    ("outreach", 2, COUNSELOR, 3),
    ("return_in_person", 3, "principal", 10),
)
RULES = ("ca.distance.reengagement", "ca.independent_study.reengagement")


def written_plan() -> WrittenPlan:
    """Return a made-up district's written tiers; chronic absence is watched from the twentieth day on."""
    tiers = [
        Tier(rule, step, tier, owner, within, Count.SCHOOL, SOURCE)
        for rule in RULES
        for step, tier, owner, within in _STEPS
    ]
    tiers.append(Tier("ca.chronic_absence.tenth", "conference", 1, COUNSELOR, 10, Count.SCHOOL, SOURCE))
    tiers.append(Tier("ca.truancy.three", "tell_truancy", 1, CLERK, 3, Count.SCHOOL, SOURCE))
    return WrittenPlan(tuple(tiers), {"ca.chronic_absence.tenth": 20})


def attendance(
    roster: Roster, days: Sequence[date], zone: tzinfo, seed: int = 1, *, away_only: bool = False
) -> Record:
    """Return a made-up record of some school days: attendance, notices home, and a few other contacts.

    With `away_only` the same without the words that pupils were there.
    """
    entries: list[Entry] = []
    for pupil in roster.pupils.values():
        mine = list(_attended(pupil, days, zone, seed, away_only))
        entries += mine
        entries += contacts(pupil, roster, [entry for entry in mine if entry.code != PRESENT], zone, seed)
    return Record(tuple(entries), written_plan())


def _attended(
    pupil: Pupil, days: Sequence[date], zone: tzinfo, seed: int, away_only: bool
) -> Iterator[Entry]:
    chance = np.random.default_rng(stable_number(str(seed), "attendance", pupil.id))
    troubled, begins = chance.random() < TROUBLED, int(chance.integers(0, max(1, len(days) - 8)))
    for place, day in enumerate(days):
        bad = troubled and begins <= place < begins + 8
        drawn = chance.random()
        code = PRESENT if drawn > (0.8 if bad else 0.03) else EXCUSED if drawn < 0.01 else ABSENT
        if away_only and code == PRESENT:
            continue
        name = stable_id("attendance", pupil.id, day.isoformat())
        at = datetime.combine(day, time(15, 30), zone)
        yield _entry(name, EntryKind.ATTENDANCE, pupil, day, code, "", f"teacher-{pupil.school}", at)


def contacts(pupil: Pupil, roster: Roster, away: Sequence[Entry], zone: tzinfo, seed: int) -> Iterator[Entry]:
    """Yield a notice for most absences on the same evening, and for some a call the day after."""
    home = roster.households.get(roster.household_of.get(pupil.id, ""))
    language = home.language if home else "en"
    for entry in away:
        chance = np.random.default_rng(stable_number(str(seed), "contact", entry.id))
        if chance.random() < 0.9:
            at = datetime.combine(entry.day, time(17), zone)
            detail = notice_detail(language, [entry.day])
            yield _entry(
                stable_id("notice", entry.id), EntryKind.CONTACT, pupil, entry.day, SENT, detail, CLERK, at
            )
        if chance.random() < 0.3:
            code = "reached" if chance.random() < 0.5 else "tried"
            day = entry.day + timedelta(days=1)
            at = datetime.combine(day, time(10), zone)
            yield _entry(stable_id("call", entry.id), EntryKind.CONTACT, pupil, day, code, "", COUNSELOR, at)


def checked(pupil: Pupil, away: Sequence[Entry], zone: tzinfo, seed: int) -> Iterator[Entry]:
    """Yield that a pupil's contact details were checked on the evening of an absence, mostly right."""
    for entry in away:
        luck = stable_number(str(seed), "checked", entry.id) % 100
        if luck < 45:
            at = datetime.combine(entry.day, time(16, 30), zone)
            code = "contacts_verified" if luck < 40 else "contacts_wrong"
            name = stable_id("checked", entry.id)
            yield _entry(name, EntryKind.CONTACT, pupil, entry.day, code, "", CLERK, at)


def _entry(
    name: str, kind: EntryKind, pupil: Pupil, day: date, code: str, detail: str, by: str, at: datetime
) -> Entry:
    return Entry(
        name, kind, pupil.id, day, pupil.school, "", None, None, None, code, detail, by, at, "", ORIGIN
    )
