"""One day's rows into sums for each pupil and each promise.

A pupil's rows mostly follow each other, so that runs of rows are added up first. Fields are added several at
a time, side by side in one whole number, each with as many bits as the pupil with the most rows may need.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple, TypeAlias

import numpy as np
import numpy.typing as npt

from schoolday.measures.dense.facts import (
    COUNTS,
    FIELDS,
    MOST,
    ONES,
    PLACE,
    TAKEN,
    TIMES,
    DayOfFacts,
    services_of,
)
from schoolday.measures.given import MeasuredYear

_Ints: TypeAlias = npt.NDArray[Any]
_BITS = 63


class Rows(NamedTuple):
    """Some rows by columns; `minutes` are 0 where they are not `known`, and `part` is 2 where unknown.

    `origin` and `kind` are places among words, and `origins` and `kinds` what each word adds to a row's code.
    """

    pupil: _Ints
    activity: _Ints
    minutes: _Ints
    known: _Ints
    part: _Ints
    origin: _Ints
    kind: _Ints
    origins: _Ints
    kinds: _Ints


class StrangeRow(ValueError):
    """A row that no day can hold: its place among those added, its column, and what is wrong with it."""

    def __init__(self, row: int, column: str, said: str) -> None:
        self.row, self.column, self.said = row, column, said
        super().__init__(f"row {row + 1}, column {column}: {said}")


class TooMuch(ValueError):
    """All rows of a pupil or a promise together are more than a day can hold."""


class Tally:
    """Adds up the days of one year, for any number of threads.

    Parameters
    ----------
    year
        Whose pupils and promises are counted.
    """

    def __init__(self, year: MeasuredYear) -> None:
        self.pupils, self.promises = len(year.pupils), len(year.promises)
        self.most = 1 + max((one.activity for one in year.promises), default=0)
        self._least = min((one.activity for one in year.promises), default=0)
        self._promised = np.zeros(self.most, bool)
        self._promised[[one.activity for one in year.promises]] = True
        keys = np.array([one.pupil * self.most + one.activity for one in year.promises], np.int64)
        self._order = np.argsort(keys)
        self._keys = keys[self._order]

    def services(self, rows: Rows, place: _Ints, codes: _Ints) -> _Ints:
        """Return what some rows add to each promise, shape (4, promises)."""
        if not self.promises:
            return np.zeros((4, 0), np.int64)
        some = np.flatnonzero((rows.activity >= self._least) & (rows.activity < self.most))
        some = some[self._promised[rows.activity[some]]]
        keys = rows.pupil[some].astype(np.int64) * self.most + rows.activity[some]
        found = np.minimum(np.searchsorted(self._keys, keys), self.promises - 1)
        own = self._keys[found] == keys
        some, promise = some[own], self._order[found[own]]
        return services_of(promise, codes[place[some]], rows.minutes[some], self.promises)


class Day:
    """Sums of one day while its rows are added, some at a time."""

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._facts = np.zeros((len(FIELDS), tally.pupils), np.int32)
        self._services = np.zeros((4, tally.promises), np.int64)

    def add(self, rows: Rows) -> None:
        """Add rows.

        Raises
        ------
        StrangeRow
            If one is of no pupil of the year, or has minutes or a part that there cannot be.
        """
        if not len(rows.pupil):
            return
        _check(rows, self._tally.pupils)
        place, codes = _placed(rows)
        runs = _Runs(rows.pupil)
        facts = self._facts[:, runs.lowest : runs.lowest + len(runs.rows)]
        facts[PLACE["rows"]] += runs.rows
        for name, count in zip(COUNTS, runs.sums(ONES[codes], place, None), strict=True):
            facts[PLACE[name]] += count
        for name, minutes in zip(TIMES, runs.sums(TAKEN[codes], place, rows.minutes), strict=True):
            facts[PLACE[name]] += minutes
        self._services += self._tally.services(rows, place, codes)

    def done(self) -> DayOfFacts:
        """Return the sums.

        Raises
        ------
        TooMuch
            If one is greater than a day can hold.
        """
        for of, sums in (("pupil", self._facts), ("promise", self._services)):
            if sums.max(initial=0) > MOST:
                who = int(sums.max(axis=0).argmax())
                raise TooMuch(f"the rows of {of} {who} add up to more than {MOST}")
        return DayOfFacts(self._facts.astype(np.int16), self._services.astype(np.int16))


class _Runs:
    """Rows of the same pupil that follow each other, and the sums over all of a pupil's runs."""

    def __init__(self, pupil: _Ints) -> None:
        self._starts = np.concatenate([[0], np.flatnonzero(pupil[1:] != pupil[:-1]) + 1])
        who = pupil[self._starts]
        self.lowest = int(who.min())
        self._place, self._pupils = who - self.lowest, int(who.max()) - self.lowest + 1
        self._once = bool((who[1:] > who[:-1]).all())
        self.rows = self._spread(np.diff(self._starts, append=len(pupil)))
        self._longest = int(self.rows.max())

    def _spread(self, runs: _Ints) -> _Ints:
        found = np.zeros(self._pupils, np.int64)
        if self._once:
            found[self._place] = runs
        else:
            np.add.at(found, self._place, runs)
        return found

    def sums(self, adding: _Ints, place: _Ints, minutes: _Ints | None) -> Iterator[_Ints]:
        """Yield for each field, from the lowest pupil on, its sum of ones or of minutes."""
        most = self._longest * (1 if minutes is None else int(minutes.max()))
        bits = max(most.bit_length(), 1)
        together, fields = _BITS // bits, adding.shape[1]
        for first in range(0, fields, together):
            own = adding[:, first : first + together]
            weights = (own << bits * np.arange(own.shape[1])).sum(axis=1)
            values = weights.take(place, mode="clip")
            if minutes is not None:
                values *= minutes
            packed = self._spread(np.add.reduceat(values, self._starts))
            for lane in range(own.shape[1]):
                yield packed >> bits * lane & (1 << bits) - 1


def _placed(rows: Rows) -> tuple[_Ints, _Ints]:
    """Return each row's place among all that rows here can be, and the code of each such place.

    There are few of them, so that what a code adds is looked up once for each and not for each row.
    """
    place = rows.origin * np.int32(len(rows.kinds))
    place += rows.kind
    for column, many in ((rows.part, 3), (rows.known, 2)):
        place *= np.int32(many)
        place += column
    words = (rows.origins[:, None] | rows.kinds).ravel()
    codes = words[:, None, None] | np.arange(3, dtype=np.uint8)[:, None] << 1 | np.arange(2, dtype=np.uint8)
    return place.astype(np.intp), codes.ravel()


def _check(rows: Rows, pupils: int) -> None:
    for column, values, least, most in (
        ("pupil", rows.pupil, 0, pupils - 1),
        ("minutes", rows.minutes, 0, MOST),
        ("participated", rows.part, 0, 2),
    ):
        if values.min() < least or values.max() > most:
            row = int(np.flatnonzero((values < least) | (values > most))[0])
            raise StrangeRow(row, column, _said(column, values[row], pupils))


def _said(column: str, value: int, pupils: int) -> str:
    return {
        "pupil": f"the row is of pupil {value}, and there are {pupils}, counted from 0",
        "minutes": f"{value} are no minutes of a day",
        "participated": f"{value} is neither 0 nor 1 nor empty",
    }[column]
