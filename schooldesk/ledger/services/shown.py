"""A provider's week as it is shown: lines of the account, meetings to record, what was recorded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from schoolday.ledger.entry import Entry
from schoolday.ledger.services.account import Account, made_up
from schoolday.ledger.services.planned import Planned
from schoolday.ledger.services.recorded import REASONS, missed, standing_of
from schoolday.ledger.services.terms import Terms
from schoolday.ledger.week import dates_of
from schoolday.roster import Pupil
from schooldesk.ledger.services.reads import Services

LATEST = 60
"""Meetings not held that are offered to be made up, the latest first."""


@dataclass(frozen=True)
class Line:
    """One service of one pupil in one period, with the minutes that have a place in the timetable."""

    pupil: Pupil
    account: Account
    scheduled: int


@dataclass(frozen=True)
class Year:
    """One service of one pupil over the year so far, in minutes."""

    pupil: Pupil
    terms: Terms
    owed: int
    provided: int
    made_up: int
    explained: int
    to_make_up: int
    unrecorded: int

    @property
    def unaccounted(self) -> int:
        """Owed, less provided, less explained."""
        return self.owed - self.provided - self.explained


@dataclass(frozen=True)
class Seat:
    """One pupil's seat in a meeting: the service that it is for."""

    pupil: Pupil
    service: str


@dataclass(frozen=True)
class Session:
    """A meeting to record, of one pupil or of a group at once; `shut` says by what the school was closed."""

    activity: str
    kind: str
    day: date
    first: int | None
    minutes: int
    seats: tuple[Seat, ...]
    shut: str = ""


@dataclass(frozen=True)
class Told:
    """An entry with its pupil, and whether a signature covers it."""

    entry: Entry
    pupil: Pupil | None
    kind: str
    signed: bool
    made_up: int = 0


def lines(one: Services, monday: date) -> list[Line]:
    """Return the account of each service in the periods that have a date of a week."""
    last = dates_of(monday)[1]
    some = [row for row in one.accounts if row.owed.period.first <= last and monday <= row.owed.period.last]
    there: dict[tuple[str, str, date], int] = defaultdict(int)
    for meeting in one.meetings(sorted({day for row in some for day in row.owed.days})):
        there[meeting.pupil, meeting.service, meeting.day] += meeting.span.minutes
    return [
        Line(
            one.roster.pupils[row.terms.pupil], row,
            sum(there[row.terms.pupil, row.terms.service, day] for day in row.owed.days),
        )
        for row in some
    ]  # fmt: skip


def year(one: Services) -> list[Year]:
    """Return each service over the year so far, by the pupil's name."""
    by_service: dict[tuple[str, str], list[Account]] = defaultdict(list)
    for row in one.accounts:
        by_service[row.terms.pupil, row.terms.service].append(row)
    found = [_year(one, some) for some in by_service.values()]
    return sorted(found, key=lambda row: (row.pupil.family, row.pupil.given, row.terms.service))


def _year(one: Services, some: Sequence[Account]) -> Year:
    terms = some[-1].terms
    return Year(
        one.roster.pupils[terms.pupil], terms, sum(row.owed.minutes for row in some),
        sum(row.provided for row in some), sum(row.made_up for row in some),
        sum(row.explained for row in some), sum(row.to_make_up for row in some),
        sum(row.unrecorded for row in some),
    )  # fmt: skip


def sessions(one: Services, monday: date) -> list[Session]:
    """Return a week's planned meetings of which nothing is recorded, a group's as one."""
    days = [monday + timedelta(days=place) for place in range(7)]
    by_meeting: dict[tuple[date, int, str], list[Planned]] = defaultdict(list)
    for seat in one.to_record(one.meetings(day for day in days if day <= one.as_of)):
        service = one.roster.services[seat.service]
        by_meeting[seat.day, seat.span.start, service.group or service.id].append(seat)
    return [_session(one, key[2], some) for key, some in sorted(by_meeting.items())]


def _session(one: Services, activity: str, some: Sequence[Planned]) -> Session:
    seats = tuple(Seat(one.roster.pupils[seat.pupil], seat.service) for seat in some)
    first, kind = some[0], one.roster.services[some[0].service].kind
    shut = _shut(one, first.day, {seat.pupil.school for seat in seats})
    return Session(activity, kind, first.day, first.span.start, first.span.minutes, seats, shut)


def _shut(one: Services, day: date, schools: set[str]) -> str:
    """Return the source of a closure of every school of a meeting on its date, or nothing."""
    found = {row.school: row.source for row in one.closures if row.holds(day) and row.school in schools}
    return next(iter(found.values()), "") if found.keys() == schools else ""


def seats_of(one: Services, provider: str, activity: str, day: date) -> tuple[Seat, ...]:
    """Return who is served under a service or group of a provider on a date."""
    rows = one.roster.services.values()
    return tuple(
        Seat(one.roster.pupils[row.pupil], row.id)
        for row in rows
        if activity in (row.id, row.group) and row.provider == provider and row.stands(day)
        if (row.group or row.id) == activity and row.pupil in one.roster.pupils
    )


def activities(one: Services, provider: str) -> dict[str, tuple[str, str, int]]:
    """Return a provider's services and groups: what each is called, for whom, how long it lasts."""
    found: dict[str, tuple[str, str, int]] = {}
    for row in one.roster.services.values():
        if row.provider == provider and row.pupil in one.roster.pupils:
            who = one.roster.pupils[row.pupil].given
            kind, names, minutes = found.get(row.group or row.id, (row.kind, "", row.minutes))
            found[row.group or row.id] = (kind, f"{names}, {who}" if names else who, minutes)
    return found


def told(one: Services, entries: Iterable[Entry]) -> list[Told]:
    """Return entries as they are shown, the newest day first."""
    made = made_up(one.standing(), standing_of(one.entries))
    return [
        Told(
            entry, one.roster.pupils.get(entry.pupil), _kind(one, entry.activity),
            any(row.covers(entry) and entry.at <= row.at for row in one.signed),
            made.get(entry.id, 0),
        )
        for entry in sorted(entries, key=lambda entry: (entry.day, entry.first or 0), reverse=True)
    ]  # fmt: skip


def _kind(one: Services, activity: str) -> str:
    service = one.roster.services.get(activity)
    return service.kind if service else activity


def open_misses(one: Services, provider: str) -> list[Told]:
    """Return a provider's meetings that were not held and are not made up whole, the newest first."""
    mine = [row for row in one.standing() if row.code in REASONS and row.by == provider]
    minutes = {row.service: row.minutes for row in one.terms}
    found = [
        row for row in told(one, mine) if row.made_up < missed(row.entry, minutes.get(row.entry.activity, 0))
    ]
    return found[:LATEST]
