"""Where a school lies for conditions from outside, and what happened at it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Happening(StrEnum):
    """What may be on record of a school."""

    OPENED = "opened"
    CLOSED = "closed"
    WAIVER = "waiver"
    PLAN_POSTED = "plan_posted"


@dataclass(frozen=True, slots=True)
class SchoolEvent:
    """Something that happened at a school, from a date on, for some of its grades.

    Parameters
    ----------
    school, what, day, source
        Where, what, from when, and who says so.
    grades
        The grades that it is about; none named means all of the school's.
    """

    school: str
    what: Happening
    day: date
    source: str
    grades: tuple[str, ...] = ()

    def concerns(self, grade: str) -> bool:
        """Whether it is about a grade."""
        return not self.grades or grade in self.grades


@dataclass(frozen=True, slots=True)
class Site:
    """A school, and the places whose readings are its own, the nearest first: campus, zip code, county."""

    school: str
    places: tuple[str, ...]
