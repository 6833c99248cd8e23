"""The worker: one question after another, each once, going on where it was killed."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from schooldesk import scope
from tests.desk.outcomes import DAY, TERMS, UNION, work_out


def run(var: Path, kind: str, dies_at: int = 0) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "SCHOOLDESK_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "schooldesk.settings",
        "SCHOOLDESK_NOW": "2020-09-08T07:45",
    }
    environment.pop("SCHOOLDESK_DATABASE", None)
    command = [sys.executable, "-m", "tests.desk.outcomes_killed", kind, str(dies_at)]
    # Its helpers are of its session, and end with it.
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=120, start_new_session=True
    )


def kept(var: Path) -> tuple[int, int, bytes, int]:
    """Return how many steps are done of how many, what was found, and how many steps are kept."""
    with sqlite3.connect(var / "desk.sqlite3") as database:
        row = database.execute("SELECT done, due, body FROM bargaining_outcome").fetchone()
        steps = database.execute("SELECT count(*) FROM bargaining_step").fetchone()
    return (*row, *steps)


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(("kind", "due"), [("consequences", 8), ("packages", 54)])
def test_a_killed_run_goes_on_and_finds_what_a_whole_one_would(tmp_path: Path, kind: str, due: int) -> None:
    assert run(tmp_path, kind, 6).returncode == -signal.SIGKILL
    done, of, body, steps = kept(tmp_path)
    assert (done, of, body, steps) == (4, due, b"", 4)
    again = run(tmp_path, kind)
    assert again.returncode == 0, again.stderr
    assert int(again.stdout.split()[-1]) == due - 4
    done, of, body, steps = kept(tmp_path)
    assert (done, of, steps) == (due, due, 0)
    assert read(kind, body) == whole(kind)


def read(kind: str, body: bytes) -> Any:
    from schoolday.bargaining.ground import Package
    from schooldesk.bargaining.outcomes import codec

    return codec.unpack(codec.Found if kind == "consequences" else list[Package], body)


def whole(kind: str) -> Any:
    """Return what the same question finds in one go."""
    from schoolday.files.disputed import read_terms
    from schooldesk.bargaining.models import Outcome
    from schooldesk.bargaining.outcomes.asked import AskedPackages, AskedPosition

    asked = (
        AskedPosition(UNION, "", (), DAY)
        if kind == "consequences"
        else AskedPackages(read_terms(TERMS), "maple-secondary", DAY)
    )
    number = work_out("maple", asked)
    with scope.district("maple"):
        return read(kind, Outcome.objects.get(pk=number).body)


@pytest.mark.django_db
def test_a_district_keeps_what_each_of_its_schools_comes_to_alone() -> None:
    from schooldesk.bargaining.outcomes.asked import AskedPosition

    found = whole("consequences")
    assert set(found.alone) == {"maple-elementary", "maple-secondary"}
    number = work_out("maple", AskedPosition(UNION, "", ("maple-elementary",), DAY))
    with scope.district("maple"):
        from schooldesk.bargaining.models import Outcome

        single = read("consequences", Outcome.objects.get(pk=number).body)
    assert found.alone["maple-elementary"] == (single.position, single.against)


@pytest.mark.django_db
def test_a_question_that_another_process_works_on_is_left_to_it() -> None:
    from schooldesk.alone import alone
    from schooldesk.bargaining.outcomes import asking
    from schooldesk.bargaining.outcomes.asked import AskedPosition
    from schooldesk.roster import reads as roster

    home = roster.district("maple")
    assert home is not None
    row = asking.ask(home, "maple-2020", AskedPosition(UNION, "", ("maple-elementary",), DAY), "test")
    with alone("outcomes", row.pk) as mine:
        assert mine
        other = (
            "import sys, fcntl; file = open(sys.argv[1], 'w')\n"
            "try: fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)\n"
            "except OSError: print('held')"
        )
        from django.conf import settings

        lock = settings.VAR / "outcomes" / f"{row.pk}.lock"
        found = subprocess.run([sys.executable, "-c", other, lock], capture_output=True, text=True)
    assert found.stdout.strip() == "held"


@pytest.mark.django_db
def test_what_breaks_off_is_said_and_the_next_question_has_its_turn(monkeypatch: pytest.MonkeyPatch) -> None:
    from schooldesk.bargaining.outcomes import asking, reads, work
    from schooldesk.bargaining.outcomes.asked import AskedPosition
    from schooldesk.roster import reads as roster

    home = roster.district("maple")
    assert home is not None
    rows = [
        asking.ask(home, "maple-2020", AskedPosition(UNION, "", (school,), DAY), "test")
        for school in ("maple-elementary", "maple-secondary")
    ]

    def broken(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(work, "work_with", broken)
    work.keep_working(once=True, ended=lambda: False, number=1)
    with scope.district("maple"):
        for row in rows:
            row.refresh_from_db()
            assert "ask again to go on from there" in reads.run(row).failed


@pytest.mark.slow
def test_what_serves_has_a_worker_and_another_where_that_one_was_killed(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from schooldesk.bargaining.outcomes.terminal import working

    monkeypatch.setenv("SCHOOLDESK_VAR", str(tmp_path))
    assert run(tmp_path, "packages").returncode == 0
    with working():
        first = one_worker()
        os.kill(first, signal.SIGKILL)
        second = one_worker(other_than=first)
        assert second != first
    with pytest.raises(ProcessLookupError):
        os.kill(second, 0)


def one_worker(other_than: int = 0) -> int:
    """Return the id of the worker that this process has started, once there is one."""
    for _ in range(100):
        found = subprocess.run(
            ["pgrep", "-f", f"table work --serving {os.getpid()}$"], capture_output=True, text=True
        ).stdout.split()
        there = [int(number) for number in found if int(number) != other_than]
        if there:
            return there[0]
        time.sleep(0.1)
    raise AssertionError("there is no worker")
