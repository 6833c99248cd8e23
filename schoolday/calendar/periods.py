"""The periods of a school year: weeks, four weeks in a row, school months, and attendance periods."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from schoolday.calendar.days import Calendar

_WEEKS_IN_A_MONTH = 4


@dataclass(frozen=True, slots=True)
class Stretch:
    """Dates in a row, with a name.

    Parameters
    ----------
    name
        What it is called: ``week of 2020-09-07``, ``school month 1``, ``P-1``.
    first, last
        Its first and last date, both included.
    full
        Whether nothing of it is cut off by the calendar's ends.
    """

    name: str
    first: date
    last: date
    full: bool = True


def school_weeks(calendar: Calendar) -> tuple[Stretch, ...]:
    """Return the weeks, Monday to Friday, that have a day in the calendar.

    The first and the last are cut at the calendar's ends, and then not `full`.
    """
    monday = calendar.first - timedelta(days=calendar.first.weekday())
    weeks = []
    while monday <= calendar.last:
        friday = monday + timedelta(days=4)
        first, last = max(monday, calendar.first), min(friday, calendar.last)
        if first <= last:
            full = (first, last) == (monday, friday)
            weeks.append(Stretch(f"week of {monday.isoformat()}", first, last, full))
        monday += timedelta(days=7)
    return tuple(weeks)


def four_weeks(calendar: Calendar) -> tuple[Stretch, ...]:
    """Return every 28 days in a row that begin on a school day and lie in the calendar whole."""
    found = []
    for first in calendar.school_days(calendar.first, calendar.last):
        last = first + timedelta(days=27)
        if last <= calendar.last:
            found.append(Stretch(f"four weeks from {first.isoformat()}", first, last))
    return tuple(found)


def school_months(calendar: Calendar) -> tuple[Stretch, ...]:
    """Return the school months: four weeks of five days each, legal holidays included.

    The first begins with the week of the first school day. A week without any school day (a recess) counts
    to no month; the month around it runs on after it. That is our reading: the law's words are "20 days, or
    four weeks of five days each, including legal holidays" (Education Code 37201, a secondary source). The
    last month is not `full` where fewer than four weeks are left.
    """
    weeks = [week for week in school_weeks(calendar) if any(calendar.school_days(week.first, week.last))]
    return tuple(
        Stretch(f"school month {place}", part[0].first, part[-1].last, len(part) == _WEEKS_IN_A_MONTH)
        for place, part in enumerate(_fours(weeks), 1)
    )


def attendance_periods(calendar: Calendar) -> tuple[Stretch, ...]:
    """Return P-1, P-2 and the annual period; each begins with the school year.

    P-1 holds the full school months from 1 July to 31 December, P-2 those to 15 April, the annual period the
    whole year. From memory: Education Code 41601; nobody has read its text for this. A period in which no
    full school month ends is left out.
    """
    july = calendar.first.year - (calendar.first.month < 7)
    months = school_months(calendar)
    ends = (("P-1", date(july, 12, 31)), ("P-2", date(july + 1, 4, 15)))
    found = [_until(name, months, end) for name, end in ends]
    year = Stretch("annual", calendar.first, calendar.last)
    return (*(period for period in found if period), year)


def attendance_parts(calendar: Calendar) -> tuple[Stretch, ...]:
    """Return the year cut after P-1 and P-2: to P-1, from there to P-2, from there to the year's end.

    Those are the periods in which work products are kept (Education Code 51747.5(b)(2)(A)(iii)).
    """
    periods = attendance_periods(calendar)
    first = Stretch(f"to {periods[0].name}", calendar.first, periods[0].last)
    later = (
        Stretch(f"after {before.name} to {after.name}", before.last + timedelta(days=1), after.last)
        for before, after in pairwise(periods)
    )
    return tuple(part for part in (first, *later) if part.first <= part.last)


def holding(stretches: Iterable[Stretch], day: date) -> Stretch | None:
    """Return the first of some stretches that a date lies in, or None."""
    return next((stretch for stretch in stretches if stretch.first <= day <= stretch.last), None)


def _fours(weeks: Sequence[Stretch]) -> list[Sequence[Stretch]]:
    return [weeks[place : place + _WEEKS_IN_A_MONTH] for place in range(0, len(weeks), _WEEKS_IN_A_MONTH)]


def _until(name: str, months: Sequence[Stretch], end: date) -> Stretch | None:
    inside = [month for month in months if month.full and month.last <= end]
    return Stretch(name, inside[0].first, inside[-1].last) if inside else None
