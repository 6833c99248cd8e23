"""Run every benchmark one after the other; the first that misses its target decides the exit code."""

from __future__ import annotations

import subprocess
import sys

ALL = (
    "district", "fet", "morning", "table", "audit", "change", "cohorts", "learning", "ledger", "state",
    "reengage", "killed",
)  # fmt: skip


def main() -> int:
    codes = []
    for name in ALL:
        print(f"\n## {name}\n", flush=True)
        codes.append(subprocess.run([sys.executable, "-m", f"benchmarks.{name}"], check=False).returncode)
    return next((code for code in codes if code), 0)


if __name__ == "__main__":
    sys.exit(main())
