"""Check that a week holds the service minutes that are promised to each pupil."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from schoolday.ground.finding import Finding, Status
from schoolday.roster import Roster, Service
from schoolday.timetable.meeting import SchoolDay

FULL_WEEK = 5


def check_services(roster: Roster, days: Sequence[SchoolDay], *, met: bool = False) -> list[Finding]:
    """Return the services whose weekly minutes the days of one week do not hold.

    Only services of pupils at the days' schools are judged, and only those in force on one of the
    dates. Where it is in force on fewer than five of them (a short week, a service that begins on a
    Thursday) what is missing is advice to make it up, not a fault.

    Parameters
    ----------
    roster
        The services owed.
    days
        One week of one school, or of several.
    met
        Whether to return the services that are held as well.
    """
    placed, owed = _placed(days), _owed(roster)
    schools = sorted({day.school for day in days})
    dates = sorted({day.day for day in days})
    found = []
    for service in roster.services.values():
        pupil = roster.pupils.get(service.pupil)
        standing = sum(service.stands(day) for day in dates)
        if pupil is not None and pupil.school in schools and standing:
            meeting = (service.pupil, service.group or service.id)
            week = f"the week of {dates[0].isoformat()}"
            where = (pupil.school, f"pupil {service.pupil}", service.id, week)
            finding = _finding(service, where, placed[meeting], owed[meeting], standing < FULL_WEEK)
            if met or finding.status is not Status.MET:
                found.append(finding)
    return found


def _owed(roster: Roster) -> dict[tuple[str, str], int]:
    """Return the weekly minutes of each pupil in each meeting: two services in one group are added."""
    found: dict[tuple[str, str], int] = defaultdict(int)
    for service in roster.services.values():
        found[service.pupil, service.group or service.id] += service.minutes * service.times
    return found


def _placed(days: Sequence[SchoolDay]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = defaultdict(int)
    for day in days:
        for one in day.meetings:
            for pupil in one.pupils:
                found[pupil, one.source] += one.span.minutes
    return found


def _finding(service: Service, where: tuple[str, ...], minutes: int, owed: int, short: bool) -> Finding:
    status = Status.MET if minutes >= owed else Status.ADVICE if short else Status.BROKEN
    said = f"pupil {service.pupil} is owed {owed} minutes of {service.kind} a week; in {where[-1]} {minutes}"
    said += " are placed"
    if status is Status.ADVICE:
        said += "; fewer than five dates count"
    mend = f"place {owed - minutes} minutes more" if minutes < owed else ""
    return Finding("day.service", said, status, where, minutes, owed, "minutes", mend=mend)
