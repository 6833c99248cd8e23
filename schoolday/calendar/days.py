"""The district's calendar: which kind of day each date is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from schoolday.ground.errors import SchooldayError

WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri")
"""The days of a school week, in order; a template's day is an index into it."""


class DayKind(StrEnum):
    """What a date is. Only a school day has pupils."""

    SCHOOL = "school"
    PREPARATION = "preparation"
    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    OUTSIDE = "outside"


class OutsideCalendar(SchooldayError):
    """A date was asked for that lies outside the calendar: what it is would be a guess."""

    def __init__(self, day: date, first: date, last: date) -> None:
        self.day = day
        super().__init__(
            f"the calendar runs from {first} to {last} and does not say what {day} is; "
            "give the calendar of the year that it lies in"
        )


@dataclass(frozen=True)
class Calendar:
    """A school year of one district.

    Parameters
    ----------
    first, last
        The first and last date of the year, both included.
    holidays
        Dates without pupils or teachers, each with its name.
    preparation
        Dates on which teachers are paid and pupils stay home, each with its reason.
    short
        School days cut too short to count as instructional days, each with its reason: an early closing
        below the minimum day, for instance.
    """

    first: date
    last: date
    holidays: Mapping[date, str] = field(default_factory=dict)
    preparation: Mapping[date, str] = field(default_factory=dict)
    short: Mapping[date, str] = field(default_factory=dict)

    def kind(self, day: date) -> DayKind:
        """Return the kind of a date."""
        if not self.first <= day <= self.last:
            return DayKind.OUTSIDE
        if day.weekday() > 4:
            return DayKind.WEEKEND
        if day in self.holidays:
            return DayKind.HOLIDAY
        return DayKind.PREPARATION if day in self.preparation else DayKind.SCHOOL

    def reason(self, day: date) -> str:
        """Return the name of a holiday, the reason of a preparation or a short day, or an empty string."""
        return self.holidays.get(day) or self.preparation.get(day) or self.short.get(day) or ""

    def known(self, day: date) -> DayKind:
        """Return the kind of a date inside the calendar.

        Raises
        ------
        OutsideCalendar
            If the date lies before its first or after its last.
        """
        kind = self.kind(day)
        if kind is DayKind.OUTSIDE:
            raise OutsideCalendar(day, self.first, self.last)
        return kind

    def school_days(self, first: date, last: date) -> Iterator[date]:
        """Yield the school days from `first` to `last`, both included."""
        for day in dates(first, last):
            if self.kind(day) is DayKind.SCHOOL:
                yield day


def dates(first: date, last: date) -> Iterator[date]:
    """Yield every date from `first` to `last`, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
