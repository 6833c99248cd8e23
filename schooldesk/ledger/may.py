"""Who may write of whom: a teacher of own sections, a provider of own services, a principal, a planner."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from schoolday.roster import Pupil, Roster
from schooldesk.day.request import school_roster
from schooldesk.ledger import former, reads
from schooldesk.people.models import Role, Staff
from schooldesk.people.policies import schools_seen


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
    if answers_for(staff, of.school):
        return True
    if staff.role not in (Role.TEACHER, Role.PROVIDER) or not staff.sourced:
        return False
    if of.is_service:
        named = set(of.own.values())
        return any(of.roster.services[one].provider == staff.sourced for one in named)
    return staff.sourced in of.roster.teachers_of.get(of.activity, ())


def answers_for(staff: Staff, school: str) -> bool:
    """Whether they answer for a school: its principal, and planners for all."""
    seen = schools_seen(staff)
    return seen is None or school in seen


def may_see_week(staff: Staff, school: str, teacher: str) -> bool:
    """Whether they may see a teacher's week: their own, their school's, or any as a planner."""
    return (bool(staff.sourced) and staff.sourced == teacher) or answers_for(staff, school)
