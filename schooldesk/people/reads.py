"""Who has an account, for those who must know who else sees what they see."""

from __future__ import annotations

from schooldesk.people.models import Role, Staff


def at_table(district: str) -> dict[str, list[str]]:
    """Return who of a district can sign in for each side of its tables; an empty side is the mediator."""
    rows = Staff.objects.filter(district=district, role__in=(Role.PARTY, Role.MEDIATOR), user__is_active=True)
    found: dict[str, list[str]] = {}
    for side, name in rows.order_by("user__username").values_list("side", "user__username"):
        found.setdefault(side, []).append(name)
    return found
