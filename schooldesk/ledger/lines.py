"""A meeting as it is taken: each pupil with what is recorded, and what the plan proposes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from schoolday.calendar.row import Minutes
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.standing import standing
from schoolday.roster import Pupil, Roster
from schoolday.timetable.meeting import Meeting, SchoolDay
from schooldesk.ledger import reads
from schooldesk.ledger.may import Taught
from schooldesk.ledger.weeks import school_day
from schooldesk.people.models import Staff
from schooldesk.roster.models import District

HERE, PART, UNSEEN, FAILED, KEPT = "here", "part", "unseen", "failure", "kept"
"""What a pupil's line may say: the whole meeting, part of it, nothing recorded, a technical failure; or just
what is recorded already where that has no times of its own, as a platform's bare count of minutes."""
NOT_DELIVERED = (
    "pupil_absent", "pupil_excused", "declined", "provider_absent", "no_school", "school_activity", "other",
)  # fmt: skip
"""Why a service was not delivered; a technical failure is `FAILED` there as well."""
PRESENCE = {EntryKind.JOINED, EntryKind.IN_PERSON, EntryKind.SERVICE, EntryKind.FAILURE}
RECORDING = "recording"
"""The origin of work that is a recording watched (`schooldesk.learning.recordings.evidence`)."""
CALLS = ("reached_pupil", "reached_parent", "message_left", "no_answer", "wrong_number")
"""What came of trying to reach a pupil; steps of re-engagement have pages of their own."""
WORDS = ("present", "late_30", "absent", "excused")
"""A certifier's word on a day."""
AWAY = ("absent", "excused")
"""Those of them by which a pupil was at no meeting of the day."""


@dataclass(frozen=True)
class Line:
    """One pupil: what stands of the meeting, the work, the last call, and the word on the day.

    `watched` is certified work of a recording: it stands beside the work, and its own page changes it.
    """

    pupil: Pupil
    activity: str
    presence: Entry | None = None
    work: Entry | None = None
    call: Entry | None = None
    word: Entry | None = None
    more: tuple[Entry, ...] = ()
    watched: tuple[Entry, ...] = ()
    planned_work: int = 0

    @property
    def beside(self) -> tuple[Entry, ...]:
        """What somebody else entered of the same presence, as where two take a class at once."""
        return tuple(one for one in self.more if one.origin == "desk")

    @property
    def open(self) -> bool:
        """Whether nobody has said anything of the meeting: who is certified absent was not at it."""
        away = self.word is not None and self.word.code in AWAY
        return self.presence is None and not away

    def slot(self, name: str) -> Entry | None:
        """Return what stands in a slot: presence, work, call or word."""
        found: Entry | None = getattr(self, name)
        return found


@dataclass(frozen=True)
class Sheet:
    """What is taken at once: a section's or a service's meeting on a day, or its work where it has none."""

    of: Taught
    meeting: Meeting | None
    others: tuple[Meeting, ...]
    lines: tuple[Line, ...]

    @property
    def kind(self) -> EntryKind:
        """The kind of entry that says that a pupil was there."""
        if self.of.is_service:
            return EntryKind.SERVICE
        in_person = self.meeting is not None and self.meeting.kind is Minutes.IN_PERSON
        return EntryKind.IN_PERSON if in_person else EntryKind.JOINED

    @property
    def is_taken(self) -> bool:
        """Whether anything of the meeting is recorded; then a pupil without an entry was not seen."""
        return any(line.presence is not None or line.more for line in self.lines)

    @property
    def open(self) -> int:
        """How many pupils of the meeting nothing is recorded of."""
        return sum(line.open for line in self.lines)

    @property
    def kept(self) -> list[Entry]:
        """Every entry that a line shows."""
        return [one for line in self.lines for one in (line.presence, line.work, line.call, line.word) if one]

    def proposed(self, line: Line) -> str:
        """Return what the page proposes of a pupil: the record, else the plan while it is open."""
        one = line.presence
        if one is None:
            left = line.pupil.id in self.of.gone
            return UNSEEN if left or self.is_taken or self.meeting is None else HERE
        if one.kind is EntryKind.FAILURE or one.code == "technical":
            return FAILED
        if one.code in NOT_DELIVERED:
            return one.code
        if one.first is None or one.last is None:
            return KEPT
        whole = self.meeting and (one.first, one.last) == (self.meeting.span.start, self.meeting.span.end)
        return HERE if whole else PART


def meetings_of(home: District, schools: Sequence[str], who: str, day: date) -> list[tuple[str, Meeting]]:
    """Return a teacher's or provider's meetings of a day by the plan, each with its school."""
    found = []
    for school in schools:
        planned = school_day(home, school, day)
        for meeting in planned.meetings if planned else ():
            if who in meeting.teachers:
                found.append((school, meeting))
    return sorted(found, key=lambda one: (one[1].span.start, one[1].uid))


def sheet(staff: Staff, of: Taught, at: int | None) -> Sheet:
    """Return a meeting to be taken: the one that begins at a minute, else the first that is open."""
    planned = school_day(staff.district, of.school, of.day)
    there = _met(planned, of)
    entries = reads.of_activities(reads.zone_of(staff.district), set(of.own.values()), of.day)
    stands = standing(entries)
    chosen = next((one for one in there if one.span.start == at), None)
    if chosen is None:
        every = [_sheet(of, one, there, stands, planned) for one in there]
        return next((one for one in every if not one.is_taken and one.open), None) or (
            every[0] if every else _sheet(of, None, (), stands, planned)
        )
    return _sheet(of, chosen, there, stands, planned)


def sheets(staff: Staff, school: str, meetings: Sequence[Meeting], roster: Roster, day: date) -> list[Sheet]:
    """Return a teacher's meetings of a day at a school with what is recorded of each, for the list."""
    found, zone = [], reads.zone_of(staff.district)
    own = {meeting.source: _own(roster, meeting, day) for meeting in meetings}
    activities = {one for of in own.values() for one in of.values()}
    stands = standing(reads.of_activities(zone, activities, day))
    for meeting in meetings:
        is_service = meeting.source not in roster.sections
        of = Taught(meeting.source, meeting.title, school, day, is_service, roster, own[meeting.source])
        there = tuple(one for one in meetings if one.source == meeting.source)
        found.append(_sheet(of, meeting, there, stands, None))
    return found


def _own(roster: Roster, meeting: Meeting, day: date) -> Mapping[str, str]:
    if meeting.source in roster.sections:
        return dict.fromkeys(roster.enrolled(day).get(meeting.source, ()), meeting.source)
    served = (one for one in roster.services.values() if meeting.source in (one.id, one.group))
    return {one.pupil: one.id for one in served if one.stands(day)}


def _met(planned: SchoolDay | None, of: Taught) -> tuple[Meeting, ...]:
    every = planned.meetings if planned else ()
    found = [one for one in every if one.source == of.activity or one.source in of.own.values()]
    return tuple(sorted(found, key=lambda one: (one.span.start, one.uid)))


@dataclass
class _Slots:
    presence: list[Entry] = field(default_factory=list)
    watched: list[Entry] = field(default_factory=list)
    work: Entry | None = None
    call: Entry | None = None
    word: Entry | None = None


def _sheet(
    of: Taught,
    meeting: Meeting | None,
    there: tuple[Meeting, ...],
    stands: Sequence[Entry],
    planned: SchoolDay | None,
) -> Sheet:
    expected = {*meeting.pupils} & {*of.own} if meeting else {*of.own}
    expected |= {one.pupil for one in stands if one.pupil in of.gone and _is_at(one, meeting, there)}
    slots = {pupil: _Slots() for pupil in expected}
    for one in stands:
        mine = slots.get(one.pupil)
        if mine is None or of.own[one.pupil] != one.activity:
            continue
        if one.kind in PRESENCE:
            if _is_at(one, meeting, there):
                mine.presence.append(one)
        elif one.kind is EntryKind.WORK and one.origin == RECORDING:
            mine.watched.append(one)
        elif one.kind is EntryKind.WORK:
            mine.work = one
        elif one.kind is EntryKind.CONTACT:
            mine.call = one
        elif one.kind is EntryKind.ATTENDANCE:
            mine.word = one
    lines = tuple(_line(pupil, of, slots[pupil.id], planned) for pupil in of.pupils if pupil.id in expected)
    return Sheet(of, meeting, there, lines)


def _line(pupil: Pupil, of: Taught, mine: _Slots, planned: SchoolDay | None) -> Line:
    works = planned.work.get(pupil.id, ()) if planned else ()
    minutes = sum(one.span.minutes for one in works if one.source == of.activity)
    # What was typed at the desk is what the line changes; a platform's lines stand beside it.
    own = [one for one in mine.presence if one.origin == "desk"]
    chosen = own[-1] if own else (mine.presence[-1] if mine.presence else None)
    more = tuple(one for one in mine.presence if one is not chosen)
    return Line(
        pupil, of.own[pupil.id], chosen, mine.work, mine.call, mine.word, more, tuple(mine.watched), minutes
    )


def _is_at(one: Entry, meeting: Meeting | None, there: Sequence[Meeting]) -> bool:
    """Whether an entry says something of a meeting: what is no presence does of each of the day's."""
    return meeting is None or one.kind not in PRESENCE or _nearest(one, there) is meeting


def _nearest(one: Entry, there: Sequence[Meeting]) -> Meeting | None:
    """Return the meeting that an entry belongs to: the one it overlaps most, else the nearest in time."""

    def far(meeting: Meeting) -> tuple[int, int]:
        first = meeting.span.start if one.first is None else one.first
        last = first if one.last is None else one.last
        shared = min(last, meeting.span.end) - max(first, meeting.span.start)
        return -shared, abs(first - meeting.span.start)

    return min(there, key=far, default=None)
