"""One day's rows into sums for each pupil and each promise."""

from __future__ import annotations

from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from schoolday.measures.dense import kernel
from schoolday.measures.dense.facts import (
    COUNTS,
    FIELD,
    FIELDS,
    LANES,
    MOST,
    MOST_ROWS,
    ONES,
    OWED,
    PLACE,
    TIMES,
    UNTIMED,
    DayOfFacts,
    unpacked,
)
from schoolday.measures.given import MeasuredYear

_Ints: TypeAlias = npt.NDArray[Any]
_MEANS = kernel.Meaning(*ONES, FIELD, OWED, UNTIMED)


class StrangeRow(ValueError):
    """A row that no day can hold: its place among those added, its column, and what is wrong with it."""

    def __init__(self, row: int, column: str, said: str) -> None:
        self.row, self.column, self.said = row, column, said
        super().__init__(f"row {row + 1}, column {column}: {said}")


class TooMuch(ValueError):
    """The minutes of all rows together are more than a day can hold."""


class Tally:
    """Adds up the days of one year.

    Parameters
    ----------
    year
        Whose pupils and promises are counted.
    """

    def __init__(self, year: MeasuredYear) -> None:
        self._pupils = len(year.pupils)
        order = sorted(range(len(year.promises)), key=lambda one: year.promises[one].pupil)
        own = np.array([year.promises[one].pupil for one in order], np.int64)
        first = np.searchsorted(own, np.arange(self._pupils + 1)).astype(np.uint32)
        activities = np.array([year.promises[one].activity for one in order], np.uint32)
        self._order, self._promised = np.array(order, np.int64), kernel.Promised(first, activities)

    def begun(self) -> Day:
        """Return a day of which nothing is added yet."""
        return Day(self._pupils, self._order, self._promised)


class Day:
    """Sums of one day while its rows are added, some at a time."""

    def __init__(self, pupils: int, order: _Ints, promised: kernel.Promised) -> None:
        counts, minutes = np.zeros((pupils, 2), np.int64), np.zeros((pupils, len(TIMES) + 1), np.int64)
        self._sums = kernel.Sums(counts, minutes, np.zeros((len(order), 5), np.int64))
        self._order, self._promised = order, promised

    def add(self, rows: kernel.Rows) -> None:
        """Add rows.

        Raises
        ------
        StrangeRow
            If one is of no pupil of the year, has minutes or a part that there cannot be, or is one too many
            for its pupil's day. The day is of no use then.
        """
        found, row = kernel.add_rows(self._sums, rows, _MEANS, self._promised)
        if found != kernel.FINE:
            raise StrangeRow(row, *_said(found, rows, row, len(self._sums.counts)))

    def done(self) -> DayOfFacts:
        """Return the sums.

        Raises
        ------
        TooMuch
            If one is greater than a day can hold.
        """
        minutes, sums = self._sums.minutes[:, : len(TIMES)], self._sums.services[:, :4]
        for of, found in (("pupil", minutes), ("promise", sums)):
            if found.max(initial=0) > MOST:
                who = int(found.max(axis=1).argmax())
                raise TooMuch(f"the rows of {of} {who} add up to more than {MOST} minutes")
        facts = np.empty((len(FIELDS), len(minutes)), np.int16)
        for number, name in enumerate(COUNTS):
            facts[PLACE[name]] = unpacked(self._sums.counts[:, number // LANES], number % LANES)
        facts[[PLACE[name] for name in TIMES]] = minutes.T
        services = np.empty((4, len(self._order)), np.int16)
        services[:, self._order] = sums.T
        return DayOfFacts(facts, services)


def _said(found: int, rows: kernel.Rows, row: int, pupils: int) -> tuple[str, str]:
    """Return the column at which adding stopped, and why."""
    pupil, part, minutes = (column.view(np.int32)[row] for column in (rows.pupil, rows.part, rows.minutes))
    return {
        kernel.NO_PUPIL: ("pupil", f"the row is of pupil {pupil}, and there are {pupils}, counted from 0"),
        kernel.NO_PART: ("participated", f"{part} is neither 0 nor 1 nor empty"),
        kernel.NO_MINUTES: ("minutes", f"{minutes} are no minutes of a day"),
        kernel.TOO_MANY: ("pupil", f"pupil {pupil} has more than {MOST_ROWS} rows on this day"),
    }[found]
