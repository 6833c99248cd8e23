"""Check one date of a school's teachers and providers: clashes, contract hours, lunch and preparation."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from schoolday.calendar.row import Minutes
from schoolday.ground.finding import Finding, Status
from schoolday.ground.spans import Span
from schoolday.roster import Contract, Roster
from schoolday.rules import Standing, Way
from schoolday.timetable.check.bounds import bounds_for, judge
from schoolday.timetable.check.person import longest_free, overlaps, preparation_left
from schoolday.timetable.meeting import Meeting, SchoolDay

MEASURES = ("teacher_live", "teacher_lunch", "teacher_preparation")


def check_staff(
    roster: Roster, standing: Standing, school_day: SchoolDay, *, met: bool = False
) -> list[Finding]:
    """Return what a school's date breaks for those who teach.

    Lunch and preparation are judged for teachers of sections; providers of services who teach no
    section are held to their contract and to one place at a time.
    """
    due: dict[str, list[Meeting]] = defaultdict(list)
    for one in _held(school_day.meetings):
        for teacher in one.teachers:
            due[teacher].append(one)
    teaching, live = {row.staff for row in roster.teaching}, _live([school_day])
    found: list[Finding] = []
    for teacher, meetings in sorted(due.items()):
        who = (school_day.school, f"teacher {teacher}", school_day.day.isoformat())
        found += _clashes(who, meetings)
        contract = roster.contracts.get(teacher)
        if contract is None:
            said = f"{who[1]} on {who[2]}: nobody says which hours the contract holds"
            found.append(Finding("day.no_contract", said, Status.UNVERIFIED, who))
            continue
        found += _hours(who, contract, meetings, school_day.day.weekday())
        if teacher in teaching:
            found += _duties(who, contract, meetings, live[teacher], standing, _way(school_day), met)
    return found


def check_shared(
    roster: Roster, standing: Standing, days: Sequence[SchoolDay], *, met: bool = False
) -> list[Finding]:
    """Return what one date breaks for those who teach at several schools: clashes, lunch, preparation.

    Each school alone sees only its part of such a person's day.
    """
    due: dict[str, list[tuple[Meeting, SchoolDay]]] = defaultdict(list)
    for school_day in days:
        for one in _held(school_day.meetings):
            for teacher in one.teachers:
                due[teacher].append((one, school_day))
    teaching, live = {row.staff for row in roster.teaching}, _live(days)
    found: list[Finding] = []
    for teacher, meetings in sorted(due.items()):
        schools = sorted({there.school for _, there in meetings})
        if len(schools) < 2:
            continue
        found += _between(teacher, [(one.span, there.school) for one, there in meetings])
        contract = roster.contracts.get(teacher)
        if contract is not None and teacher in teaching:
            day = meetings[0][1]
            who = (", ".join(schools), f"teacher {teacher}", day.day.isoformat())
            held = [one for one, _ in meetings]
            found += _duties(who, contract, held, live[teacher], standing, _way(day), met)
    return found


def _held(meetings: Iterable[Meeting]) -> Iterator[Meeting]:
    """Yield each meeting once that is held at one time for those in the room and those at home.

    Where those at home are in a part of it, the whole is what the teacher gives.
    """
    held: dict[tuple[str, int], Meeting] = {}
    for one in meetings:
        known = held.setdefault((one.activity, one.span.start), one)
        if known.span.end < one.span.end:
            held[one.activity, one.span.start] = one
    yield from held.values()


def _live(days: Iterable[SchoolDay]) -> Mapping[str, int]:
    """Return each teacher's minutes with somebody by link, whoever is in the room besides."""
    found: dict[str, int] = defaultdict(int)
    for day in days:
        for one in day.meetings:
            for teacher in one.teachers if one.kind is Minutes.LIVE else ():
                found[teacher] += one.span.minutes
    return found


def _between(teacher: str, spans: list[tuple[Span, str]]) -> Iterator[Finding]:
    for i, j in overlaps([span for span, _ in spans]):
        (a, here), (b, there) = spans[i], spans[j]
        if here != there:
            said = f"teacher {teacher} is due at school {here} {a} and at school {there} {b}"
            yield Finding("day.teacher_clash", said, where=(here, f"teacher {teacher}"))


def _way(school_day: SchoolDay) -> Way:
    """The way of schooling of most of the day's plans; the rules of teachers follow it."""
    ways = [plan.way for plan in school_day.plans.values()]
    return max(sorted(set(ways)), key=ways.count, default=Way.DISTANCE)


def _clashes(who: tuple[str, ...], meetings: list[Meeting]) -> Iterator[Finding]:
    for i, j in overlaps([one.span for one in meetings]):
        a, b = meetings[i], meetings[j]
        said = f"{who[1]} is due at {a.title} {a.span} and at {b.title} {b.span} on {who[2]}"
        yield Finding("day.teacher_clash", said, where=who)


def _hours(
    who: tuple[str, ...], contract: Contract, meetings: list[Meeting], weekday: int
) -> Iterator[Finding]:
    for one in meetings:
        what = f"{who[1]} on {who[2]}: {one.title} {one.span}"
        if weekday not in contract.days:
            yield Finding("day.contract", f"{what} on a day not worked", where=who)
        elif one.span.start < contract.start or one.span.end > contract.end:
            hours = Span(contract.start, contract.end)
            yield Finding("day.contract", f"{what} outside the contract's hours, {hours}", where=who)


def _duties(
    who: tuple[str, ...],
    contract: Contract,
    meetings: list[Meeting],
    live: int,
    standing: Standing,
    way: Way,
    met: bool,
) -> Iterator[Finding]:
    busy = [one.span for one in meetings]
    hours = Span(contract.start, contract.end)
    lunch = _lunch(standing, hours, way)
    minutes = int(standing.limit("teacher_lunch", way=way).low or 0)
    values: dict[str, float] = {
        "teacher_live": live,
        "teacher_lunch": longest_free(busy, lunch),
        "teacher_preparation": preparation_left(busy, hours, lunch, minutes),
    }
    for verdict in judge(bounds_for(standing, MEASURES, None, way), values, met=met):
        yield verdict.finding(who)


def _lunch(standing: Standing, hours: Span, way: Way) -> Span:
    """The stretch in which a teacher's lunch may lie: as the rules say, or the contract's hours."""
    start = standing.limit("lunch_from", way=way).low
    end = standing.limit("lunch_until", way=way).high
    first = int(start) if start is not None else hours.start
    last = int(end) if end is not None else hours.end
    return Span(first, last) if first < last else hours
