# ruff: noqa: D106, RUF012 - Django's Meta has its own manners
"""Staff, Event and AccessLog."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.timezone import localtime

from schooldesk.scope import Scoped, ScopedManager


class Role(models.TextChoices):
    """What a member of staff does, and so what they may see."""

    TEACHER = "teacher", "Teacher"
    PROVIDER = "provider", "Service provider"
    PRINCIPAL = "principal", "Principal"
    PLANNER = "planner", "District planner"
    PARTY = "party", "Side of the bargaining table"
    MEDIATOR = "mediator", "Mediator"
    CLERK = "clerk", "Attendance clerk"
    CASES = "cases", "Case manager"
    SUBSTITUTE = "substitute", "Substitute"


class Staff(models.Model):
    """Links an account to a person of a district.

    Not scoped: it is what the scope is found by.
    """

    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="staff")
    district = models.ForeignKey("roster.District", on_delete=models.CASCADE)
    role = models.CharField(max_length=10, choices=Role.choices)
    sourced = models.CharField("id in the roster", max_length=64, blank=True)
    schools = models.JSONField(default=list, blank=True)
    side = models.CharField("side of the bargaining table", max_length=64, blank=True)

    class Meta:
        verbose_name_plural = "staff"
        constraints = [
            models.UniqueConstraint(
                fields=["district", "sourced"], condition=~models.Q(sourced=""), name="one_account_a_person"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} ({self.get_role_display()}, {self.district_id})"


class Event(Scoped):
    """What somebody did, stored in the same transaction as its effect; never changed."""

    district = models.ForeignKey("roster.District", on_delete=models.PROTECT)
    at = models.DateTimeField()
    who = models.CharField(max_length=150)
    what = models.CharField(max_length=60)
    about = models.JSONField(default=dict)
    objects = ScopedManager()

    class Meta(Scoped.Meta):
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{localtime(self.at):%Y-%m-%d %H:%M} {self.who}: {self.what}"


class AccessLog(Scoped):
    """A page of a household read by staff who are not assigned to any of its pupils."""

    district = models.ForeignKey("roster.District", on_delete=models.PROTECT)
    at = models.DateTimeField()
    who = models.CharField(max_length=150)
    household = models.BigIntegerField()
    page = models.CharField(max_length=60)
    objects = ScopedManager()

    class Meta(Scoped.Meta):
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{localtime(self.at):%Y-%m-%d %H:%M} {self.who} read household {self.household}"
