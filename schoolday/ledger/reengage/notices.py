"""Notices: each certified absence is told at home, in the home's language, within the days of a rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from schoolday.calendar.counting import day_of
from schoolday.calendar.days import Calendar
from schoolday.ground.finding import Finding, Status
from schoolday.ledger.entry import Entry
from schoolday.ledger.reengage.known import AWAY, Known, of_attendance
from schoolday.ledger.reengage.tiers import Deed, of_contact
from schoolday.measures import deadlines
from schoolday.measures.verdict import Circumstances, Found, Verdict
from schoolday.rules import Kind, Rule, Rulebook, Way
from schoolday.rules.rule import BINDING

SENT = "notice_sent"
_DETAIL = re.compile(
    r"(?P<language>[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*)(?P<days>(?: \d{4}-\d\d-\d\d)*)(?:: .*)?"
)


@dataclass(frozen=True, slots=True)
class Notice:
    """What is owed to a pupil's home for one absence.

    Parameters
    ----------
    pupil, school, day, code
        Whose absence, at which school, on which date, and its certified code.
    recorded
        When it was certified first.
    language
        The home's language.
    sent, sent_in
        The entry of the notice, and the language it was in; None and empty where none names the date. One in
        the home's language comes before one in another.
    verdict
        How the deadline stands.
    """

    pupil: str
    school: str
    day: date
    code: str
    recorded: datetime
    language: str
    sent: Entry | None
    sent_in: str
    verdict: Verdict

    @property
    def last(self) -> date | None:
        """The last date in time; None where the calendar does not say."""
        found = self.verdict.inputs.get("last")
        return day_of(found) if isinstance(found, date) else None

    @property
    def other_language(self) -> bool:
        """Whether a notice went home in another language than the home's."""
        return self.sent is not None and _plain(self.sent_in) != _plain(self.language)


def notice_detail(language: str, days: Iterable[date], words: str = "") -> str:
    """Return the detail of a notice's entry: its language, the dates it tells of, and free words."""
    named = " ".join([language, *(day.isoformat() for day in sorted(days))])
    return f"{named}: {words}" if words else named


def language_told(entry: Entry) -> str:
    """Return the language of a notice; empty where its entry does not say."""
    found = _DETAIL.fullmatch(entry.detail)
    return found["language"] if entry.code == SENT and found else ""


def dates_told(entry: Entry) -> frozenset[date]:
    """Return the dates of absence that a notice tells of."""
    found = _DETAIL.fullmatch(entry.detail)
    if entry.code != SENT or not found:
        return frozenset()
    return frozenset(date.fromisoformat(day) for day in found["days"].split())


def deadlines_of(book: Rulebook, places: Iterable[str], way: Way) -> tuple[Rule, ...]:
    """Return the rules that say by when a parent is told of an absence."""
    there = frozenset(places)
    return tuple(
        rule
        for rule in book.rules
        if rule.kind is Kind.DEADLINE and rule.layer in BINDING and rule.place in there and way in rule.ways
        if (rule.after, rule.due) == ("absence_recorded", "parent_notified")
    )


@dataclass(frozen=True)
class Home:
    """What notices need to know of pupils: the home's language, and what is true of a pupil on a date."""

    languages: Mapping[str, str]
    circumstances: Callable[[str, date], Circumstances] = lambda pupil, day: frozenset()

    def language(self, pupil: str) -> str:
        """Return the home's language, English where nobody has said one."""
        return self.languages.get(pupil) or "en"


def notices(
    entries: Iterable[Entry],
    rules: Sequence[Rule],
    calendar: Calendar,
    home: Home,
    as_of: date,
    zone: tzinfo | None = None,
) -> list[Notice]:
    """Return the notice owed for every certified absence, soonest due first.

    An absence that was corrected on or before the last date in time is owed none; one that was given another
    code later stays owed, for the notice was due before anybody changed the word.
    """
    known = [entry for entry in entries if day_of(entry.at, zone) <= as_of]
    sent = of_contact(known)
    found: list[Notice] = []
    for pupil, mine in of_attendance(known).items():
        for rule in rules:
            found += _of_pupil(pupil, mine, sent.get(pupil, []), rule, (calendar, home, as_of, zone))
    return sorted(found, key=lambda one: (one.last or date.max, one.pupil, one.day))


def _of_pupil(
    pupil: str, mine: Sequence[Entry], sent: Sequence[Deed], rule: Rule,
    ground: tuple[Calendar, Home, date, tzinfo | None],
) -> Iterator[Notice]:  # fmt: skip
    calendar, home, as_of, zone = ground
    for day, stretch in _stretches(mine).items():
        first, ended = stretch
        told = _notice_of(day, first, sent, home.language(pupil))
        verdict = deadlines.judge(
            rule, calendar, day_of(first.at, zone), day_of(told.at, zone) if told else None, as_of,
            zone=zone, circumstances=home.circumstances(pupil, day),
        )  # fmt: skip
        if verdict.found in (Found.NOT_IN_FORCE, Found.NOT_BOUND):
            continue
        last = verdict.inputs.get("last")
        mended = ended is not None and isinstance(last, date) and day_of(ended, zone) <= day_of(last)
        if told is None and mended:
            continue
        language = language_told(told) if told else ""
        yield Notice(
            pupil, first.school, day, first.code, first.at, home.language(pupil), told, language, verdict
        )


def _notice_of(day: date, first: Entry, sent: Sequence[Deed], language: str) -> Entry | None:
    """Return the first notice of a date in the home's language, or else the first in any.

    It was sent after the date was certified, and not taken back.
    """
    some = [
        one.entry
        for one in sent
        if one.undone is None and day in dates_told(one.entry) and one.entry.at >= first.at
    ]
    right = (one for one in some if _plain(language_told(one)) == _plain(language))
    return next(right, next(iter(some), None))


def _stretches(mine: Sequence[Entry]) -> dict[date, tuple[Entry, datetime | None]]:
    """Return for each date that was ever absent the entry that said so first, and when it ceased to be."""
    known, found = Known(), dict[date, tuple[Entry, datetime | None]]()
    for entry in mine:
        for day in known.tell(entry):
            away = known.codes.get(day) in AWAY
            if away and day not in found:
                found[day] = (entry, None)
            elif day in found:
                found[day] = (found[day][0], None if away else found[day][1] or entry.at)
    return found


def _plain(language: str) -> str:
    return language.partition("-")[0].casefold()


def check_notices(some: Iterable[Notice]) -> list[Finding]:
    """Return the notices that are late, missing, or in another language than the home's."""
    found = []
    for one in some:
        where = (one.school, f"pupil {one.pupil}", one.day.isoformat())
        clauses = (one.verdict.clause.id,) if one.verdict.clause else ()
        if one.verdict.found in (Found.BROKEN, Found.UNVERIFIED):
            status = Status.BROKEN if one.verdict.found is Found.BROKEN else Status.UNVERIFIED
            mend = "" if one.sent else "tell the home and record it, or record when it was told"
            said = f"pupil {one.pupil}, absent on {one.day}: {one.verdict.said}"
            found.append(Finding("reengage.notice", said, status, where, clauses=clauses, mend=mend))
        if one.other_language:
            said = f"the home of pupil {one.pupil} speaks {one.language}, and the notice of {one.day} was in "
            said += one.sent_in or "a language that nobody named"
            mend = f"send it in {one.language}, and record that"
            found.append(Finding("reengage.language", said, Status.BROKEN, where, clauses=clauses, mend=mend))
    return found
