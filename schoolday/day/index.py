"""Turn whole school days round: from meetings and their people to each person and their meetings."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from schoolday.ground.spans import Span
from schoolday.program.plan import DayPlan, Format
from schoolday.timetable.meeting import Meeting, SchoolDay, Work


@dataclass(frozen=True, slots=True)
class Laid:
    """What is laid on one pupil's date: meetings, independent work, lunch, and minutes without a time.

    Parameters
    ----------
    meetings, work
        The pupil's meetings and suggested independent work, in any order.
    lunch
        The pupil's lunch, or None where none is laid.
    unlaid
        Minutes of independent work that found no free time.
    plans
        The school's plans of minutes of that date, by grade and kind of class.
    """

    meetings: tuple[Meeting, ...] = ()
    work: tuple[Work, ...] = ()
    lunch: Span | None = None
    unlaid: int = 0
    plans: Mapping[tuple[str, str], DayPlan] = field(default_factory=dict)

    def plan(self, grade: str) -> DayPlan | None:
        """Return the plan of minutes that the pupil's day follows, or None where no plan was made."""
        found = [plan for (of, _), plan in sorted(self.plans.items()) if of == grade]
        if len(found) < 2:
            return found[0] if found else None
        # A self-contained class meets as `<section>/<line>`, a chosen course as `<section>`.
        chosen = not any("/" in meeting.activity for meeting in self.meetings)
        fitting = (
            plan for plan in found if any(line.format is Format.SECTION for line in plan.lines) is chosen
        )
        return next(fitting, found[0])


NOTHING = Laid()
"""What a pupil has of whom no school day knows anything."""


@dataclass(frozen=True, slots=True)
class PeopleIndex:
    """One date of a district by person: what is laid for each pupil, and the meetings of each teacher."""

    pupils: Mapping[str, Laid]
    teachers: Mapping[str, tuple[Meeting, ...]]


def people_index(school_days: Iterable[SchoolDay]) -> PeopleIndex:
    """Return one date's school days by person.

    A pupil who has services at another school is laid from both; lunch and work come from the
    first school that has them.
    """
    pupils: dict[str, Laid] = {}
    teachers: dict[str, list[Meeting]] = defaultdict(list)
    for day in school_days:
        for meeting in day.meetings:
            for teacher in meeting.teachers:
                teachers[teacher].append(meeting)
        for pupil, laid in _laid(day).items():
            pupils[pupil] = _both(pupils[pupil], laid) if pupil in pupils else laid
    return PeopleIndex(pupils, {staff: tuple(sorted(found, key=_when)) for staff, found in teachers.items()})


def _laid(day: SchoolDay) -> dict[str, Laid]:
    meetings: dict[str, list[Meeting]] = defaultdict(list)
    for meeting in sorted(day.meetings, key=_when):
        for pupil in meeting.pupils:
            meetings[pupil].append(meeting)
    known = dict.fromkeys((*meetings, *day.work, *day.lunch, *day.unlaid))
    return {
        pupil: Laid(
            tuple(meetings.get(pupil, ())),
            day.work.get(pupil, ()),
            day.lunch.get(pupil),
            day.unlaid.get(pupil, 0),
            day.plans_of(pupil),
        )
        for pupil in known
    }


def _both(one: Laid, other: Laid) -> Laid:
    meetings = tuple(sorted((*one.meetings, *other.meetings), key=_when))
    work = one.work or other.work
    return Laid(meetings, work, one.lunch or other.lunch, one.unlaid + other.unlaid, one.plans or other.plans)


def _when(meeting: Meeting) -> tuple[int, int, str]:
    return (meeting.span.start, meeting.span.end, meeting.uid)
