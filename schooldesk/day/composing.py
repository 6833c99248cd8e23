"""Compose the pages and the feed of a date from the core's values: the same for a publish and a request."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from schoolday.calendar.days import Calendar, DayKind, dates
from schoolday.day import Changed, Comparer, Composer, HouseholdDay, Keeper, Names, people_index
from schoolday.files.ics import FeedWriter, Kept, Words, wanted
from schoolday.roster import Household, Pupil, Roster
from schoolday.rules import Standing
from schoolday.timetable.meeting import Meeting, SchoolDay
from schooldesk.day.languages import OFFERED, offered, speech
from schooldesk.day.now import at_turn
from schooldesk.day.packed import NOTHING, Packed, Packer, as_it_is, unpacked
from schooldesk.day.render import Links, Page, Renderer
from schooldesk.day.subjects import SUBJECTS

KEPT_DAYS = 60
"""How long a feed keeps dates that have passed."""


@dataclass(frozen=True, slots=True)
class Made:
    """A composed page: its tag, its language, where now and next stand in it, and the page.

    `compact` is the day's small form: later pages tell what changed by comparing with it.
    """

    etag: str
    language: str
    turns: bytes
    page: Packed
    compact: bytes


@dataclass(frozen=True, slots=True)
class MadeFeed:
    """A composed feed: its tag, and packed the feed and the state from which its next edition rises."""

    etag: str
    ics: bytes
    state: bytes


def etag(content: bytes) -> str:
    """Return the tag of some bytes."""
    return hashlib.sha256(content).hexdigest()[:24]


def names(roster: Roster) -> Names:
    """Return what teachers, schools and sections are called."""
    return Names(
        {person.id: person.name for person in roster.staff.values()},
        {school.id: school.name for school in roster.schools.values()},
        {section.id: section.title for section in roster.sections.values()},
    )


class DatePages:
    """The pages of one date; what classmates share is made once."""

    def __init__(
        self,
        roster: Roster,
        calendar: Calendar,
        standing: Standing,
        school_days: Iterable[SchoolDay],
        day: date,
        ahead: date | None = None,
    ) -> None:
        self.roster, self.day = roster, day
        self.kind = calendar.kind(day)
        self.index = people_index(school_days)
        self.names = names(roster)
        self.links = day_links(calendar, day, ahead)
        reason, services = calendar.reason(day), roster.services.values()
        self._composer = Composer(day, self.kind, reason, self.names, standing, services)
        self._renderers: dict[str, Renderer] = {}
        self._packer, self._keeper, self._comparer = Packer(), Keeper(), Comparer()

    def view(self, house: Household) -> HouseholdDay:
        """Return a household's day."""
        return self._composer.household(house, self._pupils(house), self.index.pupils)

    def page(self, house: Household, base: bytes, code: str = "") -> Made:
        """Return a household's page in its own language or another; `base` is the day last seen."""
        view = self.view(house)
        compact = self._packer.own(self._keeper.to_json(view).encode("utf-8", "replace"))
        changed = self._changed(base, view) if base and base != compact else ()
        renderer = self.renderer(code or house.language)
        page = renderer.page(view, self.links, changed)
        language = renderer.speech.language.code
        packed = self._packed(page, language)
        return Made(etag(b"".join(packed)), language, page.turns, packed, compact)

    def _changed(self, base: bytes, view: HouseholdDay) -> tuple[Changed, ...]:
        return self._comparer.changes(self._keeper.from_json(unpacked(base).decode()), view)

    def _packed(self, page: Page, language: str) -> Packed:
        packer = self._packer
        own, opening = packer.own(page.own), NOTHING
        if page.turns:
            opening = as_it_is(at_turn(lambda _: page.own, page.turns, 0, language))
        return Packed(packer.shared(page.head), opening, own, packer.shared(page.tail))

    def meetings(self, house: Household) -> Iterable[tuple[str, tuple[Meeting, ...]]]:
        """Yield each child's given name and meetings."""
        for pupil in self._pupils(house):
            laid = self.index.pupils.get(pupil.id)
            if laid is not None and self.kind is DayKind.SCHOOL:
                yield pupil.given, laid.meetings

    def renderer(self, code: str) -> Renderer:
        """Return the renderer of a language, the same for all whose language is not offered yet."""
        spoken = offered(code)
        found = self._renderers.get(spoken.code)
        if found is None:
            found = Renderer(spoken, district=self.roster.name, timezone=self.roster.timezone)
            self._renderers[spoken.code] = found
        return found

    def _pupils(self, house: Household) -> list[Pupil]:
        return [self.roster.pupils[pupil] for pupil in house.pupils]


def day_links(calendar: Calendar, day: date, ahead: date | None = None) -> Links:
    """Return where a day's page leads; addresses are relative, for the page must not know its link.

    `ahead` is the date from which the week changes, where families are told on this page.
    """
    before, after = neighbour(calendar, day, -1), neighbour(calendar, day, 1)
    return Links(
        previous=(before, f"../{before.isoformat()}/") if before else None,
        next=(after, f"../{after.isoformat()}/") if after else None,
        today="../",
        feed="../more/",
        rules=f"/rules/?on={day.isoformat()}",
        languages=tuple((one.code, f"?lang={one.code}") for one in OFFERED),
        move=(ahead, "../move/") if ahead else None,
    )


def neighbour(calendar: Calendar, day: date, step: int) -> date | None:
    """Return the nearest school day before (-1) or after (1) a date, or None within the year."""
    found = min(max(day, calendar.first - timedelta(1)), calendar.last + timedelta(1))
    while calendar.first <= (found := found + timedelta(step)) <= calendar.last:
        if calendar.kind(found) is DayKind.SCHOOL:
            return found
    return None


class FeedMaker:
    """Makes feeds for a stretch of dates; what lies outside the stretch stays as the feed had it."""

    def __init__(self, roster: Roster, pages: Sequence[DatePages], moment: datetime) -> None:
        self.roster, self.pages, self.moment = roster, pages, moment
        self.first, self.last = pages[0].day, pages[-1].day
        self._writers: dict[str, FeedWriter] = {}
        self._packer = Packer()

    def feed(self, house: Household, ics: bytes, state: bytes) -> MadeFeed:
        """Return a household's next feed from the one that stands, given and returned packed."""
        old = {uid: Kept(*row) for uid, row in json.loads(unpacked(state)).items()} if state else {}
        since, until = self.first.toordinal(), self.last.toordinal()
        inside = {uid: kept for uid, kept in old.items() if since <= kept.day <= until}
        # Whoever publishes dates of long ago means that time to be today.
        oldest = min(self.moment.date(), self.first).toordinal() - KEPT_DAYS
        beside = {uid: kept for uid, kept in old.items() if uid not in inside and kept.day >= oldest}
        writer = self._writer(house.language)
        mine = wanted(row for page in self.pages for row in page.meetings(house))
        now, events = writer.next_state(inside, mine, moment=self.moment, first=self.first, last=self.last)
        text = writer.feed(events, name=self.roster.name)
        if beside:
            now = beside | now
            text = _spliced(text, unpacked(ics).decode(), now)
        content = self._packer.own(text.encode("utf-8", "replace"))
        kept = self._packer.own(json.dumps(now, separators=(",", ":")).encode())
        return MadeFeed(etag(content), content, kept)

    def _writer(self, code: str) -> FeedWriter:
        spoken = offered(code).code
        found = self._writers.get(spoken)
        if found is None:
            words = feed_words(spoken)
            found = FeedWriter(timezone=self.roster.timezone, names=self.pages[0].names, words=words)
            self._writers[spoken] = found
        return found


def feed_words(code: str) -> Words:
    """Return a feed's words in a family's language."""
    s = speech(offered(code))
    titles = {key: s.say(title) for key, title in SUBJECTS.items()}
    return Words(s.say("School day"), s.say("Cancelled"), s.say("Teacher"), titles)


_EVENT = re.compile(r"BEGIN:VEVENT\r\n.*?END:VEVENT\r\n", re.DOTALL)
_UID = re.compile(r"\r\nUID:(.+?)\r\n")


def _spliced(new: str, old: str, state: dict[str, Kept]) -> str:
    """Return the new feed with the old one's events of other dates, all in order of time."""
    texts = {_uid(text): text for source in (old, new) for text in _EVENT.findall(source)}
    order = sorted(state, key=lambda uid: (state[uid].day, state[uid].start, uid))
    opening = new.split("BEGIN:VEVENT\r\n", 1)[0].removesuffix("END:VCALENDAR\r\n")
    return opening + "".join(texts[uid] for uid in order if uid in texts) + "END:VCALENDAR\r\n"


def _uid(event: str) -> str:
    found = _UID.search(event)
    return found[1] if found else ""


def school_dates(calendar: Calendar, first: date, last: date) -> list[date]:
    """Return the dates of a stretch that lie within the school year."""
    return [day for day in dates(first, last) if calendar.kind(day) is not DayKind.OUTSIDE]
