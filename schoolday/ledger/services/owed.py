"""Owed: the minutes that terms promise in each week or school month, by the district's calendar."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from schoolday.calendar.days import Calendar
from schoolday.calendar.periods import Stretch, school_months, school_weeks
from schoolday.calendar.row import Minutes, Row
from schoolday.ledger.services.terms import Per, Terms


@dataclass(frozen=True, slots=True)
class Owed:
    """What one wording of a service promises in one week or school month.

    `days` are the school days of the period on which it stands; `times` meetings of the terms' minutes.
    """

    terms: Terms
    period: Stretch
    days: tuple[date, ...]
    times: int

    @property
    def minutes(self) -> int:
        """The minutes owed."""
        return self.times * self.terms.minutes


def owed(terms: Iterable[Terms], calendar: Calendar, first: date, last: date) -> Iterator[Owed]:
    """Yield what is owed in every week or school month that has a date from `first` to `last`.

    Periods are whole: a period of which the dates touch one day is told in full. Where terms stand on a
    part of its school days they owe that part of the times, and never more meetings than school days. The
    parts of a period add up to the period: what is owed up to each day is rounded half up. A week cut
    short by a holiday still owes all its times if there are days enough. How an IEP is read in a short week
    is our reading; no source says it.

    Parameters
    ----------
    terms
        Those in force (`schoolday.ledger.services.terms.in_force`).
    calendar
        The district's, with its holidays.
    first, last
        The stretch of dates asked about.
    """
    periods = {per: _taught(calendar, per, first, last) for per in Per}
    for one in terms:
        for period, school in periods[one.per]:
            days = tuple(day for day in school if one.stands(day))
            before = sum(day < days[0] for day in school) if days else 0
            times = min(len(days), _part(one.times, before, before + len(days), len(school)))
            if times:
                yield Owed(one, period, days, times)


def _taught(calendar: Calendar, per: Per, first: date, last: date) -> list[tuple[Stretch, tuple[date, ...]]]:
    every = school_weeks(calendar) if per is Per.WEEK else school_months(calendar)
    touched = [one for one in every if one.first <= last and first <= one.last]
    return [(one, tuple(calendar.school_days(one.first, one.last))) for one in touched]


@cache
def _part(times: int, first: int, last: int, school: int) -> int:
    """Return the part of the times that falls to the school days from one place in a period to another.

    What is owed up to each place is rounded, and not each part: so the parts of a week add up to the week.
    """
    if not school:
        return 0
    up_to, before = ((2 * times * place + school) // (2 * school) for place in (last, first))
    return up_to - before


def rows(
    promised: Iterable[Owed], dates: Mapping[tuple[str, str], Sequence[date]] | None = None
) -> Iterator[Row]:
    """Yield what is owed as rows of a plan, so that one measure serves what is owed and what was given.

    Parameters
    ----------
    promised
        What is owed.
    dates
        The dates on which each pupil's service is planned, by pupil and service. A meeting is owed on its
        planned date; one without a date on the period's last school day, when it must have been given.
    """
    known = dates or {}
    for one in promised:
        key = (one.terms.pupil, one.terms.service)
        planned = [day for day in known.get(key, ()) if day in one.days][: one.times]
        on = [*planned, *[one.days[-1]] * (one.times - len(planned))]
        for day in sorted(set(on)):
            minutes = one.terms.minutes * on.count(day)
            yield Row(one.terms.pupil, day, one.terms.service, Minutes.LIVE, minutes)
