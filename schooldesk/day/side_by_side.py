"""Work on every core: processes forked with the district in memory.

Each process stores what it made and brings home only how much that was: 300 MB of pages through a pipe cost
more than storing them.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from typing import Any

from django.db import connection, connections

FEW = 2_000
"""Households that one process composes sooner than others could be started."""

FORK = multiprocessing.get_context("fork")


@contextmanager
def no_collecting() -> Iterator[None]:
    """Leave Python's collector of cycles asleep: it would walk millions of values that all stay."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


@contextmanager
def each_at_its_own(work: Callable[[int], Iterator[int]], count: int, size: int) -> Iterator[Iterator[int]]:
    """Let `work` do each number below `count`; give what it yields on the way, in no order."""
    if _few(count, size):
        yield (done for place in range(count) for done in work(place))
        return
    taken = FORK.Value("i", 0)

    def tell(out: Connection) -> None:
        for place in _taking(taken, count):
            for done in work(place):
                out.send(done)

    with _processes(tell, count) as messages:
        yield messages


def _few(count: int, size: int) -> bool:
    few = int(os.environ.get("SCHOOLDESK_FEW", FEW))
    # Inside a transaction of ours nobody else could write: the tests' case.
    return count < 2 or size < few or _cores() < 2 or connection.in_atomic_block


def _cores() -> int:
    return len(os.sched_getaffinity(0))


def _taking(taken: Any, count: int) -> Iterator[int]:  # noqa: ANN401 - multiprocessing does not name its type
    """Take numbers below `count` that no other process took."""
    while True:
        with taken.get_lock():
            place = taken.value
            taken.value += 1
        if place >= count:
            return
        yield place


@contextmanager
def _processes(work: Callable[[Connection], None], count: int) -> Iterator[Iterator[Any]]:
    # A connection must not be shared with a forked process; each opens its own.
    connections.close_all()
    gc.freeze()
    ends, processes = [], []
    for _ in range(min(_cores(), 8, count)):
        here, there = FORK.Pipe(duplex=False)
        process = FORK.Process(target=_run, args=(work, there, os.getpid()), daemon=True)
        process.start()
        there.close()
        ends.append(here)
        processes.append(process)
    try:
        yield _messages(ends)
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.join()
        gc.unfreeze()


def _messages(ends: list[Connection]) -> Iterator[Any]:
    while ends:
        for end in wait(ends):
            assert isinstance(end, Connection)
            try:
                message = end.recv()
            except EOFError:
                raise RuntimeError("a process that helped with publishing died; publish again") from None
            if message is None:
                ends.remove(end)
            elif isinstance(message, BaseException):
                raise message
            else:
                yield message


def _run(work: Callable[[Connection], None], out: Connection, parent: int) -> None:
    """Work, and end with the parent: if it is killed nobody is left to take the answers."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(0.2)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
    try:
        work(out)
        out.send(None)
    except Exception as fault:
        out.send(fault)
    finally:
        connections.close_all()
        # The district in memory is not worth tidying away.
        os._exit(0)
