# ruff: noqa: D106, RUF012 - Django's Meta has its own manners
"""Substitution: somebody stands in for a teacher for some days; Change: until when it stands since."""

from __future__ import annotations

from django.db import models

from schooldesk.ledger.kept import KeptManager, KeptRow
from schooldesk.people.models import Staff
from schooldesk.roster.models import District


class Substitution(KeptRow):
    """As a principal named it; without `sections` it is of all the teacher's classes at the school."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, db_index=False, related_name="+")
    substitute = models.ForeignKey(Staff, on_delete=models.PROTECT, db_index=False, related_name="+")
    school = models.CharField(max_length=64)
    teacher = models.CharField(max_length=64)
    sections = models.JSONField(default=list)
    first = models.DateField()
    last = models.DateField()
    why = models.CharField(max_length=300)
    may_certify = models.BooleanField(default=False)
    who = models.CharField(max_length=150)
    made = models.DateTimeField()
    objects = KeptManager()

    class Meta(KeptRow.Meta):
        indexes = [
            models.Index(fields=["district", "substitute", "last"], name="substitution_person"),
            models.Index(fields=["district", "school", "last"], name="substitution_school"),
        ]


class Change(KeptRow):
    """A new last day of a substitution, the newest counting; without one it was taken back."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, db_index=False, related_name="+")
    of = models.ForeignKey(Substitution, on_delete=models.PROTECT, related_name="changes")
    last = models.DateField(null=True)
    who = models.CharField(max_length=150)
    made = models.DateTimeField()
    objects = KeptManager()
