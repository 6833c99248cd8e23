"""Meeting: one dated occurrence of a section or service, and independent work laid beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from schoolday.calendar.row import Minutes
from schoolday.ground.spans import Span
from schoolday.program.plan import DayPlan
from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.staying import NOBODY, Staying
from schoolday.timetable.timetable import Timetable


@dataclass(frozen=True, slots=True)
class Meeting:
    """One dated occurrence of an activity.

    `uid` stays the same for the same activity and date, wherever it moves; `place` is a link or a room;
    `pupils` are those expected.
    """

    uid: str
    activity: str
    source: str
    day: date
    span: Span
    kind: Minutes
    title: str
    subject: str
    teachers: tuple[str, ...]
    pupils: tuple[str, ...]
    place: str = ""


@dataclass(frozen=True, slots=True)
class Work:
    """Independent work of one pupil on one date: what it belongs to, when it is suggested, how long."""

    activity: str
    source: str
    title: str
    subject: str
    day: date
    span: Span


@dataclass(frozen=True)
class SchoolWeek:
    """One school's question and its answer: the template from which dated days are made."""

    problem: TimetableProblem
    timetable: Timetable


@dataclass(frozen=True)
class SchoolDay:
    """One school's date: its meetings, and each pupil's independent work and lunch.

    `plans` holds the day's plan for each grade and kind of class (``("3", "homeroom")``);
    `unlaid` holds minutes of independent work that found no free time, for pupils who have any.
    `staying` are those who are in distance learning while the others are at school, with plans of their own.
    Pupils whose days are alike share the very same tuples.
    """

    school: str
    day: date
    plans: Mapping[tuple[str, str], DayPlan]
    meetings: tuple[Meeting, ...]
    work: Mapping[str, tuple[Work, ...]]
    lunch: Mapping[str, Span]
    unlaid: Mapping[str, int]
    staying: Staying = NOBODY

    def plans_of(self, pupil: str) -> Mapping[tuple[str, str], DayPlan]:
        """Return the plans of minutes among which a pupil's own is."""
        return self.staying.plans if pupil in self.staying.pupils else self.plans
