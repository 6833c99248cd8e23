"""The admin's site: staff of one district, signed in through the desk's own door."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, URLResolver
from django.utils import timezone

from schooldesk import access, scope
from schooldesk.people.models import Staff


class DeskAdmin(admin.AdminSite):
    """Django's admin with every address declared and every page inside one district's scope."""

    site_header = "schoolday: the desk"
    site_title = "schoolday"
    index_title = "The district's records"
    enable_nav_sidebar = False

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:  # noqa: ANN401
        """Leave accounts out: `schooldesk staff add` makes them, and stores the event with them."""
        if getattr(model_or_iterable, "__module__", "") != "django.contrib.auth.models":
            models = model_or_iterable if isinstance(model_or_iterable, list | tuple) else [model_or_iterable]
            kept = [model for model in models if model._meta.app_label != "auth"]
            super().register(kept, admin_class, **options)

    def get_urls(self) -> list[Any]:
        """Return the admin's addresses, each declared."""
        patterns = super().get_urls()
        _declare(patterns)
        return patterns

    def has_permission(self, request: HttpRequest) -> bool:
        """Planners of a district only."""
        return bool(request.user.is_active and request.user.is_staff)

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """There is one door for staff, and this is not it."""
        return redirect("/sign-in/?next=/admin/")


def _declare(patterns: list[Any]) -> None:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            _declare(pattern.url_patterns)
        elif isinstance(pattern, URLPattern) and not hasattr(pattern.callback, access.MARK):
            pattern.callback = _in_district(pattern.callback)


def _in_district(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    @wraps(view)
    def within(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        found = Staff.objects.select_related("district").filter(user_id=request.user.pk)
        staff = found.first() if request.user.is_staff else None
        if staff is None:
            return access.refuse(request)
        # Moments are stored as UTC and shown as the district's clocks told them.
        with scope.district(staff.district_id), timezone.override(staff.district.timezone):
            response = view(request, *args, **kwargs)
            # A template that is rendered after the view would ask outside the scope.
            if hasattr(response, "render") and not getattr(response, "is_rendered", True):
                response.render()
            return response

    return access.declare(within, "admin: planners, their own district")
