"""warm(): after it no process compiles anything, whatever schools it then solves."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent

SOLVE = """
import sys
sys.path.insert(0, {here!r})
from pathlib import Path
from schoolday.timetable.solve import solve, warm
from schoolday.timetable.solve.compiled import FOLDER
def kept():
    return sorted((str(path), path.stat().st_mtime_ns) for path in Path(FOLDER).rglob("*.nb*"))
warm()
before = kept()
from dataclasses import replace
from instances import daily_secondary, elementary, secondary
from schoolday.timetable.timetable import Steps
some = [elementary(1, classes=3, size=8, pairs=4), secondary(2, cohorts=5, teachers=8, pairs=12, services=4),
        daily_secondary(3, cohorts=5, pairs=12)]
long = replace(some[1], activities=tuple(replace(a, place="lab", length=1, minutes=20 + n % 2)
    for n, a in enumerate(some[1].activities)), rooms={{"lab": 40}})
two = replace(some[2], activities=tuple(replace(a, length=1 + n % 2) for n, a in
    enumerate(some[2].activities[:9])), pairs=())
for problem in (*some, long, two):
    table = solve(problem, stop=Steps(500), seed=1).timetable
    solve(problem, stop=Steps(250), seed=2, start=table)
print(sorted(set(kept()) - set(before)), file=sys.stderr)
print(len(before), before == kept())
"""


def test_a_process_that_warmed_itself_compiles_nothing_more() -> None:
    code = SOLVE.format(here=str(HERE))
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    files, same = ran.stdout.split()
    assert int(files) > 20
    assert same == "True"


POOL = """
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
import time
from schoolday.timetable.solve import warm
def load():
    began = time.process_time()
    warm()
    return time.process_time() - began
if __name__ == "__main__":
    warm()
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as pool:
        print(pool.submit(load).result())
"""


def test_a_forked_worker_inherits_the_kernel_of_a_warmed_parent() -> None:
    ran = subprocess.run([sys.executable, "-c", POOL], check=True, capture_output=True, text=True)
    assert float(ran.stdout) < 0.2


def test_machine_code_is_kept_where_the_variable_says(tmp_path: Path) -> None:
    code = "from schoolday.timetable.solve.compiled import FOLDER; print(FOLDER)"
    env = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=env)
    assert Path(ran.stdout.strip()).parent == tmp_path


def test_machine_code_goes_to_the_users_cache_where_the_sources_cannot_be_written(tmp_path: Path) -> None:
    code = (
        "import os; os.access = lambda *_: False\n"
        "from schoolday.timetable.solve.compiled import FOLDER; print(FOLDER)"
    )
    env = {**os.environ, "XDG_CACHE_HOME": str(tmp_path), "NUMBA_CACHE_DIR": ""}
    ran = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True, env=env)
    assert Path(ran.stdout.strip()).parent == tmp_path / "schoolday"
