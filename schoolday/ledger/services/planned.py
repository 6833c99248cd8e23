"""Planned: the dated meetings of services in a timetable, what of them is unrecorded, what has no place."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from schoolday.ground.finding import Finding, Status
from schoolday.ground.spans import Span
from schoolday.ledger.entry import Entry
from schoolday.ledger.services.owed import Owed
from schoolday.ledger.services.recorded import of_services
from schoolday.ledger.services.terms import Mode
from schoolday.roster import Roster
from schoolday.timetable.meeting import SchoolDay

Key = tuple[str, str]
"""A pupil and a service."""


@dataclass(frozen=True, slots=True)
class Planned:
    """One pupil's seat in one dated meeting of a service."""

    pupil: str
    service: str
    school: str
    provider: str
    day: date
    span: Span


def planned(days: Iterable[SchoolDay], roster: Roster) -> Iterator[Planned]:
    """Yield every pupil's meetings of services on some school days."""
    named: dict[Key, str] = {}
    for one in roster.services.values():
        named[one.pupil, one.group or one.id] = one.id
    for school_day in days:
        for meeting in school_day.meetings:
            for pupil in meeting.pupils:
                service = named.get((pupil, meeting.source))
                if service:
                    who = meeting.teachers[0] if meeting.teachers else roster.services[service].provider
                    yield Planned(pupil, service, school_day.school, who, school_day.day, meeting.span)


def dates_of(meetings: Iterable[Planned]) -> dict[Key, list[date]]:
    """Return the dates on which each pupil's service is planned."""
    found: dict[Key, list[date]] = defaultdict(list)
    for one in meetings:
        found[one.pupil, one.service].append(one.day)
    return {key: sorted(days) for key, days in found.items()}


def to_record(meetings: Iterable[Planned], entries: Iterable[Entry], as_of: date) -> list[Planned]:
    """Return the planned meetings up to a date of which nothing is recorded, oldest first."""
    left = Counter((one.pupil, one.activity, one.day) for one in of_services(entries))
    found = []
    for one in sorted(meetings, key=lambda one: (one.day, one.span, one.pupil)):
        key = (one.pupil, one.service, one.day)
        if one.day > as_of:
            continue
        if left[key]:
            left[key] -= 1
        else:
            found.append(one)
    return found


def unplaced(promised: Iterable[Owed], meetings: Iterable[Planned], *, met: bool = False) -> list[Finding]:
    """Return what is owed and has no place in the timetable, before the week begins.

    Parameters
    ----------
    promised
        What is owed in the periods asked about.
    meetings
        The planned meetings of the same whole periods: of a month's service, all the month's.
    met
        Whether to return what has its place as well.

    Returns
    -------
    list of Finding
        A consult needs no place beside the pupil's classes and is advice; anything else is broken.
    """
    minutes: dict[tuple[str, str, date], int] = defaultdict(int)
    for meeting in meetings:
        minutes[meeting.pupil, meeting.service, meeting.day] += meeting.span.minutes
    found = [_placed(one, minutes) for one in promised]
    return [one for one in found if met or one.status is not Status.MET]


def _placed(one: Owed, minutes: Mapping[tuple[str, str, date], int]) -> Finding:
    terms = one.terms
    have = sum(minutes.get((terms.pupil, terms.service, day), 0) for day in one.days)
    consult = terms.mode is Mode.CONSULT
    status = Status.MET if have >= one.minutes else Status.ADVICE if consult else Status.BROKEN
    said = f"pupil {terms.pupil} is owed {one.minutes} minutes of {terms.kind} in the {one.period.name}; "
    said += f"{have} have a place"
    mend = ""
    if status is not Status.MET:
        mend = f"plan {one.minutes - have} minutes more with {terms.provider}"
        mend += ", outside the pupil's classes" if consult else ", or agree with the family on another time"
    where = (terms.school, f"pupil {terms.pupil}", terms.service, one.period.name)
    return Finding("services.unplaced", said, status, where, have, one.minutes, "minutes", mend=mend)
