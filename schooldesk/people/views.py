"""Sign in, sign out, and the page where staff begin."""

from __future__ import annotations

from django.contrib.auth import logout
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from schooldesk import clock
from schooldesk.access import public, signed_in
from schooldesk.bargaining.record import reads as bargaining
from schooldesk.ledger.substitutes import reads as substitutes
from schooldesk.people.models import Role, Staff
from schooldesk.people.policies import may_mediate, sees_table_alone
from schooldesk.roster import reads as roster

MOST_SHOWN = 8
"""More schools than these stand under one line of the front page."""

sign_in = public(LoginView.as_view(template_name="people/sign_in.html", redirect_authenticated_user=True))


@public
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("/")


@signed_in
@require_safe
def desk(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Show where a member of staff can go."""
    home = staff.district
    if sees_table_alone(staff):
        return _at_table(request, staff)
    if staff.role == Role.SUBSTITUTE:
        return render(request, "people/substitute.html", {"staff": staff, **_stands_in(staff)})
    asked = request.GET.get("household", "").strip()
    number = roster.numbers_of(home, [asked]).get(asked) if asked else None
    found = {
        "staff": staff,
        **_stands_in(staff),
        **_schools(staff),
        "asked": asked,
        "number": number,
        "households": roster.households_of(home, staff.sourced) if staff.sourced else [],
    }
    return render(request, "people/desk.html", found)


def _stands_in(staff: Staff) -> dict[str, object]:
    """Return for whom a member stands in, today or on days to come; it names no pupil."""
    home, today = staff.district, clock.today(staff.district.timezone)
    named = substitutes.named_to(staff, today)
    there = roster.staff(home, {one.teacher for one in named}) if named else {}
    names = {one.id: one.name for one in there.values()}
    schools = {one.id: one.name for one in roster.schools(home)} if named else {}
    return {"today": today, "stands_in": named, "teachers": names, "at_schools": schools}


def _schools(staff: Staff) -> dict[str, object]:
    """Return a member's own schools and the others, which are folded where they would fill a phone."""
    every = roster.schools(staff.district)
    rest = [one for one in every if one.id not in staff.schools]
    mine = [one for one in every if one.id in staff.schools]
    return {"mine": mine, "schools": rest, "folded": len(rest) > MOST_SHOWN}


def _at_table(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Lead whoever sits at a table to it; they see no school and no household."""
    today = clock.today(staff.district.timezone)
    found = {"staff": staff, "today": today, "tables": bargaining.standing(), "mediates": may_mediate(staff)}
    return render(request, "people/at_table.html", found)
