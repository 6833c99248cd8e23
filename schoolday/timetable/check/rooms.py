"""Check one date of a school's rooms: never more meetings in a kind of room at once than there are rooms."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from schoolday.calendar.row import Minutes
from schoolday.ground.finding import Finding, Status
from schoolday.ground.spans import clock
from schoolday.roster import Roster
from schoolday.rules import Way
from schoolday.timetable.meeting import Meeting, SchoolDay
from schoolday.timetable.problem import CLASSROOM


def check_rooms(roster: Roster, school_day: SchoolDay) -> Iterator[Finding]:
    """Yield where a date's meetings need more rooms of a kind than the roster counts at the school.

    The minutes of the date decide, not the template's slots: meetings made shorter may follow each other
    in one room. A kind that nobody has counted is unverified.
    """
    found: dict[str, list[Meeting]] = defaultdict(list)
    in_person = any(plan.way is Way.IN_PERSON for plan in school_day.plans.values())
    for one in _held(school_day):
        kind = roster.rooms_of.get(one.source, "") or (_classroom(roster, one) if in_person else "")
        if kind:
            found[kind].append(one)
    counted = roster.rooms.get(school_day.school, {})
    for place, meetings in sorted(found.items()):
        where = (school_day.school, place, school_day.day.isoformat())
        if place in counted:
            yield from _crowded(where, counted[place], meetings)
        else:
            said = f"{meetings[0].title} needs a {place} on {where[2]}, and nobody says how many "
            yield Finding("day.room", f"{said}school {school_day.school} has", Status.UNVERIFIED, where)


def _held(school_day: SchoolDay) -> Iterator[Meeting]:
    """Yield each meeting once: one that some follow by link from home fills its room, and no other."""
    there = {one.activity for one in school_day.meetings if one.kind is Minutes.IN_PERSON}
    for one in school_day.meetings:
        if one.kind is Minutes.IN_PERSON or one.activity not in there:
            yield one


def _classroom(roster: Roster, one: Meeting) -> str:
    """Return what a class needs in a week in person whose room nobody has named; nothing for a service."""
    return CLASSROOM if one.kind is Minutes.IN_PERSON and one.source in roster.sections else ""


def _crowded(where: tuple[str, str, str], rooms: int, meetings: list[Meeting]) -> Iterator[Finding]:
    _, place, on = where
    for start in sorted({one.span.start for one in meetings}):
        there = sorted(one.title for one in meetings if one.span.start <= start < one.span.end)
        if len(there) > rooms:
            said = f"on {on} at {clock(start)} {len(there)} meetings need a {place}: {' and '.join(there)}"
            said += f"; there are {rooms}"
            yield Finding("day.room", said, Status.BROKEN, where, len(there), rooms, "rooms")
