"""Write files whole or not at all: under another name, synced to the disk, then renamed."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from schoolday.files.kept import closed_folder

PART = ".part"
"""The ending of a file that is being written; one that was left behind is nobody's."""


def write_whole(file: Path, data: bytes) -> None:
    """Write a file so that it is there whole or as it was before, whenever the power goes."""
    part = part_of(file)
    part.write_bytes(data)
    put(part, file)


def part_of(file: Path) -> Path:
    """Return the name under which a file is written first; a folder that is made for it is closed."""
    if not file.parent.exists():
        closed_folder(file.parent)
    return file.with_name(f".{file.name}{PART}")


def put(part: Path, file: Path) -> None:
    """Put a written part in its place: synced, renamed, and the folder synced."""
    sync(part)
    part.replace(file)
    sync(file.parent)


def sync(path: Path) -> None:
    """Have the disk keep a file or a folder's names."""
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Be the only process that writes in a folder; the lock goes with the process that holds it."""
    closed_folder(folder)
    with (folder / ".lock").open("wb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
