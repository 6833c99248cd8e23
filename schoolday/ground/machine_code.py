"""One way to compile a room's functions, so that the plain Python below them stays readable and typed."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])

PLAIN = bool(getattr(numba.config, "DISABLE_JIT", 0))
"""Whether functions run as plain Python (NUMBA_DISABLE_JIT=1): the reference, some hundred times slower."""

_CONFIG = cast(Any, numba.config)


class Compiler:
    """Compiles the functions of one room to machine code, which is kept on disk for later processes.

    Parameters
    ----------
    room
        The folder of the room's sources.
    """

    def __init__(self, room: Path) -> None:
        self.folder = _folder(room)

    def __call__(self, function: Function) -> Function:
        """Compile a function on first use and keep it on disk for later processes."""
        before = _CONFIG.CACHE_DIR
        _CONFIG.CACHE_DIR = str(self.folder)
        try:
            return cast(Function, numba.njit(cache=True, nogil=True, error_model="numpy")(function))
        finally:
            _CONFIG.CACHE_DIR = before


def _folder(room: Path) -> Path:
    """Return where machine code is kept: a folder of its own for each state of the room's sources.

    Numba looks only at the file of a function to see whether its machine code is stale, not at the files
    of those it calls; a new name for every change keeps old code from being used. It lies in NUMBA_CACHE_DIR
    if that is set, else beside the sources, or in the user's cache where those cannot be written to.
    """
    digest = hashlib.sha256(numba.__version__.encode())
    sources = [source.read_bytes() for source in sorted(room.glob("*.py"))]
    for source in sources:
        digest.update(source if b"@compiled" in source else b"")
    name = f"kernel-{digest.hexdigest()[:16]}"
    wished = str(_CONFIG.CACHE_DIR)
    if wished:
        return Path(wished) / name
    beside = room / "__pycache__"
    if os.access(beside if beside.exists() else room, os.W_OK):
        return beside / name
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "schoolday" / name
