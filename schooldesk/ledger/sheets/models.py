# ruff: noqa: D106, RUF012 - Django's Meta has its own manners
"""Brought: one sheet as it was brought, the newest of a name being the one that counts."""

from __future__ import annotations

from django.db import models

from schooldesk.ledger.kept import KeptManager, KeptRow
from schooldesk.roster.models import District


class Brought(KeptRow):
    """The rows of one sheet; taking it back adds what stood before it once more."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, db_index=False, related_name="+")
    name = models.CharField(max_length=40)
    rows = models.JSONField(default=list)
    who = models.CharField(max_length=150)
    made = models.DateTimeField()
    back = models.BooleanField(default=False)
    objects = KeptManager()

    class Meta(KeptRow.Meta):
        indexes = [models.Index(fields=["district", "name", "-id"], name="sheet_newest")]
