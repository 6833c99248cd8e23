"""A week of independent study in two districts, for tests of its pages; nothing here is a test."""

# ruff: noqa: PLC0415 - Django is set up while tests run

from __future__ import annotations

from typing import Any

MONDAY, TUESDAY, WEDNESDAY = "2026-09-07", "2026-09-08", "2026-09-09"
FRIDAY_EVENING = "2026-09-11T16:00"


def study(settings: Any) -> None:
    """Move both districts to a week of September 2026 without a plan, which the law of study judges."""
    from schooldesk.day import request
    from schooldesk.ledger import weeks
    from schooldesk.roster.models import District
    from tests.desk.emergencies import later

    later()
    District.objects.update(plan=None)
    for one in (request, weeks):
        one.forget()
    settings.NOW = FRIDAY_EVENING


def work(minutes: int | None, code: str = "submitted") -> dict[str, Any]:
    """Return what a script sends of handed-in work."""
    return {"kind": "work", "code": code, "first": None, "last": None, "minutes": minutes}


def account(name: str, role: str, district: str = "maple", **more: Any) -> None:
    from schooldesk.people.writes import add_staff
    from tests.desk.conftest import PASSWORD

    add_staff(district, name, PASSWORD, role, **more)
