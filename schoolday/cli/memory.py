"""What is read once and kept to the end: Python need not look through it for rubbish, again and again."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def lasting() -> Iterator[None]:
    """Make objects that stay until the command ends; none of them is ever looked through for rubbish.

    A district is some millions of objects, and looking through them took a third of reading it. Workers
    that are forked later also share this memory longer, since nobody writes marks into it.
    """
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
        gc.freeze()
    finally:
        if looked:
            gc.enable()
