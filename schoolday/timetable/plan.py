"""Plan: a whole district's weeks, school by school."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from schoolday.cohorts import Cohorts
from schoolday.rules import Way
from schoolday.timetable.meeting import SchoolWeek


@dataclass(frozen=True)
class Plan:
    """The template weeks of a district's schools.

    Parameters
    ----------
    district
        The roster's district id.
    day
        The date whose standing rules the template was made for.
    seed
        The seed from which the same plan comes out again.
    weeks
        The question and the answer of each school, by school id.
    way
        The way of schooling that all pupils are in.
    cohorts
        In a hybrid program, who is at school on which days.
    """

    district: str
    day: date
    seed: int
    weeks: dict[str, SchoolWeek]
    way: Way = Way.DISTANCE
    cohorts: Cohorts | None = None
