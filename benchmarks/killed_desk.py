"""Kill -9 a process that enters, certifies and seals through the desk's own writes, at random moments.

    python -m benchmarks.killed --desk --times 200

The small district is taken in once. Each process then enters work of teachers' weeks, certifies them and has
them sealed, corrects some that were sealed and certifies them anew, and tells us each thing when the desk has
said that it is done. After each kill everything told must be there: entries, certifications and seals; the
chain must verify against the database, and no seal may hold anything else than its week in the database.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

LONGEST, PATIENCE = 2.0, 60.0
"""Seconds of work after which a process is killed at the latest, and those that it may take to begin."""


@dataclass
class Told:
    """What the killed processes had told before they died."""

    entries: set[str] = field(default_factory=set)
    certified: set[str] = field(default_factory=set)
    seals: set[str] = field(default_factory=set)
    at: Counter[str] = field(default_factory=Counter)


def kill(times: int, seed: int) -> int:
    """Kill as often as asked, and say what was found; 1 at any loss."""
    chance, began = np.random.default_rng(seed), time.perf_counter()
    told, faults, done = Told(), list[str](), 0
    with tempfile.TemporaryDirectory() as folder:
        _run(folder, "prepare")
        while done < times and not faults:
            faults += _one(folder, int(chance.integers(2**31)), float(chance.random()) * LONGEST, told)
            done += 1
            if done % 10 == 0 or done == times:
                faults += _looked_for(folder, told)
        faults += _looked_for(folder, told, "finish")
    where = ", ".join(f"{number} after it had {what}" for what, number in sorted(told.at.items()))
    print(f"killed the desk's writes {done} times in {time.perf_counter() - began:.0f} s: {where}")
    print(f"told: {len(told.entries)} entries, {len(told.certified)} certifications, {len(told.seals)} seals")
    print("nothing certified was lost, nothing half sealed, every chain verifies" if not faults else "")
    for fault in faults[:20]:
        print(f"FAULT {fault}")
    return 1 if faults else 0


def _command(*words: str) -> list[str]:
    return [sys.executable, "-m", "benchmarks.killed_desk", *words]


def _environment(folder: str) -> dict[str, str]:
    own = {"SCHOOLDESK_VAR": folder, "DJANGO_SETTINGS_MODULE": "schooldesk.settings"}
    kept = {name: value for name, value in os.environ.items() if name != "SCHOOLDESK_DATABASE"}
    return kept | own | {"SCHOOLDESK_NOW": "2021-06-18T12:00"}


def _run(folder: str, *words: str, given: str = "") -> list[str]:
    done = subprocess.run(
        _command(*words), env=_environment(folder), capture_output=True, text=True, input=given
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout.splitlines()


def _one(folder: str, seed: int, delay: float, told: Told) -> list[str]:
    """Let a process work for a while, kill it, and keep what it told."""
    child = subprocess.Popen(_command("work", str(seed)), env=_environment(folder), stdout=subprocess.PIPE)
    assert child.stdout is not None
    pipe = child.stdout.fileno()
    os.set_blocking(pipe, False)
    # One in eight is killed by the clock of its birth, while it sees to what the one before it left.
    heard, until = b"", time.monotonic() + (2.5 + delay if seed % 8 == 0 else PATIENCE)
    begun = seed % 8 == 0
    while time.monotonic() < until and child.poll() is None:
        heard += _some(pipe)
        if not begun and b"begun" in heard:
            begun, until = True, time.monotonic() + delay
        time.sleep(0.0005)
    ended = child.poll() is not None
    child.send_signal(signal.SIGKILL)
    child.wait()
    while more := _some(pipe):
        heard += more
    child.stdout.close()
    _note(heard, told)
    return ["the process ended before it was killed"] if ended else []


def _some(pipe: int) -> bytes:
    try:
        return os.read(pipe, 65536)
    except BlockingIOError:
        return b""


def _note(heard: bytes, told: Told) -> None:
    last = "nothing told"
    for line in heard.decode().split("\n")[:-1]:
        last, _, rest = line.partition(" ")
        {"entered": told.entries, "certified": told.certified, "sealed": told.seals}.get(last, set()).add(
            rest
        )
    told.at[last] += 1


def _looked_for(folder: str, told: Told, how: str = "look") -> list[str]:
    """Return what is missing or broken, as a process of its own finds it; `finish` seals what waits first."""
    given = "\n".join(
        f"{kind} {name}"
        for kind, names in (("entry", told.entries), ("certified", told.certified), ("seal", told.seals))
        for name in sorted(names)
    )
    return [
        line.removeprefix("fault ") for line in _run(folder, how, given=given) if line.startswith("fault")
    ]


def prepare() -> None:
    """Take the small district in, in a folder of its own."""
    from django.core.management import call_command  # noqa: PLC0415 - after django.setup

    from schoolday.sample.maple import maple  # noqa: PLC0415
    from schooldesk import taking  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    taking.take(maple(), None, who="benchmark")


def main(words: list[str]) -> None:
    """Be one of the processes: prepare, work until killed, look for what was told, or finish."""
    import django  # noqa: PLC0415

    django.setup()
    if words[0] == "prepare":
        prepare()
        return
    from benchmarks.desk_at_work import look, work  # noqa: PLC0415 - the tables load after django.setup

    if words[0] == "work":
        work(int(words[1]))
    else:
        look(sys.stdin.read().splitlines(), finish=words[0] == "finish")


if __name__ == "__main__":
    # The folder of the database is that of the environment; here it is only named for whoever reads along.
    Path(os.environ["SCHOOLDESK_VAR"]).mkdir(parents=True, exist_ok=True)
    main(sys.argv[1:])
