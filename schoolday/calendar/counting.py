"""Counting from an event: hours, and five kinds of day. The day of the event itself is day 0."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, tzinfo
from enum import StrEnum

from schoolday.calendar.days import Calendar, DayKind

Moment = date | datetime
"""A date of the district, or a moment with its time zone."""


class Count(StrEnum):
    """Hours, or a kind of day; the day of the event itself is day 0.

    A working day is a weekday that is no holiday; a school day one on which school is taught, and an
    instructional day one on which it is taught long enough to count (Education Code 46392, 51747).
    Holidays are those of the district's calendar, legal holidays and recess alike. Where a law means legal
    holidays alone (the labor board's clocks), count over a calendar that has only those.
    """

    HOURS = "hours"
    CALENDAR = "calendar_days"
    WORKING = "working_days"
    SCHOOL = "school_days"
    INSTRUCTIONAL = "instructional_days"


def day_of(moment: Moment, zone: tzinfo | None = None) -> date:
    """Return the date of a moment in a time zone; None takes the moment's own.

    Raises
    ------
    ValueError
        If the moment has a time but no time zone.
    """
    if not isinstance(moment, datetime):
        return moment
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone; give the moment with its zone")
    return (moment.astimezone(zone) if zone and moment.tzinfo is not zone else moment).date()


def counts(calendar: Calendar, day: date, count: Count) -> bool:
    """Return whether a date is counted.

    Raises
    ------
    OutsideCalendar
        If the answer depends on the kind of day and the date lies outside the calendar.
    ValueError
        If hours are asked for: they are no kind of day.
    """
    if count is Count.HOURS:
        raise ValueError("hours are no kind of day; add them to a moment")
    return _COUNTED[count](calendar, day)


def add(calendar: Calendar, since: Moment, number: int, count: Count, zone: tzinfo | None = None) -> Moment:
    """Return the last moment within so many hours or days of an event.

    Parameters
    ----------
    calendar
        The district's calendar, which says what each date is.
    since
        The event: a moment with its time zone, or a date where only that is known and days are counted.
    number, count
        How many, 0 or more, and of what.
    zone
        The district's time zone, in which a moment's date is read; None takes the moment's own.

    Returns
    -------
    date or datetime
        Where days are counted the last date in time, any hour of it; where hours are counted the moment.
        Hours are real hours: a day on which the clock changes has 23 or 25.

    Raises
    ------
    OutsideCalendar
        If the count runs past the dates that the calendar knows: later dates are never guessed.
    ValueError
        If the number is negative, or hours are to be added to a date.
    """
    if number < 0:
        raise ValueError(f"{number} is negative; count from the earlier event")
    if count is Count.HOURS:
        return _add_hours(since, number, zone)
    day = day_of(since, zone)
    if count is Count.CALENDAR:
        return day + timedelta(days=number)
    while number:
        day += timedelta(days=1)
        number -= counts(calendar, day, count)
    return day


def between(
    calendar: Calendar, since: Moment, until: Moment, count: Count, zone: tzinfo | None = None
) -> float:
    """Return how many hours or days lie between two events; negative where the second came first.

    Days are counted after the day of the first event, up to and with the day of the second. So
    ``between(c, since, add(c, since, n, count), count)`` is n.

    Raises
    ------
    OutsideCalendar
        If a date between them lies outside the calendar and the count depends on its kind.
    ValueError
        If hours are asked for between dates without a time.
    """
    if count is Count.HOURS:
        return (_timed(until) - _timed(since)) / timedelta(hours=1)
    first, last = day_of(since, zone), day_of(until, zone)
    if last < first:
        return -between(calendar, last, first, count)
    if count is Count.CALENDAR:
        return float((last - first).days)
    days = (first + timedelta(days=number + 1) for number in range((last - first).days))
    return float(sum(counts(calendar, day, count) for day in days))


def _add_hours(since: Moment, number: int, zone: tzinfo | None) -> datetime:
    moment = _timed(since)
    # Adding in universal time: in local time Python would skip or repeat the hour of a clock change.
    return (moment + timedelta(hours=number)).astimezone(zone or moment_zone(since))


def moment_zone(moment: Moment) -> tzinfo | None:
    """Return the time zone that a moment carries; None for a date."""
    return moment.tzinfo if isinstance(moment, datetime) else None


def _timed(moment: Moment) -> datetime:
    if not isinstance(moment, datetime):
        raise ValueError(f"{moment.isoformat()} is a date; hours are counted from a moment with its time")
    if moment.tzinfo is None:
        raise ValueError(f"{moment.isoformat()} has no time zone; give the moment with its zone")
    return moment.astimezone(UTC)


def _is_working(calendar: Calendar, day: date) -> bool:
    return calendar.known(day) in (DayKind.SCHOOL, DayKind.PREPARATION)


def _is_school(calendar: Calendar, day: date) -> bool:
    return calendar.known(day) is DayKind.SCHOOL


_COUNTED: Mapping[Count, Callable[[Calendar, date], bool]] = {
    Count.CALENDAR: lambda calendar, day: True,
    Count.WORKING: _is_working,
    Count.SCHOOL: _is_school,
    Count.INSTRUCTIONAL: lambda calendar, day: _is_school(calendar, day) and day not in calendar.short,
}
