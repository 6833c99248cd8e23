"""One way to compile a function, so that the plain Python below it stays readable and typed."""

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


_HERE = Path(__file__).parent


def _folder() -> Path:
    """Return where machine code is kept: a folder of its own for each state of the kernel's sources.

    Numba looks only at the file of a function to see whether its machine code is stale, not at the files
    of those it calls; a new name for every change keeps old code from being used. It lies in NUMBA_CACHE_DIR
    if that is set, else beside the sources, or in the user's cache where those cannot be written to.
    """
    digest = hashlib.sha256(numba.__version__.encode())
    sources = [source.read_bytes() for source in sorted(_HERE.glob("*.py"))]
    for source in sources:
        digest.update(source if b"@compiled" in source else b"")
    name = f"kernel-{digest.hexdigest()[:16]}"
    wished = str(cast(Any, numba.config).CACHE_DIR)
    if wished:
        return Path(wished) / name
    beside = _HERE / "__pycache__"
    if os.access(beside if beside.exists() else _HERE, os.W_OK):
        return beside / name
    home = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(home) / "schoolday" / name


_CONFIG = cast(Any, numba.config)
FOLDER = _folder()
"""Where this process keeps and finds machine code."""


def compiled(function: Function) -> Function:
    """Compile a function to machine code on first use and keep it on disk for later processes."""
    before = _CONFIG.CACHE_DIR
    _CONFIG.CACHE_DIR = str(FOLDER)
    try:
        return cast(Function, numba.njit(cache=True, nogil=True, error_model="numpy")(function))
    finally:
        _CONFIG.CACHE_DIR = before
