"""A whole district's dates: the rules, the plans and the school days of each, made when asked for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from schoolday.calendar.days import Calendar, DayKind
from schoolday.cohorts import Cohorts
from schoolday.ground.errors import SchooldayError
from schoolday.program.days import Band, calendar, plans
from schoolday.program.plan import DayPlan
from schoolday.roster import Roster
from schoolday.rules import Rulebook, Standing, Way
from schoolday.timetable.dated import school_day
from schoolday.timetable.draft import draft
from schoolday.timetable.meeting import SchoolDay
from schoolday.timetable.plan import Plan
from schoolday.timetable.problem import TimetableProblem
from schoolday.timetable.shifts import shifts


@dataclass
class Dates:
    """The dates of one district under one rulebook, all pupils in one way of schooling.

    It keeps the plans it has made, since most dates stand under the very same clauses. In a hybrid program
    the cohorts say who is at school on a date; without them everybody is at home.
    """

    roster: Roster
    rulebook: Rulebook
    way: Way = Way.DISTANCE
    cohorts: Cohorts | None = None
    _kept: dict[str, DayPlan] = field(default_factory=dict)

    @cached_property
    def calendar(self) -> Calendar:
        """The district's calendar, with the days that rules add to it."""
        return calendar(self.roster.calendar, self.rulebook, self.roster.places)

    @cached_property
    def bands(self) -> tuple[Band, ...]:
        """The grades and kinds of class that the district's pupils are in."""
        kinds = {section.id: section.kind for section in self.roster.sections.values()}
        grades = {pupil.id: pupil.grade for pupil in self.roster.pupils.values()}
        return tuple(sorted({(grades[row.pupil], kinds[row.section]) for row in self.roster.enrollments}))

    def standing(self, day: date) -> Standing:
        """Return the rules in force on a date."""
        return self.rulebook.on(day, frozenset(self.roster.places))

    def plans(self, day: date) -> Mapping[Band, DayPlan]:
        """Return each band's plan on a date; empty where pupils stay home.

        A district that lies nowhere has no rules, and is refused in words.
        """
        if self.calendar.kind(day) is not DayKind.SCHOOL:
            return {}
        if not self.roster.places:
            raise SchooldayError(
                f"nobody says where the district {self.roster.district} lies, so no rule can be applied: add "
                "schoolday/district.csv with its places; docs/reference/side-files.md describes it"
            )
        return plans(self.rulebook, self.roster.places, day, self.bands, way=self.way, kept=self._kept)

    def questions(self, day: date) -> Iterator[TimetableProblem]:
        """Yield the question of each school's week, made for the rules of a date."""
        standing, made = self.standing(day), self.plans(day)
        enrolled = self.roster.enrolled(day)
        early_late = shifts(self.roster, enrolled)
        for school in self.roster.schools:
            if self.roster.pupils_at[school]:
                yield draft(
                    self.roster, school, made, standing, day=day, shifts=early_late, enrolled=enrolled
                )

    def school_days(self, plan: Plan, day: date) -> Iterator[SchoolDay]:
        """Yield the day of each school on a date, from the plan's template weeks."""
        standing, made = self.standing(day), self.plans(day)
        there = self.on_site(day)
        for week in plan.weeks.values():
            yield school_day(week, self.roster, made, standing, day, there)

    def on_site(self, day: date) -> frozenset[str]:
        """Return the pupils who are at school on a date."""
        if self.way is not Way.HYBRID or self.cohorts is None:
            return frozenset()
        return frozenset(pupil for pupil in self.cohorts.of if self.cohorts.on_site(pupil, day))
