"""Week: one teacher's week at one school: who was expected and enrolled, the plan and the entries."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from schoolday.calendar.days import Calendar
from schoolday.calendar.row import Row
from schoolday.ledger.entry import Entry
from schoolday.rules.rule import Way


@dataclass(frozen=True, slots=True)
class Expected:
    """A pupil of a week's classes: the grade, by which rules differ, and the activities."""

    pupil: str
    grade: str
    activities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class Enrolled:
    """A pupil in a class or a service on one day, as the roster said."""

    pupil: str
    day: date
    activity: str


@dataclass(frozen=True)
class Week:
    """One teacher's week at one school.

    Parameters
    ----------
    district, school, teacher
        Whose week.
    monday
        Its Monday.
    way
        The way of schooling that it is judged by.
    days
        Its school days.
    pupils
        Everybody who was expected, so that who has no entry is seen as unverified.
    entries
        All entries, corrected ones too, in the order of entering.
    plan
        What was planned for these pupils with this teacher.
    enrolled
        Who was in which of its classes and services on which day; None where nobody kept it, as in seals
        made before it was kept. Then everybody counts as enrolled on every day.
    """

    district: str
    school: str
    teacher: str
    monday: date
    way: Way
    days: tuple[date, ...]
    pupils: tuple[Expected, ...]
    entries: tuple[Entry, ...] = ()
    plan: tuple[Row, ...] = ()
    enrolled: frozenset[Enrolled] | None = None

    def __post_init__(self) -> None:
        if self.monday.weekday() != 0:
            raise ValueError(f"{self.monday} is no Monday; a week is named by its Monday")

    @property
    def name(self) -> tuple[str, str, date]:
        """What tells it from every other week of its district."""
        return (self.school, self.teacher, self.monday)


def dates_of(day: date) -> tuple[date, date]:
    """Return the Monday and the Sunday of a date's week."""
    monday = monday_of(day)
    return monday, monday + timedelta(days=6)


def monday_of(day: date) -> date:
    """Return the Monday of a date's week."""
    return day - timedelta(days=day.weekday())


def week_days(calendar: Calendar, monday: date) -> tuple[date, ...]:
    """Return the school days of a week."""
    return tuple(calendar.school_days(monday, monday + timedelta(days=4)))


def belonging(
    entries: Iterable[Entry], *, school: str, teacher: str, monday: date, activities: Collection[str]
) -> tuple[Entry, ...]:
    """Return the entries of a teacher's week: of these activities, or of none and entered by the teacher.

    What corrects an entry of the week belongs to it as well, whoever entered it.
    """
    found: dict[str, Entry] = {}
    for entry in sorted(entries, key=lambda one: (one.at, one.id)):
        own = entry.activity in activities if entry.activity else entry.by == teacher
        here = entry.school == school and monday_of(entry.day) == monday
        if (own and here) or entry.corrects in found:
            found[entry.id] = entry
    return tuple(found.values())
