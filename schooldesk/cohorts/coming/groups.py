"""Small stable groups of a school, for its principal and the district's planners."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schoolday.ground.errors import SchooldayError
from schooldesk import clock
from schooldesk.access import staff_of
from schooldesk.cohorts import sentences
from schooldesk.cohorts.coming import reads
from schooldesk.people.models import Role, Staff
from schooldesk.people.writes import log_read
from schooldesk.roster import reads as roster

MOST_ROOMS = 200


@staff_of(Role.PRINCIPAL, Role.PLANNER)
@require_safe
def groups(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Form the small groups of a school when asked, as large as the rule in force on the date allows."""
    school = request.GET.get("school", "")
    there = roster.schools(staff.district)
    mine = [one for one in there if staff.role == Role.PLANNER or one.id in staff.schools]
    if school and school not in [one.id for one in there]:
        raise Http404
    if school and school not in [one.id for one in mine]:
        raise PermissionDenied
    needs = [name for name in request.GET.getlist("need") if name in sentences.NEEDS]
    found, wrong = None, ""
    try:
        found = _found(request, staff, school, needs) if school else None
    except SchooldayError as error:
        wrong = str(error)
    shared = {
        "staff": staff,
        "schools": mine,
        "school": school,
        "asked": needs if school else ["iep"],
        "rooms": request.GET.get("rooms", "4"),
        "day": request.GET.get("on", "") or clock.today(staff.district.timezone).isoformat(),
        "found": found,
        "wrong": wrong,
        "say": sentences,
    }
    return render(request, "cohorts/groups.html", shared, status=422 if wrong else 200)


def _found(request: HttpRequest, staff: Staff, school: str, needs: list[str]) -> reads.Groups:
    """Return the groups; whoever reads pupils' names there is logged."""
    rooms, day = request.GET.get("rooms", "4"), request.GET.get("on", "")
    if not needs:
        raise SchooldayError("choose at least one need: whose groups these are")
    if not rooms.isdecimal() or int(rooms) > MOST_ROOMS:
        raise SchooldayError(f"rooms are a whole number from 0 to {MOST_ROOMS}")
    try:
        asked = date.fromisoformat(day) if day else clock.today(staff.district.timezone)
    except ValueError:
        raise SchooldayError(f"{day!r} is not a date; write it as 2020-09-08") from None
    found = reads.groups(staff.district, school, needs, int(rooms), asked)
    log_read(staff.district_id, staff.user.get_username(), 0, f"small groups {school}"[:60])
    return found
