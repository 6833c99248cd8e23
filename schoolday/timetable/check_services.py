"""Check that a week holds the service minutes that are promised to each pupil."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from schoolday.ground.finding import Finding, Status
from schoolday.roster import Roster, Service
from schoolday.timetable.meeting import SchoolDay

FULL_WEEK = 5


def check_services(roster: Roster, days: Sequence[SchoolDay], *, met: bool = False) -> list[Finding]:
    """Return the services whose weekly minutes the days of one week do not hold.

    Only services of pupils at the days' schools are judged, and only those in force on one of the
    dates. In a week of fewer than five dates what is missing is advice to make it up, not a fault.

    Parameters
    ----------
    roster
        The services owed.
    days
        One week of one school, or of several.
    met
        Whether to return the services that are held as well.
    """
    placed = _placed(days)
    schools = sorted({day.school for day in days})
    dates = sorted({day.day for day in days})
    found = []
    for service in roster.services.values():
        pupil = roster.pupils.get(service.pupil)
        if pupil is not None and pupil.school in schools and _in_force(service, dates[0], dates[-1]):
            names = {service.id, service.group} - {""}
            minutes = sum(placed.get((service.pupil, name), 0) for name in sorted(names))
            finding = _finding(service, pupil.school, minutes, len(dates) < FULL_WEEK)
            if met or finding.status is not Status.MET:
                found.append(finding)
    return found


def _placed(days: Sequence[SchoolDay]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = defaultdict(int)
    for day in days:
        for one in day.meetings:
            for pupil in one.pupils:
                found[pupil, one.source] += one.span.minutes
    return found


def _in_force(service: Service, first: date, last: date) -> bool:
    return (service.first is None or service.first <= last) and (
        service.last is None or first <= service.last
    )


def _finding(service: Service, school: str, minutes: int, short: bool) -> Finding:
    owed = service.minutes * service.times
    status = Status.MET if minutes >= owed else Status.ADVICE if short else Status.BROKEN
    said = f"pupil {service.pupil} is owed {owed} minutes of {service.kind} a week and {minutes} are placed"
    if status is Status.ADVICE:
        said += "; the week is short"
    mend = f"place {owed - minutes} minutes more" if minutes < owed else ""
    where = (school, f"pupil {service.pupil}", service.id)
    return Finding("day.service", said, status, where, minutes, owed, "minutes", mend=mend)
