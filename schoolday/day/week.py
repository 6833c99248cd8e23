"""A school's week by class: who meets when. It names no pupil, so anybody may see it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from schoolday.day.compose import KINDS
from schoolday.day.values import BlockKind, Names
from schoolday.timetable.meeting import Meeting, SchoolDay


@dataclass(frozen=True, slots=True)
class Cell:
    """One meeting in a week's table; the end is not included."""

    start: int
    end: int
    kind: BlockKind
    title: str
    subject: str


@dataclass(frozen=True, slots=True)
class WeekRow:
    """One class: its name, its teacher, and for each date of the week its meetings in order."""

    source: str
    title: str
    teacher: str
    cells: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class SchoolWeekView:
    """A school's week: dates in order, each with the reason why it has no school or an empty text."""

    school: str
    name: str
    days: tuple[date, ...]
    notes: tuple[str, ...]
    rows: tuple[WeekRow, ...]


def school_week(
    school: str,
    school_days: Iterable[SchoolDay],
    *,
    names: Names,
    notes: dict[date, str] | None = None,
    leave_out: frozenset[str] = frozenset(),
) -> SchoolWeekView:
    """Return a school's week by class.

    Parameters
    ----------
    school, names
        The school's id, and what ids are called.
    school_days
        This school's dates; dates named only in `notes` are shown without meetings.
    notes
        For dates without school, why.
    leave_out
        Sources not to show: the services, since a group of one names a pupil without naming one.
    """
    dated = {day.day: day for day in school_days}
    days = tuple(sorted({*dated, *(notes or {})}))
    found: dict[str, dict[date, list[Meeting]]] = defaultdict(lambda: defaultdict(list))
    for day in days:
        for meeting in dated[day].meetings if day in dated else ():
            if meeting.source not in leave_out:
                found[meeting.source][day].append(meeting)
    rows = [_row(source, by_day, days, names) for source, by_day in found.items()]
    rows.sort(key=lambda row: (row.title, row.source))
    why = tuple((notes or {}).get(day, "") for day in days)
    return SchoolWeekView(school, names.schools.get(school, ""), days, why, tuple(rows))


def _row(source: str, by_day: dict[date, list[Meeting]], days: tuple[date, ...], names: Names) -> WeekRow:
    first = next(iter(by_day.values()))[0]
    teacher = names.teachers.get(first.teachers[0], "") if first.teachers else ""
    cells = tuple(tuple(sorted(map(_cell, by_day.get(day, ())), key=_when)) for day in days)
    return WeekRow(source, names.sections.get(source, first.title), teacher, cells)


def _cell(meeting: Meeting) -> Cell:
    return Cell(meeting.span.start, meeting.span.end, KINDS[meeting.kind], meeting.title, meeting.subject)


def _when(cell: Cell) -> tuple[int, int, str]:
    return (cell.start, cell.end, cell.title)
