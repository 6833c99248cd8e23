# ruff: noqa: D106, RUF012 - Django's Meta has its own manners
"""What a district was told from outside, kept row by row as it was entered, and a year that was worked out.

Nothing here is ever changed or removed: a correction, and an undo, is a later row that replaces an earlier.
"""

from __future__ import annotations

from django.db import models

from schooldesk.roster.models import District
from schooldesk.scope import Scoped, ScopedManager


class How(models.TextChoices):
    """How rows came to be: entered by hand, taken in from files, corrected, or an earlier entry undone."""

    ENTERED = "entered", "Entered"
    IMPORTED = "imported", "Taken in from files"
    CORRECTED = "corrected", "Corrected"
    UNDONE = "undone", "Undone"


class Kind(models.TextChoices):
    """What a row is of."""

    READING = "reading", "Reading"
    STEP = "step", "Assigned step"
    EVENT = "event", "Event at a school"
    SITE = "site", "Where a school lies"
    PLACE = "place", "What is true of a place"


class Entry(Scoped):
    """Something that somebody did to the facts, at once and whole: its rows are undone together."""

    district = models.ForeignKey(District, on_delete=models.CASCADE)
    how = models.CharField(max_length=9, choices=How.choices)
    who = models.CharField(max_length=150)
    at = models.DateTimeField()
    undoes = models.OneToOneField("self", null=True, on_delete=models.CASCADE, related_name="undone")
    objects = ScopedManager()

    def __str__(self) -> str:
        return f"{self.how} {self.pk} of {self.district_id}"


class Fact(Scoped):
    """One dated fact from outside as it was entered.

    `subject` is a place or a school, `name` the measure, the step or the event. `first` and `last` are the
    days that data are of, `told` when it was told (or happened), `effective` from when a step is kept where
    that is on record. `words` are an event's grades, a school's places, or what is true of a place. `value`
    None says that it was told that nobody knows.

    A fact counts while nothing replaces it and it is not `withdrawn`.
    """

    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=7, choices=Kind.choices)
    subject = models.CharField(max_length=255)
    name = models.CharField(max_length=64, blank=True, default="")
    value = models.FloatField(null=True)
    first = models.DateField(null=True)
    last = models.DateField(null=True)
    told = models.DateField(null=True)
    effective = models.DateField(null=True)
    words = models.TextField(blank=True, default="")
    source = models.TextField(blank=True, default="")
    # One row at the most replaces another: of two people who correct at once, the second is told.
    replaces = models.OneToOneField("self", null=True, on_delete=models.CASCADE, related_name="replaced")
    withdrawn = models.BooleanField(default=False)
    objects = ScopedManager()

    class Meta(Scoped.Meta):
        indexes = [models.Index(fields=["district", "kind", "subject"], name="facts_of_a_subject")]

    def __str__(self) -> str:
        return f"{self.kind} of {self.subject}"


class Otherwise(Scoped):
    """A book of rules that a planner laid over those that stand, to run a year by both; never in force."""

    district = models.ForeignKey(District, on_delete=models.CASCADE)
    title = models.CharField(max_length=200)
    text = models.TextField()
    who = models.CharField(max_length=150)
    at = models.DateTimeField()
    removed = models.DateTimeField(null=True)
    objects = ScopedManager()

    def __str__(self) -> str:
        return f"{self.title}, laid over the rules of {self.district_id}"


class Year(Scoped):
    """A year that was run through the rules, kept by a mark of all that it was made from."""

    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    mark = models.CharField(max_length=64)
    at = models.DateTimeField()
    body = models.BinaryField()
    objects = ScopedManager()

    class Meta(Scoped.Meta):
        constraints = [models.UniqueConstraint(fields=["district", "mark"], name="one_year_a_mark")]
