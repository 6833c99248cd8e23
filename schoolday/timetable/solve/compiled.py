"""One way to compile a function, so that the plain Python below it stays readable and typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar, cast

from numba import njit

Function = TypeVar("Function", bound=Callable[..., Any])


def compiled(function: Function) -> Function:
    """Compile a function to machine code on first use and keep it on disk for later processes."""
    return cast(Function, njit(cache=True, nogil=True, error_model="numpy")(function))
