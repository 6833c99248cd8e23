"""Check a school's week against its problem, in minutes, by code that the solver never sees."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from schoolday.calendar.days import WEEK
from schoolday.ground.finding import Finding, Status
from schoolday.ground.spans import Span, clock
from schoolday.timetable.check.person import longest_free, longest_unbroken, overlaps, preparation_left
from schoolday.timetable.problem import Activity, Grid, Limits, TimetableProblem
from schoolday.timetable.timetable import Placement, Timetable


@dataclass(frozen=True, slots=True)
class _Sitting:
    """One placement of a known activity, in minutes: those live, and those that its slots take."""

    activity: Activity
    day: int
    slot: int
    live: Span
    taken: Span


@dataclass(frozen=True, slots=True)
class _Fault:
    """A limit that one person's day breaks; `fields` names the limits that it follows from."""

    code: str
    said: str
    fields: tuple[str, ...]
    value: float | None = None
    limit: float | None = None


def check(problem: TimetableProblem, timetable: Timetable) -> list[Finding]:
    """Return everything that is wrong with a timetable; an empty list means that it is lawful.

    Each placement is turned into minutes of the day and held against the problem's own words. A
    meeting is live for `minutes` from its start and keeps its people and its room for its `length`
    slots. Meals, preparation, windows and unbroken time are judged by the live minutes.

    Parameters
    ----------
    problem
        The question, with every limit and the clause it comes from.
    timetable
        The answer to judge, from whatever made it.

    Returns
    -------
    list[Finding]
        Broken findings, and unverified ones for people whose limits the problem does not hold.
    """
    activities = {activity.id: activity for activity in problem.activities}
    findings = list(_strangers(problem, timetable, activities))
    sittings = [
        _sitting(problem.grid, activities[one.activity], one)
        for one in timetable.placements
        if one.activity in activities
    ]
    findings += _activities(problem, sittings)
    findings += _rooms(problem, sittings)
    findings += _people(problem, sittings, teachers=False)
    findings += _people(problem, sittings, teachers=True)
    return findings


def day_name(day: int) -> str:
    """Return a template day's short name, or its number where it is no day of the week."""
    return WEEK[day] if 0 <= day < len(WEEK) else f"day {day}"


def _sitting(grid: Grid, activity: Activity, one: Placement) -> _Sitting:
    start = grid.start(one.slot)
    live = Span(start, start + activity.minutes)
    return _Sitting(
        activity, one.day, one.slot, live, Span(start, max(live.end, grid.start(one.slot + activity.length)))
    )


def _strangers(
    problem: TimetableProblem, timetable: Timetable, activities: dict[str, Activity]
) -> Iterator[Finding]:
    if timetable.school != problem.school:
        said = f"the timetable is of school {timetable.school}, the problem of school {problem.school}"
        yield Finding("timetable.school", said, where=(problem.school,))
    for name in sorted({one.activity for one in timetable.placements} - activities.keys()):
        said = f"the timetable places {name!r}, which is no activity of school {problem.school}"
        yield Finding("timetable.unknown_activity", said, where=(problem.school, name))


def _activities(problem: TimetableProblem, sittings: list[_Sitting]) -> Iterator[Finding]:
    found: dict[str, list[_Sitting]] = defaultdict(list)
    for sitting in sittings:
        found[sitting.activity.id].append(sitting)
    for activity in problem.activities:
        mine = found[activity.id]
        yield from _count(problem.school, activity, mine)
        for sitting in mine:
            yield from _start(problem, sitting)


def _count(school: str, activity: Activity, mine: list[_Sitting]) -> Iterator[Finding]:
    if len(mine) != activity.times:
        code = "timetable.meeting_missing" if len(mine) < activity.times else "timetable.too_many"
        said = f"{activity.title} ({activity.id}) meets {len(mine)} times a week; {activity.times} are due"
        yield Finding(
            code, said, where=(school, activity.id), value=len(mine), limit=activity.times, unit="meetings"
        )
    for day, number in sorted(Counter(sitting.day for sitting in mine).items()):
        if number > 1:
            said = (
                f"{activity.title} ({activity.id}) meets {number} times on {day_name(day)}; once is the most"
            )
            where = (school, activity.id, day_name(day))
            yield Finding("timetable.two_on_a_day", said, where=where, value=number, limit=1, unit="meetings")


def _start(problem: TimetableProblem, sitting: _Sitting) -> Iterator[Finding]:
    activity, grid = sitting.activity, problem.grid
    where = (problem.school, activity.id, day_name(sitting.day))
    what = f"{activity.title} ({activity.id}) on {day_name(sitting.day)} at {clock(sitting.live.start)}"
    if sitting.day not in activity.days or not 0 <= sitting.day < grid.days:
        allowed = ", ".join(day_name(day) for day in activity.days)
        yield Finding("timetable.day", f"{what}: it may meet only on {allowed}", where=where)
    if sitting.slot < 0 or sitting.taken.end > grid.start(grid.slots):
        last = f"{clock(grid.start(0))} to {clock(grid.start(grid.slots))}"
        yield Finding("timetable.grid", f"{what} lies outside the school's hours, {last}", where=where)
    elif activity.starts >= 0 and sitting.slot not in _bits(activity.starts):
        allowed = ", ".join(clock(grid.start(slot)) for slot in sorted(_bits(activity.starts)))
        yield Finding("timetable.start", f"{what}: it may start only at {allowed}", where=where)


@lru_cache(maxsize=1024)
def _bits(number: int) -> frozenset[int]:
    return frozenset(i for i, digit in enumerate(reversed(f"{number:b}")) if digit == "1")


def _rooms(problem: TimetableProblem, sittings: list[_Sitting]) -> Iterator[Finding]:
    found: dict[tuple[str, int], list[_Sitting]] = defaultdict(list)
    for sitting in sittings:
        if sitting.activity.place != "home":
            found[sitting.activity.place, sitting.day].append(sitting)
    for (place, day), mine in sorted(found.items(), key=lambda item: item[0]):
        yield from _room(problem, place, day, mine)


def _room(problem: TimetableProblem, place: str, day: int, mine: list[_Sitting]) -> Iterator[Finding]:
    where = (problem.school, place, day_name(day))
    rooms = problem.rooms.get(place)
    if rooms is None:
        said = f"{mine[0].activity.id} needs a {place}, and nobody says how many school {problem.school} has"
        yield Finding("timetable.room", said, Status.UNVERIFIED, where)
        return
    for start in sorted({sitting.taken.start for sitting in mine}):
        there = sorted(s.activity.id for s in mine if s.taken.start <= start < s.taken.end)
        if len(there) > rooms:
            who = ", ".join(there)
            said = f"on {day_name(day)} at {clock(start)} {len(there)} meetings need a {place}: {who}"
            yield Finding(
                "timetable.room",
                f"{said}; there are {rooms}",
                Status.BROKEN,
                where,
                len(there),
                rooms,
                "rooms",
            )


def _people(problem: TimetableProblem, sittings: list[_Sitting], *, teachers: bool) -> Iterator[Finding]:
    days: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    sittings = sorted(sittings, key=lambda sitting: (sitting.day, sitting.live, sitting.activity.id))
    spans = [(sitting.live.start, sitting.live.end) for sitting in sittings]
    for number, sitting in enumerate(sittings):
        for person in sitting.activity.teachers if teachers else sitting.activity.pupils:
            days[person][sitting.day].append(number)
    role = "teacher" if teachers else "pupil"
    known = problem.staff_limits if teachers else problem.pupil_limits
    # People whose days are made of the same meetings under the same limits are judged once.
    judged: dict[tuple[int, ...], list[str]] = {}
    faults: dict[tuple[str, tuple[tuple[int, int], ...]], tuple[_Fault, ...]] = {}
    for person in sorted(days.keys() | known.keys()):
        mine = days.get(person, {})
        for day in range(problem.grid.days):
            who = (problem.school, f"{role} {person}", day_name(day))
            numbers = tuple(mine.get(day, ()))
            if numbers not in judged:
                judged[numbers] = list(_clashes([sittings[number] for number in numbers]))
            for said in judged[numbers]:
                yield Finding(f"timetable.{role}_clash", f"{who[1]} on {who[2]} {said}", where=who)
            limits = _limits(problem, person, day, teachers=teachers)
            if limits is None:
                said = f"nobody says which limits {role} {person}'s {day_name(day)} must hold to"
                yield Finding("timetable.limits", said, Status.UNVERIFIED, who)
                continue
            key = (limits.id, tuple([spans[number] for number in numbers]))
            if key not in faults:
                faults[key] = tuple(_day(limits, tuple(sittings[number].live for number in numbers)))
            for fault in faults[key]:
                yield _finding(who, limits, fault)


def _limits(problem: TimetableProblem, person: str, day: int, *, teachers: bool) -> Limits | None:
    if teachers:
        week = problem.staff_limits.get(person, ())
        return problem.limits.get(week[day]) if day < len(week) else None
    return problem.limits.get(problem.pupil_limits.get(person, ""))


def _clashes(mine: list[_Sitting]) -> Iterator[str]:
    for i, j in overlaps([sitting.taken for sitting in mine]):
        a, b = mine[i], mine[j]
        if a.activity.id != b.activity.id:
            yield f"is due at {a.activity.id} {a.taken} and at {b.activity.id} {b.taken}"


def _finding(who: tuple[str, ...], limits: Limits, fault: _Fault) -> Finding:
    clauses = {limits.clauses[field] for field in fault.fields if field in limits.clauses}
    return Finding(
        fault.code,
        f"{who[1]} on {who[2]}: {fault.said}",
        where=who,
        value=fault.value,
        limit=fault.limit,
        unit="" if fault.limit is None else "minutes",
        clauses=tuple(sorted(clauses)),
    )


def _day(limits: Limits, live: tuple[Span, ...]) -> Iterator[_Fault]:
    """Yield the limits that one day of live minutes breaks."""
    yield from _window(limits, live)
    minutes = sum(span.minutes for span in live)
    if limits.most_live is not None and minutes > limits.most_live:
        said = f"{minutes} live minutes; {limits.most_live} are the most"
        yield _Fault("timetable.most_live", said, ("most_live",), minutes, limits.most_live)
    if limits.longest_live is not None:
        unbroken, when = longest_unbroken(live, limits.least_break)
        if unbroken > limits.longest_live:
            said = f"{unbroken} live minutes unbroken, {when}; {limits.longest_live} are the most"
            yield _Fault(
                "timetable.unbroken", said, ("longest_live", "least_break"), unbroken, limits.longest_live
            )
    yield from _meals(limits, live)


def _window(limits: Limits, live: tuple[Span, ...]) -> Iterator[_Fault]:
    for span in live:
        if limits.window is None:
            yield _Fault("timetable.window", f"a meeting {span} on a day not worked", ("window",))
        elif span.start < limits.window.start or span.end > limits.window.end:
            said = f"a meeting {span} outside the day's window, {limits.window}"
            yield _Fault("timetable.window", said, ("window",))


def _meals(limits: Limits, live: tuple[Span, ...]) -> Iterator[_Fault]:
    if limits.lunch and limits.lunch_minutes:
        most = longest_free(live, limits.lunch)
        if most < limits.lunch_minutes:
            said = f"{most} free minutes for lunch between {limits.lunch}; {limits.lunch_minutes} are due"
            yield _Fault("timetable.lunch", said, ("lunch", "lunch_minutes"), most, limits.lunch_minutes)
    if limits.preparation and limits.window:
        left = preparation_left(live, limits.window, limits.lunch, limits.lunch_minutes)
        if left < limits.preparation:
            said = f"{left} free minutes for preparation, lunch apart; {limits.preparation} are due"
            yield _Fault("timetable.preparation", said, ("preparation", "window"), left, limits.preparation)
