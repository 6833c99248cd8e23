"""Who has an account, for those who must know who else sees what they see, and what people are called."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from schooldesk.people.models import Role, Staff
from schooldesk.roster import reads as roster
from schooldesk.roster.models import District


def at_table(district: str) -> dict[str, list[str]]:
    """Return who of a district can sign in for each side of its tables; an empty side is the mediator."""
    rows = Staff.objects.filter(district=district, role__in=(Role.PARTY, Role.MEDIATOR), user__is_active=True)
    found: dict[str, list[str]] = {}
    for side, name in rows.order_by("user__username").values_list("side", "user__username"):
        found.setdefault(side, []).append(name)
    return found


def accounts(home: District, roles: Collection[str]) -> list[Staff]:
    """Return the accounts of some roles with which somebody can sign in."""
    rows = Staff.objects.filter(district=home, role__in=roles, user__is_active=True)
    return list(rows.select_related("user").order_by("user__username"))


def id_of(staff: Staff) -> str:
    """Return a person's id in the record; who is not on the roster is called by the account's name."""
    return str(staff.sourced or staff.user.get_username())


def names_of(home: District, some: Sequence[Staff]) -> dict[int, str]:
    """Return what people are called, by account: by the roster, else by the account."""
    ids = {one.sourced for one in some if one.sourced}
    there = roster.staff(home, ids) if ids else {}
    found = {}
    for one in some:
        member = there.get(one.sourced)
        own = member.name if member else one.user.get_full_name()
        found[one.pk] = own or one.user.get_username()
    return found


def called(home: District, ids: Collection[str]) -> dict[str, str]:
    """Return what people are called by their id: by the roster, else by the account, else by the id."""
    there = roster.staff(home, ids) if ids else {}
    others = unlisted(home) if there.keys() < set(ids) else {}
    return {one: there[one].name if one in there else others.get(one, one) for one in ids}


def unlisted(home: District) -> dict[str, str]:
    """Return what people with an account are called who are not on the roster, by their id in the record."""
    rows = Staff.objects.filter(district=home, sourced="").exclude(user__last_name="")
    return {one.user.get_username(): one.user.get_full_name() for one in rows.select_related("user")}
