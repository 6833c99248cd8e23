"""Run by a test in a process of its own: change days of a kept year, and be killed on the way.

Then go on as the nightly job does, and compare what is kept with the year read afresh.
"""

from __future__ import annotations

import shutil
import signal
import sys
from datetime import date
from pathlib import Path

import numpy as np

from schoolday.files.engines.kept import KeptYear
from schoolday.files.engines.packs import read_dense
from schoolday.files.engines.year import read_year, write_year
from schoolday.files.rulebooks import load
from schoolday.ground.errors import SchooldayError
from schoolday.measures.dense import Dense
from schoolday.measures.dense.measures import DENSE
from schoolday.measures.limits import spread
from schoolday.sample.given import given
from schoolday.sample.year import school_year
from tests.killing import Dying, forked

WORKED_IN = ("files/engines/kept.py", "files/engines/packs.py", "measures/dense/")


def opened(folder: Path) -> tuple[KeptYear, dict[date, Path]]:
    """Return the kept year of a folder, and its packs."""
    found = read_year(folder)
    assert found.year is not None
    return KeptYear(folder, found.year, spread(load(None), found.year)), found.packs


def renewed(kept: KeptYear, packs: dict[date, Path], days: list[date]) -> Dense:
    """Go on from what is kept, or make it anew where a kill left it unfit."""
    try:
        dense = kept.open()
    except SchooldayError:
        return kept.make(packs)
    for day in days:
        kept.renew(dense, day, packs[day])
    return dense


def main(folder: Path, times: int, seed: int) -> None:
    """Kill as often as asked: while days are renewed, and every third time while the year is made."""
    chance, killed = np.random.default_rng(seed), 0
    forked(lambda: made(folder))
    for number in range(times):
        whole = number % 3 == 0
        names = sorted(path.name for path in (folder / "first" / "days").glob("????-??-??.parquet"))
        days = [names[place] for place in chance.choice(len(names), 3, replace=False)]
        forked(lambda days=days, whole=whole: night(folder, days, whole, 0))
        at = int(chance.integers(1, int((folder / "calls").read_text())))
        signalled = forked(lambda days=days, whole=whole, at=at: night(folder, days, whole, at))
        killed += signalled == signal.SIGKILL
        forked(lambda days=days, at=at: compare(folder / "year", days, at))
    print(f"killed {killed} of {times} times; each time the renewed year was the year read afresh")


def made(folder: Path) -> None:
    """Write two made-up years of the same pupils, from which packs are taken."""
    for name, seed in (("first", 1), ("second", 2)):
        year, rows, activities = given(school_year(), 20, seed)
        write_year(year, rows, activities, folder / name)
    shutil.copytree(folder / "first", folder / "year")


def night(folder: Path, days: list[str], whole: bool, at: int) -> None:
    """Change three days of the first year, and renew them or the whole year; be killed on the way."""
    for name in days:
        shutil.copy(folder / "first" / "days" / name, folder / "year" / "days" / name)
    kept, packs = opened(folder / "year")
    kept.make(packs)
    for name in days:
        shutil.copy(folder / "second" / "days" / name, folder / "year" / "days" / name)
    if whole:
        (folder / "year" / "kept" / "of.json").unlink()
    with Dying(WORKED_IN, at) as dying:
        renewed(kept, packs, named(days))
    (folder / "calls").write_text(str(dying.calls))


def named(days: list[str]) -> list[date]:
    """Return the dates of some packs."""
    return [date.fromisoformat(name.removesuffix(".parquet")) for name in days]


def compare(folder: Path, days: list[str], at: int) -> None:
    """Go on as the next night does, and hold what is kept against the year read afresh."""
    kept, packs = opened(folder)
    dense, fresh = renewed(kept, packs, named(days)), read_dense(packs, kept.year, kept.limits)
    for name in ("facts", "services", "states", "parts"):
        wanted = getattr(fresh, name)
        assert np.array_equal(getattr(dense, name), wanted), (at, name)
        assert np.array_equal(np.load(folder / "kept" / f"{name}.npy"), wanted), (at, name)
    for name in DENSE:
        assert np.array_equal(dense.answer(name), fresh.answer(name)), (at, name)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
