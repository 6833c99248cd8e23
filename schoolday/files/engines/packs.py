"""Read day packs into dense facts: a whole year by two readers side by side, or the one day that changed."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import numpy as np

from schoolday.files.engines.columns import rows_in
from schoolday.files.sheets.faults import Faults
from schoolday.ground.errors import SchooldayError
from schoolday.measures.dense import DayOfFacts, Dense
from schoolday.measures.dense.tally import Day, StrangeRow, Tally, TooMuch
from schoolday.measures.given import MeasuredYear
from schoolday.measures.limits import Limits

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
    """Return a year's facts from its packs; rows of days without school count as strays.

    Raises
    ------
    SchooldayError
        If a pack is damaged, or a row of it is none; it names the file, the row and the column.
    """
    numbers = {one.day: one.number for one in year.days}
    reader = PackReader(year)
    dense = Dense.empty(year, limits)

    def take(item: tuple[date, Path]) -> list[int]:
        facts = reader.day(item[1])
        if item[0] not in numbers:
            return np.flatnonzero(facts.facts[-1]).tolist()
        dense.take(numbers[item[0]], facts)
        return []

    with ThreadPoolExecutor(READERS) as pool:
        for pupils in pool.map(take, packs.items()):
            for pupil in pupils:
                dense.strangers[pupil] = dense.strangers.get(pupil, 0) + 1
    for day in numbers.keys() - packs.keys():
        dense.stand(numbers[day])
    return dense


class PackReader:
    """Reads one day's pack at a time, for any number of threads."""

    def __init__(self, year: MeasuredYear) -> None:
        self._tally = Tally(year)
        self._free: list[Day] = []

    def day(self, pack: Path) -> DayOfFacts:
        """Return the facts of one pack.

        Raises
        ------
        SchooldayError
            If it is damaged, or a row of it is none.
        """
        day, before = self._free.pop() if self._free else Day(self._tally), 0
        try:
            for rows in rows_in(pack):
                day.add(rows)
                before += len(rows.pupil)
            facts = day.done()
        except StrangeRow as fault:
            where = f"{pack.name}: row {before + fault.row + 1}, column {fault.column}"
            raise SchooldayError(f"{where}: {fault.said}; make the pack anew") from fault
        except TooMuch as fault:
            raise SchooldayError(f"{pack.name}: {fault}; make the pack anew") from fault
        # Only a day whose pack was whole is used again: another holds half of it.
        self._free.append(day)
        return facts
