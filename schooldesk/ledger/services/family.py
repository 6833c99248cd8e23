"""The family's page of services: what was promised to their child, and what was given."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schoolday.ledger.entry import Entry
from schoolday.roster import Pupil
from schooldesk import clock, scope
from schooldesk.access import by_link
from schooldesk.day.reads import Family
from schooldesk.ledger.services import reads, sentences, shown
from schooldesk.roster import reads as roster

LATEST = 12
"""Meetings of one service that are told one by one."""


@dataclass(frozen=True)
class Served:
    """One service of a child: the year so far, the latest periods and meetings."""

    year: shown.Year
    meetings: tuple[Entry, ...]


@by_link
@require_safe
def services(request: HttpRequest, family: Family) -> HttpResponse:
    """Show each child's services: promised, given, not given and why, and what nobody wrote down."""
    with scope.district(family.district):
        home = roster.district(family.district)
        if home is None or home.roster_id is None:
            raise Http404
        pupils = roster.of_household(home, family.household)
        schools = sorted({one.school for one in pupils.values()})
        today = clock.today(home.timezone)
        one = reads.services(home, schools, today, pupils=set(pupils)) if pupils else None
        found = {
            "home": home, "say": sentences, "today": today, "children": _children(one, pupils.values()),
        }  # fmt: skip
        answer = render(request, "services/family.html", found)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _children(one: reads.Services | None, pupils: Iterable[Pupil]) -> list[tuple[Pupil, list[Served]]]:
    if one is None:
        return []
    years, entries = shown.year(one), one.standing()
    return [
        (child, [_served(year, entries) for year in years if year.pupil.id == child.id]) for child in pupils
    ]


def _served(year: shown.Year, entries: list[Entry]) -> Served:
    key = (year.pupil.id, year.terms.service)
    mine = [entry for entry in entries if (entry.pupil, entry.activity) == key]
    return Served(year, tuple(reversed(mine[-LATEST:])))
