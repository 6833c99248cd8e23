"""Substitutes of a school: who stands in for whom in a week, name somebody, end it, take it back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods

from schoolday.ledger.week import dates_of, monday_of
from schooldesk import clock
from schooldesk.access import staff_of
from schooldesk.ledger import care
from schooldesk.ledger.opened import POSTED
from schooldesk.ledger.substitutes import reads, typed, writes
from schooldesk.ledger.substitutes.reads import Stand
from schooldesk.ledger.writes import by
from schooldesk.pages import Wrong, see
from schooldesk.people import reads as people
from schooldesk.people.models import Role, Staff

NAMERS = (Role.PRINCIPAL, Role.PLANNER)


@staff_of(*NAMERS)
@require_http_methods(POSTED)
def substitutes(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Show who stands in for whom at a school in a week; name somebody, change it, make an account."""
    school = care.school_of(request, staff).id
    if request.method != "POST":
        return _page(request, staff, school)
    try:
        if request.POST.get("do") == "account":
            return _account(request, staff, school)
        return see(_posted(request, staff, school))
    except Wrong as wrong:
        return _page(request, staff, school, wrong)


def _account(request: HttpRequest, staff: Staff, school: str) -> HttpResponse:
    person = typed.person(request.POST)
    password = writes.account(by(staff), staff.district, person)
    back = _address(staff, school, _monday(request, staff), request.GET.get("teacher", ""))
    found = {
        "person": person,
        "password": password,
        "back": f"{back}&{urlencode({'account': person.username})}",
    }
    return care.page(request, "substitutes/account.html", staff, found)


def _posted(request: HttpRequest, staff: Staff, school: str) -> str:
    """Do what a form asks, and return where to go on."""
    home, form, who = staff.district, request.POST, by(staff)
    if form.get("do") == "name":
        asked = typed.asked(form, home, school, request.GET.get("teacher", ""))
        number = writes.name(who, home, asked)
        return f"{_address(staff, school, monday_of(asked.first))}&done={number}#done"
    stand = _seen(request, staff, school)
    if form["do"] == "end":
        writes.end(who, home, stand, typed.ended(form, stand))
    elif form["do"] == "back":
        writes.take_back(who, home, stand)
    else:
        writes.undo(who, home, stand)
    return f"{_address(staff, school, _monday(request, staff))}&done={stand.number}#done"


def _seen(request: HttpRequest, staff: Staff, school: str) -> Stand:
    """Return the substitution that a form changes, as the form shows it."""
    form = request.POST
    number, change = form.get("number", ""), form.get("change", "")
    if form.get("do") not in ("end", "back", "undo") or not all(_is_number(one) for one in (number, change)):
        raise Http404
    stand = reads.one(staff.district, school, int(number))
    if stand is None or (form["do"] == "undo" and not stand.change):
        raise Http404
    # A form that shows an older change, as when its button is pressed twice, changes nothing.
    return replace(stand, change=int(change))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 12


def _monday(request: HttpRequest, staff: Staff) -> date:
    """Return the week that was asked for, else this one; one that is none is no page."""
    asked = request.GET.get("on", "")
    try:
        return monday_of(date.fromisoformat(asked) if asked else clock.today(staff.district.timezone))
    except (ValueError, OverflowError):
        raise Http404 from None


def _address(staff: Staff, school: str, monday: date, teacher: str = "") -> str:
    asked = {"school": school, "on": monday.isoformat()} | ({"teacher": teacher} if teacher else {})
    return f"/d/{staff.district_id}/substitutes/?{urlencode(asked)}"


def _page(request: HttpRequest, staff: Staff, school: str, wrong: Wrong | None = None) -> HttpResponse:
    home, monday = staff.district, _monday(request, staff)
    classes = typed.classes_of(home, school)
    teacher = request.GET.get("teacher", "")
    found: dict[str, Any] = {
        "school": school, "monday": monday, "stands": reads.of_school(home, school, *dates_of(monday)),
        "names": _names(staff, [*classes]), "classes": classes, "teacher": teacher,
        "titles": {key: title for own in classes.values() for key, title in own.items()},
        "candidates": reads.candidates(home) if teacher in classes else [],
        "at": _address(staff, school, monday, teacher), "here": _address(staff, school, monday),
        "before": _address(staff, school, monday - timedelta(days=7)),
        "after": _address(staff, school, monday + timedelta(days=7)), "done": request.GET.get("done", ""),
        "account": request.GET.get("account", ""),
    }  # fmt: skip
    return care.page(request, "substitutes/substitutes.html", staff, found, wrong)


def _names(staff: Staff, teachers: list[str]) -> dict[str, str]:
    found = people.called(staff.district, teachers)
    return dict(sorted(found.items(), key=lambda one: one[1]))
