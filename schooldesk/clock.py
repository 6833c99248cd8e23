"""The desk's clock: the only place that asks the machine what time it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from time import time  # noqa: TID251 - the desk's one clock
from zoneinfo import ZoneInfo

from django.conf import settings

_fixed: ContextVar[datetime | None] = ContextVar("schooldesk_now", default=None)


def now(zone: str = "UTC") -> datetime:
    """Return the present moment in a time zone; one request sees one moment if it was fixed."""
    fixed = _fixed.get()
    if fixed is not None:
        return fixed.astimezone(ZoneInfo(zone))
    if settings.NOW:
        return datetime.fromisoformat(settings.NOW).replace(tzinfo=ZoneInfo(zone))
    return datetime.now(UTC).astimezone(ZoneInfo(zone))  # noqa: TID251 - the desk's one clock


def today(zone: str = "UTC") -> date:
    """Return today's date where the district lies."""
    return now(zone).date()


_minutes: dict[str, tuple[object, tuple[date, int]]] = {}


def minute(zone: str) -> tuple[date, int]:
    """Return today's date and the minute of the day where a district lies.

    The morning asks this for every page, so the answer is kept for as long as the minute lasts.
    """
    if _fixed.get() is not None:
        return _minute(now(zone))
    # All zones' clocks turn to a new minute at once.
    key = settings.NOW or time() // 60
    known = _minutes.get(zone)
    if known is None or known[0] != key:
        known = _minutes[zone] = (key, _minute(now(zone)))
    return known[1]


def _minute(moment: datetime) -> tuple[date, int]:
    return moment.date(), moment.hour * 60 + moment.minute


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Fix the clock: for a request, a command or a test."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
