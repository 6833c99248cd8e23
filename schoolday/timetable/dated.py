"""A dated day from the week's template: its start times, and the minutes of that date's own plans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from schoolday.calendar.row import Minutes
from schoolday.ground.errors import SchooldayError
from schoolday.ground.ids import stable_id
from schoolday.ground.spans import Span, clock
from schoolday.program.plan import Format
from schoolday.roster import Roster
from schoolday.rules import Standing, Way
from schoolday.timetable.dated_lines import DatedLines
from schoolday.timetable.draft import Plans
from schoolday.timetable.lay import Layout, Task, Times, lay, lunch_time
from schoolday.timetable.limits import hours, pupil_limits
from schoolday.timetable.meeting import Meeting, SchoolDay, SchoolWeek, Work
from schoolday.timetable.problem import CLASSROOM, Activity, What
from schoolday.timetable.served import service_parts
from schoolday.timetable.staying import HOME, NOBODY, Staying

DOMAIN = "schoolday.invalid"
"""The right side of a meeting's uid; a name that can never be anybody's."""
AT_SCHOOL = "school"
"""Where a meeting is whose room nobody has named."""


def school_day(
    week: SchoolWeek,
    roster: Roster,
    plans: Plans,
    standing: Standing,
    day: date,
    there: frozenset[str] = frozenset(),
    staying: Staying = NOBODY,
) -> SchoolDay:
    """Return one school's date.

    Meetings start when the template says and last as long as the date's plan says; a line without live
    minutes has no meeting that date. Services keep their own minutes. Pupils are those of the template.

    Parameters
    ----------
    week, roster
        The template, and the district it was drafted from.
    plans
        The date's plan of minutes of each grade and kind of section; empty on a day without pupils.
    standing, day
        The rules in force on the date, and the date.
    there
        The pupils who are at school that date. They meet in the room, and those at home by link: a meeting
        with both is held once and stands here twice, for each of the two.
    staying
        Those in distance learning while the others are in person: their part of a meeting lasts as long as
        their own plan says, and the rest of it is work on their own.

    Raises
    ------
    SchooldayError
        If the template has no room for the date's plan; then the week has to be drafted anew.
    """
    if not plans or day.weekday() >= week.problem.grid.days:
        return SchoolDay(week.problem.school, day, plans, (), {}, {}, {})
    return _Dating(week, roster, plans, standing, day, there, staying).day_of_school()


def _in_two(made: Meeting, there: frozenset[str], link: str, minutes: _Minutes) -> Iterator[Meeting]:
    """Yield a meeting as it is for those at home, and as it is for those in the room."""
    home = tuple(pupil for pupil in made.pupils if pupil not in there)
    room = tuple(pupil for pupil in made.pupils if pupil in there)
    start = made.span.start
    if home and minutes.home:
        yield replace(made, pupils=home, span=Span(start, start + minutes.home), place=link or made.place)
    if room and minutes.room:
        place = made.place if "://" not in made.place and made.place != "home" else AT_SCHOOL
        uid = f"{stable_id(made.uid, AT_SCHOOL, size=20)}@{DOMAIN}"
        span = Span(start, start + minutes.room)
        yield replace(made, uid=uid, kind=Minutes.IN_PERSON, pupils=room, place=place, span=span)


class _Minutes(NamedTuple):
    """How long a meeting lasts for those in its room and for those at home."""

    room: int
    home: int


class _Hours(NamedTuple):
    """When a grade's day lies, and its lunch."""

    window: Times
    lunch: Times | None
    minutes: int


class _Owed(NamedTuple):
    """Independent work of one pupil: what it belongs to, and how much."""

    activity: str
    source: str
    title: str
    subject: str
    minutes: int


class _Laid(NamedTuple):
    work: tuple[Work, ...]
    lunch: Span | None
    unlaid: int


def _times(meetings: Iterable[Meeting], home: bool) -> dict[str, Times]:
    """Return when each activity meets, for those at home or for those in its room where these differ."""
    found: dict[str, Times] = {}
    for one in meetings:
        if one.activity not in found or (one.kind is Minutes.LIVE) is home:
            found[one.activity] = (one.span.start, one.span.end)
    return found


@dataclass
class _Dating:
    """One school's date in the making."""

    week: SchoolWeek
    roster: Roster
    plans: Plans
    standing: Standing
    day: date
    there: frozenset[str]
    staying: Staying

    def __post_init__(self) -> None:
        self.activities = self.week.problem.activities
        self.grid = self.week.problem.grid
        self.way = next((plan.way for plan in self.plans.values()), Way.DISTANCE)
        self.lines = DatedLines(self.roster, self.activities, self.plans, self.staying)
        self.grades: dict[tuple[str, bool], _Hours] = {}
        self.works: dict[tuple[str, Times], Work] = {}

    def day_of_school(self) -> SchoolDay:
        """Return the date: meetings first, then what each pupil does besides."""
        meetings = tuple(self._meetings())
        self.times = {home: _times(meetings, home) for home in (False, True)}
        work, lunch, unlaid = {}, {}, {}
        alike: dict[tuple[str, bool, tuple[int, ...]], _Laid] = {}
        for pupil, acts in self._acts().items():
            key = (self.roster.pupils[pupil].grade, pupil in self.staying.pupils, acts)
            laid = alike.get(key)
            if laid is None:
                laid = alike[key] = self._lay(*key)
            work[pupil] = laid.work
            if laid.lunch:
                lunch[pupil] = laid.lunch
            if laid.unlaid:
                unlaid[pupil] = laid.unlaid
        school = self.week.problem.school
        return SchoolDay(school, self.day, self.plans, meetings, work, lunch, unlaid, self.staying)

    def _acts(self) -> dict[str, tuple[int, ...]]:
        found: dict[str, list[int]] = {pupil: [] for pupil in self.week.problem.pupil_limits}
        for number, activity in enumerate(self.activities):
            for pupil in activity.pupils:
                found[pupil].append(number)
        return {pupil: tuple(acts) for pupil, acts in found.items()}

    def _meetings(self) -> Iterator[Meeting]:
        self.lines.all_drafted(self.day)
        by_id = {activity.id: activity for activity in self.activities}
        today = [one for one in self.week.timetable.placements if one.day == self.day.weekday()]
        for placement in sorted(today, key=lambda one: (one.slot, one.activity)):
            activity = by_id[placement.activity]
            minutes = self._minutes(activity)
            if any(minutes):
                made = self._meeting(activity, self.grid.start(placement.slot), max(minutes))
                link = self._link(activity) if self.staying.pupils else ""
                split = self.there or self.staying.pupils
                yield from _in_two(made, self.there, link, minutes) if split else (made,)

    def _minutes(self, activity: Activity) -> _Minutes:
        if activity.what is What.SERVICE:
            return _Minutes(activity.minutes, activity.minutes)
        line, stays = self.lines.line(activity), self.staying.of(activity.pupils)
        own = self.lines.line(activity, home=True) if stays else line
        return _Minutes(line.met if line else 0, own.met if own else 0)

    def _meeting(self, activity: Activity, start: int, minutes: int) -> Meeting:
        line = self.lines.line(activity)
        room = activity.length * self.grid.pitch
        if minutes > room:
            raise SchooldayError(
                f"{activity.title} ({activity.id}) is due for {minutes} minutes on {self.day.isoformat()}, "
                f"but the week's template keeps {room} from {clock(start)}; draft the week anew"
            )
        section = self.roster.sections.get(activity.source)
        subject = section.subject if section else service_parts(activity.title)[0]
        # Whoever keeps a room is expected in it: a link beside it must not hide that.
        link = self._link(activity) if activity.place in ("home", CLASSROOM) else ""
        return Meeting(
            f"{stable_id(activity.id, self.day.isoformat(), size=20)}@{DOMAIN}",
            activity.id,
            activity.source,
            self.day,
            Span(start, start + minutes),
            Minutes.LIVE,
            activity.title,
            (line.subject if line else "") or subject,
            activity.teachers,
            activity.pupils,
            link or activity.place,
        )

    def _link(self, activity: Activity) -> str:
        """Return where those at home meet."""
        section = self.roster.sections.get(activity.source)
        return (section.link if section else "") or "home"

    def _hours(self, grade: str, home: bool) -> _Hours:
        key = (grade, home)
        if key not in self.grades:
            limits = pupil_limits(self.standing, grade, HOME if home else self.way, self.grid)
            window, lunch = limits.window or hours(self.grid), limits.lunch
            self.grades[key] = _Hours(
                (window.start, window.end), (lunch.start, lunch.end) if lunch else None, limits.lunch_minutes
            )
        return self.grades[key]

    def _lay(self, grade: str, home: bool, acts: tuple[int, ...]) -> _Laid:
        """Lay the work and the lunch of all pupils of a grade who are in the same activities."""
        window, within, minutes = self._hours(grade, home)
        mine, times = [self.activities[number] for number in acts], self.times[home]
        busy = tuple(sorted(times[one.id] for one in mine if one.id in times))
        lunch = lunch_time(busy, within, minutes) if within else None
        owed = [one for one in self._owed(grade, home, mine) if one.minutes]
        tasks = tuple(Task(one.minutes, times.get(one.activity, (0, window[0]))[1]) for one in owed)
        found = lay(tasks, (*busy, lunch) if lunch else busy, window)
        return _Laid(self._work(owed, found), Span(*lunch) if lunch else None, found.unlaid)

    def _work(self, owed: list[_Owed], found: Layout) -> tuple[Work, ...]:
        made = []
        for number, times in found.pieces:
            one = owed[number]
            key = (one.activity, times)
            if key not in self.works:
                work = Work(one.activity, one.source, one.title, one.subject, self.day, Span(*times))
                self.works[key] = work
            made.append(self.works[key])
        return tuple(made)

    def _owed(self, grade: str, home: bool, mine: list[Activity]) -> Iterator[_Owed]:
        homerooms = dict.fromkeys(one.source for one in mine if one.what in (What.WHOLE, What.SMALL))
        if homerooms:
            for source in homerooms:
                yield from self._homeroom(source, home, mine)
            return
        sections = [one for one in mine if one.what is What.SECTION]
        if sections:
            yield from self._courses(grade, home, sections)

    def _homeroom(self, source: str, home: bool, mine: list[Activity]) -> Iterator[_Owed]:
        section = self.lines.section(source)
        named = {one.line: one.id for one in mine if one.source == source}
        for line in self.lines.plan(source, home=home).lines:
            activity = named.get(line.key, f"{source}/{line.key}")
            title = f"{line.subject}, {section.title}"
            yield _Owed(activity, source, title, line.subject, line.independent)

    def _courses(self, grade: str, home: bool, sections: list[Activity]) -> Iterator[_Owed]:
        """Yield the work of a pupil's courses: what the live minutes leave of the total, evenly shared.

        A pupil with fewer courses than the plan has more work in each; one with more has no less. In person
        there is none: what lacks there is a finding, since work on one's own is no minute in class.
        """
        plans = self.staying.plans if home else self.plans
        plan = plans.get((grade, "scheduled")) or self.lines.plan(sections[0].source, home=home)
        if plan.way is Way.IN_PERSON:
            return
        number = len(sections)
        live = sum(end - start for start, end in (self.times[home].get(one.id, (0, 0)) for one in sections))
        each = next(line.independent for line in plan.lines if line.format is Format.SECTION)
        owed = max(plan.total - live, each * number if number > plan.courses else 0)
        share, odd = divmod(owed, number)
        for place, one in enumerate(sections):
            subject = self.lines.section(one.source).subject
            yield _Owed(one.id, one.source, one.title, subject, share + (place < odd))
