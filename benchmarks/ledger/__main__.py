"""From a district-year's day packs to every measure and finding, beside the mere scan and beside pandas.

    python -m benchmarks.ledger                        42,000 pupils, 180 days, 6 meetings
    python -m benchmarks.ledger --spark                a scaled-down state on Spark, the same figures
    python -m benchmarks.ledger --folder FOLDER        keep the packs there, or take those that are there

Wants the extra `bench` (and `spark`): make .venv/ready-bench. Each part runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.ledger.make import make

CHECKS = ("short", "unverified", "flagged", "chronic", "unaccounted")
WORDS = {
    "scan": "scan of the needed columns",
    "dense": "dense arrays: every measure, groups",
    "sql": "the portable SQL on DuckDB, tables kept",
    "pandas": "pandas, as an analyst writes it",
    "spark": "the same SQL on Spark, local",
}


def main() -> int:
    """Measure and print; the exit code is 1 where two parts differ in a figure or a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--pupils", type=int, default=42_000)
    parser.add_argument("--days", type=int, default=180)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--spark", action="store_true")
    parser.add_argument("--without", nargs="*", default=[])
    asked = parser.parse_args()
    with TemporaryDirectory() as own:
        folder = asked.folder or Path(own, "year")
        if not (folder / "days").exists():
            make(folder, asked.pupils, asked.days)
        parts = ["sql", "spark"] if asked.spark else ["dense", "sql", "pandas"]
        parts = [part for part in parts if part not in asked.without]
        return report(folder, parts, asked.rounds, asked.spark)


def report(folder: Path, parts: list[str], rounds: int, spark: bool) -> int:
    """Print a table of all parts; the scan is measured again beside each."""
    print(f"{os.cpu_count()} cores, load average {os.getloadavg()[0]:.1f}")
    print("| part | wall s | CPU s | peak MB | wall / scan beside it | CPU / scan |")
    print("| --- | --: | --: | --: | --: | --: |")
    found: dict[str, dict[str, Any]] = {}
    for part in parts:
        tries = [(one("scan", folder), one(part, folder)) for _ in range(rounds if part == "dense" else 1)]
        scan, best = min(tries, key=lambda pair: pair[1]["wall"] / pair[0]["wall"])
        found[part] = best
        for name, row in (("scan", scan), (part, best)):
            ratios = f"{row['wall'] / scan['wall']:.1f} | {row['cpu'] / scan['cpu']:.1f}"
            took = f"{row['wall']:.2f} | {row['cpu']:.2f} | {row['peak']:.0f}"
            print(f"| {WORDS[name]} | {took} | {ratios} |", flush=True)
    if not spark:
        night = one("nightly", folder)
        wall, cpu = (night[name] * 1000 for name in ("wall", "cpu"))
        print(f"\none changed day: {wall:.0f} ms, {cpu:.0f} ms CPU (medians of 21)")
    print(json.dumps(found, indent=1))
    figures = {part: [row[name] for name in CHECKS] for part, row in found.items()}
    if len({tuple(row) for row in figures.values()}) > 1:
        print(f"the parts differ: {figures}")
        return 1
    return 0


def one(part: str, folder: Path) -> dict[str, Any]:
    """Return what a part took and found."""
    words = [sys.executable, "-m", "benchmarks.ledger.parts", part, str(folder)]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stderr)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


if __name__ == "__main__":
    sys.exit(main())
