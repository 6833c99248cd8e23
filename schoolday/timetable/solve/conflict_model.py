"""A part of a school's week as an exact CP-SAT model: small proofs, and lawful weeks for small parts.

The model is a relaxation in one point: meetings that fill their slots unevenly may be taken for less
unbroken than they are. So "impossible" always stands, and a week that is found is lawful only once the
independent check has said so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from ortools.sat.python import cp_model

from schoolday.ground.finding import broken
from schoolday.ground.spans import Span
from schoolday.timetable.check.week import check
from schoolday.timetable.problem import Activity, Limits, TimetableProblem
from schoolday.timetable.timetable import Placement, Timetable

SEED = 1


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether a part fits: True with a week that passed the check, False if proved not to, None if unknown.

    `effort` is what it took, in CP-SAT's deterministic time, which is the same on every machine.
    """

    fits: bool | None
    effort: float
    timetable: Timetable | None = None


@dataclass(frozen=True, slots=True)
class _Person:
    """People of one kind whose activities and limits are all the same, as one."""

    week: tuple[Limits, ...]
    activities: tuple[Activity, ...]


_Starts = dict[tuple[str, int, int], cp_model.IntVar]


def part(
    problem: TimetableProblem, activities: Iterable[str], people: frozenset[str] | None
) -> TimetableProblem:
    """Return the problem of some activities alone.

    Where `people` is given, everybody else only keeps the meetings inside their windows.
    """
    chosen = set(activities)
    mine = tuple(one for one in problem.activities if one.id in chosen)
    if people is None:
        staff = {name for one in mine for name in one.teachers}
        pupils = {name for one in mine for name in one.pupils}
        return _kept(problem, mine, staff, pupils)
    narrow = tuple(_narrowed(problem, one, people) for one in mine)
    staff = {name for one in narrow for name in one.teachers} | (people & problem.staff_limits.keys())
    pupils = {name for one in narrow for name in one.pupils}
    return _kept(problem, narrow, staff, pupils)


def _kept(
    problem: TimetableProblem, activities: tuple[Activity, ...], staff: set[str], pupils: set[str]
) -> TimetableProblem:
    return replace(
        problem,
        activities=activities,
        pupil_limits={name: problem.pupil_limits[name] for name in sorted(pupils)},
        staff_limits={name: problem.staff_limits[name] for name in sorted(staff)},
        pairs=(),
        away={},
    )


def _narrowed(problem: TimetableProblem, activity: Activity, people: frozenset[str]) -> Activity:
    """Leave the people out who only come along, but one of each set of limits, for the windows."""
    teachers = tuple(name for name in activity.teachers if name in people)
    pupils = [name for name in activity.pupils if name in people]
    seen = {problem.pupil_limits[name] for name in pupils}
    for name in activity.pupils:
        if problem.pupil_limits[name] not in seen:
            seen.add(problem.pupil_limits[name])
            pupils.append(name)
    others = tuple(name for name in activity.teachers if name not in people)
    return replace(activity, teachers=(*teachers, *others), pupils=tuple(sorted(pupils)))


def fits(problem: TimetableProblem, effort: float) -> Answer:
    """Say whether a problem has a lawful week, within an effort of CP-SAT's deterministic time."""
    model = cp_model.CpModel()
    starts = _starts(model, problem)
    for activity in problem.activities:
        _meetings(model, problem, activity, starts)
    for person in _people(problem):
        _person(model, problem, person, starts)
    _rooms(model, problem, starts)
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = SEED
    solver.parameters.max_deterministic_time = max(effort, 0.001)
    status = solver.solve(model)
    spent = float(solver.response_proto.deterministic_time)
    if status == cp_model.INFEASIBLE:
        return Answer(False, spent)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(None, spent)
    placed = sorted(Placement(*key) for key, var in starts.items() if solver.value(var))
    timetable = Timetable(problem.school, tuple(placed))
    lawful = not broken(check(problem, timetable))
    return Answer(True if lawful else None, spent, timetable if lawful else None)


def _starts(model: cp_model.CpModel, problem: TimetableProblem) -> _Starts:
    return {
        (activity.id, day, slot): model.new_bool_var("")
        for activity in problem.activities
        for day, slot in allowed(problem, activity)
    }


def allowed(problem: TimetableProblem, activity: Activity) -> Iterator[tuple[int, int]]:
    """Yield the days and slots at which an activity may start, as it and its people's windows say."""
    weeks = {problem.staff_limits[name] for name in activity.teachers}
    weeks |= {(problem.pupil_limits[name],) * problem.grid.days for name in activity.pupils}
    for day in activity.days:
        windows = [problem.limits[week[day]].window for week in sorted(weeks)]
        for slot in range(problem.grid.slots - activity.length + 1):
            live = _live(problem, activity, slot)
            if (activity.starts < 0 or activity.starts >> slot & 1) and all(
                window is not None and window.start <= live.start and live.end <= window.end
                for window in windows
            ):
                yield day, slot


def _live(problem: TimetableProblem, activity: Activity, slot: int) -> Span:
    start = problem.grid.start(slot)
    return Span(start, start + activity.minutes)


def _meetings(
    model: cp_model.CpModel, problem: TimetableProblem, activity: Activity, starts: _Starts
) -> None:
    week = [
        [starts[key] for slot in range(problem.grid.slots) if (key := (activity.id, day, slot)) in starts]
        for day in range(problem.grid.days)
    ]
    for day in week:
        model.add_at_most_one(day)
    model.add(sum(var for day in week for var in day) == activity.times)


def _people(problem: TimetableProblem) -> list[_Person]:
    """Return everybody, those with the same activities and limits only once."""
    mine: dict[tuple[str, str], list[Activity]] = defaultdict(list)
    for activity in problem.activities:
        for role, names in (("staff", activity.teachers), ("pupil", activity.pupils)):
            for name in names:
                mine[role, name].append(activity)
    found: dict[object, _Person] = {}
    for (role, name), activities in mine.items():
        days = problem.grid.days
        ids = problem.staff_limits[name] if role == "staff" else (problem.pupil_limits[name],) * days
        week = tuple(problem.limits[one] for one in ids)
        found[ids, tuple(one.id for one in activities)] = _Person(week, tuple(activities))
    for name, ids in problem.staff_limits.items():
        # Somebody without a meeting still needs room for lunch and preparation.
        if ("staff", name) not in mine:
            found[ids, ()] = _Person(tuple(problem.limits[one] for one in ids), ())
    return list(found.values())


def _person(model: cp_model.CpModel, problem: TimetableProblem, person: _Person, starts: _Starts) -> None:
    for day, limits in enumerate(person.week):
        mine = [
            (activity, slot, var)
            for activity in person.activities
            for slot in range(problem.grid.slots)
            if (var := starts.get((activity.id, day, slot))) is not None
        ]
        for slot in range(problem.grid.slots):
            model.add_at_most_one(var for one, at, var in mine if at <= slot < at + one.length)
        if limits.most_live is not None:
            model.add(sum(one.minutes * var for one, _, var in mine) <= limits.most_live)
        if limits.longest_live is not None:
            _unbroken(model, problem, limits, mine)
        _rests(model, problem, limits, mine)


_Mine = Sequence[tuple[Activity, int, cp_model.IntVar]]


def _unbroken(model: cp_model.CpModel, problem: TimetableProblem, limits: Limits, mine: _Mine) -> None:
    """So many slots in a row as last too long may not all be taken by meetings without a break after."""
    pitch, longest = problem.grid.pitch, limits.longest_live
    tight = [
        (one, at, var)
        for one, at, var in mine
        if one.length * pitch - one.minutes < max(limits.least_break, 1)
    ]
    left = max((one.length * pitch - one.minutes for one, _, _ in tight), default=0)
    run = ((longest or 0) + left) // pitch + 1
    for first in range(problem.grid.slots - run + 1):
        slots = range(first, first + run)
        taken = [
            len(set(slots) & set(range(at, at + one.length))) * var
            for one, at, var in tight
        ]  # fmt: skip
        model.add(sum(taken) <= run - 1)


def _rests(model: cp_model.CpModel, problem: TimetableProblem, limits: Limits, mine: _Mine) -> None:
    """One place for lunch and one for preparation, apart from each other and from every meeting."""
    minutes = limits.lunch_minutes if limits.lunch else 0
    prepare = limits.preparation or 0 if limits.window else 0
    ends = {problem.grid.start(at) + one.minutes for one, at, _ in mine}
    edges = ends | {span.start for span in (limits.lunch, limits.window) if span}
    lunches = _places(edges | {edge + prepare for edge in edges}, limits.lunch, minutes)
    prepared = _places(edges | {edge + minutes for edge in edges}, limits.window, prepare)
    eat = _choose(model, problem, lunches, mine) if minutes else []
    work = _choose(model, problem, prepared, mine) if prepare else []
    for span, var in eat:
        model.add(sum(other for there, other in work if there.meets(span)) == 0).only_enforce_if(var)


def _places(edges: set[int], within: Span | None, minutes: int) -> list[Span]:
    if within is None or not minutes:
        return []
    return [
        Span(edge, edge + minutes)
        for edge in sorted(edges)
        if within.start <= edge and edge + minutes <= within.end
    ]


def _choose(
    model: cp_model.CpModel, problem: TimetableProblem, places: list[Span], mine: _Mine
) -> list[tuple[Span, cp_model.IntVar]]:
    chosen = [(span, model.new_bool_var("")) for span in places]
    model.add_exactly_one(var for _, var in chosen) if chosen else model.add_bool_or([])
    for span, var in chosen:
        busy = [other for one, at, other in mine if _live(problem, one, at).meets(span)]
        model.add(sum(busy) == 0).only_enforce_if(var)
    return chosen


def _rooms(model: cp_model.CpModel, problem: TimetableProblem, starts: _Starts) -> None:
    for place, rooms in sorted(problem.rooms.items()):
        there = [one for one in problem.activities if one.place == place]
        for day in range(problem.grid.days if len(there) > rooms else 0):
            for slot in range(problem.grid.slots):
                taken = [
                    starts[key]
                    for one in there
                    for at in range(slot - one.length + 1, slot + 1)
                    if (key := (one.id, day, at)) in starts
                ]
                model.add(sum(taken) <= rooms)
