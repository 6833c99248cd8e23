"""A whole district's dates: the rules, the plans and the school days of each, made when asked for."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from schoolday.calendar.days import Calendar, DayKind
from schoolday.cohorts import Cohorts, everybody
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
from schoolday.timetable.shifts import at_home, shifts
from schoolday.timetable.staying import HOME, NOBODY, Staying


@dataclass
class Dates:
    """The dates of one district under one rulebook, all pupils in one way of schooling.

    It keeps the plans it has made, since most dates stand under the very same clauses. In a hybrid program
    the cohorts say who is at school on a date; without them everybody is at home. In person they say who
    stays in distance learning; without them nobody does.
    """

    roster: Roster
    rulebook: Rulebook
    way: Way = Way.DISTANCE
    cohorts: Cohorts | None = None
    _kept: dict[str, DayPlan] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.way is Way.IN_PERSON and self.cohorts is None:
            self.cohorts = everybody(self.roster.pupils)

    @cached_property
    def calendar(self) -> Calendar:
        """The district's calendar, with the days that rules add to it."""
        return calendar(self.roster.calendar, self.rulebook, self.roster.places)

    @cached_property
    def bands(self) -> tuple[Band, ...]:
        """The grades and kinds of class that the district's pupils are in."""
        return self._bands(self.roster.pupils)

    def _bands(self, pupils: Collection[str]) -> tuple[Band, ...]:
        kinds = {section.id: section.kind for section in self.roster.sections.values()}
        grades = {pupil: self.roster.pupils[pupil].grade for pupil in pupils if pupil in self.roster.pupils}
        rows = (row for row in self.roster.enrollments if row.pupil in grades)
        return tuple(sorted({(grades[row.pupil], kinds[row.section]) for row in rows}))

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

    def staying(self, day: date, known: Mapping[Band, DayPlan] | None = None) -> Staying:
        """Return who stays in distance learning on a date, in weeks wholly in person, and their plans.

        `known` are their plans where the caller has kept them. Where the law of distance learning does not
        stand, that is refused in words.
        """
        if not self._staying or self.calendar.kind(day) is not DayKind.SCHOOL:
            return NOBODY
        return Staying(self._staying, known if known is not None else self._plans_at_home(day))

    def _plans_at_home(self, day: date) -> Mapping[Band, DayPlan]:
        bands = self._bands(self._staying)
        return plans(self.rulebook, self.roster.places, day, bands, way=HOME, kept=self._kept)

    @cached_property
    def homes(self) -> Roster:
        """The roster as far as households share devices: in person only those who stay at home are in one."""
        return at_home(self.roster, self._staying) if self.way is Way.IN_PERSON else self.roster

    @cached_property
    def _staying(self) -> frozenset[str]:
        return self.cohorts.at_home() if self.way is Way.IN_PERSON and self.cohorts else frozenset()

    def questions(self, day: date) -> Iterator[TimetableProblem]:
        """Yield the question of each school's week, made for the rules of a date."""
        standing, made = self.standing(day), self.plans(day)
        enrolled = self.roster.enrolled(day)
        # Shifts part siblings who share a device; at school nobody does.
        early_late = {} if self.way is Way.IN_PERSON else shifts(self.roster, enrolled)
        staying = self.staying(day)
        for school in self.roster.schools:
            if self.roster.pupils_at[school]:
                yield draft(
                    self.roster, school, made, standing, day=day, shifts=early_late, enrolled=enrolled,
                    staying=staying, homes=self.homes,
                )  # fmt: skip

    def school_days(self, plan: Plan, day: date) -> Iterator[SchoolDay]:
        """Yield the day of each school on a date, from the plan's template weeks."""
        standing, made = self.standing(day), self.plans(day)
        there, staying = self.on_site(day), self.staying(day)
        for week in plan.weeks.values():
            yield school_day(week, self.roster, made, standing, day, there, staying)

    def on_site(self, day: date) -> frozenset[str]:
        """Return the pupils who are at school on a date."""
        if self.way not in (Way.HYBRID, Way.IN_PERSON) or self.cohorts is None:
            return frozenset()
        return frozenset(pupil for pupil in self.cohorts.of if self.cohorts.on_site(pupil, day))
