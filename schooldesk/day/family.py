"""The family's pages: the morning's one read, and the few things a family can say."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import partial

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe

from schooldesk import scope
from schooldesk.access import KEPT, by_feed, by_kept_link, by_link, public, refuse_elsewhere
from schooldesk.day import looks, writes
from schooldesk.day import request as composed
from schooldesk.day.models import DAYS
from schooldesk.day.now import at_turn, turn
from schooldesk.day.packed import CODING, NOTHING, as_it_is, deflated, unpacked
from schooldesk.day.reads import Family, Stored, Subscriber, children, feed_token, open_link
from schooldesk.emergency.household import home_of, waiting
from schooldesk.words import chosen

_KEEP = ("Cache-Control", "private, no-cache")
_VARY = {"vary": ("Vary", "Accept-Encoding")}
_CODED = {"content-encoding": ("Content-Encoding", CODING)}
HTML, CALENDAR = "text/html; charset=utf-8", "text/calendar; charset=utf-8"
KEPT_FOR = 40 * 7 * 24 * 3600
"""Seconds a device keeps its link: a school year."""


@by_link
@require_safe
def start(request: HttpRequest, family: Family) -> HttpResponse:
    """Go to today, or to the nearest school day."""
    return _to(composed.nearest(family.district))


@by_link
@require_safe
def page(request: HttpRequest, family: Family, day: date) -> HttpResponse:
    """Show the household's day."""
    return _page(request, family, day)


@csrf_exempt
@by_link
@require_POST
def here(request: HttpRequest, family: Family, day: date) -> HttpResponse:
    """Take "I'm here" for the household's pupils."""
    return _here(request, family, day)


@by_feed
@require_safe
def feed(request: HttpRequest, family: Subscriber) -> HttpResponse:
    """Give the household's calendar."""
    stored = family.stored or composed.feed(family.district, family.household)
    tag = f'"{stored.etag}"'
    if tag in request.META.get("HTTP_IF_NONE_MATCH", ""):
        return _answer(HttpResponseNotModified(), tag, _VARY)
    if not _takes_deflated(request):
        return _answer(HttpResponse(unpacked(stored.piece), content_type=CALENDAR), tag, _VARY)
    return _answer(HttpResponse(deflated(stored.piece), content_type=CALENDAR), tag, _VARY | _CODED)


@by_link
@require_safe
def more(request: HttpRequest, family: Family) -> HttpResponse:
    """Show the calendar's address, "I'm here" and how to keep the page on this device."""
    token = request.path_info.split("/")[2]
    return _more(request, family, request.build_absolute_uri(f"/f/{feed_token(token)}.ics"))


@csrf_exempt
@public
@require_POST
def keep(request: HttpRequest, token: str) -> HttpResponse:
    """Keep the link in a cookie on this device, so that /home/ opens without it."""
    if open_link(token, None) is None:
        raise Http404
    answer = redirect("/home/")
    answer.set_cookie(
        KEPT, token, KEPT_FOR, path="/home/", secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
    return answer


@by_kept_link
@require_safe
def home(request: HttpRequest, family: Family) -> HttpResponse:
    """Go to today, or to the nearest school day."""
    return _to(composed.nearest(family.district))


@by_kept_link
@require_safe
def home_page(request: HttpRequest, family: Family, day: date) -> HttpResponse:
    """Show the household's day to a device that keeps its link."""
    return _page(request, family, day)


@by_kept_link
@require_safe
def home_more(request: HttpRequest, family: Family) -> HttpResponse:
    """Show "I'm here", and how to stop keeping the page on this device."""
    return _more(request, family, "")


@csrf_exempt
@by_kept_link
@require_POST
def home_here(request: HttpRequest, family: Family, day: date) -> HttpResponse:
    """Take "I'm here" from a device that keeps its link."""
    refuse_elsewhere(request)
    return _here(request, family, day)


@public
@require_POST
def forget(request: HttpRequest) -> HttpResponse:
    """Stop keeping the link on this device."""
    answer = redirect("/")
    answer.delete_cookie(KEPT, path="/home/")
    return answer


def _page(request: HttpRequest, family: Family, day: date) -> HttpResponse:
    stored = family.stored
    language = _other(request, stored)
    if stored is None or language:
        stored = composed.page(family.district, family.household, day, language)
        if stored is None:
            raise Http404
    elif request.method == "GET":
        looks.saw(family.household * DAYS + day.toordinal(), stored.etag)
    minute = turn(stored.turns, day)
    tag = f'"{stored.etag}"' if minute is None else f'"{stored.etag}-{minute}"'
    if tag in request.META.get("HTTP_IF_NONE_MATCH", ""):
        return _answer(HttpResponseNotModified(), tag, _VARY)
    now = NOTHING if minute is None else stored.page.opening
    if minute:
        read = partial(unpacked, stored.page.own)
        now = as_it_is(at_turn(read, stored.turns, minute, stored.language))
    if not _takes_deflated(request):
        return _answer(HttpResponse(stored.page.plain(now), content_type=HTML), tag, _VARY)
    return _answer(HttpResponse(stored.page.deflated(now), content_type=HTML), tag, _VARY | _CODED)


def _other(request: HttpRequest, stored: Stored | None) -> str:
    """Return the language a reader chose, now or earlier, where the stored page is in another."""
    meta = request.META
    if "lang=" not in meta.get("QUERY_STRING", "") and "lang=" not in meta.get("HTTP_COOKIE", ""):
        return ""
    code = chosen(request)
    return "" if stored is not None and stored.language == code else code


def _takes_deflated(request: HttpRequest) -> bool:
    """Whether the family's device takes a deflated page, as every browser does."""
    accepted = request.META.get("HTTP_ACCEPT_ENCODING", "")
    return CODING in accepted and f"{CODING};q=0" not in accepted.replace(" ", "")


def _answer(answer: HttpResponse, tag: str, more: Mapping[str, tuple[str, str]]) -> HttpResponse:
    """Return an answer that a device keeps and asks about each time.

    The tag is weak, for the same text is sent deflated and plain (RFC 9110, 8.8.1).
    """
    # Set one by one, Django would check and encode the same few constants for every answer.
    store = answer.headers._store
    store["etag"], store["cache-control"] = ("ETag", f"W/{tag}"), _KEEP
    store.update(more)
    return answer


def _to(day: date | None) -> HttpResponse:
    if day is None:
        raise Http404
    return HttpResponseRedirect(f"{day.isoformat()}/")


def _more(request: HttpRequest, family: Family, calendar: str) -> HttpResponse:
    day = composed.today(family.district)
    with scope.district(family.district):
        waits = waiting(home_of(family))
    found = {
        "waiting": waits,
        "children": children(family.district, family.household),
        "calendar": calendar,
        "webcal": calendar.replace("https:", "webcal:").replace("http:", "webcal:"),
        "day": day,
        "school": day == composed.nearest(family.district),
    }
    return render(request, "family/more.html", found)


def _here(request: HttpRequest, family: Family, day: date) -> HttpResponse:
    known, pupils = dict(children(family.district, family.household)), request.POST.getlist("pupil")
    if not known or not set(pupils) <= set(known):
        raise Http404
    today = composed.today(family.district)
    if day != today:
        return render(request, "family/not_now.html", {"today": today}, status=409)
    if not pupils:
        return render(request, "family/who.html", {"children": known.items(), "day": day}, status=422)
    writes.here(family.district, family.household, pupils, day)
    return render(request, "family/here.html", {"names": [known[pupil] for pupil in pupils], "day": day})
