"""Build a grade's plan of minutes from the standing rules: the minutes program, asked in order.

The total is exactly the least that the rules require. Of it:

* with a floor of live minutes the plan holds exactly the least that meets it, in steps of five minutes;
* with a ceiling in minutes, the most that it allows;
* with a ceiling that is only a share of the day, the most that meetings of equal length allow: nobody
  promised that number to anyone, so a plain day of equal meetings counts for more than its last minutes;
* with neither, the meetings of the district's shape in full.

In person the total is shared over the same meetings, all of it in class: what rules say of live minutes and
of independent work speaks of learning from a distance, and shapes no such day.

Meetings are as equal in length as that leaves them. Every minute taken from live is independent work.
"""

from __future__ import annotations

from dataclasses import replace

from schoolday.ground.errors import NoProgram, NotInForce
from schoolday.program.plan import DayPlan, Format, Line
from schoolday.program.price import prices
from schoolday.program.question import NO_RECESS, Question, question
from schoolday.program.shape import DEFAULT, Shape
from schoolday.program.solve import Costs, Minutes, Program, conflict
from schoolday.rules import Standing, Way

TOTAL = "total_minutes"
OF_ANY_DAY = frozenset({TOTAL, NO_RECESS})
"""What shapes a day in person."""
REMAINDER = "remainder"
"""The key of the line of odd independent minutes that a pupil's courses cannot share evenly."""


def build(
    standing: Standing,
    *,
    grade: str,
    kind: str,
    courses: int = 6,
    way: Way = Way.DISTANCE,
    shape: Shape = DEFAULT,
) -> DayPlan:
    """Return the plan of minutes of one grade on the date of the standing rules.

    Parameters
    ----------
    standing
        The rules in force on the date in the place.
    grade, kind
        The grade, and ``homeroom`` (a self-contained class) or ``scheduled`` (courses pupils choose).
    courses
        How many courses a pupil takes where classes are scheduled.
    way
        Distance, independent study, in person, or hybrid: a day of the same meetings, in the room for those
        whose day it is and by link for the others, and of work on one's own.
    shape
        The district's choice of meetings.

    Raises
    ------
    NotInForce
        If no rule in force says how long the day is.
    NoProgram
        If no plan holds to all clauses; its words name the smallest set of them in conflict.
    """
    if way is Way.HYBRID and standing.limit("total_minutes", grade=grade, way=Way.DISTANCE).low is None:
        said = "on a hybrid program's days at home pupils are in distance learning, and no rule says how long"
        raise NotInForce("total_minutes", standing.day, f"{said} such a day is for grade {grade}")
    asked = question(standing, grade, kind, courses, way, shape)
    if way is Way.IN_PERSON:
        asked = replace(asked, demands=tuple(one for one in asked.demands if one.measure in OF_ANY_DAY))
    if not asked.asks(TOTAL, high=False):
        raise NotInForce(
            TOTAL,
            standing.day,
            f"no rule says how many minutes a day grade {grade} owes in the way {way.value}; "
            "a plan is not made from another date's rules",
        )
    minutes = _in_person(asked) if way is Way.IN_PERSON else _solve(asked)
    if minutes is None:
        raise _refusal(asked, standing, grade)
    return DayPlan(
        grade,
        standing.day,
        way,
        _lines(asked, minutes, way),
        courses if kind == "scheduled" else 1,
        asked.clauses,
        () if way is Way.IN_PERSON else prices(asked, floor=_floor(asked)),
        shape.groups if kind == "homeroom" else 1,
    )


def _floor(asked: Question) -> bool:
    return asked.asks("live_minutes", high=False) or asked.asks("live_share", high=False)


def _solve(asked: Question) -> Minutes | None:
    """Solve with meetings of one length where only a share speaks; else as equal as can be."""
    counted = asked.asks("live_minutes") or asked.asks("independent_minutes")
    return (None if counted else _ordered(asked, equal=True)) or _ordered(asked, equal=False)


def _ordered(asked: Question, *, equal: bool) -> Minutes | None:
    program = Program(asked, asked.demands)
    if equal:
        program.add(program.unequal, 0, 0)
    more = {place: -cost for place, cost in program.live.items()}
    wishes = [program.live, program.fewer] if _floor(asked) else [program.fewer, more]
    for wish in (program.total, *wishes, program.unequal, program.later):
        value = program.minimise(wish)
        if value is None:
            return None
        program.hold(wish, value)
    return program.answer()


def _in_person(asked: Question) -> Minutes | None:
    """Return the least total as independent minutes of no meeting: in person all of it is in class."""
    program = Program(asked, asked.demands)
    total: Costs = {program.at.independent: 1.0}
    for place in range(program.at.size):
        program.add({place: 1.0}, 0, 0)
    return None if program.minimise(total) is None else program.answer()


def _lines(asked: Question, minutes: Minutes, way: Way) -> tuple[Line, ...]:
    """Return the plan's lines; independent work belongs to whole classes, or to courses evenly."""
    if asked.strands[0].format is Format.SECTION:
        return _section_lines(asked, minutes, way)
    whole = [strand.key for strand in asked.strands if strand.format is Format.WHOLE]
    work = dict(zip(whole, shared(minutes.independent, len(whole), asked.shape.step), strict=True))
    lines = []
    for strand, live in zip(asked.strands, minutes.meetings, strict=True):
        mine = work.get(strand.key, 0)
        split = (0, 0, mine) if way is Way.IN_PERSON else (live, mine, 0)
        lines.append(Line(strand.key, strand.subject, strand.format, *split))
    return tuple(lines)


def _section_lines(asked: Question, minutes: Minutes, way: Way) -> tuple[Line, ...]:
    if way is Way.IN_PERSON:
        # Periods of a bell schedule are alike, and no minute that is owed may get lost between them.
        return (Line("section", "", Format.SECTION, 0, 0, -(-minutes.independent // asked.counts[0])),)
    each, odd = divmod(minutes.independent, asked.counts[0])
    line = Line("section", "", Format.SECTION, minutes.meetings[0], each, 0)
    if not odd:
        return (line,)
    return (line, Line(REMAINDER, "", Format.WHOLE, 0, odd, 0))


def shared(minutes: int, parts: int, step: int) -> tuple[int, ...]:
    """Share minutes in steps as evenly as can be, the first parts the longer; odd minutes go last."""
    steps, odd = divmod(minutes, step)
    least, more = divmod(steps, parts)
    found = [step * (least + (place < more)) for place in range(parts)]
    found[-1] += odd
    return tuple(found)


def _refusal(asked: Question, standing: Standing, grade: str) -> NoProgram:
    """Return the refusal in words, with the smallest set of clauses in conflict."""
    core = conflict(asked)
    said = [f"- {clause}: {_said(asked, clause)}" for clause in core]
    shape, size = asked.shape, sum(asked.counts)
    alone = "this clause cannot" if len(core) == 1 else f"these {len(core)} clauses cannot all"
    tail = "Without any one of them there is a plan (solved again without each)."
    return NoProgram(
        f"no plan of minutes for grade {grade} on {standing.day.isoformat()}: {alone} be met in "
        f"{size} live meetings of {shape.least} to {shape.meeting} minutes, the district's shape:\n"
        + "\n".join(said)
        + f"\n{tail if len(core) > 1 else 'Without it there is a plan (solved again).'}",
        core,
    )


def _said(asked: Question, clause: str) -> str:
    said = dict.fromkeys(demand.said for demand in asked.demands if demand.clause == clause)
    return "; ".join(said)
