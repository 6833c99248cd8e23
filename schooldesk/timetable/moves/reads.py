"""Moves as they stand: what a planner sees of them, and what changes for one person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from schoolday.cohorts import Cohorts
from schoolday.ground.spans import clock
from schoolday.rules import Way
from schoolday.timetable.change import Move as Moved
from schoolday.timetable.change import moves_between, touched_by
from schoolday.timetable.meeting import SchoolWeek
from schooldesk.cohorts.making import reads as cohorts
from schooldesk.roster.models import District
from schooldesk.timetable import reads
from schooldesk.timetable.models import DayPlans, Move

TOLD_BEFORE, TOLD_AFTER = timedelta(14), timedelta(7)
"""How long before and after its first date a day's page leads to what changes."""


def moves() -> list[Move]:
    """Return the district's moves, the newest first."""
    return list(Move.objects.select_related("before", "after").order_by("-id"))


def one(number: int) -> Move | None:
    """Return a move of the district, or None."""
    return Move.objects.select_related("before", "after").filter(pk=number).first()  # type: ignore[no-any-return]


def waiting() -> list[Move]:
    """Return the moves that were asked for and are not made, or adopted and not published, in order."""
    asked = Move.objects.filter(failed="").exclude(finished__isnull=False, published=True)
    return list(asked.order_by("id"))


def cohorts_told() -> Cohorts | None:
    """Return the cohorts that families were told, or None."""
    row = cohorts.standing()
    return cohorts.result(row.making).assigned.cohorts if row else None


def move_ahead(home: District, day: date) -> date | None:
    """Return the first date of the move that the page of a day leads to, or None."""
    near = reads.adopted(home).filter(first__gt=day - TOLD_AFTER, first__lte=day + TOLD_BEFORE)
    return near.order_by("first").values_list("first", flat=True).first()  # type: ignore[no-any-return]


def next_move(home: District, today: date) -> Move | None:
    """Return the move that people are told of today: the next one, else the last that began."""
    standing = reads.adopted(home).select_related("before", "after")
    ahead = standing.filter(first__gte=today).order_by("first", "-adopted").first()
    return ahead or standing.order_by("-first", "-adopted").first()


def dates_told(home: District, since: date) -> list[date]:
    """Return the dates from one on that were published already."""
    found = DayPlans.objects.filter(day__gte=since, version__roster_id=home.roster_id)
    return sorted(set(found.values_list("day", flat=True)))


@dataclass(frozen=True)
class Line:
    """One class or service that meets at another time: its weekdays and start times before and after."""

    title: str
    days: tuple[int, ...]
    before: int | None
    after: int | None


@dataclass(frozen=True)
class Change:
    """What a move changes for one person.

    `school_days` are the weekdays at school from then on, and those before it, of a pupil in hybrid or in
    person; None where nobody says.
    """

    name: str
    lines: tuple[Line, ...]
    way: Way
    way_before: Way
    school_days: tuple[int, ...] | None = None
    school_days_before: tuple[int, ...] | None = None


def pupil_change(home: District, move: Move, pupil: str, school: str, name: str) -> Change:
    """Return what a move changes for a pupil."""
    plans = [reads.planned(home.pk, version) for version in (move.before_id, move.after_id)]
    days = [_at_school(plan, pupil) for plan in plans]
    lines = tuple(_lines(move, school, pupil, ""))
    return Change(name, lines, plans[1].way, plans[0].way, days[1], days[0])


def teacher_change(home: District, move: Move, who: str, schools: tuple[str, ...], name: str) -> Change:
    """Return what a move changes for a teacher or provider at all of their schools."""
    ways = [reads.planned(home.pk, version).way for version in (move.before_id, move.after_id)]
    lines = tuple(line for school in schools for line in _lines(move, school, "", who))
    return Change(name, lines, ways[1], ways[0])


def _at_school(plan: reads.Planned, pupil: str) -> tuple[int, ...] | None:
    told = plan.cohorts
    if told is None or pupil not in told.of:
        return () if plan.way is Way.HYBRID else None
    return told.pattern.days.get(told.of[pupil], ())


def _weeks(move: Move, school: str) -> tuple[SchoolWeek, SchoolWeek] | None:
    weeks = [reads.week(version, school) for version in (move.before_id, move.after_id)]
    return (weeks[0], weeks[1]) if weeks[0] and weeks[1] else None


def _lines(move: Move, school: str, pupil: str, teacher: str) -> Iterator[Line]:
    """Yield the meetings of one person that start elsewhere; the same times of many weekdays are one line."""
    weeks = _weeks(move, school)
    if weeks is None:
        return
    titles = {
        one.id: one.title
        for week in weeks
        for one in week.problem.activities
        if pupil in one.pupils or teacher in one.teachers
    }
    found: dict[tuple[str, int | None, int | None], list[int]] = {}
    for each in moves_between(*weeks):
        if each.activity in titles:
            for day, before, after in _by_day(each):
                found.setdefault((titles[each.activity], before, after), []).append(day)
    for (title, before, after), days in sorted(found.items(), key=_by_time):
        yield Line(title, tuple(sorted(set(days))), before, after)


def _by_time(item: tuple[tuple[str, int | None, int | None], list[int]]) -> tuple[int, int, str]:
    (title, before, after), days = item
    return before if before is not None else after or 0, min(days), title


def _by_day(move: Moved) -> Iterator[tuple[int, int | None, int | None]]:
    """Yield a move's weekdays with the minutes before and after; one to another weekday is two."""
    before, after = move.before, move.after
    if before and after and before.day == after.day:
        yield before.day, before.minute, after.minute
        return
    if before:
        yield before.day, before.minute, None
    if after:
        yield after.day, None, after.minute


TouchedRow = tuple[str, str, str, str, int, str, str]


def _said(minute: int | None) -> str:
    return "" if minute is None else clock(minute)


def touched_rows(move: Move, schools: Mapping[str, object]) -> Iterator[TouchedRow]:
    """Yield who is touched, and by which meetings, at some schools."""
    for school in sorted(schools):
        weeks = _weeks(move, school)
        if weeks is None:
            continue
        people = touched_by(moves_between(*weeks), weeks[0].problem, weeks[1].problem)
        titles = {one.id: one.title for week in weeks for one in week.problem.activities}
        for kind, some in (("teacher", people.teachers), ("pupil", people.pupils)):
            for who in sorted(some):
                for each in some[who]:
                    for day, before, after in _by_day(each):
                        yield school, kind, who, titles[each.activity], day, _said(before), _said(after)
