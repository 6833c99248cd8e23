"""The columns and clocks of the files that video and learning platforms export."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, tzinfo

CLOCKS = ("%I:%M:%S %p", "%I:%M %p", "%H:%M:%S", "%H:%M")
"""How a platform writes a time of day without its date."""

MOMENTS = (
    "%m/%d/%Y %I:%M:%S %p", "%m/%d/%Y %I:%M %p", "%m/%d/%Y %H:%M:%S", "%m/%d/%Y %H:%M",
    "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M",
)  # fmt: skip
"""How a platform writes a date with its time, besides ISO 8601; months come before days."""

_N = "([0-9]{1,6})"
_HOURS = re.compile(rf"(?:{_N} ?h(?:rs?|ours?)?)? ?(?:{_N} ?m(?:ins?|inutes?)?)? ?(?:{_N} ?s(?:ec)?)?")
_HALVES = re.compile(r"(?<=[\d ])([ap])\. ?m\.?$", re.IGNORECASE)
"""How Spanish and some English settings write AM and PM."""


@dataclass(frozen=True)
class Platform:
    """How one platform's participation file looks.

    Parameters
    ----------
    name
        What the entries' origin is called.
    columns
        For each of our names the header's spellings, in small letters; ``""`` is what we pass over.
    needed
        Our names that must be there: one of each group.
    meeting
        Spellings of which one begins a table about the meeting that stands above the participants.
    """

    name: str
    columns: Mapping[str, tuple[str, ...]]
    needed: tuple[tuple[str, ...], ...]
    meeting: frozenset[str] = frozenset()

    def name_of(self, heading: str) -> str | None:
        """Return our name for a column: ``""`` for one that is passed over, None for an unknown one."""
        folded = " ".join(heading.casefold().split())
        return next((ours for ours, spelled in self.columns.items() if folded in spelled), None)


ZOOM = Platform(
    "zoom",
    {
        "name": ("name (original name)", "name"),
        "email": ("user email", "email"),
        "joined": ("join time",),
        "left": ("leave time",),
        "minutes": ("duration (minutes)", "total duration (minutes)"),
        "waiting": ("in waiting room",),
        "": (
            "guest", "recording consent", "recording disclaimer response", "attentiveness score",
            "topic", "meeting id", "",
        ),
    },
    (("email",), ("joined", "minutes")),
    frozenset({"meeting id", "topic"}),
)  # fmt: skip
"""Zoom's participants report, with or without the meeting's own rows above it."""

MEET = Platform(
    "meet",
    {
        "name": ("name",),
        "given": ("first name",),
        "family": ("last name",),
        "email": ("email", "email address"),
        "joined": ("time joined", "first seen"),
        "left": ("time exited", "last seen"),
        "minutes": ("duration", "time in call"),
        "": ("",),
    },
    (("email",), ("joined", "minutes")),
    frozenset({"meeting title", "meeting code"}),
)
"""Google Meet's attendance report, which Classroom's own meetings have as well."""

PLAIN = Platform(
    "csv",
    {
        "pupil": ("pupilid",),
        "email": ("email",),
        "name": ("name",),
        "date": ("date",),
        "activity": ("activity",),
        "joined": ("joined",),
        "left": ("left",),
        "minutes": ("minutes",),
    },
    (("pupil", "email"), ("joined", "minutes")),
)
"""A plain file for any other platform: pupilId or email, date, activity, joined, left, minutes."""

PLATFORMS = {one.name: one for one in (ZOOM, MEET, PLAIN)}
"""Every platform by name."""


def moment_of(text: str, on: date | None, zone: tzinfo) -> datetime | None:
    """Return the local moment that a cell holds; None if it is none, or a time whose date nobody gives."""
    cell = _plain(text)
    try:
        found = datetime.fromisoformat(cell)
        if len(cell) > 10:
            return found.astimezone(zone) if found.tzinfo else found.replace(tzinfo=zone)
    except (ValueError, OverflowError):  # The first and the last day of all time have no other zone.
        pass
    for form in MOMENTS:
        if (read := _read(cell, form)) is not None:
            return read.replace(tzinfo=zone)
    clock = clock_of(cell)
    return datetime.combine(on, clock, zone) if clock and on else None


def clock_of(text: str) -> time | None:
    """Return the time of day that a cell holds without a date, or None."""
    found = (_read(_plain(text).upper(), form) for form in CLOCKS)
    return next((one.time() for one in found if one is not None), None)


def minutes_of(text: str) -> int | None:
    """Return whole minutes of ``57``, ``1 hr 2 min``, ``42m`` or ``1:02:33``; None if it is none."""
    cell = text.strip().casefold()
    if re.fullmatch(_N, cell):
        return int(cell)
    if re.fullmatch(r"[0-9]{1,4}(:[0-9]{2}){1,2}", cell):
        parts = [int(part) for part in cell.split(":")]
        return parts[0] * 60 + parts[1] if len(parts) == 3 else parts[0]
    found = _HOURS.fullmatch(cell)
    if not cell or not found:
        return None
    hours, minutes, _ = (int(part or 0) for part in found.groups())
    return hours * 60 + minutes


def _plain(text: str) -> str:
    return _HALVES.sub(r"\1m", text.strip())


def _read(cell: str, form: str) -> datetime | None:
    try:
        return datetime.strptime(cell, form)
    except ValueError:
        return None
