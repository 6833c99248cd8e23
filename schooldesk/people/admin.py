"""The trail, for planners."""

from __future__ import annotations

from django.contrib import admin

from schooldesk.looking import Looking
from schooldesk.people.models import AccessLog, Event


@admin.register(Event)
class EventAdmin(Looking):
    """What was done."""

    list_display = ("at", "who", "what", "about")
    list_filter = ("what",)


@admin.register(AccessLog)
class AccessLogAdmin(Looking):
    """Who read pages of households they are not assigned to."""

    list_display = ("at", "who", "household", "page")
