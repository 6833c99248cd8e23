"""What was recorded of a year, in columns: a row for each pupil (or for the district), NaN where unknown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

from schoolday.calendar.days import Calendar
from schoolday.calendar.periods import attendance_periods, four_weeks, school_months, school_weeks
from schoolday.rules.rule import Period

Numbers: TypeAlias = npt.NDArray[np.floating]
Dates: TypeAlias = npt.NDArray[np.datetime64]
Flags: TypeAlias = npt.NDArray[np.bool_]
Rows: TypeAlias = npt.NDArray[np.integer]


def ends(calendar: Calendar, period: Period) -> tuple[date, ...]:
    """Return the last date of each period of a school year: the columns of a measure over that period."""
    match period:
        case Period.DAY:
            return tuple(calendar.school_days(calendar.first, calendar.last))
        case Period.WEEK:
            return tuple(one.last for one in school_weeks(calendar))
        case Period.FOUR_WEEKS:
            return tuple(one.last for one in four_weeks(calendar))
        case Period.MONTH:
            return tuple(one.last for one in school_months(calendar))
        case Period.ATTENDANCE:
            # All begin with the year: those that end on one date are one.
            return tuple(dict.fromkeys(one.last for one in attendance_periods(calendar)))
    return (calendar.last,)


def packed(values: Numbers) -> Numbers:
    """Return an array in half the memory where no value changes by it, else as it is."""
    small = values.astype(np.float32)
    return small if np.array_equal(small, values, equal_nan=True) else values


@dataclass(frozen=True)
class Episodes:
    """Times at which a clock may have started: each row is of one subject, with the date of each event.

    Parameters
    ----------
    subject
        The place of each row's subject in `Columns.subjects`; shape (rows,).
    dates
        For each event by name its dates, shape (rows,); NaT is "not on record".
    """

    subject: Rows
    dates: Mapping[str, Dates]


@dataclass(frozen=True)
class Columns:
    """A year of one kind of subject.

    Parameters
    ----------
    calendar
        The school year; `ends` of it names the columns of each measure.
    subjects
        Their ids, one for each row.
    grades
        The grade of each row; empty where rows have none.
    values
        For a measure and a period an array of shape (rows, periods) in the measure's unit; NaN is unknown.
        It may be a mapping that makes or reads each array when it is asked for.
    circumstances
        By name, which rows a circumstance is true of; shape (rows,). One left out is true of none.
    episodes
        Events in the order in which they belong together.
    name
        What the rows are: ``pupils``, ``district``.

    Raises
    ------
    ValueError
        If the shapes do not fit together.
    """

    calendar: Calendar
    subjects: Sequence[str]
    grades: Sequence[str] = ()
    values: Mapping[tuple[str, Period], Numbers] = field(default_factory=dict)
    circumstances: Mapping[str, Flags] = field(default_factory=dict)
    episodes: Sequence[Episodes] = ()
    name: str = ""

    def __post_init__(self) -> None:
        rows = len(self.subjects)
        if self.grades and len(self.grades) != rows:
            raise ValueError(f"{len(self.grades)} grades for {rows} rows")
        for name, flags in self.circumstances.items():
            if flags.shape != (rows,):
                raise ValueError(f"circumstance {name}: shape {flags.shape} for {rows} rows")

    @cached_property
    def _ends(self) -> dict[Period, tuple[date, ...]]:
        return {period: ends(self.calendar, period) for period in Period}

    def ends(self, period: Period) -> tuple[date, ...]:
        """Return the last date of each period of a kind: what the columns of its measures are of."""
        return self._ends[period]

    def column(self, measure: str, period: Period) -> Numbers:
        """Return a measure's array.

        Raises
        ------
        KeyError
            If nobody recorded it.
        ValueError
            If it has not a column for each period of the calendar.
        """
        found = self.values[measure, period]
        due = (len(self.subjects), len(self.ends(period)))
        if found.shape != due:
            raise ValueError(f"{measure} by {period.value}: shape {found.shape}, due is {due}")
        return found

    def excused(self, names: Sequence[str]) -> Flags:
        """Return which rows are in one of some circumstances."""
        found = np.zeros(len(self.subjects), bool)
        for name in names:
            if name in self.circumstances:
                found |= self.circumstances[name]
        return found

    def circumstances_of(self, row: int) -> frozenset[str]:
        """Return the circumstances that are true of one row."""
        return frozenset(name for name, flags in self.circumstances.items() if flags[row])
