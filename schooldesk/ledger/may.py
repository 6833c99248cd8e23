"""Who may write of whom: a teacher of own sections, a provider of own services, a principal, a planner.

And on their days whoever stands in for a teacher: here alone it is asked whether somebody does.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from schoolday.roster import Pupil, Roster
from schooldesk.day.request import school_roster
from schooldesk.ledger import former, reads, weeks
from schooldesk.ledger.substitutes import reads as substitutes
from schooldesk.ledger.substitutes.reads import Stand
from schooldesk.people.models import Role, Staff
from schooldesk.people.policies import schools_seen
from schooldesk.roster.models import District


@dataclass(frozen=True)
class Taught:
    """What is taken at once: a section, a service or a group of services at a school, on a day.

    `own` is each pupil's own activity: in a group everybody has a service of their own. `gone` are those of
    whom something is recorded there and who have left the class since: it can still be corrected.
    """

    activity: str
    title: str
    school: str
    day: date
    is_service: bool
    roster: Roster
    own: Mapping[str, str]
    gone: Mapping[str, Pupil] = field(default_factory=dict)

    @property
    def pupils(self) -> list[Pupil]:
        """Those expected, by name."""
        known = {**self.roster.pupils, **self.gone}
        found = (known[one] for one in self.own if one in known)
        return sorted(found, key=lambda one: (one.family, one.given, one.id))


def taught(staff: Staff, activity: str, day: date) -> Taught | None:
    """Return what is taken, or None where the district has no such thing on that day."""
    home = staff.district
    school = reads.school_of(home, activity)
    roster = school_roster(home.pk, home.roster_id or 0, (school,)) if school else None
    if roster is None:
        return None
    section = roster.sections.get(activity)
    if section is not None:
        own = dict.fromkeys(roster.enrolled(day).get(activity, ()), activity)
        gone = _gone(staff, activity, day, own)
        own |= dict.fromkeys(gone, activity)
        return Taught(activity, section.title, school, day, False, roster, own, gone)
    served = [one for one in roster.services.values() if activity in (one.id, one.group) and one.stands(day)]
    if not served:
        return None
    return Taught(activity, served[0].kind, school, day, True, roster, {one.pupil: one.id for one in served})


def _gone(staff: Staff, section: str, day: date, own: Mapping[str, str]) -> Mapping[str, Pupil]:
    there = reads.of_activities(reads.zone_of(staff.district), {section}, day)
    left = {one.pupil for one in there if one.pupil not in own}
    return former.pupils(staff.district, left) if left else {}


def may_write(staff: Staff, of: Taught) -> bool:
    """Whether they may enter what happened there."""
    return teaches(staff, of) or any(_has(one, of) for one in substitutes.of_substitute(staff, of.day))


def teaches(staff: Staff, of: Taught) -> bool:
    """Whether it is theirs by the roster or their office, whoever stands in."""
    if answers_for(staff, of.school):
        return True
    if staff.role not in (Role.TEACHER, Role.PROVIDER) or not staff.sourced:
        return False
    if of.is_service:
        named = set(of.own.values())
        return any(of.roster.services[one].provider == staff.sourced for one in named)
    return staff.sourced in of.roster.teachers_of.get(of.activity, ())


def _has(stand: Stand, of: Taught) -> bool:
    """Whether a substitution is of this class; services stay with their provider."""
    teachers = of.roster.teachers_of.get(of.activity, ())
    return not of.is_service and stand.has(of.school, of.activity, teachers)


def stood_in(staff: Staff, of: Taught) -> bool:
    """Whether they stood in on that day, and may not write of it any more since their days are over."""
    named = substitutes.named_to(staff, of.day)
    return any(one.on(of.day) and _has(one, of) for one in named) and not may_write(staff, of)


def answers_for(staff: Staff, school: str) -> bool:
    """Whether they answer for a school: its principal, and planners for all."""
    seen = schools_seen(staff)
    return seen is None or school in seen


def weeks_seen(staff: Staff, school: str, monday: date) -> frozenset[str] | None:
    """Return the teachers whose week at a school they may see; None is all who have one."""
    return None if answers_for(staff, school) else certifies(staff, school, monday)


def certifies(staff: Staff, school: str, monday: date) -> frozenset[str]:
    """Return the teachers whose week at a school they certify: themselves, and whom a principal said."""
    own = {staff.sourced} if staff.sourced else set()
    return frozenset(own | {one.teacher for one in certified_by(staff, monday) if one.school == school})


def certified_by(staff: Staff, monday: date) -> list[Stand]:
    """Return the substitutions by which somebody certifies a week: they have all of its days and classes."""
    home, days = staff.district, weeks.days_of(staff.district, monday)
    named = substitutes.of_substitute(staff, days[0]) if days else []
    return [one for one in named if one.may_certify and one.on(days[-1]) and _has_all(home, one, monday)]


def _has_all(home: District, stand: Stand, monday: date) -> bool:
    """Whether a substitution is of everything that its teacher has at the school in a week."""
    roster = school_roster(home.pk, home.roster_id or 0, (stand.school,))
    own = weeks.teachers_of(home, stand.school, monday).get(stand.teacher, frozenset())
    teachers = roster.teachers_of if roster else {}
    return bool(own) and all(stand.has(stand.school, one, teachers.get(one, ())) for one in own)
