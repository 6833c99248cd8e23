"""Who may see each address. One that does not say so keeps the desk from starting.

What belongs to another district does not exist here (404); what belongs to this one but not to your
role is refused (403); whoever is not signed in is sent to the door.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from django.core.checks import CheckMessage, Error
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils.http import urlencode

from schooldesk import scope

if TYPE_CHECKING:
    from schooldesk.people.models import Staff

View = TypeVar("View", bound=Callable[..., Any])
MARK = "schooldesk_access"
KEPT = "home"
"""The cookie in which a device keeps its family's link: hidden from scripts and from other sites' forms."""


def declare(view: View, who: str) -> View:
    """Mark a view with who may see it, in words."""
    setattr(view, MARK, who)
    return view


def public(view: View) -> View:
    """Everybody may see it."""
    return declare(view, "public")


def by_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever holds a family's unrevoked link; the view gets the `Family` that the link opens."""
    from schooldesk.day.reads import open_link  # noqa: PLC0415 - the room's tables load after this module

    @wraps(view)
    def opened(request: HttpRequest, token: str, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        family = open_link(token, kwargs.get("day"))
        if family is None:
            raise Http404
        return view(request, family, **kwargs)

    return declare(opened, "by link: the family's page")


def by_feed(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever holds a calendar's unrevoked address."""
    from schooldesk.day.reads import open_feed  # noqa: PLC0415

    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        feed = open_feed(token)
        if feed is None:
            raise Http404
        return view(request, feed)

    return declare(opened, "by link: the family's calendar")


def by_kept_link(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Whoever keeps a family's unrevoked link in a cookie on this device."""
    from schooldesk.day.reads import open_link  # noqa: PLC0415

    @wraps(view)
    def opened(request: HttpRequest, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        family = open_link(request.COOKIES.get(KEPT, ""), kwargs.get("day"))
        if family is None:
            return redirect("/")
        return view(request, family, **kwargs)

    return declare(opened, "by kept link: the family's page")


def refuse_elsewhere(request: HttpRequest) -> None:
    """Refuse a form that another site sends to a device that keeps its family's link.

    Pages that are the same for a link and for a kept link hold no token of their own; another site's form
    brings no cookie (SameSite), and one that says it comes from elsewhere is refused.
    """
    came = request.META.get("HTTP_SEC_FETCH_SITE", "same-origin")
    if request.method == "POST" and came not in ("same-origin", "none"):
        raise PermissionDenied


def signed_in(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Any member of staff; the view runs in the scope of their own district."""
    return _staff(view, None)


def staff_of(*roles: str) -> Callable[[Callable[..., HttpResponse]], Callable[..., HttpResponse]]:
    """Staff of the district in the address with one of the roles; the view runs in its scope."""

    def decorate(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
        return _staff(view, frozenset(roles))

    return decorate


def _staff(view: Callable[..., HttpResponse], roles: frozenset[str] | None) -> Callable[..., HttpResponse]:
    from schooldesk.people.models import Staff  # noqa: PLC0415

    @wraps(view)
    def within(request: HttpRequest, district: str | None = None, **kwargs: Any) -> HttpResponse:  # noqa: ANN401
        if not request.user.is_authenticated:
            return refuse(request)
        staff = Staff.objects.select_related("user", "district").filter(user_id=request.user.pk).first()
        if staff is None:
            raise PermissionDenied
        if district is not None and staff.district_id != district:
            raise Http404
        if roles is not None and staff.role not in roles:
            raise PermissionDenied
        with scope.district(staff.district_id):
            return view(request, staff, **kwargs)

    who = "staff of the district: " + ", ".join(sorted(roles)) if roles else "staff, signed in"
    return declare(within, who)


def staff_here(request: HttpRequest, district: str) -> Staff | None:
    """Return the staff of a district who asks, on a page that everybody may see; None for everybody else."""
    from schooldesk.people.models import Staff  # noqa: PLC0415

    if not request.user.is_authenticated:
        return None
    return Staff.objects.select_related("user").filter(user_id=request.user.pk, district_id=district).first()


def refuse(request: HttpRequest) -> HttpResponse:
    """Send a stranger to the door, and refuse whoever is signed in already."""
    if request.user.is_authenticated:
        raise PermissionDenied
    return redirect("/sign-in/?" + urlencode({"next": request.get_full_path()}))


def addresses(
    patterns: list[Any] | None = None, before: str = ""
) -> Iterator[tuple[str, Callable[..., Any]]]:
    """Yield every address of the desk with its view."""
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, before + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield before + str(pattern.pattern), pattern.callback


def undeclared_urls(app_configs: object = None, **kwargs: object) -> list[CheckMessage]:
    """Name every address that does not say who may see it (a Django system check)."""
    return [
        Error(
            f"/{route} does not say who may see it",
            hint="put a decorator of schooldesk.access on its view",
            id="schooldesk.E001",
        )
        for route, view in addresses()
        if not getattr(view, MARK, "")
    ]


def refuse_undeclared() -> None:
    """Keep the desk from starting while one address has not said who may see it."""
    faults = undeclared_urls()
    if faults:
        raise ImproperlyConfigured("; ".join(str(fault.msg) for fault in faults))
