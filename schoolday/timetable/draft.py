"""Draft one school's week: from its roster, the plans of minutes and the standing rules to a problem."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from schoolday.ground.errors import SchooldayError
from schoolday.ground.finding import Finding, Status
from schoolday.ground.grades import order
from schoolday.program.plan import DayPlan, Format, Line
from schoolday.roster import Roster, Section, Service
from schoolday.rules import Standing, Way
from schoolday.timetable.builder import Draft, DraftRefused
from schoolday.timetable.held import Held
from schoolday.timetable.limits import hours, pupil_limits
from schoolday.timetable.problem import CLASSROOM, Activity, Grid, TimetableProblem, Weights, What
from schoolday.timetable.providers import provider_days, provider_spans
from schoolday.timetable.served import service_title
from schoolday.timetable.shifts import sharing, windows
from schoolday.timetable.staying import HOME, NOBODY, Staying, lines_held

__all__ = ["Draft", "DraftRefused", "combined", "draft", "governing", "provider_days", "provider_spans"]

DEFAULT_GRID = Grid(8 * 60, 30, 15)
"""The grid of a school without bells: half hours from 8:00 to 15:30."""

Plans = Mapping[tuple[str, str], DayPlan]


FAMILIES = Weights(clash=40)
"""What costs in a district's own weeks. A child's free half hours hold its independent work, lunch and
breaks, so waiting counts little beside two children who need one device at once."""


def draft(
    roster: Roster,
    school: str,
    plans: Plans,
    standing: Standing,
    *,
    day: date,
    away: Mapping[str, tuple[int, ...]] | None = None,
    shifts: Mapping[str, int] | None = None,
    enrolled: Mapping[str, Sequence[str]] | None = None,
    staying: Staying = NOBODY,
    homes: Roster | None = None,
) -> TimetableProblem:
    """Return the question of one school's week.

    A class of several grades follows the plan of the grade that demands most (see `governing`).
    Services are placed with the sections, on top of the program's minutes. In person a class meets in its
    room, for those who stay at home by link, too, and they have a small group of their own.

    Parameters
    ----------
    roster, school
        The district, and which of its schools.
    plans
        The plan of minutes of each grade and kind of section, of an ordinary day.
    standing
        The rules in force on `day`.
    day
        The date whose enrollments and services are planned for.
    away
        When siblings at other schools need the shared device, as the problem takes it.
    shifts
        Early (0) or late (1) for self-contained classes; without it any hour will do.
    enrolled
        ``roster.enrolled(day)`` where the caller has it: drafting a whole district asks for it only once.
    staying
        Who stays in distance learning in a week in person.
    homes
        The roster as far as households share devices, where some pupils need none.

    Raises
    ------
    DraftRefused
        If the roster cannot be turned into a week; every reason is named.
    """
    sections = roster.enrolled(day) if enrolled is None else enrolled
    made = _Drafting(roster, school, plans, standing, day, shifts or {}, staying, homes or roster)
    return made.problem(sections, away or {})


def governing(plans: Plans, grades: tuple[str, ...], kind: str, section: str = "") -> DayPlan:
    """Return the plan that a class follows: of its grades, that with the most minutes in all.

    Where totals are equal the most live minutes decide, then the highest grade: no pupil of a
    combination class is given less than the own grade is owed.
    """
    known = [plans[grade, kind] for grade in grades if (grade, kind) in plans]
    if not known:
        raise SchooldayError(
            f"section {section} ({kind}, grades {', '.join(grades) or 'unknown'}) has no plan of minutes; "
            "ask for a plan of its grade and kind"
        )
    return max(known, key=lambda plan: (plan.total, plan.live, order(plan.grade)))


def combined(roster: Roster, school: str, plans: Plans) -> Iterator[Finding]:
    """Yield, as advice, each class in which some grade follows a plan of more minutes than its own."""
    for section in roster.sections_at.get(school, ()):
        known = [plans[grade, section.kind] for grade in section.grades if (grade, section.kind) in plans]
        if not known:
            continue
        plan = governing(plans, section.grades, section.kind)
        for own in known:
            if (own.total, own.live) != (plan.total, plan.live):
                said = (
                    f"{section.title} ({section.id}) follows the plan of grade {plan.grade}: "
                    f"grade {own.grade} gets {plan.live} live and {plan.total} minutes in all there, "
                    f"and its own plan has {own.live} and {own.total}"
                )
                where = (school, section.id, f"grade {own.grade}")
                yield Finding(
                    "program.combined",
                    said,
                    Status.ADVICE,
                    where,
                    plan.total,
                    own.total,
                    "minutes",
                    plan.clauses,
                )


@dataclass
class _Drafting:
    """One school's draft in the making."""

    roster: Roster
    school: str
    plans: Plans
    standing: Standing
    day: date
    shifts: Mapping[str, int]
    staying: Staying
    homes: Roster

    def __post_init__(self) -> None:
        bells = self.roster.bells.get(self.school)
        self.grid = Grid(bells.first, bells.pitch, bells.slots) if bells else DEFAULT_GRID
        self.draft = Draft(self.school, self.grid, FAMILIES)
        self.way = next((plan.way for plan in self.plans.values()), Way.DISTANCE)
        self.services = self._services()
        self.there = self.way is Way.IN_PERSON
        self.pairs = tuple(sharing(self.homes, self.roster.pupils_at.get(self.school, ())))
        self.sharers = {pupil for pair in self.pairs for pupil in pair}
        self.held = Held(self.roster, self.school, self.standing, self.way, self.grid)
        self.owed: dict[str, int] = defaultdict(int)
        for service in (one for group in self.services.values() for one in group):
            self.owed[service.pupil] += service.minutes

    def problem(
        self, enrolled: Mapping[str, Sequence[str]], away: Mapping[str, tuple[int, ...]]
    ) -> TimetableProblem:
        """Return the frozen draft."""
        activities = [
            activity
            for section in self.roster.sections_at.get(self.school, ())
            if enrolled.get(section.id)
            for activity in self._section(section, tuple(sorted(set(enrolled[section.id]))))
        ]
        activities += [self._service(name, group) for name, group in self.services.items()]
        for activity in activities:
            self.draft.meet(activity)
        for kind, number in sorted(self.roster.rooms.get(self.school, {}).items()):
            self.draft.rooms(kind, number)
        self._pupils(activities, away)
        for staff in sorted({staff for activity in activities for staff in activity.teachers}):
            self.draft.teacher(staff, self.held.teacher(staff))
        return self.draft.freeze()

    def _services(self) -> dict[str, list[Service]]:
        """Return the services in force at this school, by the group that meets together."""
        found: dict[str, list[Service]] = {}
        for service in self.roster.services.values():
            pupil = self.roster.pupils.get(service.pupil)
            if pupil and pupil.school == self.school and service.stands(self.day):
                found.setdefault(service.group or service.id, []).append(service)
        return found

    def _section(self, section: Section, pupils: tuple[str, ...]) -> Iterator[Activity]:
        grades = section.grades or tuple(sorted({self.roster.pupils[pupil].grade for pupil in pupils}))
        plan = governing(self.plans, grades, section.kind, section.id)
        teachers = self.roster.teachers_of.get(section.id, ())
        whole, small = self._starts(section, teachers, plan)
        home = self.staying.of(pupils)
        own = governing(self.staying.plans, grades, section.kind, section.id) if home else None
        for line in lines_held(plan, own):
            if line.format is Format.SECTION:
                yield self._activity(section, line, section.id, What.SECTION, teachers, pupils)
            elif line.format is Format.WHOLE:
                name = f"{section.id}/{line.key}"
                yield self._activity(section, line, name, What.WHOLE, teachers, pupils, whole)
            else:
                for number, group in enumerate(
                    [home] if self.there else self._groups(pupils, plan.groups), 1
                ):
                    name = f"{section.id}/{line.key}/{number}"
                    yield self._activity(section, line, name, What.SMALL, teachers, group, small)

    def _activity(
        self,
        section: Section,
        line: Line,
        name: str,
        what: What,
        teachers: tuple[str, ...],
        pupils: tuple[str, ...],
        starts: int = -1,
    ) -> Activity:
        title = section.title if what is What.SECTION else f"{line.subject}, {section.title}"
        if what is What.SMALL:
            title = f"{line.subject} {name.rpartition('/')[2]}, {section.title}"
        place, days = self._place(section, what), tuple(range(self.grid.days))
        return Activity(
            name, section.id, line.key, what, title, teachers, pupils, line.met, days, len(days),
            self._length(line.met, pupils if self._by_link(what) else ()), starts, place,
        )  # fmt: skip

    def _length(self, minutes: int, pupils: Sequence[str]) -> int:
        """Return the slots of a meeting, and of the break after it that some who stay at home need.

        Where a class meets for longer than they may be live unbroken, no other rule of the week keeps the
        live start of its meeting apart from what ends just before.
        """
        grades = {self.roster.pupils[pupil].grade for pupil in self.staying.of(pupils)}
        pause = max((self._break(grade) for grade in grades), default=0)
        return -(-(minutes + pause) // self.grid.pitch)

    def _break(self, grade: str) -> int:
        limits = pupil_limits(self.standing, grade, HOME, self.grid)
        meetings = (
            line.in_person for plan in self.plans.values() if plan.grade == grade for line in plan.lines
        )
        longest = limits.longest_live
        return limits.least_break if longest is not None and longest < max(meetings, default=0) else 0

    def _by_link(self, what: What) -> bool:
        """Whether it is a small group of those who stay at home while their class is at school."""
        return self.there and what is What.SMALL

    def _place(self, section: Section, what: What) -> str:
        if self._by_link(what):
            return "home"
        return CLASSROOM if self.there and section.place == "home" else section.place

    def _groups(self, pupils: tuple[str, ...], groups: int) -> list[tuple[str, ...]]:
        """Deal pupils into groups like cards: those who share a device first, then those with services."""
        cards = sorted(pupils, key=lambda pupil: (pupil not in self.sharers, not self.owed.get(pupil), pupil))
        return [tuple(sorted(cards[number::groups])) for number in range(min(groups, len(cards)))]

    def _starts(self, section: Section, teachers: tuple[str, ...], plan: DayPlan) -> tuple[int, int]:
        if section.id not in self.shifts or not teachers:
            return -1, -1
        pupils = self.held.pupil(plan.grade, 0).window or hours(self.grid)
        spans = [pupils, *(limits.window for limits in self.held.teacher(teachers[0]) if limits.window)]
        first, last = max(span.start for span in spans), min(span.end for span in spans)
        pitch = self.grid.pitch
        return windows(
            -(-(first - self.grid.first) // pitch), (last - self.grid.first) // pitch, self.shifts[section.id]
        )

    def _service(self, name: str, group: list[Service]) -> Activity:
        first = group[0]
        pupils = tuple(sorted({service.pupil for service in group}))
        minutes, times = max(one.minutes for one in group), max(one.times for one in group)
        title = service_title(first.kind, len(pupils))
        days = tuple(day for day, limits in enumerate(self.held.teacher(first.provider)) if limits.window)
        return Activity(
            name, name, "service", What.SERVICE, title, (first.provider,), pupils, minutes, days, times,
            self._length(minutes, pupils), -1, first.place,
        )  # fmt: skip

    def _pupils(self, activities: Sequence[Activity], away: Mapping[str, tuple[int, ...]]) -> None:
        longest: dict[str, int] = {}
        for activity in activities:
            for pupil in activity.pupils:
                longest[pupil] = max(longest.get(pupil, 0), activity.minutes)
        for pupil in sorted(longest):
            grade, owed = self.roster.pupils[pupil].grade, self.owed.get(pupil, 0)
            self.draft.pupil(
                pupil, self.held.pupil(grade, owed, longest[pupil] if pupil in self.staying.pupils else 0)
            )
            if pupil in away:
                self.draft.away(pupil, tuple(away[pupil]))
        for a, b in self.pairs:
            if a in longest and b in longest:
                self.draft.pair(a, b)
