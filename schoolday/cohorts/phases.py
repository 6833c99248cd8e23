"""The phased return: who comes back on which date, by grade and need, and each child's days from then on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from schoolday.calendar.days import Calendar, DayKind, dates
from schoolday.cohorts.pattern import Cohorts
from schoolday.roster import Pupil

Open = Callable[[str, str, date], bool]
"""Whether a school may be open for a grade on a date: what conditions allow."""


@dataclass(frozen=True, slots=True)
class Phase:
    """Some pupils come back from a date on.

    Parameters
    ----------
    day, source
        From when, and who says so.
    grades, groups, schools
        Whom it is for: pupils of these grades, in one of these groups, at these schools; none named means
        all. A pupil belongs to it where all three fit.
    cohorts
        The cohorts it is for; none named means every one that comes to school.
    """

    day: date
    source: str
    grades: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    cohorts: tuple[str, ...] = ()

    def brings(self, pupil: Pupil, cohort: str) -> bool:
        """Whether a pupil of a cohort comes back with it."""
        return (
            (not self.grades or pupil.grade in self.grades)
            and (not self.groups or not pupil.groups.isdisjoint(self.groups))
            and (not self.schools or pupil.school in self.schools)
            and (not self.cohorts or cohort in self.cohorts)
        )


@dataclass(frozen=True, slots=True)
class SchoolDate:
    """One school date of a child: at school or at home, and why where conditions keep it at home."""

    day: date
    on_site: bool
    closed: bool = False


def phase_of(pupil: Pupil, cohort: str, phases: Iterable[Phase]) -> Phase | None:
    """Return the earliest phase that brings a pupil back; None where none does."""
    mine = [one for one in phases if one.brings(pupil, cohort)]
    return min(mine, key=lambda one: one.day, default=None)


def days_of(
    pupil: Pupil,
    cohorts: Cohorts,
    phases: Sequence[Phase],
    calendar: Calendar,
    first: date,
    last: date,
    *,
    open_: Open | None = None,
) -> Iterator[SchoolDate]:
    """Yield a child's school dates of a stretch, each at school or at home.

    Parameters
    ----------
    pupil, cohorts, phases
        Who, the cohorts, and the phases of the return.
    calendar, first, last
        Which dates are school days, and from when until when.
    open_
        Whether the school may be open for the grade on a date; without it no condition closes it.
    """
    cohort = cohorts.of.get(pupil.id, "")
    phase = phase_of(pupil, cohort, phases) if cohort else None
    for day in dates(first, last):
        if calendar.kind(day) is not DayKind.SCHOOL:
            continue
        due = phase is not None and phase.day <= day and cohorts.on_site(pupil.id, day)
        closed = due and open_ is not None and not open_(pupil.school, pupil.grade, day)
        yield SchoolDate(day, due and not closed, closed)


def first_day(days: Iterable[SchoolDate]) -> date | None:
    """Return the first date at school; None where there is none."""
    return next((one.day for one in days if one.on_site), None)
