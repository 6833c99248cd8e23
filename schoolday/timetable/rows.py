"""The plan of a date as rows, in the shape that the record has too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from schoolday.calendar.row import Minutes, Row
from schoolday.roster import Roster
from schoolday.timetable.meeting import SchoolDay


def rows(school_day: SchoolDay, roster: Roster | None = None) -> Iterator[Row]:
    """Yield the minutes planned for each pupil: one row for each section or service and kind.

    Work that found no free time is no row: it is in `SchoolDay.unlaid`, and the check names it.

    Parameters
    ----------
    school_day
        The date.
    roster
        With it, the minutes of a service group are given to each pupil's own service by its id;
        without it, to the group's name.
    """
    found: dict[tuple[str, str, Minutes], int] = defaultdict(int)
    own = _own(roster)
    for meeting in school_day.meetings:
        for pupil in meeting.pupils:
            source = own.get((pupil, meeting.source), meeting.source)
            found[pupil, source, meeting.kind] += meeting.span.minutes
    for pupil, works in school_day.work.items():
        for work in works:
            found[pupil, work.source, Minutes.INDEPENDENT] += work.span.minutes
    for (pupil, source, kind), minutes in sorted(found.items()):
        yield Row(pupil, school_day.day, source, kind, minutes)


def _own(roster: Roster | None) -> dict[tuple[str, str], str]:
    services = roster.services.values() if roster else ()
    return {(one.pupil, one.group): one.id for one in services if one.group}
