"""The measures' answers, from whichever engine was asked."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from schoolday.files.engines.duck import Duck
from schoolday.files.engines.packs import read_dense
from schoolday.files.engines.spark import Spark
from schoolday.measures.dense import DENSE, Dense
from schoolday.measures.dense.groups import by_groups, by_pupil
from schoolday.measures.given import MeasuredYear
from schoolday.measures.limits import Limits
from schoolday.measures.portable import Cells, Engine, answer, prepare, run


@dataclass(frozen=True)
class Opened:
    """A year, what the rules say in it, and its packs."""

    year: MeasuredYear
    limits: Limits
    packs: Mapping[date, Path]


class Answers(Protocol):
    """The rows of measures."""

    def cells(self, name: str) -> Iterable[Cells]:
        """Return the rows of one."""

    def found(self, name: str) -> Iterable[Cells]:
        """Return the rows of one that findings come from; it may be more."""


class _OfDense:
    def __init__(self, dense: Dense) -> None:
        self._dense = dense

    def cells(self, name: str) -> Iterable[Cells]:
        if name in DENSE:
            return self._dense.cells(name)
        rates = by_pupil(self._dense.answers(_RATES))
        if name == "by_groups":
            return by_groups(self._dense.year, rates)
        return ((line[0], rate, *line[1:]) for rate, lines in rates.items() for line in lines.tolist())

    def found(self, name: str) -> Iterable[Cells]:
        return self._dense.cells(name, found=True)


_RATES = ("short_days", "chronic_absence", "engagement_weeks", "service_minutes", "live_share")


class _OfSql:
    def __init__(self, engine: Engine, opened: Opened, names: Sequence[str]) -> None:
        self._engine = engine
        prepare(engine, opened.year, opened.limits)
        run(engine, names)

    def cells(self, name: str) -> Iterable[Cells]:
        return answer(self._engine, name)

    found = cells


def dense(opened: Opened, names: Sequence[str]) -> Answers:
    """Return answers by dense arrays; every measure comes of the same facts."""
    return _OfDense(read_dense(opened.packs, opened.year, opened.limits))


def on_duckdb(opened: Opened, names: Sequence[str]) -> Answers:
    """Return answers by the portable texts on DuckDB."""
    return _OfSql(Duck(list(opened.packs.values())), opened, names)


def on_spark(opened: Opened, names: Sequence[str]) -> Answers:
    """Return answers by the same texts on Spark."""
    return _OfSql(Spark(list(opened.packs.values())), opened, names)
