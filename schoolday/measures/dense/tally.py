"""One day's rows into sums for each pupil and each promise.

Rows that follow each other with the same pupil and the same meaning are added up first, as a run. In a pack
all rows of one meaning lie together, so that a meaning is looked up once and its runs fall side by side into
the fields that it adds to; rows in any other order give the same sums, more slowly.
"""

from __future__ import annotations

from collections import defaultdict
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
_FEW = 64
"""So many changes of meaning are walked one by one; where there are more, the runs are put in order first."""
_COUNTED = [[PLACE["rows"], *(PLACE[COUNTS[one]] for one in np.flatnonzero(row))] for row in ONES]
_TAKEN = [[PLACE[TIMES[one]] for one in np.flatnonzero(row)] for row in TAKEN]


class Rows(NamedTuple):
    """Some rows by columns; `minutes` hold anything where they are not `timed`, and `part` where not `said`.

    `origin` and `kind` are places among words, and `origins` and `kinds` what each word adds to a row's code.
    """

    pupil: _Ints
    activity: _Ints
    minutes: _Ints
    timed: _Ints
    part: _Ints
    said: _Ints
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
        self._promised = np.zeros(self.most + 1, bool)
        self._promised[[one.activity for one in year.promises]] = True
        keys = np.array([one.pupil * self.most + one.activity for one in year.promises], np.int64)
        self._order = np.argsort(keys)
        self._keys = keys[self._order]

    def services(self, rows: Rows, meanings: Meanings) -> _Ints:
        """Return what some rows add to each promise, shape (4, promises)."""
        if not self.promises:
            return np.zeros((4, 0), np.int64)
        some = np.flatnonzero(rows.activity >= self._least)
        some = some[self._promised[np.minimum(rows.activity[some], self.most)]]
        keys = rows.pupil[some].astype(np.int64) * self.most + rows.activity[some]
        found = np.minimum(np.searchsorted(self._keys, keys), self.promises - 1)
        own = self._keys[found] == keys
        some, promise = some[own], self._order[found[own]]
        minutes = np.where(rows.timed[some], rows.minutes[some], 0)
        return services_of(promise, meanings.of(some), minutes, self.promises)


class Day:
    """Sums of one day while its rows are added, some at a time: of each meaning its rows and minutes.

    It can be used for one day after the other: fresh memory for each would cost as much as the sums.
    """

    def __init__(self, tally: Tally) -> None:
        self._tally = tally
        self._facts = np.zeros((len(FIELDS), tally.pupils), np.int32)
        self._sums: dict[int, _Ints] = defaultdict(lambda: np.zeros((2, tally.pupils), np.int32))
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
        meanings = Meanings.of_rows(rows)
        for code, runs in _runs(rows, meanings):
            self._put(code, runs)
        self._services += self._tally.services(rows, meanings)

    def _put(self, code: int, runs: _Runs) -> None:
        """Add runs of one meaning to its sums."""
        many, minutes = self._sums[code]
        who, once = runs.where()
        adding = ((many, runs.many), (minutes, runs.minutes)) if _TAKEN[code] else ((many, runs.many),)
        for sums, value in adding:
            if once:
                sums[who] += value
            else:
                np.add.at(sums, runs.who, value)

    def done(self) -> DayOfFacts:
        """Return the sums, and begin anew.

        Raises
        ------
        TooMuch
            If one is greater than a day can hold.
        """
        self._facts.fill(0)
        for code, (many, minutes) in self._sums.items():
            # Rows that fit into a day have minutes that fitted into the sums' 32 bits.
            _fits("pupil", many)
            _fits("pupil", minutes)
            for field in _COUNTED[code]:
                self._facts[field] += many
            for field in _TAKEN[code]:
                self._facts[field] += minutes
        _fits("pupil", self._facts)
        _fits("promise", self._services)
        found = DayOfFacts(self._facts.astype(np.int16), self._services.astype(np.int16))
        for sums in (self._services, *self._sums.values()):
            sums.fill(0)
        return found


def _fits(of: str, sums: _Ints) -> None:
    if sums.max(initial=0) > MOST:
        who = int(np.atleast_2d(sums).max(axis=0).argmax())
        raise TooMuch(f"the rows of {of} {who} add up to more than {MOST}")


class Meanings(NamedTuple):
    """From which row on rows have another meaning (origin, kind, part, and what is known), and its code."""

    turned: _Ints
    starts: _Ints
    codes: _Ints

    @classmethod
    def of_rows(cls, rows: Rows) -> Meanings:
        """Find where the meaning of rows changes."""
        turned = _turned(rows.origin, rows.kind, rows.part, rows.said, rows.timed)
        starts = np.flatnonzero(turned)
        part = np.where(rows.said[starts], rows.part[starts], 2).astype(np.uint8)
        words = rows.origins[rows.origin[starts]] | rows.kinds[rows.kind[starts]]
        return cls(turned, starts, words | part << 1 | rows.timed[starts])

    def of(self, some: _Ints) -> _Ints:
        """Return the codes of some rows."""
        return self.codes[np.searchsorted(self.starts, some, side="right") - 1]


class _Runs(NamedTuple):
    """Runs of rows of one pupil and one meaning: whose, how many rows, and their minutes together."""

    who: _Ints
    many: _Ints
    minutes: _Ints

    def where(self) -> tuple[_Ints | slice, bool]:
        """Return the pupils' places, as a slice where none is left out, and whether each has one run."""
        who = self.who
        if not (who[1:] > who[:-1]).all():
            return who, False
        first, last = int(who[0]), int(who[-1]) + 1
        return (slice(first, last) if last - first == len(who) else who), True


def _runs(rows: Rows, meanings: Meanings) -> Iterator[tuple[int, _Runs]]:
    """Yield the runs of each meaning; where meanings change often, those of the same one together."""
    starts = np.flatnonzero(_turned(rows.pupil) | meanings.turned)
    many = np.empty(len(starts), np.int32)
    np.subtract(starts[1:], starts[:-1], out=many[:-1], casting="unsafe")
    many[-1] = len(rows.pupil) - starts[-1]
    runs = _Runs(rows.pupil[starts], many, np.add.reduceat(rows.minutes, starts, dtype=np.int32))
    firsts, codes = np.searchsorted(starts, meanings.starts), meanings.codes
    if len(firsts) > _FEW:
        every = np.repeat(codes, np.diff(firsts, append=len(starts)))
        order = np.argsort(every, kind="stable")
        runs = _Runs(*(column[order] for column in runs))
        codes, firsts = np.unique(every[order], return_index=True)
    lasts = (*firsts[1:].tolist(), len(starts))
    for code, first, last in zip(codes.tolist(), firsts.tolist(), lasts, strict=True):
        yield code, _Runs(*(column[first:last] for column in runs))


def _turned(*columns: _Ints) -> _Ints:
    """Return for each row whether a column differs from the row before; the first row does."""
    found = np.ones(len(columns[0]), bool)
    rest = found[1:]
    np.not_equal(columns[0][1:], columns[0][:-1], out=rest)
    for column in columns[1:]:
        rest |= column[1:] != column[:-1]
    return found


def _check(rows: Rows, pupils: int) -> None:
    for column, values, known, most in (
        ("pupil", rows.pupil, None, pupils - 1),
        ("minutes", rows.minutes, rows.timed, MOST),
        ("participated", rows.part, rows.said, 1),
    ):
        if values.min() < 0 or values.max() > most:
            wrong = (values < 0) | (values > most)
            wrong &= True if known is None else known.view(bool)
            for row in np.flatnonzero(wrong)[:1].tolist():
                raise StrangeRow(row, column, _said(column, values[row], pupils))


def _said(column: str, value: int, pupils: int) -> str:
    return {
        "pupil": f"the row is of pupil {value}, and there are {pupils}, counted from 0",
        "minutes": f"{value} are no minutes of a day",
        "participated": f"{value} is neither 0 nor 1 nor empty",
    }[column]
