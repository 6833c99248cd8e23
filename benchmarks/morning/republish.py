# ruff: noqa: PLC0415 - Django must be set up first
"""Publishing everybody's changed day while families read it and say "I'm here"."""

from __future__ import annotations

import math
import os
import sqlite3
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import urlencode

from benchmarks.morning.district import DAY
from benchmarks.morning.load import spread, steadily
from benchmarks.morning.serving import serving
from schoolday.roster import Roster


def links(district: str, most: int = 25_000) -> list[tuple[str, int]]:
    """Give links to households, and return each token and number."""
    from schooldesk import scope
    from schooldesk.day.writes import give_links
    from schooldesk.roster import reads

    with scope.district(district):
        home = reads.district(district)
        assert home is not None
        numbers = sorted(reads.numbers(home).values())[:most]
    return list(zip(give_links(district, numbers, "benchmark"), numbers, strict=True))


def present(roster: Roster) -> dict[int, str]:
    """Return the form by which each household, by its number, says that all its pupils are here."""
    from schooldesk import scope
    from schooldesk.roster import reads

    with scope.district(roster.district):
        home = reads.district(roster.district)
        assert home is not None
        numbers = reads.numbers(home)
    houses = roster.households.values()
    return {numbers[one.id]: urlencode([("pupil", pupil) for pupil in one.pupils]) for one in houses}


class Standing(threading.Thread):
    """Waits until every page of the next publish stands; `at` is when."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.at = math.nan
        self.database = sqlite3.connect(
            Path(os.environ["SCHOOLDESK_VAR"], "desk.sqlite3"), check_same_thread=False
        )
        self.last = self.database.execute("SELECT max(id) FROM day_publishrun").fetchone()[0]
        self.start()

    def run(self) -> None:
        """Look twenty times a second."""
        due = "SELECT count(*), sum(reached < last) FROM day_publishpart WHERE run_id > ? AND NOT feeds"
        parts, open_ones = 0, 0
        while not parts or open_ones:
            time.sleep(0.05)
            parts, open_ones = self.database.execute(due, [self.last]).fetchone()
        self.at = time.perf_counter()


def under_load(roster: Roster) -> dict[str, float]:
    """Publish everybody's changed day while 200 pages a second are read and 70 say "I'm here"."""
    district, forms = roster.district, present(roster)
    homes = links(district)
    pages = [(f"/h/{token}/{DAY}/", "") for token, _ in homes]
    here = [(f"/h/{token}/{DAY}/here/", forms[number]) for token, number in homes]
    reads: list[float] = []
    writes: list[float] = []
    bad, stop = [0], threading.Event()
    with serving("schooldesk.wsgi:application") as (port, _):
        threads = steadily(port, pages, 200, stop, reads, bad)
        threads += steadily(port, here, 70, stop, writes, bad)
        time.sleep(2)
        reads.clear()
        writes.clear()
        program = Path(sys.executable).with_name("schooldesk")
        watch = Standing()
        start = time.perf_counter()
        command = [program, "publish", "--from", DAY.isoformat(), "--district", district]
        subprocess.run(command, capture_output=True, check=True)
        took, pages_took = time.perf_counter() - start, watch.at - start
        stop.set()
        for thread in threads:
            thread.join(10)
    found = {
        "seconds": took,
        "pages": pages_took,
        "reads": len(reads),
        "writes": len(writes),
        "errors": bad[0],
    }
    found |= {"read p99 ms": spread(reads)[1], "write p99 ms": spread(writes)[1]}
    print(f"published under load: pages in {pages_took:.1f} s, feeds too in {took:.1f} s")
    print(
        f"  {len(reads)} reads p99 {spread(reads)[1]:.0f} ms; "
        f"{len(writes)} writes p99 {spread(writes)[1]:.0f} ms; {bad[0]} errors"
    )
    return found
