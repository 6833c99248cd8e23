"""Beside FET: the same made-up secondary schools solved by both in one run, judged by our check.

    python benchmarks/fet.py --seeds 1-10 --write docs/benchmarks.md
    python benchmarks/fet.py --seeds 101-110 --write docs/benchmarks.md --mark held-out

Needs FET (Debian's package `fet`). FET's CPU seconds hold its start and its reading of the file. Ours hold
the packing of the problem and the search; importing and loading the compiled kernel happens once for
however many schools and is given apart. What earlier schools left behind is cleared away before our clock
starts. Ends with 1 if a target is missed.
"""

from __future__ import annotations

import argparse
import gc
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from schoolday.files.fet import read_fet, write_fet
from schoolday.sample.bench import bench_school
from schoolday.timetable.check import check
from schoolday.timetable.check.cost import cost
from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.solve import solve
from schoolday.timetable.solve.pack import pack
from schoolday.timetable.timetable import AnyOf, FirstLawful, Seconds, Timetable

SHARE, LESS = 1 / 20, 0.25
"""The targets: at most this share of FET's CPU time, at least this much less soft cost."""


@dataclass(frozen=True)
class Row:
    """One school: CPU seconds and soft costs; None where no lawful timetable came."""

    seed: int
    meetings: int
    fet_seconds: float
    fet_cost: int | None
    seconds: float
    packing: float
    first_cost: int | None
    later_cost: int | None

    @property
    def share(self) -> float:
        """Our CPU seconds to the first lawful timetable, as a share of FET's."""
        return self.seconds / self.fet_seconds

    @property
    def search_share(self) -> float:
        """The search alone, packing left out, as a share of FET's whole CPU seconds."""
        return max(self.seconds - self.packing, 1e-6) / self.fet_seconds

    @property
    def less(self) -> float | None:
        """By how much our soft cost is less than FET's."""
        if self.fet_cost is None or self.later_cost is None:
            return None
        return 1 - self.later_cost / self.fet_cost

    @property
    def met(self) -> bool:
        """Whether both targets are reached; FET finding nothing is no merit of ours."""
        quick = self.first_cost is not None and self.share <= SHARE
        return quick and (self.fet_cost is None or (self.less is not None and self.less >= LESS))


def judged(problem: TimetableProblem, timetable: Timetable | None) -> int | None:
    """The soft cost of a timetable by our own count, or None where our check finds a fault."""
    if timetable is None or check(problem, timetable):
        return None
    return cost(problem, timetable).total


def fet(problem: TimetableProblem, folder: Path, limit: int, seed: int) -> tuple[float, Timetable | None]:
    """CPU seconds of FET and its timetable."""
    left_out = write_fet(problem, folder / "school.fet")
    if left_out:
        sys.exit(f"not the same question; left out of FET's file: {', '.join(left_out)}")
    command = ["fet-cl", f"--inputfile={folder}/school.fet", f"--outputdir={folder}", "--htmllevel=0"]
    chance = [f"--randomseeds{place}={seed}" for place in (10, 11, 12, 20, 21, 22)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(
        [*command, f"--timelimitseconds={limit}", *chance],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        check=False,
        timeout=2 * limit + 60,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    found = folder / "timetables/school/school_data_and_timetable.fet"
    return spent, read_fet(found, problem) if found.exists() else None


def ours(problem: TimetableProblem, seconds: float | None, seed: int) -> tuple[float, Timetable | None]:
    """CPU seconds of ours and its timetable: the first lawful one, or the best after so many seconds."""
    stop = AnyOf((FirstLawful(), Seconds(120.0))) if seconds is None else Seconds(seconds)
    gc.collect()
    began = time.process_time()
    result = solve(problem, stop=stop, seed=seed, clock=time.process_time)
    spent = time.process_time() - began
    return spent, result.timetable if not result.unplaced else None


def loading() -> float:
    """CPU seconds that a fresh process takes to load the kernel, compiled before if it had to be."""
    fresh = get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh) as compiling:
        compiling.submit(_load).result()
    with ProcessPoolExecutor(1, mp_context=fresh) as warm:
        return warm.submit(_load).result()


def _load() -> float:
    """A first solve, less the same again; and the same for improving."""
    problem = bench_school(0)
    first, _ = ours(problem, None, 0)
    again, _ = ours(problem, None, 0)
    once, _ = ours(problem, again + 0.5, 0)
    return max(first - again, 0.0) + max(once - again - 0.5, 0.0)


def packing(problem: TimetableProblem) -> float:
    """CPU seconds of packing alone."""
    gc.collect()
    began = time.process_time()
    pack(problem)
    return time.process_time() - began


def measure(seed: int, seconds: float, limit: int) -> Row:
    problem = bench_school(seed)
    with tempfile.TemporaryDirectory() as folder:
        fet_seconds, theirs = fet(problem, Path(folder), limit, seed)
    packed = packing(problem)
    spent, first = ours(problem, None, seed)
    _, later = ours(problem, seconds, seed)
    return Row(
        seed,
        problem.meetings,
        fet_seconds,
        judged(problem, theirs),
        spent,
        packed,
        judged(problem, first),
        judged(problem, later),
    )


def line(row: Row) -> str:
    less = "" if row.less is None else f"{100 * row.less:.1f} %"
    costs = (row.fet_cost, row.first_cost, row.later_cost)
    shown = ["none lawful" if number is None else f"{number:,}" for number in costs]
    shares = f"1/{1 / row.share:.0f} | 1/{1 / row.search_share:.0f}"
    return (
        f"| {row.seed} | {row.meetings} | {row.fet_seconds:.2f} | {row.seconds:.3f} | {row.packing:.3f} "
        f"| {shares} | {shown[0]} | {shown[1]} | {shown[2]} | {less} |"
    )


def table(rows: list[Row], load: float, seconds: float) -> str:
    head = [
        "| seed | meetings | FET, CPU s | ours, CPU s | of which packing | share | search alone "
        f"| FET, soft | ours, first | ours, {seconds:g} CPU s | less |",
        "|" + " ---: |" * 11,
    ]
    less = [row.less for row in rows if row.less is not None]
    theirs, mine = sum(row.fet_seconds for row in rows), sum(row.seconds for row in rows)
    said = f"All schools together: FET {theirs:.1f} CPU s, ours {mine:.2f} CPU s: 1/{theirs / mine:.0f}."
    said += f" Median share 1/{1 / median(row.share for row in rows):.0f}"
    if less:
        said += f", median reduction {100 * median(less):.1f} %"
    met = sum(row.met for row in rows)
    said += (
        f"; {met} of {len(rows)} schools reach both targets (1/20 of the CPU time, a quarter less soft cost)."
    )
    said += f" Loading the compiled kernel: {load:.2f} CPU s, once."
    return "\n".join([*head, *map(line, rows), "", said])


def write(path: Path, text: str, mark: str) -> None:
    """Put the table between its marks in a page, or at the end of it where there are none."""
    begin, end = f"<!-- {mark}: begin -->", f"<!-- {mark}: end -->"
    block = f"{begin}\n{text}\n{end}"
    page = path.read_text() if path.exists() else ""
    marks = re.compile(f"{re.escape(begin)}.*{re.escape(end)}", re.DOTALL)
    new = marks.sub(lambda _: block, page) if marks.search(page) else f"{page}\n{block}\n".lstrip()
    path.write_text(new)


def asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seeds", default="1-10", help="such as 1-10")
    parser.add_argument("--seconds", type=float, default=12.0, help="CPU seconds of ours for quality")
    parser.add_argument("--limit", type=int, default=120, help="seconds that FET may take")
    parser.add_argument("--write", type=Path, help="put the table into this page")
    parser.add_argument("--mark", default="fet", help="the table's name in the page, so that several can be")
    return parser.parse_args()


def main() -> int:
    given = asked()
    if not shutil.which("fet-cl"):
        sys.exit("fet-cl is not here; install Debian's package fet (apt-get install fet)")
    first, _, last = given.seeds.partition("-")
    load = loading()
    _load()  # so that no school below pays for the kernel
    rows = []
    for seed in range(int(first), int(last or first) + 1):
        rows.append(measure(seed, given.seconds, given.limit))
        print(line(rows[-1]), file=sys.stderr, flush=True)
    command = f"`.venv/bin/python benchmarks/fet.py {' '.join(sys.argv[1:])}`"
    text = f"{command}\n\n{table(rows, load, given.seconds)}"
    print(text)
    if given.write:
        write(given.write, text, given.mark)
    return 0 if all(row.met for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
