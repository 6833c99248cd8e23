"""Compose on every core: processes forked with the district in memory, answers taken in order.

Only the parent writes, so portions are stored in order and a killed publish knows how far it came.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, connections

FEW = 2_000
"""Households that one process composes sooner than others could be started."""

_work: Callable[[int], Any] | None = None


@contextmanager
def side_by_side(work: Callable[[int], Any], portions: int, size: int) -> Iterator[Iterator[Any]]:
    """Give the answers of `work` for each portion in order, composed by as many processes as cores."""
    cores = len(os.sched_getaffinity(0))
    few = int(os.environ.get("SCHOOLDESK_FEW", FEW))
    if size < few or cores < 2 or connection.in_atomic_block:
        yield map(work, range(portions))
        return
    global _work
    _work = work
    # A connection must not be shared with a forked process; each opens its own.
    connections.close_all()
    gc.freeze()
    pool = multiprocessing.get_context("fork").Pool(min(cores, 8), _begin, (os.getpid(),))
    try:
        yield pool.imap(_one, range(portions))
    finally:
        pool.terminate()
        pool.join()
        gc.unfreeze()
        _work = None


def _begin(parent: int) -> None:
    """End with the parent: if it is killed nobody is left to take the answers."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.5)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _one(place: int) -> Any:  # noqa: ANN401 - whatever the work gives
    assert _work is not None
    return _work(place)
