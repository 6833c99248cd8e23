"""Accounts and the trail. Every write by a person stores its event in the same transaction."""

from __future__ import annotations

from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from schoolday.ground.errors import SchooldayError
from schooldesk import clock, scope
from schooldesk.people.models import AccessLog, Event, Role, Staff
from schooldesk.roster import reads as roster
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
    side: str = "",
    called: tuple[str, str] = ("", ""),
    who: str = "command line",
) -> Staff:
    """Make an account for a member of staff; `called` is the given and family name of who is on no roster.

    Raises
    ------
    SchooldayError
        If the district, the role, the person, a school, the side or the password will not do, or the name
        is taken.
    """
    users = get_user_model()
    with scope.district(district), transaction.atomic():
        _fits_table(role, side, bool(sourced or schools))
        _fits(district, username, role, sourced, schools)
        if users.objects.filter(username=username).exists():
            raise SchooldayError(f"the name {username!r} is taken; choose another")
        _strong(password)
        user = users.objects.create_user(
            username, password=password, is_staff=role == Role.PLANNER,
            first_name=called[0], last_name=called[1],
        )  # fmt: skip
        staff = Staff.objects.create(
            user=user, district_id=district, role=role, sourced=sourced, schools=list(schools), side=side
        )
        record(district, who, "staff.added", username=username, role=role)
    return staff


def _fits(district: str, username: str, role: str, sourced: str, schools: tuple[str, ...]) -> None:
    """Refuse a role that nobody has, and people and schools that the standing roster does not know."""
    home = roster.district(district)
    if home is None or home.roster_id is None:
        raise SchooldayError(f"no roster of {district!r} stands; load it first: schooldesk load")
    if role not in Role.values:
        raise SchooldayError(f"{role!r} is no role; roles are {', '.join(Role.values)}")
    if role in (Role.TEACHER, Role.PROVIDER) and not sourced:
        raise SchooldayError(f"a {role} sees their own day: say who they are on the roster with --person ID")
    if role in (Role.PRINCIPAL, Role.CLERK, Role.CASES) and not schools:
        named = Role(role).label.lower()
        raise SchooldayError(
            f"{'an' if role == Role.CLERK else 'a'} {named} sees their schools: name each with --school ID"
        )
    if sourced:
        _one_of_the_staff(home, sourced)
    elif roster.staff_member(home, username) is not None:
        # On the record such an account would be the other person.
        raise SchooldayError(f"the name {username!r} is somebody's id on the roster; choose another")
    known = sorted(school.id for school in roster.schools(home))
    for school in set(schools) - set(known):
        raise SchooldayError(
            f"no school {school!r} stands on the roster of {district!r}; there are {_some(known)}"
        )


def _fits_table(role: str, side: str, of_schools: bool) -> None:
    """Refuse a side of the table without a name, and one for anybody else; a table's people see no school."""
    if role == Role.PARTY and not side:
        raise SchooldayError("a party sees what its side may: name it with --side, as the table's files do")
    if role != Role.PARTY and side:
        raise SchooldayError(f"a {role} takes no side of the table; only a party has --side")
    if role in (Role.PARTY, Role.MEDIATOR) and of_schools:
        raise SchooldayError(f"a {role} sees the table and no school: leave out --person and --school")


def _one_of_the_staff(home: District, sourced: str) -> None:
    if roster.staff_member(home, sourced) is None:
        raise SchooldayError(
            f"nobody of the staff on the roster of {home.pk!r} has the id {sourced!r}; "
            "it is the sourcedId in users.csv"
        )
    there = Staff.objects.filter(district=home, sourced=sourced).select_related("user").first()
    if there is not None:
        raise SchooldayError(f"{sourced!r} has an account already: {there.user.get_username()}")


def _some(ids: list[str]) -> str:
    """Return a few ids, and how many more there are."""
    more = f" and {len(ids) - 8} more" if len(ids) > 8 else ""
    return ", ".join(ids[:8]) + more


def _strong(password: str) -> None:
    try:
        validate_password(password)
    except ValidationError as error:
        raise SchooldayError(" ".join(error.messages)) from None
