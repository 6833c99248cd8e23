# ruff: noqa: D106, RUF012 - Django's Meta has its own manners
"""Entry, a week that was certified, how the chain was found, and what is kept of pupils who have left."""

from __future__ import annotations

from typing import Any, NoReturn

from django.db import models

from schooldesk.roster.models import District
from schooldesk.scope import Scoped, ScopedManager, ScopedQuerySet


class _KeptRows(ScopedQuerySet):
    """Rows that are added and never changed."""

    def update(self, **_: Any) -> NoReturn:  # noqa: ANN401
        """Refuse: a correction is an entry of its own that names the old one."""
        raise TypeError("entries are added and never changed")

    def delete(self) -> NoReturn:
        """Refuse."""
        raise TypeError("entries are added and never removed")


class _KeptManager(ScopedManager):
    rows = _KeptRows


class Entry(Scoped):
    """One line of the record, in the core's columns; never changed.

    `entry` is the client's own id. `step` is what it was entered together with, so that one step can be
    undone; `who` the account that sent it and `received` when, by the desk's clock.
    """

    district = models.ForeignKey(District, on_delete=models.PROTECT, db_index=False, related_name="+")
    entry = models.CharField(max_length=64)
    kind = models.CharField(max_length=12)
    pupil = models.CharField(max_length=64)
    day = models.DateField()
    school = models.CharField(max_length=64)
    activity = models.CharField(max_length=64, blank=True)
    first = models.IntegerField(null=True)
    last = models.IntegerField(null=True)
    minutes = models.IntegerField(null=True)
    code = models.CharField(max_length=30, blank=True)
    detail = models.CharField(max_length=500, blank=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    corrects = models.CharField(max_length=64, blank=True)
    origin = models.CharField(max_length=20)
    step = models.CharField(max_length=64)
    who = models.CharField(max_length=150)
    received = models.DateTimeField()
    objects = _KeptManager()

    class Meta(Scoped.Meta):
        constraints = [models.UniqueConstraint(fields=["district", "entry"], name="entry_once")]
        indexes = [
            models.Index(fields=["district", "activity", "day"], name="entry_activity"),
            models.Index(fields=["district", "pupil", "day"], name="entry_pupil"),
            models.Index(fields=["district", "corrects"], name="entry_corrects"),
            models.Index(fields=["district", "school", "day"], name="entry_school"),
            models.Index(fields=["district", "school", "kind", "id"], name="entry_kind"),
        ]

    def save(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401
        """Add it; an entry that is there already is not changed."""
        if not self._state.adding:
            raise TypeError("entries are added and never changed")
        super().save(*args, **kwargs)

    def delete(self, *_: Any, **__: Any) -> NoReturn:  # noqa: ANN401
        """Refuse."""
        raise TypeError("entries are added and never removed")


class Certified(Scoped):
    """A teacher's word on a week. `body` is the week as it was certified, until `digest` names its seal.

    `last_entry` is the last row that it may hold; `failed` says in words why it could not be sealed yet;
    `packed` whether the day packs have it.
    """

    district = models.ForeignKey(District, on_delete=models.PROTECT, db_index=False)
    school = models.CharField(max_length=64)
    teacher = models.CharField(max_length=64)
    monday = models.DateField()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    words = models.TextField()
    clauses = models.JSONField(default=list)
    unverified = models.IntegerField()
    body = models.BinaryField(default=b"")
    last_entry = models.BigIntegerField(default=0)
    who = models.CharField(max_length=150)
    digest = models.CharField(max_length=64, blank=True)
    version = models.IntegerField(null=True)
    place = models.IntegerField(null=True)
    sealed = models.DateTimeField(null=True)
    packed = models.BooleanField(default=False)
    failed = models.TextField(blank=True)
    objects = ScopedManager()

    class Meta(Scoped.Meta):
        indexes = [models.Index(fields=["district", "monday", "school"], name="certified_week")]

    def __str__(self) -> str:
        return f"week of {self.monday}, {self.teacher} at {self.school}"


class FormerPupil(Scoped):
    """A pupil who is on the roster no more and has entries, or stood in a week that was certified.

    `since` is the day on which a roster without the pupil was taken in. A name may be corrected or taken away
    here, and no seal with it. Who comes back to the roster is taken out.
    """

    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    pupil = models.CharField(max_length=64)
    given = models.CharField(max_length=200, blank=True)
    family = models.CharField(max_length=200, blank=True)
    grade = models.CharField(max_length=2, blank=True)
    school = models.CharField(max_length=64, blank=True)
    since = models.DateField()
    objects = ScopedManager()

    class Meta(Scoped.Meta):
        constraints = [models.UniqueConstraint(fields=["district", "pupil"], name="former_once")]

    def __str__(self) -> str:
        return f"{self.given} {self.family}"


class LeftClass(Scoped):
    """A class or a service that a pupil was in, until a roster was taken in that has it without the pupil.

    `last` is the last day on which the roster of then had the pupil there. Of a service, which is one pupil's
    and goes with them, its `provider` and the pupil's `school` are kept, too.
    """

    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    pupil = models.CharField(max_length=64)
    activity = models.CharField(max_length=64)
    first = models.DateField(null=True)
    last = models.DateField()
    provider = models.CharField(max_length=64, blank=True)
    school = models.CharField(max_length=64, blank=True)
    objects = ScopedManager()

    class Meta(Scoped.Meta):
        constraints = [
            models.UniqueConstraint(fields=["district", "activity", "pupil", "last"], name="left_once")
        ]
        indexes = [models.Index(fields=["district", "provider", "school"], name="left_provider")]


class Checked(Scoped):
    """How the chain of a district's seals was found when somebody looked."""

    district = models.ForeignKey(District, on_delete=models.CASCADE)
    at = models.DateTimeField()
    who = models.CharField(max_length=150)
    seals = models.IntegerField()
    findings = models.JSONField(default=list)
    objects = ScopedManager()
