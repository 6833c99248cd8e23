"""What a member of staff may see beyond the pupils they are assigned to."""

from __future__ import annotations

from collections.abc import Collection

from schooldesk.people.models import Role, Staff
from schooldesk.roster import reads as roster


def may_see_household(staff: Staff, household: str) -> bool:
    """Whether it is the staff's office to see a household: a planner all, a principal their schools'."""
    if staff.role == Role.PLANNER:
        return True
    if staff.role != Role.PRINCIPAL:
        return False
    return bool(roster.household_schools(staff.district, household) & set(staff.schools))


def may_see_teacher(staff: Staff, who: str, schools: tuple[str, ...]) -> bool:
    """Whether they may see a teacher's day: their own, their school's as principal, any as planner."""
    if staff.sourced == who or staff.role == Role.PLANNER:
        return True
    return staff.role == Role.PRINCIPAL and bool(set(schools) & set(staff.schools))


def schools_seen(staff: Staff) -> tuple[str, ...] | None:
    """Return the schools whose pupils they answer for after an emergency; None is all of the district's."""
    if staff.role == Role.PLANNER:
        return None
    return tuple(staff.schools) if staff.role == Role.PRINCIPAL else ()


def schools_looked_after(staff: Staff) -> tuple[str, ...] | None:
    """Return the schools whose services or absences they look after; None is all of the district's."""
    if staff.role == Role.PLANNER:
        return None
    own = (Role.PRINCIPAL, Role.CLERK, Role.CASES)
    return tuple(staff.schools) if staff.role in own else ()


def sees_table_alone(staff: Staff) -> bool:
    """Whether they sit at the bargaining table, and see no household and no school."""
    return staff.role in (Role.PARTY, Role.MEDIATOR)


def may_see_small_groups(staff: Staff) -> bool:
    """Whether they may see counts of a few people, and words in which a person may stand: planners alone."""
    return staff.role == Role.PLANNER


def may_keep_limits(staff: Staff, sides: Collection[str]) -> bool:
    """Whether they are of a side of this table, which keeps limits and asks; nobody does it for a side."""
    return staff.role == Role.PARTY and staff.side in sides


def may_mediate(staff: Staff) -> bool:
    """Whether they see both sides' limits, and say how many questions there are."""
    return staff.role == Role.MEDIATOR


def may_enter_conditions(staff: Staff) -> bool:
    """Whether they enter, correct and undo what the district was told from outside: planners alone."""
    return staff.role == Role.PLANNER


def may_see_touched(staff: Staff, school: str) -> bool:
    """Whether they may see who is touched by a change at a school: its principal, and planners."""
    return staff.role == Role.PLANNER or (staff.role == Role.PRINCIPAL and school in staff.schools)
