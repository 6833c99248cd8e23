"""What the pages of services and re-engagement have in common: whose schools, the page, the log."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse

from schoolday.roster import School
from schooldesk.pages import Wrong, answer
from schooldesk.people.models import Staff
from schooldesk.people.policies import schools_looked_after
from schooldesk.roster import reads as roster


def schools_of(staff: Staff) -> dict[str, School]:
    """Return the schools that somebody looks after, by id, in the order of their names."""
    seen = schools_looked_after(staff)
    return {one.id: one for one in roster.schools(staff.district) if seen is None or one.id in seen}


def school_of(request: HttpRequest, staff: Staff) -> School:
    """Return the school that was asked for, else the first; another's is refused."""
    mine, asked = schools_of(staff), request.GET.get("school", "")
    if asked in mine:
        return mine[asked]
    if asked:
        if any(one.id == asked for one in roster.schools(staff.district)):
            raise PermissionDenied
        raise Http404
    if not mine:
        raise PermissionDenied
    return next(iter(mine.values()))


def page(
    request: HttpRequest,
    name: str,
    staff: Staff,
    found: Mapping[str, Any],
    wrong: Wrong | None = None,
    status: int = 0,
) -> HttpResponse:
    """Return a page, with what was typed and what is wrong with it; no cache keeps it."""
    shared = {"of": f"/d/{staff.district_id}", "schools": schools_of(staff), **found}
    made = answer(request, name, staff, shared, wrong, status)
    made["Cache-Control"] = "private, no-store"
    return made
