"""What every request passes through; pages opened by a family's link skip what only sign-in needs."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware as SignIn
from django.contrib.messages.middleware import MessageMiddleware as Messages
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from whitenoise.middleware import WhiteNoiseMiddleware

from schooldesk import words

Answer = Callable[[HttpRequest], HttpResponse]

BY_LINK = ("/h/", "/f/", "/health")
"""Addresses that no session opens: the link itself is the key."""

KEPT = "/home/"
"""Addresses that a link kept in a cookie opens; only their forms need more than that."""

POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)

HEADERS = (
    ("Content-Security-Policy", POLICY),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
)


class StaticFiles(WhiteNoiseMiddleware):
    """Static files, straight from their folders."""


class Desk:
    """All of it in one: a family's link goes straight to its view, everything else through what it needs.

    Each layer of middleware costs the morning's request as much as its page does, so a link passes none.
    Forms from elsewhere are refused, except at a link: there the address itself is the secret.
    """

    def __init__(self, get_response: Answer) -> None:
        self.straight = get_response
        self.forms = CsrfViewMiddleware(Messages(get_response))
        self.whole = StaticFiles(SessionMiddleware(SignIn(self.forms)))
        fixed = dict(HEADERS)
        if settings.HTTPS:
            fixed["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
        # A family's address is its key: it must not travel in a Referer. Elsewhere forms need the origin.
        self.of_link = _prepared(fixed | {"Referrer-Policy": "no-referrer"})
        self.of_desk = _prepared(fixed | {"Referrer-Policy": "same-origin"})

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Answer, with the security headers; nothing is kept in caches unless the view says so."""
        at = request.path_info
        headers = self.of_desk
        if at.startswith(BY_LINK):
            response: HttpResponseBase = self.straight(request)
            headers = self.of_link
        elif at.startswith(KEPT) and request.method == "GET" and at != f"{KEPT}more/":
            response = self.straight(request)
        else:
            response = self.whole(request)
        if "lang=" in request.META.get("QUERY_STRING", ""):
            words.remember(request, response)
        # Set one by one, Django would check and encode the same few constants for every answer.
        response.headers._store.update(headers)
        if "cache-control" not in response.headers._store:
            response.headers["Cache-Control"] = "private, no-store"
        return response

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[object, ...],
        kwargs: dict[str, object],
    ) -> HttpResponse | None:
        """Refuse a form from elsewhere."""
        if request.path_info.startswith(BY_LINK):
            return None
        return self.forms.process_view(request, view, args, kwargs)


def _prepared(headers: dict[str, str]) -> dict[str, tuple[str, str]]:
    """Return headers as Django keeps them inside: by their small name."""
    return {name.lower(): (name, value) for name, value in headers.items()}
