"""What a pupil's and a teacher's day must hold to: the standing rules as limits, each with its clause."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from schoolday.ground.spans import Span
from schoolday.rules import Bound, Standing, Way
from schoolday.timetable.problem import Grid, Limits
from schoolday.timetable.staying import HOME


@dataclass
class _Reader:
    """Reads numbers from the standing rules and remembers which clause each came from."""

    standing: Standing
    grade: str | None
    way: Way
    clauses: dict[str, str] = field(default_factory=dict)

    def low(self, measure: str, name: str) -> int | None:
        """Return the tightest floor of a measure, for the limit called `name`."""
        return self._take(self.standing.limit(measure, grade=self.grade, way=self.way).low_bound, name, True)

    def high(self, measure: str, name: str) -> int | None:
        """Return the tightest ceiling of a measure, for the limit called `name`."""
        return self._take(
            self.standing.limit(measure, grade=self.grade, way=self.way).high_bound, name, False
        )

    def _take(self, bound: Bound | None, name: str, low: bool) -> int | None:
        number = None if bound is None else bound.at_least if low else bound.at_most
        if bound is None or number is None:
            return None
        self.clauses.setdefault(name, bound.clause.id)
        return int(number)

    def within(self, first: str, last: str, name: str, hours: Span) -> Span:
        """Return the span from one measure's floor to another's ceiling, kept within `hours`."""
        start, end = self.low(first, first), self.high(last, last)
        start = hours.start if start is None else max(start, hours.start)
        end = hours.end if end is None else min(end, hours.end)
        self._name(name, {first: start > hours.start, last: end < hours.end})
        return Span(start, end) if start < end else hours

    def _name(self, name: str, bites: dict[str, bool]) -> None:
        """Name a span's clauses: those that make it narrower than the hours, or else the first there is."""
        found = {key: self.clauses.pop(key) for key in bites if key in self.clauses}
        biting = [key for key in found if bites[key]]
        for key in biting or list(found)[:1]:
            if self.clauses.setdefault(name, found[key]) != found[key]:
                self.clauses[key] = found[key]


def pupil_limits(standing: Standing, grade: str, way: Way, grid: Grid, services: int = 0) -> Limits:
    """Return what the days of a pupil of a grade must hold to.

    `services` is the pupil's own service minutes on a day that has all of them: they are owed on top of
    the program, so a ceiling of live minutes, which the program already keeps, leaves room for them.
    Minutes in a room are not live: what limits those leaves a week in person alone.
    """
    read = _Reader(standing, grade, way)
    live = way is not Way.IN_PERSON
    window = read.within("day_start", "day_end", "window", hours(grid))
    most = read.high("live_minutes", "most_live") if live else None
    lunch = read.low("lunch_minutes", "lunch_minutes")
    return Limits(
        f"pupil:{grade}" + (f"+{services}" if services and most is not None else ""),
        window,
        most_live=None if most is None else most + services,
        longest_live=read.high("unbroken_live", "longest_live") if live else None,
        least_break=read.low("least_break", "least_break") or 10,
        lunch=read.within("lunch_from", "lunch_until", "lunch", window) if lunch else None,
        lunch_minutes=lunch or 0,
        clauses=read.clauses,
    )


def staying_limits(standing: Standing, grade: str, grid: Grid, services: int, longest: int) -> Limits:
    """Return what the days of a pupil must hold to who stays at home while the class is in its room.

    The week's question knows the class's whole meeting, and the pupil is live for the first part of it. So no
    stretch is held to be shorter than the longest of those meetings, and their sum is left to the pupil's own
    plan of minutes; the check of a date judges the minutes that are really live.
    """
    found = pupil_limits(standing, grade, HOME, grid, services)
    unbroken = None if found.longest_live is None else max(found.longest_live, longest)
    clauses = {name: clause for name, clause in found.clauses.items() if name != "most_live"}
    name = f"{found.id}:home:{longest}"
    return replace(found, id=name, most_live=None, longest_live=unbroken, clauses=clauses)


def teacher_limits(standing: Standing, name: str, window: Span, way: Way, clause: str = "") -> Limits:
    """Return what a teacher's day within a window must hold to; `clause` names the window's source."""
    read = _Reader(standing, None, way, {"window": clause} if clause else {})
    lunch = read.low("teacher_lunch", "lunch_minutes")
    return Limits(
        name,
        window,
        most_live=None if way is Way.IN_PERSON else read.high("teacher_live", "most_live"),
        least_break=read.low("least_break", "least_break") or 10,
        lunch=read.within("lunch_from", "lunch_until", "lunch", window) if lunch else None,
        lunch_minutes=lunch or 0,
        preparation=read.low("teacher_preparation", "preparation"),
        clauses=read.clauses,
    )


def off(limits: Limits) -> Limits:
    """Return the limits of a day on which a person is not there."""
    kept: dict[str, Any] = {"window": limits.clauses["window"]} if "window" in limits.clauses else {}
    return replace(
        Limits(f"{limits.id}:off", None, least_break=limits.least_break),
        clauses=kept,
    )


def hours(grid: Grid) -> Span:
    """Return the hours of a grid."""
    return Span(grid.first, grid.start(grid.slots))
