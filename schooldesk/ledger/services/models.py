# ruff: noqa: D106, RUF012 - Django's Meta has its own manners
"""Signature: a provider's word for the services of a period, as the core's attestation."""

from __future__ import annotations

from django.db import models

from schooldesk.ledger.kept import KeptManager, KeptRow
from schooldesk.roster.models import District


class Signature(KeptRow):
    """What was signed by whom for which dates: how many entries, and the sha256 over them."""

    district = models.ForeignKey(District, on_delete=models.PROTECT, db_index=False, related_name="+")
    name = models.CharField(max_length=64)
    provider = models.CharField(max_length=64)
    first = models.DateField()
    last = models.DateField()
    at = models.DateTimeField()
    words = models.TextField()
    number = models.IntegerField()
    digest = models.CharField(max_length=64)
    who = models.CharField(max_length=150)
    objects = KeptManager()

    class Meta(KeptRow.Meta):
        constraints = [models.UniqueConstraint(fields=["district", "name"], name="signature_once")]
        indexes = [models.Index(fields=["district", "provider"], name="signature_provider")]
