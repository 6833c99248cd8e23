"""What the ledger's pages have in common: the page itself, its words, and the trail of who read it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse

from schoolday.ground.spans import clock as written
from schooldesk.ledger import lines, sentences
from schooldesk.pages import Wrong, answer
from schooldesk.people.models import Staff
from schooldesk.people.policies import schools_seen
from schooldesk.people.writes import log_read
from schooldesk.roster import reads as roster

POSTED = ["GET", "HEAD", "POST"]


def log(staff: Staff, own: bool, page: str) -> None:
    """Log that somebody read about pupils who are not their own; 0 is a list of many."""
    if not own:
        log_read(staff.district_id, staff.user.get_username(), 0, page[:60])


def page(
    request: HttpRequest,
    name: str,
    staff: Staff,
    found: Mapping[str, Any],
    wrong: Wrong | None = None,
    status: int = 0,
) -> HttpResponse:
    """Return a page of this room, with what was typed and what is wrong with it."""
    shared = {"say": sentences, "lines": lines, "written": written, **found}
    return answer(request, f"ledger/{name}.html", staff, shared, wrong, status)


def schools_of(staff: Staff) -> list[str]:
    """Return the schools whose weeks and meetings somebody may open: their own, or those they answer for."""
    seen = schools_seen(staff)
    if seen is None:
        return [one.id for one in roster.schools(staff.district)]
    member = roster.staff_member(staff.district, staff.sourced) if staff.sourced else None
    return [*dict.fromkeys((*seen, *(member.schools if member else ())))]
