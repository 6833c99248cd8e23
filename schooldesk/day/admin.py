"""Links, presences and publishes, for planners to look at."""

from __future__ import annotations

from django.contrib import admin

from schooldesk.day.models import HouseholdLink, Presence, PublishRun
from schooldesk.looking import Looking


@admin.register(HouseholdLink)
class HouseholdLinkAdmin(Looking):
    """Links, without their secrets."""

    list_display = ("household", "made", "made_by", "revoked")
    exclude = ("hash", "feed_hash")
    search_fields = ("household",)


@admin.register(Presence)
class PresenceAdmin(Looking):
    """Who said that a pupil is here."""

    list_display = ("day", "household", "pupil", "at")
    list_filter = ("day",)


@admin.register(PublishRun)
class PublishRunAdmin(Looking):
    """How publishes went."""

    list_display = ("started", "what", "written", "finished")
