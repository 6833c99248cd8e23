"""The row that a plan and a record share, so that one measure serves both."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Minutes(StrEnum):
    """The kind of minutes."""

    LIVE = "live"
    INDEPENDENT = "independent"
    IN_PERSON = "in_person"


@dataclass(frozen=True, slots=True)
class Row:
    """Minutes of one kind for one pupil on one date.

    Parameters
    ----------
    pupil, day
        Whose, and when.
    activity
        The section or service that the minutes belong to.
    kind, minutes
        What kind, and how many; never negative.
    origin
        Where it comes from: ``"plan"`` or the kind of entry.
    """

    pupil: str
    day: date
    activity: str
    kind: Minutes
    minutes: int
    origin: str = "plan"
