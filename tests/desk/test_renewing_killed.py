"""Measures whose nightly renewal was killed at any moment are afterwards those made afresh."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path


def test_killed_at_random_moments_the_renewed_measures_are_those_made_afresh(tmp_path: Path) -> None:
    environment = os.environ | {
        "SCHOOLDESK_VAR": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "schooldesk.settings",
        "SCHOOLDESK_NOW": "2020-09-25T16:00",
    }
    environment.pop("SCHOOLDESK_DATABASE", None)
    done = subprocess.run(
        [sys.executable, "-m", "tests.desk.renewing_killed", "3", "7"],
        env=environment, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    killed = re.search(r"killed (\d) of 3 times", done.stdout)
    assert killed is not None
    assert int(killed[1]) > 1
