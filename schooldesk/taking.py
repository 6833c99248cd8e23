"""Take a roster and its plan in, both or neither."""

from __future__ import annotations

from datetime import date
from functools import partial
from pathlib import Path

from schoolday.files import rosters
from schoolday.files.plans import read_plan
from schoolday.ground.errors import RosterRefused, SchooldayError
from schoolday.ground.finding import broken
from schoolday.roster import Roster
from schoolday.rules import Way
from schoolday.timetable.dates import Dates
from schoolday.timetable.plan import Plan
from schooldesk import rows, scope
from schooldesk.ledger import former
from schooldesk.roster import reads as roster_reads
from schooldesk.roster import writes as roster_writes
from schooldesk.rules.reads import rulebook
from schooldesk.timetable import writes as timetable_writes
from schooldesk.timetable.moves import writes as moves

__all__ = ["read_plan", "read_roster", "size", "take", "take_move"]


def read_roster(path: Path, day: date) -> Roster:
    """Return the roster at a path as it is on a date; RosterRefused in words if it is broken."""
    reading = rosters.read_roster(path, day=day)
    if reading.roster is None:
        faults = broken(reading.findings)
        said = [f"{fault.spot or path}: {fault.said}" for fault in faults[:20]]
        rest = (
            [f"and {len(faults) - 20} more; `schoolday roster check` names them all"]
            if len(faults) > 20
            else []
        )
        raise RosterRefused("\n".join((f"{path} was not taken in; what stood before stands.", *said, *rest)))
    return reading.roster


def size(roster: Roster) -> int:
    """Return how many rows a roster is."""
    parts = (
        roster.households, roster.schools, roster.pupils, roster.staff,
        roster.sections, roster.enrollments, roster.teaching, roster.services,
    )  # fmt: skip
    return sum(len(part) for part in parts)


def take(roster: Roster, plan: Plan | None, *, who: str, report: rows.Report = rows.quiet) -> None:
    """Store a roster and the plan made for it, and switch to both in one step.

    Raises
    ------
    SchooldayError
        If the plan is of another district, of a way that no rule allows then, or names pupils that the
        roster does not; nothing changes then.
    """
    if plan is not None:
        _fits(roster, plan)
    version = roster_writes.load(roster, report=report)
    try:
        weeks = timetable_writes.load(plan, version) if plan is not None else None
    except BaseException:
        roster_writes.discard(roster.district)
        raise
    with scope.district(roster.district):
        # The version that stands is deleted then, and with it the names of those who have left.
        kept = former.lost_by(roster, version)
    roster_writes.switch(roster, version, weeks, who, partial(former.keep, kept))


def take_move(district: str, plan: Plan, first: date, why: str, *, who: str) -> None:
    """Take in a plan changed at the terminal as a move from a date on; it is adopted on its page.

    Raises
    ------
    SchooldayError
        If there is no roster, the plan is of another district or names pupils that the roster does not, or
        the date or the reason will not do.
    """
    with scope.district(district):
        home = roster_reads.district(district)
        if home is None or home.roster_id is None:
            raise SchooldayError(f"{district!r} has no roster and plan yet; `schooldesk load` them first")
        _fits(roster_reads.whole(home), plan)
        moves.take(home, plan, first, why, who)


def _fits(roster: Roster, plan: Plan) -> None:
    if plan.district != roster.district:
        raise SchooldayError(f"the plan is of {plan.district!r} and the roster of {roster.district!r}")
    if (plan.way in (Way.HYBRID, Way.IN_PERSON)) is not (plan.cohorts is not None):
        said = "a plan in hybrid or in person, and no other, says who is at school on which days"
        raise SchooldayError(f"{said}; make the plan again")
    # Refused now in words rather than at the first page that is composed.
    at = Dates(roster, rulebook(), plan.way, plan.cohorts)
    at.plans(plan.day)
    at.staying(plan.day)
    for school, week in plan.weeks.items():
        here = {one.id for one in roster.pupils_at.get(school, ())}
        strangers = sorted(set(week.problem.pupil_limits) - here)
        if strangers:
            raise SchooldayError(
                f"the plan of school {school} names pupil {strangers[0]}, whom the roster does not have "
                f"there ({len(strangers)} in all); make the plan again from this roster"
            )
