"""The limits to which a school's people are held in a week: by the rules, contracts and providers' days."""

from __future__ import annotations

from schoolday.ground.spans import Span
from schoolday.roster import Contract, Roster
from schoolday.rules import Standing, Way
from schoolday.timetable.limits import hours, off, pupil_limits, staying_limits, teacher_limits
from schoolday.timetable.problem import Grid, Limits
from schoolday.timetable.providers import provider_spans


class Held:
    """Limits of pupils and teachers of one school, each worked out once.

    Parameters
    ----------
    roster, school
        The district, and which of its schools.
    standing
        The rules in force.
    way, grid
        The way of schooling of the week, and its times.
    """

    def __init__(self, roster: Roster, school: str, standing: Standing, way: Way, grid: Grid) -> None:
        self.roster, self.school, self.standing, self.way, self.grid = roster, school, standing, way, grid
        self.taught = {row.staff for row in roster.teaching}
        self.spans = provider_spans(roster)
        self.limits: dict[tuple[str, int, int], Limits] = {}
        self.weeks: dict[str, tuple[Limits, ...]] = {}

    def pupil(self, grade: str, services: int, longest: int = 0) -> Limits:
        """Return a pupil's limits; of one who stays at home by the longest meeting of its class."""
        key = (grade, services, longest)
        if key not in self.limits:
            self.limits[key] = (
                staying_limits(self.standing, grade, self.grid, services, longest)
                if longest
                else pupil_limits(self.standing, grade, self.way, self.grid, services)
            )
        return self.limits[key]

    def teacher(self, staff: str) -> tuple[Limits, ...]:
        """Return a person's limits on each day of the week."""
        if staff not in self.weeks:
            self.weeks[staff] = self._week(staff)
        return self.weeks[staff]

    def _week(self, staff: str) -> tuple[Limits, ...]:
        """Return a person's limits on each day: the contract's hours, or the school's part of them."""
        contract = self.roster.contracts.get(staff)
        window = Span(contract.start, contract.end) if contract else hours(self.grid)
        source = f"contract:{staff}" if contract else ""
        name = f"staff:{staff}"
        whole = teacher_limits(self.standing, name, window, self.way, source)
        if staff not in self.taught:
            # Rules of lunch and preparation speak of teachers; a provider is held to the contract.
            whole = Limits(name, window, least_break=whole.least_break, clauses=_only(whole, "window"))
        spans = self.spans.get((staff, self.school)) or _worked(contract, self.grid, window)
        week = []
        for day, span in enumerate(spans):
            part = Limits(
                f"{name}:{day}", span, least_break=whole.least_break, clauses=_only(whole, "window")
            )
            week.append(off(whole) if span is None else whole if span == window else part)
        return tuple(week)


def _worked(contract: Contract | None, grid: Grid, window: Span) -> tuple[Span | None, ...]:
    return tuple(window if contract is None or day in contract.days else None for day in range(grid.days))


def _only(limits: Limits, name: str) -> dict[str, str]:
    return {name: limits.clauses[name]} if name in limits.clauses else {}
