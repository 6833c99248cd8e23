"""Which pages families opened, gathered and stored a little later, so that the morning's reads write nothing.

What is gathered and not yet stored is lost if the process is killed: then a family is shown once more what
changed, which harms nobody.
"""

from __future__ import annotations

import atexit
import logging
import threading

from django.conf import settings
from django.db import Error, close_old_connections

from schooldesk.day import writes

_due_to_store: dict[int, str] = {}
_stored: dict[int, str] = {}
MOST = 200_000
"""Editions remembered as stored, so that opening a page again costs nothing."""
_lock = threading.Lock()
_due = threading.Event()
_worker: threading.Thread | None = None
AT_ONCE = 500
log = logging.getLogger("schooldesk.looks")


def saw(key: int, etag: str) -> None:
    """Remember that an edition of a page was opened."""
    if _stored.get(key) == etag:
        return
    _due_to_store[key] = etag
    if settings.LOOKS_EVERY <= 0:
        store()
    elif _worker is None:
        _start()


def store() -> None:
    """Store what was gathered."""
    while _due_to_store:
        editions = [_due_to_store.popitem() for _ in range(min(AT_ONCE, len(_due_to_store)))]
        writes.looked(editions)
        if len(_stored) > MOST:
            _stored.clear()
        _stored.update(editions)


def forget() -> None:
    """Forget what was stored; only tests, which take their writes back, need it."""
    _due_to_store.clear()
    _stored.clear()


def _start() -> None:
    global _worker
    with _lock:
        if _worker is None:
            _worker = threading.Thread(target=_run, name="looks", daemon=True)
            _worker.start()
            atexit.register(_due.set)


def _run() -> None:
    while not _due.wait(settings.LOOKS_EVERY):
        try:
            close_old_connections()
            store()
        except Error:
            # The pages stay marked as unseen: the next opening says so again.
            log.exception("could not store which pages were opened")
