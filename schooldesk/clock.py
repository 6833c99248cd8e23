"""The desk's clock: the only place that asks the machine what time it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime
from time import time  # noqa: TID251 - the desk's one clock
from zoneinfo import ZoneInfo

from django.conf import settings

from schooldesk.setup import moment

_fixed: ContextVar[datetime | None] = ContextVar("schooldesk_now", default=None)


def now(zone: str = "UTC") -> datetime:
    """Return the present moment in a time zone; one request sees one moment if it was fixed.

    A moment fixed by the settings is one instant too, so that what is stored of it is true everywhere.
    """
    found = _fixed.get()
    if found is None:
        # The desk's one clock.
        found = moment(settings.NOW, settings.ZONE) if settings.NOW else datetime.now(UTC)  # noqa: TID251
    return found.astimezone(ZoneInfo(zone))


def today(zone: str = "") -> date:
    """Return today's date where a district lies, or where the desk does."""
    return now(zone or settings.ZONE).date()


_minutes: dict[str, tuple[object, tuple[date, int]]] = {}


def minute(zone: str) -> tuple[date, int]:
    """Return today's date and the minute of the day where a district lies.

    The morning asks this for every page, so the answer is kept for as long as the minute lasts.
    """
    if _fixed.get() is not None:
        return _minute(now(zone))
    # All zones' clocks turn to a new minute at once.
    key = (settings.NOW, settings.ZONE) if settings.NOW else time() // 60
    known = _minutes.get(zone)
    if known is None or known[0] != key:
        known = _minutes[zone] = (key, _minute(now(zone)))
    return known[1]


def _minute(instant: datetime) -> tuple[date, int]:
    return instant.date(), instant.hour * 60 + instant.minute


@contextmanager
def at(instant: datetime) -> Iterator[None]:
    """Fix the clock: for a request, a command or a test."""
    token = _fixed.set(instant)
    try:
        yield
    finally:
        _fixed.reset(token)
