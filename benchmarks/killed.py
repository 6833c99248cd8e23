"""Kill -9 a process that enters, certifies and seals, at every step once and then at random moments.

    python -m benchmarks.killed --times 1000

After each kill what it had told us before it died is looked for: each entry and each certification must be
there, each seal must be as it was told, nothing may be half sealed, and the chain must verify. Then the next
process goes on in the same folder. The open week lies in SQLite, as at the desk. Exit code 1 at any loss.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import numpy as np

from schoolday.calendar.row import Minutes, Row
from schoolday.files.ledger import whole
from schoolday.files.ledger.read import read_week
from schoolday.files.ledger.seal import Seals
from schoolday.files.rulebooks import load
from schoolday.ledger.certify import Certificate, certify
from schoolday.ledger.entry import Entry, EntryKind
from schoolday.ledger.week import Expected, Week
from schoolday.rules import Rulebook
from schoolday.rules.rule import Way

DISTRICT, FIRST, WEEKS, PUPILS = "maple-union", date(2020, 9, 14), 30, 12
ZONE = timezone(timedelta(hours=-8))
LONGEST = 0.4
"""Seconds after which a process is killed at the latest."""
FOLDER_OF = 100
"""Kills in one folder; then another is begun, so that verifying stays quick."""
Tell = Callable[[str], None]

TABLES = """
CREATE TABLE IF NOT EXISTS entry (
  seq INTEGER PRIMARY KEY, id TEXT UNIQUE, week INT, pupil TEXT, minutes INT, corrects TEXT
);
CREATE TABLE IF NOT EXISTS certified (week INT, version INT, upto INT, PRIMARY KEY (week, version));
"""


@dataclass
class Told:
    """What the killed processes had told before they died."""

    entries: set[str] = field(default_factory=set)
    certified: set[tuple[int, int]] = field(default_factory=set)
    seals: set[str] = field(default_factory=set)
    at: Counter[str] = field(default_factory=Counter)


class Desk:
    """A stand-in for the desk: open weeks in SQLite, certified weeks sealed in a folder."""

    def __init__(self, folder: Path, book: Rulebook) -> None:
        self.seals, self.book = Seals(folder / "seals", DISTRICT), book
        self.base = sqlite3.connect(folder / "open.sqlite3", isolation_level=None)
        self.base.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" + TABLES)

    def work(self, seed: int, tell: Tell, weeks: int = 1_000_000) -> None:
        """Seal what is certified and not sealed; then enter, certify and seal, week by week."""
        for week, version in self.base.execute(
            "SELECT week, version FROM certified ORDER BY rowid"
        ).fetchall():
            self.seal(week, version, tell)
        chance = np.random.default_rng(seed)
        (last,) = self.base.execute("SELECT coalesce(max(week), -1) FROM entry").fetchone()
        for week in range(last + 1, last + 1 + weeks):
            self.enter(week, chance, tell)
            self.certify(week, tell)
            if week and chance.random() < 0.5:
                old = int(chance.integers(week))
                self.correct(old, tell)
                self.certify(old, tell)

    def enter(self, week: int, chance: np.random.Generator, tell: Tell) -> None:
        """Enter a week's work, entry by entry."""
        for pupil in range(PUPILS):
            row = (f"w{week}p{pupil}", week, f"p{pupil}", int(chance.integers(1, 200)), "")
            self.base.execute(
                "INSERT INTO entry (id, week, pupil, minutes, corrects) VALUES (?, ?, ?, ?, ?)", row
            )
            tell(f"entered {row[0]}")

    def correct(self, week: int, tell: Tell) -> None:
        """Correct an entry of a week."""
        query = """SELECT id, pupil, minutes FROM entry WHERE week = ?
            AND id NOT IN (SELECT corrects FROM entry) ORDER BY seq LIMIT 1"""
        name, pupil, minutes = self.base.execute(query, [week]).fetchone()
        row = (f"{name}c", week, pupil, minutes + 1, name)
        self.base.execute(
            "INSERT INTO entry (id, week, pupil, minutes, corrects) VALUES (?, ?, ?, ?, ?)", row
        )
        tell(f"entered {row[0]}")

    def certify(self, week: int, tell: Tell) -> None:
        """Certify a week as it stands, and seal it."""
        query = "SELECT coalesce(max(version), 0) + 1 FROM certified WHERE week = ?"
        (version,) = self.base.execute(query, [week]).fetchone()
        add = "INSERT INTO certified SELECT ?, ?, max(seq) FROM entry"
        self.base.execute(add, [week, version])
        tell(f"certified {week} {version}")
        self.seal(week, version, tell)

    def seal(self, week: int, version: int, tell: Tell) -> None:
        """Seal a certified week, unless it is sealed."""
        made = self.week(week)
        newest = self.seals.newest(made.school, made.teacher, made.monday.isoformat())
        if newest is None or newest.head.version < version:
            sealed = self.seals.seal(self.certificate(week, version))
            tell(f"sealed {sealed.digest}")

    def certificate(self, week: int, version: int) -> Certificate:
        """Return the certificate of a week's version: the entries there were then."""
        query = "SELECT upto FROM certified WHERE week = ? AND version = ?"
        (upto,) = self.base.execute(query, [week, version]).fetchone()
        made = self.week(week, upto)
        at = datetime.combine(made.days[-1], datetime.min.time(), ZONE) + timedelta(hours=17, minutes=version)
        return certify(made, self.book, by=made.teacher, at=at)

    def week(self, week: int, upto: int | None = None) -> Week:
        """Return a week with its entries, up to one of them."""
        monday, teacher = FIRST + timedelta(days=7 * (week % WEEKS)), f"t{week // WEEKS}"
        days = tuple(monday + timedelta(days=place) for place in range(5))
        pupils = tuple(Expected(f"p{one}", "3", ("class",)) for one in range(PUPILS))
        query = "SELECT id, pupil, minutes, corrects FROM entry WHERE week = ? AND seq <= ? ORDER BY seq"
        rows = self.base.execute(query, [week, 2**60 if upto is None else upto]).fetchall()
        entries = tuple(_entry(*row, day=days[0], by=teacher) for row in rows)
        plan = tuple(Row(one.pupil, day, "class", Minutes.LIVE, 180) for one in pupils for day in days)
        return Week(DISTRICT, "maple", teacher, monday, Way.DISTANCE, days, pupils, entries, plan)


def _entry(name: str, pupil: str, minutes: int, corrects: str, *, day: date, by: str) -> Entry:
    at = datetime.combine(day, datetime.min.time(), ZONE) + timedelta(hours=12, seconds=name.count("c"))
    return Entry(
        name, EntryKind.WORK, pupil, day, "maple", "class", None, None, minutes, "submitted", "", by, at,
        corrects, "desk",
    )  # fmt: skip


def main(words: list[str] | None = None) -> int:
    """Kill as often as asked, and say what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2020)
    asked = parser.parse_args(words)
    book, began = load(None), time.perf_counter()
    chance = np.random.default_rng(asked.seed)
    faults, at = list[str](), Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        steps = every_step(Path(name) / "steps", book, faults)
        print(f"killed at each of {steps} syncs of two seals: {len(faults)} faults")
        done = 0
        while done < asked.times and not faults:
            folder, told = Path(name) / f"from{done}", Told(at=at)
            for _ in range(min(FOLDER_OF, asked.times - done)):
                delay = float(chance.random()) * LONGEST
                one(folder, book, told, int(chance.integers(2**31)), delay)
                faults += [f"kill {done}: {fault}" for fault in looked_for(folder, told)]
                done += 1
            faults += finished(folder, book, told)
    seconds = time.perf_counter() - began
    where = ", ".join(f"{number} after it had {what}" for what, number in sorted(at.items()))
    print(f"killed {done} times in {seconds:.0f} s: {where}")
    print("nothing certified was lost, nothing half sealed, every chain verifies" if not faults else "")
    for fault in faults[:20]:
        print(f"FAULT {fault}")
    return 1 if faults else 0


def one(folder: Path, book: Rulebook, told: Told, seed: int, delay: float) -> None:
    """Let a process work for a while, kill it, and keep what it told."""
    folder.mkdir(parents=True, exist_ok=True)
    child, pipe = forked(lambda tell: Desk(folder, book).work(seed, tell))
    until, heard = time.monotonic() + delay, b""
    os.set_blocking(pipe, False)
    while time.monotonic() < until:
        heard += _some(pipe)
        time.sleep(0.0005)
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    while more := _some(pipe):
        heard += more
    os.close(pipe)
    note(heard, told)


def every_step(folder: Path, book: Rulebook, faults: list[str]) -> int:
    """Die at the first sync of the disk, at the second, and so on, until nothing is left to die at."""
    folder.mkdir(parents=True)
    step, told = 0, Told()
    while True:
        step += 1
        child, pipe = forked(lambda tell, last=step: dying(folder, book, last, tell))
        heard = b""
        while more := os.read(pipe, 65536):
            heard += more
        os.close(pipe)
        _, status = os.waitpid(child, 0)
        note(heard, told)
        faults += [f"step {step}: {fault}" for fault in looked_for(folder, told)]
        if os.WIFEXITED(status):
            return step - 1


def dying(folder: Path, book: Rulebook, last: int, tell: Tell) -> None:
    """Work on two weeks and die at a sync."""
    real, count = whole.sync, 0

    def sync(path: Path) -> None:
        nonlocal count
        count += 1
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)
        real(path)

    whole.sync = sync
    Desk(folder, book).work(last, tell, weeks=2)


def forked(work: Callable[[Tell], None]) -> tuple[int, int]:
    """Fork a process that works and tells; return its id and the end of the pipe that hears it."""
    hears, tells = os.pipe()
    child = os.fork()
    if child:
        os.close(tells)
        return child, hears
    code = 1
    with contextlib.suppress(BaseException):
        os.close(hears)
        work(lambda line: (os.write(tells, f"{line}\n".encode()), None)[1])
        code = 0
    os._exit(code)


def _some(pipe: int) -> bytes:
    try:
        return os.read(pipe, 65536)
    except BlockingIOError:
        return b""


def note(heard: bytes, told: Told) -> None:
    """Keep what was told in whole lines."""
    last = "nothing told"
    for line in heard.decode().split("\n")[:-1]:
        last, _, rest = line.partition(" ")
        if last == "entered":
            told.entries.add(rest)
        elif last == "certified":
            week, version = rest.split()
            told.certified.add((int(week), int(version)))
        else:
            told.seals.add(rest)
    told.at[last] += 1


def looked_for(folder: Path, told: Told) -> list[str]:
    """Return what is missing or broken after a kill."""
    found = [one.said for one in Seals(folder / "seals", DISTRICT).verify(told.seals)]
    file = folder / "open.sqlite3"
    if file.exists():
        with contextlib.closing(sqlite3.connect(file)) as base:
            base.executescript(TABLES)
            there = {row[0] for row in base.execute("SELECT id FROM entry")}
            signed = set(base.execute("SELECT week, version FROM certified").fetchall())
        found += [f"entry {name} is lost" for name in sorted(told.entries - there)]
        found += [f"certification {pair} is lost" for pair in sorted(told.certified - signed)]
    return found


def finished(folder: Path, book: Rulebook, told: Told) -> list[str]:
    """Let a last process seal what is certified, and compare every newest seal with its open week."""
    child, pipe = forked(lambda tell: compare(folder, book, tell))
    heard = b""
    while more := os.read(pipe, 65536):
        heard += more
    os.close(pipe)
    _, status = os.waitpid(child, 0)
    lines = heard.decode().splitlines()
    found = [line.removeprefix("fault ") for line in lines if line.startswith("fault ")]
    found += [] if "compared" in lines and os.WEXITSTATUS(status) == 0 else ["the last process failed"]
    return found + looked_for(folder, told)


def compare(folder: Path, book: Rulebook, tell: Tell) -> None:
    """Seal what is left, and tell each certified week whose newest seal holds other entries."""
    desk = Desk(folder, book)
    desk.work(0, lambda line: None, weeks=0)
    newest = {one.head.week.isoformat() + one.head.teacher: one for one in desk.seals.current()}
    query = "SELECT week, max(version) FROM certified GROUP BY week"
    for week, version in desk.base.execute(query).fetchall():
        wanted = desk.certificate(week, version).week
        sealed = newest.get(wanted.monday.isoformat() + wanted.teacher)
        if sealed is None or sealed.head.version != version:
            tell(f"fault week {week} is not sealed as version {version}")
        elif set(read_week(sealed).entries) != set(wanted.entries):
            tell(f"fault week {week} is sealed with other entries")
    tell("compared")


if __name__ == "__main__":
    sys.exit(main())
