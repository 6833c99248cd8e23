"""The dates on which a household's children are at school, as a calendar of whole days (RFC 5545)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from schoolday.files.ics_lines import escape, line


def school_dates_feed(
    dates: Mapping[date, Sequence[str]], *, key: str, name: str, words: str, stamp: datetime
) -> str:
    """Return a calendar with one event a date, which names the children who are at school on it.

    Parameters
    ----------
    dates
        The given names of the children at school, by date.
    key
        What tells this household from others; only a digest of it stands in the calendar.
    name, words
        What the calendar is called, and what an event says before the names.
    stamp
        When the dates were published, in UTC.
    """
    head = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//schoolday//cohorts//EN\r\nCALSCALE:GREGORIAN\r\n"
    named = line("X-WR-CALNAME", escape(name)) + "REFRESH-INTERVAL;VALUE=DURATION:P1D\r\n"
    said = ((day, f"{words}: {', '.join(children)}") for day, children in sorted(dates.items()))
    return head + named + "".join(_events(said, key, stamp)) + "END:VCALENDAR\r\n"


def _events(said: Iterable[tuple[date, str]], key: str, stamp: datetime) -> Iterable[str]:
    for day, summary in said:
        uid = hashlib.sha256(f"{key} {day}".encode()).hexdigest()[:32]
        yield (
            f"BEGIN:VEVENT\r\nUID:{uid}@schoolday\r\nDTSTAMP:{stamp:%Y%m%dT%H%M%SZ}\r\n"
            f"DTSTART;VALUE=DATE:{day:%Y%m%d}\r\nDTEND;VALUE=DATE:{day + timedelta(days=1):%Y%m%d}\r\n"
            + line("SUMMARY", escape(summary))
            + "TRANSP:TRANSPARENT\r\nEND:VEVENT\r\n"
        )
