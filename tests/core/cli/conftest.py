"""The terminal's tests: run a command as `main` does, on Maple, planned once."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple

import pytest

from schoolday.cli import main
from schoolday.sample import write_sample


class Ran(NamedTuple):
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


class District(NamedTuple):
    """A roster's file and the folder of its plan."""

    roster: Path
    plan: Path


def ran(*words: object) -> Ran:
    out, err = io.StringIO(), io.StringIO()
    code: object = 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main([str(word) for word in words])
        except SystemExit as ending:
            code = ending.code
    return Ran(code if isinstance(code, int) else 0, out.getvalue(), err.getvalue())


def killed(words: Sequence[object], file: Path, lines: int) -> None:
    """Run a command in a process of its own and kill it once it has kept so many lines."""
    program = "from schoolday.cli import main; import sys; main(sys.argv[1:])"
    child = subprocess.Popen(
        [sys.executable, "-c", program, *map(str, words)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    until = time.monotonic() + 60
    while child.poll() is None and time.monotonic() < until:
        if file.exists() and file.read_bytes().count(b"\n") >= lines:
            break
        time.sleep(0.002)
    os.killpg(child.pid, signal.SIGKILL)
    child.wait()


@pytest.fixture(scope="session")
def kill() -> Callable[[Sequence[object], Path, int], None]:
    return killed


@pytest.fixture(scope="session")
def run() -> Run:
    return ran


@pytest.fixture(scope="session")
def maple(tmp_path_factory: pytest.TempPathFactory) -> District:
    folder = tmp_path_factory.mktemp("maple")
    made = District(folder / "maple.zip", folder / "plan")
    write_sample("maple", made.roster)
    done = ran("plan", made.roster, "--day", "2020-09-08", "--out", made.plan, "--workers", 1, "--steps", 20)
    assert done.code == 0, done.err
    return made


@pytest.fixture(scope="session")
def cedar(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("cedar") / "cedar.zip"
    write_sample("cedar", file)
    return file


@pytest.fixture(scope="session")
def noon(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A made-up book that ends every school day at noon: too short for six meetings and small groups."""
    file = tmp_path_factory.mktemp("book") / "noon.yaml"
    file.write_text(
        """
book: what-if.noon
title: Made up for a test - the day ends at noon
layer: policy
place: ca-scusd-demo
rules:
  - rule: what-if.noon.day_end
    title: The day ends at noon (made up)
    measure: day_end
    unit: minute_of_day
    clauses:
      - from: 2020-07-01
        until: 2021-06-30
        at_most: "12:00"
        cite: {source: Made up for a test, quote: home for lunch}
        confidence: made_up
        checked: 2026-11-21
"""
    )
    return file


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Maple's roster as a folder of files, for a test to change."""
    write_sample("maple", tmp_path / "roster")
    return tmp_path / "roster"
