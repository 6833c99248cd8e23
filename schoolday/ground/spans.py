"""Minutes of the day and spans of them. A minute of the day counts from midnight, local time."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CLOCK = re.compile(r"([01]\d|2[0-3]):([0-5]\d)")


def minute(clock: str) -> int:
    """Return the minute of the day of a clock time ``"HH:MM"``; ValueError if it is none."""
    found = _CLOCK.fullmatch(clock.strip())
    if not found:
        raise ValueError(f"{clock!r} is not a time of day; write it as 08:30")
    return int(found[1]) * 60 + int(found[2])


def clock(minute_of_day: int) -> str:
    """Return ``"HH:MM"`` for a minute of the day."""
    return f"{minute_of_day // 60:02d}:{minute_of_day % 60:02d}"


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of minutes of one day, its end not included."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if self.start >= self.end:
            raise ValueError(f"a span must end after it starts: {clock(self.start)} to {clock(self.end)}")

    @property
    def minutes(self) -> int:
        """How many minutes it lasts."""
        return self.end - self.start

    def meets(self, other: Span) -> bool:
        """Whether the two share at least one minute."""
        return self.start < other.end and other.start < self.end

    def __str__(self) -> str:
        return f"{clock(self.start)}-{clock(self.end)}"
