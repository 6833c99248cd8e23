"""The worker makes what was asked for, each once, and takes up again what was killed."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from schooldesk import scope
from tests.desk.cohorts import all_come, ask, lay, make, open_round, seats_csv, send


def run(var: Path, dies_at: int = 0) -> subprocess.CompletedProcess[str]:
    environment = os.environ | {
        "SCHOOLDESK_VAR": str(var),
        "DJANGO_SETTINGS_MODULE": "schooldesk.settings",
        "SCHOOLDESK_NOW": "2020-09-08T07:45",
    }
    environment.pop("SCHOOLDESK_DATABASE", None)
    command = [sys.executable, "-m", "tests.desk.cohorts_killed", str(dies_at)]
    return subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=120, start_new_session=True
    )


def kept(var: Path) -> tuple[int, bytes, bytes]:
    """Return how many steps are done, the cohorts kept on the way, and the result."""
    with sqlite3.connect(var / "desk.sqlite3") as database:
        row = database.execute("SELECT done, made, body FROM cohorts_making").fetchone()
    return (row[0], row[1], row[2])


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize(("dies_at", "done", "again"), [(2, 0, 1), (3, 1, 0), (4, 2, 0)])
def test_a_killed_run_is_taken_up_again_and_finds_what_a_whole_one_would(
    tmp_path: Path, dies_at: int, done: int, again: int
) -> None:
    from schooldesk.cohorts.making import codec, reads
    from schooldesk.cohorts.making.result import Result

    assert run(tmp_path, dies_at).returncode == -signal.SIGKILL
    steps, made, body = kept(tmp_path)
    assert (steps, bool(made), body) == (done, done > 0, b"")
    other = run(tmp_path)
    assert other.returncode == 0, other.stderr
    assert int(other.stdout) == again
    steps, made, body = kept(tmp_path)
    assert (steps, made) == (3, b"")
    whole = lay("maple")
    with scope.district("maple"):
        assert codec.unpack(Result, body) == reads.result(whole)


@pytest.mark.django_db
def test_the_worker_of_the_desk_makes_both_districts_cohorts_each_of_its_own_answers() -> None:
    from schooldesk.bargaining.outcomes.work import keep_working
    from schooldesk.cohorts.making import reads, work

    rows = {}
    for name in ("maple", "cedar"):
        round_ = open_round(name)
        if name == "maple":
            all_come(round_)
        send(round_, "seats", seats_csv(name, 16))
        rows[name] = ask(round_)
    keep_working(once=True, ended=lambda: False, number=1, also=(work.make_what_waits,))
    for name, row in rows.items():
        with scope.district(name):
            found = reads.one(row.pk)
            assert found is not None
            assert found.finished is not None
            cohorts = set(reads.result(found).of.values())
        assert cohorts == ({"A", "B"} if name == "maple" else {"C"})


@pytest.mark.django_db
def test_answers_given_after_cohorts_were_asked_for_do_not_count() -> None:
    from schooldesk.cohorts.making import reads, work

    row = open_round("maple")
    send(row, "seats", seats_csv("maple", 16))
    asked = ask(row)
    all_come(row)
    work.make(asked)
    with scope.district("maple"):
        found = reads.one(asked.pk)
        assert found is not None
        assert set(reads.result(found).of.values()) == {"C"}
        assert set(reads.result(make(row)).of.values()) == {"A", "B"}


@pytest.mark.django_db
def test_a_replaced_roster_is_said_in_words_and_asking_again_mends_it() -> None:
    from schooldesk.cohorts.making import reads, work
    from schooldesk.cohorts.models import Making

    row = open_round("maple")
    send(row, "seats", seats_csv("maple", 16))
    asked = ask(row)
    with scope.district("maple"):
        Making.objects.filter(pk=asked.pk).update(roster=0)
        asked.roster = 0
    work.make(asked)
    with scope.district("maple"):
        found = reads.one(asked.pk)
        assert found is not None
        assert "the roster was replaced" in found.failed
    assert make(row).finished is not None


@pytest.mark.django_db
def test_what_breaks_off_is_said_and_can_be_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    from schooldesk.cohorts.making import reads, work

    row = open_round("maple")
    send(row, "seats", seats_csv("maple", 16))
    asked = ask(row)

    def broken(*_: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patched:
        patched.setattr(work, "_make", broken)
        work.make(asked)
    with scope.district("maple"):
        found = reads.one(asked.pk)
        assert found is not None
        assert "ask again" in found.failed
    assert make(row).pk == asked.pk


@pytest.mark.django_db
def test_cohorts_that_another_process_makes_are_left_to_it() -> None:
    from django.conf import settings

    from schooldesk.alone import alone

    row = open_round("maple")
    send(row, "seats", seats_csv("maple", 16))
    asked = ask(row)
    other = (
        "import sys, fcntl; file = open(sys.argv[1], 'w')\n"
        "try: fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)\n"
        "except OSError: print('held')"
    )
    with alone("cohorts", asked.pk) as mine:
        assert mine
        lock = settings.VAR / "cohorts" / f"{asked.pk}.lock"
        found = subprocess.run([sys.executable, "-c", other, lock], capture_output=True, text=True)
    assert found.stdout.strip() == "held"
