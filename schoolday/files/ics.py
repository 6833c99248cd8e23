"""A household's calendar feed (RFC 5545): stable uids, rising sequences, cancelled meetings kept.

Two steps: `next_state` compares the meetings that a household has now with what its feed held before,
and says which events the feed holds next; `feed` writes them. The desk keeps the state between the two.
Events are joined by hand and shared between classmates, because a library object for each was measured
twenty times slower; the tests read every feed back with the icalendar library.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from schoolday.day.values import Names
from schoolday.files.ics_lines import escape, line, local, plain, utc
from schoolday.files.zones import timezone_block
from schoolday.timetable.meeting import Meeting
from schoolday.timetable.served import GROUP, service_parts


class Kept(NamedTuple):
    """One event as the feed last showed it; what the desk keeps, as a JSON list.

    `stamp` is the moment of its last change in seconds since 1970; `digest` tells an edit.
    """

    sequence: int
    stamp: int
    cancelled: bool
    digest: str
    day: int
    start: int
    end: int
    summary: str


FeedState = Mapping[str, Kept]
"""What a feed held, by uid. From JSON: ``{uid: Kept(*row) for uid, row in rows.items()}``."""


class Event(NamedTuple):
    """One event of a feed: how it is kept, and its meeting, None where it was cancelled."""

    uid: str
    kept: Kept
    meeting: Meeting | None


class Wanted(NamedTuple):
    """One meeting that a household has, with the given names of its children who are in it."""

    meeting: Meeting
    children: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """The few words a feed needs, in the family's language.

    `titles` names subjects, by the subject in small letters as a roster writes it, and a group's size by
    `GROUP`.
    """

    calendar: str = "School day"
    cancelled: str = "Cancelled"
    teacher: str = "Teacher"
    titles: Mapping[str, str] | None = None

    def title(self, meeting: Meeting) -> str:
        """Return what a meeting is called: its subject in the family's words, and a course of its own."""
        titles, title = self.titles or {}, meeting.title.strip()
        kind, pupils = service_parts(title)
        if titles and pupils > 1:
            return f"{titles.get(kind.lower(), kind)} ({titles.get(GROUP, GROUP) % {'pupils': pupils}})"
        name = titles.get(meeting.subject.strip().lower())
        if name is None:
            return titles.get(title.lower(), title or meeting.subject)
        own = title and title.lower() not in titles and title.lower() != name.lower()
        return f"{name} ({title})" if own else name


ENGLISH = Words()


class _Told(NamedTuple):
    """What is worked out of a meeting once; `shown` is all that an event shows but its summary."""

    meeting: Meeting
    title: str
    shown: tuple[str, int, int, int]


class FeedWriter:
    """Writes feeds of one language and district; what classmates share is made once."""

    def __init__(self, *, timezone: str, names: Names, words: Words = ENGLISH, refresh: int = 60) -> None:
        """`refresh` is how often, in minutes, calendars are asked to look again."""
        self.timezone, self.names, self.words, self.refresh = timezone, names, words, refresh
        self._told: dict[str, _Told] = {}
        self._summaries: dict[str, str] = {}
        self._bodies: dict[tuple[str, int, int], tuple[Meeting, str, str]] = {}

    def next_state(
        self, old: FeedState, wanted: Iterable[Wanted], *, moment: datetime, first: date, last: date
    ) -> tuple[dict[str, Kept], tuple[Event, ...]]:
        """Return what the feed holds next, and its events in order of time.

        Parameters
        ----------
        old
            What it held before; empty for a new feed.
        wanted
            The meetings of the household from `first` to `last`.
        moment
            The moment of this publication, with a time zone; it becomes the stamp of what changed.
            What did not change keeps its stamp, so that an unchanged feed keeps its bytes.
        first, last
            The dates the feed covers. Kept events outside are dropped, those within and no longer
            wanted are kept as cancelled.
        """
        stamp = int(moment.timestamp())
        since, until = first.toordinal(), last.toordinal()
        state: dict[str, Kept] = {}
        meetings: dict[str, Meeting] = {}
        for meeting, children in wanted:
            told = self._told.get(meeting.uid)
            if told is None or told.meeting is not meeting:
                told = self._tell(meeting)
            summary = f"{', '.join(children)}: {told.title}"
            was = old.get(meeting.uid)
            if was is None:
                kept = Kept(0, stamp, False, *told.shown, summary)
            elif was[2:] == (False, *told.shown, summary):
                kept = was
            else:
                kept = Kept(was.sequence + 1, stamp, False, *told.shown, summary)
            state[meeting.uid] = kept
            meetings[meeting.uid] = meeting
        for uid, was in old.items():
            if uid not in state and since <= was.day <= until:
                gone = was._replace(cancelled=True)
                if not was.cancelled:
                    gone = gone._replace(sequence=was.sequence + 1, stamp=stamp)
                state[uid] = gone
        events = [Event(uid, kept, meetings.get(uid)) for uid, kept in state.items()]
        events.sort(key=_when)
        return state, tuple(events)

    def feed(self, events: Iterable[Event], *, name: str) -> str:
        """Return the whole calendar; `name` is what a calendar program calls it."""
        parts = [self._opening(name)]
        parts += [self._event(event) for event in events]
        parts.append("END:VCALENDAR\r\n")
        return "".join(parts)

    def _tell(self, meeting: Meeting) -> _Told:
        """Work out what an event shows of a meeting."""
        text = "\x1f".join((self._teacher(meeting), meeting.place, meeting.kind))
        digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        span = meeting.span
        shown = (digest, meeting.day.toordinal(), span.start, span.end)
        found = self._told[meeting.uid] = _Told(meeting, self.words.title(meeting), shown)
        return found

    def _teacher(self, meeting: Meeting) -> str:
        return self.names.teachers.get(meeting.teachers[0], "") if meeting.teachers else ""

    def _event(self, event: Event) -> str:
        kept = event.kept
        if event.meeting is None:
            summary = line("SUMMARY", escape(f"{self.words.cancelled}: {kept.summary}"))
            return self._head(event) + summary + "STATUS:CANCELLED\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"
        key = (event.uid, kept.sequence, kept.stamp)
        found = self._bodies.get(key)
        if found is None or found[0] is not event.meeting:
            found = self._bodies[key] = (event.meeting, self._head(event), self._tail(event.meeting))
        return found[1] + self._summary(kept.summary) + found[2]

    def _summary(self, summary: str) -> str:
        """Return the line of a summary; the same child has the same lesson on many days."""
        found = self._summaries.get(summary)
        if found is None:
            found = self._summaries[summary] = line("SUMMARY", escape(summary))
        return found

    def _head(self, event: Event) -> str:
        kept = event.kept
        stamp = utc(kept.stamp)
        day = date.fromordinal(kept.day)
        zone = self.timezone
        return (
            "BEGIN:VEVENT\r\n" + line("UID", escape(event.uid)) + f"DTSTAMP:{stamp}\r\n"
            f"LAST-MODIFIED:{stamp}\r\n"
            f"SEQUENCE:{kept.sequence}\r\n"
            f"DTSTART;TZID={zone}:{local(day, kept.start)}\r\n"
            f"DTEND;TZID={zone}:{local(day, kept.end)}\r\n"
        )

    def _tail(self, meeting: Meeting) -> str:
        lines = []
        if meeting.place and meeting.place != "home":
            lines.append(line("LOCATION", escape(meeting.place)))
        teacher = self._teacher(meeting)
        if teacher:
            lines.append(line("DESCRIPTION", escape(f"{self.words.teacher}: {teacher}")))
        if meeting.place.startswith(("https://", "http://")) and plain(meeting.place):
            lines.append(line("URL", meeting.place))
        return "".join(lines) + "STATUS:CONFIRMED\r\nEND:VEVENT\r\n"

    def _opening(self, name: str) -> str:
        return (
            "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//schoolday//feed//EN\r\nCALSCALE:GREGORIAN\r\n"
            + line("X-WR-CALNAME", escape(name))
            + f"X-WR-TIMEZONE:{self.timezone}\r\n"
            f"REFRESH-INTERVAL;VALUE=DURATION:PT{self.refresh}M\r\n"
            f"X-PUBLISHED-TTL:PT{self.refresh}M\r\n" + timezone_block(self.timezone)
        )


def _when(event: Event) -> tuple[int, int, str]:
    return (event.kept.day, event.kept.start, event.uid)


def wanted(children: Iterable[tuple[str, Iterable[Meeting]]]) -> tuple[Wanted, ...]:
    """Return a household's meetings from each child's given name and meetings.

    A meeting of two children is one event that names both.
    """
    found: dict[str, tuple[Meeting, list[str]]] = {}
    for given, meetings in children:
        for meeting in meetings:
            found.setdefault(meeting.uid, (meeting, []))[1].append(given)
    return tuple(Wanted(meeting, tuple(names)) for meeting, names in found.values())


_EVENT = re.compile(r"BEGIN:VEVENT\r\n.*?\r\nEND:VEVENT\r\n", re.DOTALL)
_UID = re.compile(r"\r\nUID:((?:.|\r\n )*)\r\n")


def events_in(feed: str) -> dict[str, str]:
    """Return the text of each event of a feed that `FeedWriter` wrote, by uid, in their order."""
    found = {}
    for event in _EVENT.findall(feed):
        uid = _UID.search(event)
        if uid is not None:
            found[re.sub(r"\\(.)", _plain_letter, uid[1].replace("\r\n ", ""))] = event
    return found


def _plain_letter(escaped: re.Match[str]) -> str:
    return "\n" if escaped[1] == "n" else escaped[1]
