# ruff: noqa: D106, RUF012 - Django's Meta has its own manners
"""A year as it was measured, and what was found in it of pupils."""

from __future__ import annotations

from django.db import models

from schooldesk.roster.models import District
from schooldesk.scope import Scoped, ScopedManager


class Measured(Scoped):
    """A district's year as it was measured last, with what it was made from.

    `of` tells the people, promises, calendar and rules from others, and `days` each pack from its earlier
    versions; where both are as they were, nothing is worked out. `board` holds what everybody may read.
    """

    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    first = models.DateField()
    last = models.DateField()
    made = models.DateTimeField()
    of = models.CharField(max_length=64)
    rules = models.CharField(max_length=64)
    days = models.JSONField(default=dict)
    board = models.JSONField(default=dict)
    clauses = models.JSONField(default=dict)
    left_out = models.JSONField(default=list)
    smallest = models.IntegerField(null=True)
    smallest_clause = models.CharField(max_length=200, blank=True)
    objects = ScopedManager()

    class Meta(Scoped.Meta):
        constraints = [models.UniqueConstraint(fields=["district", "first"], name="measured_once")]

    def __str__(self) -> str:
        return f"measures of {self.district_id} from {self.first}"


class Found(Scoped):
    """One thing that the measures found of a pupil."""

    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    measured = models.ForeignKey(Measured, on_delete=models.CASCADE, db_index=False)
    code = models.CharField(max_length=60)
    school = models.CharField(max_length=64)
    pupil = models.CharField(max_length=64)
    status = models.CharField(max_length=20)
    value = models.IntegerField()
    unit = models.CharField(max_length=30)
    said = models.TextField()
    clauses = models.JSONField(default=list)
    objects = ScopedManager()

    class Meta(Scoped.Meta):
        indexes = [
            models.Index(fields=["measured", "code", "school", "pupil"], name="found_code"),
            models.Index(fields=["measured", "pupil"], name="found_pupil"),
        ]
