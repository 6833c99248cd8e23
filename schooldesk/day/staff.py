"""A household's page as staff see it, and the household's link."""

from __future__ import annotations

import re
from datetime import date

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from schooldesk.access import staff_of
from schooldesk.day import reads, writes
from schooldesk.day import request as composed
from schooldesk.people.models import Role, Staff
from schooldesk.people.policies import may_see_household
from schooldesk.people.writes import log_read
from schooldesk.roster import reads as roster

_HERE = re.compile(rb'<form class="here".*?</form>\n', re.DOTALL)


@staff_of(Role.TEACHER, Role.PROVIDER, Role.PRINCIPAL, Role.PLANNER)
@require_safe
def household(request: HttpRequest, staff: Staff, number: int, day: date) -> HttpResponse:
    """Show a household's day; a reader who is not assigned to any of its pupils is logged."""
    house = _household(staff, number)
    assigned = staff.sourced in roster.section_staff(staff.district, house)
    if not (assigned or may_see_household(staff, house)):
        raise PermissionDenied
    stored = reads.page(number, day)
    stored = stored or composed.page(staff.district_id, number, day, "")
    if stored is None:
        raise Http404
    if not assigned:
        log_read(staff.district_id, staff.user.get_username(), number, day.isoformat())
    # "I'm here" is the family's to say.
    body = _HERE.sub(b"", stored.page.plain())
    answer = HttpResponse(body, content_type="text/html; charset=utf-8")
    answer["Cache-Control"] = "private, no-store"
    return answer


@staff_of(Role.TEACHER, Role.PROVIDER, Role.PRINCIPAL, Role.PLANNER)
@require_safe
def start(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """Go to the household's today: where its page's own "today" leads."""
    day = composed.nearest(staff.district_id)
    if day is None:
        raise Http404
    return HttpResponseRedirect(f"{day.isoformat()}/")


@staff_of(Role.TEACHER, Role.PROVIDER, Role.PRINCIPAL, Role.PLANNER)
@require_safe
def more(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """Go to the desk's part about the household: where its page's "calendar" leads."""
    return redirect("/desk/?" + urlencode({"household": _household(staff, number)}))


@staff_of(Role.PRINCIPAL, Role.PLANNER)
@require_POST
def renew(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """Take back a household's links and show a fresh one, once."""
    house = _governed(staff, number)
    token = writes.renew_link(staff.district_id, number, staff.user.get_username())
    address = request.build_absolute_uri(f"/h/{token}/")
    return render(request, "people/link.html", {"address": address, "household": house})


@staff_of(Role.PRINCIPAL, Role.PLANNER)
@require_POST
def revoke(request: HttpRequest, staff: Staff, number: int) -> HttpResponse:
    """Take back a household's links."""
    _governed(staff, number)
    writes.revoke_links(staff.district_id, number, staff.user.get_username())
    return redirect("/desk/")


def _household(staff: Staff, number: int) -> str:
    house = roster.household_id(staff.district, number)
    if house is None:
        raise Http404
    return house


def _governed(staff: Staff, number: int) -> str:
    house = _household(staff, number)
    if not may_see_household(staff, house):
        raise PermissionDenied
    return house
