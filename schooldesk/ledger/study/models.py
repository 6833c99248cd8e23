# ruff: noqa: D106, RUF012 - Django's Meta has its own manners
"""Which work is kept as a sample, what a district says of its ratio, and the days that weeks have earned."""

from __future__ import annotations

from django.db import models

from schooldesk.ledger.kept import KeptManager, KeptRow
from schooldesk.roster.models import District
from schooldesk.scope import Scoped, ScopedManager


class Sample(KeptRow):
    """Somebody's choice of one recorded work as a sample; `replaces` names the choice it stands in place of.

    An empty `entry` takes that choice back and puts none in its place.
    """

    district = models.ForeignKey(District, on_delete=models.PROTECT, db_index=False, related_name="+")
    name = models.CharField(max_length=64)
    pupil = models.CharField(max_length=64)
    entry = models.CharField(max_length=64, blank=True)
    subject = models.CharField(max_length=20)
    replaces = models.CharField(max_length=64, blank=True)
    by = models.CharField(max_length=150)
    who = models.CharField(max_length=150)
    made = models.DateTimeField()
    objects = KeptManager()

    class Meta(KeptRow.Meta):
        constraints = [models.UniqueConstraint(fields=["district", "name"], name="sample_once")]
        indexes = [models.Index(fields=["district", "pupil"], name="sample_pupil")]


class Ratio(KeptRow):
    """What a district says of its ratio; the newest counts, and one with nothing `allowed` says nothing.

    `body` has it as it was written: the ratio chosen, its number and source, the teachers and their source.
    """

    district = models.ForeignKey(District, on_delete=models.PROTECT, db_index=False, related_name="+")
    name = models.CharField(max_length=64)
    body = models.JSONField(default=dict)
    who = models.CharField(max_length=150)
    made = models.DateTimeField()
    back = models.BooleanField(default=False)
    objects = KeptManager()

    class Meta(KeptRow.Meta):
        constraints = [models.UniqueConstraint(fields=["district", "name"], name="ratio_once")]


class Earned(Scoped):
    """The days of attendance that a school's certified week has earned, counted once for each certification.

    `signed` is the last certification of the week and `roster` the roster's version that it was counted by; a
    later one of either makes a row of its own. `grades` has the days by grade.
    """

    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False, related_name="+")
    school = models.CharField(max_length=64)
    monday = models.DateField()
    signed = models.BigIntegerField()
    roster = models.BigIntegerField()
    grades = models.JSONField()
    objects = ScopedManager()

    class Meta(Scoped.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["district", "school", "monday", "signed", "roster"], name="earned_once"
            )
        ]
