"""The desk's own pages in the reader's language: asked for, remembered in a cookie, or the browser's."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.templatetags.static import static
from django.utils.translation.trans_real import parse_accept_lang_header
from jinja2 import Environment, StrictUndefined

from schooldesk.day.languages import OFFERED, Language, language, speech
from schooldesk.day.shell import fill

COOKIE = "lang"
"""The cookie that remembers which language a reader chose; it says nothing else."""
KEPT_FOR = 40 * 7 * 24 * 3600
"""Seconds that a choice is remembered: a school year."""


def environment(**options: Any) -> Environment:  # noqa: ANN401 - Django hands Jinja2's own options on
    """Return the templates of the desk's pages (see TEMPLATES in settings)."""
    made = Environment(**options | {"undefined": StrictUndefined, "trim_blocks": True, "lstrip_blocks": True})
    made.globals["static"] = static
    made.filters["fill"] = fill
    made.filters["local"] = local
    return made


def local(at: datetime, zone: str) -> datetime:
    """Return a moment by the clocks of a zone."""
    return at.astimezone(ZoneInfo(zone))


def chosen(request: HttpRequest) -> str:
    """Return the code of the language that a reader chose, now or earlier on this device, or nothing."""
    for code in (request.GET.get("lang", ""), request.COOKIES.get(COOKIE, "")):
        if any(one.code == code for one in OFFERED):
            return code
    return ""


def wanted(request: HttpRequest) -> Language:
    """Return the language to answer in: the one chosen, else the first that the browser asks for."""
    code = chosen(request)
    if code:
        return language(code)
    asked = parse_accept_lang_header(request.META.get("HTTP_ACCEPT_LANGUAGE", ""))
    for tag, _weight in asked:
        for one in OFFERED:
            if tag.split("-")[0] == one.code:
                return one
    return OFFERED[0]


def remember(request: HttpRequest, response: HttpResponseBase) -> None:
    """Remember a language that was asked for in the address."""
    code = request.GET.get("lang", "")
    if any(one.code == code for one in OFFERED):
        response.set_cookie(COOKIE, code, KEPT_FOR, httponly=True, samesite="Lax")


def spoken(request: HttpRequest) -> dict[str, Any]:
    """Give templates the words of the reader's language, and where the page is in the others."""
    lang = wanted(request)
    s = speech(lang)
    others = []
    for one in OFFERED:
        if request.method == "GET" and one != lang:
            query = request.GET.copy()
            query["lang"] = one.code
            others.append((one, f"?{query.urlencode()}"))
    return {"lang": lang, "s": s, "_": s.say, "count": s.count, "others": others}
