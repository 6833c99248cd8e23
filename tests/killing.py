"""Forked processes that are killed -9 after so many calls in some files; nothing here is a test."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from types import FrameType
from typing import Any


def forked(work: Callable[[], None]) -> int:
    """Do some work in a process of its own; return 0 where it was done, or the signal that killed it."""
    sys.stdout.flush()
    child = os.fork()
    if not child:
        code = 1
        try:
            work()
            code = 0
        except BaseException:  # whatever it is, the parent hears of it by the code
            traceback.print_exc()
        sys.stdout.flush()
        os._exit(code)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return os.WTERMSIG(status)
    if os.WEXITSTATUS(status):
        raise AssertionError("the process failed by itself")
    return 0


class Dying:
    """Counts the calls made in some files, and kills its own process at one of them."""

    def __init__(self, files: tuple[str, ...], at: int) -> None:
        self._files, self._at, self.calls = files, at, 0
        self._known: dict[str, bool] = {}

    def __enter__(self) -> Dying:
        sys.setprofile(self._called)
        return self

    def __exit__(self, *_: object) -> None:
        sys.setprofile(None)

    def _called(self, frame: FrameType, event: str, _: Any) -> None:
        name = frame.f_code.co_filename
        if name not in self._known:
            self._known[name] = any(part in name for part in self._files)
        if self._known[name] and event in ("call", "c_call", "c_return"):
            self.calls += 1
            if self.calls == self._at:
                os.kill(os.getpid(), signal.SIGKILL)
