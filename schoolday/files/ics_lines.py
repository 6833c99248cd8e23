"""How text, addresses and times are written in a calendar's file (RFC 5545)."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

_SPECIAL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\\;,\ud800-\udfff]")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f\ud800-\udfff]")
_DROPPED = dict.fromkeys((*(c for c in range(32) if c not in (9, 10)), 127, *range(0xD800, 0xE000)))


def escape(text: str) -> str:
    """Return text as RFC 5545 writes it (3.3.11); control characters are left out."""
    if not _SPECIAL.search(text):
        return text
    if _CONTROL.search(text):
        text = text.replace("\r\n", "\n").replace("\r", "\n").translate(_DROPPED)
    return text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def line(name: str, value: str) -> str:
    """Return one content line, folded at 75 octets without cutting a character in two (3.1)."""
    whole = f"{name}:{value}"
    if len(whole) <= 75 and whole.isascii():
        return whole + "\r\n"
    octets = whole.encode()
    parts, taken, until = [], 0, 75
    while until < len(octets):
        while octets[until] & 0xC0 == 0x80:
            until -= 1
        parts.append(octets[taken:until])
        # The space that marks a continued line is the first of its octets.
        taken, until = until, until + 74
    parts.append(octets[taken:])
    return b"\r\n ".join(parts).decode() + "\r\n"


def plain(address: str) -> bool:
    """Whether an address can stand as it is."""
    return address.isascii() and address.isprintable() and " " not in address


def local(day: date, minute: int) -> str:
    """Return a minute of a day in the calendar's own zone (3.3.5); past midnight it is the next day's."""
    later, minute = divmod(minute, 24 * 60)
    if later:
        day += timedelta(days=later)
    return f"{day.year:04d}{day.month:02d}{day.day:02d}T{minute // 60:02d}{minute % 60:02d}00"


@lru_cache(maxsize=4096)
def utc(stamp: int) -> str:
    """Return a moment in seconds since 1970 as UTC (3.3.5)."""
    return (datetime(1970, 1, 1) + timedelta(seconds=stamp)).strftime("%Y%m%dT%H%M%SZ")
