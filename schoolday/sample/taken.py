"""Made-up days of classes: who joined from when to when, what was handed in, who was away; from a seed.

Shares are assumed. A pupil's day is drawn first, so that nobody is called absent beside work of that day.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from schoolday.calendar.row import Minutes
from schoolday.ground.ids import stable_id, stable_number
from schoolday.ledger.codes import MISSING
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.reengage.known import ABSENT, EXCUSED, PRESENT
from schoolday.roster import Roster
from schoolday.timetable.meeting import Meeting, SchoolDay

TROUBLED = 60
"""Pupils in a thousand who are away on most days of a stretch."""
STRETCH = 8
"""School days of such a stretch, from the first day asked about."""
NOTE = "made up"
_ABSENT, _EXCUSED, _UNTOLD = 25, 15, 20
_LATE, _FAILED, _UNSEEN, _NOT_HANDED_IN = 40, 15, 20, 70
_KEPT = {"math": "kept_mathematics", "ela": "kept_english", "english": "kept_english"}


@dataclass(frozen=True)
class Taken:
    """One meeting as it was taken: by whom, of what, on which day, and the entries made together."""

    by: str
    activity: str
    day: date
    entries: tuple[Entry, ...]


def outcome(pupil: str, day: date, first: date, seed: int) -> str:
    """Return how a pupil's day was: present, absent, excused, or blank where nobody says."""
    troubled = _drawn(seed, "troubled", pupil) < TROUBLED
    bad = troubled and day < first + timedelta(days=STRETCH * 7 // 5)
    luck = _drawn(seed, "day", pupil, day.isoformat())
    if bad and luck < 750:
        return ABSENT
    if luck < _ABSENT:
        return ABSENT
    if luck < _ABSENT + _EXCUSED:
        return EXCUSED
    return "" if luck < _ABSENT + _EXCUSED + _UNTOLD else PRESENT


def taken(
    day: SchoolDay, roster: Roster, zone: tzinfo, first: date, seed: int, sections: Collection[str]
) -> Iterator[Taken]:
    """Yield the meetings of some sections on a school's day as their teachers took them.

    Parameters
    ----------
    day, roster
        The day by its plan, and the people.
    zone
        The district's, for the moments of entering.
    first
        The first day of all that is made up, from which troubled pupils are away.
    seed
        The same seed gives the same entries.
    sections
        The sections taken; the others stay open.
    """
    meetings = sorted(day.meetings, key=lambda one: (one.span.start, one.uid))
    mine = [one for one in meetings if one.source in sections and one.teachers]
    firsts = _firsts(mine)
    for meeting in mine:
        maker = _Maker(day, meeting, zone, seed)
        entries: list[Entry] = []
        for pupil in meeting.pupils:
            how = outcome(pupil, day.day, first, seed)
            entries += maker.entries(pupil, how, firsts)
        if entries:
            yield Taken(meeting.teachers[0], meeting.source, day.day, tuple(entries))


def _firsts(meetings: Sequence[Meeting]) -> Mapping[tuple[str, str], str]:
    """Return each pupil's first meeting of the day, and the first of each section."""
    found: dict[tuple[str, str], str] = {}
    for meeting in meetings:
        for pupil in meeting.pupils:
            found.setdefault((pupil, ""), meeting.uid)
            found.setdefault((pupil, meeting.source), meeting.uid)
    return found


@dataclass(frozen=True)
class _Maker:
    day: SchoolDay
    meeting: Meeting
    zone: tzinfo
    seed: int

    def entries(self, pupil: str, how: str, firsts: Mapping[tuple[str, str], str]) -> Iterator[Entry]:
        """Yield what is entered of a pupil: the word on the day, presence, and work, each once."""
        if how and firsts[pupil, ""] == self.meeting.uid:
            yield self._entry("word", pupil, EntryKind.ATTENDANCE, code=how)
        if how != PRESENT:
            return
        yield from self._presence(pupil)
        if firsts[pupil, self.meeting.source] == self.meeting.uid:
            yield from self._work(pupil)

    def _presence(self, pupil: str) -> Iterator[Entry]:
        luck = _drawn(self.seed, "here", pupil, self.meeting.uid)
        span, in_person = self.meeting.span, self.meeting.kind is Minutes.IN_PERSON
        kind = EntryKind.IN_PERSON if in_person else EntryKind.JOINED
        code = "whole" if in_person else "video"
        if luck < _UNSEEN:
            return
        if luck < _UNSEEN + _FAILED and not in_person:
            yield self._entry("here", pupil, EntryKind.FAILURE, "dropped", span.start)
            return
        late = luck < _UNSEEN + _FAILED + _LATE and span.minutes > 10
        start = span.start + (5 + luck % 5 if late else 0)
        code = "part" if late and in_person else code
        yield self._entry("here", pupil, kind, code, start, span.end, span.end - start)

    def _work(self, pupil: str) -> Iterator[Entry]:
        some = [one for one in self.day.work.get(pupil, ()) if one.source == self.meeting.source]
        if not some:
            return
        luck = _drawn(self.seed, "work", pupil, self.meeting.uid)
        if luck < _NOT_HANDED_IN:
            yield self._entry("work", pupil, EntryKind.WORK, MISSING)
            return
        kept = _KEPT.get(some[0].subject.casefold(), "submitted") if luck > 950 else "submitted"
        minutes = sum(one.span.minutes for one in some)
        yield self._entry("work", pupil, EntryKind.WORK, kept, minutes=minutes)

    def _entry(
        self,
        what: str,
        pupil: str,
        kind: EntryKind,
        code: str = "",
        first: int | None = None,
        last: int | None = None,
        minutes: int | None = None,
    ) -> Entry:
        meeting = self.meeting
        at = datetime.combine(self.day.day, time(15, 20), self.zone)
        return Entry(
            stable_id("taken", str(self.seed), what, pupil, meeting.uid, size=26), kind, pupil, self.day.day,
            self.day.school, meeting.source, first, last, minutes, code, NOTE, meeting.teachers[0], at, "",
            "desk",
        )  # fmt: skip


def _drawn(seed: int, *parts: str) -> int:
    return stable_number(str(seed), *parts) % 1000
