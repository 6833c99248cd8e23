"""What pages for staff share in every room: what was typed and is wrong, a part of a list, the log."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from schooldesk import clock
from schooldesk.people.models import Staff
from schooldesk.people.writes import log_read
from schooldesk.roster import reads as roster

A_PAGE = 100
"""Lines on one page of a list."""


@dataclass(eq=False)
class Wrong(Exception):
    """What is wrong with one field of a form, in a sentence with its values, and what to do."""

    name: str
    said: str
    values: Mapping[str, str] = field(default_factory=dict)


def answer(
    request: HttpRequest,
    template: str,
    staff: Staff,
    found: Mapping[str, Any],
    wrong: Wrong | None = None,
    status: int = 0,
) -> HttpResponse:
    """Return a page, with what was typed and what is wrong; `found` goes before what all pages have."""
    home = staff.district
    shared = {
        "staff": staff, "home": home, "zone": home.timezone, "wrong": wrong,
        "typed": request.POST if wrong else {}, "today": clock.today(home.timezone),
        "schools": {one.id: one.name for one in roster.schools(home)},
    }  # fmt: skip
    return render(request, template, shared | dict(found), status=status or (422 if wrong else 200))


def see(address: str) -> HttpResponse:
    """Lead to a page after a form was taken, so that sending it again repeats nothing."""
    found = HttpResponseRedirect(address)
    found.status_code = 303
    return found


@dataclass(frozen=True)
class Part:
    """One page of a long list: its place, the last place, and the slice of the list."""

    place: int
    last: int
    size: int

    @property
    def slice(self) -> slice:
        """Which of the list it shows."""
        return slice((self.place - 1) * self.size, self.place * self.size)


def part(request: HttpRequest, count: int, size: int = 0) -> Part:
    """Return the page of a list of so many that was asked for; the nearest there is."""
    asked, size = request.GET.get("page", "1"), size or A_PAGE
    last = max(1, -(-count // size))
    place = int(asked) if asked.isascii() and asked.isdecimal() else 1
    return Part(min(last, max(1, place)), last, size)


def log(staff: Staff, pupils: Collection[str], page: str) -> None:
    """Log that somebody who teaches none of a household's pupils read about it; 0 is a list of many."""
    home = staff.district
    houses = roster.homes(home, pupils) if len(pupils) == 1 else {}
    for house, number, _language in houses.values():
        if staff.sourced and staff.sourced in roster.section_staff(home, house):
            return
        log_read(home.pk, staff.user.get_username(), number, page[:60])
    if not houses:
        log_read(home.pk, staff.user.get_username(), 0, page[:60])
