"""A server's workers are forked: what their parent has done with the engine must not hold them up."""

from __future__ import annotations

import multiprocessing
from pathlib import Path

import duckdb

from schoolday.files.engines.year import numbers_in
from schoolday.files.sheets.faults import Faults


def _read(file: Path) -> None:
    assert numbers_in(file, Faults("measures")) == {"p0": 0, "p1": 1}


def test_a_forked_process_reads_a_numbering_after_its_parent_has(tmp_path: Path) -> None:
    file = tmp_path / "pupils.parquet"
    select = "SELECT range::INTEGER AS number, 'p' || range AS id FROM range(2)"
    duckdb.execute("SELECT SUM(range) FROM range(50000000)")
    duckdb.execute(f"COPY ({select}) TO '{file}' (FORMAT parquet)")
    _read(file)
    child = multiprocessing.get_context("fork").Process(target=_read, args=(file,))
    child.start()
    child.join(20)
    alive = child.is_alive()
    child.kill()
    assert not alive, "the child waits for threads that only its parent has"
    assert child.exitcode == 0
