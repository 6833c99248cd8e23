"""The rulebook that the desk goes by, loaded once; a broken one keeps the desk from answering."""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from schoolday.bargaining.alike import plain
from schoolday.files.rulebooks import load
from schoolday.rules import Rulebook


@lru_cache(maxsize=1)
def rulebook() -> Rulebook:
    """Return all the rules."""
    return load([Path(settings.RULES)] if settings.RULES else None)


@lru_cache(maxsize=1)
def fingerprint() -> str:
    """Return what tells these rules from others."""
    return hashlib.sha256(repr(plain(rulebook())).encode()).hexdigest()
