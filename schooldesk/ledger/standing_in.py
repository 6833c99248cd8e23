"""What a substitute takes on a day, who stands in for a teacher, and who else entered what a page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from schoolday.roster import Roster
from schooldesk.day.request import school_roster
from schooldesk.day.shell import joinable
from schooldesk.ledger import lines
from schooldesk.ledger.lines import Sheet
from schooldesk.ledger.substitutes import reads
from schooldesk.ledger.substitutes.reads import Stand
from schooldesk.ledger.weeks import school_day
from schooldesk.people import reads as people
from schooldesk.people.models import Staff
from schooldesk.roster.models import District


@dataclass(frozen=True)
class StoodIn:
    """The meetings of a day at which somebody stands in, and the classes that do not meet on it."""

    stand: Stand
    teacher: str
    sheets: list[Sheet]
    unmet: Mapping[str, str]


def lists(staff: Staff, day: date) -> list[StoodIn]:
    """Return what somebody takes on a day in others' place."""
    home, found = staff.district, list[StoodIn]()
    for one in reads.of_substitute(staff, day):
        roster = school_roster(home.pk, home.roster_id or 0, (one.school,))
        if roster is not None:
            found.append(_list(staff, one, roster, day))
    return found


def _list(staff: Staff, stand: Stand, roster: Roster, day: date) -> StoodIn:
    planned = school_day(staff.district, stand.school, day)
    mine = {
        section.id: section.title
        for section in roster.sections_at.get(stand.school, ())
        if stand.has(stand.school, section.id, roster.teachers_of.get(section.id, ()))
    }
    met = [one for one in (planned.meetings if planned else ()) if one.source in mine]
    met.sort(key=lambda one: (one.span.start, one.uid))
    unmet = {key: title for key, title in mine.items() if key not in {one.source for one in met}}
    member = roster.staff.get(stand.teacher)
    name = member.name if member else stand.teacher
    return StoodIn(stand, name, lines.sheets(staff, stand.school, met, roster, day), unmet)


def link_of(sheet: Sheet) -> str:
    """Return the address at which a meeting is joined; empty where it has none."""
    place = sheet.meeting.place if sheet.meeting else ""
    return place if joinable(place) else ""


def named_for(staff: Staff, teacher: str, day: date) -> list[Stand]:
    """Return who stands in for a teacher on a day or later."""
    return reads.of_teacher(staff.district, teacher, day)


def entered_by(home: District, sheet: Sheet, reader: str) -> list[str]:
    """Return the names of those other than the reader who wrote what a meeting's page shows."""
    kept = [*sheet.kept, *(one for line in sheet.lines for one in (*line.more, *line.watched))]
    return sorted(people.called(home, {one.by for one in kept} - {reader}).values())
