"""What a date's plans of minutes say to each class of the week's template."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import cached_property

from schoolday.ground.errors import SchooldayError
from schoolday.program.plan import DayPlan, Line
from schoolday.roster import Roster, Section
from schoolday.timetable.draft import Plans, governing
from schoolday.timetable.problem import Activity, What
from schoolday.timetable.staying import Staying


class DatedLines:
    """The plan and the line that each class follows on a date.

    Parameters
    ----------
    roster, activities
        The district, and the template's activities at one school.
    plans, staying
        The date's plans, and those of whoever stays at home while the others are at school.
    """

    def __init__(
        self, roster: Roster, activities: Sequence[Activity], plans: Plans, staying: Staying
    ) -> None:
        self.roster, self.activities, self.plans, self.staying = roster, activities, plans, staying
        self.class_plans: dict[tuple[str, bool], DayPlan] = {}

    def line(self, activity: Activity, *, home: bool = False) -> Line | None:
        """Return the line of the date's plan that an activity follows; None for services."""
        if activity.what is What.SERVICE:
            return None
        lines = self.plan(activity.source, home=home).lines
        return next((line for line in lines if line.key == activity.line), None)

    def plan(self, source: str, *, home: bool = False) -> DayPlan:
        """Return the plan that a section follows on the date, or those of it do who stay at home."""
        key = (source, home)
        if key not in self.class_plans:
            section = self.section(source)
            grades = section.grades or self._grades_in[source]
            plans = self.staying.plans if home else self.plans
            self.class_plans[key] = governing(plans, grades, section.kind, source)
        return self.class_plans[key]

    def section(self, source: str) -> Section:
        """Return a section of the roster."""
        if source not in self.roster.sections:
            raise SchooldayError(
                f"the week's template has section {source}, the roster has not; draft the week anew"
            )
        return self.roster.sections[source]

    @cached_property
    def _grades_in(self) -> dict[str, tuple[str, ...]]:
        """The grades of the pupils of each source, for sections that name none."""
        found: dict[str, set[str]] = defaultdict(set)
        for activity in self.activities:
            found[activity.source].update(self.roster.pupils[pupil].grade for pupil in activity.pupils)
        return {source: tuple(sorted(grades)) for source, grades in found.items()}

    def all_drafted(self, day: date) -> None:
        """Refuse a plan with a live line that the template never placed: its minutes would be lost."""
        drafted: dict[str, set[str]] = defaultdict(set)
        for activity in self.activities:
            if activity.what is not What.SERVICE:
                drafted[activity.source].add(activity.line)
        for source, keys in drafted.items():
            missing = [line.key for line in self.plan(source).lines if line.met and line.key not in keys]
            if missing:
                raise SchooldayError(
                    f"the plan of {day.isoformat()} has live minutes of {', '.join(missing)} for "
                    f"section {source}, and the week's template has no time for them; draft the week anew"
                )
