"""What a planned week means for people: pupils' minutes, teachers' days, and homes with too few devices.

Counted in minutes from the placements, apart from the solver.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from schoolday.ground.spans import Span
from schoolday.program import Band, DayPlan
from schoolday.roster import Household, Roster
from schoolday.timetable.check.person import longest_unbroken, preparation_left
from schoolday.timetable.meeting import SchoolWeek
from schoolday.timetable.problem import Limits, TimetableProblem
from schoolday.timetable.shifts import short_of_devices

Spans = Mapping[str, Mapping[int, list[Span]]]
"""When each person is live, by day of the week (0 is Monday)."""


@dataclass(frozen=True, slots=True)
class GradeMinutes:
    """A child's day in one grade: minutes of the plan, and the longest live stretch of any such child's week.

    `kind` is ``homeroom`` or ``scheduled``; `unbroken` is None where no week was found.
    """

    grade: str
    kind: str
    pupils: int
    total: int
    live: int
    independent: int
    unbroken: int | None
    clauses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TeacherDay:
    """A teacher's ordinary day at a school, in minutes; None is what nobody can say.

    Parameters
    ----------
    staff, school
        Who and where.
    live
        Live minutes of sections and services on a mean day worked.
    day
        From the first meeting's start to the last one's end on a mean day with meetings.
    preparation
        The longest free stretch within the contract, lunch apart, on the day that has the least.
    over
        Minutes a day by which live teaching, lunch and the preparation that the rules ask for exceed the
        contract's hours; None where no contract is known.
    """

    staff: str
    school: str
    live: float
    day: float | None
    preparation: int | None
    over: float | None


@dataclass(frozen=True, slots=True)
class HomeClash:
    """A home with fewer devices than children, and the minutes a week in which more are live than can be."""

    household: str
    minutes: int


@dataclass(frozen=True, slots=True)
class ServiceLost:
    """A service promised to a pupil that found no place in the week."""

    pupil: str
    service: str
    kind: str
    school: str


def grades(
    plans: Mapping[Band, DayPlan], roster: Roster, problem: TimetableProblem, spans: Spans | None
) -> Iterator[GradeMinutes]:
    """Yield a child's day for each grade and kind of class of one school; no `spans`, no live stretches."""
    kinds = {one.id: one.kind for one in roster.sections_at.get(problem.school, ())}
    bands: dict[Band, set[str]] = defaultdict(set)
    for activity in problem.activities:
        if activity.source in kinds:
            for pupil in activity.pupils:
                bands[roster.pupils[pupil].grade, kinds[activity.source]].add(pupil)
    longest = {} if spans is None else _longest(problem, spans)
    for band, plan in sorted(plans.items()):
        pupils = bands.get(band, set())
        most = max((longest.get(pupil, 0) for pupil in pupils), default=0)
        unbroken = None if spans is None else most
        yield GradeMinutes(
            *band, len(pupils), plan.total, plan.live, plan.independent, unbroken, plan.clauses
        )


def _longest(problem: TimetableProblem, spans: Spans) -> dict[str, int]:
    """Return the longest live stretch of each pupil's week; most days are like some other pupil's."""
    known: dict[tuple[int, tuple[Span, ...]], int] = {}

    def of_day(least: int, day: tuple[Span, ...]) -> int:
        if (least, day) not in known:
            known[least, day] = longest_unbroken(day, least)[0]
        return known[least, day]

    breaks = {pupil: problem.limits[name].least_break for pupil, name in problem.pupil_limits.items()}
    return {
        pupil: max(of_day(breaks[pupil], tuple(day)) for day in days.values())
        for pupil, days in spans.items()
    }


def live(week: SchoolWeek, *, pupils: bool) -> Spans:
    """Return when each pupil, or each who teaches, is live."""
    activities = {one.id: one for one in week.problem.activities}
    found: dict[str, dict[int, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for one in week.timetable.placements:
        activity = activities[one.activity]
        start = week.problem.grid.start(one.slot)
        span = Span(start, start + activity.minutes)
        for name in activity.pupils if pupils else activity.teachers:
            found[name][one.day].append(span)
    return found


def teachers(roster: Roster, problem: TimetableProblem, week: SchoolWeek | None) -> Iterator[TeacherDay]:
    """Yield the ordinary day of each who teaches a section at one school; providers are not among them."""
    taught = {row.staff for row in roster.teaching}
    owed: dict[str, int] = defaultdict(int)
    for one in problem.activities:
        for name in one.teachers:
            owed[name] += one.minutes * one.times
    spans = live(week, pupils=False) if week else {}
    for name, ids in problem.staff_limits.items():
        if name in taught:
            worked = [(day, problem.limits[one]) for day, one in enumerate(ids) if problem.limits[one].window]
            yield _teacher(
                roster, problem.school, name, worked, owed[name], spans.get(name) if week else None
            )


def _teacher(
    roster: Roster,
    school: str,
    name: str,
    worked: Sequence[tuple[int, Limits]],
    owed: int,
    spans: Mapping[int, list[Span]] | None,
) -> TeacherDay:
    days = max(len(worked), 1)
    duty = owed + sum(limits.lunch_minutes + (limits.preparation or 0) for _, limits in worked)
    hours = sum(limits.window.minutes for _, limits in worked if limits.window)
    over = max(0, duty - hours) / days if name in roster.contracts else None
    if spans is None:
        return TeacherDay(name, school, owed / days, None, None, over)
    longest = [max(one.end for one in day) - min(one.start for one in day) for day in spans.values()]
    free = [_free(limits, spans.get(day, [])) for day, limits in worked]
    mean = sum(longest) / len(longest) if longest else 0.0
    taught = sum(one.minutes for day in spans.values() for one in day)
    return TeacherDay(name, school, taught / days, mean, min(free, default=0), over)


def _free(limits: Limits, busy: list[Span]) -> int:
    assert limits.window is not None
    return preparation_left(busy, limits.window, limits.lunch, limits.lunch_minutes)


def homes(roster: Roster, schools: Iterable[Spans]) -> tuple[tuple[HomeClash, ...], int]:
    """Return the homes of some schools' pupils with too few devices, and how many nobody has asked about.

    Children at other schools are not counted: a single school knows only its own. A clash is two children
    or more live in a minute for which there are fewer devices.
    """
    spans: dict[str, Mapping[int, list[Span]]] = {}
    for school in schools:
        spans.update(school)
    found, unknown = [], 0
    for house in roster.households.values():
        here = [pupil for pupil in house.pupils if pupil in spans]
        if len(here) > 1 and house.devices is None:
            unknown += 1
        elif len(here) > 1 and short_of_devices(house):
            found.append(HomeClash(house.id, _clash(house, [spans[pupil] for pupil in here])))
    return tuple(found), unknown


def _clash(house: Household, children: Sequence[Mapping[int, list[Span]]]) -> int:
    """Return the minutes a week in which at least two children are live, and more than there are devices."""
    most, minutes = max(house.devices or 0, 1), 0
    for day in {day for child in children for day in child}:
        turns = sorted(
            turn
            for child in children
            for one in child.get(day, [])
            for turn in ((one.start, 1), (one.end, -1))
        )
        at, number = 0, 0
        for minute, step in turns:
            minutes += minute - at if number > most else 0
            at, number = minute, number + step
    return minutes


def lost(roster: Roster, school: str, gone: Sequence[str]) -> tuple[ServiceLost, ...]:
    """Return the services of the named ids or groups, pupil by pupil."""
    return tuple(
        ServiceLost(one.pupil, one.id, one.kind, school)
        for one in roster.services.values()
        if (one.group or one.id) in gone and one.pupil in roster.pupils
        and roster.pupils[one.pupil].school == school
    )  # fmt: skip
