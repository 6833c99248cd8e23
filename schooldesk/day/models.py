# ruff: noqa: D106, RUF012 - Django's Meta has its own manners
"""The published pages and feeds, the links that open them, and "I'm here".

A household's page for one date is one row under one number, so a reader gets the old page or the new one
and never a mix: `key = household * 1_000_000 + day.toordinal()`.
"""

from __future__ import annotations

from django.db import models

from schooldesk.roster.models import District
from schooldesk.scope import Scoped, ScopedManager

DAYS = 1_000_000


class HouseholdDay(Scoped):
    """One household's page for one date, composed when it was published.

    The page lies in four deflated pieces (see packed.py), in the language named. `turns` says where in
    `own` stands what is on now and next at each minute (see now.py). `compact` is the day as it stands,
    `base` the day as the family last saw it, from which the page tells what changed. Whether it was opened
    stands in `Look`: a mark here would write the whole page anew.
    """

    key = models.BigIntegerField(primary_key=True)
    # Nobody asks for all of a district's pages, and keeping an index of them costs a publish a fifth.
    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    etag = models.CharField(max_length=34)
    language = models.CharField(max_length=35)
    turns = models.BinaryField()
    head = models.BinaryField()
    opening = models.BinaryField()
    own = models.BinaryField()
    tail = models.BinaryField()
    compact = models.BinaryField()
    base = models.BinaryField()
    objects = ScopedManager()


class Look(models.Model):
    """Which edition of a page its family opened last; it is only ever reached by a page's key."""

    key = models.BigIntegerField(primary_key=True)
    etag = models.CharField(max_length=34)


class Feed(Scoped):
    """One household's calendar feed, and the state from which its next edition rises; both packed."""

    household = models.BigIntegerField(primary_key=True)
    district = models.ForeignKey(District, on_delete=models.CASCADE)
    etag = models.CharField(max_length=34)
    ics = models.BinaryField()
    state = models.BinaryField()
    objects = ScopedManager()


class HouseholdLink(Scoped):
    """A family's link, kept only as hashes: the page's token and the feed's, which is made from it."""

    hash = models.CharField(primary_key=True, max_length=64)
    feed_hash = models.CharField(unique=True, max_length=64)
    household = models.BigIntegerField(db_index=True)
    district = models.ForeignKey(District, on_delete=models.CASCADE)
    made = models.DateTimeField()
    made_by = models.CharField(max_length=150)
    revoked = models.DateTimeField(null=True)
    objects = ScopedManager()

    def __str__(self) -> str:
        return f"link of household {self.household}"


class Presence(Scoped):
    """A family said that a pupil is here on a date."""

    district = models.ForeignKey(District, on_delete=models.CASCADE, db_index=False)
    household = models.BigIntegerField()
    pupil = models.CharField(max_length=64)
    day = models.DateField()
    at = models.DateTimeField()
    objects = ScopedManager()

    class Meta(Scoped.Meta):
        constraints = [models.UniqueConstraint(fields=["district", "pupil", "day"], name="here_once_a_day")]


class PublishRun(Scoped):
    """One publish; a killed one has not finished, and its parts say how far each came."""

    district = models.ForeignKey(District, on_delete=models.CASCADE)
    what = models.CharField(max_length=200)
    started = models.DateTimeField()
    written = models.IntegerField(default=0)
    finished = models.DateTimeField(null=True)
    objects = ScopedManager()


class PublishPart(models.Model):
    """One stretch of a publish's households, which one process walks; only ever reached by its run.

    `feeds` tells whether it makes their feeds or their pages; `first` and `last` are places in the
    publish's own order, `reached` the place it goes on at.
    """

    run = models.ForeignKey(PublishRun, on_delete=models.CASCADE, related_name="parts")
    feeds = models.BooleanField(default=False)
    first = models.IntegerField()
    last = models.IntegerField()
    reached = models.IntegerField()
    written = models.IntegerField(default=0)
