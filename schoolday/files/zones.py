"""A time zone as calendars write it (RFC 5545, 3.6.5)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

FIRST_YEAR, LAST_YEAR = 2019, 2037
"""The years whose changes of the clock a feed names."""


@lru_cache(maxsize=64)
def timezone_block(name: str) -> str:
    """Return the VTIMEZONE of a zone: each change of its clock from `FIRST_YEAR` to `LAST_YEAR`.

    Changes are found in the time zone database itself and listed (RDATE), so that zones whose rule
    changed, or that have none, come out right too. Onsets are written in the clock left behind (3.6.5).
    """
    zone = ZoneInfo(name)
    start = datetime(FIRST_YEAR, 1, 1, tzinfo=zone)
    found: dict[tuple[timedelta, timedelta, str, bool], list[datetime]] = {
        (_offset(start), _offset(start), start.tzname() or name, bool(start.dst())): [
            start.replace(tzinfo=None)
        ]
    }
    for onset, before, after in _changes(zone):
        key = (before, _offset(after), after.tzname() or name, bool(after.dst()))
        found.setdefault(key, []).append(onset)
    parts = [f"BEGIN:VTIMEZONE\r\nTZID:{name}\r\n"]
    for (before, offset, short, summer), onsets in found.items():
        kind = "DAYLIGHT" if summer else "STANDARD"
        parts.append(f"BEGIN:{kind}\r\nDTSTART:{onsets[0]:%Y%m%dT%H%M%S}\r\n")
        parts += [f"RDATE:{onset:%Y%m%dT%H%M%S}\r\n" for onset in onsets[1:]]
        parts.append(f"TZOFFSETFROM:{_sign(before)}\r\nTZOFFSETTO:{_sign(offset)}\r\nTZNAME:{short}\r\n")
        parts.append(f"END:{kind}\r\n")
    parts.append("END:VTIMEZONE\r\n")
    return "".join(parts)


def _offset(moment: datetime) -> timedelta:
    return moment.utcoffset() or timedelta()


def _changes(zone: ZoneInfo) -> Iterable[tuple[datetime, timedelta, datetime]]:
    """Yield each change of a zone's clock: its onset in the old clock, the old offset, the moment after."""
    utc = ZoneInfo("UTC")
    moment, end = datetime(FIRST_YEAR, 1, 2, tzinfo=utc), datetime(LAST_YEAR, 12, 31, tzinfo=utc)
    while moment < end:
        following = moment + timedelta(days=1)
        before, after = moment.astimezone(zone), following.astimezone(zone)
        if (before.utcoffset(), before.tzname()) != (after.utcoffset(), after.tzname()):
            low, high = moment, following
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) / 2
                middle -= timedelta(seconds=middle.second, microseconds=middle.microsecond)
                there = middle.astimezone(zone)
                same = (there.utcoffset(), there.tzname()) == (before.utcoffset(), before.tzname())
                low, high = (middle, high) if same else (low, middle)
            onset = (high + _offset(before)).replace(tzinfo=None)
            yield onset, _offset(before), high.astimezone(zone)
        moment = following


def _sign(offset: timedelta) -> str:
    minutes = int(offset.total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}{abs(minutes) % 60:02d}"
