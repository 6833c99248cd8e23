"""A kept year that is killed at any moment of a night is afterwards the year read afresh."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path


def test_killed_at_random_moments_the_kept_year_is_the_one_made_afresh(tmp_path: Path) -> None:
    words = [str(tmp_path), "3", "7"]
    done = subprocess.run(
        [sys.executable, "-m", "tests.core.measures.kept_killed", *words], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "killed 3 of 3 times" in done.stdout
