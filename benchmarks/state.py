"""A scaled-down state on Spark and on DuckDB: the same districts, the same text, the same rows.

    .venv/bin/python -m benchmarks.state                          12 districts, 60,000 pupils, 30 days
    .venv/bin/python -m benchmarks.state --rows --part 0.25       every row of single pupils, too
    .venv/bin/python -m benchmarks.state --folder FOLDER          keep the districts there, or take them

Wants the extra `spark` and Java 17: make .venv/ready-bench. Both run by the command that a state runs; CPU
time and memory of the Java process are read from /proc while it works.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import duckdb

from benchmarks.ledger.make import make
from schoolday.measures.portable import PORTABLE

SIZES = (14_000, 11_000, 9_000, 7_000, 5_500, 4_500, 3_500, 2_500, 1_500, 900, 450, 150)
"""Pupils of the districts: few large ones and many small ones, as in a state."""
ROWS = [name for name in PORTABLE if name != "by_groups"]
TICKS = os.sysconf("SC_CLK_TCK")


class Used(NamedTuple):
    """What a command took: wall and CPU seconds, and the most memory of Python and of Java, in MB."""

    wall: float
    python: float
    java: float
    python_peak: float
    java_peak: float


def main() -> int:
    """Measure and print; the exit code is 1 where one row of one measure, or one figure, differs."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--days", type=int, default=30)
    parser.add_argument("--part", type=float, default=1.0, help="this share of the 60,000 pupils")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--rows", action="store_true", help="write and compare every row, too")
    asked = parser.parse_args()
    with TemporaryDirectory() as own:
        state = asked.folder or Path(own, "state")
        for place, size in enumerate(SIZES):
            if not (state / f"district{place + 1:02}" / "days").exists():
                make(state / f"district{place + 1:02}", int(size * asked.part), asked.days, seed=place + 1)
        return report(state, Path(own), ["all"] if asked.rows else [])


def report(state: Path, own: Path, rows: list[str]) -> int:
    """Run both, and hold what they wrote against each other."""
    count = duckdb.execute(f"SELECT COUNT(*) FROM read_parquet('{state}/*/days/2*.parquet')").fetchone()
    print(f"{count[0] if count else 0:,} rows; {os.cpu_count()} cores, load {os.getloadavg()[0]:.1f} before")
    print("| | wall s | CPU s, Python | CPU s, Java | peak MB, Python | peak MB, Java |")
    print("| --- | --: | --: | --: | --: | --: |")
    found = {}
    for on in ("duckdb", "spark"):
        used = found[on] = run(state, own / on, on, rows)
        took = " | ".join(f"{one:.1f}" for one in used[:3])
        print(f"| {on} | {took} | {used.python_peak:.0f} | {used.java_peak:.0f} |", flush=True)
    duck, spark = found["duckdb"], found["spark"]
    cpu = (spark.python + spark.java) / duck.python
    print(f"spark / duckdb: wall {spark.wall / duck.wall:.1f}, CPU {cpu:.1f}")
    print(f"load {os.getloadavg()[0]:.1f} after")
    return compared(own, ROWS if rows else [])


def compared(own: Path, names: list[str]) -> int:
    """Hold every row of both against each other; say how many there are and how many differ."""
    differing = 0
    for name in names:
        duck, spark = own / "duckdb" / f"{name}.parquet", own / "spark" / f"{name}.parquet" / "*.parquet"
        one, other = f"SELECT * FROM '{duck}'", f"SELECT * FROM '{spark}'"
        more = f"(({one}) EXCEPT ALL ({other})) UNION ALL (({other}) EXCEPT ALL ({one}))"
        many = ", ".join(f"(SELECT COUNT(*) FROM '{file}')" for file in (duck, spark))
        text = f"SELECT {many}, COUNT(*) FROM ({more})"
        counts = duckdb.execute(text).fetchall()[0]
        differing += counts[2]
        print(f"{name}: {counts[0]:,} and {counts[1]:,} rows, {counts[2]} differ")
    texts = [(own / on / "figures.csv").read_text() for on in ("duckdb", "spark")]
    differing += texts[0] != texts[1]
    print(f"figures.csv: {len(texts[0].splitlines()) - 1:,} figures, the same: {texts[0] == texts[1]}")
    return 1 if differing else 0


def run(state: Path, out: Path, on: str, rows: list[str]) -> Used:
    """Run the command, and watch what it and its Java take."""
    shutil.rmtree(out, ignore_errors=True)
    words = [
        str(Path(sys.executable).with_name("schoolday")),
        "measures",
        "state",
        str(state),
        "--out",
        str(out),
        "--on",
        on,
    ]
    words += ["--master", f"local[{os.cpu_count()}]"] if on == "spark" else []
    words += [word for row in rows for word in ("--rows", row)]
    with (out.parent / f"{out.name}.log").open("w+") as log:
        began = time.perf_counter()
        process = subprocess.Popen(words, stdout=log, stderr=subprocess.STDOUT)
        cpu, peak = {False: 0.0, True: 0.0}, {False: 0.0, True: 0.0}
        while process.poll() is None:
            java = {pid for pid in children(process.pid) if pid != process.pid}
            for pid in {process.pid, *java}:
                took, most = taken(pid)
                cpu[pid in java] = max(cpu[pid in java], took)
                peak[pid in java] = max(peak[pid in java], most)
            time.sleep(0.1)
        wall = time.perf_counter() - began
        if process.returncode:
            log.seek(0)
            raise SystemExit(log.read())
    return Used(wall, cpu[False], cpu[True], peak[False], peak[True])


def children(pid: int) -> set[int]:
    """Return a process's children and theirs."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            after = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        parents[int(stat.parent.name)] = int(after[1])
    found = {pid}
    while more := {one for one, parent in parents.items() if parent in found} - found:
        found |= more
    return found


def taken(pid: int) -> tuple[float, float]:
    """Return a process's CPU seconds and its most memory in MB, so far."""
    try:
        after = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        most = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0.0, 0.0
    return (int(after[11]) + int(after[12])) / TICKS, int(most[1]) / 2**10 if most else 0.0


if __name__ == "__main__":
    sys.exit(main())
