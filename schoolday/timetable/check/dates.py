"""Check dated days straight from the roster and the rules, whatever made them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from schoolday.calendar.days import DayKind
from schoolday.calendar.row import Minutes
from schoolday.ground.finding import Finding, Status
from schoolday.ground.spans import Span
from schoolday.roster import Roster
from schoolday.rules import Bound, Kind, Period, Standing, Way
from schoolday.rules.measures import planned
from schoolday.timetable.check.bounds import BESIDE, WORDS, Verdict, bounds_for, judge
from schoolday.timetable.check.expected import Enrolled, check_expected, unplanned
from schoolday.timetable.check.groups import check_groups
from schoolday.timetable.check.person import longest_unbroken, overlaps
from schoolday.timetable.check.rooms import check_rooms
from schoolday.timetable.check.staff import check_shared, check_staff
from schoolday.timetable.meeting import SchoolDay, Work

PUPILS = tuple(measure for measure in WORDS if not measure.startswith("teacher_"))

LEAST_BREAK = 10
"""Minutes that count as a break where no rule says so."""

_Shape = tuple[int, int, Minutes, bool]
"""A meeting as a pupil's day sees it: start, end, kind, and whether it is a section's."""


@dataclass(frozen=True, slots=True)
class _PupilDay:
    """What one pupil does on the date; `work` is shared by pupils whose days are alike."""

    meetings: tuple[_Shape, ...]
    work: tuple[Work, ...]
    lunch: Span | None
    unlaid: int


def check_dates(
    roster: Roster, standing: Standing, school_day: SchoolDay, *, met: bool = False
) -> list[Finding]:
    """Return what a school's date breaks, judged from the roster and the standing rules alone.

    Total, live and independent minutes are those of the program: services are promised on top of it
    and are judged apart. Unbroken time, overlaps, lunch and the day's hours count every meeting.

    Parameters
    ----------
    roster, standing
        The district's people, and the rules of the school's places on the very date.
    school_day
        The meetings, work and lunches to judge.
    met
        Whether to return the bounds that are met as well, so that a page can show them.

    Returns
    -------
    list[Finding]
        Broken and unverified findings in the order of the roster, and met ones where asked for.
    """
    return _school(roster, standing, school_day, roster.enrolled(school_day.day), met)


def check_district(
    roster: Roster,
    standing: Standing,
    days: Sequence[SchoolDay],
    *,
    met: bool = False,
    report: Callable[[str], None] = lambda school: None,
) -> list[Finding]:
    """Return what one date of a whole district breaks.

    `days` are all its schools: one with pupils and without a day is a fault. Staff at two schools at
    once are seen too.
    """
    found: list[Finding] = []
    enrolled = roster.enrolled(standing.day)
    kinds = classes(roster, enrolled)
    for school_day in days:
        found += _school(roster, standing, school_day, enrolled, met, kinds)
        report(school_day.school)
    return [*found, *unplanned(roster, days, standing.day), *check_shared(roster, standing, days, met=met)]


def classes(roster: Roster, enrolled: Enrolled) -> dict[str, str]:
    """Return for each enrolled pupil the kind of class: homeroom where there is one, or scheduled."""
    found: dict[str, str] = {}
    for section, pupils in enrolled.items():
        known = roster.sections.get(section)
        for pupil in pupils if known else ():
            if found.get(pupil) != "homeroom":
                found[pupil] = known.kind if known else ""
    return found


def _school(
    roster: Roster,
    standing: Standing,
    school_day: SchoolDay,
    enrolled: Enrolled,
    met: bool,
    kinds: dict[str, str] | None = None,
) -> list[Finding]:
    if standing.day != school_day.day:
        said = f"the rules are those of {standing.day}, the day to judge is {school_day.day}"
        raise ValueError(f"{said}; ask the rulebook for that date")
    off = _day_off(roster, standing, school_day)
    if off is not None:
        return off
    found = list(_unmeasured(standing, school_day))
    found += check_expected(roster, school_day, enrolled)
    found += check_groups(roster, standing, school_day, met=met)
    found += _pupils(roster, standing, school_day, kinds or classes(roster, enrolled), met)
    found += check_staff(roster, standing, school_day, met=met)
    found += check_rooms(roster, school_day)
    return found


def _day_off(roster: Roster, standing: Standing, school_day: SchoolDay) -> list[Finding] | None:
    """Return the findings of a day without pupils, or None where the day has pupils."""
    rule = standing.day_kind()
    kind = rule[1].day_kind if rule else roster.calendar.kind(school_day.day).value
    if kind == DayKind.SCHOOL:
        return None
    if not school_day.meetings:
        return []
    said = f"school {school_day.school} has {len(school_day.meetings)} meetings on {school_day.day}, "
    said += f"which is a day without pupils ({kind})"
    clauses = (rule[1].id,) if rule else ()
    return [Finding("day.no_pupils", said, where=(school_day.school,), clauses=clauses)]


def _unmeasured(standing: Standing, school_day: SchoolDay) -> Iterator[Finding]:
    for rule, clause in standing.pairs:
        if rule.kind is not Kind.BOUND or rule.period is not Period.DAY:
            continue
        # A plan shows nothing of records and agreements; the year's audit speaks of those.
        if planned(rule.measure) and rule.measure not in WORDS and rule.measure not in BESIDE:
            said = f"{rule.title}: nothing here measures {rule.measure}, so it was not checked"
            where = (school_day.school, rule.id)
            yield Finding("day.unmeasured", said, Status.UNVERIFIED, where, clauses=(clause.id,))


def _pupils(
    roster: Roster, standing: Standing, school_day: SchoolDay, kinds: dict[str, str], met: bool
) -> Iterator[Finding]:
    days = _pupil_days(roster, school_day)
    judged: dict[object, tuple[Callable[[tuple[str, ...]], Finding], ...]] = {}
    bounds: dict[tuple[str, Way], tuple[tuple[Bound, ...], int]] = {}
    on = school_day.day.isoformat()
    ids = [pupil.id for pupil in roster.pupils_at.get(school_day.school, ())]
    for pupil in [*ids, *sorted(days.keys() - set(ids))]:
        who = (school_day.school, f"pupil {pupil}", on)
        grade = roster.pupils[pupil].grade if pupil in roster.pupils else ""
        plan = school_day.plans_of(pupil).get((grade, kinds.get(pupil, "")))
        if plan is None:
            if pupil in kinds or attends(roster, pupil, school_day.day):
                yield _unknown(who, grade, kinds.get(pupil, ""))
            continue
        day = days.get(pupil, _PupilDay((), (), None, 0))
        key = (grade, plan.way, day.meetings, id(day.work), day.lunch, day.unlaid)
        if key not in judged:
            if (grade, plan.way) not in bounds:
                pause = standing.limit("least_break", grade=grade, way=plan.way).low
                bounds[grade, plan.way] = (
                    bounds_for(standing, PUPILS, grade, plan.way),
                    int(pause or LEAST_BREAK),
                )
            judged[key] = tuple(_judged(day, *bounds[grade, plan.way], met))
        for finding in judged[key]:
            yield finding(who)


def attends(roster: Roster, pupil: str, day: date) -> bool:
    """Whether a pupil is due somewhere on a date: not before the first enrollment, nor after the last.

    A pupil with no enrollment at all is due: nobody may be forgotten for want of a row.
    """
    rows = roster.enrollments_of.get(pupil, ())
    begun = not rows or any(row.first is None or row.first <= day for row in rows)
    return begun and (not rows or any(row.last is None or day <= row.last for row in rows))


def _unknown(who: tuple[str, ...], grade: str, kind: str) -> Finding:
    if not kind:
        said = f"{who[1]} is in no section on {who[2]}, so nobody knows what is due"
    else:
        said = f"{who[1]} on {who[2]}: there is no plan of minutes for grade {grade or '?'} ({kind})"
    return Finding("day.no_plan", said, where=who)


def _pupil_days(roster: Roster, school_day: SchoolDay) -> dict[str, _PupilDay]:
    meetings: dict[str, list[_Shape]] = defaultdict(list)
    for one in school_day.meetings:
        shape = (one.span.start, one.span.end, one.kind, one.source in roster.sections)
        for pupil in one.pupils:
            meetings[pupil].append(shape)
    nothing: tuple[Work, ...] = ()
    pupils = meetings.keys() | school_day.work.keys()
    return {
        pupil: _PupilDay(
            tuple(sorted(meetings.get(pupil, ()))),
            school_day.work.get(pupil, nothing),
            school_day.lunch.get(pupil),
            school_day.unlaid.get(pupil, 0),
        )
        for pupil in pupils
    }


def _judged(
    day: _PupilDay, bounds: tuple[Bound, ...], least_break: int, met: bool
) -> Iterator[Callable[[tuple[str, ...]], Finding]]:
    """Yield what is to say of a day, for whoever has such a day."""
    for said in _overlapping(day):
        yield partial(_finding, "day.overlap", said, None)
    if day.unlaid:
        said = f"{day.unlaid} minutes of independent work found no free time"
        yield partial(_finding, "day.unlaid", said, day.unlaid)
    for verdict in judge(bounds, _measured(day, least_break), met=met):
        yield partial(Verdict.finding, verdict)


def _finding(code: str, said: str, value: float | None, who: tuple[str, ...]) -> Finding:
    return Finding(code, f"{who[1]} on {who[2]}: {said}", where=who, value=value)


def _overlapping(day: _PupilDay) -> Iterator[str]:
    named = [(Span(start, end), "a meeting") for start, end, *_ in day.meetings]
    named += [(work.span, f"work for {work.title}") for work in day.work]
    named += [(day.lunch, "lunch")] if day.lunch else []
    for i, j in overlaps([span for span, _ in named]):
        yield f"{named[i][1]} {named[i][0]} and {named[j][1]} {named[j][0]} at the same time"


def _measured(day: _PupilDay, least_break: int) -> dict[str, float]:
    """Return the value of every measure of a pupil's day."""
    live = [(Span(start, end), own) for start, end, kind, own in day.meetings if kind is Minutes.LIVE]
    own = sum(span.minutes for span, own in live if own)
    beside = sum(end - start for start, end, kind, own in day.meetings if kind is not Minutes.LIVE and own)
    work = sum(work.span.minutes for work in day.work)
    unbroken, _ = longest_unbroken([span for span, _ in live], least_break)
    lunch = day.lunch.minutes if day.lunch else 0
    found: dict[str, float] = {
        "total_minutes": own + beside + work,
        "live_minutes": own,
        "independent_minutes": work,
        "live_share": 100 * own / max(own + beside + work, 1),
        "live_meetings": sum(own for _, own in live),
        "unbroken_live": unbroken,
        "lunch_minutes": lunch,
        # A plan holds no recess among its meetings.
        "kindergarten_without_recess": own + beside + work,
    }
    return {**found, **_clocks(day)}


def _clocks(day: _PupilDay) -> dict[str, float]:
    starts = [start for start, *_ in day.meetings] + [work.span.start for work in day.work]
    ends = [end for _, end, *_ in day.meetings] + [work.span.end for work in day.work]
    found: dict[str, float] = {}
    if starts:
        found["day_start"] = min(starts)
        found["day_end"] = max(ends)
    if day.lunch:
        found["lunch_from"] = day.lunch.start
        found["lunch_until"] = day.lunch.end
    return found
