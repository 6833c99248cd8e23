"""When each child comes back, for its own family; the phases for everybody; a calendar of the dates."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schoolday.cohorts import TWO_AND_TWO
from schooldesk import clock, scope
from schooldesk.access import by_feed, by_link, public
from schooldesk.cohorts import sentences
from schooldesk.cohorts.coming import reads
from schooldesk.cohorts.making import reads as makings
from schooldesk.conditions.ahead import ahead
from schooldesk.day.reads import Family, Subscriber, feed_token
from schooldesk.roster import reads as roster
from schooldesk.words import spoken

SHOWN = 10
"""Dates at school that the page names; the calendar has all of them."""


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


@by_link
@require_safe
def family(request: HttpRequest, family: Family) -> HttpResponse:
    """Tell a family from when, on which weekdays and in which cohort each of its children is at school."""
    home = roster.district(family.district)
    if home is None or home.roster_id is None:
        raise Http404
    with scope.district(family.district):
        today = clock.today(home.timezone)
        told = reads.told(home, family.household, today)
    token = request.path_info.split("/")[2]
    calendar = request.build_absolute_uri(f"/f/{feed_token(token)}/return.ics")
    found = {
        "home": home,
        "today": today,
        "told": told,
        "say": sentences,
        "shown": SHOWN,
        "calendar": calendar,
        "webcal": calendar.replace("https:", "webcal:").replace("http:", "webcal:"),
    }
    return render(request, "cohorts/return_family.html", found)


@by_feed
@require_safe
def feed(request: HttpRequest, family: Subscriber) -> HttpResponse:
    """Give the dates at school of a household's children as a calendar; empty where nothing was published."""
    home = roster.district(family.district)
    if home is None or home.roster_id is None:
        raise Http404
    with scope.district(family.district):
        told = reads.told(home, family.household, clock.today(home.timezone))
    if told is None:
        raise Http404
    say = spoken(request)["_"]
    text = reads.feed(family.household, told, say(_("Days at school")), say(_("At school")))
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Cache-Control"] = "private, no-cache"
    return answer


@public
@require_safe
def everybody(request: HttpRequest, district: str) -> HttpResponse:
    """Show the phases of a district's return by grade and need; nothing about any pupil."""
    home = roster.district(district)
    if home is None:
        raise Http404
    with scope.district(home.pk):
        row = makings.standing()
        phases = reads.phases(home, row) if row else ()
        schools = {one.id: one.name for one in roster.schools(home)}
        today = clock.today(home.timezone)
        outside = ahead(home, today) is not None
        draws = reads.draws(today, row)
    found = {
        "home": home,
        "today": today,
        "outside": outside,
        "draws": draws,
        "row": row,
        "phases": sorted(phases, key=lambda one: one.day),
        "cohorts": [(name, days) for name, days in TWO_AND_TWO.days.items() if days],
        "schools": schools,
        "say": sentences,
    }
    return render(request, "cohorts/return_public.html", found)
