"""Accounts and the trail. Every write by a person stores its event in the same transaction."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from schoolday.ground.errors import SchooldayError
from schooldesk import clock, scope
from schooldesk.people.models import AccessLog, Event, Role, Staff
from schooldesk.roster.models import District


def record(district: str, who: str, what: str, **about: object) -> Event:
    """Store what somebody did; call it inside the transaction of the write."""
    event = Event(district_id=district, at=clock.now(), who=who, what=what, about=about)
    event.save()
    return event


def log_read(district: str, who: str, household: int, page: str) -> None:
    """Store that somebody not assigned to a household read its page."""
    AccessLog(district_id=district, at=clock.now(), who=who, household=household, page=page).save()


def add_staff(
    district: str,
    username: str,
    password: str,
    role: str,
    *,
    sourced: str = "",
    schools: tuple[str, ...] = (),
    who: str = "command line",
) -> Staff:
    """Make an account for a member of staff.

    Raises
    ------
    SchooldayError
        If the district, the role or the password will not do, or the name is taken.
    """
    users = get_user_model()
    if not District.objects.filter(pk=district).exists():
        raise SchooldayError(f"there is no district {district!r}; load its roster first")
    if role not in Role.values:
        raise SchooldayError(f"{role!r} is no role; roles are {', '.join(Role.values)}")
    if users.objects.filter(username=username).exists():
        raise SchooldayError(f"the name {username!r} is taken; choose another")
    try:
        validate_password(password)
    except ValidationError as error:
        raise SchooldayError(" ".join(error.messages)) from None
    with scope.district(district), transaction.atomic():
        user = users.objects.create_user(username, password=password, is_staff=role == Role.PLANNER)
        staff = Staff.objects.create(
            user=user, district_id=district, role=role, sourced=sourced, schools=list(schools)
        )
        record(district, who, "staff.added", username=username, role=role)
    return staff
