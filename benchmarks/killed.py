"""Kill -9 a process that enters, certifies and seals, at every step once and then at random moments.

    python -m benchmarks.killed --times 1000
    python -m benchmarks.killed --desk --times 200     # the desk's own writes

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
from pathlib import Path

import numpy as np

from benchmarks.killed_desk import kill
from benchmarks.open_weeks import DISTRICT, TABLES, Desk, Tell
from schoolday.files.ledger import whole
from schoolday.files.ledger.read import read_week
from schoolday.files.ledger.seal import Seals
from schoolday.files.rulebooks import load
from schoolday.rules import Rulebook

LONGEST, PATIENCE = 0.25, 30.0
"""Seconds of work after which a process is killed at the latest, and those that it may take to begin."""
FOLDER_OF = 100
"""Kills in one folder; then another is begun, so that verifying stays quick."""


@dataclass
class Told:
    """What the killed processes had told before they died."""

    entries: set[str] = field(default_factory=set)
    certified: set[tuple[int, int]] = field(default_factory=set)
    seals: set[str] = field(default_factory=set)
    at: Counter[str] = field(default_factory=Counter)


def main(words: list[str] | None = None) -> int:
    """Kill as often as asked, and say what was found."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--times", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2020)
    parser.add_argument("--desk", action="store_true", help="Kill the desk's own writes and no stand-in.")
    asked = parser.parse_args(words)
    if asked.desk:
        return kill(asked.times, asked.seed)
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
                found = one(folder, book, told, int(chance.integers(2**31)), delay)
                faults += [f"kill {done}: {fault}" for fault in (*found, *looked_for(folder, told))]
                done += 1
            faults += finished(folder, book, told)
    seconds = time.perf_counter() - began
    where = ", ".join(f"{number} after it had {what}" for what, number in sorted(at.items()))
    print(f"killed {done} times in {seconds:.0f} s: {where}")
    print("nothing certified was lost, nothing half sealed, every chain verifies" if not faults else "")
    for fault in faults[:20]:
        print(f"FAULT {fault}")
    return 1 if faults else 0


def one(folder: Path, book: Rulebook, told: Told, seed: int, delay: float) -> list[str]:
    """Let a process work for a while, kill it, and keep what it told; one that ended by itself is a fault."""
    folder.mkdir(parents=True, exist_ok=True)
    child, pipe = forked(lambda tell: Desk(folder, book).work(seed, tell))
    # One in eight is killed by the clock of its birth, while it sees to what the one before it left.
    heard, until = b"", time.monotonic() + (delay if seed % 8 == 0 else PATIENCE)
    os.set_blocking(pipe, False)
    while time.monotonic() < until:
        heard += _some(pipe)
        if until > time.monotonic() + LONGEST and b"begun" in heard:
            until = time.monotonic() + delay
        time.sleep(0.0005)
    os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    while more := _some(pipe):
        heard += more
    os.close(pipe)
    note(heard, told)
    return [] if os.WIFSIGNALED(status) else ["the process ended before it was killed"]


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
            faults += ["the steps did not come to their end"] if os.WEXITSTATUS(status) else []
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
        elif last == "sealed":
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
        elif read_week(sealed).enrolled != wanted.enrolled:
            tell(f"fault week {week} is sealed with others enrolled")
    tell("compared")


if __name__ == "__main__":
    sys.exit(main())
