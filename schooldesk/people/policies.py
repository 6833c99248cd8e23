"""What a member of staff may see beyond the pupils they are assigned to."""

from __future__ import annotations

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
