"""Say what nobody told, where the judge's verdict rests on it: missing evidence is unverified, not zero."""

from __future__ import annotations

from collections.abc import Iterator

from schoolday.ground.finding import Finding, Status
from schoolday.roster import Roster
from schoolday.timetable.plan import Plan


def check_evidence(roster: Roster, plan: Plan) -> Iterator[Finding]:
    """Yield one unverified finding for each kind of side file that lacks what a plan is judged by.

    The place of a district is not among them: without it no rule stands, and nothing is judged at all.
    Rooms are not, either: each kind that nobody counted is named where it is used.
    """
    for side, said, missing in (*_times(roster, plan), *_promises(roster)):
        if missing:
            mend = f"add schoolday/{side}.csv, or what it lacks; docs/reference/side-files.md describes it"
            where = (roster.district, f"{side}.csv")
            yield Finding("day.no_evidence", said, Status.UNVERIFIED, where, missing, mend=mend)


def _times(roster: Roster, plan: Plan) -> Iterator[tuple[str, str, int]]:
    """Yield the schools without bells, and the teachers without a contract."""
    schools = len(plan.weeks.keys() - roster.bells.keys())
    said = f"nobody says which bells {schools} of {len(plan.weeks)} schools have, so their hours are assumed"
    yield "bells", said, schools
    staff = {name for week in plan.weeks.values() for name in week.problem.staff_limits}
    free = len(staff - roster.contracts.keys())
    said = (
        f"nobody says which hours the contracts of {free} of {len(staff)} teachers hold, so any hour will do"
    )
    yield "contracts", said, free


def _promises(roster: Roster) -> Iterator[tuple[str, str, int]]:
    """Yield the pupils of a district without any service, and the year without any day off."""
    said = "no service of an IEP is known, so nobody can say whether the weeks hold what is promised"
    yield "services", said, 0 if roster.services else len(roster.pupils)
    off = len(roster.calendar.holidays) + len(roster.calendar.preparation)
    said = "no holiday or preparation day is known, so every weekday is taken for a school day"
    yield "calendar", said, 0 if off else 1
