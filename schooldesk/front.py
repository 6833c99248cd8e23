"""The pages that belong to no room: the welcome, the health, and what is said when something is not so."""

from __future__ import annotations

import re

from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from schooldesk.access import public
from schooldesk.bargaining.record import reads as bargaining
from schooldesk.conditions import reads as conditions

DATED = re.compile(r"/\d{4}-\d{2}-\d{2}/$")
"""An address that ends in a date; whether it is known otherwise is not said."""


def _(message: str) -> str:
    """Mark a message for translation without translating it."""
    return message


@public
@require_safe
def welcome(request: HttpRequest) -> HttpResponse:
    """Say what this is and where to go."""
    found = {"bargaining": bargaining.everywhere(), "conditions": conditions.everywhere()}
    return render(request, "front/welcome.html", found)


@public
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """Say whether the desk and its database answer."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        cursor.fetchone()
    return JsonResponse({"ok": True})


@public
def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that this is not for you."""
    return _said(request, 403, _("This page is not open to you"), _("Your account does not reach this page."))


@public
def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Say that there is nothing here; a link that was taken back looks the same."""
    said = _(
        "The address may be mistyped, or the link was replaced by a newer one. Ask the school for yours."
    )
    if DATED.search(request.path_info):
        said = _("Nothing is planned for this date, or the address is mistyped. Go back, or ask the school.")
    return _said(request, 404, _("There is no such page"), said)


@public
def broken(request: HttpRequest) -> HttpResponse:
    """Say that something broke, without reading anything that might break too."""
    page = "<!doctype html><html lang=en><title>Something broke</title><h1>Something broke</h1>"
    page += "<p>Nothing you did was lost on purpose. Please try again in a minute.</p></html>"
    return HttpResponse(page, status=500)


def _said(request: HttpRequest, status: int, title: str, said: str) -> HttpResponse:
    return render(request, "front/said.html", {"title": title, "said": said}, status=status)
