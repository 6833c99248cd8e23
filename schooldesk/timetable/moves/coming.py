"""Who comes to school by a move: those who did not choose to stay, where seats and conditions allow it."""

from __future__ import annotations

from datetime import date

from schoolday.cohorts import Cohorts, everybody
from schoolday.cohorts.check import crowded
from schoolday.cohorts.choice import Program, staying_home
from schoolday.conditions.effects import Opening
from schoolday.ground.errors import SchooldayError
from schoolday.rules import Way
from schooldesk import clock
from schooldesk.cohorts.models import Kind, Round
from schooldesk.cohorts.rounds import reads as rounds
from schooldesk.conditions.ahead import Ahead, ahead
from schooldesk.conditions.shown import Reason
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District
from schooldesk.timetable.reads import Planned

NO_RULE = "no rule opens schools then"
NAMED = 3
"""Classes or schools that a refusal names; the others it counts."""


def last_round(today: date) -> Round | None:
    """Return the last round of choices that has begun, or None."""
    begun = (row for row in rounds.rounds() if row.withdrawn is None and row.opens <= today)
    return max(begun, key=lambda row: (row.opens, row.pk), default=None)


def whole(home: District) -> Cohorts:
    """Return everybody at school, but those who chose to stay at home in the last round of choices."""
    pupils, today = roster.pupils(home), clock.today(home.timezone)
    row = last_round(today)
    if row is None:
        return everybody(pupils)
    paper = [one.pk for one in rounds.files(row, Kind.CHOICES)]
    said = rounds.choices(home, row, rounds.last_answer(row), paper)
    return everybody(pupils, staying_home(said, pupils, today, Program(row.otherwise)))


def held_to_seats(home: District, cohorts: Cohorts, day: date) -> None:
    """Refuse everybody at school where a class of the last round has fewer seats than pupils who come.

    Where nobody sent the seats of a round in, nothing is held against them.
    """
    row = last_round(clock.today(home.timezone))
    seats = rounds.files(row, Kind.SEATS) if row else []
    if not seats:
        return
    there = roster.whole(home)
    full = list(crowded(there, rounds.asked(home, seats[0]).seats, cohorts, there.enrolled(day)))
    if full:
        more = f", and {len(full) - NAMED} more" if len(full) > NAMED else ""
        raise SchooldayError(
            "not everybody has a seat: " + "; ".join(one.said for one in full[:NAMED])
            + f"{more}. Send seats.csv in again for whole classes, or ask for hybrid"
        )  # fmt: skip


def may_open(home: District, after: Planned, day: date) -> None:
    """Refuse a week in person that conditions do not allow for a grade who comes, by what is known today."""
    outside = ahead(home, clock.today(home.timezone)) if after.way is Way.IN_PERSON else None
    if outside is None:
        return
    closed = [one for one in _grades(home, after) if not outside.may_open(*one, day, Opening.IN_PERSON)]
    if closed:
        raise SchooldayError(_closed(home, outside, day, closed))


def _closed(home: District, outside: Ahead, day: date, closed: list[tuple[str, str]]) -> str:
    school, grade = closed[0]
    names = {one.id: one.name for one in roster.schools(home)}
    others = len(closed) - 1
    more = f" and for {others} more {'grade' if others == 1 else 'grades'} of schools" if others else ""
    said = " ".join(map(_said, outside.why(school, grade, day, Opening.IN_PERSON))) or NO_RULE
    where = f"at {names.get(school, school)} for grade {grade}{more}"
    return f"In person is not allowed on {day} {where}, as far as is known today: {said}"


def _grades(home: District, after: Planned) -> list[tuple[str, str]]:
    """Return the schools and grades of which somebody comes to school."""
    assert after.cohorts is not None
    staying = after.cohorts.at_home()
    pupils = roster.pupils(home).values()
    return sorted({(one.school, one.grade) for one in pupils if one.id in after.cohorts.of.keys() - staying})


def _said(reason: Reason) -> str:
    source = f" ({reason.why.source})" if reason.why.source else ""
    return f"{reason.why.verdict.said}{source}. The rule: {reason.clause.id} ({reason.clause.cite})."
