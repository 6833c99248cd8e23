"""The desk's clock: the only place that asks the machine what time it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
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


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Fix the clock: for a request, a command or a test."""
    token = _fixed.set(moment)
    try:
        yield
    finally:
        _fixed.reset(token)
