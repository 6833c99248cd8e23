"""Read day packs into dense facts: a whole year by two readers side by side, or the one day that changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import local
from typing import Any, TypeAlias

import duckdb
import numpy as np
import numpy.typing as npt

from schoolday.files.sheets.faults import Faults
from schoolday.measures.dense import DayOfFacts, Dense, tally
from schoolday.measures.dense.facts import CODE_KINDS, CODE_ORIGINS, code_of, services_of
from schoolday.measures.given import MeasuredYear
from schoolday.measures.limits import Limits

_Ints: TypeAlias = npt.NDArray[Any]
READERS = 2


NUMBERING = ("pupils", "activities")
"""The files beside the packs that give ids their numbers."""


def pack_files(folder: Path, faults: Faults | None = None) -> dict[date, Path]:
    """Return the packs of a folder ``days/`` by their date; one whose name is no date is a fault."""
    found = {}
    for file in sorted(folder.glob("*.parquet")):
        try:
            found[date.fromisoformat(file.stem)] = file
        except ValueError:
            if faults and file.stem not in NUMBERING:
                mend = "name it by its date, as 2020-09-08.parquet"
                faults.add("unknown_file", "this is no day's pack", f"{folder.name}/{file.name}", mend=mend)
    return found


def read_dense(packs: Mapping[date, Path], year: MeasuredYear, limits: Limits) -> Dense:
    """Return a year's facts from its packs; rows of days without school count as strays."""
    numbers = {one.day: one.number for one in year.days}
    reader = PackReader(year)
    dense = Dense.empty(year, limits)
    strangers: dict[int, int] = {}

    def take(item: tuple[date, Path]) -> DayOfFacts:
        facts = reader.day(item[1])
        if item[0] in numbers:
            dense.take(numbers[item[0]], facts)
        return facts if item[0] not in numbers else _NOTHING

    with ThreadPoolExecutor(READERS) as pool:
        for facts in pool.map(take, packs.items()):
            for pupil in np.flatnonzero(facts.facts[-1]) if facts is not _NOTHING else ():
                strangers[int(pupil)] = strangers.get(int(pupil), 0) + 1
    return Dense(year, limits, dense.facts, dense.services, strangers)


_NOTHING = DayOfFacts(np.empty((0, 0), np.int16), np.empty((0, 0), np.int16))


class PackReader:
    """Reads one day's pack at a time, for any number of threads."""

    def __init__(self, year: MeasuredYear) -> None:
        self._pupils, self._promises = len(year.pupils), len(year.promises)
        most = 1 + max((one.activity for one in year.promises), default=0)
        self._promised = np.zeros(most, bool)
        self._promised[[one.activity for one in year.promises]] = True
        keys = np.array([one.pupil * most + one.activity for one in year.promises], np.int64)
        self._order = np.argsort(keys)
        self._keys, self._most = keys[self._order], most
        self._own = local()

    def day(self, pack: Path) -> DayOfFacts:
        """Return the facts of one pack."""
        named = str(pack).replace("'", "''")
        found = self._link().execute(_ROWS.format(named=named)).fetchnumpy()
        pupil, activity, minutes = found["pupil"], found["activity"], found["minutes"]
        code = code_of(found["origin"], found["kind"], found["part"], minutes)
        facts = tally(pupil, code, minutes, self._pupils)
        return DayOfFacts(facts, self._services(pupil, activity, code, minutes))

    def _link(self) -> duckdb.DuckDBPyConnection:
        if not hasattr(self._own, "link"):
            self._own.link = duckdb.connect(config={"threads": 1, "autoinstall_known_extensions": "false"})
        link: duckdb.DuckDBPyConnection = self._own.link
        return link

    def _services(self, pupil: _Ints, activity: _Ints, code: _Ints, minutes: _Ints) -> _Ints:
        if not self._promises:
            return np.zeros((4, 0), np.int16)
        inside = activity < self._most
        rows = np.flatnonzero(self._promised[np.where(inside, activity, 0)] & inside)
        keys = pupil[rows].astype(np.int64) * self._most + activity[rows]
        place = np.minimum(np.searchsorted(self._keys, keys), self._promises - 1)
        own = self._keys[place] == keys
        rows, promise = rows[own], self._order[place[own]]
        return services_of(promise, code[rows], minutes[rows], self._promises)


def _place(column: str, names: Sequence[str]) -> str:
    """Return SQL for the place of a word among names, from 1; 0 for any other."""
    listed = ", ".join(f"'{name}'" for name in names)
    return f"COALESCE(list_position([{listed}], {column}), 0)::UTINYINT AS {column}"


_ROWS = f"""
SELECT pupil, activity, COALESCE(minutes, -1)::SMALLINT AS minutes,
    COALESCE(participated, 2)::UTINYINT AS part,
    {_place("origin", CODE_ORIGINS[1:])}, {_place("kind", CODE_KINDS[1:])}
FROM read_parquet('{{named}}')
"""
