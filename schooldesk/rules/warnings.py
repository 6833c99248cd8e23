"""The page of warnings for planners: rules that lapse or change soon, gaps, and sources read long ago."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schoolday.ground.finding import Finding
from schoolday.rules.warn import warnings
from schooldesk import clock
from schooldesk.access import staff_of
from schooldesk.people.models import Role, Staff
from schooldesk.rules.reads import rulebook


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


KINDS = {
    "rules.lapses_soon": (
        _("Lapse soon"),
        _("Find out what follows and write the next clause, or let the rule lapse."),
    ),
    "rules.changes_soon": (
        _("Begin or change soon"),
        _("Plan the days from then on by the new wording."),
    ),
    "rules.gap": (
        _("Say nothing on this date"),
        _("Days in the gap are judged by no clause of the rule; find the wording that was in force, if any."),
    ),
    "rules.checked_long_ago": (
        _("Read long ago"),
        _("Read the source again and put the date into the clause."),
    ),
}
"""What each kind of warning is called, and what to do; in the order of the page."""


@staff_of(Role.PLANNER)
@require_safe
def soon(request: HttpRequest, staff: Staff) -> HttpResponse:
    """Show the warnings about the rules of the district's places on a date, today if none is asked for."""
    asked = request.GET.get("on", "")
    try:
        day, wrong = date.fromisoformat(asked), ""
    except ValueError:
        day, wrong = clock.today(staff.district.timezone), asked
    found = of_places(frozenset(staff.district.places), day)
    kinds = [
        (title, said, [one for one in found if one.code == code]) for code, (title, said) in KINDS.items()
    ]
    answer = {"staff": staff, "day": day, "wrong": wrong, "kinds": [row for row in kinds if row[2]]}
    return render(request, "rules/warnings.html", answer)


def of_places(places: frozenset[str], day: date) -> list[Finding]:
    """Return the warnings about rules of some places, the most urgent first; a place stands first in each."""
    found = [one for one in warnings(rulebook(), day) if one.where[0] in places]
    return sorted(found, key=lambda one: (one.value or 0.0, one.where))
