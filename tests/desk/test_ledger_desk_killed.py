"""A desk that is killed while it enters, certifies and seals has lost nothing and left nothing half done."""

from __future__ import annotations

import subprocess
import sys


def test_killed_at_fifteen_random_moments_the_desk_loses_nothing() -> None:
    words = [sys.executable, "-m", "benchmarks.killed", "--desk", "--times", "15", "--seed", "7"]
    done = subprocess.run(words, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "nothing certified was lost, nothing half sealed, every chain verifies" in done.stdout
