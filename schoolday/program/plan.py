"""DayPlan: the minutes of one grade on one date, line by line, with the clauses they follow from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from schoolday.rules import Way


class Format(StrEnum):
    """How a line meets: the whole class, one of its small groups, or a section of a chosen course."""

    WHOLE = "whole"
    SMALL = "small"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Line:
    """One live meeting a day and the independent work that belongs to it.

    Parameters
    ----------
    key
        Its name within the plan, stable from date to date: ``math``, ``small``, ``section``.
    subject
        What is taught; for a section the section's own subject stands instead.
    format
        Who meets.
    live, independent, in_person
        Minutes of each kind for one pupil; a line of format section counts once per course.
    """

    key: str
    subject: str
    format: Format
    live: int
    independent: int
    in_person: int = 0

    @property
    def met(self) -> int:
        """Minutes of its meeting, live or in person."""
        return self.live + self.in_person


@dataclass(frozen=True, slots=True)
class DayPlan:
    """The plan of minutes of one grade on one date.

    `courses` is how many courses a pupil takes where lines are of format section (1 otherwise);
    `clauses` names every clause that shaped the plan; `price` says how many live minutes a pupil
    would gain if a clause gave way by one minute (the dual of the linear program).
    """

    grade: str
    day: date
    way: Way
    lines: tuple[Line, ...]
    courses: int
    clauses: tuple[str, ...]
    price: tuple[tuple[str, float], ...] = ()
    groups: int = 1

    def _sum(self, kind: str) -> int:
        return sum(
            getattr(line, kind) * (self.courses if line.format is Format.SECTION else 1)
            for line in self.lines
        )

    @property
    def live(self) -> int:
        """Live minutes of one pupil."""
        return self._sum("live")

    @property
    def independent(self) -> int:
        """Independent minutes of one pupil."""
        return self._sum("independent")

    @property
    def in_person(self) -> int:
        """In-person minutes of one pupil."""
        return self._sum("in_person")

    @property
    def total(self) -> int:
        """All minutes of one pupil."""
        return self.live + self.independent + self.in_person
