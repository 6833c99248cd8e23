"""Ids that stay the same in every process: made from what they name, never from chance."""

from __future__ import annotations

import hashlib
from base64 import b32encode


def stable_id(*parts: str, size: int = 12) -> str:
    """Return a short id made from its parts; the same parts give the same id everywhere."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    return b32encode(digest).decode().lower().rstrip("=")[:size]


def stable_number(*parts: str) -> int:
    """Return a number below 2**63 made from the parts, for seeds."""
    digest = hashlib.sha256("\x1f".join(parts).encode()).digest()
    return int.from_bytes(digest[:8], "big") >> 1
