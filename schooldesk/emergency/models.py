# ruff: noqa: D106, RUF012 - Django's Meta has its own manners
"""An emergency's record at the desk. Rows are added and never changed or deleted: a `Mark` undoes them.

Times of what happened are kept as the files of an emergency have them, by the district's own clocks; `made`
is the moment at which the desk took a row down, `who` the account, or ``family`` for a family's link.
"""

from __future__ import annotations

from django.db import models

from schooldesk.roster.models import District
from schooldesk.scope import Scoped, ScopedManager

FAMILY = "family"
"""Who did it, where a family's link did."""


class _Row(Scoped):
    district = models.ForeignKey(District, on_delete=models.PROTECT, db_index=False)
    who = models.CharField(max_length=150)
    made = models.DateTimeField()
    objects = ScopedManager()

    class Meta(Scoped.Meta):
        abstract = True


class Emergency(_Row):
    """An event that starts the clocks; no school named means all of the district's."""

    name = models.SlugField(max_length=64, db_index=False)
    cause = models.CharField(max_length=20)
    began = models.CharField(max_length=16)
    closed = models.DateField(null=True)
    schools = models.JSONField(default=list)
    source = models.CharField(max_length=300)

    class Meta(_Row.Meta):
        constraints = [models.UniqueConstraint(fields=["district", "name"], name="one_emergency_a_name")]

    def __str__(self) -> str:
        return f"{self.name} of {self.district_id}, began {self.began}"


class _OfEmergency(_Row):
    emergency = models.ForeignKey(Emergency, on_delete=models.PROTECT)

    class Meta(_Row.Meta):
        abstract = True


class Batch(_OfEmergency):
    """Many rows that were taken down at once, and can be undone at once; `file` is what was sent, if any."""

    kind = models.CharField(max_length=10)
    file = models.CharField(max_length=200, blank=True)
    count = models.IntegerField()


class Contact(_OfEmergency):
    """One try to reach a pupil's family; `answered` makes it two-way."""

    pupil = models.CharField(max_length=64)
    at = models.CharField(max_length=16)
    how = models.CharField(max_length=10)
    by = models.CharField(max_length=200)
    answered = models.BooleanField()
    note = models.CharField(max_length=500, blank=True)
    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT, db_index=False)

    class Meta(_OfEmergency.Meta):
        indexes = [models.Index(fields=["emergency", "pupil"], name="contact_pupil")]


class Offer(_OfEmergency):
    """Instruction offered to a pupil from a date on."""

    pupil = models.CharField(max_length=64)
    day = models.DateField()
    way = models.CharField(max_length=20)
    by = models.CharField(max_length=200)
    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT, db_index=False)

    class Meta(_OfEmergency.Meta):
        indexes = [models.Index(fields=["emergency", "pupil"], name="offer_pupil")]


class Agreement(_OfEmergency):
    """A written agreement on a pupil's independent study: the exact text, its hash, and who is to sign.

    `parts` holds what staff filled in, so that the next form can begin with it.
    """

    pupil = models.CharField(max_length=64)
    first = models.DateField()
    last = models.DateField()
    teacher = models.CharField(max_length=64)
    manager = models.CharField(max_length=64, blank=True)
    parts = models.JSONField(default=dict)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    batch = models.ForeignKey(Batch, null=True, on_delete=models.PROTECT, db_index=False)

    class Meta(_OfEmergency.Meta):
        indexes = [models.Index(fields=["emergency", "pupil"], name="agreement_pupil")]

    def __str__(self) -> str:
        return f"agreement {self.pk}, {self.first} to {self.last}"


class Signature(_Row):
    """Somebody signed an agreement's text, known by its hash; on paper, where staff took it down."""

    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT)
    signer = models.CharField(max_length=12)
    name = models.CharField(max_length=200)
    at = models.CharField(max_length=16)
    sha256 = models.CharField(max_length=64)
    paper = models.BooleanField(default=False)


class Wish(_OfEmergency):
    """A family asked for a pupil's return to class."""

    pupil = models.CharField(max_length=64)
    asked = models.CharField(max_length=16)
    by = models.CharField(max_length=200)


class Mark(_OfEmergency):
    """What became of a row later; the latest mark of a kind decides.

    `what` is undone or restored, sent, returned (with the day) or unreturned, over or opened.
    """

    kind = models.CharField(max_length=10)
    row = models.BigIntegerField()
    what = models.CharField(max_length=10)
    day = models.DateField(null=True)
