"""The nightly job: dense facts kept beside the packs; one changed day is worked out anew."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from schoolday.files.engines.packs import PackReader, read_dense
from schoolday.ground.errors import SchooldayError
from schoolday.measures.dense import Dense, Table
from schoolday.measures.dense.facts import FIELDS
from schoolday.measures.dense.measures import week_rows
from schoolday.measures.given import MeasuredYear
from schoolday.measures.limits import Limits

KEPT, _NOTE = "kept", "of.json"
_ARRAYS = ("facts", "services", "states", "parts")


@dataclass(frozen=True)
class Renewed:
    """What a changed day did: the pupils whose day now stands otherwise, and its week's rows."""

    day: date
    pupils: npt.NDArray[np.intp]
    week: Table


class KeptYear:
    """A year's facts in files that stay: what the nightly job goes on from.

    Parameters
    ----------
    folder
        The year's folder; the files lie in its folder ``kept``.
    year, limits
        The year, and what the rules say in it.
    """

    def __init__(self, folder: Path, year: MeasuredYear, limits: Limits) -> None:
        self._folder = folder / KEPT
        self._reader = PackReader(year)
        self.year, self.limits = year, limits

    def make(self, packs: Mapping[date, Path]) -> Dense:
        """Read every pack, and keep the facts and how each day stands."""
        dense = read_dense(packs, self.year, self.limits)
        self._folder.mkdir(exist_ok=True)
        (self._folder / _NOTE).unlink(missing_ok=True)
        for name in _ARRAYS:
            np.save(self._folder / f"{name}.npy", getattr(dense, name))
        # Written last: a folder without it was not made to the end, and is not opened.
        (self._folder / _NOTE).write_text(json.dumps(self._of))
        return dense

    def open(self) -> Dense:
        """Return the facts that are kept, in files that changes go to.

        Raises
        ------
        SchooldayError
            If there are none, or they are of other pupils, days, promises or rules.
        """
        note = self._folder / _NOTE
        if not note.exists() or json.loads(note.read_text()) != self._of:
            raise SchooldayError(
                f"{self._folder}: no facts are kept of these pupils, days and rules; "
                "measure the whole year first"
            )
        arrays: dict[str, Any] = {name: np.load(self._folder / f"{name}.npy", "r+") for name in _ARRAYS}
        return Dense(self.year, self.limits, **arrays)

    def renew(self, dense: Dense, day: date, pack: Path) -> Renewed:
        """Read one day's pack again, and return whose day stands otherwise and its week.

        Raises
        ------
        SchooldayError
            If there was no school on that date.
        """
        at = next((one for one in self.year.days if one.day == day), None)
        if at is None:
            raise SchooldayError(f"{day} is no school day of this year, so nothing is measured on it")
        before, note = dense.facts[at.number].copy(), self._folder / _NOTE
        # Without its note the folder is not opened: a day killed half written is never believed.
        note.unlink(missing_ok=True)
        dense.take(at.number, self._reader.day(pack))
        changed = np.flatnonzero((dense.facts[at.number] != before).any(axis=0))
        for array in (getattr(dense, name) for name in _ARRAYS):
            if isinstance(array, np.memmap):
                array.flush()
        note.write_text(json.dumps(self._of))
        return Renewed(day, changed, week_rows(dense, at.week))

    @cached_property
    def _of(self) -> dict[str, Any]:
        """By what kept facts are known to be of this year and these rules."""
        year = self.year
        parts = (
            year.profile_of,
            year.spans,
            [one[1:] for one in year.promises],
            [str(one.day) for one in year.days],
        )
        own = json.dumps([parts, self.limits.minima, list(FIELDS), [one.id for one in year.pupils]])
        return {"format": 1, "of": _digest(own)}


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()
