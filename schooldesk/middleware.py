"""What every request passes through; pages opened by a family's link skip what only sign-in needs."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from whitenoise.middleware import WhiteNoiseMiddleware

Answer = Callable[[HttpRequest], HttpResponse]

BY_LINK = ("/h/", "/f/", "/health")
"""Addresses that no session opens: the link itself is the key."""

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


def headers(get_response: Answer) -> Answer:
    """Put the security headers on every answer; nothing is kept in shared caches unless it says so."""
    fixed = HEADERS
    if settings.HTTPS:
        fixed = (*HEADERS, ("Strict-Transport-Security", "max-age=31536000; includeSubDomains"))

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in fixed:
            response[name] = value
        # A family's address is its key: it must not travel in a Referer. Elsewhere forms need the origin.
        family = request.path_info.startswith(BY_LINK)
        response["Referrer-Policy"] = "no-referrer" if family else "same-origin"
        if "Cache-Control" not in response.headers:
            response["Cache-Control"] = "private, no-store"
        return response

    return answer


class StaticFiles(WhiteNoiseMiddleware):
    """Static files, straight from their folders."""


class _SkipsLinks:
    get_response: Answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go straight on for a link; otherwise do the work."""
        if request.path_info.startswith(BY_LINK):
            return self.get_response(request)
        return super().__call__(request)  # type: ignore[misc,no-any-return]


class Sessions(_SkipsLinks, SessionMiddleware):
    """Signed-cookie sessions; of a link's addresses only the one that keeps it in a session needs them."""

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Go straight on for a link, unless it is to be kept."""
        if request.path_info.endswith("/keep/"):
            return SessionMiddleware.__call__(self, request)
        return super().__call__(request)


class SignIn(_SkipsLinks, AuthenticationMiddleware):
    """Who is signed in."""

    def process_request(self, request: HttpRequest) -> None:
        """Attach the person, looked up only when asked for."""
        super().process_request(request)


class Messages(_SkipsLinks, MessageMiddleware):
    """One-time messages."""


class Forms(_SkipsLinks, CsrfViewMiddleware):
    """Forms from elsewhere are refused; a family's link is a secret that elsewhere does not have."""

    def process_view(self, request, callback, args, kwargs):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN201
        """Check the form's token, except where the address itself is the secret."""
        if request.path_info.startswith(BY_LINK):
            return None
        return super().process_view(request, callback, args, kwargs)
