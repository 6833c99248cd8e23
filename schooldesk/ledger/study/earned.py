"""Days of attendance that certified weeks have earned, counted once for each certification and kept.

A page counts a few school weeks that are new; the desk's worker (`schooldesk serve`) counts all of them, so
that a district's year is there when somebody asks. What is not counted yet is said, and never taken as zero.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.db.models import Max

from schoolday.ground.errors import NotInForce
from schoolday.ledger.study_judged import credited_by_grade
from schoolday.ledger.week import monday_of
from schooldesk import clock, scope
from schooldesk.day.request import calendar
from schooldesk.ledger import models as ledger_tables
from schooldesk.ledger import weeks
from schooldesk.ledger.study import models as tables
from schooldesk.ledger.study import reads
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District
from schooldesk.rows import Report, quiet
from schooldesk.rules.reads import rulebook

log = logging.getLogger("schooldesk.ledger")
AT_ONCE = 10
"""School weeks that a page counts by itself."""
Key = tuple[str, date, int]
"""A school, a Monday, and the last certification of that week."""


@dataclass(frozen=True)
class Year:
    """Days earned in the whole weeks of a year so far, the school days of those weeks, and what waits.

    `until` is the last date that counts, `waiting` how many certified school weeks nobody has counted yet,
    and `by` has the days by school and grade.
    """

    taught: int
    until: date
    waiting: int
    by: Mapping[tuple[str, str], int]

    @property
    def days(self) -> int:
        """The days that all schools have earned together."""
        return sum(self.by.values())


def year_of(home: District, on: date) -> Year:
    """Return what the certified weeks of a year have earned, up to the last whole week before a date."""
    first, until = calendar(home).first, _last_whole(on)
    signed = _signed(first, until)
    known = _known(home, signed)
    missing = [key for key in signed if key not in known]
    for key in missing[:AT_ONCE]:
        known[key] = count(home, key)
    last = min(until, calendar(home).last)
    taught = sum(1 for _ in calendar(home).school_days(first, last)) if first <= last else 0
    by: Counter[tuple[str, str]] = Counter()
    for (school, _monday, _last), grades in known.items():
        for grade, days in grades.items():
            by[school, grade] += days
    return Year(taught, until, max(0, len(missing) - AT_ONCE), by)


def _last_whole(on: date) -> date:
    """Return the Sunday of the last week of which no school day is still to come."""
    monday = monday_of(on)
    return monday + timedelta(days=6 if on.weekday() >= 4 else -1)


def _signed(first: date, until: date) -> list[Key]:
    rows = ledger_tables.Certified.objects.filter(monday__range=(monday_of(first), until)).order_by()
    found = rows.values_list("school", "monday").annotate(last=Max("pk"))
    return sorted((school, monday, last) for school, monday, last in found)


def _known(home: District, signed: Iterable[Key]) -> dict[Key, Mapping[str, int]]:
    wanted = set(signed)
    rows = tables.Earned.objects.filter(roster=home.roster_id or 0).order_by("pk")
    found = {(row.school, row.monday, row.signed): row.grades for row in rows}
    return {key: grades for key, grades in found.items() if key in wanted}


def count(home: District, key: Key) -> Mapping[str, int]:
    """Count what a school's certified week has earned, as it was certified, and keep it."""
    school, monday, signed = key
    found = _count(home, school, monday)
    row = tables.Earned(
        district_id=home.pk,
        school=school,
        monday=monday,
        signed=signed,
        roster=home.roster_id or 0,
        grades=found,
    )
    # Somebody else may have counted it in the meantime, and come to the same.
    tables.Earned.objects.bulk_create([row], ignore_conflicts=True)
    return found


def _count(home: District, school: str, monday: date) -> dict[str, int]:
    days = weeks.days_of(home, monday)
    pupils = {one.pupil.id: one.pupil for day in days for one in reads.studying(home, school, day)}
    if not pupils:
        return {}
    week, sure = reads.week_of(home, school, monday, pupils.values())
    certified = {name for one in sure.values() for name in one.entries}
    whole = replace(week, entries=tuple(one for one in week.entries if one.id in certified))
    try:
        return credited_by_grade(whole, rulebook(), sure)
    except NotInForce:
        return {}


def count_what_waits(report: Report = quiet) -> None:
    """Count every certified week that nobody has counted, in every district: the background worker's part."""
    for home in roster.districts():
        try:
            with scope.district(home.pk):
                _count_all(home, report)
        except KeyboardInterrupt:
            raise
        except Exception:  # whatever it is, the next district and the worker's other work have their turn
            log.exception("the days that weeks of %s have earned could not be counted", home.pk)


def _count_all(home: District, report: Report) -> None:
    if home.roster_id is None:
        return
    signed = _signed(calendar(home).first, clock.today(home.timezone))
    known = _known(home, signed)
    for key in signed:
        if key not in known:
            report(sum(count(home, key).values()))
