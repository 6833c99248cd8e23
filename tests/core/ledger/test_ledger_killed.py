"""Kill -9 at any moment of entering, certifying and sealing: nothing certified lost, nothing half sealed."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.killed import Told, looked_for, note
from benchmarks.open_weeks import Desk
from tests.core.ledger.ledger_cases import book

ROOT = Path(__file__).parents[3]


@pytest.mark.slow
def test_twenty_five_kills_and_one_at_every_sync_lose_nothing() -> None:
    words = [sys.executable, "-m", "benchmarks.killed", "--times", "25"]
    found = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=300, check=False)
    assert found.returncode == 0, found.stdout + found.stderr
    assert "killed 25 times" in found.stdout
    assert "nothing certified was lost" in found.stdout


def test_what_is_looked_for_after_a_kill_is_found_when_it_is_lost(tmp_path: Path) -> None:
    lines: list[str] = []
    Desk(tmp_path, book()).work(1, lines.append, weeks=2)
    told = Told()
    note("".join(f"{line}\n" for line in lines).encode(), told)
    assert len(told.certified) == len(told.seals) >= 2
    assert looked_for(tmp_path, told) == []
    told.entries.add("never")
    told.certified.add((9, 9))
    shutil.rmtree(next((tmp_path / "seals").glob("2020-*")))
    assert len(looked_for(tmp_path, told)) >= 3
