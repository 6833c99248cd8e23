"""What shapes a school's week, by name: clauses, contracts, people, promised services and rooms.

Each reason can be taken out of a problem, to ask whether the week would fit without it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from schoolday.ground.spans import Span
from schoolday.timetable.problem import Activity, Limits, TimetableProblem, What

FEW_PUPILS = 12
"""With more pupils than these in question, that no pupil can be in two places is one reason for all."""

ALL_PUPILS = "pupils"
_FIELDS = ("window", "most_live", "longest_live", "least_break", "lunch", "preparation")
_ALSO = {"lunch": ("lunch_minutes", "lunch_from", "lunch_until"), "window": ("day_start", "day_end")}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing that stands in the way, and what it sets here.

    `id` is the clause's id (``rule@date``), or ``contract:<staff>``, ``teacher:<staff>``,
    ``pupil:<pupil>``, ``service:<service>`` or ``room:<kind>``. `verified` says that the part of the
    week in question was solved, and passed the check, without this reason and with all the others.
    """

    id: str
    said: str
    verified: bool = False


def reasons(problem: TimetableProblem) -> list[Reason]:
    """Return every reason that shapes a problem, in a fixed order, each with what it sets."""
    found: dict[str, list[str]] = {}
    for limits in sorted(_used(problem), key=lambda limits: limits.id):
        for field in _FIELDS:
            for name in _names(limits, field):
                said = found.setdefault(name, [])
                if (words := _words(limits, field)) not in said:
                    said.append(words)
    listed = [Reason(name, "; ".join(said)) for name, said in found.items()]
    return [*listed, *_structure(problem)]


def without(problem: TimetableProblem, gone: frozenset[str]) -> TimetableProblem:
    """Return the problem as it would be without the named reasons."""
    day = Span(problem.grid.start(0), problem.grid.start(problem.grid.slots))
    limits = {name: _loosened(one, gone, day) for name, one in problem.limits.items()}
    activities = [one for one in problem.activities if f"service:{one.source}" not in gone]
    loose = replace(problem, limits=limits, activities=tuple(activities))
    return _apart(_roomy(loose, gone), gone)


def _used(problem: TimetableProblem) -> list[Limits]:
    ids = set(problem.pupil_limits.values()) | {one for week in problem.staff_limits.values() for one in week}
    return [problem.limits[name] for name in sorted(ids)]


def _names(limits: Limits, field: str) -> list[str]:
    """Return the ids of the clauses behind a field that is set; its own name where none is said."""
    value = getattr(limits, field)
    if field == "least_break":
        return [limits.clauses[field]] if field in limits.clauses and limits.longest_live else []
    if field != "window" and not value:
        return []
    names = [limits.clauses[key] for key in (field, *_ALSO.get(field, ())) if key in limits.clauses]
    return sorted(set(names)) or [f"{limits.id}.{field}"]


_SAID: dict[str, Callable[[Limits], str]] = {
    "window": lambda one: f"meetings lie within {one.window}" if one.window else "no work on some days",
    "most_live": lambda one: f"at most {one.most_live} live minutes a day",
    "longest_live": lambda one: f"at most {one.longest_live} live minutes unbroken",
    "least_break": lambda one: f"a break lasts at least {one.least_break} minutes",
    "lunch": lambda one: f"{one.lunch_minutes} minutes of lunch within {one.lunch}",
    "preparation": lambda one: f"{one.preparation} minutes of preparation a day",
}


def _words(limits: Limits, field: str) -> str:
    return _SAID[field](limits)


def _structure(problem: TimetableProblem) -> Iterator[Reason]:
    """Yield the reasons that are facts: people, promised services, rooms."""
    for teacher, mine in _meeting(problem, "teachers").items():
        if len(mine) > 1:
            times = sum(one.times for one in mine)
            said = f"{teacher} teaches {times} meetings a week and can be in one place at a time"
            yield Reason(f"teacher:{teacher}", said)
    pupils = {name: mine for name, mine in _meeting(problem, "pupils").items() if len(mine) > 1}
    if len(pupils) > FEW_PUPILS:
        yield Reason(ALL_PUPILS, "no pupil can be in two meetings at a time")
    else:
        for pupil, mine in pupils.items():
            times = sum(one.times for one in mine)
            said = f"{pupil} has {times} meetings a week and can be in one at a time"
            yield Reason(f"pupil:{pupil}", said)
    services = {one.source: one for one in problem.activities if one.what is What.SERVICE}
    for source, one in services.items():
        said = f"{one.title} is owed {one.times} times a week, {one.minutes} minutes each"
        yield Reason(f"service:{source}", said)
    for place in sorted({one.place for one in problem.activities} & problem.rooms.keys()):
        yield Reason(f"room:{place}", f"there are {problem.rooms[place]} of the kind {place}")


def _meeting(problem: TimetableProblem, role: str) -> dict[str, list[Activity]]:
    found: dict[str, list[Activity]] = {}
    for one in problem.activities:
        for name in getattr(one, role):
            found.setdefault(name, []).append(one)
    return dict(sorted(found.items()))


def _loosened(limits: Limits, gone: frozenset[str], day: Span) -> Limits:
    loose: dict[str, object] = {}
    free = {"window": day, "least_break": 0}
    for field in _FIELDS:
        if gone.intersection(_names(limits, field)):
            loose[field] = free.get(field)
    return replace(limits, **loose) if loose else limits  # type: ignore[arg-type]


def _roomy(problem: TimetableProblem, gone: frozenset[str]) -> TimetableProblem:
    rooms = {
        place: len(problem.activities) if f"room:{place}" in gone else number
        for place, number in problem.rooms.items()
    }
    return replace(problem, rooms=rooms)


def _apart(problem: TimetableProblem, gone: frozenset[str]) -> TimetableProblem:
    """Let people be in two places at once, by making another person of them for each activity."""
    staff, pupils = dict(problem.staff_limits), dict(problem.pupil_limits)

    def names(role: str, people: tuple[str, ...], activity: str) -> tuple[str, ...]:
        every = role == "pupil" and ALL_PUPILS in gone
        return tuple(f"{p}#{activity}" if every or f"{role}:{p}" in gone else p for p in people)

    activities = []
    for one in problem.activities:
        teachers, mine = names("teacher", one.teachers, one.id), names("pupil", one.pupils, one.id)
        staff.update((new, staff[old]) for new, old in zip(teachers, one.teachers, strict=True))
        pupils.update((new, pupils[old]) for new, old in zip(mine, one.pupils, strict=True))
        activities.append(replace(one, teachers=teachers, pupils=mine))
    return replace(problem, activities=tuple(activities), staff_limits=staff, pupil_limits=pupils)
