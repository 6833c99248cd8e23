"""What a deadline counts in."""

from __future__ import annotations

from enum import StrEnum


class Count(StrEnum):
    """Hours, or a kind of day; the day of the event itself is day 0.

    A working day is a weekday that is no holiday; a school day one on which school is taught, and an
    instructional day one on which it is taught long enough to count (Education Code 46392, 51747).
    """

    HOURS = "hours"
    CALENDAR = "calendar_days"
    WORKING = "working_days"
    SCHOOL = "school_days"
    INSTRUCTIONAL = "instructional_days"
