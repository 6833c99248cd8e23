"""One worker at a time on one piece of work, whatever processes there are."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings


@contextmanager
def alone(room: str, number: int) -> Iterator[bool]:
    """Say whether nobody else works on a row of a room, and keep others from it until this process ends."""
    folder = settings.VAR / room
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{number}.lock").open("w") as file:
        try:
            # A lock of this process alone: its helpers, which may outlive it for a moment, do not hold it.
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
        else:
            yield True
