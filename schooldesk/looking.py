"""Admin pages that look and do not touch: the roster comes by import, the trail is never changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse

from schooldesk.people.models import Staff
from schooldesk.people.writes import log_read


class Looking(admin.ModelAdmin):
    """Rows of the planner's own district, read only."""

    show_full_result_count = False
    list_per_page = 50

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Whoever reached the admin may look."""
        return True

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Whoever reached the admin may look; the scope keeps other districts out."""
        return True

    def has_add_permission(self, request: HttpRequest, *args: object) -> bool:
        """Nothing is added here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is changed here."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        """Nothing is deleted here."""
        return False


class LookingAtRoster(Looking):
    """Rows of the roster's version that stands."""

    exclude = ("version",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Return the standing rows."""
        staff = Staff.objects.select_related("district").get(user_id=request.user.pk)
        return super().get_queryset(request).filter(version=staff.district.roster_id)


class LookingAtPupils(LookingAtRoster):
    """Rows about pupils: each look is logged, since a planner is assigned to none of them."""

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Show the list, and log it."""
        self._log(request, 0, "admin list")
        return super().changelist_view(request, extra_context)

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Show one row, and log it."""
        self._log(request, 0, f"admin {self.model.__name__} {object_id}")
        return super().change_view(request, object_id, form_url, extra_context)

    def _log(self, request: HttpRequest, household: int, page: str) -> None:
        staff = Staff.objects.get(user_id=request.user.pk)
        log_read(staff.district_id, request.user.get_username(), household, page[:60])
