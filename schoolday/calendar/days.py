"""The district's calendar: which kind of day each date is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

WEEK = ("Mon", "Tue", "Wed", "Thu", "Fri")
"""The days of a school week, in order; a template's day is an index into it."""


class DayKind(StrEnum):
    """What a date is. Only a school day has pupils."""

    SCHOOL = "school"
    PREPARATION = "preparation"
    HOLIDAY = "holiday"
    WEEKEND = "weekend"
    OUTSIDE = "outside"


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
    """

    first: date
    last: date
    holidays: Mapping[date, str] = field(default_factory=dict)
    preparation: Mapping[date, str] = field(default_factory=dict)

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
        """Return the name of a holiday or the reason of a preparation day, or an empty string."""
        return self.holidays.get(day) or self.preparation.get(day) or ""

    def school_days(self, first: date, last: date) -> Iterator[date]:
        """Yield the school days from `first` to `last`, both included."""
        for day in dates(first, last):
            if self.kind(day) is DayKind.SCHOOL:
                yield day


def dates(first: date, last: date) -> Iterator[date]:
    """Yield every date from `first` to `last`, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)
