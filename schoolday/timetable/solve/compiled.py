"""One way to compile a function, so that the plain Python below it stays readable and typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numba

Function = TypeVar("Function", bound=Callable[..., Any])

PLAIN = bool(getattr(numba.config, "DISABLE_JIT", 0))
"""Whether functions run as plain Python (NUMBA_DISABLE_JIT=1): the reference, some hundred times slower."""


def compiled(function: Function) -> Function:
    """Compile a function to machine code on first use and keep it on disk for later processes."""
    return cast(Function, numba.njit(cache=True, nogil=True, error_model="numpy")(function))
