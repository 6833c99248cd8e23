"""The rulebook that the desk goes by, loaded once; a broken one keeps the desk from answering."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from django.conf import settings

from schoolday.files.rulebooks import load
from schoolday.rules import Rulebook


@lru_cache(maxsize=1)
def rulebook() -> Rulebook:
    """Return all the rules."""
    return load([Path(settings.RULES)] if settings.RULES else None)
